"""Find plug-ins by entry point, and load one when first asked for."""

from __future__ import annotations

from typing import Any

from annotator.core.errors import NotFound
from annotator.core.ports import Format

GROUP = "annotator.formats"


def _board() -> dict[str, Any]:
    # What is installed is looked at late: importing this costs a tenth of the window's start.
    from importlib.metadata import entry_points  # noqa: PLC0415

    return {point.name: point for point in entry_points(group=GROUP)}


def format_names() -> list[str]:
    """The names of all formats on the board, in alphabetical order."""
    return sorted(_board())


def load_format(name: str) -> Format:
    """The format with this name.

    Raises:
        NotFound: lists the names that there are.
    """
    board = _board()
    if name not in board:
        raise NotFound(f"There is no format called {name!r}; known: {', '.join(sorted(board))}.")
    loaded: Format = board[name].load()
    return loaded


def all_formats() -> list[Format]:
    """Every format on the board, loaded."""
    return [load_format(name) for name in format_names()]
