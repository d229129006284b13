"""Words, signs and white space of a text as tokens, none of which a span begins or ends inside."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

from annotator.core.graphemes import is_boundary

_PIECE = re.compile(r"\w+(?:(?:['’]|(?<=\d)[.,](?=\d))\w+)*|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch [start, end) of a text; space says that one space follows, which is no token itself."""

    start: int
    end: int
    space: bool = False


def tokens(text: str, starts: Collection[int] = (), ends: Collection[int] = ()) -> list[Token]:
    """All of a text as tokens; with their spaces they join up to the text again.

    Args:
        starts: offsets at which a token must begin.
        ends: offsets at which one must end.
    """
    edges = {match.end() for match in _PIECE.finditer(text)}
    edges = {at for at in edges if is_boundary(text, at) or text[at - 1].isspace()}
    edges |= {0, len(text), *starts, *ends}
    found: list[Token] = []
    for start, end in pairwise(sorted(edges)):
        joins = text[start:end] == " " and start not in starts and end not in ends
        if joins and found and found[-1].end == start and not found[-1].space:
            found[-1] = Token(found[-1].start, found[-1].end, space=True)
        else:
            found.append(Token(start, end))
    return found
