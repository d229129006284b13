"""Articles of one story can be told apart in the tree."""

from __future__ import annotations

from PySide6.QtWidgets import QTreeWidget

from annotator.core.records import Record
from annotator.qt.main_window.window import MainWindow
from tests.building import take


def _names(window: MainWindow, story: str) -> list[str]:
    tree = window.tree.findChild(QTreeWidget)
    assert tree is not None
    top = next(
        item
        for at in range(tree.topLevelItemCount())
        if (item := tree.topLevelItem(at)) and item.text(0) == story
    )
    return [top.child(at).text(0).partition("  ")[2] for at in range(top.childCount())]


def _article(name: str, outlet: str, title: str, published: str = "2026-03-10") -> Record:
    return Record(
        id=name,
        text=f"{name}: some words.",
        story="Ferry",
        outlet=outlet,
        title=title,
        published=published,
        where=name,
    )


def test_an_outlet_with_one_article_is_named_alone(window: MainWindow) -> None:
    assert "Hollant" in _names(window, "Hallow Strait Tunnel")


def test_an_outlet_with_several_articles_shows_their_titles_and_where_need_be_their_days(
    window: MainWindow,
) -> None:
    take(
        window.session.project,
        _article("a", "Coast Daily", "Ferry stops"),
        _article("b", "Coast Daily", "Ferry goes on"),
        _article("c", "Coast Daily", "Ferry goes on", "2026-03-12"),
        _article("d", "Harbour Post", "Night ferry"),
    )
    assert _names(window, "Ferry") == [
        "Coast Daily: Ferry stops",
        "Coast Daily: 2026-03-10 Ferry goes on",
        "Coast Daily: 2026-03-12 Ferry goes on",
        "Harbour Post",
    ]


def test_where_all_articles_are_of_one_outlet_their_titles_say_enough(window: MainWindow) -> None:
    take(
        window.session.project,
        _article("a", "Coast Daily", "Ferry stops"),
        _article("b", "Coast Daily", ""),
    )
    assert _names(window, "Ferry") == ["Ferry stops", "2026-03-10 b"]
