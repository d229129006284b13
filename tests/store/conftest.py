"""A store of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

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
