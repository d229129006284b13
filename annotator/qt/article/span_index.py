"""Which marks touch which paragraph: the index that drawing, clicking and hovering ask."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from annotator.core.spans import Span
from annotator.qt.article.marks import ROLES, Mark
from annotator.qt.article.offsets import Utf16Map


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of one fragment that stands in one paragraph; start and end are UTF-16 units from its beginning."""

    start: int
    end: int
    mark: Mark
    number: int
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class Extent:
    """The part of one whole attribution, from first to last fragment, that stands in one paragraph."""

    attribution_id: str
    kind: str | None
    suggested: bool
    start: int
    end: int
    opens: bool
    closes: bool


@dataclass(slots=True)
class _Whole:
    """An attribution's marks by role, and its place from first to last fragment, in UTF-16 units."""

    marks: dict[str, Mark] = field(default_factory=dict)
    first: int = 0
    last: int = 0
    blocks: range = range(0)

    def mark(self) -> Mark:
        """The mark that stands for the whole: its content's, or else its source's, and so on."""
        return next(self.marks[role] for role in (*ROLES, *self.marks) if role in self.marks)


class SpanIndex:
    """The marks of one article by paragraph; every change answers with the paragraphs it touched."""

    def __init__(self, shown: str, offsets: Utf16Map) -> None:
        self._offsets = offsets
        self.starts = _line_starts(shown, offsets)
        self.length = offsets.length
        self._wholes: dict[str, _Whole] = {}
        self._pieces: dict[int, dict[str, list[Piece]]] = {}
        self._present: dict[int, dict[str, None]] = {}

    def __len__(self) -> int:
        return len(self._wholes)

    def has_pieces(self, block: int) -> bool:
        return block in self._pieces

    def touches(self, block: int) -> bool:
        """Whether any attribution reaches into or across a paragraph."""
        return block in self._present

    def ids(self) -> Iterator[str]:
        return iter(self._wholes)

    def block_of(self, unit: int) -> int:
        """The paragraph that holds this UTF-16 position."""
        return bisect_right(self.starts, unit) - 1

    def end_of(self, block: int) -> int:
        """Where a paragraph's text ends, without its line end."""
        return self.starts[block + 1] - 1 if block + 1 < len(self.starts) else self.length

    def put(self, marks: Iterable[Mark]) -> set[int]:
        """Add these marks, each in place of the one with its key; a mark without fragments only takes away."""
        changed: dict[str, list[Mark]] = {}
        for mark in marks:
            changed.setdefault(mark.attribution_id, []).append(mark)
        touched: set[int] = set()
        for attribution_id, new in changed.items():
            kept = dict(self._wholes[attribution_id].marks) if attribution_id in self._wholes else {}
            kept.update((mark.role, mark) for mark in new)
            touched |= self.remove(attribution_id)
            touched |= self._add(
                attribution_id, {role: mark for role, mark in kept.items() if mark.fragments}
            )
        return touched

    def remove(self, attribution_id: str) -> set[int]:
        """Take an attribution away with all its marks."""
        whole = self._wholes.pop(attribution_id, None)
        if whole is None:
            return set()
        for block in whole.blocks:
            self._present[block].pop(attribution_id, None)
            if not self._present[block]:
                del self._present[block]
            in_block = self._pieces.get(block)
            if in_block is not None:
                in_block.pop(attribution_id, None)
                if not in_block:
                    del self._pieces[block]
        return set(whole.blocks)

    def pieces(self, block: int) -> list[list[Piece]]:
        """The pieces in one paragraph, an attribution at a time, outermost attribution first."""
        found = self._pieces.get(block, {})
        return [found[one] for one in sorted(found, key=self._outermost_first)]

    def extents(self, block: int) -> list[Extent]:
        """Every attribution that reaches into or across a paragraph, outermost first."""
        start, end = self.starts[block], self.end_of(block)
        found = []
        for attribution_id in sorted(self._present.get(block, ()), key=self._outermost_first):
            whole = self._wholes[attribution_id]
            mark = whole.mark()
            found.append(
                Extent(
                    attribution_id,
                    mark.kind,
                    mark.suggested,
                    max(whole.first, start) - start,
                    min(whole.last, end) - start,
                    whole.first >= start,
                    whole.last <= end,
                )
            )
        return found

    def marks_of(self, attribution_id: str) -> list[Mark]:
        whole = self._wholes.get(attribution_id)
        return list(whole.marks.values()) if whole else []

    def place(self, attribution_id: str) -> tuple[int, int] | None:
        """First and last UTF-16 position of an attribution."""
        whole = self._wholes.get(attribution_id)
        return (whole.first, whole.last) if whole else None

    def attributions_at(self, unit: int) -> list[str]:
        """The attributions with a fragment over this UTF-16 position, outermost first."""
        if not 0 <= unit < self.length:
            return []
        block = self.block_of(unit)
        inside = unit - self.starts[block]
        found = [
            attribution_id
            for attribution_id, pieces in self._pieces.get(block, {}).items()
            if any(piece.start <= inside < piece.end for piece in pieces)
        ]
        return sorted(found, key=self._outermost_first)

    def _outermost_first(self, attribution_id: str) -> tuple[int, int, str]:
        whole = self._wholes[attribution_id]
        return whole.first - whole.last, whole.first, attribution_id

    def _add(self, attribution_id: str, marks: dict[str, Mark]) -> set[int]:
        placed = [
            (mark, number, self._offsets.to_utf16(span.start), self._offsets.to_utf16(span.end))
            for mark in marks.values()
            for number, span in enumerate(self._within(mark.fragments))
        ]
        if not placed:
            return set()
        first = min(start for _, _, start, _ in placed)
        last = max(end for _, _, _, end in placed)
        blocks = range(self.block_of(first), self.block_of(last - 1) + 1)
        self._wholes[attribution_id] = _Whole(marks, first, last, blocks)
        for block in blocks:
            self._present.setdefault(block, {})[attribution_id] = None
        for mark, number, start, end in placed:
            for block in range(self.block_of(start), self.block_of(end - 1) + 1):
                block_start = self.starts[block]
                inside = max(start, block_start), min(end, self.end_of(block))
                if inside[0] < inside[1]:
                    piece = Piece(
                        inside[0] - block_start,
                        inside[1] - block_start,
                        mark,
                        number,
                        opens=start == inside[0],
                        closes=end == inside[1],
                    )
                    self._pieces.setdefault(block, {}).setdefault(attribution_id, []).append(piece)
        return set(blocks)

    def _within(self, parts: tuple[Span, ...]) -> Iterator[Span]:
        """The fragments that lie in the text at all: a mark from elsewhere must not break the view."""
        points = self._offsets.to_code_point(self.length)
        for span in parts:
            if span.start < points:
                yield span if span.end <= points else Span(span.start, points)


def _line_starts(shown: str, offsets: Utf16Map) -> list[int]:
    starts = [0]
    at = shown.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = shown.find("\n", at + 1)
    return starts if offsets.plain else [offsets.to_utf16(point) for point in starts]
