"""Copy a live project aside, check it, bring it back."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from annotator.core.errors import ProjectError


def copy_live(source: Path, target: Path) -> None:
    """Copy an SQLite project that may be in use to a new file, in one piece or not at all.

    Raises:
        ProjectError: when the target exists or cannot be written.
    """
    if target.exists():
        raise ProjectError(f"{target} exists already; choose another name. Nothing was written.")
    handle, half = -1, ""
    try:
        handle, half = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        os.close(handle)
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as live,
            closing(sqlite3.connect(half)) as copy,
        ):
            live.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        Path(half).replace(target)
    except (OSError, sqlite3.Error) as wrong:
        if half:
            Path(half).unlink(missing_ok=True)
        raise ProjectError(f"{target} could not be written: {wrong}. The project is unchanged.") from wrong
