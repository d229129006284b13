"""Print tables, JSON, losses and errors; end with the right exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import typer

from annotator.core.losses import LossReport

DONE, FINDINGS, WRONG = 0, 1, 2


def say(text: str) -> None:
    """A line for people, on stdout."""
    typer.echo(text)


def note(text: str) -> None:
    """A line about the work, on stderr."""
    typer.echo(text, err=True)


def as_json(value: Any) -> None:
    """One JSON object on stdout, UTF-8."""
    typer.echo(json.dumps(value, ensure_ascii=False))


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows in aligned columns, numbers to the right."""
    body = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[at]) for row in [list(headings), *body]) for at in range(len(headings))]
    numeric = [bool(body) and all(row[at].isdigit() for row in body) for at in range(len(headings))]
    for row in [list(headings), *body]:
        cells = [
            cell.rjust(w) if right else cell.ljust(w)
            for cell, w, right in zip(row, widths, numeric, strict=True)
        ]
        say("  ".join(cells).rstrip())


def losses_and_errors(losses: LossReport, errors: Sequence[tuple[str, str]]) -> int:
    """Say on stderr what was lost and which files failed; the exit code that this means."""
    for line in losses.sentences():
        note(f"not carried: {line}")
    for _, message in errors:
        note(message)
    return FINDINGS if losses or errors else DONE


def progress(what: str) -> Any:
    """A reporter of progress that writes to stderr, only on a terminal; never asks to stop."""
    shown = sys.stderr.isatty()

    def report(done: int, total: int) -> bool:
        if shown and total and (done % 50 == 0 or done == total):
            typer.echo(f"\r{what} {done} of {total} ", err=True, nl=False)
        return True

    return report
