"""Grouping near-duplicates among 10,000 articles of 4 kB, and cutting along the groups."""

from __future__ import annotations

import random
import resource
import sys
import time
import zlib
from collections.abc import Iterator

from annotator.compare.duplicates import Duplicates, find_duplicates
from annotator.compare.splits import Candidate, cut, parse_shares
from annotator.compare.words import words_of
from benchmarks import Figure

ARTICLES = 10_000
LIMIT_AGAINST_READING = 10.0
"""How many times the time that it takes to pack the texts and to find their words, which any way of doing this has to."""

LIMIT_MEMORY = 3.0
"""In gigabytes, for 100,000 articles; ten times fewer pass it only if something is badly wrong."""

_SYLLABLES = "ba ke lo mi ru ta vo ne shi gra del on ar ist um tor qua lin per os".split()
_WORDS_EACH = 640
_COPIED = 3_000
_NOTICE = "all words and pictures in this paper belong to the harbour press and may be passed on only by leave of its editors"


def run() -> list[Figure]:
    """Group and cut the articles; against reading their words, and in memory."""
    return measure(ARTICLES)


def measure(articles: int) -> list[Figure]:
    """The same for any number of articles; `python -m benchmarks.duplicates 100000` takes some minutes."""
    reading = packing = 0.0
    sample = min(articles, 2_000)
    for _, text in written(sample):
        start = time.process_time()
        words_of(text)
        middle = time.process_time()
        zlib.compress(text.encode(), 1)
        reading += middle - start
        packing += time.process_time() - middle
    floor = (reading + packing) * articles / sample
    making = _cost_of_writing(sample) * articles / sample
    start = time.process_time()
    found = find_duplicates(written(articles), total=articles)
    grouping = time.process_time() - start - making
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    start = time.process_time()
    cut([_candidate(number) for number in range(articles)], found, parse_shares("80/10/10"), seed=1)
    cutting = time.process_time() - start
    _check(found, articles)
    return [
        Figure(
            f"grouping {articles:,} articles",
            grouping,
            "s",
            floor,
            "reading and packing them",
            LIMIT_AGAINST_READING,
        ),
        Figure("memory at its highest", memory, "GB", limit=LIMIT_MEMORY),
        Figure(f"cutting {articles:,} articles", cutting, "s", grouping, "grouping", 0.5),
    ]


def written(articles: int, seed: int = 5) -> Iterator[tuple[str, str]]:
    """Articles of which a fifth are copies with changes, some share a paragraph, and half end with one of two notices."""
    chance = random.Random(seed)
    vocabulary = _vocabulary(chance)
    weights = [1 / (place + 3) for place in range(len(vocabulary))]
    pool = chance.choices(vocabulary, weights, k=1_000_000)
    long_notice = " ".join(chance.choices(vocabulary, k=60))
    earlier: list[list[str]] = []
    for number in range(articles):
        kind = chance.random()
        if kind < 0.2 and earlier:
            words = _changed(chance.choice(earlier), vocabulary, chance)
        else:
            words = [chance.choice(pool) for _ in range(_WORDS_EACH)]
            if kind < 0.25 and earlier:
                at = chance.randrange(100)
                words[at : at + 70] = chance.choice(earlier)[at : at + 70]
        if kind >= 0.2 and len(earlier) < _COPIED:
            earlier.append(words)
        elif kind >= 0.2:
            earlier[chance.randrange(_COPIED)] = words
        text = " ".join(words)
        if number % 4 == 0:
            text += f". {_NOTICE}."
        if number % 4 == 1:
            text += f". {long_notice}."
        yield _id(number), text


def _vocabulary(chance: random.Random) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < 40_000:
        made["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4)))] = None
    return list(made)


def _changed(words: list[str], vocabulary: list[str], chance: random.Random) -> list[str]:
    """A copy that lost its end and had every thirtieth word replaced."""
    kept = words[: chance.randint(len(words) // 2, len(words))]
    for place in range(chance.randrange(30), len(kept), 30):
        kept[place] = chance.choice(vocabulary)
    return kept


def _cost_of_writing(articles: int) -> float:
    start = time.process_time()
    for _ in written(articles):
        continue
    return time.process_time() - start


def _id(number: int) -> str:
    return f"article-{number:06}"


def _candidate(number: int) -> Candidate:
    return Candidate(
        _id(number), f"story {number // 3}", f"outlet {number % 40}", f"2026-03-{number % 28 + 1:02}"
    )


def _check(found: Duplicates, articles: int) -> None:
    """A figure counts only when the work was done: the copies are found, and the notices make no giant group."""
    grouped = sum(len(group.articles) for group in found.groups)
    largest = max(len(group.articles) for group in found.groups)
    if not 0.2 * articles < grouped < 0.7 * articles or largest > 0.05 * articles:
        raise RuntimeError(f"{grouped} articles were grouped, {largest} of them in one group")


if __name__ == "__main__":
    for figure in measure(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES):
        print(f"{figure.name}: {figure.value:.2f} {figure.unit}")
