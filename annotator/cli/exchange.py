"""Commands that bring files in and take training sets out."""

from __future__ import annotations

from pathlib import Path

import typer

from annotator.cli.output import as_json, losses_and_errors, progress, say
from annotator.cli.projects import hand
from annotator.core.errors import BadInput
from annotator.core.plugins import all_formats
from annotator.core.ports import LABELS, ExportOptions
from annotator.workspace.choosing import Selection
from annotator.workspace.commands.importing import Tally
from annotator.workspace.exporting import ExportWish, export
from annotator.workspace.importing import ImportWish, import_files
from annotator.workspace.opening import open_project
from annotator.workspace.settings import Settings
from annotator.workspace.splitting import split_wish


def add_to(app: typer.Typer) -> None:
    """Put this file's commands on the board."""
    app.command("import")(import_)
    app.command("export")(export_)
    app.command("formats")(formats)


def import_(
    project: str = typer.Argument(help="A project file, or a database URL."),
    paths: list[str] = typer.Argument(
        help="Files, folders and zip archives to import, or addresses of pages (http://, https://)."
    ),
    format_name: str = typer.Option(
        "auto", "--format", help="How to read them; auto goes by what stands in a file, then by its name."
    ),
    story: str = typer.Option("", help="The story they tell."),
    outlet: str = typer.Option("", help="The outlet that published them."),
    annotator: str = typer.Option("", help="Whose marks these are."),
    columns: list[str] = typer.Option(
        [], "--column", help="FIELD=COLUMN: which column of a table holds a field (text, title, outlet …)."
    ),
    group: bool = typer.Option(
        False, "--group", help="Put articles that tell of one event into one story, named after one of them."
    ),
    json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Import articles, or articles with marks."""
    wish = ImportWish(
        format_name,
        story,
        outlet,
        annotator,
        columns=_pairs(columns),
        may_fetch=Settings().get("fetch_pages") == "yes",
        group=group,
    )
    workspace = open_project(project, hand())
    try:
        result = import_files(workspace, paths, wish, progress=progress("Importing"))
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
                    "versions": tally.versions,
                    "carried": tally.carried,
                },
                "without_place": [
                    {"article": one.article, "attribution": one.mark, "role": one.role, "quote": one.quote}
                    for one in tally.without_place
                ],
                "losses": tally.losses.as_json(),
                "errors": [{"path": path, "message": message} for path, message in result.errors],
                "notes": [{"path": path, "message": message} for path, message in result.notes],
            }
        )
    else:
        say(_sentence(tally))
        for one in tally.without_place:
            say(
                f"{one.article}: the {one.role} “{' '.join(one.quote.split())[:80]}” is not in the new version."
            )
        for path, message in result.notes:
            say(f"{path}: {message}.")
    raise typer.Exit(losses_and_errors(tally.losses, result.errors))


def _pairs(given: list[str]) -> dict[str, str]:
    pairs = {}
    for one in given:
        name, equals, column = one.partition("=")
        if not equals:
            raise BadInput(
                f"--column wants FIELD=COLUMN, such as text=body, not {one!r}. Nothing was imported."
            )
        pairs[name.strip()] = column.strip()
    return pairs


def _sentence(tally: Tally) -> str:
    parts = [f"{tally.articles} articles imported"]
    if tally.versions:
        parts.append(
            f"{tally.versions} came as new versions, with {tally.carried} attributions found again in them"
        )
    if tally.joined:
        parts.append(f"{tally.joined} joined to articles already here")
    if tally.attributions:
        parts.append(f"{tally.attributions} attributions added")
    if tally.already_here:
        parts.append(f"{tally.already_here} attributions were here already")
    return ", ".join(parts) + "."


def export_(
    project: str = typer.Argument(help="A project file, or a database URL."),
    out: Path = typer.Argument(help="The file or folder to write."),
    format_name: str = typer.Option(..., "--format", help="The format; `annotator formats` lists them."),
    story: str = typer.Option("", help="Only this story."),
    annotator: list[str] = typer.Option([], help="Only this annotator's sets; may be given more than once."),
    gold: bool = typer.Option(False, "--gold", help="Only the adjudicated sets."),
    finished: bool = typer.Option(False, "--finished", help="Only sets that were declared finished."),
    since: str = typer.Option("", help="Only articles published on this day (2026-01-31) or later."),
    until: str = typer.Option("", help="Only articles published on this day or earlier."),
    kind: list[str] = typer.Option([], help="Only attributions of this kind; may be given more than once."),
    zone: list[str] = typer.Option(
        [], help="Only attributions that begin in this zone, such as body or headline."
    ),
    by_sentence: bool = typer.Option(
        False,
        "--by-sentence",
        help="Cut articles into passages: the sentences that an attribution ties together.",
    ),
    negatives: float = typer.Option(
        1.0, min=0.0, max=1.0, help="With --by-sentence: the share of sentences without attributions to keep."
    ),
    each: bool = typer.Option(False, "--each", help="One file an annotator, in a folder."),
    split: str = typer.Option(
        "", help="Cut into parts, such as 80/10/10, in a folder; what belongs together stays so."
    ),
    split_by: str = typer.Option("groups", help="How to cut: groups (by chance), time or outlet."),
    seed: int = typer.Option(0, help="Decides what chance decides: the same seed, the same files."),
    without_text: bool = typer.Option(False, "--without-text", help="Leave the articles' texts out."),
    label: str = typer.Option("role", help="What a span is labelled with: role, kind or kind/role."),
    layer: str = typer.Option(
        "", help="For CoNLL: the one role to write; without it, the longer span first."
    ),
    json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Write a training set."""
    if label not in LABELS:
        raise typer.BadParameter(f"a label is role, kind or kind/role, not {label!r}")
    wish = ExportWish(
        format_name,
        Selection(story, tuple(annotator), gold, finished, since, until, tuple(kind), tuple(zone)),
        ExportOptions(without_text, label, layer, seed),
        by_sentence,
        negatives,
        each,
        split_wish(split, split_by, seed) if split else None,
    )
    workspace = open_project(project, hand())
    try:
        result = export(workspace, out, wish, progress("Exporting"))
    finally:
        workspace.close()
    if json:
        done = {"articles": result.articles, "attributions": result.attributions}
        as_json({"done": done, "losses": result.losses.as_json(), "errors": []})
    else:
        say(f"Wrote {result.attributions} attributions in {result.articles} articles to {out}.")
        for line in result.split.notes if result.split is not None else ():
            say(line)
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
