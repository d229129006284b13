"""Words in quotation marks: where they stand, how versions differ, and who had which first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from annotator.compare.word_keys import folded, same_name
from annotator.core.spans import Fragments, Span

_CLOSED_BY = {"“": "”", "„": "“”", "«": "»", '"': '"', "‘": "’", "'": "'"}
_OPENING = re.compile(r"""[“„«](?=\S)|(?<!\w)"(?=[^\s"])|(?<!\w)[‘'](?=\w)""")
_WRITTEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[’'-][^\W_]+)*")

VARIANT = 0.5
"""The share of words in common (of the shorter one) from which two quotations are versions of one."""

_SHORTEST = 3
"""Quotations of fewer words are versions of one only when they say the same but for hyphens."""


def quotation_spans(text: str) -> tuple[Span, ...]:
    """What stands between quotation marks, without them, in reading order; marks that never close end with the line."""
    found: list[Span] = []
    at = 0
    while (opening := _OPENING.search(text, at)) is not None:
        start = opening.end()
        line_end = text.find("\n", start)
        line_end = len(text) if line_end < 0 else line_end
        end = _closing(text, start, line_end, _CLOSED_BY[opening[0]])
        if end is None and opening[0] in "‘'":
            at = start
            continue
        end = line_end if end is None else end
        if end > start:
            found.append(Span(start, end))
        at = end + 1
    return tuple(found)


def _closing(text: str, start: int, end: int, marks: str) -> int | None:
    for at in range(start, end):
        if text[at] in marks:
            if text[at] in "’'" and at + 1 < len(text) and text[at + 1].isalnum():
                continue
            return at
    return None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch of a content in quotation marks: its place, its words as written, and the words alone."""

    span: Span
    text: str
    words: tuple[str, ...]


def quoted_in(text: str, content: Fragments, quotations: Sequence[Span]) -> tuple[Quoted, ...]:
    """The parts of a content that stand in quotation marks, whether or not the marks themselves were taken in."""
    found = []
    for part in content:
        for one in quotations:
            start, end = max(part.start, one.start), min(part.end, one.end)
            if start < end:
                said = text[start:end]
                written = tuple(_WRITTEN.findall(said))
                if written:
                    found.append(Quoted(Span(start, end), said.strip(" ,.;"), written))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of two versions side by side: the same on both sides, a name in two spellings, or different."""

    what: str
    one: str
    other: str


SAME, SPELLING, DIFFERENT = "same", "spelling", "different"


@lru_cache(maxsize=20_000)
def difference(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[Piece, ...]:
    """Two rows of words, word by word. Case and the form of apostrophes play no part; spellings of one name are told apart from other words."""
    from rapidfuzz.distance import Levenshtein

    left, right = [folded(word) for word in one], [folded(word) for word in other]
    pieces: list[Piece] = []
    for step in Levenshtein.opcodes(left, right):
        here, there = one[step.src_start : step.src_end], other[step.dest_start : step.dest_end]
        if step.tag == "equal":
            pieces.append(Piece(SAME, " ".join(here), " ".join(there)))
        elif len(here) == len(there) and all(map(same_name, here, there)):
            pieces.append(Piece(SPELLING, " ".join(here), " ".join(there)))
        else:
            pieces.append(Piece(DIFFERENT, " ".join(here), " ".join(there)))
    return tuple(_joined(pieces))


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].what == piece.what:
            last = found.pop()
            piece = Piece(  # noqa: PLW2901
                piece.what,
                f"{last.one} {piece.one}".strip(),
                f"{last.other} {piece.other}".strip(),
            )
        found.append(piece)
    return found


def differs(pieces: Sequence[Piece]) -> bool:
    """Whether two versions have different words; more of the same at an end is a longer quotation, not another one."""
    inner = list(pieces)
    while inner and inner[0].what == DIFFERENT and not (inner[0].one and inner[0].other):
        inner.pop(0)
    while inner and inner[-1].what == DIFFERENT and not (inner[-1].one and inner[-1].other):
        inner.pop()
    return any(piece.what == DIFFERENT for piece in inner)


def spellings(pieces: Iterable[Piece]) -> tuple[tuple[str, str], ...]:
    """The names that are spelt in two ways."""
    return tuple((piece.one, piece.other) for piece in pieces if piece.what == SPELLING)


@lru_cache(maxsize=100_000)
def are_versions(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two quotations are versions of one: half of the shorter one's words, or all but hyphens."""
    left, right = set(_apart(one)), set(_apart(other))
    shorter = min(len(left), len(right))
    if not shorter:
        return False
    if shorter < _SHORTEST:
        return left == right or (shorter > 1 and (left <= right or right <= left))
    return len(left & right) / shorter >= VARIANT


def _apart(words: Sequence[str]) -> list[str]:
    return [folded(part) for word in words for part in word.split("-")]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quotation stands: the article, its outlet, the mark, the span, and when the article was published."""

    article: str
    outlet: str
    mark: str
    span: Span
    published: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of a quotation and all its places, the first published first."""

    words: str
    places: tuple[Place, ...]
    against_first: tuple[Piece, ...] = ()

    @property
    def first(self) -> Place:
        return self.places[0]


@dataclass(frozen=True, slots=True)
class QuotationTable:
    """All versions of one quotation across outlets, the first published first; claims that it was marked with."""

    versions: tuple[Version, ...]
    claims: tuple[str, ...] = ()


def quotation_tables(
    quoted: Iterable[tuple[Place, Quoted, tuple[str, ...]]],
) -> tuple[QuotationTable, ...]:
    """Quotations of all outlets, grouped into versions of one, those with more versions first.

    Two quotations are versions of one when they share half of the words of the shorter one and were marked with a common claim, or
    share so much without one. A quotation that only one outlet has is left out. Within a table, what was published earliest
    comes first; articles without a date come last, in their order.
    """
    items = [item for item in quoted if len(item[1].words) > 1]
    leaders = list(range(len(items)))

    def first(at: int) -> int:
        while leaders[at] != at:
            at = leaders[at]
        return at

    sets = [frozenset(_apart(item[1].words)) for item in items]
    holders: dict[str, list[int]] = {}
    for at, words in enumerate(sets):
        near: dict[int, int] = {}
        for word in words:
            for other in holders.get(word, ()):
                near[other] = near.get(other, 0) + 1
            holders.setdefault(word, []).append(at)
        for other, shared in near.items():
            shorter = min(len(words), len(sets[other]))
            same_claim = bool(set(items[at][2]) & set(items[other][2]))
            close = shared / shorter >= (VARIANT if same_claim else 0.75)
            if close and (shared >= _SHORTEST or (same_claim and shared == shorter)):
                leaders[max(first(at), first(other))] = min(first(at), first(other))
    groups: dict[int, list[int]] = {}
    for at in range(len(items)):
        groups.setdefault(first(at), []).append(at)
    tables = [_table([items[at] for at in group]) for group in groups.values()]
    kept = [table for table in tables if len({p.article for v in table.versions for p in v.places}) > 1]
    return tuple(sorted(kept, key=lambda table: -len(table.versions)))


def _table(items: Sequence[tuple[Place, Quoted, tuple[str, ...]]]) -> QuotationTable:
    in_time = sorted(items, key=lambda item: item[0].published or "9")
    places: dict[tuple[str, ...], list[Place]] = {}
    written: dict[tuple[str, ...], Quoted] = {}
    for place, quoted, _ in in_time:
        key = tuple(folded(word) for word in quoted.words)
        if place not in places.setdefault(key, []):
            places[key].append(place)
        written.setdefault(key, quoted)
    first = next(iter(written.values()))
    versions = tuple(
        Version(written[key].text, tuple(own), difference(first.words, written[key].words))
        for key, own in places.items()
    )
    claims = tuple(dict.fromkeys(claim for _, _, own in in_time for claim in own))
    return QuotationTable(versions, claims)
