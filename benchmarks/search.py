"""Searching 20,000 articles: the first hits of words, phrases, prefixes; the index against reading."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import chain, islice
from pathlib import Path
from statistics import median

from annotator.core.searching import places, terms_of
from annotator.workspace.concordance import PATTERN, WORDS, Line, Wish, lines
from annotator.workspace.importing import import_files
from annotator.workspace.opening import new_project, open_project
from annotator.workspace.workspace import Workspace
from benchmarks import Figure
from benchmarks._texts import ANNOTATOR
from benchmarks._texts import lines as lines_of
from benchmarks._window import own_home

ARTICLES, LENGTH, STORIES = 20_000, 1_500, 200
REPEATS = 7
FIRST_SECONDS = 0.1
"""What the first page may take; the index makes it hardly depend on how many articles there are."""

QUERIES = (
    ("a common word", "harbour"),
    ("a phrase", '"the tide gauge"'),
    ("a prefix", "coast*"),
    ("two words", "lorries lawyer"),
    ("a word that is nowhere", "cormorant"),
)


def run() -> list[Figure]:
    """Import with and without the index, then look for things."""
    with own_home() as home:
        source = _articles(home / "articles.jsonl")
        place = home / "search.annotator"
        figures = [_import(place, source)]
        workspace = open_project(str(place), ANNOTATOR)
        try:
            figures += [_first_hits(workspace, name, typed) for name, typed in QUERIES]
            figures += _against_reading(workspace)
        finally:
            workspace.close()
    return figures


def _articles(path: Path) -> Path:
    """A file with the articles, none of them marked, no two of them the same."""
    with path.open("w", encoding="utf-8") as file:
        for line in lines_of(ARTICLES, LENGTH, LENGTH // 120, STORIES):
            article = {
                name: value
                for name, value in json.loads(line).items()
                if name not in ("annotator", "attributions")
            }
            file.write(json.dumps(article) + "\n")
    return path


def _import(place: Path, source: Path) -> Figure:
    """What the index adds to an import: filling it anew, against everything else that the import does."""
    workspace = new_project(str(place), ANNOTATOR)
    start = time.process_time()
    import_files(workspace, [source])
    whole = time.process_time() - start
    if len(workspace.articles()) != ARTICLES:
        raise RuntimeError("some articles were taken for the same")
    workspace.close()
    with closing(sqlite3.connect(place)) as file:
        start = time.process_time()
        file.execute("INSERT INTO text_index (text_index) VALUES ('rebuild')")
        file.commit()
        index = time.process_time() - start
    return Figure(
        f"index of {ARTICLES:,} articles", index, "s", whole - index, "the rest of their import", 1.0
    )


def _cost(work: Callable[[], object]) -> float:
    costs = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        costs.append(time.perf_counter() - start)
    return median(costs)


def _found(workspace: Workspace, mode: str, typed: str) -> Iterator[Line]:
    return chain.from_iterable(lines(workspace, Wish(mode, typed, ANNOTATOR)))


def _first_hits(workspace: Workspace, name: str, typed: str) -> Figure:
    """From asking to twenty lines ready to be shown, in time on the clock: that is what a person waits."""
    cost = _cost(lambda: list(islice(_found(workspace, WORDS, typed), 20)))
    return Figure(f"first 20 hits of {name}", cost, limit=FIRST_SECONDS)


def _against_reading(workspace: Workspace) -> list[Figure]:
    """A rare phrase by the index, against reading every text; and a pattern, which has to."""
    typed = '"an agreement on night work was never shown to the council"'
    by_index = _cost(lambda: workspace.search(typed))
    terms = terms_of(typed)
    start = time.perf_counter()
    hits = sum(len(places(terms, text)) for batch in workspace.texts_with() for _, text in batch.texts)
    reading = time.perf_counter() - start
    if hits != len(workspace.search(typed)):
        raise RuntimeError("the index and the texts do not agree")
    start = time.perf_counter()
    for _ in _found(workspace, PATTERN, r"\binsisted that the (bridge|tide)"):
        continue
    pattern = time.perf_counter() - start
    return [
        Figure("all hits of a phrase", by_index, "s", reading, "reading every text", 1.0),
        Figure(
            "all hits of a regular expression", pattern, "s", reading, "reading every text for words", 8.0
        ),
    ]
