"""Intervals by drawing stories anew: what a figure would be had other events been annotated."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotator.review.matching import Array

SEED, TIMES = 1, 1000
LOW, HIGH = 2.5, 97.5
"""The interval holds 95 of 100 draws."""


class Draws:
    """Samples of stories, drawn with replacement, the same ones for every figure of a report.

    Articles of one story are no independent witnesses: stories are drawn, not articles. With fewer than two stories there
    is no interval.
    """

    def __init__(self, stories: Sequence[str], seed: int = SEED, times: int = TIMES) -> None:
        import numpy as np

        self._numbers = {story: at for at, story in enumerate(dict.fromkeys(stories))}
        self._stories = np.array([self._numbers[story] for story in stories], dtype=np.int64)
        count = len(self._numbers)
        drawn = (
            np.random.default_rng(seed).multinomial(count, [1 / count] * count, times) if count > 1 else None
        )
        self._drawn = None if drawn is None else drawn.astype(float)

    def interval(self, numbers: Array, value: Callable[[Array], Array]) -> tuple[float, float] | None:
        """The interval of a value of added numbers.

        Args:
            numbers: for each article in order (the last axis but one) its row of numbers; 0 where it has none.
            value: takes added rows (the last axis), with whatever stands before it but the draws, which come first.
        """
        import numpy as np

        if self._drawn is None:
            return None
        of_stories = np.zeros((len(self._numbers), *numbers.shape[:-2], numbers.shape[-1]))
        np.add.at(of_stories, self._stories, np.moveaxis(numbers, -2, 0))
        # Not by matrix product: that wakes threads of the linear algebra library, which cost more than they save.
        added = np.einsum("ds,s...->d...", self._drawn, of_stories)
        found = value(added)
        found = found[~np.isnan(found)]
        if not len(found):
            return None
        low, high = np.percentile(found, (LOW, HIGH))
        return float(low), float(high)
