"""Find sentences without attribution that say what others attribute: the source may have been dropped."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.compare.clauses import Clause, SentenceClauses
from annotator.compare.readings import Readings, ReadText, cosine
from annotator.compare.rewordings import across
from annotator.compare.telling import APART, Telling
from annotator.compare.voices import Voice
from annotator.core.spans import Span, joined

ALIKE = 0.28
"""Cosine, of a clause without a mark and a clause of what a mark elsewhere says, from which the sentence is pointed out.

They must share two words that tell something, one of them not a name.
"""

_HEADING_ALIKE = 0.2
"""The same for a heading and a mark in the paragraph below it: a heading is short, and shares few words with anything."""

_COVERED = 0.3
"""A sentence of which marks take up more than this is attributed, or looked at by a person."""

_LONGEST_HEADING = 14
_SHORTEST = 4
_NEAR = 400
"""How far below a heading, in code points, the words may stand that it sums up."""

LIKE, HEADING, BETWEEN = "like", "heading", "between"
"""Why a sentence is pointed out: like what another outlet attributes; a heading that states what is attributed below it; between
two sentences of one source."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence without a mark, and what it seems to state without its source.

    claim is the claim of the mark that is most like it, where it has one. like are the marks that it was held against, the most alike
    first; score is from 0 to 1.
    """

    article: str
    span: Span
    claim: str | None
    like: tuple[str, ...]
    score: float
    why: str
    words: str


@dataclass(frozen=True, slots=True)
class _Free:
    """A sentence that no mark takes up."""

    article: str
    outlet: str
    span: Span
    clauses: tuple[Clause, ...]
    heading: bool
    number: int


def dropped(
    tellings: Sequence[Telling],
    readings: Readings,
    clauses: SentenceClauses,
    voices: Mapping[str, Sequence[Voice]],
) -> tuple[Dropped, ...]:
    """Sentences that may have lost their attribution, the surest first."""
    texts = readings.by_article()
    free = [
        one
        for telling in tellings
        if telling.looked
        for one in _free(telling, texts[telling.article], clauses[telling.article], voices[telling.article])
    ]
    found: dict[tuple[str, Span], Dropped] = {}
    attributed = [
        voice
        for own in voices.values()
        for voice in own
        if not voice.own_voice and not voice.passed_on and voice.mark.content and not voice.mark.hedge
    ]
    for one in (*_like(free, attributed), *_headings(free, voices), *_between(free, texts, voices)):
        place = one.article, one.span
        if place not in found or one.score > found[place].score:
            found[place] = one
    return tuple(sorted(found.values(), key=lambda one: -one.score))


def _free(
    telling: Telling,
    text: ReadText,
    clauses: Sequence[tuple[Clause, ...]],
    voices: Sequence[Voice],
) -> Iterable[_Free]:
    marked = joined(part for voice in voices for _, parts in voice.mark.all_spans() for part in parts)
    taken = {token.start for token in text.words_in(marked)}
    for number, span in enumerate(text.sentences):
        tokens = text.words_in((span,))
        if len(tokens) < _SHORTEST or telling.zone_at(span.start) in (*APART, "caption"):
            continue
        if sum(token.start in taken for token in tokens) > _COVERED * len(tokens):
            continue
        alone = _is_line(telling.text, span)
        heading = alone and len(tokens) <= _LONGEST_HEADING and telling.text[span.end - 1] not in '.!…”"'
        yield _Free(
            telling.article,
            telling.name,
            span,
            clauses[number],
            heading,
            number,
        )


def _is_line(text: str, span: Span) -> bool:
    before, after = text[: span.start].rstrip(" \t"), text[span.end :].lstrip(" \t")
    return (not before or before.endswith("\n")) and (not after or after.startswith("\n"))


def _like(free: Sequence[_Free], attributed: Sequence[Voice]) -> Iterable[Dropped]:
    ours = [(at, clause) for at, one in enumerate(free) for clause in one.clauses]
    theirs = [(voice, clause) for voice in attributed for clause in voice.clauses]
    best: dict[tuple[int, str], tuple[float, Voice]] = {}
    pairs = across([clause.plain for _, clause in ours], [clause.plain for _, clause in theirs], ALIKE)
    for row, column, alike in pairs:
        (at, mine), (voice, its) = ours[row], theirs[column]
        if voice.article == free[at].article or not _share_enough(mine, its):
            continue
        weight = alike * _part_of(mine, free[at].clauses[0])
        if weight > best.get((at, voice.id), (0.0, voice))[0]:
            best[at, voice.id] = (weight, voice)
    near: dict[int, list[tuple[float, Voice]]] = {}
    for (at, _), found in best.items():
        near.setdefault(at, []).append(found)
    for at, alike_marks in near.items():
        alike_marks.sort(key=lambda pair: (-pair[0], pair[1].id))
        likest = alike_marks[0][1]
        yield _pointed_out(
            free[at],
            [voice for _, voice in alike_marks],
            alike_marks[0][0],
            LIKE,
            _credit(likest),
        )


def _credit(voice: Voice) -> str:
    if voice.chain.links:
        return f"{voice.outlet} credits this to {voice.chain.words}"
    return f"{voice.outlet} says that it was heard, and names nobody"


def _part_of(clause: Clause, sentence: Clause) -> float:
    """How much of a sentence a clause is, by weight: what an aside says is not what the sentence says."""
    return math.sqrt(sum(sentence.plain.get(key, 0.0) ** 2 for key in clause.plain))


def _share_enough(one: Clause, other: Clause) -> bool:
    shared = one.telling & other.telling
    return len(shared) >= 2 and bool(shared & (one.things | other.things))


def _headings(free: Sequence[_Free], voices: Mapping[str, Sequence[Voice]]) -> Iterable[Dropped]:
    for one in free:
        if not one.heading:
            continue
        below = [
            (cosine(one.clauses[0].plain, voice.clauses[0].plain), voice)
            for voice in voices[one.article]
            if not voice.own_voice
            and not voice.inside
            and not voice.passed_on
            and 0 <= (voice.mark.extent() or one.span).start - one.span.end <= _NEAR
        ]
        found = sorted(
            (pair for pair in below if pair[0] >= _HEADING_ALIKE), key=lambda pair: (-pair[0], pair[1].id)
        )
        if found:
            voice = found[0][1]
            words = f"the heading states what the text below credits to {voice.chain.words}"
            yield _pointed_out(one, [voice for _, voice in found], found[0][0], HEADING, words)


def _between(
    free: Sequence[_Free], texts: Mapping[str, ReadText], voices: Mapping[str, Sequence[Voice]]
) -> Iterable[Dropped]:
    """Sentences between two that are credited to one source, in one paragraph."""
    for one in free:
        text = texts[one.article]
        if not 0 < one.number < len(text.sentences) - 1:
            continue
        before, after = text.sentences[one.number - 1], text.sentences[one.number + 1]
        if "\n" in text.text[before.end : after.start]:
            continue
        left, right = _credited(voices[one.article], before), _credited(voices[one.article], after)
        same = [voice for voice in left if voice.mark.source_id in {other.mark.source_id for other in right}]
        if same:
            words = f"it stands between two sentences credited to {same[0].chain.words}"
            yield Dropped(one.article, one.span, None, (same[0].id,), ALIKE, BETWEEN, words)


def _credited(voices: Sequence[Voice], sentence: Span) -> list[Voice]:
    return [
        voice
        for voice in voices
        if voice.mark.source_id
        and not voice.inside
        and not voice.passed_on
        and any(part.meets(sentence) for part in voice.mark.content)
    ]


def _pointed_out(one: _Free, like: Sequence[Voice], score: float, why: str, words: str) -> Dropped:
    claim = next((claim for voice in like for claim in voice.mark.claims), None)
    return Dropped(
        one.article, one.span, claim, tuple(voice.id for voice in like[:5]), round(score, 3), why, words
    )
