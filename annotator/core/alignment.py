"""Words of two texts side by side: which word of the old one stands where in the new one."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

_ODD = re.compile(r"\s{2,}|[^\x20-\x7e]")
_SAME_SIGN = {
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛‹›′", "'"),
    **dict.fromkeys("\u2010\u2011\u2012–—\u2212", "-"),
    **dict.fromkeys("\u00ad\u200b\u200e\u200f\u2060\ufeff", ""),
}
"""Signs of which one stands for another in a corrected text; the last ones are not seen at all."""

_TOKEN = re.compile(r"[^\W\u0e00-\u0eff\u2e80-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff]+|\S")
"""A word, or one sign; scripts that are written without spaces count by the sign."""

_RUNS = (8, 4, 2, 1)
"""How many words in a row are looked for as landmarks, the longest first."""

_SMALL, _LARGE = 2_500, 40_000
"""Pairs of words up to which a stretch is compared at once, and up to which it is compared without landmarks."""

SURE = 5
"""So many words in a row do not stand in both texts by chance."""

_SIMILAR_RUN = 6


@lru_cache(maxsize=4096)
def _folded(odd: str) -> str:
    if odd[0].isspace():
        return " "
    if odd in _SAME_SIGN:
        return _SAME_SIGN[odd]
    return unicodedata.normalize("NFD", odd)


class Words:
    """A text in a form in which quotation marks, dashes, white space and accents are written in one way, and its words.

    Positions in `text` are those of this form; `outside` and `inside` lead to the text as it is, and back.
    """

    def __init__(self, raw: str) -> None:
        parts: list[str] = []
        positions: array[int] = array("q")
        at = 0
        for match in _ODD.finditer(raw):
            start, end = match.span()
            parts.append(raw[at:start])
            positions.extend(range(at, start))
            form = _folded(match[0])
            parts.append(form)
            positions.extend([start] * len(form))
            at = end
        parts.append(raw[at:])
        self.text = "".join(parts)
        self._positions: Sequence[int] = positions
        if at == 0:
            self._positions = range(len(raw))
        else:
            positions.extend(range(at, len(raw)))
        self.starts: array[int] = array("q")
        self.ends: array[int] = array("q")
        self.tokens: list[str] = []
        for match in _TOKEN.finditer(self.text):
            self.starts.append(match.start())
            self.ends.append(match.end())
            self.tokens.append(match[0])

    def inside(self, position: int) -> int:
        """Where a position of the text as it is lies in this form."""
        return bisect_left(self._positions, position)

    def outside(self, start: int, end: int) -> tuple[int, int]:
        """Where [start, end) of this form lies in the text as it is; end is after start."""
        return self._positions[start], self._positions[end - 1] + 1


@lru_cache(maxsize=2)
def words_of(raw: str) -> Words:
    """A text's words; those of the last two texts are kept, as both sides are asked for more than once."""
    return Words(raw)


def align(old: Sequence[str], new: Sequence[str]) -> array[int]:
    """For each old word the new one that it has become, or -1: first in order, then stretches that were moved."""
    found = array("q", [-1]) * len(old)
    waiting = [(0, len(old), 0, len(new), 0)]
    while waiting:
        first, last, low, high, level = waiting.pop()
        while first < last and low < high and old[first] == new[low]:
            found[first] = low
            first, low = first + 1, low + 1
        while first < last and low < high and old[last - 1] == new[high - 1]:
            last, high = last - 1, high - 1
            found[last] = high
        pairs = (last - first) * (high - low)
        if pairs == 0:
            continue
        if pairs <= _SMALL or (level == len(_RUNS) and pairs <= _LARGE):
            for one in SequenceMatcher(
                None, old[first:last], new[low:high], autojunk=False
            ).get_matching_blocks():
                for step in range(one.size):
                    found[first + one.a + step] = low + one.b + step
        elif level < len(_RUNS):
            run = _RUNS[level]
            for here, there in _in_order(_landmarks(old, range(first, last), new, range(low, high), run)):
                if here < first or there < low:
                    continue
                waiting.append((first, here, low, there, level + 1))
                for step in range(run):
                    found[here + step] = there + step
                first, low = here + run, there + run
            waiting.append((first, last, low, high, level + 1))
    _find_moved(old, new, found)
    return found


