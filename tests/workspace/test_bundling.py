"""What a bundle holds: everything, or one annotator's part with what it rests on."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from annotator.core.annotation_sets import AnnotationSet
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.changes import NOUNS
from annotator.core.comments import Comment
from annotator.core.errors import BadInput, Cancelled, NotFound
from annotator.core.learned import Learned
from annotator.core.sources import Source
from annotator.formats.bundle import read_bundle
from annotator.workspace.bundling import write_bundle
from annotator.workspace.commands.attributions import NameSource, RemoveAttributions
from annotator.workspace.commands.comments import AddComment
from annotator.workspace.workspace import Workspace
from tests.building import FERRY, marked


@pytest.fixture
def busy(desk: Workspace) -> Workspace:
    """A project in which two have worked."""
    mine = marked(desk, "Nobody asked us", hand="maria")
    desk.execute(NameSource((mine.id,), "Ida Brandt"))
    theirs = marked(desk, "Sources said", hand="olena")
    desk.execute(AddComment(mine.id, "olena", "Sure?"))
    desk.execute(AddComment(theirs.id, "maria", "Which? 🤔"))
    gone = marked(desk, "asked us", hand="olena")
    desk.execute(RemoveAttributions((gone.id,)))
    return desk


def test_a_bundle_holds_every_noun_and_the_whole_log(busy: Workspace, tmp_path: Path):
    made = write_bundle(busy, tmp_path / "all.bundle")
    assert (made.articles, made.sets, made.attributions, made.comments) == (1, 2, 2, 2)
    bundle = read_bundle(made.path)
    there = {(type(one), one.id) for one in bundle.nouns}
    stored = {(cls, one.id) for cls in NOUNS.values() if cls is not Learned for one in busy.reading.find(cls)}
    assert there == stored
    assert list(bundle.texts.values()) == [FERRY]
    assert [line.id for line in bundle.log] == [line.id for line in busy.log()]
    assert (bundle.head.project_id, bundle.head.by) == (busy.project_id, "maria")


def test_each_annotation_set_is_a_member_of_its_own(busy: Workspace, tmp_path: Path):
    with zipfile.ZipFile(write_bundle(busy, tmp_path / "all.bundle").path) as archive:
        sets = [name for name in archive.namelist() if name.startswith("sets/")]
        assert len(sets) == 2
        assert all(archive.read(name).startswith(b'{"set":') for name in sets)


def test_one_annotators_bundle_has_her_marks_the_comments_on_them_and_what_all_share(
    busy: Workspace, tmp_path: Path
):
    bundle = read_bundle(write_bundle(busy, tmp_path / "olena.bundle", "olena").path)
    of = {cls: [one for one in bundle.nouns if isinstance(one, cls)] for cls in NOUNS.values()}
    assert [one.content[0].text(FERRY) for one in of[Attribution]] == ["Sources said"]  # type: ignore[union-attr]
    assert [one.text for one in of[Comment]] == ["Which? 🤔"]  # type: ignore[union-attr]
    assert (len(of[AnnotationSet]), len(of[Article]), len(of[Source])) == (1, 1, 1)
    named = {
        (after or before)["id"]
        for line in bundle.log
        for name, before, after in line.changes
        if name == "attribution"
    }
    assert len(named) == 2, "her mark, and the one that she removed"


def test_an_unknown_annotator_is_named(busy: Workspace, tmp_path: Path):
    with pytest.raises(NotFound, match="'ivan'"):
        write_bundle(busy, tmp_path / "ivan.bundle", "ivan")
    assert list(tmp_path.glob("*.bundle")) == []


def test_a_folder_that_cannot_be_written_is_a_sentence(busy: Workspace, tmp_path: Path):
    with pytest.raises(BadInput, match="cannot be written"):
        write_bundle(busy, tmp_path / "nowhere" / "x.bundle")


def test_a_bundle_that_is_stopped_leaves_nothing(busy: Workspace, tmp_path: Path):
    with pytest.raises(Cancelled):
        write_bundle(busy, tmp_path / "x.bundle", progress=lambda _done, _total: False)
    assert [path.name for path in tmp_path.iterdir() if "bundle" in path.name] == []
