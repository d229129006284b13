"""Where a reader sees one character: keep spans from cutting through it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_ODD = re.compile(r"[^\x20-\x7e\n]")
_JOINER = "\u200d"
_LOOK_BACK = 64


def _extends(char: str) -> bool:
    """Whether a character clings to the one before it (Unicode TR 29: Extend, SpacingMark, ZWJ)."""
    code = ord(char)
    return (
        unicodedata.category(char) in ("Mn", "Me", "Mc")
        or code in (0x200C, 0x200D, 0xE33, 0xEB3)
        or 0x1F3FB <= code <= 0x1F3FF
        or 0xE0020 <= code <= 0xE007F
        or 0xFF9E <= code <= 0xFF9F
    )


def _regional(char: str) -> bool:
    return 0x1F1E6 <= ord(char) <= 0x1F1FF


def _pictographic(char: str) -> bool:
    code = ord(char)
    if 0x1F1E6 <= code <= 0x1F1FF or 0x1F3FB <= code <= 0x1F3FF:
        return False
    return code in (0xA9, 0xAE, 0x203C, 0x2049) or 0x2100 <= code <= 0x2BFF or 0x1F000 <= code <= 0x1FAFF


def _hangul(char: str) -> str:
    code = ord(char)
    if 0x1100 <= code <= 0x115F or 0xA960 <= code <= 0xA97C:
        return "L"
    if 0x1160 <= code <= 0x11A7 or 0xD7B0 <= code <= 0xD7C6:
        return "V"
    if 0x11A8 <= code <= 0x11FF or 0xD7CB <= code <= 0xD7FB:
        return "T"
    if 0xAC00 <= code <= 0xD7A3:
        return "LV" if (code - 0xAC00) % 28 == 0 else "LVT"
    return ""


def _hangul_goes_on(left: str, right: str) -> bool:
    before, after = _hangul(left), _hangul(right)
    return (
        (before == "L" and after in ("L", "V", "LV", "LVT"))
        or (before in ("LV", "V") and after in ("V", "T"))
        or (before in ("LVT", "T") and after == "T")
    )


def _emoji_before(text: str, joiner: int) -> bool:
    """Whether a pictograph, perhaps with marks, stands before the joiner at this index."""
    at = joiner - 1
    floor = max(0, at - _LOOK_BACK)
    while at > floor and _extends(text[at]):
        at -= 1
    return at >= 0 and _pictographic(text[at])


def _odd_flag(text: str, at: int) -> bool:
    """Whether the flag letter at this index is the second of its pair."""
    first = at
    while first > 0 and _regional(text[first - 1]):
        first -= 1
    return (at - first) % 2 == 1


def is_boundary(text: str, at: int) -> bool:
    """Whether a span may begin or end at this code point without cutting a grapheme or a CRLF.

    Follows the rules of Unicode Standard Annex 29 for everything but Prepend and Indic conjuncts.
    """
    if at <= 0 or at >= len(text):
        return True
    left, right = text[at - 1], text[at]
    if left == "\r" and right == "\n":
        return False
    if right < "\u0300" or left in "\r\n":
        return not (left == _JOINER and _pictographic(right) and _emoji_before(text, at - 1))
    if _extends(right):
        return unicodedata.category(left) == "Cc"
    if left == _JOINER and _pictographic(right):
        return not _emoji_before(text, at - 1)
    if _regional(left) and _regional(right):
        return not _odd_flag(text, at)
    return not _hangul_goes_on(left, right)


def snap_to_graphemes(text: str, start: int, end: int) -> tuple[int, int]:
    """The smallest [start, end) around the given one that cuts no grapheme."""
    while not is_boundary(text, start):
        start -= 1
    while not is_boundary(text, end):
        end += 1
    return start, end


def inner_positions(text: str) -> Iterator[int]:
    """All positions that lie inside a grapheme; quick for texts that have none."""
    for match in _ODD.finditer(text):
        at = match.start()
        if at and not is_boundary(text, at):
            yield at
        elif text[at] == "\r" and not is_boundary(text, at + 1):
            yield at + 1
