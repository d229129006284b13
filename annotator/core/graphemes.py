"""Where a reader sees one character: keep spans from cutting through it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_ODD = re.compile(r"[^\x20-\x7e\n]")
_JOINER = "\u200d"
_LOOK_BACK = 64
_VIRAMA_AT = 0x4D
_INDIC = frozenset({0x0900, 0x0980, 0x0A80, 0x0B00, 0x0C00, 0x0D00})
"""The blocks whose consonants join across a virama: Devanagari, Bengali, Gujarati, Oriya, Telugu, Malayalam."""

_STANDS_ALONE = re.compile(
    "[\u102b\u102c\u1038\u1062-\u1064\u1067-\u106d\u1083\u1087-\u108c\u108f\u109a-\u109c\u1a61\u1a63\u1a64"
    "\uaa7b\uaa7d\U00011720\U00011721]"
)
"""Marks of category Mc that the standard does not count among the spacing marks."""

_PREPENDED = re.compile(
    "[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd\U000111c2\U000111c3\U000113d1"
    "\U0001193f\U00011941\U00011a84-\U00011a89\U00011d46\U00011f02]"
)
"""Signs that cling to the character after them."""


def _extends(char: str) -> bool:
    """Whether a character clings to the one before it (Unicode TR 29: Extend, SpacingMark, ZWJ)."""
    code = ord(char)
    return (
        (unicodedata.category(char) in ("Mn", "Me", "Mc") and not _STANDS_ALONE.match(char))
        or code in (0x200C, 0x200D, 0xE33, 0xEB3)
        or 0x1F3FB <= code <= 0x1F3FF
        or 0xE0020 <= code <= 0xE007F
        or 0xFF9E <= code <= 0xFF9F
    )


def _controls(char: str) -> bool:
    """Whether nothing clings to a character: line ends, zero width spaces, signs of direction."""
    return (
        unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp")
        and not _extends(char)
        and not _PREPENDED.match(char)
    )


def _consonant(char: str) -> bool:
    code = ord(char)
    return code & ~0x7F in _INDIC and (0x15 <= code & 0x7F <= 0x39 or 0x58 <= code & 0x7F <= 0x5F)


def _joins_consonant(text: str, at: int) -> bool:
    """Whether the consonant at this index is joined, by a virama, to one before it."""
    if not _consonant(text[at]):
        return False
    linked = False
    for before in range(at - 1, max(-1, at - _LOOK_BACK), -1):
        char = text[before]
        if _consonant(char):
            return linked
        if not _extends(char) or char in "\u200c\u0e33\u0eb3" or unicodedata.category(char) == "Mc":
            return False
        linked = linked or (ord(char) & ~0x7F in _INDIC and ord(char) & 0x7F == _VIRAMA_AT)
    return False


def _regional(char: str) -> bool:
    return 0x1F1E6 <= ord(char) <= 0x1F1FF


def _pictographic(char: str) -> bool:
    code = ord(char)
    if 0x1F1E6 <= code <= 0x1F1FF or 0x1F3FB <= code <= 0x1F3FF:
        return False
    return (
        code in (0xA9, 0xAE, 0x203C, 0x2049)
        or 0x2100 <= code <= 0x2BFF
        or 0x1F000 <= code <= 0x1FAFF
        or code in (0x3030, 0x303D, 0x3297, 0x3299)
    )


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
    while at > floor and _marks(text[at]):
        at -= 1
    return at >= 0 and _pictographic(text[at])


def _marks(char: str) -> bool:
    """Whether a character may stand between a pictograph and its joiner: it extends, and takes no room of its own."""
    return _extends(char) and char not in "\u200d\u0e33\u0eb3" and unicodedata.category(char) != "Mc"


def _odd_flag(text: str, at: int) -> bool:
    """Whether the flag letter at this index is the second of its pair."""
    first = at
    while first > 0 and _regional(text[first - 1]):
        first -= 1
    return (at - first) % 2 == 1


def is_boundary(text: str, at: int) -> bool:
    """Whether a span may begin or end at this code point without cutting a grapheme or a CRLF.

    Follows the rules of Unicode Standard Annex 29; every symbol counts as one that a joiner may join.
    """
    if at <= 0 or at >= len(text):
        return True
    left, right = text[at - 1], text[at]
    if left == "\r" and right == "\n":
        return False
    if right < "\u0300" and left < "\u0600":
        return True
    if _controls(left) or _controls(right):
        return True
    if _extends(right) or _PREPENDED.match(left):
        return False
    if left == _JOINER and _pictographic(right):
        return not _emoji_before(text, at - 1)
    if _regional(left) and _regional(right):
        return not _odd_flag(text, at)
    return not (_joins_consonant(text, at) or _hangul_goes_on(left, right))


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
        if not is_boundary(text, at):
            yield at
        if not _ODD.match(text, at + 1) and not is_boundary(text, at + 1):
            yield at + 1
