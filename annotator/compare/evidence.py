"""What two articles have word for word: the longest passage, and where it stands in both."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.compare.rolling import row_hashes
from annotator.compare.words import WordHashes, folded, places_of, words_of

_HASHES = WordHashes()


@dataclass(frozen=True, slots=True)
class Passage:
    """A row of words that two articles share, and where it stands in each, in code points, ends excluded."""

    words: int
    start: int
    end: int
    of_start: int
    of_end: int


class Reading:
    """A text's words, as they are written and as a row of hashes."""

    def __init__(self, text: str) -> None:
        import numpy as np

        self._text = text
        self._places: list[tuple[int, int]] = []
        self.words = words_of(text)
        self.hashes = np.array([_HASHES[word] for word in self.words], np.uint64)

    def stretch(self, first: int, count: int) -> tuple[int, int]:
        """Where so many words from this one on start and end."""
        self._places = self._places or places_of(self._text)
        return self._places[first][0], self._places[first + count - 1][1]


def longest_shared(one: Reading, other: Reading) -> Passage | None:
    """The longest row of words that stands in both texts, the earliest of several; None when they share no word.

    If two texts share a row of some length they share shorter ones, so the length is found by halving.
    """
    low, high = 0, min(len(one.words), len(other.words))
    first = second = 0
    while low < high:
        length = (low + high + 1) // 2
        found = _shared_at(one, other, length)
        if found is None:
            high = length - 1
        else:
            low, (first, second) = length, found
    if not low:
        return None
    return Passage(low, *one.stretch(first, low), *other.stretch(second, low))


def _shared_at(one: Reading, other: Reading, length: int) -> tuple[int, int] | None:
    """Where both have the same row of so many words; hashes find the place, the words themselves confirm it."""
    import numpy as np

    rows, others = row_hashes(one.hashes, length), row_hashes(other.hashes, length)
    in_order = np.sort(others)
    nearest = in_order[in_order.searchsorted(rows).clip(max=len(in_order) - 1)]
    for first in np.flatnonzero(nearest == rows).tolist():
        second = int((others == rows[first]).argmax())
        if _same(one.words[first : first + length], other.words[second : second + length]):
            return first, second
    return None


def _same(words: list[str], others: list[str]) -> bool:
    return words == others or [folded(word) for word in words] == [folded(word) for word in others]
