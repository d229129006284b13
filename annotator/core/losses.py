"""LossReport: what a format could not carry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

FIRST = 5


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was lost: an article's id and, if known, [start, end) in its text."""

    article: str
    start: int | None = None
    end: int | None = None


@dataclass(slots=True)
class Loss:
    """One kind of thing that could not be carried: what, how often, and the first places."""

    what: str
    count: int = 0
    first: list[Place] = field(default_factory=list)


@dataclass(slots=True)
class LossReport:
    """All that an import or an export could not carry over, counted, with the first places of each kind."""

    losses: dict[str, Loss] = field(default_factory=dict)

    def add(self, what: str, article: str, start: int | None = None, end: int | None = None) -> None:
        """Count one thing lost; what is a phrase for the user, the same for all of its kind."""
        loss = self.losses.setdefault(what, Loss(what))
        loss.count += 1
        if len(loss.first) < FIRST:
            loss.first.append(Place(article, start, end))

    def take(self, other: LossReport) -> None:
        """Add the other report's losses to this one."""
        for what, theirs in other.losses.items():
            mine = self.losses.setdefault(what, Loss(what))
            mine.count += theirs.count
            mine.first.extend(theirs.first[: FIRST - len(mine.first)])

    def __bool__(self) -> bool:
        return bool(self.losses)

    def __iter__(self) -> Iterator[Loss]:
        return iter(self.losses.values())

    def as_json(self) -> list[dict[str, object]]:
        """The report as formats.md's `losses` list."""
        return [
            {
                "what": loss.what,
                "count": loss.count,
                "first": [
                    {"article": place.article, "start": place.start, "end": place.end} for place in loss.first
                ],
            }
            for loss in self.losses.values()
        ]

    def sentences(self) -> list[str]:
        """One line a kind of loss, for people."""
        lines = []
        for loss in self.losses.values():
            where = ", ".join(
                place.article if place.start is None else f"{place.article} at {place.start}"
                for place in loss.first[:3]
            )
            lines.append(f"{loss.count} × {loss.what} (first: {where})")
        return lines
