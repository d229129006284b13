"""Everything but the mouse, at a prompt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator import __version__
from annotator.core.attributions import Attribution
from annotator.workspace.commands.attributions import NameSource
from annotator.workspace.commands.claims import NameClaims
from annotator.workspace.wishes import WindowWish
from tests.building import FERRY, opened, state_of
from tests.cli.conftest import FakeWindow, Prompt

GOLDEN = Path(__file__).parents[1] / "golden"


def contents(place: Path) -> object:
    with opened(place) as workspace:
        return state_of(workspace)


def test_new_makes_a_project_and_never_over_another(prompt: Prompt, tmp_path: Path):
    place = tmp_path / "new.annotator"
    assert prompt("new", place).code == 0
    before = place.read_bytes()
    again = prompt("new", place)
    assert (again.code, "exists already" in again.err, again.out) == (2, True, "")
    assert place.read_bytes() == before


def test_new_takes_a_scheme_of_ones_own(prompt: Prompt, tmp_path: Path):
    scheme = tmp_path / "mine.toml"
    scheme.write_text(
        'name = "mine"\n[[kinds]]\nid = "told"\nname = "Told"\n[[roles]]\nid = "content"\nname = "Content"\n',
        encoding="utf-8",
    )
    assert prompt("new", tmp_path / "a.annotator", "--scheme", scheme).code == 0
    assert prompt("new", tmp_path / "b.annotator", "--scheme", "nothing").code == 2
    scheme.write_text("name = 3 [", encoding="utf-8")
    assert prompt("new", tmp_path / "c.annotator", "--scheme", scheme).code == 2
    assert {path.name for path in tmp_path.iterdir()} == {"mine.toml", "a.annotator"}


def test_articles_and_marks_come_in_and_the_answer_says_how_many(prompt: Prompt, tmp_path: Path):
    place = tmp_path / "new.annotator"
    prompt("new", place)
    said = prompt("import", place, GOLDEN / "ferry.txt", GOLDEN / "ferry.jsonl", "--story", "Boats")
    assert (said.code, said.err) == (0, "")
    assert said.out == "2 articles imported, 3 attributions added.\n"
    again = prompt("import", place, GOLDEN / "ferry.jsonl", "--json").json
    assert again == {
        "done": {
            "articles": 0,
            "joined": 1,
            "attributions": 0,
            "already_here": 3,
            "versions": 0,
            "carried": 0,
        },
        "without_place": [],
        "losses": [],
        "errors": [],
        "notes": [],
    }
    other = prompt("import", place, GOLDEN / "ferry.jsonl", "--annotator", "ana", "--json")
    assert other.code == 1
    assert other.json["done"]["attributions"] == 3
    assert other.json["losses"][0]["count"] == 3
    assert set(other.json["losses"][0]["first"][0]) == {"article", "start", "end"}
    assert "not carried: 3 ×" in other.err


def test_one_bad_file_among_good_ones_is_exit_code_one_and_named(
    prompt: Prompt, project: Path, tmp_path: Path
):
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    said = prompt("import", project, GOLDEN / "ferry.txt", bad, "--json")
    assert said.code == 1
    assert said.json["errors"] == [
        {"path": str(bad), "message": f"{bad} is empty; there is nothing to import."}
    ]
    assert str(bad) in said.err


def test_what_was_assumed_about_a_file_is_said_and_listed(prompt: Prompt, project: Path, tmp_path: Path):
    for name, encoding in (("wide.txt", "utf-16"), ("west.txt", "latin-1")):
        (tmp_path / name).write_bytes("Café Zoë, the naïve ferry, stops.".encode(encoding))
    said = prompt("import", project, tmp_path / "wide.txt", tmp_path / "west.txt")
    assert said.code == 0
    assert "read as UTF-16" in said.out
    assert "read as Windows-1252 (Latin-1)" in said.out
    listed = {
        one["id"]: one["assumed"] for one in prompt("list", project, "articles", "--json").json["items"]
    }
    assert "UTF-16" in listed["wide.txt"]


@pytest.mark.parametrize(
    ("what", "keys"),
    [
        ("stories", {"id", "name"}),
        ("annotators", {"id", "name"}),
        ("sources", {"id", "name"}),
        ("claims", {"id", "name"}),
        ("articles", {"id", "story", "outlet", "title", "published", "language", "characters", "sets"}),
        (
            "attributions",
            {"id", "kind", "type", "source", "cue", "content", "source_name", "article", "annotator"},
        ),
    ],
)
def test_a_list_is_a_table_or_json_with_promised_keys(
    prompt: Prompt, project: Path, what: str, keys: set[str]
):
    with opened(project) as workspace:
        mark = workspace.reading.find(Attribution)[0]
        workspace.execute(NameSource((mark.id,), "Ida Brandt"))
        workspace.execute(NameClaims(mark.id, ("nobody-asked",)))
    said = prompt("list", project, what, "--json")
    assert said.code == 0
    assert said.json["items"]
    assert all(keys <= set(item) for item in said.json["items"])
    assert prompt("list", project, what, "--json", "--story", "Ferry").json == said.json
    table = prompt("list", project, what)
    assert table.code == 0
    assert len(table.out.splitlines()) == 1 + len(said.json["items"])
    assert prompt("list", project, what, "--story", "Nowhere").code == 2


def test_articles_are_listed_with_the_sets_of_everyone(prompt: Prompt, project: Path):
    (item,) = prompt("list", project, "articles", "--json").json["items"]
    assert (item["outlet"], item["published"], item["characters"]) == (
        "Harbour Post",
        "2026-01-12",
        len(FERRY),
    )
    assert item["sets"] == [
        {"annotator": "maria", "status": "in_progress", "attributions": 1},
        {"annotator": "olena", "status": "in_progress", "attributions": 1},
    ]


@pytest.mark.parametrize("what", ["stories", "articles", "annotators", "sources", "claims", "attributions"])
def test_an_empty_project_lists_nothing(prompt: Prompt, tmp_path: Path, what: str):
    prompt("new", tmp_path / "e.annotator")
    assert prompt("list", tmp_path / "e.annotator", what, "--json").json == {"items": []}
    assert prompt("list", tmp_path / "e.annotator", what).code == 0


def test_a_training_set_goes_out(prompt: Prompt, project: Path, tmp_path: Path):
    out = tmp_path / "train.jsonl"
    said = prompt("export", project, out, "--format", "jsonl", "--json")
    assert said.code == 0
    assert said.json == {"done": {"articles": 1, "attributions": 2}, "losses": [], "errors": []}
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["annotator"] for line in lines] == ["maria", "olena"]
    prompt("export", project, out, "--format", "jsonl", "--annotator", "olena", "--without-text")
    (line,) = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert "text" not in line
    assert line["attributions"][0]["content"][0]["quote"] == "Sources said"


def test_a_docbin_goes_out_and_its_losses_are_exit_code_one(prompt: Prompt, project: Path, tmp_path: Path):
    out = tmp_path / "train.spacy"
    assert prompt("export", project, out, "--format", "docbin", "--label", "kind").code == 0
    prompt("import", project, GOLDEN / "ferry.jsonl")
    said = prompt("export", project, out, "--format", "docbin")
    assert said.code == 1
    assert "content in several fragments" in said.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--format", "nonsense"), "no format called 'nonsense'; known"),
        (("--format", "text"), "is read, not written"),
        (("--format", "jsonl", "--story", "X"), "no story called 'X'"),
        (("--format", "jsonl", "--annotator", "X"), "no annotator called 'X'"),
        (("--format", "jsonl", "--gold"), "no gold set"),
        (("--format", "docbin", "--label", "colour"), "not 'colour'"),
        (("--format", "docbin", "--without-text"), "cannot be written without"),
        ((), "--format"),
    ],
)
def test_an_export_that_cannot_be_is_refused_and_writes_nothing(
    prompt: Prompt, project: Path, tmp_path: Path, words: tuple[str, ...], says: str
):
    said = prompt("export", project, tmp_path / "out", *words)
    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert len(said.err.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_formats_say_what_they_can_and_cannot(prompt: Prompt):
    items = {one["name"]: one for one in prompt("formats", "--json").json["items"]}
    assert set(items) >= {"docbin", "jsonl", "text", "brat", "html"}
    assert (items["jsonl"]["reads"], items["jsonl"]["writes"], items["jsonl"]["cannot_carry"]) == (
        True,
        True,
        [],
    )
    said = prompt("formats")
    assert "jsonl  Annotator JSONL" in said.out
    assert "cannot carry: annotations of any kind" in said.out


def test_the_history_is_of_the_project_or_of_one_article(prompt: Prompt, project: Path):
    with opened(project) as workspace:
        workspace.undo()
    items = prompt("history", project, "--json").json["items"]
    assert [(one["deed"], one["mode"], one["undone"]) for one in items][:2] == [
        ("Mark attribution", "undo", False),
        ("Mark attribution", "do", True),
    ]
    assert set(items[0]) == {"seq", "at", "annotator", "deed", "mode", "undone", "target"}
    of_ferry = prompt("history", project, "--article", "ferry", "--json").json["items"]
    assert [one["deed"] for one in of_ferry] == ["Mark attribution"] * 3 + ["Import"]
    assert len(prompt("history", project, "--limit", "1", "--json").json["items"]) == 1
    table = prompt("history", project).out.splitlines()
    assert table[1].split()[3] == "maria"
    assert "undo: Mark attribution" in table[1]
    gone = prompt("history", project, "--article", "nowhere")
    assert (gone.code, "no article with the id 'nowhere'" in gone.err) == (2, True)
    assert prompt("history", project, "--limit", "0").code == 2


def test_a_check_of_a_sound_project_finds_nothing(prompt: Prompt, project: Path):
    assert prompt("check", project, "--json").json == {"ok": True, "faults": []}
    said = prompt("check", project)
    assert (said.code, said.out) == (0, "No faults found.\n")


def test_a_check_of_a_damaged_project_names_the_faults(prompt: Prompt, project: Path):
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(project)) as connection:
        connection.execute("UPDATE texts SET text = 'Ferry'")
        connection.commit()
    said = prompt("check", project, "--json")
    assert said.code == 1
    assert said.json["ok"] is False
    assert {one["code"] for one in said.json["faults"]} == {"changed_text", "outside"}
    assert set(said.json["faults"][0]) == {"code", "message", "can_mend"}
    assert prompt("check", project).code == 1


def test_a_backup_can_be_restored_and_neither_overwrites(prompt: Prompt, project: Path, tmp_path: Path):
    copy, back = tmp_path / "copy.annotator", tmp_path / "back.annotator"
    assert prompt("backup", project, copy).code == 0
    assert prompt("restore", copy, back).code == 0
    assert contents(back) == contents(project)
    assert prompt("backup", project, copy).code == 2
    assert prompt("restore", copy, project).code == 2
    assert prompt("restore", GOLDEN / "ferry.txt", tmp_path / "x.annotator").code == 2


def test_a_project_of_today_needs_no_upgrade(prompt: Prompt, project: Path):
    before = contents(project)
    said = prompt("upgrade", project)
    assert (said.code, said.out) == (0, f"{project} is up to date.\n")
    assert contents(project) == before


def test_settings_are_shown_and_changed(prompt: Prompt):
    assert prompt("settings", "annotator", "olena").code == 0
    assert prompt("settings", "annotator", "--json").json == {"annotator": "olena"}
    shown = prompt("settings")
    assert "olena" in shown.out
    assert "recent_projects" not in shown.out
    assert set(prompt("settings", "--json").json) >= {"annotator", "theme", "font_size"}
    for words in (("mood",), ("mood", "calm"), ("theme", "green"), ("font_size", "big")):
        said = prompt("settings", *words)
        assert (said.code, len(said.err.splitlines())) == (2, 1)


def test_deeds_at_the_prompt_carry_the_name_from_the_settings(prompt: Prompt, project: Path):
    prompt("settings", "annotator", "zoe")
    prompt("import", project, GOLDEN / "ferry.txt")
    assert prompt("history", project, "--json").json["items"][0]["annotator"] == "zoe"


def test_no_words_or_open_ask_for_the_window(prompt: Prompt, project: Path, window: FakeWindow):
    assert prompt().code == 0
    assert prompt("open", project, "--story", "Ferry", "--annotator", "ana", "--theme", "dark").code == 0
    assert window.wishes == [WindowWish(), WindowWish(str(project), "Ferry", "ana", None, None, "dark")]
    window.code = 5
    assert prompt("open", project).code == 5


def test_a_picture_of_the_window_has_the_size_that_was_asked_for(
    prompt: Prompt, project: Path, window: FakeWindow, tmp_path: Path
):
    picture = tmp_path / "window.png"
    assert prompt("open", project, "--screenshot", picture, "--size", "1280x800").code == 0
    assert (window.wishes[0].screenshot, window.wishes[0].size) == (picture, (1280, 800))
    for size in ("big", "10x10", "1280x", "99999x800", "-5x800"):
        said = prompt("open", project, "--size", size)
        assert (said.code, "1280x800" in said.err) == (2, True)
    assert len(window.wishes) == 1


def test_the_demo_does_the_whole_job(prompt: Prompt, tmp_path: Path, window: FakeWindow):
    out = tmp_path / "demo"
    for _ in range(2):
        said = prompt("demo", out)
        assert (said.code, said.err) == (0, "")
    assert {path.name for path in out.iterdir()} == {
        "agreement.csv",
        "demo.annotator",
        "matrix.csv",
        "matrix.html",
        "report.html",
        "training.jsonl",
        "training.spacy",
        "window.png",
    }
    wish = window.wishes[0]
    assert (wish.place, wish.annotator, wish.screenshot) == (
        str(out / "demo.annotator"),
        "demo",
        out / "window.png",
    )
    lines = [json.loads(line) for line in (out / "training.jsonl").read_text(encoding="utf-8").splitlines()]
    assert sum(len(line["attributions"]) for line in lines) > 20
    assert prompt("check", out / "demo.annotator").code == 0


def test_the_demo_touches_no_folder_that_holds_other_things(
    prompt: Prompt, tmp_path: Path, window: FakeWindow
):
    (tmp_path / "diary.txt").write_text("Dear diary", encoding="utf-8")
    for place in (tmp_path, tmp_path / "diary.txt"):
        assert prompt("demo", place).code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["diary.txt"]
    assert window.wishes == []


def test_the_demo_fails_when_the_window_cannot_be_drawn(prompt: Prompt, tmp_path: Path, window: FakeWindow):
    window.code = 4
    assert prompt("demo", tmp_path / "demo").code == 4


def test_help_and_version(prompt: Prompt):
    assert prompt("--version").out == f"annotator {__version__}\n"
    said = prompt("--help")
    assert said.code == 0
    for (
        command
    ) in "open new import export list formats history check backup restore upgrade settings demo".split():
        assert command in said.out
        assert prompt(command, "--help").code == 0
