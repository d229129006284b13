"""Find the words that a mark stood on in a corrected text, by themselves and what is around them."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from annotator.core.alignment import SURE, Words, align, runs, words_of
from annotator.core.graphemes import snap_to_graphemes
from annotator.core.spans import Fragments, Span

CONTEXT, WIDE_CONTEXT = 32, 256
"""Characters before and after that decide between several places of the same words, and when those do not."""

NEARLY = 0.6
"""How alike words must be, 0 to 1, to count as the same words edited."""

_LONG, _SHORT = 20, 8
"""Characters from which words speak for themselves wherever they stand, and from which they do if they are the only ones."""

_KNOWN_BY = 12
"""Characters around shorter words that must be the same."""

_MOST = 200
"""Places of the same words that are looked at, those nearest to where they are expected."""

_TRIED = 6
"""Words at which an edited stretch is tried to begin, and to end."""

_BY_WORDS, _MANY = 200, 100
"""Characters from which likeness is told by words and no more by letters; words from which their order counts no more."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """Where the words of a span stand now, and how sure that is.

    confidence is 1 for the same words, 0.99 where only quotation marks, white space and the like changed, else how alike
    the words are.
    """

    span: Span
    confidence: float


@dataclass(frozen=True, slots=True)
class AnchoredFragments:
    """Fragments where they stand now, in their order, and those of the old text that have no place any more."""

    parts: Fragments
    lost: Fragments
    confidence: float


class Anchoring:
    """The way from an old text to a new one; both are compared once, whatever number of spans is asked for."""

    def __init__(self, old: str, new: str) -> None:
        self._old_text = old
        self._new_text = new
        self._lead = _same_lead(old, new)
        self._tail = _same_tail(old, new)

    def place(self, span: Span) -> Anchored | None:
        """Where the words of a span of the old text stand in the new one; None when they do not."""
        if span.end <= self._lead:
            return self._at(span.start, span.end, span)
        if span.start >= len(self._old_text) - self._tail and span.end <= len(self._old_text):
            shift = len(self._new_text) - len(self._old_text)
            return self._at(span.start + shift, span.end + shift, span)
        start, end = self._old.inside(span.start), self._old.inside(span.end)
        if not self._old.text[start:end].strip():
            return None
        found = self._aligned(start, end) or self._elsewhere(start, end)
        if found is not None:
            return self._at(*self._new.outside(*found), span)
        return self._edited(start, end, span)

    def fragments(self, parts: Fragments) -> AnchoredFragments:
        """Where several spans that are one stand now: in the same order, none over another."""
        placed = [(part, self.place(part)) for part in parts]
        chosen = _in_order([(part, one) for part, one in placed if one is not None])
        kept = {part for part, _ in chosen}
        return AnchoredFragments(
            tuple(one.span for _, one in chosen),
            tuple(part for part in parts if part not in kept),
            min((one.confidence for _, one in chosen), default=0.0),
        )

    @cached_property
    def _old(self) -> Words:
        return words_of(self._old_text)

    @cached_property
    def _new(self) -> Words:
        return words_of(self._new_text)

    @cached_property
    def _became(self) -> array[int]:
        """For each old word the new one, or -1."""
        return align(self._old.tokens, self._new.tokens)

    @cached_property
    def _spoken_for(self) -> bytearray:
        """For each new word whether it surely is one of the old text's: part of a long row of the same words."""
        taken = bytearray(len(self._new.tokens))
        for first, last in runs(self._became):
            if last - first >= SURE:
                there = self._became[first]
                taken[there : there + last - first] = b"\1" * (last - first)
        return taken

    def _at(self, start: int, end: int, span: Span, likeness: float = 0.99) -> Anchored:
        wide = Span(*snap_to_graphemes(self._new_text, start, end))
        if wide.text(self._new_text) == span.text(self._old_text):
            return Anchored(wide, 1.0)
        return Anchored(wide, likeness)

    def _tokens(self, start: int, end: int) -> tuple[int, int]:
        """The first and the last old word of a stretch."""
        return bisect_right(self._old.ends, start), bisect_left(self._old.starts, end) - 1

    def _aligned(self, start: int, end: int) -> tuple[int, int] | None:
        """The same words at the place that they have come to."""
        first, last = self._tokens(start, end)
        if first > last:
            return None
        there = self._became[first]
        if there < 0 or self._became[last] != there + last - first:
            return None
        begin = self._new.starts[there] + start - self._old.starts[first]
        words = self._old.text[start:end]
        return (begin, begin + len(words)) if begin >= 0 and self._new.text.startswith(words, begin) else None

    def _elsewhere(self, start: int, end: int) -> tuple[int, int] | None:
        """The same words at another place, where enough says that these are they."""
        words = self._old.text[start:end]
        places = list(self._occurrences(start, end))
        if not places:
            return None
        expected = self._expected(start)
        nearest = bisect_left(places, expected)
        places = places[max(0, nearest - _MOST // 2) : nearest + _MOST // 2]
        known_by = {at: self._common(start, end, at, CONTEXT) for at in places}
        best = max(known_by.values())
        same = [at for at in places if known_by[at] == best]
        if len(same) > 1:
            wide = {at: self._common(start, end, at, WIDE_CONTEXT) for at in same}
            same = [at for at in same if wide[at] == max(wide.values())]
        chosen = min(same, key=lambda at: abs(at - expected))
        only = len(places) == 1 and self._old.text.count(words) == 1
        if len(words) >= _LONG or best >= _KNOWN_BY or (only and len(words) >= _SHORT):
            return chosen, chosen + len(words)
        return None

    def _occurrences(self, start: int, end: int) -> Iterator[int]:
        """Where the words stand in the new text, whole, and not as the same words of another place of the old one."""
        old, new = self._old.text, self._new.text
        words = old[start:end]
        whole_before = not _joined(old, start)
        whole_after = not _joined(old, end)
        at = new.find(words)
        while at >= 0:
            first = bisect_right(self._new.ends, at)
            last = bisect_left(self._new.starts, at + len(words))
            if (
                not (whole_before and _joined(new, at))
                and not (whole_after and _joined(new, at + len(words)))
                and not all(self._spoken_for[first:last])
            ):
                yield at
            at = new.find(words, at + 1)

    def _common(self, start: int, end: int, at: int, reach: int) -> int:
        """How many characters around the old stretch stand around the new one too."""
        old, new = self._old.text, self._new.text
        there = at + end - start
        before = _same_tail(old[max(0, start - reach) : start], new[max(0, at - reach) : at])
        return before + _same_lead(old[end : end + reach], new[there : there + reach])

    def _expected(self, start: int) -> int:
        """Where a stretch would begin if it had kept its distance to the words before it."""
        first = bisect_right(self._old.ends, start)
        for here in range(min(first, len(self._became) - 1), max(-1, first - 500), -1):
            if self._became[here] >= 0:
                return self._new.starts[self._became[here]] + start - self._old.starts[here]
        return start

    def _edited(self, start: int, end: int, span: Span) -> Anchored | None:
        """Nearly the same words, between those that stood around them or around those of them that stayed."""
        first, last = self._tokens(start, end)
        if first > last:
            return None
        window = self._window(first, last)
        if window is None:
            return None
        begins, stops = window
        words = self._old.tokens[first : last + 1]
        best: tuple[float, int, int] = (0.0, 0, 0)
        for begin in begins:
            for stop in stops:
                if begin <= stop:
                    best = max(best, (self._likeness(words, begin, stop), -begin, stop))
        likeness, begin, stop = best[0], -best[1], best[2]
        if likeness < NEARLY:
            return None
        place = self._new.outside(self._new.starts[begin], self._new.ends[stop])
        return self._at(*place, span, min(likeness, 0.98))

    def _window(self, first: int, last: int) -> tuple[Sequence[int], Sequence[int]] | None:
        """The new words at which the old ones, edited, may begin, and those at which they may end."""
        stayed = self._stayed(first, last)
        before = self._became[first - 1] if first else -1
        after = self._became[last + 1] if last + 1 < len(self._became) else len(self._new.tokens)
        if stayed is None:
            length = last - first + 1
            if (
                (first and before < 0)
                or after < 0
                or not before + 1 < after <= before + 1 + 3 * length + _TRIED
            ):
                return None
            inside = range(before + 1, after)
            return inside[:_TRIED], inside[-_TRIED:]
        (here, there), (late, later) = stayed
        low = before + 1 if 0 <= before < there else 0
        high = after if later < after else len(self._new.tokens)
        begin, stop = there - (here - first), later + last - late
        begins = (
            [there]
            if here == first
            else range(max(low, begin - _TRIED // 2), min(there, begin + _TRIED // 2) + 1)
        )
        stops = (
            [later]
            if late == last
            else range(max(later, stop - _TRIED // 2), min(high, stop + _TRIED // 2 + 1))
        )
        return begins or [there], stops or [later]

    def _stayed(self, first: int, last: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
        """The first and the last of these words that stayed, old and new, within the stretch where most of them stand."""
        pairs = [(at, self._became[at]) for at in range(first, last + 1) if self._became[at] >= 0]
        room = 2 * (last - first) + _TRIED
        best: list[tuple[int, int]] = []
        group: list[tuple[int, int]] = []
        for pair in pairs:
            if group and not group[-1][1] < pair[1] <= group[0][1] + room:
                group = []
            group.append(pair)
            if len(group) > len(best):
                best = list(group)
        return (best[0], best[-1]) if best else None

    def _likeness(self, words: Sequence[str], begin: int, stop: int) -> float:
        theirs = self._new.tokens[begin : stop + 1]
        ours = " ".join(words)
        if len(ours) < _BY_WORDS:
            return SequenceMatcher(None, ours, " ".join(theirs), autojunk=False).ratio()
        if len(words) > _MANY:
            return _same_words(words, theirs)
        return SequenceMatcher(None, words, theirs, autojunk=False).ratio()


def _same_words(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """How many of the words of two long stretches are the same, wherever they stand in them, 0 to 1."""
    left: dict[str, int] = {}
    for word in ours:
        left[word] = left.get(word, 0) + 1
    common = 0
    for word in theirs:
        if left.get(word, 0) > 0:
            left[word] -= 1
            common += 1
    return 2 * common / (len(ours) + len(theirs))


def _joined(text: str, at: int) -> bool:
    """Whether the letters on both sides of a position belong to one word."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _same_lead(left: str, right: str) -> int:
    """How many characters two texts begin with alike."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _same_tail(left: str, right: str) -> int:
    """How many characters two texts end with alike."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[len(left) - middle : len(left) - low] == right[len(right) - middle : len(right) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _in_order(placed: Sequence[tuple[Span, Anchored]]) -> list[tuple[Span, Anchored]]:
    """As many characters as can be kept of fragments that keep their order and share none."""
    best: list[tuple[float, list[tuple[Span, Anchored]]]] = []
    for part, one in placed:
        weight, chain = max(
            (
                (weight, chain)
                for weight, chain in best
                if not chain or chain[-1][1].span.end <= one.span.start
            ),
            key=lambda pair: pair[0],
            default=(0.0, []),
        )
        best.append((weight + len(part) * one.confidence, [*chain, (part, one)]))
    return max(best, key=lambda pair: pair[0], default=(0.0, []))[1]
