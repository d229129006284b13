"""The command that measures how far annotators agree."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import typer

from annotator.cli.output import as_json, note, say, table
from annotator.cli.projects import hand
from annotator.core.errors import BadInput
from annotator.review.agreement import Agreement, Figure
from annotator.workspace.agreeing import (
    agree,
    agree_files,
    as_csv,
    as_values,
    places_as_csv,
    unfinished,
    write_csv,
)
from annotator.workspace.opening import open_project


def add_to(app: typer.Typer) -> None:
    """Put this file's command on the board."""
    app.command("agree")(agree_)


def agree_(
    project: list[str] = typer.Argument(
        help="A project file, or a database URL; with --jsonl, JSONL files.", metavar="PROJECT"
    ),
    jsonl: bool = typer.Option(
        False, "--jsonl", help="Compare the annotators of JSONL files, without a project."
    ),
    annotator: list[str] = typer.Option(
        [], help="Only this one; give it several times. All persons without it."
    ),
    story: str = typer.Option("", help="Only this story."),
    finished: bool = typer.Option(False, "--finished", help="Only what was declared finished."),
    gamma: bool = typer.Option(False, "--gamma", help="Work out gamma too; takes long."),
    csv: Path | None = typer.Option(None, help="Write all figures to this file."),
    places: Path | None = typer.Option(
        None, help="Write all places where annotators differ to this CSV file."
    ),
    json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Say how far annotators agree, on spans, kinds, features, relations and claims."""
    if jsonl:
        if story or finished:
            raise BadInput("--story and --finished are for a project, not for --jsonl.")
        found = agree_files([Path(one) for one in project], annotator, gamma=gamma)
        begun = 0
    else:
        if len(project) != 1:
            raise BadInput("Name one project; several files are compared with --jsonl.")
        workspace = open_project(project[0], hand())
        try:
            found = agree(workspace, annotator, story, finished=finished, gamma=gamma)
            begun = unfinished(workspace, found)
        finally:
            workspace.close()
    if begun:
        note(f"{begun} of the sets compared are not finished yet; --finished leaves them out.")
    if csv is not None:
        write_csv(as_csv(found), csv)
    if places is not None:
        write_csv(places_as_csv(found, _whole(found), _texts(found)), places)
    if json:
        as_json(as_values(found))
    else:
        _print(found)


def _whole(found: Agreement) -> list[Figure]:
    """The figures for everybody and everything, of all kinds together."""
    return [
        one for one in found.figures if one.annotators is None and one.article is None and one.kind is None
    ]


def _texts(found: Agreement) -> Mapping[str, str]:
    return {sheet.panel.article_id: sheet.panel.text for sheet in found.sheets}


def _print(found: Agreement) -> None:
    say(f"{', '.join(found.annotators)}: {len(found.articles)} articles that two or more of them annotated.")
    rows = [[one.measure, one.role or one.feature or "", *_cells(one)] for one in _whole(found)]
    table(["measure", "of", "value", "95 % between", "n", ""], rows)
    kinds = [one for one in found.figures if one.kind is not None and one.measure in _OF_KINDS]
    if kinds:
        say("")
        table(
            ["measure", "of", "kind", "value", "95 % between", "n", ""],
            [[one.measure, one.role or "", one.kind, *_cells(one)] for one in kinds],
        )
    pairs = [
        one for one in found.figures if one.annotators is not None and (one.measure, one.role) in _OF_PAIRS
    ]
    if pairs:
        say("")
        table(
            ["measure", "of", "annotators", "value", "95 % between", "n", ""],
            [[one.measure, one.role or "", " || ".join(one.annotators or ()), *_cells(one)] for one in pairs],
        )


_OF_KINDS = ("span_f1_overlap", "kind_alpha")
_OF_PAIRS = {("span_f1_overlap", "content"), ("agr", None), ("kind_kappa", None)}


def _cells(one: Figure) -> list[str]:
    value = "not defined" if one.value is None else f"{one.value:.3f}"
    between = "" if one.low is None or one.high is None else f"{one.low:.3f} to {one.high:.3f}"
    remark = ", ".join(
        part for part in (f"{one.left_out} left out" if one.left_out else "", one.note) if part
    )
    return [value, between, str(one.n), remark]
