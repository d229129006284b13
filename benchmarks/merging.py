"""How long a colleague's bundle of a thousand articles takes to be merged, and to be written."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.workspace.bundling import write_bundle
from annotator.workspace.commands.attributions import ChangeFields
from annotator.workspace.conflicts import decide, undecided
from annotator.workspace.importing import import_files
from annotator.workspace.merging import merge_bundle, project_from_bundle
from annotator.workspace.opening import new_project
from benchmarks import Figure
from benchmarks._texts import ANNOTATOR, write_lines
from benchmarks._window import own_home

T = TypeVar("T")
ARTICLES, LENGTH, MARKS = 1_000, 4_000, 20
APART = 500
"""How many attributions two desks change, neither knowing of the other."""
LIMIT = 20.0
"""Seconds that a colleague waits, at most, for a bundle of all that a team has."""


def run() -> list[Figure]:
    """Two desks that exchange bundles."""
    with own_home() as home:
        source = write_lines(home / "articles.jsonl", ARTICLES, LENGTH, MARKS, stories=20)
        maria = new_project(str(home / "maria.annotator"), ANNOTATOR)
        import_files(maria, [source])
        first = home / "first.bundle"
        written, _ = _cost(lambda: write_bundle(maria, first))
        anew, (olena, _) = _cost(lambda: project_from_bundle(str(home / "olena.annotator"), first, "olena"))
        again, _ = _cost(lambda: merge_bundle(olena, first))
        ids = tuple(one.id for one in maria.reading.find(Attribution)[:APART])
        maria.execute(ChangeFields(ids, {"note": "from one desk"}))
        olena.execute(ChangeFields(ids, {"note": "from the other"}))
        second = write_bundle(maria, home / "second.bundle").path
        parted, merged = _cost(lambda: merge_bundle(olena, second))
        assert len(merged.listed) == APART
        deciding, _ = _cost(lambda: decide(olena, {one.id: "theirs" for one in undecided(olena)}))
        undone, _ = _cost(olena.undo)
        other = new_project(str(home / "other.annotator"), "ana")
        import_files(other, [source])
        found_again, _ = _cost(lambda: merge_bundle(other, first, of_another=True))
        assert len(other.reading.find(Article)) == ARTICLES
        size = first.stat().st_size / 1e6
        for desk in (maria, olena, other):
            desk.close()
    what = f"{ARTICLES:,} articles, {ARTICLES * MARKS:,} attributions"
    return [
        Figure(f"write a bundle: {what}, {size:.1f} MB", written, "s", limit=LIMIT),
        Figure("a project out of it", anew, "s", limit=LIMIT),
        Figure("merge it again", again, "s", limit=LIMIT),
        Figure(f"merge {APART} attributions changed on both desks", parted, "s", limit=LIMIT),
        Figure(f"decide {APART} conflicts", deciding, "s"),
        Figure("undo that", undone, "s"),
        Figure("merge it with the same articles, imported apart", found_again, "s", limit=LIMIT),
    ]


def _cost(work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    done = work()
    return time.process_time() - start, done
