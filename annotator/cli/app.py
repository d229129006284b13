"""All commands on one board, and how an error leaves the prompt."""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Callable, Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import typer

from annotator import __version__
from annotator.cli import (
    bundling,
    comparing,
    demo,
    exchange,
    listing,
    projects,
    reviewing,
    searching,
    suggesting,
    training,
)
from annotator.cli.output import DONE, WRONG, note, say
from annotator.core.errors import AnnotatorError
from annotator.workspace.paths import log_file
from annotator.workspace.wishes import WindowWish

UNEXPECTED = 3
LONGEST_LINE = 400

WrongUse: Any = typer.BadParameter.__mro__[2]
"""What Typer raises for words that make no sense: Click's own ClickException, or, of late, a copy of it that has no public name."""


OpenWindow = Callable[[WindowWish], int]


def build(open_window: OpenWindow) -> typer.Typer:
    """The command line; the window is handed in, for this room does not know it."""
    app = typer.Typer(
        name="annotator",
        help="Mark who said what in news text, review it together, train on it.",
        no_args_is_help=False,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )

    @app.callback(invoke_without_command=True)
    def main(
        context: typer.Context,
        version: bool = typer.Option(False, "--version", help="Print the version and quit."),
    ) -> None:
        if version:
            say(f"annotator {__version__}")
            raise typer.Exit
        if context.invoked_subcommand is None:
            raise typer.Exit(open_window(WindowWish()))

    @app.command("open")
    def open_(
        project: str = typer.Argument(help="A project file, or a database URL."),
        story: str = typer.Option("", help="The story to show."),
        annotator: str = typer.Option("", help="In whose hand to work."),
        screenshot: Path | None = typer.Option(None, help="Draw the window, save it as PNG, quit."),
        size: str = typer.Option("", help="The window's size for a screenshot, e.g. 1280x800."),
        theme: str = typer.Option("", help="light or dark, for this time."),
    ) -> None:
        """Open the window on a project."""
        wish = WindowWish(project, story, annotator, screenshot, _size(size), theme)
        raise typer.Exit(open_window(wish))

    projects.add_to(app)
    listing.add_to(app)
    exchange.add_to(app)
    searching.add_to(app)
    suggesting.add_to(app)
    training.add_to(app)
    reviewing.add_to(app)
    comparing.add_to(app)
    bundling.add_to(app)
    demo.add_to(app, lambda place, story, hand, picture: open_window(WindowWish(place, story, hand, picture)))
    return app


def _size(words: str) -> tuple[int, int] | None:
    if not words:
        return None
    parts = words.lower().split("x")
    if len(parts) != 2 or not all(part.isdigit() and 200 <= int(part) <= 8000 for part in parts):
        raise AnnotatorError(f"A size is written like 1280x800, not {words!r}.")
    return int(parts[0]), int(parts[1])


def run(words: Sequence[str], open_window: OpenWindow) -> int:
    """Do as the words bid; returns the exit code. Expected errors are one sentence on stderr."""
    command = typer.main.get_command(build(open_window))
    _speak_utf8()
    try:
        with command.make_context("annotator", list(words)) as context:
            command.invoke(context)
            sys.stdout.flush()
    except typer.Exit as end:
        return end.exit_code
    except AnnotatorError as wrong:
        note(f"annotator: {wrong}")
        return WRONG
    except WrongUse as wrong:
        note(f"annotator: {_in_one_line(wrong.format_message())} (see `annotator --help`)")
        return WRONG
    except (typer.Abort, KeyboardInterrupt):
        note("annotator: stopped; nothing was changed.")
        return WRONG
    except BrokenPipeError:
        # whoever read us has gone; without this, Python would complain of it once more at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as wrong:
        note(
            f"annotator: {_in_one_line(str(wrong.filename or 'A file'))} cannot be used: {wrong.strerror or wrong}."
        )
        return WRONG
    except Exception as wrong:
        where = _write_down(wrong)
        note(
            f"annotator: something went wrong that should not have ({type(wrong).__name__}: {_in_one_line(str(wrong))}). {where}"
        )
        return UNEXPECTED
    return DONE


def _in_one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] + "…"


def _speak_utf8() -> None:
    """Print what we promise, UTF-8, wherever the words go; a terminal's own choice stands."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _write_down(wrong: Exception) -> str:
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    except OSError:
        return "The last deed was not kept; everything before it is safe."
    log = logging.getLogger("annotator")
    log.addHandler(handler)
    log.error("unexpected error at the prompt", exc_info=wrong)
    log.removeHandler(handler)
    handler.close()
    return f"What was saved before is safe; the details are in {path}."
