"""A workspace of its own for each test, with the ferry article in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.workspace.workspace import Workspace
from tests.building import article_in, marked, opened
from tests.desks import Team


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


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """Maria, who has the ferry article and a mark in it, and Olena, to whom she sent it."""
    team = Team(tmp_path)
    maria = team.first("maria")
    article_in(maria, outlet="Harbour Post")
    marked(maria, "Nobody asked us", hand="maria")
    team.born("olena", of="maria")
    yield team
    team.close()


@pytest.fixture
def maria(team: Team) -> Workspace:
    return team.desks["maria"]


@pytest.fixture
def olena(team: Team) -> Workspace:
    return team.desks["olena"]
