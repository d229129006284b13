"""Taking a thousand marked articles in and out, and taking the import back."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import orjson

from annotator.workspace.choosing import Selection
from annotator.workspace.exporting import ExportWish, export
from annotator.workspace.importing import import_files
from annotator.workspace.opening import new_project
from benchmarks import Figure
from benchmarks._texts import ANNOTATOR, write_lines
from benchmarks._window import own_home

ARTICLES, LENGTH, MARKS = 1_000, 4_000, 7
WHAT = "1,000 articles of 4 kB, 21,000 spans"


def run() -> list[Figure]:
    """Import, export, undo and redo, next to the same rows through sqlite3 and orjson alone."""
    with own_home() as home:
        source = write_lines(home / "articles.jsonl", ARTICLES, LENGTH, MARKS, stories=20)
        floor = _cost(lambda: _bare(source, home / "bare.sqlite"))
        workspace = new_project(str(home / "project.annotator"), ANNOTATOR)
        taken = _cost(lambda: import_files(workspace, [source]))
        given = _cost(lambda: export(workspace, home / "out.jsonl", ExportWish("jsonl", Selection())))
        undone = _cost(workspace.undo)
        redone = _cost(workspace.redo)
        workspace.close()
    return [
        Figure(f"import JSONL: {WHAT}", taken, "s", floor, "sqlite3 and orjson alone"),
        Figure("export the same", given),
        Figure("undo the import", undone),
        Figure("redo the import", redone),
    ]


def _cost(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _bare(source: Path, place: Path) -> None:
    """Read the lines and keep texts, marks and spans: the least that an import has to do."""
    with closing(sqlite3.connect(place)) as file:
        file.execute("CREATE TABLE texts (id TEXT PRIMARY KEY, text TEXT)")
        file.execute("CREATE TABLE marks (id TEXT PRIMARY KEY, article TEXT, kind TEXT)")
        file.execute("CREATE TABLE spans (mark TEXT, role TEXT, first INTEGER, last INTEGER)")
        for raw in source.read_bytes().splitlines():
            line = orjson.loads(raw)
            marks = line["attributions"]
            file.execute("INSERT INTO texts VALUES (?, ?)", (line["id"], line["text"]))
            file.executemany(
                "INSERT INTO marks VALUES (?, ?, ?)", [(one["id"], line["id"], one["kind"]) for one in marks]
            )
            file.executemany(
                "INSERT INTO spans VALUES (?, ?, ?, ?)",
                [
                    (one["id"], role, *span)
                    for one in marks
                    for role in ("source", "cue", "content")
                    for span in one[role]
                ],
            )
        file.commit()
