"""Whatever is typed or named: an exit code, one sentence, and the project as it was."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotator.cli import projects
from tests.building import FERRY, article_in, marked, opened, state_of
from tests.cli.conftest import Prompt

LINE = {"id": "ferry", "text": FERRY, "annotator": "ana"}


def jsonl(*lines: Any) -> bytes:
    return b"".join(
        (line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines
    )


def with_mark(**values: Any) -> bytes:
    return jsonl({**LINE, "attributions": [{"content": [[0, 5]], **values}]})


def large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(50_000_000)


BAD: dict[str, tuple[str, bytes | Callable[[Path], object], str]] = {
    "empty text": ("a.txt", b"", "is empty"),
    "empty JSONL": ("a.jsonl", b"", "is empty"),
    "a folder": ("a.txt", Path.mkdir, "holds no file that can be read here"),
    "a folder called JSONL": ("a.jsonl", Path.mkdir, "holds no file that can be read here"),
    "a picture": ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(300), "is not text"),
    "a picture called JSONL": (
        "a.jsonl",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(300),
        "line 1 is not JSON",
    ),
    "50 MB": ("a.txt", large, "has 50 MB; an article may have at most 10 MB"),
    "a line broken": ("a.jsonl", jsonl(*[LINE] * 16, b'{"id": "x", "te', LINE), "line 17 is not JSON"),
    "an offset outside": ("a.jsonl", with_mark(content=[[0, 99999]]), "lies outside the text"),
    "an offset backwards": ("a.jsonl", with_mark(content=[[9, 3]]), "must end after it starts"),
    "half a character": (
        "a.jsonl",
        jsonl({"id": "t", "text": "👍🏽 so", "annotator": "a", "attributions": [{"content": [[0, 1]]}]}),
        "cuts through a character",
    ),
    "an unknown kind": ("a.jsonl", with_mark(kind="rumour"), "'rumour' is not in the label scheme"),
    "a wrong type": ("a.jsonl", with_mark(hedge="yes"), "hedge should be true or false"),
    "a mark without a place": ("a.jsonl", with_mark(content=[]), "at least one span"),
    "a newer schema": ("a.jsonl", jsonl({**LINE, "schema": "annotator/9"}), "annotator/9"),
    "marks on a text that is not here": (
        "a.jsonl",
        jsonl({"id": "x", "attributions": []}),
        "import the article first",
    ),
    "a chain in a circle": (
        "a.jsonl",
        jsonl({**LINE, "attributions": [{"id": "a", "parent": "a", "content": [[0, 5]]}]}),
        "circle",
    ),
    "a missing file": ("a.txt", lambda _: None, "There is no file"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_file_that_cannot_be_imported_leaves_the_project_as_it_was(
    prompt: Prompt, project: Path, tmp_path: Path, case: str
):
    name, content, says = BAD[case]
    path = tmp_path / "in" / name
    path.parent.mkdir()
    path.write_bytes(content) if isinstance(content, bytes) else content(path)
    with opened(project) as workspace:
        before, deeds = state_of(workspace), workspace.history()
    said = prompt("import", project, path)
    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert len(said.err.splitlines()) == 1
    assert said.err.startswith("annotator: ")
    with opened(project) as workspace:
        assert (state_of(workspace), workspace.history()) == (before, deeds)


def newer(path: Path) -> None:
    with opened(path):
        path.touch()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
        connection.commit()


NO_PROJECTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda _: None, "There is no project at"),
    "folder": (Path.mkdir, "is a folder, not a project file"),
    "empty": (lambda path: path.write_bytes(b""), "is not an Annotator project"),
    "words": (lambda path: path.write_bytes(b"Dear diary, " * 99), "is not an Annotator project"),
    "database": (
        lambda path: sqlite3.connect(path).execute("CREATE TABLE t (x)").connection.close(),
        "is not an Annotator",
    ),
    "newer": (newer, "made by a newer Annotator"),
}
USES = {
    "import": lambda place, folder: ("import", place, folder / "a.txt"),
    "list": lambda place, _: ("list", place, "stories"),
    "export": lambda place, folder: ("export", place, folder / "out.jsonl", "--format", "jsonl"),
    "history": lambda place, _: ("history", place),
    "check": lambda place, _: ("check", place),
    "backup": lambda place, folder: ("backup", place, folder / "copy.annotator"),
    "restore": lambda place, folder: ("restore", place, folder / "back.annotator"),
    "upgrade": lambda place, _: ("upgrade", place),
}


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("case", NO_PROJECTS)
def test_what_is_no_project_of_ours_is_refused_by_every_command_and_not_touched(
    prompt: Prompt, tmp_path: Path, case: str, use: str
):
    make, says = NO_PROJECTS[case]
    place = tmp_path / "p.annotator"
    make(place)
    (tmp_path / "a.txt").write_text("Words.", encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    said = prompt(*USES[use](place, tmp_path))
    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert len(said.err.splitlines()) == 1
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


@pytest.mark.parametrize(
    "words",
    [
        ("fly",),
        ("new",),
        ("list", "{project}"),
        ("list", "{project}", "birds"),
        ("import", "{project}"),
        ("import", "{project}", "{project}", "--format", "brat"),
        ("import", "{project}", "{project}", "--format", "docbin"),
        ("export", "{project}"),
        ("history", "{project}", "--limit", "many"),
        ("--colour",),
        ("check", "{project}", "extra"),
        ("open",),
        ("check", ""),
        ("check", "a" * 5000),
        ("new", ""),
        ("new", "a" * 5000),
        ("import", "{project}", "a" * 5000),
        ("export", "{project}", "a" * 5000, "--format", "jsonl"),
        ("backup", "{project}", "a" * 5000),
    ],
    ids=lambda words: " ".join(words)[:40],
)
def test_words_that_make_no_sense_are_answered_with_a_sentence(
    prompt: Prompt, project: Path, words: tuple[str, ...]
):
    said = prompt(*(word.replace("{project}", str(project)) for word in words))
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("annotator: ")


def test_an_error_that_nobody_foresaw_is_a_sentence_and_a_note_in_the_log(
    prompt: Prompt, project: Path, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object) -> None:
        raise ZeroDivisionError("two\nlines")

    monkeypatch.setattr(projects, "open_project", fail)
    said = prompt("check", project)
    assert said.code == 3
    assert len(said.err.splitlines()) == 1
    assert "ZeroDivisionError: two lines" in said.err
    from annotator.workspace.paths import log_file

    assert "Traceback" in log_file().read_text(encoding="utf-8")


def test_an_error_is_a_sentence_even_where_no_log_can_be_written(
    prompt: Prompt, project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    (tmp_path / "wall").write_text("", encoding="utf-8")
    monkeypatch.setattr("annotator.cli.app.log_file", lambda: tmp_path / "wall" / "x.log")
    monkeypatch.setattr(projects, "open_project", lambda *_: 1 // 0)
    said = prompt("check", project)
    assert (said.code, "everything before it is safe" in said.err) == (3, True)


def test_stopping_a_command_is_no_error_of_ours(
    prompt: Prompt, project: Path, monkeypatch: pytest.MonkeyPatch
):
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(projects, "open_project", stop)
    said = prompt("check", project)
    assert (said.code, said.err) == (2, "annotator: stopped; nothing was changed.\n")


def annotator(*words: object, **more: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "annotator", *map(str, words)], capture_output=True, check=False, **more
    )


def test_the_real_program_answers_in_utf8_whatever_the_terminal(project: Path, project_folder: Path):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    with opened(project) as workspace:
        article_in(workspace, "The 🛳 stays.", "boat", story="Café")
    done = annotator("list", project, "articles", cwd=project_folder, env=environment)
    assert (done.returncode, done.stderr) == (0, b"")
    listed = annotator("list", project, "stories", "--json", cwd=project_folder, env=environment)
    names = [one["name"] for one in json.loads(listed.stdout.decode("utf-8"))["items"]]
    assert names == ["Ferry", "Café"]


def test_the_real_program_says_what_is_wrong_on_stderr_alone(tmp_path: Path, project_folder: Path):
    done = annotator("check", tmp_path / "gone.annotator", cwd=project_folder)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"annotator: There is no project at")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
def test_a_reader_who_goes_away_is_no_error(project: Path, project_folder: Path):
    with opened(project) as workspace:
        for _ in range(300):
            marked(workspace, "Nobody asked us")
    child = subprocess.Popen(
        [sys.executable, "-m", "annotator", "list", str(project), "attributions"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=project_folder,
    )
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.close()
    assert child.stderr.read() == b""
    child.stderr.close()
    assert child.wait() == 0
