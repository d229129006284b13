"""Turn code points into Qt's UTF-16 positions and back, and a text into what Qt can show."""

from __future__ import annotations

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ufdd0\ufdd1\ufffc\ufeff\ud800-\udfff]")
_SHOWN = {
    **{code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)},
    0x0B: 0x0A,
    0x0C: 0x0A,
    0x7F: 0x2421,
    0x85: 0x0A,
    0x2028: 0x0A,
    0x2029: 0x0A,
    0xFDD0: 0xFFFD,
    0xFDD1: 0xFFFD,
    0xFFFC: 0xFFFD,
    0xFEFF: 0x200B,
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),
}
_LONG = 4000
_AFTER_SENTENCE = re.compile(r"[.!?…][\"”’)\]]* (?=[\"“‘(\[]*\w)")
_BETWEEN_WORDS = re.compile(r" (?=\w)")


class Utf16Map:
    """Where each code point of a text stands in UTF-16 units; costs nothing for a text without emoji."""

    __slots__ = ("_points", "_units", "length")

    def __init__(self, text: str) -> None:
        units = len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
        self.length = units
        self._points: list[int] = []
        if units != len(text):
            self._points = [match.start() for match in _ASTRAL.finditer(text)]
        self._units = [point + before for before, point in enumerate(self._points)]

    @property
    def plain(self) -> bool:
        """Whether both countings agree throughout."""
        return not self._points

    def to_utf16(self, point: int) -> int:
        """The UTF-16 position before this code point."""
        return point + bisect_left(self._points, point)

    def to_code_point(self, unit: int) -> int:
        """The code point at this UTF-16 position; the middle of a surrogate pair counts as its start."""
        before = bisect_left(self._units, unit)
        if before and self._units[before - 1] + 1 == unit:
            return self._points[before - 1]
        return unit - before


def display_projection(text: str) -> str:
    """The text as Qt's document is given it: exactly as many code points and UTF-16 units as the source.

    Whatever QTextDocument would drop, join or choke on stands replaced by one character of the same width. It is
    for the eye alone: nothing is ever read back from it.
    """
    shown = text
    if _ODD.search(text):
        shown = text.replace("\r\n", "\u200b\n").replace("\r", "\n").translate(_SHOWN)
    if len(shown) > 2 * _LONG:
        paragraphs = shown.split("\n")
        if max(map(len, paragraphs)) > 2 * _LONG:
            shown = "\n".join(_cut(paragraph) for paragraph in paragraphs)
    return shown


def _cut(paragraph: str) -> str:
    """A very long paragraph with a space turned into a line end after some sentences, so that it can be laid out."""
    parts: list[str] = []
    start = 0
    while len(paragraph) - start > 2 * _LONG:
        space = _last_space(paragraph, start)
        if space is None:
            break
        parts.append(paragraph[start:space])
        start = space + 1
    parts.append(paragraph[start:])
    return "\n".join(parts)


def _last_space(paragraph: str, start: int) -> int | None:
    for pattern in (_AFTER_SENTENCE, _BETWEEN_WORDS):
        ends = [match.end() for match in pattern.finditer(paragraph, start + _LONG // 2, start + _LONG)]
        if ends:
            return ends[-1] - 1
    later = _BETWEEN_WORDS.search(paragraph, start + _LONG)
    return later.start() if later else None
