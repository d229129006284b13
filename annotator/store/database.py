"""One engine from a URL: SQLite in WAL on a desk, PostgreSQL for a team; errors put in words."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from annotator.core.errors import ProjectError

APPLICATION_ID = 0x414E4E4F
"""The mark in the head of every project file ("ANNO"), read with PRAGMA application_id."""

BUSY_SECONDS = 10
_URL = re.compile(r"^[a-z][a-z0-9+]*://")


def is_url(place: str) -> bool:
    """Whether a project is named by a database URL and not by a file."""
    return _URL.match(place) is not None


def url_of(place: str) -> URL:
    """The SQLAlchemy URL of a project.

    Raises:
        ProjectError: when the URL is not one.
    """
    if not is_url(place):
        return URL.create("sqlite", database=str(Path(place)))
    try:
        url = make_url(place)
    except ArgumentError as wrong:
        raise ProjectError(f"{place!r} is not a database URL.") from wrong
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise ProjectError(f"A project lives in SQLite or PostgreSQL, not in {url.get_backend_name()!r}.")
    return url


def shown(place: str) -> str:
    """The place of a project without its password."""
    return url_of(place).render_as_string(hide_password=True) if is_url(place) else place


def _dumps(value: Any) -> str:
    return orjson.dumps(value).decode()


def make_engine(place: str) -> Engine:
    """An engine for the project, with SQLite's settings made on every connection.

    Raises:
        ProjectError: when the place is no address, or its driver is missing.
    """
    try:
        engine = create_engine(url_of(place), json_serializer=_dumps, json_deserializer=orjson.loads)
    except ModuleNotFoundError as wrong:
        raise ProjectError(
            f"{shown(place)} needs the package {wrong.name}, which is not installed (`pip install annotator[postgres]`)."
        ) from wrong
    except ArgumentError as wrong:
        raise ProjectError(f"{shown(place)!r} is not the address of a project: {wrong}.") from wrong
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA temp_store = MEMORY")
    cursor.execute("PRAGMA cache_size = -32000")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def worded(place: str) -> Iterator[None]:
    """Turn a database's error into a sentence for the user.

    Raises:
        ProjectError: what went wrong with the project at this place, and that the last deed was not kept.
    """
    try:
        yield
    except DBAPIError as wrong:
        raise ProjectError(_sentence(place, wrong.orig)) from wrong
    except sqlite3.Error as wrong:
        raise ProjectError(_sentence(place, wrong)) from wrong
    except SQLAlchemyError as wrong:
        raise ProjectError(
            f"The project {shown(place)} gave an error: {wrong}. Nothing was changed."
        ) from wrong


def _sentence(place: str, wrong: BaseException | None) -> str:
    raw = str(wrong).lower()
    where = shown(place)
    if "disk is full" in raw:
        return f"The disk is full: the last change to {where} was not saved; everything before it is safe."
    if "disk i/o" in raw:
        return f"{where} could not be written to the disk (is it full?): the last change was not saved; everything before it is safe."
    if "readonly" in raw or "read-only" in raw:
        return f"{where} cannot be written (read-only file or folder). Nothing was changed."
    if "locked" in raw or "busy" in raw:
        return f"{where} is busy in another program; the last change was not saved. Try again in a moment."
    if "not a database" in raw or "malformed" in raw:
        return f"{where} is not an Annotator project, or it is damaged. Nothing was changed."
    if "unable to open" in raw:
        return f"{where} cannot be opened: the folder is missing, or may not be read or written."
    words = " ".join(str(wrong).split()).removesuffix(".")
    if "connection" in raw and ("failed" in raw or "closed" in raw or "lost" in raw):
        return f"{where} cannot be reached: {words}. The last change was not kept."
    return f"The project {where} gave an error: {words}. The last change was not kept."
