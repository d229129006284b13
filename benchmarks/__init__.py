"""What things cost here: each module measures one part of the program, against a limit.

A benchmark is a module of this folder with a function `run() -> list[Figure]`. A figure is a measured value, what it is
compared with (a floor, or another tool's cost measured on the same machine) and the ratio that must not be passed. Prefer
ratios to seconds: they hold on a slow or busy machine too.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured cost; `limit` bounds `value / against` where there is a comparison, and `value` where there is none."""

    name: str
    value: float
    unit: str = "s"
    against: float | None = None
    against_name: str = ""
    limit: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times what it is compared with."""
        return self.value / self.against if self.against else None

    @property
    def kept(self) -> bool:
        """Whether the limit holds; a figure without one is for information."""
        if self.limit is None:
            return True
        return (self.value if self.ratio is None else self.ratio) <= self.limit


def cpu_seconds(work: Callable[[], object], repeats: int = 5) -> float:
    """The median CPU time of some runs, after one that warms up; other processes do not count."""
    work()
    costs = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        costs.append(time.process_time() - start)
    return median(costs)
