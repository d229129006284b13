"""Find passages that articles share, word for word or nearly so, and who may have copied whom."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.compare.readings import ReadText
from annotator.compare.telling import Telling
from annotator.compare.word_keys import folded
from annotator.core.spans import Span

_SEED = 5
"""So many words in a row, the same in two articles, begin a passage."""

_GAP = 6
"""So many words may differ between two such rows for them to belong to one passage."""

_SHORTEST = 8
"""A passage has at least so many words."""

_WIDEST = 60
"""A row of words that stands in more articles than this is boilerplate, and begins nothing."""


@dataclass(frozen=True, slots=True)
class Side:
    """Where a passage stands in one article."""

    article: str
    span: Span


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """A passage that two articles share. similarity is 1 when it is word for word the same, else the share of words in order that both have.

    reworded says that it was found by its sense, as a sentence told in other words, and not by its words.
    """

    one: Side
    other: Side
    similarity: float
    words: int
    reworded: bool = False

    @property
    def verbatim(self) -> bool:
        return self.similarity >= 1


@dataclass(frozen=True, slots=True)
class Copied:
    """How much of an article another one has too.

    share is the part of the article's words that stand in passages that both have, reworded the part in sentences that the other
    has in other words. first is the article that was published first, None where that is not known. longest counts the words of
    the longest passage.
    """

    article: str
    of: str
    share: float
    reworded: float
    passages: int
    longest: int
    first: str | None

    @property
    def words(self) -> str:
        """The same in words, but for the articles' names: 34 % word for word, 12 % reworded; published later."""
        said = (
            f"{100 * self.share:.0f} % of it word for word or nearly so, {100 * self.reworded:.0f} % reworded"
        )
        if self.first is None:
            return f"{said}; which came first is not known"
        return f"{said}; published {'first' if self.first == self.article else 'later'}"


def shared_passages(texts: Sequence[ReadText]) -> tuple[SharedPassage, ...]:
    """All passages of at least eight words that two of the articles share, the longest first."""
    rows = [tuple(folded(token.word) for token in text.tokens) for text in texts]
    meetings = _meetings(rows)
    passages = [
        passage
        for (one, other), starts in sorted(meetings.items())
        for passage in _passages(texts[one], texts[other], rows[one], rows[other], starts)
    ]
    return tuple(sorted(passages, key=lambda one: -one.words))


def _meetings(rows: Sequence[Sequence[str]]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """For each two articles where rows of five or more same words begin, in both: those before which the words differ."""
    places: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for number, row in enumerate(rows):
        for at in range(len(row) - _SEED + 1):
            places[tuple(row[at : at + _SEED])].append((number, at))
    meetings: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for found in places.values():
        if len(found) < 2 or len({number for number, _ in found}) > _WIDEST:
            continue
        before = [rows[number][at - 1] if at else None for number, at in found]
        for left, (one, at) in enumerate(found):
            word = before[left]
            for right in range(left + 1, len(found)):
                other, there = found[right]
                if one != other and (word is None or before[right] != word):
                    meetings[one, other].append((at, there))
    return meetings


def _passages(
    one: ReadText,
    other: ReadText,
    here: Sequence[str],
    there: Sequence[str],
    starts: Iterable[tuple[int, int]],
) -> Iterator[SharedPassage]:
    from rapidfuzz.distance import Indel

    covered: list[tuple[int, int, int, int]] = []
    for start, end, low, high in sorted(_joined(starts, here, there), key=lambda run: run[0] - run[1]):
        if end - start < _SHORTEST and high - low < _SHORTEST:
            continue
        if any(a <= start and end <= b for a, b, _, _ in covered) or any(
            c <= low and high <= d for _, _, c, d in covered
        ):
            continue
        covered.append((start, end, low, high))
        alike = Indel.normalized_similarity(here[start:end], there[low:high])
        yield SharedPassage(
            Side(one.article, Span(one.tokens[start].start, one.tokens[end - 1].end)),
            Side(other.article, Span(other.tokens[low].start, other.tokens[high - 1].end)),
            round(alike, 4),
            end - start,
        )


def _joined(
    starts: Iterable[tuple[int, int]], here: Sequence[str], there: Sequence[str]
) -> list[tuple[int, int, int, int]]:
    """Rows of the same words as runs [start, end) and [low, high): those that follow each other closely on both sides joined."""
    runs: list[list[int]] = []
    waiting: list[list[int]] = []
    for at, to in sorted(starts):
        end, high = at + _SEED, to + _SEED
        while end < len(here) and high < len(there) and here[end] == there[high]:
            end, high = end + 1, high + 1
        last: list[int] | None = None
        kept = []
        for run in waiting:
            if at - run[1] <= _GAP:
                kept.append(run)
                follows = run[1] < end and run[3] < high and to - run[3] <= _GAP
                if follows and (last is None or run[1] > last[1]):
                    last = run
        if last is None:
            last = [at, end, to, high]
            runs.append(last)
            kept.append(last)
        else:
            last[1], last[3] = end, high
        waiting = kept
    return [(run[0], run[1], run[2], run[3]) for run in runs]


def copies(
    tellings: Sequence[Telling], texts: Sequence[ReadText], passages: Sequence[SharedPassage]
) -> tuple[Copied, ...]:
    """For each two articles that share something, both ways, how much; the largest share first.

    Dates are compared as far as both go: of two articles of one day none is first unless both have their time.
    """
    dates = {one.article: one.published for one in tellings}
    sizes = {one.article: len(one.tokens) for one in texts}
    starts = {one.article: one.starts for one in texts}
    of_pair: dict[tuple[str, str], list[tuple[SharedPassage, Span]]] = defaultdict(list)
    for passage in passages:
        for mine, its in ((passage.one, passage.other), (passage.other, passage.one)):
            of_pair[mine.article, its.article].append((passage, mine.span))
    found = []
    for (article, of), shared in of_pair.items():
        exact = _covered(starts[article], [span for one, span in shared if not one.reworded])
        every = _covered(starts[article], [span for _, span in shared])
        size = max(1, sizes[article])
        found.append(
            Copied(
                article,
                of,
                exact / size,
                (every - exact) / size,
                len(shared),
                max((one.words for one, _ in shared if not one.reworded), default=0),
                _first(article, of, dates),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.share, -one.reworded, one.article, one.of)))


def _covered(starts: Sequence[int], spans: Iterable[Span]) -> int:
    covered: set[int] = set()
    for span in spans:
        covered.update(range(bisect_left(starts, span.start), bisect_left(starts, span.end)))
    return len(covered)


def _first(one: str, other: str, dates: dict[str, str]) -> str | None:
    left, right = dates.get(one, ""), dates.get(other, "")
    length = min(len(left), len(right))
    if not length or left[:length] == right[:length]:
        return None
    return one if left < right else other
