"""The command that trains a model on the user's own annotations."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

import typer

from annotator.cli.output import as_json, note, say, table
from annotator.cli.projects import hand
from annotator.core.errors import BadInput
from annotator.workspace.training import TrainingWish, train_model

_SHOWN = (
    "token source",
    "token cue",
    "token content",
    "overlap source",
    "overlap cue",
    "overlap content",
    "triple overlap",
    "who-said-what overlap",
)


def add_to(app: typer.Typer) -> None:
    """Put this file's command on the board."""
    app.command("train")(train)


def train(
    places: list[str] = typer.Argument(
        help="Projects and JSONL files to learn from, and last the folder of the model.",
        metavar="PROJECT_OR_JSONL... MODEL_DIR",
    ),
    dev: Path | None = typer.Option(
        None, help="A JSONL file of articles to measure on; otherwise some of the given ones are kept aside."
    ),
    minutes: float = typer.Option(0.0, min=0.0, help="How long it may take at most; 0: as long as it needs."),
    base: str = typer.Option(
        "", help="A spaCy pipeline that is installed, such as en_core_web_sm, whose tags and parses to use."
    ),
    passes: int = typer.Option(0, min=0, help="How often to go through the articles; 0: by their number."),
    seed: int = typer.Option(0, help="Where chance begins; the same seed gives the same model."),
    json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Train a model on what was marked, measure it against the rules, and keep what is best."""
    if len(places) < 2:
        raise BadInput("Name what to learn from, and then the folder of the model.")
    wish = TrainingWish(dev, minutes, base, passes, seed)
    made = train_model(places[:-1], Path(places[-1]), wish, hand(), _progress())
    card = made.card
    if json:
        as_json(
            {
                "done": {"articles": card.trained_on.articles, "attributions": card.trained_on.attributions},
                "model": str(made.folder),
                "way": card.way,
                "sentence": card.sentence,
                "measures": card.measures,
                "losses": made.losses.as_json(),
                "errors": [],
            }
        )
        return
    for line in made.losses.sentences():
        note(f"not learnt: {line}")
    if card.measures:
        ways = list(card.measures)
        rows = [[name, *(f"{card.measures[way][name]:.3f}" for way in ways)] for name in _SHOWN]
        table([f"F1 {card.measured_on.split(':', 1)[0]}", *ways], rows)
    say(card.sentence)
    say(
        f"Trained on {card.trained_on.articles} articles with {card.trained_on.attributions} attributions"
        f"{', until it was stopped' if card.stopped else ''}; the model is in {made.folder}, its card in README.md there."
    )


def _progress() -> Any:
    """A line on stderr that shows how far it is and the score so far; Ctrl-C ends the training there.

    It is written on a terminal alone, or, a line each time, for a window that follows (ANNOTATOR_PROGRESS=lines).
    """
    shown = sys.stderr.isatty()
    followed = os.environ.get("ANNOTATOR_PROGRESS") == "lines"
    stopped: list[int] = []
    if followed:
        signal.signal(signal.SIGTERM, lambda number, _frame: stopped.append(number))

    def report(done: int, total: int, score: float | None) -> bool:
        if followed:
            best = "" if score is None else f", who said what {score:.3f}"
            typer.echo(f"Training {100 * done // max(1, total)} %{best}", err=True)
        elif shown:
            best = "" if score is None else f", who said what {score:.3f}"
            typer.echo(f"\rTraining {100 * done // max(1, total)} %{best} ", err=True, nl=done >= total)
        return not stopped

    return report
