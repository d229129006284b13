"""Propose which marks of different articles make the same claim, the surest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.compare.quotations import are_versions
from annotator.compare.rewordings import as_table
from annotator.compare.voices import Voice
from annotator.compare.word_keys import folded

LIKELY = 0.35
"""The score from which two marks are proposed as one claim."""

_BIAS, _WORDS, _CLAUSE, _SOURCE, _QUOTATION, _SILENCE, _DEPTH = -4.2, 4.6, 2.3, 2.7, 3.4, 1.9, 0.9
"""Weights of the signs, learnt by logistic regression on the sample story and one event of real coverage, and rounded.

Words: cosine of the weights of content and cue. Clause: the best cosine of any two clauses. Source: both credit one source, or
pass on marks that do. Quotation: versions of one quotation of three words or more. Silence: both say that somebody did not
comment. Depth: one stands within another's content, the other does not.
"""

_AGAIN, _FIRST, _KIN, _THIRD = -1.45, 0.68, 0.68, 2.64
"""Weights of a second look: the log odds of the first one, the best score of marks around or within both, and the best third mark
that is like both."""

_LEAST_COSINE = 0.05
_LEAST_SCORE = 0.05


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two marks that seem to make one claim; claim is the one that one of them has already, None for a new one."""

    one: str
    other: str
    score: float
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class ProposedClaim:
    """Marks of several articles that seem to make one claim; name is made of the words that they share."""

    marks: tuple[str, ...]
    score: float
    claim: str | None
    name: str


def proposals(voices: Sequence[Voice], least: float = LIKELY) -> tuple[Proposal, ...]:
    """Pairs of marks of different articles that seem to make one claim, the surest first.

    Pairs that share a claim are left out, and so are those that have been given different ones. A bare hedge ("alleged") claims
    nothing by itself.
    """
    chosen = [voice for voice in voices if voice.mark.content and not _is_bare_hedge(voice)]
    found = []
    for left, right, score in scores(chosen):
        one, other = chosen[left], chosen[right]
        if score >= least and not (one.mark.claims and other.mark.claims):
            claim = next(iter((*one.mark.claims, *other.mark.claims)), None)
            found.append(Proposal(one.id, other.id, round(score, 3), claim))
    return tuple(sorted(found, key=lambda one: -one.score))


def _is_bare_hedge(voice: Voice) -> bool:
    return voice.mark.hedge and not voice.mark.source


def scores(voices: Sequence[Voice]) -> list[tuple[int, int, float]]:
    """(one, other, score) for pairs of different articles that are alike at all; scores from 0 to 1."""
    import numpy as np

    if len(voices) < 2:
        return []
    left, right, words, clause = _alike(voices)
    if not len(left):
        return []
    sources = _sources(voices)
    signs = np.array(
        [
            _signs(voices[one], voices[other], sources)
            for one, other in zip(left.tolist(), right.tolist(), strict=True)
        ]
    )
    odds = (
        _BIAS + _WORDS * words + _CLAUSE * clause + signs @ np.array([_SOURCE, _QUOTATION, _SILENCE, _DEPTH])
    )
    first = 1 / (1 + np.exp(-odds))
    again = (
        _AGAIN
        + _FIRST * odds
        + _KIN * _kin(voices, left, right, first)
        + _THIRD * _third(len(voices), left, right, first)
    )
    second = 1 / (1 + np.exp(-again))
    return list(zip(left.tolist(), right.tolist(), second.tolist(), strict=True))


def _alike(voices: Sequence[Voice]) -> tuple[Any, Any, Any, Any]:
    """Pairs of different articles whose words are alike: both numbers, the cosine of all, and the best of two clauses."""
    import numpy as np

    table = as_table([voice.weights for voice in voices])
    product = (table @ table.T).tocoo()
    articles = {article: at for at, article in enumerate(dict.fromkeys(v.article for v in voices))}
    article = np.array([articles[voice.article] for voice in voices])
    wanted = (
        (product.data >= _LEAST_COSINE)
        & (product.row < product.col)
        & (article[product.row] != article[product.col])
    )
    left, right, words = product.row[wanted], product.col[wanted], product.data[wanted]
    owners = np.array([at for at, voice in enumerate(voices) for _ in voice.clauses])
    parts = as_table([clause.sharp for voice in voices for clause in voice.clauses])
    between = (parts @ parts.T).tocoo()
    place = owners[between.row].astype(np.int64) * len(voices) + owners[between.col]
    order = np.lexsort((-between.data, place))
    place, best = place[order], between.data[order]
    heads = np.concatenate([[True], place[1:] != place[:-1]]) if len(place) else np.zeros(0, bool)
    place, best = place[heads], best[heads]
    asked = left.astype(np.int64) * len(voices) + right
    at = np.minimum(np.searchsorted(place, asked), max(0, len(place) - 1))
    clause = np.where(place[at] == asked, best[at], 0.0) if len(place) else np.zeros(len(asked))
    return left, right, words, clause


