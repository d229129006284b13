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
_LEAST_WEIGHT = 0.08
_LEAST_SCORE = 0.1
_NEAREST = 60
"""So many of the likeliest others of a mark are asked for as a third; it bounds the time in a story of very many articles."""


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
    odds = _BIAS + _WORDS * words + _CLAUSE * clause + _signs(voices, left, right)
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

    table = as_table([voice.weights for voice in voices], least=_LEAST_WEIGHT)
    product = (table @ table.T).tocoo()
    articles = {article: at for at, article in enumerate(dict.fromkeys(v.article for v in voices))}
    article = np.array([articles[voice.article] for voice in voices])
    wanted = (
        (product.data >= _LEAST_COSINE)
        & (product.row < product.col)
        & (article[product.row] != article[product.col])
    )
    left, right, words = product.row[wanted], product.col[wanted], product.data[wanted]
    asked = left.astype(np.int64) * len(voices) + right
    order = np.argsort(asked)
    left, right, words, asked = left[order], right[order], words[order], asked[order]
    owners = np.array([at for at, voice in enumerate(voices) for _ in voice.clauses], np.int64)
    parts = as_table([clause.sharp for voice in voices for clause in voice.clauses], least=_LEAST_WEIGHT)
    between = (parts @ parts.T).tocoo()
    place = owners[between.row] * len(voices) + owners[between.col]
    at = np.minimum(np.searchsorted(asked, place), max(0, len(asked) - 1))
    known = asked[at] == place if len(asked) else np.zeros(len(place), bool)
    clause = np.zeros(len(asked))
    np.maximum.at(clause, at[known], between.data[known])
    return left, right, words, clause


def _signs(voices: Sequence[Voice], left: Any, right: Any) -> Any:
    """For each pair the weights of its signs: one source, versions of one quotation, silence on both sides, other depths."""
    import numpy as np

    sources = _sources(voices)
    table = as_table([dict.fromkeys(sources[voice.id], 1.0) for voice in voices])
    same_source = np.asarray(table[left].multiply(table[right]).sum(axis=1)).ravel() > 0
    silent = np.array([voice.mark.polarity == "no_comment" for voice in voices])
    inside = np.array([voice.inside for voice in voices])
    quoted = [[one.words for one in voice.quoted if len(one.words) >= 3] for voice in voices]
    quoting = np.array([bool(own) for own in quoted])
    versions = np.zeros(len(left), bool)
    for at in np.flatnonzero(quoting[left] & quoting[right]).tolist():
        here, there = quoted[int(left[at])], quoted[int(right[at])]
        versions[at] = any(are_versions(one, other) for one in here for other in there)
    return (
        _SOURCE * same_source
        + _QUOTATION * versions
        + _SILENCE * (silent[left] & silent[right])
        + _DEPTH * (inside[left] != inside[right])
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

    place = {voice.id: at for at, voice in enumerate(voices)}
    kin: dict[int, list[int]] = defaultdict(list)
    for at, voice in enumerate(voices):
        above = place.get(voice.mark.parent or "")
        if above is not None:
            kin[at].append(above)
            kin[above].append(at)

    has_kin = np.array([at in kin for at in range(len(voices))])
    asked = np.flatnonzero(has_kin[left] & has_kin[right]).tolist()
    found = np.zeros(len(left))
    if not asked:
        return found
    known = dict(zip(zip(left.tolist(), right.tolist(), strict=True), score.tolist(), strict=True))
    for at in asked:
        ours, theirs = kin[int(left[at])], kin[int(right[at])]
        found[at] = max(known.get((min(a, b), max(a, b)), 0.0) for a in ours for b in theirs)
    return found


def _third(count: int, left: Any, right: Any, score: Any) -> Any:
    """For each pair the best third mark: the lesser of its scores with both."""
    import numpy as np

    strong = score >= _LEAST_SCORE
    ones = np.concatenate([left[strong], right[strong]])
    others = np.concatenate([right[strong], left[strong]])
    values = np.concatenate([score[strong], score[strong]])
    order = np.lexsort((others, -values, ones))
    ones, others, values = ones[order], others[order], values[order]
    rank = np.arange(len(ones)) - np.searchsorted(ones, ones)
    ones, others, values = ones[rank < _NEAREST], others[rank < _NEAREST], values[rank < _NEAREST]
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
    known = {(min(pair.one, pair.other), max(pair.one, pair.other)): pair.score for pair in pairs}
    group_of: dict[str, int] = {}
    for pair in pairs:
        for mark in (pair.one, pair.other):
            group_of.setdefault(mark, len(group_of))
    members = {group: [mark] for mark, group in group_of.items()}
    sums: dict[int, dict[int, float]] = {group: {} for group in members}
    for pair in pairs:
        one, other = group_of[pair.one], group_of[pair.other]
        sums[one][other] = sums[other][one] = pair.score
    for pair in pairs:
        one, other = group_of[pair.one], group_of[pair.other]
        if one == other:
            continue
        if sums[one].get(other, 0.0) / (len(members[one]) * len(members[other])) >= least:
            _merge(one, other, members, sums, group_of)
    by_id = {voice.id: voice for voice in voices}
    found = [_proposed(group, known, by_id) for group in members.values() if len(group) > 1]
    return tuple(sorted(found, key=lambda one: -one.score))


def _merge(
    one: int,
    other: int,
    members: dict[int, list[str]],
    sums: dict[int, dict[int, float]],
    group_of: dict[str, int],
) -> None:
    """Make two groups one, and the sums of scores towards all others with them."""
    if len(members[one]) < len(members[other]):
        one, other = other, one
    for mark in members[other]:
        group_of[mark] = one
    members[one] += members.pop(other)
    for third, value in sums.pop(other).items():
        if third != one:
            sums[one][third] = sums[third][one] = sums[one].get(third, 0.0) + value
        sums[third].pop(other, None)


def _proposed(
    group: Sequence[str], known: Mapping[tuple[str, str], float], by_id: Mapping[str, Voice]
) -> ProposedClaim:
    inner = [known[a, b] for a in group for b in group if a < b and (a, b) in known]
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
