"""Whether content is quoted: wholly, in part, or not at all, told from its quotation marks."""

from __future__ import annotations

import re

from annotator.core.spans import Fragments

_OPEN = '"“„«‘'
_CLOSE = '"”“»’'
_PAIRED = re.compile('"[^"]+"|“[^”]+”|„[^“”]+[“”]|«[^»]+»|(?<!\\w)‘[^’]+’(?!\\w)')


def quote_of(text: str, content: Fragments) -> str | None:
    """direct, mixed or indirect; None where there is no content.

    Direct: every fragment stands in quotation marks from end to end (marks that open in one fragment may close in
    the next). Mixed: some words stand in quotation marks. Indirect: none do.
    """
    if not content:
        return None
    pieces = [part.text(text).strip() for part in content]
    said = " ".join(pieces)
    if all(_framed(piece) for piece in pieces):
        return "direct"
    if _PAIRED.search(said):
        return "mixed"
    return "indirect"


def _framed(piece: str) -> bool:
    core = piece.rstrip(".,;:!?…") if piece[-1:] not in _CLOSE else piece
    if len(core) < 3 or core[0] not in _OPEN or core[-1] not in _CLOSE:
        return False
    inside = core[1:-1]
    return not any(mark in inside for mark in ('"', "“", "”")) or _balanced(inside)


def _balanced(inside: str) -> bool:
    """Whether the marks inside are pairs of their own, so that the outer ones belong together."""
    rest = re.sub("‘[^’]*’|“[^”]*”", "", inside)
    return not any(mark in rest for mark in ('"', "“", "”"))
