"""Files of an export have names that any system can hold, and names say who marked what."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.losses import LossReport
from annotator.core.records import Record
from annotator.formats.annotator_folders import AnnotatorFolders, name_meant, owner_of, safe_name
from tests.building import what


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40))
def test_a_name_can_be_kept_anywhere_and_is_known_again(name: str):
    safe = safe_name(name)
    assert name_meant(safe) == name
    assert not set(safe) & set('<>:"/\\|?*\x00\n')
    assert safe[0] not in ". "
    assert safe[-1] not in ". "
    assert len(safe.encode()) <= 180


@pytest.mark.parametrize("name", ["CON", "nul.txt", "com1", "..", "../../etc/passwd", ".hidden"])
def test_names_that_mean_something_to_a_system_are_written_out(name: str):
    assert safe_name(name).startswith("%")
    assert name_meant(safe_name(name)) == name


def test_two_names_never_meet_and_an_annotator_may_be_called_unmarked(tmp_path: Path):
    folders = AnnotatorFolders(tmp_path, ".tsv")
    losses = LossReport()
    wanted = [
        Record(id="a", annotator="Maria", attributions=()),
        Record(id="A", annotator="Maria", attributions=()),
        Record(id="a", annotator="maria", attributions=()),
        Record(id="a", annotator="unmarked", attributions=()),
        Record(id="a"),
    ]
    places = [folders.place(one, losses).relative_to(tmp_path).as_posix() for one in wanted]
    assert places == ["Maria/a.tsv", "Maria/A-2.tsv", "maria-2/a.tsv", "unmarked-2/a.tsv", "unmarked/a.tsv"]
    assert what(losses) == {
        "id of an article that no file can have as its name, changed in the name": 1,
        "annotator's name that no folder can have, written as 'maria-2'": 1,
        "annotator's name that no folder can have, written as 'unmarked-2'": 1,
    }


@pytest.mark.parametrize(
    ("path", "article", "annotator"),
    [
        ("out/maria/ferry.tsv", "ferry", "maria"),
        ("out/Olena K%2E/a%2Fb.xmi", "a/b", "Olena K."),
        ("out/unmarked/ferry.json", "ferry", None),
        ("project/annotation/ferry.txt/maria.tsv", "ferry", "maria"),
        ("project/annotation/my.ferry.html/maria.zip", "my.ferry", "maria"),
    ],
)
def test_a_files_place_says_whose_marks_it_holds(path: str, article: str, annotator: str | None):
    owner = owner_of(Path(path))
    assert (owner.article, owner.annotator) == (article, annotator)
