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

    def is_free(self, piece: Piece) -> bool:
        at = bisect_right(self.starts, piece.start)
        before_is_over = at == 0 or self.ends[at - 1] <= piece.start
        return before_is_over and (at == len(self.starts) or self.starts[at] >= piece.end)

    def covers(self, piece: Piece) -> bool:
        at = bisect_right(self.starts, piece.start)
        return at > 0 and self.ends[at - 1] >= piece.end

    def take(self, piece: Piece) -> None:
        at = bisect_right(self.starts, piece.start)
        self.starts.insert(at, piece.start)
        self.ends.insert(at, piece.end)


def assign_lanes(attributions: Iterable[Sequence[Piece]], limit: int) -> list[tuple[Piece, int]]:
    """Each piece with its lane, counted from the text downwards; `limit` stands for "there are more".

    Attributions come outermost first. All roles of one attribution share a lane where they can, so that source, cue
    and content read as one track; what stands inside another attribution's piece always gets a lane below it.
    The answer depends on nothing but the pieces, so it is the same after any order of changes.
    """
    lanes = [_Lane() for _ in range(limit)]
    placed: list[tuple[Piece, int]] = []
    for pieces in attributions:
        for unit in _tracks(pieces):
            number = _lane_for(unit, lanes)
            if number < limit:
                for piece in unit:
                    lanes[number].take(piece)
            placed.extend((piece, number) for piece in unit)
    return placed


def _lane_for(unit: Sequence[Piece], lanes: Sequence[_Lane]) -> int:
    lowest = 0
    for number in range(len(lanes) - 1, -1, -1):
        if any(lanes[number].covers(piece) for piece in unit):
            lowest = number + 1
            break
    for number in range(lowest, len(lanes)):
        if all(lanes[number].is_free(piece) for piece in unit):
            return number
    return len(lanes)


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
