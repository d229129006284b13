"""Comparison: a story's outlets held against each other; texts read once, marks at each change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annotator.compare.chains import OUTLET
from annotator.compare.citations import Citations, citations
from annotator.compare.clauses import SentenceClauses, sentence_clauses
from annotator.compare.drift import Drift, drift_between, pairs
from annotator.compare.dropped import Dropped, dropped
from annotator.compare.lexicons import Lexicons
from annotator.compare.matrix import Matrix, matrix
from annotator.compare.passages import Copied, SharedPassage, copies, shared_passages
from annotator.compare.proposals import Proposal, ProposedClaim, proposals, proposed_claims
from annotator.compare.quotations import Place, QuotationTable, Quoted, quotation_tables
from annotator.compare.readings import Readings, read
from annotator.compare.rewordings import rewordings, sentences
from annotator.compare.strength import Strength, strength_of
from annotator.compare.telling import Names, Telling
from annotator.compare.turning import TurningWords
from annotator.compare.voices import Listening, Voice
from annotator.compare.word_keys import Keys
from annotator.core.errors import Cancelled
from annotator.core.ports import Progress


@dataclass(frozen=True, slots=True)
class TextsCompared:
    """What a story's texts alone bring out: shared passages (reworded sentences among them) and who shares how much with whom."""

    readings: Readings
    lexicons: Lexicons
    keys: Keys
    clauses: SentenceClauses
    passages: tuple[SharedPassage, ...]
    copied: tuple[Copied, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the marks of a story's articles bring out.

    voices are the marks of each article with all that they are compared by; strengths say of each mark how much a reader is told
    about its source. Everything but the texts is found anew when a mark changes, yet what did not change is taken over.
    """

    tellings: tuple[Telling, ...]
    names: Names
    texts: TextsCompared
    voices: Mapping[str, tuple[Voice, ...]]
    strengths: Mapping[str, Strength]
    matrix: Matrix
    proposals: tuple[Proposal, ...]
    proposed: tuple[ProposedClaim, ...]
    dropped: tuple[Dropped, ...]
    quotations: tuple[QuotationTable, ...]
    citations: Citations
    _drifts: Mapping[tuple[str, str], tuple[Voice, Voice, Drift]] = field(default_factory=dict)

    def voice(self, mark: str) -> Voice | None:
        """The voice of a mark by its id."""
        return next((one for own in self.voices.values() for one in own if one.id == mark), None)


def read_texts(
    tellings: Sequence[Telling], lexicons: Lexicons, progress: Progress | None = None
) -> TextsCompared:
    """Read a story's texts, slowly and once; marks play no part.

    Raises:
        Cancelled: when progress asks to stop.
    """
    keys = Keys(lexicons)

    def step(number: int) -> None:
        if progress is not None and not progress(number, 4):
            raise Cancelled("Comparing was stopped.")

    step(0)
    readings = read(tellings, keys)
    step(1)
    shared = shared_passages(readings.texts)
    step(2)
    every = (*shared, *rewordings(sentences(readings), shared))
    step(3)
    clauses = sentence_clauses(readings)
    found = TextsCompared(readings, lexicons, keys, clauses, every, copies(tellings, readings.texts, every))
    step(4)
    return found


def compare(
    tellings: Sequence[Telling], names: Names, texts: TextsCompared, before: Comparison | None = None
) -> Comparison:
    """Hold the marks of a story's articles against each other.

    Args:
        texts: what read_texts made of the same articles.
        before: an earlier comparison of them, from which is taken over what has not changed.
    """
    tellings = tuple(tellings)
    if before is not None and before.texts is not texts:
        before = None
    turning = TurningWords(texts.lexicons, texts.keys)
    listening = Listening(texts.readings, names, texts.keys, turning)
    voices = listening.voices(
        tellings, before.voices if before else None, _unchanged(tellings, names, before)
    )
    by_claim = _by_claim(voices)
    strengths = _strengths(voices, by_claim)
    known = _drifts(by_claim, before)
    drifts = {
        claim: [known[one.id, other.id][2] for one, other in pairs(own)] for claim, own in by_claim.items()
    }
    lost = dropped(tellings, texts.readings, texts.clauses, voices)
    every = [voice for own in voices.values() for voice in own]
    proposed = proposals(every)
    carried = [(one.article, one.claim) for one in lost if one.claim]
    claims = [claim for claim in names.claims if claim.id in by_claim or claim.absent_in]
    return Comparison(
        tellings,
        names,
        texts,
        voices,
        strengths,
        matrix(tellings, claims, by_claim, strengths, drifts, carried),
        proposed,
        proposed_claims(proposed, every),
        lost,
        quotation_tables(_quoted(tellings, voices)),
        citations(tellings, voices),
        known,
    )


def _unchanged(tellings: Sequence[Telling], names: Names, before: Comparison | None) -> frozenset[str]:
    """The articles whose voices can be taken over: the same marks, and the same names behind them.

    None can when an outlet was changed, by whatever name, for the chains of all articles rest on these.
    """
    if before is None or names.outlets != before.names.outlets:
        return frozenset()
    if [one.outlet for one in tellings] != [one.outlet for one in before.tellings]:
        return frozenset()
    mine, its = names.sources, before.names.sources
    other = {one for one in mine.keys() | its.keys() if mine.get(one) != its.get(one)}
    if any(
        source is not None and source.type == OUTLET
        for one in other
        for source in (mine.get(one), its.get(one))
    ):
        return frozenset()
    earlier = {one.article: one for one in before.tellings}
    return frozenset(
        one.article
        for one in tellings
        if earlier.get(one.article) == one and not any(mark.source_id in other for mark in one.marks)
    )


def _by_claim(voices: Mapping[str, Sequence[Voice]]) -> dict[str, list[Voice]]:
    found: dict[str, list[Voice]] = {}
    for own in voices.values():
        for voice in own:
            for claim in voice.mark.claims:
                found.setdefault(claim, []).append(voice)
    return found


def _strengths(
    voices: Mapping[str, Sequence[Voice]], by_claim: Mapping[str, Sequence[Voice]]
) -> dict[str, Strength]:
    found = {}
    for own in voices.values():
        for voice in own:
            others = () if voice.inside or voice.passed_on else _credited_elsewhere(voice, by_claim)
            found[voice.id] = strength_of(voice.mark, voice.source, voice.chain, voice.told, others)
    return found


def _credited_elsewhere(voice: Voice, by_claim: Mapping[str, Sequence[Voice]]) -> list[str]:
    """The outlets that other articles, not published later, credit for the same claim from the same source or kind of source."""
    found: dict[str, None] = {}
    for claim in voice.mark.claims:
        for other in by_claim[claim]:
            if other.article == voice.article or other.passed_on or voice.outlet in other.chain.relays:
                continue
            if voice.published and other.published and other.published > voice.published:
                continue
            same = voice.mark.source_id is not None and voice.mark.source_id == other.mark.source_id
            if same or voice.mark.kind == other.mark.kind:
                found.update(dict.fromkeys(other.chain.relays))
    return list(found)


def _drifts(
    by_claim: Mapping[str, Sequence[Voice]], before: Comparison | None
) -> dict[tuple[str, str], tuple[Voice, Voice, Drift]]:
    earlier = before._drifts if before else {}
    found: dict[tuple[str, str], tuple[Voice, Voice, Drift]] = {}
    for own in by_claim.values():
        for one, other in pairs(own):
            place = one.id, other.id
            if place in found:
                continue
            known = earlier.get(place)
            if known is not None and known[0] is one and known[1] is other:
                found[place] = known
            else:
                found[place] = (one, other, drift_between(one, other))
    return found


def _quoted(
    tellings: Sequence[Telling], voices: Mapping[str, Sequence[Voice]]
) -> list[tuple[Place, Quoted, tuple[str, ...]]]:
    return [
        (
            Place(voice.article, voice.outlet, voice.id, quoted.span, telling.published),
            quoted,
            voice.mark.claims,
        )
        for telling in tellings
        for voice in voices[telling.article]
        if not voice.passed_on and not voice.inside
        for quoted in voice.quoted
    ]
