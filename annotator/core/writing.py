"""Write a file or a folder in one piece or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from annotator.core.errors import BadInput


@contextmanager
def new_file(out: Path) -> Iterator[IO[bytes]]:
    """A file that takes its name only when all is written; an existing one is replaced then, and not before.

    Raises:
        BadInput: when the file cannot be written.
    """
    half = ""
    try:
        handle, half = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(half).chmod(0o666 & ~_umask())
        Path(half).replace(out)
    except OSError as wrong:
        raise BadInput(f"{out} cannot be written: {wrong.strerror or wrong}. Nothing was written.") from wrong
    finally:
        if half:
            Path(half).unlink(missing_ok=True)


@contextmanager
def new_folder(out: Path) -> Iterator[Path]:
    """A folder that takes its name only when all is written into it; an empty one of that name is replaced.

    Raises:
        BadInput: when something that is not an empty folder stands there, or it cannot be written.
    """
    half: Path | None = None
    try:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise BadInput(f"{out} exists and is not an empty folder; choose another. Nothing was written.")
        half = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}."))
        yield half
        half.chmod(0o777 & ~_umask())
        half.replace(out)
    except OSError as wrong:
        raise BadInput(f"{out} cannot be written: {wrong.strerror or wrong}. Nothing was written.") from wrong
    finally:
        if half is not None:
            shutil.rmtree(half, ignore_errors=True)


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current
