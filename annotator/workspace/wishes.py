"""What the window is asked to show when it opens."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class WindowWish:
    """A project (None: the last one, or the sample), a story, in whose hand; or a picture to save before quitting.

    size is width and height in pixels; theme is light, dark, or empty for the user's own.
    """

    place: str | None = None
    story: str = ""
    annotator: str = ""
    screenshot: Path | None = None
    size: tuple[int, int] | None = None
    theme: str = ""
