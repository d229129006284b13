"""Group near-duplicate articles, and articles that share a long passage, so that no split can leak."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from annotator.compare.components import Components
from annotator.compare.evidence import Passage, Reading, longest_shared
from annotator.compare.pairing import Pair, Pairing
from annotator.compare.postings import index, renumbered, without_boilerplate
from annotator.compare.repeating import neighbours
from annotator.compare.shelf import STOPPED, WORDS, Row, Shelf
from annotator.core.errors import BadInput, Cancelled
from annotator.core.ports import Progress

NEAR_DUPLICATE, PASSAGE = "near_duplicate", "passage"
"""Why two articles are in one group: a large part of the shorter one, or one long row of words."""

_AT_HAND = 64
"""How many articles' words are kept while evidence is read: an article is often in several pairs."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What makes two articles too alike to be parted.

    share is the part of the 8-word passages of the article that has fewer of them (above 0, at most 1); words is the length of
    a shared row of words (at least 8). A passage that stands in more than `boilerplate` articles is boilerplate: a row of words
    of which more than half is boilerplate does not count as shared. None means one article in a hundred, and at least 20.
    Within the share, boilerplate counts like everything else, unless boilerplate_counts is False: then near-duplicates are told by
    their other passages alone.
    """

    share: float = 0.2
    words: int = 50
    boilerplate: int | None = None
    boilerplate_counts: bool = True

    def limit(self, articles: int) -> int:
        """In how many of so many articles a passage may stand before it is boilerplate."""
        return max(20, articles // 100) if self.boilerplate is None else self.boilerplate


RULES = Rules()


@dataclass(frozen=True, slots=True)
class Link:
    """Why an article is in a group with another one.

    The article is the one with fewer different 8-word passages; share is the part of them that the other one has too,
    shared their number, and boilerplate how many of these are boilerplate. The passage is the longest row of words in both.
    """

    article: str
    of: str
    kind: str
    shared: int
    share: float
    boilerplate: int
    passage: Passage | None

    @property
    def reason(self) -> str:
        """The same in words."""
        if self.kind == PASSAGE:
            words = self.passage.words if self.passage else 0
            return f"{self.article} shares {words} words in a row with {self.of}"
        mostly = ", most of them boilerplate" if 2 * self.boilerplate > self.shared else ""
        return (
            f"{self.article} is a near-duplicate of {self.of}: "
            f"{100 * self.share:.0f} % of its {WORDS}-word passages{mostly}"
        )


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that must stay together, two or more, by id; the links hold them together, one fewer than articles."""

    articles: tuple[str, ...]
    links: tuple[Link, ...]

    @property
    def name(self) -> str:
        """The id of its first article."""
        return self.articles[0]


@dataclass(frozen=True, slots=True)
class Duplicates:
    """All groups among so many articles; boilerplate is the limit that was used."""

    groups: tuple[Group, ...]
    articles: int
    boilerplate: int
    rules: Rules

    def group_names(self) -> dict[str, str]:
        """The group of each article that is in one."""
        return {article: group.name for group in self.groups for article in group.articles}


def find_duplicates(
    articles: Iterable[tuple[str, str]],
    rules: Rules = RULES,
    total: int = 0,
    progress: Progress | None = None,
) -> Duplicates:
    """Group articles, given as (id, text), that are near-duplicates or share a long passage.

    The promise: two articles of which the one with fewer different 8-word passages shares at least `rules.share` of them with
    the other are never in two groups. All passages count for that, boilerplate too, and none is sampled:
    MinHash would find such pairs only in all likelihood, and least surely a short article within a long one, while sorting
    all passages finds each, in a minute or two for 100,000 articles. Passages are told apart by hashes of 64
    bits: two of them are taken for one in a corpus of this size once in some ten thousand corpora.
    Boilerplate puts articles in one group only where it is that large a part of the shorter one; where short articles all
    end with one long notice, that can be most of them. With `rules.boilerplate_counts` off, the promise is for passages
    other than boilerplate: these are taken out of what is shared and out of both articles before the share is reckoned, and articles that are
    boilerplate and nothing else are grouped when all their words are the same.

    The result does not depend on the order of the articles. total is how many there will be, if known; progress is told of four steps for each article.

    Raises:
        BadInput: when an id comes twice, or a rule makes no sense.
        Cancelled: when progress says so.
    """
    _check(rules)
    meter = _Meter(progress, total)
    shelf = Shelf()
    shelf.fill(articles, total, meter.read)
    meter.articles = len(shelf.ids)
    if not shelf.ids:
        return Duplicates((), 0, rules.limit(0), rules)
    limit = rules.limit(len(shelf.ids))
    return Duplicates(_Search(shelf, rules, limit, meter).groups(), len(shelf.ids), limit, rules)


def _check(rules: Rules) -> None:
    if not 0 < rules.share <= 1:
        raise BadInput("The share that makes a near-duplicate is above 0 and at most 1.")
    if rules.words < WORDS:
        raise BadInput(f"A shared passage has at least {WORDS} words.")


