"""Give each attribution of a paragraph a lane under the lines, so that no two strokes ever meet."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from annotator.qt.article.marks import ROLES
from annotator.qt.article.span_index import Piece


class _Lane:
    """One lane's taken stretches, disjoint and in order."""

    __slots__ = ("ends", "starts")

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []

    def is_free(self, start: int, end: int) -> bool:
        at = bisect_right(self.starts, start)
        before_is_over = at == 0 or self.ends[at - 1] <= start
        return before_is_over and (at == len(self.starts) or self.starts[at] >= end)

    def covers(self, start: int, end: int) -> bool:
        at = bisect_right(self.starts, start)
        return at > 0 and self.ends[at - 1] >= end

    def take(self, start: int, end: int) -> None:
        at = bisect_right(self.starts, start)
        self.starts.insert(at, start)
        self.ends.insert(at, end)


def assign_lanes(attributions: Iterable[Sequence[Piece]], limit: int) -> list[tuple[Piece, int]]:
    """Each piece with its lane, counted from the text downwards; `limit` stands for "there are more".

    Attributions come outermost first. All roles of one attribution share a lane where they can, so that source, cue
    and content read as one track; what stands inside another attribution's piece, or between its
    fragments, always gets a lane below it.
    The answer depends on nothing but the pieces, so it is the same after any order of changes.
    """
    lanes = [_Lane() for _ in range(limit)]
    placed: list[tuple[Piece, int]] = []
    for pieces in attributions:
        for unit in _tracks(pieces):
            stretches = _stretches(unit)
            number = _lane_for(stretches, lanes)
            if number < limit:
                for start, end in stretches:
                    lanes[number].take(start, end)
            placed.extend((piece, number) for piece in unit)
    return placed


def _lane_for(stretches: Sequence[tuple[int, int]], lanes: Sequence[_Lane]) -> int:
    lowest = 0
    for number in range(len(lanes) - 1, -1, -1):
        if any(lanes[number].covers(start, end) for start, end in stretches):
            lowest = number + 1
            break
    for number in range(lowest, len(lanes)):
        if all(lanes[number].is_free(start, end) for start, end in stretches):
            return number
    return len(lanes)


def _stretches(unit: Sequence[Piece]) -> list[tuple[int, int]]:
    """What a track takes of its lane: its pieces, and the dotted strokes that join the fragments of one role."""
    reach: dict[str, tuple[int, int]] = {}
    for piece in unit:
        start, end = reach.get(piece.mark.role, (piece.start, piece.end))
        reach[piece.mark.role] = min(start, piece.start), max(end, piece.end)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(reach.values()):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], end)
        else:
            merged.append((start, end))
    return merged


def _tracks(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """An attribution's pieces, in as few groups as hold no overlap; the pieces of one role stay together."""
    tracks: list[list[Piece]] = []
    for role in ROLES:
        own = [piece for piece in pieces if piece.mark.role == role]
        if not own:
            continue
        for track in tracks:
            if not any(one.start < other.end and other.start < one.end for one in own for other in track):
                track.extend(own)
                break
        else:
            tracks.append(own)
    return tracks
