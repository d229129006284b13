"""Score predicted attributions against gold: tokens, exact and overlapping spans, whole attributions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from annotator.core.errors import BadInput
from annotator.core.records import AttributionRecord
from annotator.core.spans import Fragments

ROLES = ("source", "cue", "content")
MEASURES = (
    *(f"{measure} {role}" for measure in ("token", "exact", "overlap", "fragment") for role in ROLES),
    "triple exact",
    "triple overlap",
    "who-said-what overlap",
)
FIELDS = ("kind", "source_name", "via", "medium")
_TOKEN = re.compile(r"\w+|[^\w\s]")

Kind = TypeVar("Kind")
Covered: TypeAlias = frozenset[int]
Roles: TypeAlias = Mapping[str, Covered]
Carried: TypeAlias = tuple[Sequence[Collection[str]], Sequence[Collection[str]]]
Match: TypeAlias = tuple[AttributionRecord, AttributionRecord]
Similarity: TypeAlias = Callable[[Roles, Roles], float | None]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one measure, and the shares that follow from them."""

    hits: int
    gold: int
    predicted: int

    @property
    def precision(self) -> float:
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Evaluation:
    """Everything measured over the articles compared so far; add one article after another.

    linking counts the gold attributions with a source whose content was found, and how many of these have the right
    source too. agreements holds, for each field, how often gold and prediction had which two values on
    attributions whose contents match.
    """

    overlap: float = 0.5
    documents: int = 0
    gold: int = 0
    predicted: int = 0
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    linking: tuple[int, int] = (0, 0)
    agreements: dict[str, Counter[tuple[str | None, str | None]]] = field(default_factory=dict)

    def score(self, measure: str) -> Score:
        """The counts of one measure, by the name it has in MEASURES."""
        return Score(*(self.counts[measure, part] for part in ("hits", "gold", "predicted")))

    def accuracy(self, name: str) -> tuple[float, int] | None:
        """The share of matched attributions on which a field agrees, and of how many; None where nothing matched."""
        pairs = self.agreements.get(name)
        if not pairs:
            return None
        total = sum(pairs.values())
        return sum(count for (gold, found), count in pairs.items() if gold == found) / total, total

    def confusions(self, name: str) -> list[tuple[str | None, str | None, int]]:
        """What a field should have been and what was predicted instead, most frequent first."""
        pairs = self.agreements.get(name, Counter())
        wrong = [(gold, found, count) for (gold, found), count in pairs.items() if gold != found]
        return sorted(wrong, key=lambda row: (-row[2], str(row[0]), str(row[1])))

    def add(
        self,
        text: str,
        gold: Sequence[AttributionRecord],
        predicted: Sequence[AttributionRecord],
        carried: Carried | None = None,
    ) -> None:
        """Compare one article. carried says which fields each attribution of gold and of the prediction has.

        Raises:
            BadInput: when a span lies outside the text.
        """
        tokens = _Tokens(text)
        ours = [tokens.roles(one) for one in gold]
        theirs = [tokens.roles(one) for one in predicted]
        self.documents += 1
        self.gold += len(ours)
        self.predicted += len(theirs)
        for role in ROLES:
            self._add_role(role, ours, theirs)
        exactly = greedy(ours, theirs, _same, 1.0)
        self._note("triple exact", len(exactly), len(ours), len(theirs))
        for name, roles in (("triple overlap", ROLES), ("who-said-what overlap", ("source", "content"))):
            found = greedy(ours, theirs, self._alike(roles), 0.0)
            self._note(name, len(found), len(ours), len(theirs))
        for at, other in greedy(ours, theirs, self._same_content, 0.0):
            both: tuple[str, ...] = FIELDS
            if carried is not None:
                both = tuple(name for name in FIELDS if name in carried[0][at] and name in carried[1][other])
            self._add_match(ours[at], theirs[other], (gold[at], predicted[other]), both)

    def _add_role(self, role: str, ours: Sequence[Roles], theirs: Sequence[Roles]) -> None:
        left: set[int] = set().union(*(one[role] for one in ours))
        right: set[int] = set().union(*(one[role] for one in theirs))
        self._note(f"token {role}", len(left & right), len(left), len(right))
        spans = sorted({one[role] for one in ours if one[role]}, key=sorted)
        others = sorted({one[role] for one in theirs if one[role]}, key=sorted)
        self._note(f"exact {role}", len(set(spans) & set(others)), len(spans), len(others))
        matched = greedy(spans, others, shared, self.overlap)
        self._note(f"overlap {role}", len(matched), len(spans), len(others))
        pieces = {piece for span in spans for piece in _pieces(span)}
        other_pieces = {piece for span in others for piece in _pieces(span)}
        self._note(f"fragment {role}", len(pieces & other_pieces), len(pieces), len(other_pieces))

    def _add_match(self, ours: Roles, theirs: Roles, match: Match, fields: Iterable[str]) -> None:
        if ours["source"]:
            right = shared(ours["source"], theirs["source"]) >= self.overlap
            self.linking = self.linking[0] + right, self.linking[1] + 1
        for name in fields:
            values = getattr(match[0], name), getattr(match[1], name)
            self.agreements.setdefault(name, Counter())[values] += 1

    def _note(self, measure: str, hits: int, gold: int, predicted: int) -> None:
        for part, number in (("hits", hits), ("gold", gold), ("predicted", predicted)):
            self.counts[measure, part] += number

    def _alike(self, roles: Sequence[str]) -> Similarity:
        def similarity(ours: Roles, theirs: Roles) -> float | None:
            parts = [shared(ours[role], theirs[role]) for role in roles]
            return sum(parts) / len(parts) if min(parts) >= self.overlap else None

        return similarity

    def _same_content(self, ours: Roles, theirs: Roles) -> float | None:
        if not ours["content"] or not theirs["content"]:
            return None
        part = shared(ours["content"], theirs["content"])
        if part < self.overlap:
            return None
        # of equal contents, those with the same source, then the same cue, belong together
        return (
            part
            + 0.001 * shared(ours["source"], theirs["source"])
            + 0.001 * shared(ours["cue"], theirs["cue"])
        )


