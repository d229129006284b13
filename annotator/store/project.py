"""A project's memory, open: reads, units of work, the log, backup."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, insert, select

from annotator.core.changes import Change, ChangeSet, Noun
from annotator.core.errors import OlderProject, ProjectError
from annotator.core.ids import new_id
from annotator.core.searching import Hit, Term
from annotator.core.storing import ArticleCount, Deed, Fault, LogLine, TextBatch, UnitHandle
from annotator.store import backup, changelog, migrate, queries, repositories
from annotator.store import search as full_text
from annotator.store.database import is_url, make_engine, shown, worded
from annotator.store.tables import project
from annotator.store.unit_of_work import unit_of_work

N = TypeVar("N", bound=Noun)
SUFFIX = ".annotator"
_SQLITE_HEAD = b"SQLite format 3\x00"


class SqlStore:
    """An open project; `Store` in core/ports.py says what it promises."""

    def __init__(self, place: str, engine: Engine, project_id: str) -> None:
        self.place = place
        self.name = shown(place) if is_url(place) else Path(place).stem
        self.project_id = project_id
        self._engine = engine

    def get(self, cls: type[N], noun_id: str) -> N | None:
        with worded(self.place), self._engine.connect() as connection:
            return repositories.get(connection, cls, noun_id)

    def find(self, cls: type[N], **where: Any) -> list[N]:
        with worded(self.place), self._engine.connect() as connection:
            return repositories.find(connection, cls, where)

    def text(self, sha256: str) -> str:
        with worded(self.place), self._engine.connect() as connection:
            return repositories.text(connection, sha256)

    def texts(self, hashes: Collection[str]) -> dict[str, str]:
        with worded(self.place), self._engine.connect() as connection:
            return repositories.several_texts(connection, hashes)

    def unit(
        self, actor: str, label: str, mode: str = "do", target: int | None = None, *, undoable: bool = True
    ) -> AbstractContextManager[UnitHandle]:
        desk = self._desk(actor) if undoable else ""
        return unit_of_work(self._engine, self.place, desk, actor, label, mode, target)

    def _desk(self, actor: str) -> str:
        return actor if is_url(self.place) else "file"

    def counts(self, story_id: str | None = None) -> list[ArticleCount]:
        with worded(self.place), self._engine.connect() as connection:
            return queries.counts(connection, story_id)

    def superseded(self) -> set[str]:
        with worded(self.place), self._engine.connect() as connection:
            return queries.superseded(connection)

    def search(
        self,
        words: str,
        story_id: str | None = None,
        limit: int | None = None,
        offset: int = 0,
        without: Collection[str] = (),
    ) -> list[Hit]:
        return full_text.search(self._engine, self.place, words, story_id, limit, offset, without)

    def texts_with(
        self, terms: Sequence[Term] = (), story_id: str | None = None, without: Collection[str] = ()
    ) -> Iterator[TextBatch]:
        return full_text.texts_with(self._engine, self.place, terms, story_id, without)

    def next_undo(self, actor: str = "") -> Deed | None:
        with worded(self.place), self._engine.connect() as connection:
            return changelog.next_undo(connection, self._desk(actor))

    def next_redo(self, actor: str = "") -> Deed | None:
        with worded(self.place), self._engine.connect() as connection:
            return changelog.next_redo(connection, self._desk(actor))

    def changes_of(self, seq: int) -> tuple[Change, ...]:
        with worded(self.place), self._engine.connect() as connection:
            return changelog.changes_of(connection, seq)

    def history(self, article_id: str | None = None, limit: int | None = None) -> list[Deed]:
        with worded(self.place), self._engine.connect() as connection:
            return changelog.history(connection, article_id, limit)

    def deeds_after(self, seq: int) -> list[ChangeSet]:
        with worded(self.place), self._engine.connect() as connection:
            return changelog.deeds_after(connection, seq)

    def log(self) -> Iterator[LogLine]:
        with worded(self.place), self._engine.connect() as connection:
            yield from changelog.lines(connection)

    def last_seq(self) -> int:
        with worded(self.place), self._engine.connect() as connection:
            return changelog.last_seq(connection)

    def check(self) -> list[Fault]:
        with worded(self.place), self._engine.connect() as connection:
            return queries.faults(connection)

    def backup(self, target: Path) -> None:
        if is_url(self.place):
            raise ProjectError("A project on a server is backed up there (pg_dump), not from here.")
        backup.copy_live(Path(self.place), target)

    def rest(self) -> None:
        if self._engine.dialect.name == "sqlite":
            with worded(self.place), self._engine.connect() as connection:
                raw = connection.connection.dbapi_connection
                if raw is not None:
                    raw.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        self._engine.dispose()


def create(place: str, project_id: str = "") -> SqlStore:
    """A new, empty project; one that is born from a colleague's bundle takes on the id of hers.

    Raises:
        ProjectError: when something is there already, or it cannot be written.
    """
    if not is_url(place):
        path = Path(place)
        backup.require_room(path)
        if not path.parent.is_dir():
            raise ProjectError(f"The folder {path.parent} does not exist. Nothing was changed.")
        if not os.access(path.parent, os.W_OK):
            raise ProjectError(f"The folder {path.parent} cannot be written. Nothing was changed.")
    engine = make_engine(place)
    try:
        with worded(place):
            _make_tables(engine, place, project_id or new_id())
    except BaseException:
        engine.dispose()
        take_away(place)
        raise
    return open_existing(place)


def take_away(place: str) -> None:
    """Delete the file of a project that could not be made to the end; on a server nothing was kept anyway."""
    if not is_url(place):
        for suffix in ("", *backup.COMPANIONS):
            Path(place + suffix).unlink(missing_ok=True)


def _write_ahead(engine: Engine) -> None:
    """Let readers and a writer go on side by side; stays in the file, but a restored copy has it not."""
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        if raw is not None:
            raw.cursor().execute("PRAGMA journal_mode = WAL")


def _make_tables(engine: Engine, place: str, project_id: str) -> None:
    if engine.dialect.name == "sqlite":
        _write_ahead(engine)
    with engine.connect() as connection:
        if migrate.revision_of(connection) is not None:
            raise ProjectError(f"{shown(place)} holds an Annotator project already. Nothing was changed.")
    migrate.upgrade(engine)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        rows = [{"key": "format", "value": migrate.FORMAT}, {"key": "project_id", "value": project_id}]
        connection.execute(insert(project), rows)
    engine.dispose()


def is_older(place: str) -> bool:
    """Whether the project at this place was made by an older Annotator.

    Raises:
        ProjectError: when there is none, it is not ours, or from a newer Annotator.
    """
    if not is_url(place):
        _look_at_file(Path(place))
    engine = make_engine(place)
    try:
        with worded(place), engine.connect() as connection:
            return migrate.require_known(connection, place) != migrate.HEAD
    finally:
        engine.dispose()


def open_existing(place: str, *, upgrading: bool = False) -> SqlStore:
    """The project at this place.

    Raises:
        ProjectError: when there is none, it is not ours, from a newer Annotator, or needs an upgrade first.
    """
    if not is_url(place):
        _look_at_file(Path(place))
    engine = make_engine(place)
    try:
        with worded(place):
            with engine.connect() as connection:
                revision = migrate.require_known(connection, place)
                found = connection.execute(
                    select(project.c.value).where(project.c.key == "project_id")
                ).scalar_one()
            if revision != migrate.HEAD:
                if not upgrading:
                    raise OlderProject(
                        f"{shown(place)} was made by an older Annotator; run `annotator upgrade {shown(place)}` first."
                    )
                migrate.upgrade(engine)
        if not is_url(place) and os.access(place, os.W_OK):
            with suppress(sqlite3.OperationalError):
                _write_ahead(engine)
    except BaseException:
        engine.dispose()
        raise
    return SqlStore(place, engine, found)


def _look_at_file(path: Path) -> None:
    if path.is_dir():
        raise ProjectError(f"{path} is a folder, not a project file.")
    if not path.exists():
        raise ProjectError(f"There is no project at {path}.")
    try:
        with path.open("rb") as file:
            head = file.read(len(_SQLITE_HEAD))
    except OSError as wrong:
        raise ProjectError(f"{path} cannot be read: {wrong.strerror}.") from wrong
    if head != _SQLITE_HEAD:
        raise ProjectError(f"{path} is not an Annotator project. Nothing was changed.")
