"""The one hook for exceptions: expected ones become sentences, all others are written down and shown."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Protocol

from PySide6.QtCore import QMessageLogContext, QtMsgType

from annotator.core.errors import AnnotatorError
from annotator.workspace.paths import log_file

_log = logging.getLogger("annotator")
_LONGEST_LOG = 1_000_000


class Speaker(Protocol):
    """Who can show a sentence to the user."""

    def warn(self, words: str) -> None:
        """Show what went wrong."""


Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]


def worded(wrong: BaseException) -> str:
    """The sentence for an exception."""
    if isinstance(wrong, AnnotatorError):
        return str(wrong)
    return (
        f"Something went wrong that should not have ({type(wrong).__name__}: {wrong}). "
        f"Everything marked before is saved; the details are in {log_file()}."
    )


def hook_for(speaker: Speaker) -> Hook:
    """What sys.excepthook becomes while the window is open."""

    def hook(kind: type[BaseException], wrong: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, wrong, trace)
            return
        if not isinstance(wrong, AnnotatorError):
            _log.error("unexpected error in the window", exc_info=(kind, wrong, trace))
        speaker.warn(worded(wrong))

    return hook


def log_qt(kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
    """What Qt itself has to say goes to the log, not to the terminal; a fatal word goes to both."""
    level = {QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO}.get(
        kind, logging.WARNING
    )
    if kind == QtMsgType.QtFatalMsg:
        sys.stderr.write(f"annotator: {words}\n")
    logging.getLogger("annotator.qt").log(level, words)


def keep_log() -> None:
    """Write warnings and errors to the log file from now on; one that grew long is put aside."""
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file() and path.stat().st_size > _LONGEST_LOG:
            path.replace(path.with_name(f"{path.name}.1"))
        handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.setLevel(logging.WARNING)
    logging.getLogger("annotator").addHandler(handler)
