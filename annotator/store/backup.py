"""Copy a live project aside, check it, bring it back."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from annotator.core.errors import ProjectError

COMPANIONS = ("-wal", "-shm", "-journal")
"""The endings of the files that SQLite keeps beside a project while it is open."""


def require_room(target: Path) -> None:
    """Refuse a place where a project stands, or where the remains of one would be read into a new one.

    Raises:
        ProjectError: says what is in the way.
    """
    if target.exists():
        raise ProjectError(f"{target} exists already; choose another name. Nothing was written.")
    for ending in COMPANIONS:
        rest = target.with_name(target.name + ending)
        if rest.exists():
            raise ProjectError(
                f"{rest} is left over from another project of this name; move it away first. Nothing was written."
            )


def copy_live(source: Path, target: Path) -> None:
    """Copy an SQLite project that may be in use to a new file, in one piece or not at all.

    Raises:
        ProjectError: when the target exists or cannot be written.
    """
    require_room(target)
    half = ""
    # one that may only read cannot tidy up after itself, and would leave files beside the source
    mode = "rw" if os.access(source, os.W_OK) else "ro"
    try:
        handle, half = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        os.close(handle)
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode={mode}", uri=True)) as live,
            closing(sqlite3.connect(half)) as copy,
        ):
            live.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        Path(half).chmod(source.stat().st_mode & 0o666)
        Path(half).replace(target)
    except (OSError, sqlite3.Error) as wrong:
        raise ProjectError(
            f"{target} could not be written: {_why(wrong)}. The project is unchanged."
        ) from wrong
    finally:
        for ending in ("", *COMPANIONS):
            if half:
                Path(half + ending).unlink(missing_ok=True)


def _why(wrong: OSError | sqlite3.Error) -> str:
    return (wrong.strerror if isinstance(wrong, OSError) else None) or str(wrong)
