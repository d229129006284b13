"""All articles of a corpus as rows of hashed passages of eight words, with their texts packed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from annotator.compare.words import WordHashes, hash_of, words_of
from annotator.core.errors import BadInput, Cancelled
from annotator.core.ports import Progress

Row = Any
"""A numpy array; numpy is woken late, and its types with it."""

WORDS = 8
"""How many words a passage has by which articles are compared."""

_BATCH = 200
_PACKING = 1
STOPPED = "The search for near-duplicates was stopped."


class Shelf:
    """What is kept of each article, in the order of reading.

    blocks hold the hash of the passage that begins at each word, some hundred articles a block; starts says at which
    passage, counted over all blocks, each article begins, and where the last one ends. A text of fewer words than a passage
    has is one passage, filled up with nothing. wholes has one hash for all words of each article. The texts are kept
    packed, because they come only once and are needed again to show what two of them share.
    """

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.blocks: list[Row] = []
        self.starts: list[int] = [0]
        self.wholes: list[int] = []
        self._packed: list[bytes] = []
        self._hashes = WordHashes()
        self._factors = [hash_of(f"word {place}") | 1 for place in range(WORDS)]

    def text(self, number: int) -> str:
        """The text of an article by its number in the order of reading."""
        return zlib.decompress(self._packed[number]).decode("utf-8", "surrogatepass")

    def fill(self, articles: Iterable[tuple[str, str]], total: int, progress: Progress) -> None:
        """Take in all articles.

        Raises:
            BadInput: when an id comes twice.
            Cancelled: when progress says so.
        """
        seen: set[str] = set()
        for batch in _batches(articles):
            for article_id, text in batch:
                if article_id in seen:
                    raise BadInput(
                        f"The article {article_id} came twice; near-duplicates were not looked for."
                    )
                seen.add(article_id)
                self.ids.append(article_id)
                self._packed.append(zlib.compress(text.encode("utf-8", "surrogatepass"), _PACKING))
            self._add_block([words_of(text) for _, text in batch])
            if not progress(len(self.ids), total):
                raise Cancelled(STOPPED)
        self._hashes.clear()

    def _add_block(self, texts: list[list[str]]) -> None:
        import numpy as np

        rows = [[self._hashes[word] for word in words] for words in texts]
        for row in rows:
            self.wholes.append(hash(tuple(row)))  # of numbers: the same in every run
            if 0 < len(row) < WORDS:
                row.extend([0] * (WORDS - len(row)))
            self.starts.append(self.starts[-1] + max(0, len(row) - WORDS + 1))
        lengths = np.array([len(row) for row in rows if row], dtype=np.int64)
        if not len(lengths):
            self.blocks.append(np.zeros(0, np.uint64))
            return
        flat = np.fromiter(chain.from_iterable(rows), np.uint64, int(lengths.sum()))
        passages = np.zeros(len(flat) - WORDS + 1, np.uint64)
        for place, factor in enumerate(self._factors):
            passages += flat[place : place + len(passages)] * np.uint64(factor)
        whole = np.ones(len(passages), bool)
        ends = lengths.cumsum()[:-1]
        whole[(ends[:, None] - np.arange(1, WORDS)).ravel()] = False  # these would run on into the next text
        self.blocks.append(passages[whole])


def _batches(articles: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    batch: list[tuple[str, str]] = []
    for article in articles:
        batch.append(article)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
