"""A label scheme is read from TOML, and what is wrong with it is said in one sentence."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given

from annotator.core.errors import AnnotatorError, BadInput
from annotator.core.scheme import scheme_from_plain, scheme_to_plain
from annotator.workspace.schemes import DEFAULT, read_plain, shipped_names, written
from tests.building import nasty_text

GOOD = """
name = "short"
[[kinds]]
id = "said"
name = "Said"
key = "1"
[[roles]]
id = "content"
name = "Content"
key = "X"
[[features]]
id = "mood"
values = ["calm"]
"""


def test_a_scheme_is_read_with_defaults_for_what_it_leaves_out():
    scheme = scheme_from_plain(tomllib.loads(GOOD), "short.toml")
    kind = scheme.kind("said")
    role = scheme.role("content")
    feature = scheme.feature("mood")
    assert (scheme.title, scheme.guideline_version) == ("short", "1")
    assert kind is not None
    assert (kind.glyph, kind.required_roles) == ("circle", ("content",))
    assert role is not None
    assert role.key == "X"
    assert feature is not None
    assert feature.values == ("calm",)
    assert scheme.kind(None) is scheme.role("cue") is scheme.feature("none") is None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('name = "short"', "", "lacks 'name'"),
        ("[[kinds]]", "[[sorts]]", "lacks 'kinds'"),
        ("[[roles]]", "[[parts]]", "lacks 'roles'"),
        ('id = "said"', "", "lacks 'id'"),
        ('name = "Content"', "", "lacks 'name'"),
        ('id = "said"', 'id = "Said It"', "ids are small letters"),
        ('key = "X"', 'key = "1"', "'1' to two labels"),
        ('key = "1"', 'colour = "red"', "write #rrggbb"),
        ('key = "1"', 'glyph = "heart"', "glyph 'heart'"),
        ('key = "1"', "hidden = true", "hides all its kinds"),
        ('key = "1"', 'required_roles = ["cue"]', "wants the role 'cue'"),
        ('key = "1"', 'key = "x"', "two labels: Said and Content"),
        ('key = "1"', 'examples = "one"', "wrong shape"),
        ('key = "1"', "dash = 3", "wrong shape"),
        ('key = "1"', 'dash = ["wide"]', "wrong shape"),
        ("[[roles]]", '[[kinds]]\nid = "said"\nname = "Again"\n[[roles]]', "'said' twice"),
        ("[[kinds]]", 'kinds = "all"\n[kind]', "wrong shape"),
    ],
)
def test_a_scheme_with_a_fault_is_refused_with_a_sentence_that_names_it(old: str, new: str, says: str):
    with pytest.raises(BadInput, match=says) as caught:
        scheme_from_plain(tomllib.loads(GOOD.replace(old, new, 1)), "short.toml")
    assert "short.toml" in str(caught.value)


def test_a_scheme_without_a_single_kind_is_refused():
    with pytest.raises(BadInput, match="at least one kind"):
        scheme_from_plain({"name": "bare", "kinds": [], "roles": []}, "bare.toml")


def test_the_scheme_that_ships_has_the_six_kinds_and_their_keys():
    scheme = scheme_from_plain(read_plain(DEFAULT), DEFAULT)
    assert {kind.key: kind.id for kind in scheme.kinds} == {
        "1": "named_official",
        "2": "anonymous_source",
        "3": "outlet_citing_outlet",
        "4": "institution",
        "5": "other",
        "0": "unattributed",
    }
    assert [role.id for role in scheme.roles] == ["source", "cue", "content", "via", "recipient"]


@pytest.mark.parametrize("name", shipped_names())
def test_every_scheme_that_ships_can_be_read(name: str):
    assert scheme_from_plain(read_plain(name), name).name == name


@pytest.mark.parametrize("name", shipped_names())
def test_every_scheme_that_ships_explains_itself_with_guidelines_and_examples(name: str):
    scheme = scheme_from_plain(read_plain(name), name)
    assert len(scheme.guidelines) > 300
    assert all(kind.description and kind.examples for kind in scheme.kinds)
    assert {"source", "cue", "content"} <= {role.id for role in scheme.roles}


@pytest.mark.parametrize("name", shipped_names())
def test_a_scheme_that_is_written_to_a_file_is_read_back_the_same(name: str, tmp_path: Path):
    plain = read_plain(name)
    scheme = scheme_from_plain(plain, name)
    path = tmp_path / "again.toml"
    path.write_text(written(scheme_to_plain(scheme)), encoding="utf-8")
    assert scheme_from_plain(read_plain(str(path)), name) == scheme


def test_a_hidden_kind_gives_its_key_free():
    again = GOOD.replace(
        "[[roles]]", '[[kinds]]\nid = "old"\nname = "Old"\nkey = "1"\nhidden = true\n[[roles]]'
    )
    assert [kind.hidden for kind in scheme_from_plain(tomllib.loads(again), "short").kinds] == [False, True]


@given(words=nasty_text)
def test_any_text_in_a_scheme_survives_the_file(words: str):
    plain = {**tomllib.loads(GOOD), "guidelines": words}
    assert tomllib.loads(written(plain)).get("guidelines", "") == words


@pytest.mark.parametrize("content", [b"name = ", b"\xff\xfe\x00", b""])
def test_a_file_that_is_no_scheme_is_refused_in_a_sentence(tmp_path: Path, content: bytes):
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=r"mine\.toml"):
        read_plain(str(path))


def test_a_scheme_that_is_not_there_is_answered_with_those_that_are():
    with pytest.raises(AnnotatorError, match=DEFAULT):
        read_plain("no-such-scheme")
