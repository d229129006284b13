"""A store of its own for each test."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from annotator.store import project
from annotator.store.project import SqlStore


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the test's project stands."""
    return tmp_path / "ferry.annotator"


@pytest.fixture
def store(place: Path) -> Iterator[SqlStore]:
    """A new, empty store."""
    opened = project.create(str(place))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a server of our own, on a socket in a folder of its own."""
    pytest.importorskip("psycopg")
    found = [shutil.which(name) for name in ("initdb", "pg_ctl")]
    if not all(found):
        pytest.skip("needs PostgreSQL's initdb and pg_ctl on the path")
    initdb, control = (str(one) for one in found)
    user = None
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as the superuser.
        user = "postgres"
        if subprocess.run(["id", user], capture_output=True, check=False).returncode:
            pytest.skip("needs a user called postgres, for the superuser may not run a server")
    folder = Path(tempfile.mkdtemp(prefix="annotator-pg-"))
    try:
        if user is not None:
            shutil.chown(folder, user)
        run = {
            "user": user,
            "cwd": folder,
            "stdout": subprocess.DEVNULL,
            "stderr": subprocess.DEVNULL,
        }
        data = str(folder / "data")
        subprocess.run(
            [initdb, "-D", data, "-U", "annotator", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust"],
            check=True,
            **run,
        )
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        subprocess.run(
            [control, "-D", data, "-w", "-o", options, "-l", str(folder / "log"), "start"], check=True, **run
        )
        try:
            yield f"postgresql+psycopg://annotator@/postgres?host={folder}"
        finally:
            subprocess.run([control, "-D", data, "-m", "immediate", "stop"], check=True, **run)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def shared_place(server: str) -> str:
    """The URL of an empty database of the test's own, on the server."""
    name = f"t{uuid.uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server.replace("/postgres?", f"/{name}?")
