"""Bracket lanes at the left margin: where each whole attribution begins and ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.qt.article.geometry import ParagraphLines, Row
from annotator.qt.article.measures import BRACKETS
from annotator.qt.article.span_index import Extent


@dataclass(frozen=True, slots=True)
class Bracket:
    """One attribution's bracket beside one paragraph; open ends go on in the paragraph before or after.

    `lane` counts from the outermost; a bracket for which there was no lane left is drawn dotted in the last one.
    """

    extent: Extent
    lane: int
    top: float
    bottom: float
    crowded: bool


def build_brackets(lines: ParagraphLines, extents: Iterable[Extent], height: float) -> list[Bracket]:
    """Brackets for the attributions of a paragraph, outermost first and leftmost.

    Half a line is the smallest step, so that one sentence's bracket can end where the next one's begins.
    """
    taken: list[list[tuple[int, int]]] = [[] for _ in range(BRACKETS)]
    brackets = []
    for extent in extents:
        first = _half(lines, extent.start) if extent.opens else -1
        last = max(first, _half(lines, extent.end - 1) if extent.closes else 2 * len(lines.rows))
        lane = next(
            (lane for lane, slots in enumerate(taken) if all(last < a or b < first for a, b in slots)),
            BRACKETS,
        )
        if lane < BRACKETS:
            taken[lane].append((first, last))
        top = _top(lines, first) if extent.opens else 0.0
        bottom = _bottom(lines, last) - 2 if extent.closes else height
        brackets.append(
            Bracket(extent, min(lane, BRACKETS - 1), top, max(bottom, top + 4), crowded=lane == BRACKETS)
        )
    return brackets


def _half(lines: ParagraphLines, unit: int) -> int:
    """The half line that holds a position: twice the line's number, and one more in its second half."""
    if not lines.rows:
        return 0
    number = lines.row_of(max(0, unit))
    row = lines.rows[number]
    return 2 * number + (1 if (unit - row.start) * 2 >= row.end - row.start else 0)


def _top(lines: ParagraphLines, half: int) -> float:
    row = _row(lines, half)
    return ((row.top + row.bottom) / 2 if half % 2 else row.top) if row else 0.0


def _bottom(lines: ParagraphLines, half: int) -> float:
    row = _row(lines, half)
    return (row.bottom if half % 2 else (row.top + row.bottom) / 2) if row else 0.0


def _row(lines: ParagraphLines, half: int) -> Row | None:
    return lines.rows[min(half // 2, len(lines.rows) - 1)] if lines.rows else None
