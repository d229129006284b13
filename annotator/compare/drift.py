"""What changed between two outlets' versions of one claim: eight flags, each in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from annotator.compare.descriptions import ANONYMOUS, NAMED, same_number
from annotator.compare.quotations import Piece, Quoted, are_versions, difference, differs, spellings
from annotator.compare.turning import Side, turned
from annotator.compare.voices import Voice

QUOTATION_MARKS = "quotation_marks"
QUOTATION_WORDS = "quotation_words"
KIND = "kind"
OUTLET_DROPPED = "outlet_dropped"
MEDIUM = "medium"
SOURCE_DESCRIPTION = "source_description"
DIRECTION = "direction"
STATED_AS_FACT = "stated_as_fact"
FLAGS = (
    QUOTATION_MARKS,
    QUOTATION_WORDS,
    KIND,
    OUTLET_DROPPED,
    MEDIUM,
    SOURCE_DESCRIPTION,
    DIRECTION,
    STATED_AS_FACT,
)
"""All flags: (a) to (h) of the list of what a comparison must bring out."""

FLAG_WORDS = {
    QUOTATION_MARKS: "quotation marks on one side only",
    QUOTATION_WORDS: "different words inside the quotation marks",
    KIND: "another kind of source",
    OUTLET_DROPPED: "an outlet on one side only, or a shorter chain",
    MEDIUM: "another medium",
    SOURCE_DESCRIPTION: "number or description of the sources changed",
    DIRECTION: "negation, hedge or direction words changed",
    STATED_AS_FACT: "attributed here, stated as fact there",
}
_DENYING = ("negative", "denial")
_NEAR = 0.2
"""The share of a quotation's words above which it has something in common with the other side."""

