"""Commands that bring files in and take training sets out."""

from __future__ import annotations

from pathlib import Path

import typer

from annotator.cli.output import as_json, losses_and_errors, progress, say
from annotator.cli.projects import hand
from annotator.core.plugins import all_formats
from annotator.core.ports import ExportOptions
from annotator.workspace.exchange import Selection, export, import_files
from annotator.workspace.opening import open_project


def add_to(app: typer.Typer) -> None:
    """Put this file's commands on the board."""
    app.command("import")(import_)
    app.command("export")(export_)
    app.command("formats")(formats)


def import_(
    project: str = typer.Argument(help="A project file, or a database URL."),
    paths: list[Path] = typer.Argument(help="Files to import."),
    format_name: str = typer.Option(
        "auto", "--format", help="How to read them; auto goes by the file's name."
    ),
    story: str = typer.Option("", help="The story they tell."),
    outlet: str = typer.Option("", help="The outlet that published them."),
    annotator: str = typer.Option("", help="Whose marks these are."),
    json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Import articles, or articles with marks."""
    workspace = open_project(project, hand())
    try:
        result = import_files(
            workspace,
            paths,
            format_name=format_name,
            story=story,
            outlet=outlet,
            annotator=annotator,
            progress=progress("Importing"),
        )
    finally:
        workspace.close()
    tally = result.tally
    if json:
        as_json(
            {
                "done": {
                    "articles": tally.articles,
                    "joined": tally.joined,
                    "attributions": tally.attributions,
                    "already_here": tally.already_here,
                },
                "losses": tally.losses.as_json(),
                "errors": [{"path": path, "message": message} for path, message in result.errors],
                "notes": [{"path": path, "message": message} for path, message in result.notes],
            }
        )
    else:
        say(_sentence(tally.articles, tally.joined, tally.attributions, tally.already_here))
        for path, message in result.notes:
            say(f"{path}: {message}.")
    raise typer.Exit(losses_and_errors(tally.losses, result.errors))


def _sentence(articles: int, joined: int, attributions: int, already: int) -> str:
    parts = [f"{articles} articles imported"]
    if joined:
        parts.append(f"{joined} joined to articles already here")
    if attributions:
        parts.append(f"{attributions} attributions added")
    if already:
        parts.append(f"{already} attributions were here already")
    return ", ".join(parts) + "."


def export_(
    project: str = typer.Argument(help="A project file, or a database URL."),
    out: Path = typer.Argument(help="The file to write."),
    format_name: str = typer.Option(..., "--format", help="The format; `annotator formats` lists them."),
    story: str = typer.Option("", help="Only this story."),
    annotator: list[str] = typer.Option([], help="Only this annotator's sets; may be given more than once."),
    gold: bool = typer.Option(False, "--gold", help="Only the adjudicated sets."),
    without_text: bool = typer.Option(False, "--without-text", help="Leave the articles' texts out."),
    label: str = typer.Option("role", help="What a span is labelled with: role, kind or kind/role."),
    json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Write a training set."""
    if label not in ("role", "kind", "kind/role"):
        raise typer.BadParameter(f"a label is role, kind or kind/role, not {label!r}")
    workspace = open_project(project, hand())
    try:
        wish = Selection(story, tuple(annotator), gold)
        result = export(workspace, out, format_name, wish, ExportOptions(without_text, label))
    finally:
        workspace.close()
    if json:
        done = {"articles": result.articles, "attributions": result.attributions}
        as_json({"done": done, "losses": result.losses.as_json(), "errors": []})
    else:
        say(f"Wrote {result.attributions} attributions in {result.articles} articles to {out}.")
    raise typer.Exit(losses_and_errors(result.losses, []))


def formats(json: bool = typer.Option(False, "--json", help="Print JSON.")) -> None:
    """What can be read and written, and what each format cannot carry."""
    found = all_formats()
    if json:
        items = [
            {
                "name": one.name,
                "title": one.title,
                "suffixes": list(one.suffixes),
                "reads": one.reads,
                "writes": one.writes,
                "cannot_carry": list(one.cannot_carry),
            }
            for one in found
        ]
        as_json({"items": items})
        return
    for one in found:
        ways = " and ".join(word for word, can in (("read", one.reads), ("written", one.writes)) if can)
        say(f"{one.name}  {one.title} ({', '.join(one.suffixes)}; {ways})")
        for missing in one.cannot_carry:
            say(f"    cannot carry: {missing}")
