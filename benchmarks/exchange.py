"""Taking a thousand marked articles in and out and back, and bringing them again, corrected."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Engine, insert, select

from annotator.core.anchoring import Anchoring
from annotator.core.spans import Span
from annotator.store import project, tables
from annotator.store.database import make_engine
from annotator.workspace.choosing import Selection
from annotator.workspace.exporting import ExportWish, export
from annotator.workspace.importing import import_files
from annotator.workspace.opening import new_project
from benchmarks import Figure
from benchmarks._texts import ANNOTATOR, write, write_lines
from benchmarks._window import own_home

ARTICLES, LENGTH, MARKS = 1_000, 4_000, 20
WHAT = "1,000 articles of 4 kB, 60,000 spans"
KEPT = (
    tables.texts,
    tables.annotators,
    tables.stories,
    tables.outlets,
    tables.sources,
    tables.claims,
    tables.articles,
    tables.sets,
    tables.attributions,
    tables.fragments,
    tables.attribution_claims,
    tables.comments,
)
"""The tables that an import fills, those that others point to first."""


def run() -> list[Figure]:
    """Import, export, undo and redo, next to the same rows put into the same tables without asking anything."""
    with own_home() as home:
        source = write_lines(home / "articles.jsonl", ARTICLES, LENGTH, MARKS, stories=20)
        place = str(home / "project.annotator")
        workspace = new_project(place, ANNOTATOR)
        taken = _cost(lambda: import_files(workspace, [source]))
        given = _cost(lambda: export(workspace, home / "out.jsonl", ExportWish("jsonl", Selection())))
        lines = [orjson.loads(raw) for raw in (home / "out.jsonl").read_bytes().splitlines()]
        dumped = _cost(lambda: _dump(lines, home / "dumped.jsonl"))
        undone = _cost(workspace.undo)
        redone = _cost(workspace.redo)
        floor = _bare(place, str(home / "bare.annotator"))
        corrected = _corrected(source, home / "corrected.jsonl")
        followed = _cost(lambda: import_files(workspace, [corrected]))
        workspace.close()
    return [
        Figure(f"import JSONL: {WHAT}", taken, "s", floor, "the same rows, inserted at once", limit=3.0),
        Figure("export the same", given, "s", dumped, "the same lines from memory, by orjson", limit=4.0),
        Figure("undo the import", undone, "s", taken, "the import", limit=2.0),
        Figure("redo the import", redone, "s", taken, "the import", limit=2.0),
        Figure("import them corrected, all marks carried over", followed, "s", taken, "the import"),
        Figure("find 1,500 spans again in a corrected text of 1 MB", _found_again()),
    ]


def _cost(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _dump(lines: list[Any], place: Path) -> None:
    with place.open("wb") as file:
        for line in lines:
            file.write(orjson.dumps(line) + b"\n")


def _bare(full: str, empty: str) -> float:
    """What it costs to insert what a project holds into a new one: dicts, through SQLAlchemy Core, in one transaction."""
    engine = make_engine(full)
    rows = {table: _rows(engine, table) for table in KEPT}
    engine.dispose()
    project.create(empty).close()
    engine = make_engine(empty)

    def put() -> None:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            for table, some in rows.items():
                if some:
                    connection.execute(insert(table), some)

    cost = _cost(put)
    engine.dispose()
    return cost


def _rows(engine: Engine, table: Any) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


def _corrected(source: Path, place: Path) -> Path:
    """The same articles without their marks, each with a line more and a word changed here and there."""
    with place.open("wb") as file:
        for raw in source.read_bytes().splitlines():
            line = orjson.loads(raw)
            text = "Corrected on Monday.\n\n" + line["text"].replace("insisted", "maintained")
            file.write(orjson.dumps({"id": line["id"], "story": line["story"], "text": text}) + b"\n")
    return place


def _found_again() -> float:
    written = write(1_000_000, 500)
    parts = written.text.split("\n\n")
    third = len(parts) // 3
    moved = [*parts[third : third + 50], *parts[:third], "A paragraph more.", *parts[third + 60 :]]
    corrected = "\n\n".join(moved).replace("insisted", "maintained")
    spans = [Span(*mark[role][0]) for mark in written.marks for role in ("source", "cue", "content")]

    def find() -> None:
        anchoring = Anchoring(written.text, corrected)
        for span in spans:
            anchoring.place(span)

    return _cost(find)