_INSIDE = 0.6
"""The share of a quotation's words that the other side must have, outside marks, for the marks alone to be gone."""


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing that changed, and what it is in this case."""

    what: str
    words: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Two versions of one quotation, word by word."""

    one: Quoted
    other: Quoted
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Drift:
    """What changed between two marks on one claim; spellings are names written in two ways, which is no drift."""

    one: str
    other: str
    flags: tuple[Flag, ...]
    wordings: tuple[Wording, ...] = ()
    spellings: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The flags by name, in the order of the list."""
        return tuple(flag.what for flag in self.flags)


def drift_between(one: Voice, other: Voice) -> Drift:
    """What changed between any two marks of one claim."""
    wordings = tuple(_wordings(one, other))
    if one.own_voice or other.own_voice:
        flags = [*_stated_as_fact(one, other), *_direction(one, other)]
    else:
        flags = [
            *_marks(one, other, wordings),
            *_quoted_words(wordings),
            *_kind(one, other),
            *_outlets(one, other),
            *_medium(one, other),
            *_described(one, other),
            *_direction(one, other),
        ]
    flags.sort(key=lambda flag: FLAGS.index(flag.what))
    names = tuple(dict.fromkeys(pair for wording in wordings for pair in spellings(wording.pieces)))
    return Drift(one.id, other.id, tuple(flags), wordings, names)


def pairs(voices: Sequence[Voice]) -> Iterator[tuple[Voice, Voice]]:
    """The marks of one claim that are held against each other: of different articles, and on one level.

    One that another mark only passes on stands for both. A voice within another's content is compared with the same source
    alone. Headlines and link lines are left out where the article itself carries the claim, but not when they state it as a fact.
    """
    in_body = {voice.article for voice in voices if voice.in_body and not voice.own_voice}
    chosen = [
        voice
        for voice in voices
        if not voice.passed_on and (voice.own_voice or voice.in_body or voice.article not in in_body)
    ]
    for one, other in combinations(chosen, 2):
        if one.article == other.article or (one.own_voice and other.own_voice):
            continue
        outermost = not one.inside and not other.inside
        if outermost or (one.mark.source_id is not None and one.mark.source_id == other.mark.source_id):
            yield one, other


def _wordings(one: Voice, other: Voice) -> Iterator[Wording]:
    for here in one.quoted:
        there = _version_of(here, other.quoted)
        if there is not None:
            yield Wording(here, there, difference(here.words, there.words))


def _version_of(quoted: Quoted, others: Iterable[Quoted]) -> Quoted | None:
    found = [one for one in others if are_versions(quoted.words, one.words)]
    wanted = set(quoted.words)
    return max(found, key=lambda one: len(wanted & set(one.words)), default=None)


def _marks(one: Voice, other: Voice, wordings: Sequence[Wording]) -> Iterator[Flag]:
    if bool(one.quoted) != bool(other.quoted):
        quoting, plain = (one, other) if one.quoted else (other, one)
        about = [quoted for quoted in quoting.quoted if _is_about(quoting, quoted, plain)]
        if about:
            said = about[0].text
            yield Flag(
                QUOTATION_MARKS,
                f"“{said}” stands in quotation marks in {quoting.outlet}, in none in {plain.outlet}",
            )
        return
    matched = {wording.one for wording in wordings} | {wording.other for wording in wordings}
    for here, there in ((one, other), (other, one)):
        for quoted in here.quoted:
            if quoted not in matched and _shared(here, quoted, there) >= _INSIDE:
                yield Flag(
                    QUOTATION_MARKS,
                    f"“{quoted.text}” stands in quotation marks in {here.outlet}, not in {there.outlet}",
                )
                return


def _is_about(here: Voice, quoted: Quoted, there: Voice) -> bool:
    """Whether a quotation says what the other side says: it is most of its own content, or has something in common with it."""
    length = sum(len(part) for part in here.mark.content)
    return len(quoted.span) >= _INSIDE * length or _shared(here, quoted, there) > _NEAR


def _shared(here: Voice, quoted: Quoted, there: Voice) -> float:
    """The part of a quotation, by the weight of its words, that the other side says too."""
    keys = {token.key for token in here.tokens if quoted.span.start <= token.start < quoted.span.end}
    every = sum(here.weights.get(key, 0.0) for key in keys)
    return sum(here.weights.get(key, 0.0) for key in keys & there.keys) / every if every else 0.0


def _quoted_words(wordings: Iterable[Wording]) -> Iterator[Flag]:
    for wording in wordings:
        if differs(wording.pieces):
            changed = next(p for p in wording.pieces if p.what == "different" and (p.one or p.other))
            both = [p for p in wording.pieces if p.what == "different" and p.one and p.other]
            piece = both[0] if both else changed
            yield Flag(
                QUOTATION_WORDS, f"“{piece.one or '…'}” has become “{piece.other or '…'}” inside the marks"
            )
            return


def _kind(one: Voice, other: Voice) -> Iterator[Flag]:
    if one.mark.kind and other.mark.kind and one.mark.kind != other.mark.kind:
        left, right = (kind.replace("_", " ") for kind in (one.mark.kind, other.mark.kind))
        yield Flag(KIND, f"{left} in {one.outlet}, {right} in {other.outlet}")


def _outlets(one: Voice, other: Voice) -> Iterator[Flag]:
    for full, short in ((one, other), (other, one)):
        if len(short.chain.relays) >= len(full.chain.relays):
            continue
        lost = [name for name in full.chain.relays if name not in short.chain.relays and name != short.outlet]
        if lost:
            yield Flag(OUTLET_DROPPED, f"{full.outlet} credits {' and '.join(lost)}, {short.outlet} does not")


def _medium(one: Voice, other: Voice) -> Iterator[Flag]:
    left, right = one.mark.medium, other.mark.medium
    if left and right and left != right and "headline" not in (left, right):
        said = [medium.replace("_", " ") for medium in (left, right)]
        yield Flag(MEDIUM, f"{said[0]} in {one.outlet}, {said[1]} in {other.outlet}")


def _described(one: Voice, other: Voice) -> Iterator[Flag]:
    if one.mark.kind != other.mark.kind or not one.told.words or not other.told.words:
        return
    if one.told.pointing or other.told.pointing:
        return
    if one.mark.kind == ANONYMOUS:
        changed = not same_number(one.told, other.told) or one.told.keys != other.told.keys
    elif one.mark.source_id and other.mark.source_id and one.mark.source_id != other.mark.source_id:
        changed = True
    else:
        changed = one.mark.kind == NAMED and _offices_differ(one, other)
    if changed:
        yield Flag(
            SOURCE_DESCRIPTION,
            f"“{one.told.words}” in {one.outlet}, “{other.told.words}” in {other.outlet}",
        )


def _offices_differ(one: Voice, other: Voice) -> bool:
    """Whether both give a named person an office, and each says something that the other does not."""
    left, right = one.told.keys, other.told.keys
    shared = left & right
    return bool(shared) and bool(left - shared) and bool(right - shared)


def _direction(one: Voice, other: Voice) -> Iterator[Flag]:
    found = list(turned(Side(one.outlet, one.turns, one.keys), Side(other.outlet, other.turns, other.keys)))
    if not one.own_voice and not other.own_voice:
        left, right = one.mark.polarity in _DENYING, other.mark.polarity in _DENYING
        silent = "no_comment" in (one.mark.polarity, other.mark.polarity)
        if left != right and not silent and not (one.turns.negations or other.turns.negations):
            denies = one.outlet if left else other.outlet
            found.append(f"denied in {denies} only")
        if one.mark.hedge != other.mark.hedge and not any("only" in words for words in found):
            hedges = one.outlet if one.mark.hedge else other.outlet
            found.append(f"hedged in {hedges} only")
    if found:
        yield Flag(DIRECTION, "; ".join(found))


def _stated_as_fact(one: Voice, other: Voice) -> Iterator[Flag]:
    if one.own_voice != other.own_voice:
        plain, attributed = (one, other) if one.own_voice else (other, one)
        yield Flag(
            STATED_AS_FACT,
            f"{attributed.outlet} credits it to {attributed.chain.words}, {plain.outlet} states it as a fact",
        )