def _once(words: Sequence[str], places: Sequence[int], run: int) -> dict[tuple[str, ...], int]:
    """The rows of words that begin at only one of these places."""
    seen: dict[tuple[str, ...], int] = {}
    for at in places:
        row = tuple(words[at : at + run])
        seen[row] = -1 if row in seen else at
    return {row: at for row, at in seen.items() if at >= 0}


def _landmarks(
    old: Sequence[str], here: range, new: Sequence[str], there: range, run: int
) -> Iterator[tuple[int, int]]:
    """Rows of words that stand once in each stretch, in the order of the old one."""
    ours = _once(old, here[: len(here) - run + 1] if len(here) >= run else (), run)
    theirs = _once(new, there[: len(there) - run + 1] if len(there) >= run else (), run)
    return ((at, theirs[row]) for row, at in ours.items() if row in theirs)


def _in_order(pairs: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of pairs that rise on both sides."""
    every = list(pairs)
    tops: list[int] = []
    on_top: list[int] = []
    before = [-1] * len(every)
    for at, (_, there) in enumerate(every):
        pile = bisect_left(tops, there)
        before[at] = on_top[pile - 1] if pile else -1
        if pile == len(tops):
            tops.append(there)
            on_top.append(at)
        else:
            tops[pile], on_top[pile] = there, at
    chosen = []
    at = on_top[-1] if on_top else -1
    while at >= 0:
        chosen.append(every[at])
        at = before[at]
    return chosen[::-1]


def runs(found: Sequence[int]) -> Iterator[tuple[int, int]]:
    """[first, last) of the old words that stand side by side in the new text too."""
    first = 0
    for at in range(1, len(found) + 1):
        if at == len(found) or found[at] != found[at - 1] + 1 or found[at - 1] < 0:
            if found[first] >= 0:
                yield first, at
            first = at


def _find_moved(old: Sequence[str], new: Sequence[str], found: array[int]) -> None:
    """Match stretches that stand in another order now; they come before short matches that may be chance."""
    sure_old, sure_new = bytearray(len(old)), bytearray(len(new))
    for first, last in runs(found):
        if last - first >= SURE:
            sure_old[first:last] = b"\1" * (last - first)
            sure_new[found[first] : found[first] + last - first] = b"\1" * (last - first)
    ours = _once(old, _free(sure_old), SURE)
    theirs = _once(new, _free(sure_new), SURE) if ours else {}
    back = {there: here for here, there in enumerate(found) if there >= 0 and not sure_new[there]}
    for row, at in ours.items():
        if row not in theirs or sure_old[at] or sure_new[theirs[row]]:
            continue
        here, there = at, theirs[row]
        while here > 0 and there > 0 and not sure_old[here - 1] and not sure_new[there - 1]:
            if old[here - 1] != new[there - 1]:
                break
            here, there = here - 1, there - 1
        while here < len(old) and there < len(new) and not sure_old[here] and not sure_new[there]:
            if old[here] != new[there]:
                break
            if back.get(there, here) != here:
                found[back[there]] = -1
            found[here] = there
            back[there] = here
            sure_old[here] = sure_new[there] = 1
            here, there = here + 1, there + 1


def _free(sure: bytearray) -> list[int]:
    """Where rows of SURE words begin of which none is spoken for."""
    places = []
    spoken_for = -1
    for at, one in enumerate(sure):
        if one:
            spoken_for = at
        elif at - spoken_for >= SURE:
            places.append(at - SURE + 1)
    return places


def share_kept(old: str, new: str) -> float:
    """Which share of the old text's words stands in the new one in rows of six or more, 0 to 1."""
    ours, theirs = words_of(old).tokens, words_of(new).tokens
    if not ours:
        return float(not theirs)
    run = max(1, min(_SIMILAR_RUN, len(ours) // 2))
    known = {tuple(theirs[at : at + run]) for at in range(len(theirs) - run + 1)}
    kept, counted = 0, 0
    for at in range(len(ours) - run + 1):
        if tuple(ours[at : at + run]) in known:
            kept += at + run - max(at, counted)
            counted = at + run
    return kept / len(ours)
