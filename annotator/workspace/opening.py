"""Open, make, bring up to date and restore projects: the one place that wakes the store."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from annotator.core.errors import OlderProject
from annotator.core.scheme import scheme_from_plain
from annotator.store import project as store
from annotator.store.backup import copy_live
from annotator.store.database import is_url
from annotator.workspace.commands.base import Work
from annotator.workspace.schemes import DEFAULT, KeepScheme, read_plain, scheme_of
from annotator.workspace.workspace import Workspace

SUFFIX = store.SUFFIX
"""How the name of a project file ends."""


def open_project(place: str, annotator: str) -> Workspace:
    """The project at a path or database URL, in the hand of this annotator.

    Raises:
        ProjectError: when it cannot be opened; nothing was changed.
    """
    opened = store.open_existing(place)
    return Workspace(opened, scheme_of(opened), annotator)


def open_upgraded(place: str, annotator: str) -> tuple[Workspace, Path | None]:
    """The project at a path or database URL; a file of an older Annotator is copied aside and brought up to date.

    A project on a server is not: colleagues who use it must know first. Returns where the copy was put, too.

    Raises:
        ProjectError: when it cannot be opened or upgraded; nothing was changed.
    """
    try:
        return open_project(place, annotator), None
    except OlderProject:
        if is_url(place):
            raise
        aside = upgrade_project(place)
        return open_project(place, annotator), aside


def new_project(place: str, annotator: str, scheme: str = DEFAULT) -> Workspace:
    """A new, empty project with a label scheme (a shipped one's name or a TOML file).

    Raises:
        ProjectError: when something stands there already or cannot be written.
        NotFound, BadInput: when the scheme cannot be read; nothing was made then.
    """
    plain = read_plain(scheme)
    laws = scheme_from_plain(plain, scheme)
    made = store.create(place)
    command = KeepScheme(plain)
    try:
        with made.unit(annotator, command.label, undoable=False) as unit:
            command.act(Work(unit, laws))
    except BaseException:
        made.close()
        store.take_away(place)
        raise
    return Workspace(made, laws, annotator)


def may_be_there(place: str) -> bool:
    """Whether there is something to open at a place: a file, or a server that only answers when it is asked."""
    return is_url(place) or Path(place).exists()


def born_project(place: str, annotator: str, project_id: str) -> Workspace:
    """A new, empty copy of a colleague's project, which her bundle is to fill; its label scheme comes from there too.

    Raises:
        ProjectError: when something stands there already or cannot be written.
    """
    made = store.create(place, project_id)
    return Workspace(made, scheme_of(made), annotator)


def unmade(workspace: Workspace) -> None:
    """Close a project that was made and could not be filled, and take its file away."""
    workspace.close()
    store.take_away(workspace.place)


def upgrade_project(place: str) -> Path | None:
    """Bring an older project up to date; returns where the copy of the old state was put, if one was needed.

    Raises:
        ProjectError: when there is no project, or it cannot be opened or copied; nothing was changed then.
    """
    if not store.is_older(place):
        return None
    aside: Path | None = None
    if not is_url(place):
        path = Path(place)
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        aside = path.with_name(f"{path.stem}-before-upgrade-{stamp}{path.suffix}")
        copy_live(path, aside)
    store.open_existing(place, upgrading=True).close()
    return aside


def restore_project(backup: Path, place: Path) -> None:
    """Make a project out of a backup.

    Raises:
        ProjectError: when the backup is no project, or something stands at the place already.
    """
    store.is_older(str(backup))
    copy_live(backup, place)
