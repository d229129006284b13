"""How much a reader is told about a source, with the reasons; a description, never a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.compare.chains import CITING, Chain, names_nobody
from annotator.compare.descriptions import ANONYMOUS, NAMED, Description, says_several
from annotator.compare.telling import is_unattributed
from annotator.core.attributions import Attribution
from annotator.core.sources import Source

LEVELS = (
    "named",
    "institution",
    "anonymous_with_ground",
    "anonymous_described",
    "bare",
    "no_source",
)
"""From the most to the least that a reader is told, as the house rules of news agencies have it."""

WORDS = {
    "named": "named, on record",
    "institution": "an institution, on record",
    "anonymous_with_ground": "anonymous, described, with a ground for anonymity",
    "anonymous_described": "anonymous, described",
    "bare": "bare, not described",
    "no_source": "no source",
}
BARE, NO_GROUND, PLURAL_FOR_ONE, DEAD_END, UNCREDITED = (
    "bare_sources",
    "no_ground",
    "plural_for_one",
    "dead_end",
    "first_outlet_not_credited",
)
"""What is pointed out about the sourcing of a mark, each with a sentence of its own."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that a reader of this attribution might want to know, and the sentence that says it."""

    what: str
    words: str


@dataclass(frozen=True, slots=True)
class Strength:
    """What the reader is told: a level, how often the words were passed on, and why it is so.

    steps counts how far down the list of levels it stands, one more for each relay (0: named, at first hand).
    """

    level: str
    relays: int
    reasons: tuple[str, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def steps(self) -> int:
        return LEVELS.index(self.level) + self.relays

    @property
    def words(self) -> str:
        """In words: anonymous, described; passed on by one outlet."""
        passed = {0: "at first hand", 1: "passed on by one outlet"}
        relayed = passed.get(self.relays, f"passed on by {self.relays} outlets")
        return f"{WORDS[self.level]}; {relayed}"


def strength_of(
    mark: Attribution, source: Source | None, chain: Chain, told: Description, others: Iterable[str] = ()
) -> Strength:
    """The strength of one attribution.

    Args:
        told: what the reader is told about the source at this spot.
        others: outlets that other articles credit with the same claim.
    """
    level, reason = _level(mark, source, chain, told)
    reasons = [reason]
    relays = 0 if is_unattributed(mark) else len(chain.relays)
    if relays:
        reasons.append(f"it came through {', then '.join(reversed(chain.relays))}")
    return Strength(level, relays, tuple(reasons), tuple(_remarks(mark, source, chain, told, others)))


def _level(mark: Attribution, source: Source | None, chain: Chain, told: Description) -> tuple[str, str]:
    name = chain.voice.name if chain.voice else ""
    if is_unattributed(mark):
        return "no_source", "the outlet states it in its own voice"
    if mark.kind == CITING:
        if names_nobody(name):
            return "bare", f"“{told.words or name}” names no outlet"
        return "institution", f"{name}, an outlet, gives its own word"
    if mark.kind == NAMED:
        return "named", f"{name} is named" if source is not None else f"“{told.words}” is named"
    if mark.kind == "institution":
        return "institution", f"{name or told.words} speaks without a person"
    if mark.kind == ANONYMOUS:
        return _anonymous(source, told)
    if not told.words and source is None:
        return "no_source", "no source is given"
    if (
        mark.type == "document"
        or mark.medium == "document"
        or (source is not None and source.type == "document")
    ):
        return "institution", f"{name or told.words} is a document that can be looked up"
    return "bare", f"“{told.words or name}” says neither who nor how many"


def _anonymous(source: Source | None, told: Description) -> tuple[str, str]:
    if told.bare or not told.words:
        return (
            "bare",
            f"“{told.words}” is all that is said of them" if told.words else "nothing is said of them",
        )
    if told.ground or (source is not None and source.grounds):
        return "anonymous_with_ground", f"“{told.words}” are described, and a ground for anonymity is given"
    return "anonymous_described", f"“{told.words}” is a description, and no ground for anonymity is given"


def _remarks(
    mark: Attribution, source: Source | None, chain: Chain, told: Description, others: Iterable[str]
) -> Iterable[Remark]:
    if mark.kind == ANONYMOUS:
        if told.bare:
            yield Remark(BARE, f"“{told.words}” is the weakest form: neither how many nor how they know")
        if not told.ground and not (source is not None and source.grounds):
            said = "anonymity is a condition, but" if told.condition else "they stay unnamed, and"
            yield Remark(NO_GROUND, f"{said} no ground for it is given")
    if told.plural and source is not None and _is_one(source):
        yield Remark(PLURAL_FOR_ONE, f"“{told.words}” is a plural, yet the source is one: {source.name}")
    if not is_unattributed(mark) and chain.is_dead_end and mark.kind != NAMED:
        yield Remark(DEAD_END, f"nobody stands at the end of it: {chain.words}")
    if not is_unattributed(mark) and not chain.relays:
        known = list(dict.fromkeys(name for name in others if name != chain.publisher))
        if known:
            yield Remark(UNCREDITED, f"{' and '.join(known)} had it, others say; no outlet is credited here")


def _is_one(source: Source) -> bool:
    """Whether a source is one person, by its type and its name."""
    name = source.name.split("(", 1)[0]
    return source.type in ("", "person") and " and " not in name and not says_several(name)
