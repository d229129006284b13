"""A workspace of its own for each test, with the ferry article in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.workspace.workspace import Workspace
from tests.building import article_in, opened


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Workspace]:
    """A new, empty project."""
    with opened(tmp_path / "ferry.annotator") as workspace:
        yield workspace


@pytest.fixture
def desk(bare: Workspace) -> Workspace:
    """A project with the ferry article."""
    article_in(bare, outlet="Harbour Post")
    return bare
