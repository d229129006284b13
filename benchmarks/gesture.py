"""One gesture: from the key that tags a selection to the mark on the screen and on disk."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from statistics import median

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.core.spans import Span
from annotator.qt.main_window.window import MainWindow
from benchmarks import Figure
from benchmarks._window import first_panel, own_home, press, project_with, window_on

SMALL, LARGE = (10_000, 100), (1_000_000, 10_000)
REPEATS = 200
MOST_SECONDS = 0.016
MOST_TIMES = 2.0


def run() -> list[Figure]:
    """Tag and take back, in a small article and in one a hundred times as long with a hundred times the marks."""
    with own_home() as home:
        small = _measure(project_with(home / "small.annotator", 1, *SMALL))
        large = _measure(project_with(home / "large.annotator", 1, *LARGE))
    figures = []
    for name, few, many in zip(("tag", "undo"), small, large, strict=True):
        limit, times = (MOST_SECONDS, MOST_TIMES) if name == "tag" else (None, None)
        figures += [
            Figure(f"{name}, 10 kB, 100 attributions: median", median(few)),
            Figure(f"{name}, 10 kB, 100 attributions: p99", _p99(few), limit=limit),
            Figure(
                f"{name}, 1 MB, 10,000 attributions: median", median(many), "s", median(few), "small", times
            ),
            Figure(f"{name}, 1 MB, 10,000 attributions: p99", _p99(many), "s", _p99(few), "small", times),
        ]
    return figures


def _measure(place: Path) -> tuple[list[float], list[float]]:
    chance = random.Random(3)
    tags: list[float] = []
    undos: list[float] = []
    with window_on(place) as window, closing(sqlite3.connect(f"{place.as_uri()}?mode=ro", uri=True)) as file:
        panel = first_panel(window)
        text = panel.opened().text
        for number in range(REPEATS + 10):
            before = _on_disk(file)
            start = text.find(" ", chance.randrange(len(text) - 200)) + 1
            _select(window, Span(start, text.find(" ", start + chance.randrange(5, 80))))
            tag = _cost(lambda: press(window, Qt.Key.Key_1))
            if _on_disk(file) != before + 1 or window.session.attribution() is None:
                raise RuntimeError("the key did not make a mark on disk")
            undo = _cost(lambda: press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier))
            if _on_disk(file) != before:
                raise RuntimeError("undo did not take the mark off the disk")
            if number >= 10:
                tags.append(tag)
                undos.append(undo)
    return tags, undos


def _select(window: MainWindow, span: Span) -> None:
    panel = first_panel(window)
    panel.view.show_span(span)
    panel.view.select(span)
    QApplication.processEvents()


def _cost(gesture: Callable[[], None]) -> float:
    """CPU time of the window's thread until the gesture is done and everything it touched is painted."""
    start = time.thread_time()
    gesture()
    QApplication.processEvents()
    return time.thread_time() - start


def _on_disk(file: sqlite3.Connection) -> int:
    return int(file.execute("SELECT count(*) FROM attributions").fetchone()[0])


def _p99(costs: Sequence[float]) -> float:
    return sorted(costs)[int(len(costs) * 0.99) - 1]
