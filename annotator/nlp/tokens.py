"""Words, marks, sentences and paragraphs of a text, as the rules need them: fast, with no model."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., a.m.
    r"|\d+(?:[.,:]\d+)*"
    r"|(?:No|Nos)\.(?=\s?\d)|vs?\."
    r"|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Capt|Gov|Sen|Rep|Sens|Reps|Rev|St|Jr|Sr|Maj|Adm|Cmdr)\."
    r"|[@#]?\w+(?:[-\u2010\u2011]\w+|\.(?:com|org|net|gov|ua|ru)\b)*"
    r"|[’'](?:s|re|ve|ll|d|m|t)\b"
    r"|\.{3}|--|''|``|[^\w\s]"
)
_END = frozenset(".!?…") | {"..."}
_CLOSING = frozenset("\"”’'»)]") | {"''"}
_LONGEST_SENTENCE = 400
"""Longer ones are cut, so that no text takes time by the square of its length."""
OPENING_MARKS = frozenset("\"“‘'«([") | {"''", "``"}


@dataclass(frozen=True, slots=True)
class Words:
    """A text cut into words and marks.

    words are as printed, lower in small letters; starts and ends are code points; first and last hold, for each word, the first word
    of its sentence and the word after its last; line says for each word on which line it stands.
    """

    text: str
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    first: list[int]
    last: list[int]
    line: list[int]

    def __len__(self) -> int:
        return len(self.words)

    def at(self, position: int) -> int:
        """The number of the first word that ends after a position."""
        return bisect_right(self.ends, position)

    def inside(self, start: int, end: int) -> tuple[int, int]:
        """The words that share a character with [start, end), as [first, after the last)."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)


def words_of(text: str) -> Words:
    """Cut a text into words, sentences and lines."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _WORD.finditer(text):
        words.append(match.group())
        starts.append(match.start())
        ends.append(match.end())
    lines = _lines(text, starts, ends)
    first, last = _sentences(words, starts, ends, lines)
    return Words(text, words, [word.lower() for word in words], starts, ends, first, last, lines)


def _lines(text: str, starts: list[int], ends: list[int]) -> list[int]:
    lines: list[int] = []
    number = 0
    before = 0
    for start, end in zip(starts, ends, strict=True):
        if start > before and "\n" in text[before:start]:
            number += 1
        lines.append(number)
        before = end
    return lines


def _sentences(
    words: list[str], starts: list[int], ends: list[int], lines: list[int]
) -> tuple[list[int], list[int]]:
    size = len(words)
    first = [0] * size
    last = [size] * size
    begun = 0
    at = 0
    while at < size:
        stop = at + 1
        if words[at] in _END:
            while stop < size and words[stop] in _CLOSING and starts[stop] == ends[stop - 1]:
                stop += 1
        ended = stop == size or lines[stop] != lines[at] or stop - begun >= _LONGEST_SENTENCE
        initial = words[at] == "." and at > begun and len(words[at - 1]) == 1 and words[at - 1].isupper()
        if not ended and words[at] in _END and not (initial and words[at - 1] != "I"):
            ended = _opens_sentence(words, starts, ends, stop)
        if ended:
            for inner in range(begun, stop):
                first[inner] = begun
                last[inner] = stop
            begun = stop
        at = stop
    return first, last


def _opens_sentence(words: list[str], starts: list[int], ends: list[int], at: int) -> bool:
    if starts[at] == ends[at - 1]:
        return False
    while at < len(words) and words[at] in OPENING_MARKS:
        at += 1
    return at < len(words) and not words[at][0].islower() and words[at] not in {",", ";"}
