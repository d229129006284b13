"""Open the desk, or, given words on the command line, do as they bid."""

from __future__ import annotations

import sys

from annotator.workspace.wishes import WindowWish


def main() -> int:
    """What both console scripts call; returns the exit code."""
    if len(sys.argv) == 1:
        return _window(WindowWish())
    from annotator.cli.app import run

    return run(sys.argv[1:], _window)


def _window(wish: WindowWish) -> int:
    from annotator.qt.app import open_window

    return open_window(wish)


if __name__ == "__main__":
    sys.exit(main())
