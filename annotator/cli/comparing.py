"""The command that compares what outlets make of one story."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import typer

from annotator.cli.output import as_json, note, progress, say, table
from annotator.cli.projects import hand
from annotator.compare.comparison import Comparison
from annotator.compare.drawing import graphml
from annotator.compare.matrix import Filter, Row, in_order
from annotator.core.errors import BadInput
from annotator.core.writing import new_file
from annotator.workspace.comparing import StoryTold, compare_story
from annotator.workspace.comparing_written import as_csv, as_html, as_values
from annotator.workspace.opening import open_project


class Sort(StrEnum):
    """By what claims are sorted."""

    spread = "spread"
    disagreement = "disagreement"
    name = "name"
    order = "order"


def add_to(app: typer.Typer) -> None:
    """Put this file's command on the board."""
    app.command("compare")(compare_)


def compare_(
    project: str = typer.Argument(help="A project file, or a database URL."),
    story: str = typer.Option("", help="The story; may be left out where there is one."),
    annotator: str = typer.Option("", help="Whose marks; without it the gold, else who has most."),
    gold: bool = typer.Option(False, "--gold", help="The adjudicated marks."),
    sort: Sort = typer.Option(Sort.order, help="Sort the claims by this."),
    words: str = typer.Option("", help="Only claims with these words, in their name or in what was said."),
    csv: Path | None = typer.Option(None, help="Write the matrix to this CSV file."),
    html: Path | None = typer.Option(None, help="Write the matrix to this page."),
    graph: Path | None = typer.Option(
        None, "--graphml", help="Write who cites whom to this file, as GraphML."
    ),
    json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Hold the outlets of a story against each other: claims, sources, dropped attributions, drift, chains."""
    targets = [one.resolve() for one in (csv, html, graph) if one is not None]
    if len(set(targets)) < len(targets):
        raise BadInput("Name a file of its own for each of --csv, --html and --graphml.")
    workspace = open_project(project, hand())
    try:
        told, found = compare_story(workspace, story, annotator, gold=gold, progress=progress("Reading"))
    finally:
        workspace.close()
    rows = [row for row in in_order(found.matrix.rows, sort.value) if Filter(words).takes(row)]
    _write(csv, as_csv(found, rows))
    _write(html, as_html(told, found, rows))
    if graph is not None:
        _write(graph, graphml(found.citations))
    if json:
        as_json(as_values(told, found, rows))
    else:
        _print(told, found, rows)


def _write(path: Path | None, written: str) -> None:
    if path is not None:
        with new_file(path) as file:
            file.write(written.encode())
        note(f"Wrote {path}.")


def _print(told: StoryTold, found: Comparison, rows: list[Row]) -> None:
    say(f"{told.story.name}: {len(told.tellings)} articles as {told.annotator} marked them.")
    for row in rows:
        say("")
        first = next((one.name for one in told.tellings if one.article == row.first), "")
        published = f", first in {first}" if first else ""
        say(
            f"{row.claim.name}: in {row.spread} of {len(row.cells)}{published}; {row.strength or 'no source'}"
        )
        for cell in row.cells:
            if cell.status != "unknown":
                say(f"  {cell.outlet}: {cell.words}")
                for sign in cell.signs:
                    say(f"    ! {sign.words}")
    _dropped(told, found)
    _shares(found)


def _dropped(told: StoryTold, found: Comparison) -> None:
    if not found.dropped:
        return
    say("")
    say("Without attribution, though others attribute it:")
    by_id = {one.article: one for one in told.tellings}
    for one in found.dropped:
        telling = by_id[one.article]
        say(f"  {telling.name}: “{_short(one.span.text(telling.text))}” ({one.words})")


def _short(said: str) -> str:
    line = " ".join(said.split())
    return line if len(line) <= 100 else line[:99] + "…"


def _shares(found: Comparison) -> None:
    say("")
    rows = [
        [
            one.outlet,
            one.attributions,
            *(
                f"{100 * share:.0f} %"
                for share in (one.anonymous_share, one.second_hand_share, one.unattributed_share)
            ),
        ]
        for one in found.citations.shares
    ]
    table(["outlet", "attributions", "anonymous", "second-hand", "unattributed"], rows)
    if found.proposals:
        say("")
        say(f"{len(found.proposed)} claims are proposed for marks that have none yet; --json lists them.")
