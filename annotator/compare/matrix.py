"""Claims by outlets, absence included: who credits whom for what, and where the outlets part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.compare.drift import (
    DIRECTION,
    FLAG_WORDS,
    MEDIUM,
    OUTLET_DROPPED,
    QUOTATION_MARKS,
    QUOTATION_WORDS,
    SOURCE_DESCRIPTION,
    Drift,
)
from annotator.compare.strength import Strength
from annotator.compare.telling import Telling, first_published
from annotator.compare.voices import Voice
from annotator.core.claims import Claim

ATTRIBUTED, UNATTRIBUTED, ABSENT, UNKNOWN = "attributed", "unattributed", "absent", "unknown"
STATUSES = (ATTRIBUTED, UNATTRIBUTED, ABSENT, UNKNOWN)
"""What a cell is: credited to somebody, stated as a fact, said by a person not to be carried, or nothing marked."""

SHORTER_CHAIN, ANOTHER_KIND, DRIFT = "shorter_chain", "another_kind", "drift"
SIGNS = (UNATTRIBUTED, SHORTER_CHAIN, ANOTHER_KIND, DRIFT)
"""What is pointed out in a cell, against the other cells of its claim."""

_DRIFTING = (QUOTATION_MARKS, QUOTATION_WORDS, MEDIUM, SOURCE_DESCRIPTION, DIRECTION)
_QUOTES = {"direct": "quoted", "mixed": "quoted in part", "indirect": "paraphrased"}

SPREAD, DISAGREEMENT, NAME, ORDER = "spread", "disagreement", "name", "order"
SORTS = (ORDER, SPREAD, DISAGREEMENT, NAME)


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that is pointed out in a cell, and the sentence that says it."""

    what: str
    words: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One mark in a cell. words are its source and chain, the first voice first; inside, that it stands within another's content."""

    id: str
    kind: str | None
    source_name: str
    chain: tuple[str, ...]
    words: str
    quote: str | None
    medium: str | None
    strength: Strength
    said: str
    counted: bool
    inside: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What one article has on one claim. absence_proposed says that nothing is marked and nothing in the text looks like it."""

    article: str
    outlet: str
    status: str
    entries: tuple[Entry, ...] = ()
    signs: tuple[Sign, ...] = ()
    absence_proposed: bool = False

    @property
    def count(self) -> int:
        """How many attributions there are, without headline repeats, link lines and what only passes another on."""
        return sum(entry.counted and entry.kind != UNATTRIBUTED for entry in self.entries)

    @property
    def words(self) -> str:
        """The cell in words: kind, source and chain of each voice, how many attributions, quoted or not."""
        if self.status == ABSENT:
            return "not carried here"
        if self.status == UNKNOWN:
            return "nothing marked; not carried?" if self.absence_proposed else "nothing marked"
        said = []
        if self.status == UNATTRIBUTED or any(entry.kind == UNATTRIBUTED for entry in self.entries):
            said.append("stated as a fact")
        for entry in self.entries:
            if entry.kind != UNATTRIBUTED and not entry.inside:
                kind = (entry.kind or "no kind").replace("_", " ")
                said.append(f"{kind}: {entry.words}")
        said = list(dict.fromkeys(said))
        if self.status == ATTRIBUTED:
            counts = {0: "only in a headline or a link", 1: "1 attribution"}
            said.append(counts.get(self.count, f"{self.count} attributions"))
        quotes = [_QUOTES[one.quote] for one in self.entries if one.quote in _QUOTES and not one.inside]
        return "; ".join([*said, *dict.fromkeys(quotes)])


@dataclass(frozen=True, slots=True)
class Row:
    """One claim across all articles. first is the article that carries it and was published first, where that is known."""

    claim: Claim
    cells: tuple[Cell, ...]
    drifts: tuple[Drift, ...]
    first: str | None = None

    @property
    def spread(self) -> int:
        """How many articles carry it."""
        return sum(cell.status in (ATTRIBUTED, UNATTRIBUTED) for cell in self.cells)

    @property
    def flags(self) -> Counter[str]:
        """How often each flag stands between two marks."""
        return Counter(name for drift in self.drifts for name in drift.names)

    @property
    def disagreement(self) -> float:
        """How many flags stand between two marks, on average; 0 where there is nothing to compare."""
        return sum(self.flags.values()) / len(self.drifts) if self.drifts else 0.0

    @property
    def strength(self) -> str:
        """The sourcing of the claim in words, from the most that any outlet tells to the least."""
        told = [
            (entry.strength.steps, entry.strength.words, cell.outlet)
            for cell in self.cells
            for entry in cell.entries
            if not entry.inside and entry.counted
        ]
        if not told:
            return ""
        most, least = min(told), max(told)
        if most[0] == least[0]:
            return most[1]
        return f"from {most[1]} ({most[2]}) down to {least[1]} ({least[2]})"


@dataclass(frozen=True, slots=True)
class Matrix:
    """All claims of a story by all its articles."""

    articles: tuple[tuple[str, str, str], ...]
    rows: tuple[Row, ...]


def matrix(
    tellings: Sequence[Telling],
    claims: Sequence[Claim],
    by_claim: Mapping[str, Sequence[Voice]],
    strengths: Mapping[str, Strength],
    drifts: Mapping[str, Sequence[Drift]],
    looks_carried: Iterable[tuple[str, str]] = (),
) -> Matrix:
    """The matrix of a story.

    Args:
        by_claim: the voices on each claim, by its id.
        strengths: how much is told about the source of each mark, by its id.
        drifts: what changed between marks, by claim.
        looks_carried: (article, claim) where a sentence without a mark says what the claim says: no absence is proposed there.
    """
    likely = set(looks_carried)
    rows = []
    for claim in claims:
        voices = by_claim.get(claim.id, ())
        own = tuple(drifts.get(claim.id, ()))
        cells = _cells(tellings, claim, voices, strengths, own, likely)
        carrying = {voice.article for voice in voices}
        first = first_published(one for one in tellings if one.article in carrying)
        rows.append(Row(claim, cells, own, first))
    columns = tuple((one.article, one.name, one.published) for one in tellings)
    return Matrix(columns, tuple(rows))


def _cells(
    tellings: Sequence[Telling],
    claim: Claim,
    voices: Sequence[Voice],
    strengths: Mapping[str, Strength],
    drifts: Sequence[Drift],
    likely: set[tuple[str, str]],
) -> tuple[Cell, ...]:
    of_article: dict[str, list[Voice]] = {}
    for voice in voices:
        of_article.setdefault(voice.article, []).append(voice)
    usual = _usual_kind(of_article.values())
    pointed_out = _drift_signs(drifts, {voice.id: voice for voice in voices})
    cells = []
    for telling in tellings:
        own = of_article.get(telling.article, [])
        if not own:
            status = ABSENT if telling.article in claim.absent_in else UNKNOWN
            proposed = (
                status == UNKNOWN
                and telling.looked
                and bool(voices)
                and (telling.article, claim.id) not in likely
            )
            cells.append(Cell(telling.article, telling.name, status, absence_proposed=proposed))
            continue
        entries = tuple(_entry(voice, strengths) for voice in _shown(own))
        status = UNATTRIBUTED if all(voice.own_voice for voice in own) else ATTRIBUTED
        signs = (*_own_signs(own, usual), *pointed_out.get(telling.article, ()))
        ordered = tuple(sorted(signs, key=lambda sign: SIGNS.index(sign.what)))
        cells.append(Cell(telling.article, telling.name, status, entries, ordered))
    return tuple(cells)


def _shown(voices: Sequence[Voice]) -> list[Voice]:
    """The voices of a cell, those that count and speak for the article first, without those that only pass another on."""
    kept = [voice for voice in voices if not voice.passed_on] or list(voices)
    return sorted(kept, key=lambda voice: (voice.inside, not voice.counted))


def _entry(voice: Voice, strengths: Mapping[str, Strength]) -> Entry:
    return Entry(
        voice.id,
        voice.mark.kind,
        voice.source.name if voice.source else voice.told.words,
        voice.chain.names,
        voice.chain.words,
        voice.mark.quote,
        voice.mark.medium,
        strengths[voice.id],
        voice.said,
        voice.counted,
        voice.inside,
    )


def _main_kinds(voices: Iterable[Voice]) -> set[str]:
    return {
        voice.mark.kind
        for voice in voices
        if voice.mark.kind and not voice.inside and not voice.passed_on and not voice.own_voice
    }


def _usual_kind(cells: Iterable[Sequence[Voice]]) -> str | None:
    """The kind that most articles credit; with as many for another, the one met first."""
    counts = Counter(kind for voices in cells for kind in sorted(_main_kinds(voices)))
    return max(counts, key=lambda kind: counts[kind], default=None)


def _own_signs(voices: Sequence[Voice], usual: str | None) -> Iterable[Sign]:
    if any(voice.own_voice for voice in voices):
        also = "" if all(voice.own_voice for voice in voices) else "also "
        yield Sign(UNATTRIBUTED, f"{also}stated as a fact, without attribution")
    kinds = _main_kinds(voices)
    if usual and kinds and usual not in kinds:
        said = " and ".join(sorted(kind.replace("_", " ") for kind in kinds))
        yield Sign(ANOTHER_KIND, f"{said}, where others have {usual.replace('_', ' ')}")


def _drift_signs(drifts: Sequence[Drift], voices: Mapping[str, Voice]) -> dict[str, list[Sign]]:
    """What drift is pointed out in each article."""
    dropped: dict[str, str] = {}
    flags: dict[str, set[str]] = {}
    for drift in drifts:
        one, other = voices[drift.one], voices[drift.other]
        for flag in drift.flags:
            if flag.what in _DRIFTING:
                for voice in (one, other):
                    flags.setdefault(voice.article, set()).add(flag.what)
            elif flag.what == OUTLET_DROPPED:
                short = one if len(one.chain.relays) < len(other.chain.relays) else other
                dropped.setdefault(short.article, flag.words)
    found: dict[str, list[Sign]] = {}
    for article, words in dropped.items():
        found.setdefault(article, []).append(Sign(SHORTER_CHAIN, words))
    for article, own in flags.items():
        words = ", ".join(FLAG_WORDS[name] for name in FLAG_WORDS if name in own)
        found.setdefault(article, []).append(Sign(DRIFT, words))
    return found


def in_order(rows: Iterable[Row], by: str) -> list[Row]:
    """Rows sorted: by spread or disagreement the most first, by name, or as the claims stand."""
    if by == SPREAD:
        return sorted(rows, key=lambda row: (-row.spread, -row.disagreement, row.claim.position))
    if by == DISAGREEMENT:
        return sorted(rows, key=lambda row: (-row.disagreement, -row.spread, row.claim.position))
    if by == NAME:
        return sorted(rows, key=lambda row: row.claim.name.casefold())
    return sorted(rows, key=lambda row: (row.claim.position, row.claim.name.casefold()))


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows are wanted: words of the claim or of what was said, flags, signs and kinds (any of them), how many articles carry it."""

    words: str = ""
    flags: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    least_spread: int = 0

    def takes(self, row: Row) -> bool:
        """Whether a row is wanted."""
        entries = [entry for cell in row.cells for entry in cell.entries]
        if row.spread < self.least_spread:
            return False
        if self.flags and not set(self.flags) & row.flags.keys():
            return False
        if self.signs and not {sign.what for cell in row.cells for sign in cell.signs} & set(self.signs):
            return False
        if self.kinds and not {entry.kind for entry in entries} & set(self.kinds):
            return False
        said = " ".join([row.claim.name, row.claim.text, *(f"{one.said} {one.words}" for one in entries)])
        return all(word in said.casefold() for word in self.words.casefold().split())
