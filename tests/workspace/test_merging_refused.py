"""Bundles that do not belong here are refused, and leave everything as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.errors import BadInput, ProjectError
from annotator.workspace.bundling import write_bundle
from annotator.workspace.merging import merge_bundle, project_from_bundle
from annotator.workspace.workspace import Workspace
from tests.building import article_in, marked, opened
from tests.desks import Team, held


def test_a_bundle_of_another_project_is_refused_unless_it_is_asked_for(maria: Workspace, tmp_path: Path):
    with opened(tmp_path / "other.annotator", "ana") as other:
        article_in(other, outlet="Harbour Post", article_id="their-ferry")
        marked(other, "Sources said", "their-ferry", hand="ana")
        path = write_bundle(other, tmp_path / "other.bundle").path
    before = held(maria)
    with pytest.raises(BadInput, match=r"of another project \(other\)"):
        merge_bundle(maria, path)
    assert held(maria) == before
    merge_bundle(maria, path, of_another=True)
    assert len(maria.reading.find(Article)) == 1
    assert len(maria.reading.find(Attribution)) == 2
    assert not merge_bundle(maria, path, of_another=True).anything


def test_a_project_is_not_born_over_another_nor_out_of_a_broken_bundle(team: Team, tmp_path: Path):
    bundle = team.bundle("maria")
    with pytest.raises(ProjectError):
        project_from_bundle(str(team.place("olena")), bundle, "ana")
    broken = tmp_path / "broken.bundle"
    broken.write_bytes(bundle.read_bytes()[:-200])
    with pytest.raises(BadInput):
        project_from_bundle(str(tmp_path / "new.annotator"), broken, "ana")
    assert not (tmp_path / "new.annotator").exists()
