"""Krippendorff's alpha_U: agreement of annotators who also choose where their units begin and end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, permutations, product

from annotator.core.spans import Span
from annotator.review.matching import Array
from annotator.review.measures import Disagreement, Question, ratio, unmatched
from annotator.review.panels import ROLES
from annotator.review.sheets import EXACT, Sheet

_AT_ONCE = 500
"""Units whose distances to all others are held at a time."""


def disagreement(raters: Sequence[Sequence[Span]], length: int) -> tuple[float, float]:
    """Observed and expected disagreement in one category, Do_c and De_c (Krippendorff 1995, 2004).

    Do_c is the sum of delta² over ordered pairs of annotators, divided by m(m-1)L²: for two units that overlap the squared
    distances of their beginnings and of their ends, for a unit wholly inside the other's gap its squared length. De_c is

        (2/L) * sum over units [(N-1)/3 * (2l³ - 3l² + l) + l² * sum over gaps not shorter than l (gap - l + 1)]
              / (mL(mL-1) - sum over units l(l-1))

    with N units of all annotators, of length l each, in a text of L code points.

    Args:
        raters: each annotator's units, of which no two overlap, in order.
    """
    import numpy as np

    count = len(raters)
    owner = np.repeat(np.arange(count), [len(units) for units in raters])
    bounds = np.array([(unit.start, unit.end) for units in raters for unit in units], dtype=float).reshape(
        -1, 2
    )
    starts, ends = bounds[:, 0], bounds[:, 1]
    first_of = np.flatnonzero(np.diff(owner, prepend=-1))
    observed = 0.0
    for at in range(0, len(owner), _AT_ONCE):
        rows = slice(at, at + _AT_ONCE)
        meets = (starts[rows, None] < ends) & (starts < ends[rows, None]) & (owner[rows, None] != owner)
        apart = (starts[rows, None] - starts) ** 2 + (ends[rows, None] - ends) ** 2
        observed += float(apart[meets].sum())
        # A unit that meets none of another's stands wholly in a gap; it is met as unit and, in turn, as that gap.
        alone = count - 1 - np.logical_or.reduceat(meets, first_of, axis=1).sum(axis=1)
        observed += float((2 * alone * (ends[rows] - starts[rows]) ** 2).sum())
    sizes = ends - starts
    openings = np.sort([gap for units in raters for gap in _gaps(units, length)])
    from_here = np.concatenate([np.cumsum(openings[::-1])[::-1], [0]])
    first = np.searchsorted(openings, sizes)
    room = from_here[first] - (len(openings) - first) * (sizes - 1)
    ways = float(((len(sizes) - 1) / 3 * (2 * sizes**3 - 3 * sizes**2 + sizes) + sizes**2 * room).sum())
    total = count * length
    pairs = total * (total - 1) - float((sizes * (sizes - 1)).sum())
    expected = 2 / length * ways / pairs if pairs else 0.0
    return observed / (count * (count - 1) * length**2), expected


def _gaps(units: Sequence[Span], length: int) -> list[int]:
    """The lengths of the gaps before, between and after the units."""
    edges = [0, *(edge for unit in units for edge in (unit.start, unit.end)), length]
    return [end - start for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]


def alpha_u(categories: Mapping[str, Sequence[Sequence[Span]]], length: int) -> float | None:
    """alpha_U of several categories together, 1 - sum of Do / sum of De; None where it is not defined.

    It is not defined where nobody has a unit, and where two units of one annotator in one category overlap.
    """
    if not length or any(_overlapping(units) for raters in categories.values() for units in raters):
        return None
    parts = [
        disagreement([sorted(units, key=_begin) for units in raters], length)
        for raters in categories.values()
        if any(raters)
    ]
    expected = sum(part[1] for part in parts)
    return 1 - sum(part[0] for part in parts) / expected if expected else None


def _overlapping(units: Sequence[Span]) -> bool:
    return any(left.meets(right) for left, right in pairwise(sorted(units, key=_begin)))


def _begin(span: Span) -> tuple[int, int]:
    return span.start, span.end


class AlphaU:
    """alpha_U of each role, and of all roles as categories; each fragment is a unit of its own, shared ones count once.

    An article in which one annotator nested a role in the same role is left out, for there it is not defined. Over articles,
    Do and De are weighted with the number of units. The value depends on the length of a text: compare like with like.
    """

    name = "alpha_u"
    pairwise, ordered = False, False

    def __init__(self, kinds: Sequence[str]) -> None:
        self._kinds = kinds
        self._known: dict[tuple[str, tuple[str, ...], Question], Array | None] = {}

    def questions(self) -> Sequence[Question]:
        return [Question(), *(Question(role, kind) for role, kind in product(ROLES, (None, *self._kinds)))]

    def numbers(self, sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Array | None:
        import numpy as np

        if not sheet.panel.text:
            return None
        roles = ROLES if asked.role is None else (asked.role,)
        parts = [self._of_role(sheet, Question(role, asked.kind), hands) for role in roles]
        if any(part is None for part in parts):
            return None
        units, observed, expected = np.array(parts, dtype=float).sum(axis=0)
        return np.array([units, units * observed, units * expected])

    def _of_role(self, sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Array | None:
        """How many units there are, observed and expected disagreement; None where units of one annotator overlap."""
        import numpy as np

        key = (sheet.panel.article_id, hands, asked)
        if key not in self._known:
            raters = [_units(sheet, hand, asked.role or "", asked.kind) for hand in hands]
            count = sum(map(len, raters))
            found = None
            if not any(map(_overlapping, raters)):
                parts = disagreement(raters, len(sheet.panel.text)) if count else (0.0, 0.0)
                found = np.array([count, *parts])
            self._known[key] = found
        return self._known[key]

    def value(self, numbers: Array) -> Array:
        return 1 - ratio(numbers[..., 1], numbers[..., 2])

    def places(self, sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Iterator[Disagreement]:
        return unequal_units(sheet, asked, hands)


def _units(sheet: Sheet, hand: str, role: str, kind: str | None) -> list[Span]:
    places = sheet.places(hand, role)
    parts = {part for at in places.of_kind(kind) for part in places.parts[at]}
    return sorted(parts, key=_begin)


def unequal_units(sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Iterator[Disagreement]:
    """The places that another annotator does not have with the same boundaries."""
    for role in ROLES if asked.role is None else (asked.role,):
        for one, other in permutations(hands, 2):
            equal = {at for at, _ in sheet.matched(one, other, role, EXACT, asked.kind)}
            mine = [at for at in sheet.places(one, role).of_kind(asked.kind) if at not in equal]
            yield from unmatched(sheet, role, one, other, mine)
