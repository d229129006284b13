"""The command that does the whole job without a screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import typer

from annotator.cli.output import say
from annotator.core.annotators import PERSON, Annotator
from annotator.core.attributions import Attribution
from annotator.core.errors import BadInput
from annotator.core.sources import Source
from annotator.workspace.agreeing import agree, as_csv
from annotator.workspace.choosing import Selection
from annotator.workspace.commands.attributions import MarkSpan, NameSource, SetRole
from annotator.workspace.comparing import compare_story
from annotator.workspace.comparing_written import as_csv as matrix_csv
from annotator.workspace.comparing_written import as_html as matrix_html
from annotator.workspace.exporting import ExportWish, export
from annotator.workspace.reporting import write_report
from annotator.workspace.sample import sample_project
from annotator.workspace.suggesters import RULES, suggester_called
from annotator.workspace.suggesting import suggest, take_all
from annotator.workspace.workspace import Workspace

HAND = "demo"
SURE = 0.8
"""From this confidence on, suggestions are taken."""

FILES = (
    "demo.annotator",
    "demo.annotator-wal",
    "demo.annotator-shm",
    "training.jsonl",
    "training.spacy",
    "agreement.csv",
    "matrix.csv",
    "matrix.html",
    "report.html",
    "window.png",
)

TakePicture = Callable[[str, str, str, Path], int]


def add_to(app: typer.Typer, take_picture: TakePicture) -> None:
    """Put this file's command on the board; take_picture(project, story, annotator, file) draws the window."""

    @app.command("demo")
    def demo(out_dir: Path = typer.Argument(help="Where everything goes.")) -> None:
        """Do the whole job without a screen: import, tag, export, draw the window."""
        _make_room(out_dir)
        project = out_dir / "demo.annotator"
        workspace = sample_project(HAND, str(project))
        story = workspace.stories()[0]
        articles = workspace.articles(story.id)
        say(f"Imported {len(articles)} articles of the story “{story.name}” into {project}.")
        marked = sum(_tag(workspace, article.id) for article in articles)
        say(f"Tagged {marked} attributions as {HAND}, a deed each, and undid and redid the last one.")
        wish = Selection(annotators=(HAND,))
        for name, format_name in (("training.jsonl", "jsonl"), ("training.spacy", "docbin")):
            result = export(workspace, out_dir / name, ExportWish(format_name, wish))
            say(f"Exported {result.attributions} attributions to {out_dir / name}.")
        found = suggest(workspace, suggester_called(RULES), story.name)
        taken = take_all(workspace, HAND, story.name, SURE)
        say(
            f"{RULES} found {found.attributions} attributions; {taken} that were new and sure enough "
            f"({SURE:.0%}) were taken."
        )
        # What the demo marks is copied from the gold: it would make people look more alike than they are.
        people = [one.name for one in workspace.registry.every(Annotator) if one.role == PERSON]
        measured = agree(workspace, [name for name in people if name != HAND])
        (out_dir / "agreement.csv").write_text(as_csv(measured), encoding="utf-8", newline="")
        figure = measured.figure("span_f1_overlap", "content")
        say(
            f"Agreement of {' and '.join(measured.annotators)} on contents (F1, half overlap): {figure.value:.2f}; "
            f"all figures are in {out_dir / 'agreement.csv'}."
        )
        told, compared = compare_story(workspace, story.name)
        rows = list(compared.matrix.rows)
        (out_dir / "matrix.csv").write_text(matrix_csv(compared, rows), encoding="utf-8", newline="")
        (out_dir / "matrix.html").write_text(matrix_html(told, compared, rows), encoding="utf-8")
        say(f"Compared {len(rows)} claims across the outlets: {out_dir / 'matrix.html'}.")
        write_report(workspace, out_dir / "report.html", story.name)
        say(f"Wrote a page for a colleague without the program: {out_dir / 'report.html'}.")
        workspace.close()
        code = take_picture(str(project), story.name, HAND, out_dir / "window.png")
        if code:
            raise typer.Exit(code)
        say(f"Drew the window to {out_dir / 'window.png'}.")


def _make_room(out_dir: Path) -> None:
    if out_dir.exists() and not out_dir.is_dir():
        raise BadInput(f"{out_dir} is a file, not a folder. Nothing was written.")
    if out_dir.is_dir() and any(out_dir.iterdir()) and not (out_dir / "demo.annotator").exists():
        raise BadInput(f"{out_dir} holds other files; name an empty or a new folder. Nothing was written.")
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            (out_dir / name).unlink(missing_ok=True)
    except OSError as wrong:
        raise BadInput(
            f"{out_dir} cannot be written: {wrong.strerror or wrong}. Nothing was written."
        ) from wrong


def _tag(workspace: Workspace, article_id: str) -> int:
    """Mark in an article what its gold set marks as statements, each by the deeds that the keys 1 to 5, S and C do."""
    gold = workspace.set_of(article_id, "gold")
    if gold is None:
        return 0
    marked = 0
    for model in workspace.attributions(gold.id):
        if model.content and model.type == "statement":
            _repeat(workspace, article_id, model)
            marked += 1
    if marked:
        workspace.undo()
        workspace.redo()
    return marked


def _repeat(workspace: Workspace, article_id: str, model: Attribution) -> None:
    news = workspace.execute(MarkSpan(article_id, HAND, model.kind, model.content))
    made = next(change.thing.id for change in news.of(Attribution))
    for role in ("source", "cue"):
        if model.spans(role):
            workspace.execute(SetRole(made, role, model.spans(role)))
    name = workspace.registry.name(Source, model.source_id)
    if name:
        workspace.execute(NameSource((made,), name))
