"""Commands that find attributions, in a project or in files, and measure how well they were found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from annotator.cli.output import as_json, progress, say, table
from annotator.cli.projects import hand
from annotator.nlp.evaluation import FIELDS, MEASURES, Evaluation
from annotator.workspace.opening import open_project
from annotator.workspace.predicting import evaluate_files, predict_file
from annotator.workspace.suggesters import suggester_called
from annotator.workspace.suggesting import suggest, take_all


def add_to(app: typer.Typer) -> None:
    """Put this file's commands on the board."""
    app.command("suggest")(suggest_)
    app.command("predict")(predict)
    app.command("evaluate")(evaluate)


def suggest_(
    project: str = typer.Argument(help="A project file, or a database URL."),
    story: str = typer.Option("", help="Only the articles of this story."),
    suggester: str = typer.Option("rules-en", "--with", help="What finds them."),
    accept: bool = typer.Option(False, "--accept", help="Take what was found as marks of one's own."),
    least: float = typer.Option(0.0, min=0, max=1, help="With --accept: only from this confidence on."),
    annotator: str = typer.Option("", help="With --accept: whose marks they become."),
    json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Find attributions in a project's articles; they wait there until they are taken or rejected."""
    workspace = open_project(project, hand())
    try:
        found = suggest(workspace, suggester_called(suggester), story, progress("article"))
        taken = take_all(workspace, annotator or workspace.actor, story, least) if accept else 0
    finally:
        workspace.close()
    if json:
        done = {"articles": found.articles, "attributions": found.attributions, "taken": taken}
        as_json({"done": done, "losses": [], "errors": []})
        return
    say(f"Found {found.attributions} attributions in {found.articles} articles.")
    if accept:
        say(f"Took {taken} of them as marks of {annotator or hand()}.")
    else:
        say("They wait in the window (F9), or for --accept.")


def predict(
    source: Path = typer.Argument(help="A JSONL file of articles.", metavar="INPUT.jsonl"),
    out: Path = typer.Argument(help="The file to write.", metavar="OUT.jsonl"),
    suggester: str = typer.Option("rules-en", "--with", help="What finds them."),
    processes: int = typer.Option(0, help="How many processes work at once; 0 takes one for each core."),
    engine: str = typer.Option("", help="dask://HOST:PORT: let a Dask cluster do it."),
    json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Find the attributions in each article of a file."""
    articles, attributions = predict_file(source, out, suggester, processes, engine)
    if json:
        done = {"articles": articles, "attributions": attributions}
        as_json({"done": done, "losses": [], "errors": []})
    else:
        say(f"Found {attributions} attributions in {articles} articles; they are in {out}.")


def evaluate(
    gold: Path = typer.Argument(help="A JSONL file with the right attributions.", metavar="GOLD.jsonl"),
    predicted: Path = typer.Argument(help="A JSONL file with the predicted ones.", metavar="PREDICTED.jsonl"),
    json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Measure predicted attributions against the right ones."""
    found = evaluate_files(gold, predicted)
    if json:
        as_json(_values(found))
    else:
        _tables(found)


def _values(found: Evaluation) -> dict[str, Any]:
    measures = {}
    for name in MEASURES:
        score = found.score(name)
        measures[name] = {
            "p": score.precision,
            "r": score.recall,
            "f1": score.f1,
            "gold": score.gold,
            "predicted": score.predicted,
        }
    right, total = found.linking
    values: dict[str, Any] = {"documents": found.documents, "measures": measures}
    values["linking"] = {"accuracy": right / total if total else None, "n": total}
    for name in FIELDS:
        accuracy = found.accuracy(name)
        if accuracy is not None:
            values[name] = {"accuracy": accuracy[0], "n": accuracy[1]}
    values["confusions"] = {
        name: [
            {"gold": gold, "predicted": other, "count": count}
            for gold, other, count in found.confusions(name)
        ]
        for name in ("kind", "via")
        if found.accuracy(name) is not None
    }
    return values


def _tables(found: Evaluation) -> None:
    say(f"{found.documents} articles, {found.gold} attributions, {found.predicted} predicted.")
    rows = []
    for name in MEASURES:
        score = found.score(name)
        shares = [f"{share:.3f}" for share in (score.precision, score.recall, score.f1)]
        rows.append([name, *shares, score.gold, score.predicted])
    table(["measure", "precision", "recall", "F1", "gold", "predicted"], rows)
    right, total = found.linking
    if total:
        say(f"Right source, given the content: {right / total:.3f} of {total}.")
    for name in FIELDS:
        accuracy = found.accuracy(name)
        if accuracy is not None:
            say(f"Right {name}, given the content: {accuracy[0]:.3f} of {accuracy[1]}.")
    confusions = found.confusions("kind")
    if confusions:
        table(["kind in gold", "kind predicted", "times"], [[str(a), str(b), n] for a, b, n in confusions])
