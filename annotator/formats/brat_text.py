"""Texts and notes as brat's files want them: LF line ends, no span across a line, notes on one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from annotator.core.articles import clean_text
from annotator.core.spans import Fragments, Span, joined

_BREAK = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
"""Everything at which some program that reads a file by lines ends one."""

_ESCAPED = re.compile(r"[\\\x00-\x1f\x7f\x85\u2028\u2029]")
_ESCAPE = re.compile(r"\\(u[0-9a-f]{4}|[ntr\\])")
_SHORT = {"\n": "n", "\t": "t", "\r": "r", "\\": "\\"}
_LONG = {short: char for char, short in _SHORT.items()}


@dataclass(frozen=True, slots=True)
class Moved:
    """A text as it is written, and how positions in the text that it was move with it."""

    text: str
    before: str

    @classmethod
    def of(cls, text: str) -> Moved:
        """The text without a byte order mark and with LF at the line ends."""
        return cls(clean_text(text), text)

    def span(self, span: Span) -> Span | None:
        """Where a span stands now; None when nothing is left of it."""
        if self.text == self.before:
            return span
        start, end = self._at(span.start), self._at(span.end)
        return Span(start, end) if start < end else None

    def fragments(self, parts: Iterable[Span]) -> Fragments:
        """Where fragments stand now; touching ones become one."""
        return joined(moved for moved in map(self.span, parts) if moved is not None)

    def _at(self, position: int) -> int:
        head = self.before[:position]
        gone = head.count("\r\n") + head.startswith("\ufeff")
        return position - gone


def broken(parts: Iterable[Span], text: str) -> Fragments:
    """Fragments without the line ends in them."""
    found = []
    for part in parts:
        at = part.start
        for match in _BREAK.finditer(text, part.start, part.end):
            found.append((at, match.start()))
            at = match.end()
        found.append((at, part.end))
    return tuple(Span(start, end) for start, end in found if start < end)


def mended(parts: Iterable[Span], text: str) -> Fragments:
    """Fragments with those made one again that only line ends stand between."""
    found: list[Span] = []
    for part in joined(parts):
        if found and _BREAK.fullmatch(text, found[-1].end, part.start):
            found[-1] = Span(found[-1].start, part.end)
        else:
            found.append(part)
    return tuple(found)


def one_line(text: str) -> str:
    """A text with backslash escapes for all that would end its line or column."""

    def escape(match: re.Match[str]) -> str:
        return "\\" + _SHORT.get(match[0], f"u{ord(match[0]):04x}")

    return _ESCAPED.sub(escape, text)


def many_lines(line: str) -> str:
    """The text that one_line was given."""

    def plain(match: re.Match[str]) -> str:
        return chr(int(match[1][1:], 16)) if match[1].startswith("u") else _LONG[match[1]]

    return _ESCAPE.sub(plain, line)
