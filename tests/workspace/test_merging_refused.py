"""Bundles that do not belong here, or do not hold together, are refused, and leave everything as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.core.annotation_sets import AnnotationSet
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.changes import Noun
from annotator.core.errors import BadInput, Cancelled, ProjectError
from annotator.core.sources import Source
from annotator.core.spans import Span
from annotator.core.stories import Story
from annotator.formats.bundle import new_bundle, read_bundle
from annotator.workspace.bundling import write_bundle
from annotator.workspace.commands.attributions import ChangeFields, NameSource
from annotator.workspace.merging import merge_bundle, project_from_bundle
from annotator.workspace.workspace import Workspace
from tests.building import article_in, marked, opened, state_of
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


def altered(bundle: Path, change: Callable[[Noun], Noun | None]) -> Path:
    """The bundle with its things changed or left out, its hashes in order, as a bad program might write it."""
    read = read_bundle(bundle)
    out = bundle.with_name("altered.bundle")
    with new_bundle(out, read.head) as writer:
        writer.nouns("all.jsonl", [now for one in read.nouns if (now := change(one)) is not None], read.texts)
        writer.log(read.log)
    return out


def without(cls: type[Noun]) -> Callable[[Noun], Noun | None]:
    return lambda one: None if isinstance(one, cls) else one


def with_values(cls: type[Noun], **values: Any) -> Callable[[Noun], Noun]:
    return lambda one: replace(one, **values) if isinstance(one, cls) else one


@pytest.fixture
def bundle(desk: Workspace, tmp_path: Path) -> Path:
    """A bundle of a project with a mark and its source."""
    mark = marked(desk, "Nobody asked us", hand="maria")
    desk.execute(NameSource((mark.id,), "Ida Brandt"))
    return write_bundle(desk, tmp_path / "sound.bundle").path


KNOWN_HERE = (without(Story), "is not whole: the article")
BROKEN = [
    (without(Source), "is not whole: the attribution"),
    KNOWN_HERE,
    (without(AnnotationSet), "is not whole: the attribution"),
    (with_values(Attribution, content=(Span(0, 900),)), "leaves its article's text"),
    (with_values(Attribution, parent="nobody"), "points to the attribution nobody"),
    (with_values(Attribution, claims=("nothing",)), "points to the claim nothing"),
]


@pytest.mark.parametrize(("change", "words"), BROKEN)
def test_a_project_is_not_born_from_what_does_not_hold_together(
    bundle: Path, tmp_path: Path, change: Callable[[Noun], Noun | None], words: str
):
    with pytest.raises(BadInput, match=words) as caught:
        project_from_bundle(str(tmp_path / "new.annotator"), altered(bundle, change), "ana")
    assert "\n" not in str(caught.value)
    assert list(tmp_path.glob("new.annotator*")) == []


@pytest.mark.parametrize(("change", "words"), [one for one in BROKEN if one is not KNOWN_HERE])
def test_a_project_is_not_changed_by_what_does_not_hold_together(
    desk: Workspace, bundle: Path, tmp_path: Path, change: Callable[[Noun], Noun | None], words: str
):
    other, _ = project_from_bundle(str(tmp_path / "other.annotator"), bundle, "ana")
    try:
        article = other.articles()[0]
        new = marked(other, "Sources said", article.id, hand="ana")
        other.execute(NameSource((new.id,), "The crew"))
        late = write_bundle(other, tmp_path / "late.bundle").path
    finally:
        other.close()
    before, line = state_of(desk), desk.last_seq()
    with pytest.raises(BadInput, match=words):
        merge_bundle(desk, altered(late, change))
    assert (state_of(desk), desk.last_seq()) == (before, line)
    assert merge_bundle(desk, late).anything


def test_a_merge_that_is_stopped_keeps_nothing(desk: Workspace, tmp_path: Path):
    other, _ = project_from_bundle(
        str(tmp_path / "other.annotator"), write_bundle(desk, tmp_path / "a.bundle").path, "ana"
    )
    try:
        marked(other, "Sources said", hand="ana")
        late = write_bundle(other, tmp_path / "late.bundle").path
    finally:
        other.close()
    before = state_of(desk)
    for step in range(1, 4):
        with pytest.raises(Cancelled):
            merge_bundle(desk, late, progress=lambda done, _total, step=step: done < step)
        assert state_of(desk) == before


def test_a_merge_waits_for_no_one_who_changes_the_project_meanwhile(desk: Workspace, tmp_path: Path):
    mark = marked(desk, "Nobody asked us", hand="maria")
    other, _ = project_from_bundle(
        str(tmp_path / "other.annotator"), write_bundle(desk, tmp_path / "a.bundle").path, "ana"
    )
    try:
        other.execute(ChangeFields((mark.id,), {"kind": "institution"}))
        late = write_bundle(other, tmp_path / "late.bundle").path
    finally:
        other.close()
    done: list[int] = []

    def meddling(step: int, _total: int) -> bool:
        if step == 3 and not done:
            done.append(desk.execute(ChangeFields((mark.id,), {"note": "meanwhile"})).seq)
        return True

    merged = merge_bundle(desk, late, progress=meddling)
    assert len(merged.listed) == 1, "what was done meanwhile was not written over"
    assert desk.reading.get(Article, "ferry") is not None
