"""Things that are joined, directly or through others, and the groups that come of it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Components(Generic[T]):
    """Joins things two by two and gives the groups at the end; what is joined to nothing is a group of its own."""

    def __init__(self, things: Iterable[T]) -> None:
        self._above: dict[T, T] = {thing: thing for thing in things}
        self._sizes: dict[T, int] = dict.fromkeys(self._above, 1)

    def join(self, one: T, other: T) -> bool:
        """Put two things together; False when they are together already."""
        first, second = self._top(one), self._top(other)
        if first == second:
            return False
        if self._sizes[first] < self._sizes[second]:
            first, second = second, first
        self._above[second] = first
        self._sizes[first] += self._sizes.pop(second)
        return True

    def joined(self, one: T, other: T) -> bool:
        """Whether two things are in one group."""
        return self._top(one) == self._top(other)

    def groups(self) -> list[list[T]]:
        """All groups, members and groups in the order in which the things were given."""
        found: dict[T, list[T]] = {}
        for thing in self._above:
            found.setdefault(self._top(thing), []).append(thing)
        return list(found.values())

    def _top(self, thing: T) -> T:
        top = thing
        while self._above[top] != top:
            top = self._above[top]
        while self._above[thing] != top:
            self._above[thing], thing = top, self._above[thing]
        return top
