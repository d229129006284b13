"""Sheet: a panel made ready to be measured: distinct places, tokens, matches; each worked out once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from annotator.core.attributions import Attribution
from annotator.core.boundaries import token_bounds
from annotator.core.spans import Fragments, Span
from annotator.review.cases import Case, cases
from annotator.review.matching import Array, Edge, best_pairs, edges_of, matched, overlap
from annotator.review.panels import Panel, trimmed

EXACT, HALF, ANY = "exact", "overlap", "relaxed"
"""When two places match: the same code points; at least half of them common; one of them common."""


@dataclass(frozen=True, slots=True)
class Places:
    """The distinct places of one role of one annotator, and which attributions (by number) and kinds each has."""

    parts: tuple[Fragments, ...]
    owners: tuple[tuple[int, ...], ...]
    of_kinds: Mapping[str | None, tuple[int, ...]]

    def of_kind(self, kind: str | None) -> Sequence[int]:
        """The numbers of the places that an attribution of this kind has (None: all)."""
        return range(len(self.parts)) if kind is None else self.of_kinds.get(kind, ())


class Sheet:
    """One article, made ready. White space at the edges of spans is left out of everything that is compared."""

    def __init__(self, panel: Panel) -> None:
        self.panel = panel
        self.trimmed: dict[str, tuple[Attribution, ...]] = {
            hand: tuple(_trim(panel.text, one) for one in marks) for hand, marks in panel.marks.items()
        }
        self._places: dict[tuple[str, str], Places] = {}
        self._edges: dict[tuple[str, str, str], list[Edge]] = {}
        self._covers: dict[tuple[str, str, str | None], Array] = {}
        self._pairs: dict[tuple[str, str], list[Edge]] = {}
        self._cases: dict[tuple[str, ...], tuple[Case, ...]] = {}
        self._grids: dict[tuple[str, ...], Array] = {}
        self._codes: dict[tuple[str, object], Array] = {}

    @property
    def hands(self) -> tuple[str, ...]:
        """Who worked on the article."""
        return self.panel.hands

    def cases(self, hands: tuple[str, ...]) -> tuple[Case, ...]:
        """What these annotators marked, those that mean the same attribution together."""
        there = tuple(hand for hand in self.hands if hand in hands)
        if there not in self._cases:
            self._cases[there] = cases(self.panel.only(there), self.paired)
        return self._cases[there]

    def grid(self, hands: tuple[str, ...]) -> Array:
        """A row for each case that two of these annotators have, with the number of each one's attribution, or -1.

        Of three or more annotators, the cases that only one has come too.
        """
        import numpy as np

        if hands not in self._grids:
            self._grids[hands] = np.array(self._rows(hands), dtype=np.int64).reshape(-1, len(hands))
        return self._grids[hands]

    def _rows(self, hands: tuple[str, ...]) -> Sequence[Sequence[int]]:
        if len(hands) == 2:
            return [edge[:2] for edge in self.paired(*hands)]
        numbers = {one.id: at for hand in hands for at, one in enumerate(self.panel.marks[hand])}
        return [
            [numbers[case.candidates[hand].id] if hand in case.candidates else -1 for hand in hands]
            for case in self.cases(hands)
        ]

    def codes(self, hands: tuple[str, ...], key: object, code: Callable[[Attribution], int | None]) -> Array:
        """The grid with a code for each attribution in place of its number; -1 also where the code is None.

        Args:
            key: under which the codes are remembered.
        """
        import numpy as np

        columns = []
        for at, hand in enumerate(hands):
            if (hand, key) not in self._codes:
                given = [code(one) for one in self.panel.marks[hand]]
                self._codes[hand, key] = np.array(
                    [*(-1 if one is None else one for one in given), -1], dtype=np.int64
                )
            columns.append(self._codes[hand, key][self.grid(hands)[:, at]])
        return np.stack(columns, axis=1)

    def paired(self, one: str, other: str) -> list[Edge]:
        """The attributions of two annotators that mean the same, by number, and how alike they are."""
        if (one, other) not in self._pairs:
            found = matched(self.trimmed[one], self.trimmed[other])
            self._pairs[one, other] = found
            self._pairs[other, one] = sorted((to, at, weight) for at, to, weight in found)
        return self._pairs[one, other]

    def places(self, hand: str, role: str) -> Places:
        """The distinct places that an annotator gave a role; spans are referenced, and count once."""
        if (hand, role) not in self._places:
            found: dict[Fragments, list[int]] = {}
            marks = self.trimmed[hand]
            for at, one in enumerate(marks):
                parts = one.spans(role)
                if parts:
                    found.setdefault(parts, []).append(at)
            of_kinds: dict[str | None, list[int]] = {}
            for number, owners in enumerate(found.values()):
                for kind in {marks[at].kind for at in owners}:
                    of_kinds.setdefault(kind, []).append(number)
            self._places[hand, role] = Places(
                tuple(found),
                tuple(tuple(owners) for owners in found.values()),
                {kind: tuple(numbers) for kind, numbers in of_kinds.items()},
            )
        return self._places[hand, role]

    def touching(self, one: str, other: str, role: str) -> list[Edge]:
        """The places of two annotators that share a code point, by number, with their intersection over union."""
        if (one, other, role) not in self._edges:
            found = edges_of(overlap(self.places(one, role).parts, self.places(other, role).parts))
            self._edges[one, other, role] = found
            self._edges[other, one, role] = sorted((to, at, weight) for at, to, weight in found)
        return self._edges[one, other, role]

    def matched(
        self, one: str, other: str, role: str, rule: str, kind: str | None = None
    ) -> list[tuple[int, int]]:
        """The places of two annotators that match, by number; those of one kind of attribution alone, if one is given.

        The matching is one to one, and the sum of overlaps the greatest there is.
        """
        edges = self.touching(one, other, role)
        if rule != ANY:
            least = 1.0 if rule == EXACT else 0.5
            edges = [edge for edge in edges if edge[2] >= least]
        if kind is not None:
            left = set(self.places(one, role).of_kind(kind))
            right = set(self.places(other, role).of_kind(kind))
            edges = [edge for edge in edges if edge[0] in left and edge[1] in right]
        return [(at, to) for at, to, _ in best_pairs(edges)]

    @cached_property
    def tokens(self) -> tuple[Array, Array]:
        """Where each token begins and ends, in code points."""
        import numpy as np

        starts, ends = token_bounds(self.panel.text)
        return np.array(starts, dtype=np.int64), np.array(ends, dtype=np.int64)

    def covered(self, hand: str, role: str, kind: str | None = None) -> Array:
        """For each token, whether it shares a code point with a place of this role (of this kind)."""
        if (hand, role, kind) not in self._covers:
            marks = self.trimmed[hand]
            spans = [part for one in marks if kind is None or one.kind == kind for part in one.spans(role)]
            self._covers[hand, role, kind] = self._cover(spans)
        return self._covers[hand, role, kind]

    def _cover(self, spans: Sequence[Span]) -> Array:
        import numpy as np

        starts, ends = self.tokens
        edges = np.zeros(len(starts) + 1, dtype=np.int64)
        if spans:
            begin = np.searchsorted(ends, np.array([span.start for span in spans]), side="right")
            end = np.searchsorted(starts, np.array([span.end for span in spans]), side="left")
            np.add.at(edges, begin, 1)
            np.add.at(edges, np.maximum(begin, end), -1)
        return edges.cumsum()[:-1] > 0


def _trim(text: str, one: Attribution) -> Attribution:
    for role, parts in one.all_spans():
        bare = trimmed(text, parts)
        if bare != parts:
            one = one.with_spans(role, bare)
    return one