def _signs(
    one: Voice, other: Voice, sources: Mapping[str, frozenset[str]]
) -> tuple[float, float, float, float]:
    quoted = any(
        are_versions(here.words, there.words)
        for here in one.quoted
        if len(here.words) >= 3
        for there in other.quoted
        if len(there.words) >= 3
    )
    silent = one.mark.polarity == other.mark.polarity == "no_comment"
    return (
        float(bool(sources[one.id] & sources[other.id])),
        float(quoted),
        float(silent),
        float(one.inside != other.inside),
    )


def _sources(voices: Sequence[Voice]) -> dict[str, frozenset[str]]:
    """The sources that each mark credits, or that a mark credits with which it passes words on."""
    by_id = {voice.id: voice for voice in voices}
    leader = {voice.id: voice.id for voice in voices}

    def first(mark: str) -> str:
        while leader[mark] != mark:
            mark = leader[mark]
        return mark

    for voice in voices:
        above = by_id.get(voice.mark.parent or "")
        if above is not None and (
            above.mark.content == voice.mark.content or (above.passed_on and not voice.inside)
        ):
            leader[first(voice.id)] = first(above.id)
    found: dict[str, set[str]] = defaultdict(set)
    for voice in voices:
        if voice.mark.source_id:
            found[first(voice.id)].add(voice.mark.source_id)
    return {voice.id: frozenset(found[first(voice.id)]) for voice in voices}


def _kin(voices: Sequence[Voice], left: Any, right: Any, score: Any) -> Any:
    """For each pair the best score of a mark around or within the one and a mark around or within the other."""
    import numpy as np

    known = dict(
        zip(zip(left.tolist(), right.tolist(), strict=True), score.tolist(), strict=True),
    )
    place = {voice.id: at for at, voice in enumerate(voices)}
    kin: dict[int, list[int]] = defaultdict(list)
    for at, voice in enumerate(voices):
        above = place.get(voice.mark.parent or "")
        if above is not None:
            kin[at].append(above)
            kin[above].append(at)

    def best(one: int, other: int) -> float:
        pairs = ((min(a, b), max(a, b)) for a in kin.get(one, ()) for b in kin.get(other, ()))
        return max((known.get(pair, 0.0) for pair in pairs), default=0.0)

    return np.array([best(one, other) for one, other in zip(left.tolist(), right.tolist(), strict=True)])


def _third(count: int, left: Any, right: Any, score: Any) -> Any:
    """For each pair the best third mark: the lesser of its scores with both."""
    import numpy as np

    strong = score >= _LEAST_SCORE
    ones = np.concatenate([left[strong], right[strong]])
    others = np.concatenate([right[strong], left[strong]])
    values = np.concatenate([score[strong], score[strong]])
    order = np.argsort(ones, kind="stable")
    ones, others, values = ones[order], others[order], values[order]
    bounds = np.searchsorted(ones, np.arange(count + 1))
    pairs_of = np.argsort(left, kind="stable")
    starts = np.searchsorted(left[pairs_of], np.arange(count + 1))
    found = np.zeros(len(left))
    row = np.zeros(count)
    for mark in range(count):
        asked = pairs_of[starts[mark] : starts[mark + 1]]
        if not len(asked):
            continue
        row[:] = 0
        for at in range(bounds[mark], bounds[mark + 1]):
            third = others[at]
            near = slice(bounds[third], bounds[third + 1])
            to = others[near]
            row[to] = np.maximum(row[to], np.minimum(values[at], values[near]))
        found[asked] = row[right[asked]]
    return found


def proposed_claims(
    pairs: Sequence[Proposal], voices: Sequence[Voice], least: float = LIKELY
) -> tuple[ProposedClaim, ...]:
    """Proposals put together: marks of which each two, on average, are likely to make one claim; the surest first."""
    known = {frozenset((pair.one, pair.other)): pair.score for pair in pairs}
    groups: dict[str, list[str]] = {}
    for pair in pairs:
        one, other = groups.setdefault(pair.one, [pair.one]), groups.setdefault(pair.other, [pair.other])
        if one is other:
            continue
        between = [known.get(frozenset((a, b)), 0.0) for a in one for b in other]
        if sum(between) / len(between) >= least:
            one.extend(other)
            for mark in other:
                groups[mark] = one
    by_id = {voice.id: voice for voice in voices}
    distinct = {id(group): group for group in groups.values() if len(group) > 1}
    found = [_proposed(group, known, by_id) for group in distinct.values()]
    return tuple(sorted(found, key=lambda one: -one.score))


def _proposed(
    group: Sequence[str], known: Mapping[frozenset[str], float], by_id: Mapping[str, Voice]
) -> ProposedClaim:
    inner = [known[pair] for a in group for b in group if a < b and (pair := frozenset((a, b))) in known]
    voices = [by_id[mark] for mark in group]
    claim = next((claim for voice in voices for claim in voice.mark.claims), None)
    shared: dict[str, float] = defaultdict(float)
    for voice in voices:
        for key, weight in voice.clauses[0].sharp.items():
            shared[key] += weight
    wanted = sorted(shared, key=lambda key: -shared[key])[:4]
    first = min(voices, key=lambda voice: len(voice.tokens))
    words = [folded(token.word) for token in first.tokens if token.key in wanted]
    name = "-".join(dict.fromkeys(words)) or "claim"
    return ProposedClaim(tuple(group), round(sum(inner) / len(inner), 3), claim, name)
