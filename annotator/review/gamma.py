"""Gamma, which allows units to nest and overlap: by pygamma-agreement, where that is installed."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import product

from annotator.review.alpha_u import unequal_units
from annotator.review.matching import Array
from annotator.review.measures import Disagreement, Question, ratio
from annotator.review.panels import ROLES
from annotator.review.sheets import Sheet

SEED = 1
"""Gamma draws random texts to know what chance would do, so another seed gives another value; figures show it."""

PRECISION = 0.05
"""How far, of its own value, the expected disorder may be off at 95 % certainty."""


def installed() -> bool:
    """Whether gamma can be worked out here."""
    return find_spec("pygamma_agreement") is not None


class Gamma:
    """Gamma = 1 - observed / expected disorder of the best alignment (Mathet, Widlöcher and Métivier 2015).

    Units are the stretches from the first to the last word of each distinct place of a role, their categories the roles
    where all are asked for. Dissimilarity of place and of category weigh the same (alpha = beta = 1). Over articles, the
    values are weighted with the number of units.
    """

    name = "gamma"
    pairwise, ordered = False, False

    def __init__(self, seed: int = SEED) -> None:
        self._seed = seed

    def questions(self) -> Sequence[Question]:
        return [Question(role) for role in (None, *ROLES)]

    def numbers(self, sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Array | None:
        import numpy as np

        roles = ROLES if asked.role is None else (asked.role,)
        units = [
            (hand, parts[0].start, parts[-1].end, role)
            for hand, role in product(hands, roles)
            for parts in sheet.places(hand, role).parts
        ]
        found = gamma_of(units, self._seed) if {unit[0] for unit in units} == set(hands) else None
        return None if found is None else np.array([len(units), len(units) * found])

    def value(self, numbers: Array) -> Array:
        return ratio(numbers[..., 1], numbers[..., 0])

    def places(self, sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Iterator[Disagreement]:
        return unequal_units(sheet, asked, hands)


def gamma_of(units: Sequence[tuple[str, int, int, str]], seed: int = SEED) -> float | None:
    """Gamma of units (annotator, start, end, category) in one text; None when it is not installed, or not defined.

    It is not defined for units of fewer than two annotators.
    """
    if not installed() or len({unit[0] for unit in units}) < 2:
        return None
    import numpy as np
    import pygamma_agreement  # noqa: PLC0415  not always installed
    from pyannote.core import Segment  # noqa: PLC0415  as above

    continuum = pygamma_agreement.Continuum()
    for hand, start, end, category in units:
        continuum.add(hand, Segment(start, end), category)
    dissimilarity = pygamma_agreement.CombinedCategoricalDissimilarity(alpha=1, beta=1)
    before = np.random.get_state()  # noqa: NPY002  the library draws from numpy's global state
    try:
        np.random.seed(seed)  # noqa: NPY002  as above
        with _silent_solver():
            found = continuum.compute_gamma(dissimilarity, precision_level=PRECISION)
    finally:
        np.random.set_state(before)  # noqa: NPY002  as above
    return float(found.gamma)


@contextmanager
def _silent_solver() -> Iterator[None]:
    """Keep the solver from printing its progress, and the library from saying each time which solver it takes."""
    root = logging.getLogger()
    root.addFilter(_nothing)
    try:
        from cvxopt import glpk  # noqa: PLC0415  comes with pygamma-agreement

        glpk.options["msg_lev"] = "GLP_MSG_OFF"
        yield
    finally:
        root.removeFilter(_nothing)


def _nothing(_: logging.LogRecord) -> bool:
    return False
