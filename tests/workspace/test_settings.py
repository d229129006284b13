"""Preferences are kept in one file, and no state of that file stops the program."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from annotator.core.errors import BadInput
from annotator.workspace.settings import TABLE, Settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def test_a_preference_is_its_default_until_it_is_set_and_stays_set(path: Path):
    mine = Settings(path)
    assert mine.get("theme") == "system"
    mine.set("theme", "dark")
    mine.set("font_size", 14)
    assert Settings(path).get("theme") == "dark"
    assert Settings(path).get("font_size") == 14.0


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1, 2]", b"null", b"\xff\xfe{}", b'"words"', b"[" * 100_000]
)
def test_a_broken_file_leaves_the_defaults_and_can_be_written_over(path: Path, content: bytes):
    path.parent.mkdir()
    path.write_bytes(content)
    mine = Settings(path)
    assert [mine.get(one.name) for one in TABLE] == [one.default for one in TABLE]
    mine.set("theme", "light")
    assert Settings(path).get("theme") == "light"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "green"),
        ("theme", 3),
        ("font_size", "big"),
        ("font_size", True),
        ("font_size", 0),
        ("font_size", float("nan")),
        ("font_size", float("inf")),
        ("line_height", -1),
        ("columns", 99),
        ("columns", 2.5),
        ("annotator", 7),
        ("recent_projects", "story"),
        ("window", []),
    ],
)
def test_a_value_that_does_not_fit_is_refused_at_the_door_and_passed_over_in_the_file(
    path: Path, name: str, value: Any
):
    path.parent.mkdir()
    path.write_text(json.dumps({name: value, "keys": {"undo": "U"}}), encoding="utf-8")
    mine = Settings(path)
    default = next(one.default for one in TABLE if one.name == name)
    assert mine.get(name) == default
    assert mine.get("keys") == {"undo": "U"}
    with pytest.raises(BadInput, match=f"{name} should be"):
        mine.set(name, value)
    assert mine.get(name) == default


def test_a_name_that_is_none_is_answered_with_those_that_are(path: Path):
    with pytest.raises(BadInput, match="no setting called 'colour'; known: annotator, theme"):
        Settings(path).get("colour")
    with pytest.raises(BadInput, match="known:"):
        Settings(path).set("colour", "red")


def test_what_a_later_program_wrote_is_kept(path: Path):
    path.parent.mkdir()
    path.write_text('{"mood": "calm"}', encoding="utf-8")
    Settings(path).set("theme", "dark")
    assert json.loads(path.read_text(encoding="utf-8")) == {"mood": "calm", "theme": "dark"}


def test_the_window_and_the_prompt_do_not_overwrite_each_others_choices(path: Path):
    window, prompt = Settings(path), Settings(path)
    prompt.set("annotator", "olena")
    window.set("theme", "dark")
    assert (Settings(path).get("annotator"), Settings(path).get("theme")) == ("olena", "dark")


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [("theme", "dark", "dark"), ("font_size", "13", 13.0), ("columns", "3", 3), ("annotator", "42", "42")],
)
def test_what_is_typed_becomes_a_value(path: Path, name: str, words: str, value: Any):
    Settings(path).set_from_words(name, words)
    assert Settings(path).get(name) == value


@pytest.mark.parametrize(
    ("name", "words"),
    [("font_size", "NaN"), ("font_size", "big"), ("columns", "two"), ("columns", "2.5"), ("window", "[1]")],
)
def test_what_is_typed_and_does_not_fit_is_refused_in_a_sentence(path: Path, name: str, words: str):
    with pytest.raises(BadInput, match=f"{name} should be"):
        Settings(path).set_from_words(name, words)
    assert not path.exists()


def test_the_project_opened_last_comes_first_and_once_and_the_list_stays_short(path: Path):
    mine = Settings(path)
    for at in [*range(12), 3]:
        mine.note_project(f"p{at}")
    assert mine.get("recent_projects") == ["p3", *(f"p{at}" for at in range(11, 1, -1) if at != 3)][:10]


def test_a_file_that_cannot_be_written_stops_nobody(path: Path):
    path.parent.write_text("in the way", encoding="utf-8")
    mine = Settings(path)
    mine.set("theme", "dark")
    mine.set("font_size", 20)
    assert (mine.get("theme"), mine.get("font_size")) == ("dark", 20.0)


def test_marks_are_made_under_the_name_that_was_chosen_or_the_one_on_the_computer(
    path: Path, monkeypatch: pytest.MonkeyPatch
):
    mine = Settings(path)
    monkeypatch.setattr("getpass.getuser", lambda: "ubuntu")
    assert mine.annotator_name() == "ubuntu"
    mine.set("annotator", "Maria")
    assert mine.annotator_name() == "Maria"


@pytest.mark.parametrize("wrong", [OSError, KeyError, ImportError])
def test_there_is_always_a_name(path: Path, monkeypatch: pytest.MonkeyPatch, wrong: type[Exception]):
    def fail() -> str:
        raise wrong

    monkeypatch.setattr("getpass.getuser", fail)
    assert Settings(path).annotator_name() == "annotator"


@pytest.mark.skipif(sys.platform == "win32", reason="other folders there")
def test_settings_and_projects_lie_in_the_users_own_folders(home: Path):
    from annotator.workspace import paths

    for place in (paths.settings_file(), paths.projects_folder(), paths.log_file()):
        assert place.is_relative_to(home)