def _same(ours: Roles, theirs: Roles) -> float | None:
    return 1.0 if all(ours[role] == theirs[role] for role in ROLES) else None


def shared(left: Covered, right: Covered) -> float:
    """How much of the larger of two token sets is in both; 1 when both are empty."""
    if not left and not right:
        return 1.0
    if not left or not right:
        return 0.0
    return len(left & right) / max(len(left), len(right))


def greedy(
    ours: Sequence[Kind], theirs: Sequence[Kind], alike: Callable[[Kind, Kind], float | None], at_least: float
) -> list[tuple[int, int]]:
    """One-to-one pairs, the most alike first."""
    found = []
    for at, left in enumerate(ours):
        for other, right in enumerate(theirs):
            value = alike(left, right)
            if value is not None and value >= at_least:
                found.append((-value, at, other))
    found.sort()
    taken: set[int] = set()
    given: set[int] = set()
    pairs = []
    for _, at, other in found:
        if at not in taken and other not in given:
            taken.add(at)
            given.add(other)
            pairs.append((at, other))
    return pairs


def _pieces(covered: Covered) -> list[Covered]:
    done: list[Covered] = []
    run: list[int] = []
    for token in sorted(covered):
        if run and token != run[-1] + 1:
            done.append(frozenset(run))
            run = []
        run.append(token)
    if run:
        done.append(frozenset(run))
    return done


class _Tokens:
    """The tokens of a text on which everything is compared: words, and single marks."""

    def __init__(self, text: str) -> None:
        self.length = len(text)
        bounds = [match.span() for match in _TOKEN.finditer(text)]
        self.starts = [start for start, _ in bounds]
        self.ends = [end for _, end in bounds]

    def roles(self, one: AttributionRecord) -> dict[str, Covered]:
        return {role: self.cover(getattr(one, role)) for role in ROLES}

    def cover(self, parts: Fragments) -> Covered:
        """The numbers of the tokens that share a character with one of the fragments."""
        found = []
        for part in parts:
            if part.end > self.length:
                raise BadInput(
                    f"The span {part.start} to {part.end} lies outside a text of {self.length} characters."
                )
            at = bisect_right(self.ends, part.start)
            while at < len(self.starts) and self.starts[at] < part.end:
                found.append(at)
                at += 1
        return frozenset(found)
