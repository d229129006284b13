"""Every error this house raises on purpose."""

from __future__ import annotations


class AnnotatorError(Exception):
    """Base of all expected errors: its text is one clear sentence for the user, with the facts in it."""


class BadSpan(AnnotatorError):
    """A stretch of text that cannot be: empty, backwards, outside the text, or through a character."""


class BadInput(AnnotatorError):
    """Something from outside could not be read; says what, where, and that nothing was changed."""


class BrokenLaw(AnnotatorError):
    """A mark that the label scheme, or sense, does not allow."""


class NotFound(AnnotatorError):
    """Something was named that the project does not have."""


class StaleChange(AnnotatorError):
    """A change (or its undoing) rests on a state that somebody has altered since."""


class NothingToUndo(AnnotatorError):
    """There is no deed left to undo, or to redo."""


class ProjectError(AnnotatorError):
    """A project cannot be opened, made or written."""


class OlderProject(ProjectError):
    """A project that an older Annotator made; it opens after an upgrade."""


class Cancelled(AnnotatorError):
    """The user stopped a job; nothing of it was kept."""
