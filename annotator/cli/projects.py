"""Commands on whole projects: new, check, history, backup, restore, upgrade, settings."""

from __future__ import annotations

from pathlib import Path

import typer

from annotator.cli.output import DONE, FINDINGS, as_json, note, say, table
from annotator.core.articles import Article
from annotator.core.errors import BadInput, NotFound
from annotator.workspace.opening import new_project, open_project, restore_project, upgrade_project
from annotator.workspace.schemes import DEFAULT
from annotator.workspace.settings import TABLE, Settings


def hand() -> str:
    """The name under which deeds at the prompt are logged."""
    return Settings().annotator_name()


def add_to(app: typer.Typer) -> None:
    """Put this file's commands on the board."""
    app.command("new")(new)
    app.command("check")(check)
    app.command("history")(history)
    app.command("backup")(backup)
    app.command("restore")(restore)
    app.command("upgrade")(upgrade)
    app.command("settings")(settings)


def new(
    project: str = typer.Argument(help="The file to make (story.annotator), or a database URL."),
    scheme: str = typer.Option(DEFAULT, help="A label scheme that ships, or a TOML file."),
) -> None:
    """Make a new, empty project."""
    new_project(project, hand(), scheme).close()
    say(f"Made {project} with the label scheme {scheme}.")


def check(
    project: str = typer.Argument(help="A project file, or a database URL."),
    json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Look for damage: in the file, between its parts, in the texts."""
    workspace = open_project(project, hand())
    faults = workspace.check()
    workspace.close()
    if json:
        items = [{"code": one.code, "message": one.message, "can_mend": one.can_mend} for one in faults]
        as_json({"ok": not faults, "faults": items})
    else:
        for fault in faults:
            say(f"{fault.code}: {fault.message}")
        if not faults:
            say("No faults found.")
    raise typer.Exit(FINDINGS if faults else DONE)


def history(
    project: str = typer.Argument(help="A project file, or a database URL."),
    article: str = typer.Option("", help="Only deeds that touched this article (its id)."),
    limit: int = typer.Option(50, min=1, help="How many, the newest first."),
    json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Who did what, when."""
    workspace = open_project(project, hand())
    deeds = workspace.history(article or None, limit)
    known = bool(deeds) or not article or workspace.reading.get(Article, article) is not None
    workspace.close()
    if not known:
        raise NotFound(
            f"There is no article with the id {article!r}; `annotator list … articles` names them."
        )
    if json:
        items = [
            {
                "seq": one.seq,
                "at": one.at,
                "annotator": one.actor,
                "deed": one.label,
                "mode": one.mode,
                "undone": one.undone,
                "target": one.target,
            }
            for one in deeds
        ]
        as_json({"items": items})
        return
    words = {"do": "", "undo": "undo: ", "redo": "redo: "}
    rows = [
        [
            one.seq,
            one.at[:19].replace("T", " "),
            one.actor,
            words[one.mode] + one.label,
            "undone" if one.undone else "",
        ]
        for one in deeds
    ]
    table(["deed", "when (UTC)", "annotator", "what", ""], rows)


def backup(
    project: str = typer.Argument(help="A project file."),
    file: Path = typer.Argument(help="The copy to write."),
) -> None:
    """Copy a project aside, even while it is in use."""
    workspace = open_project(project, hand())
    workspace.backup(file)
    workspace.close()
    say(f"Copied {project} to {file}.")


def restore(
    file: Path = typer.Argument(help="A copy made with backup."),
    project: Path = typer.Argument(help="The project file to make of it."),
) -> None:
    """Make a project out of a copy."""
    restore_project(file, project)
    say(f"Made {project} out of {file}.")


def upgrade(project: str = typer.Argument(help="A project file, or a database URL.")) -> None:
    """Bring a project of an older Annotator up to date; the old state is copied aside."""
    aside = upgrade_project(project)
    say(f"{project} is up to date." + (f" The state before is in {aside}." if aside else ""))


def settings(
    name: str = typer.Argument("", help="A setting's name."),
    value: str | None = typer.Argument(None, help="Its new value."),
    json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Show or change your preferences."""
    mine = Settings()
    if name and value is not None:
        mine.set_from_words(name, value)
        note(f"{name} is now {mine.get(name)!r}.")
        return
    chosen = [one for one in TABLE if (one.name == name if name else not one.internal)]
    if not chosen:
        raise BadInput(f"There is no setting called {name!r}; `annotator settings` lists them.")
    if json:
        as_json({one.name: mine.get(one.name) for one in chosen})
    else:
        table(["setting", "value", "meaning"], [[one.name, mine.get(one.name), one.words] for one in chosen])
