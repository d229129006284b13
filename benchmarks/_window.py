"""The real window on a project of our making, with a home folder of its own, driven as a person would."""

from __future__ import annotations

import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.qt.article.panel import ArticlePanel
from annotator.qt.main_window.window import MainWindow
from annotator.qt.support import garbage
from annotator.qt.support.crash import log_qt
from annotator.workspace.importing import import_files
from annotator.workspace.opening import new_project
from annotator.workspace.settings import Settings
from annotator.workspace.wishes import WindowWish
from benchmarks._texts import ANNOTATOR, write_lines

PATIENCE = 60
_HOME = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
_XDG = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")


@contextmanager
def own_home() -> Iterator[Path]:
    """A folder that settings and projects go to while the benchmark runs; removed at the end."""
    before = {name: os.environ.get(name) for name in (*_HOME, *_XDG)}
    with tempfile.TemporaryDirectory(prefix="annotator-bench-", ignore_cleanup_errors=True) as name:
        os.environ.update(dict.fromkeys(_HOME, name))
        os.environ.update({one: str(Path(name) / one.lower()) for one in _XDG})
        try:
            yield Path(name)
        finally:
            for one, value in before.items():
                if value is None:
                    os.environ.pop(one, None)
                else:
                    os.environ[one] = value


def project_with(place: Path, articles: int, length: int, marks: int) -> Path:
    """A project file with these articles, all marked by one annotator."""
    source = write_lines(place.with_suffix(".jsonl"), articles, length, marks)
    workspace = new_project(str(place), ANNOTATOR)
    import_files(workspace, [source])
    workspace.close()
    return place


def application() -> QApplication:
    """The one application of this process, set up as the program does it."""
    existing = QApplication.instance()
    logging.getLogger("annotator.qt").setLevel(logging.ERROR)
    made = existing if isinstance(existing, QApplication) else QApplication(["annotator"])
    made.setStyle("Fusion")
    qInstallMessageHandler(log_qt)
    return made


def wait(done: Callable[[], bool]) -> None:
    """Let the window work until something is so.

    Raises:
        TimeoutError: when it does not come to pass.
    """
    until = time.monotonic() + PATIENCE
    while not done():
        QApplication.processEvents()
        if time.monotonic() > until:
            raise TimeoutError("the window did not come to rest")


@contextmanager
def window_on(place: Path) -> Iterator[MainWindow]:
    """The whole window with this project's first story on the desk, painted and at rest."""
    application()
    Settings().set("annotator", ANNOTATOR)
    window = MainWindow(Settings(), WindowWish(place=str(place), annotator=ANNOTATOR))
    try:
        window.resize(1500, 900)
        window.show()
        QApplication.processEvents()
        window.start()
        wait(lambda: window.session.workspace is not None and not window.jobs.busy())
        window.activateWindow()
        wait(window.isActiveWindow)
        at_rest(window)
        garbage.resume()
        yield window
    finally:
        window.close()
        shiboken6.delete(window)


def at_rest(window: MainWindow) -> None:
    """Let every column find the exact heights of its paragraphs, and paint."""
    for panel in window.desk.panels.values():
        page = panel.view.document().documentLayout()
        wait(lambda page=page: page.is_settled)  # type: ignore[misc]
    QApplication.processEvents()


def first_panel(window: MainWindow) -> ArticlePanel:
    """The leftmost column, with the keyboard."""
    article_id = next(iter(window.desk.panels))
    window.desk.focus(article_id)
    return window.desk.panels[article_id]


def press(
    window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key on whatever has the keyboard."""
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)
