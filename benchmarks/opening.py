"""Opening a very long article with very many marks, and the sample story, in the real window."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.core.annotators import GOLD, Annotator
from annotator.core.articles import Article
from annotator.qt.attributions.model import CONTENT, SOURCE
from annotator.qt.main_window.window import MainWindow
from annotator.workspace.sample import sample_project
from benchmarks import Figure
from benchmarks._window import at_rest, own_home, project_with, window_on

SPANS = 10_000
MARKS = 3_400
"""Three spans each: source, cue and content."""

MOST_SECONDS = 0.5
LIST_SECONDS = 0.1
REPEATS = 7


def run() -> list[Figure]:
    """Close and open columns again and again in one window, so that starting it does not count."""
    with own_home() as home:
        place = project_with(home / "long.annotator", 1, 1_000_000, MARKS)
        full = project_with(home / "full.annotator", 1, 1_000_000, SPANS)
        long, listed = _long(place), _long(full)
        sample = _sample(home / "sample.annotator")
    return [
        Figure("1 MB with 10,000 spans opened and painted", long[0], limit=MOST_SECONDS),
        Figure("1 MB with 10,000 attributions (30,000 spans) opened and painted", listed[0]),
        Figure("list of 10,000 attributions filled and painted", listed[1], limit=LIST_SECONDS),
        Figure("list of 10,000 attributions sorted by source", listed[2]),
        Figure("sample story: all articles put on the desk with the gold marks", sample),
    ]


def _long(place: Path) -> tuple[float, float, float]:
    with window_on(place) as window:
        articles = [one.article for one in window.session.open.values()]

        def fill() -> None:
            window.list.model.rebuild()
            QApplication.processEvents()

        opened = _cost(lambda: _show(window, articles), lambda: _show(window, []))
        at_rest(window)
        filled = _cost(fill, lambda: None)
        by_source = _cost(lambda: _sort(window, SOURCE), lambda: _sort(window, CONTENT))
    return opened, filled, by_source


def _sample(place: Path) -> float:
    sample_project("bench", str(place)).close()
    with window_on(place) as window:
        gold = next(one.name for one in window.session.project.registry.every(Annotator) if one.role == GOLD)
        window.session.set_hand(gold)
        articles = window.session.project.articles()
        return _cost(lambda: _show(window, articles), lambda: _show(window, []))


def _show(window: MainWindow, articles: list[Article]) -> None:
    window.session.show_articles(articles)
    QApplication.processEvents()


def _sort(window: MainWindow, column: int) -> None:
    window.list.table.sortByColumn(column, Qt.SortOrder.AscendingOrder)
    QApplication.processEvents()


def _cost(work: Callable[[], None], undo: Callable[[], None]) -> float:
    """The median CPU time of the window's thread, after a first run that warms up."""
    costs = []
    for _ in range(REPEATS + 1):
        undo()
        start = time.thread_time()
        work()
        costs.append(time.thread_time() - start)
    return median(costs[1:])
