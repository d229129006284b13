"""A desk whose project is on a server sends and merges bundles as those do whose projects are files."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest

from annotator.workspace.bundling import write_bundle
from annotator.workspace.merging import merge_bundle, project_from_bundle
from annotator.workspace.opening import new_project
from annotator.workspace.workspace import Workspace
from tests.building import article_in, marked
from tests.desks import held
from tests.teamwork import HANDS, Teamwork, fill


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_a_team_with_one_desk_on_a_server_ends_equal(shared_place: str, tmp_path: Path, seed: int):
    with ExitStack() as stack:
        desks = [new_project(shared_place, HANDS[0])]
        stack.callback(desks[0].close)
        fill(desks[0])
        bundle = write_bundle(desks[0], tmp_path / "start.bundle").path
        for name in HANDS[1:4]:
            desk, _ = project_from_bundle(str(tmp_path / f"{name}.annotator"), bundle, name)
            stack.callback(desk.close)
            desks.append(desk)
        team = Teamwork(tmp_path, desks)
        chance = Random(seed)
        for _ in range(60):
            team.act(chance)
        team.all_hear()
        team.look()


def test_a_project_on_a_server_is_born_from_a_bundle_and_back(shared_place: str, tmp_path: Path):
    with ExitStack() as stack:

        def opened(workspace: Workspace) -> Workspace:
            stack.callback(workspace.close)
            return workspace

        maria = opened(new_project(str(tmp_path / "maria.annotator"), "maria"))
        article_in(maria)
        marked(maria, "Nobody asked us", hand="maria")
        bundle = write_bundle(maria, tmp_path / "maria.bundle").path
        server = opened(project_from_bundle(shared_place, bundle, "olena")[0])
        assert held(server) == held(maria)
        marked(server, "Sources said", hand="olena")
        merge_bundle(maria, write_bundle(server, tmp_path / "server.bundle").path)
        assert held(server) == held(maria)
        assert not merge_bundle(server, bundle).anything