class _Meter:
    """Tells progress how far the four steps are: reading, sorting, pairing, and reading the evidence."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self.articles = total

    def read(self, done: int, total: int) -> bool:
        """Told by the shelf; the total is unknown (0) unless the caller knew it."""
        return self._progress is None or self._progress(done, 4 * max(done, total) if total else 0)

    def step(self, number: int) -> Callable[[float], None]:
        """What a later step calls with the part of its work that is done."""

        def tell(part: float) -> None:
            done = min(4 * self.articles, round((number + part) * self.articles))
            if self._progress is not None and not self._progress(done, 4 * self.articles):
                raise Cancelled(STOPPED)

        return tell


class _Search:
    """One search over a full shelf. Articles are numbered by rank: by how many passages they have, then by id."""

    def __init__(self, shelf: Shelf, rules: Rules, limit: int, meter: _Meter) -> None:
        self._shelf, self._rules, self._limit, self._meter = shelf, rules, limit, meter
        postings = index(shelf, limit, meter.step(1))
        if not rules.boilerplate_counts:
            postings = without_boilerplate(postings, limit)
        sizes = postings.sizes.tolist()
        self._numbers = sorted(range(len(sizes)), key=lambda number: (sizes[number], shelf.ids[number]))
        self._ranks = _inverse(self._numbers)
        self._kinds = postings.kinds
        self._postings = renumbered(postings, self._ranks)
        self._pairing = Pairing(self._postings)
        self._readings: dict[int, Reading] = {}

    def groups(self) -> tuple[Group, ...]:
        """The groups with the strongest links that hold them together."""
        tell = self._meter.step(2)
        pairs = self._pairing.contained(self._rules.share, lambda part: tell(part / 2))
        rows = neighbours(
            self._shelf, self._kinds, self._ranks, self._rules.words, lambda part: tell((1 + part) / 2)
        )
        pairs += self._same_words()
        return self._grouped(self._linked(pairs, rows))

    def _linked(self, pairs: list[Pair], rows: list[tuple[int, int]]) -> list[Link]:
        """Links that join something new, the strongest first; what only shares a row of words comes last."""
        tell = self._meter.step(3)
        joined = Components(range(len(self._numbers)))
        pairs.sort(key=lambda pair: (-self._share(pair), pair.smaller, pair.larger))
        links: list[Link] = []
        for done, pair in enumerate(pairs):
            if joined.join(pair.smaller, pair.larger):
                links.append(self._link(pair, NEAR_DUPLICATE))
            if done % 50 == 0:
                tell(done / (len(pairs) + len(rows)))
        for done, (smaller, larger) in enumerate(rows, start=len(pairs)):
            if not joined.joined(smaller, larger):
                pair = Pair(smaller, larger, self._pairing.shared_by(smaller, larger))
                link = self._link(pair, PASSAGE)
                if link.passage is not None and link.passage.words >= self._rules.words:
                    joined.join(smaller, larger)
                    links.append(link)
            if done % 50 == 0:
                tell(done / (len(pairs) + len(rows)))
        tell(1)
        return links

    def _same_words(self) -> list[Pair]:
        """Articles that have no passages but boilerplate that is not counted, each with the next of the same words."""
        last: dict[int, int] = {}
        found: list[Pair] = []
        for rank in (self._postings.sizes == 0).nonzero()[0].tolist():
            number = self._numbers[rank]
            whole = self._shelf.wholes[number]
            if self._shelf.starts[number + 1] > self._shelf.starts[number]:
                if whole in last:
                    found.append(Pair(last[whole], rank, 0))
                last[whole] = rank
        return found

    def _share(self, pair: Pair) -> float:
        size = int(self._postings.sizes[pair.smaller])
        return pair.shared / size if size else 1.0

    def _link(self, pair: Pair, kind: str) -> Link:
        return Link(
            self._id(pair.smaller),
            self._id(pair.larger),
            kind,
            pair.shared,
            self._share(pair),
            self._pairing.boilerplate_of(pair, self._limit),
            longest_shared(self._reading(pair.smaller), self._reading(pair.larger)),
        )

    def _grouped(self, links: list[Link]) -> tuple[Group, ...]:
        members = Components(sorted({one for link in links for one in (link.article, link.of)}))
        for link in links:
            members.join(link.article, link.of)
        groups = members.groups()
        place = {article: number for number, group in enumerate(groups) for article in group}
        of_group: list[list[Link]] = [[] for _ in groups]
        for link in sorted(links, key=lambda link: (link.article, link.of)):
            of_group[place[link.article]].append(link)
        return tuple(Group(tuple(group), tuple(own)) for group, own in zip(groups, of_group, strict=True))

    def _id(self, rank: int) -> str:
        return self._shelf.ids[self._numbers[rank]]

    def _reading(self, rank: int) -> Reading:
        found = self._readings.pop(rank, None)
        if found is None:
            found = Reading(self._shelf.text(self._numbers[rank]))
        self._readings[rank] = found
        if len(self._readings) > _AT_HAND:
            del self._readings[next(iter(self._readings))]
        return found


def _inverse(numbers: list[int]) -> Row:
    """Where each number stands in a permutation."""
    import numpy as np

    ranks = np.empty(len(numbers), np.int64)
    ranks[numbers] = np.arange(len(numbers))
    return ranks
