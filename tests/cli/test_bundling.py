"""A team that works by file, at the prompt: bundle, merge, conflicts, report."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.core.attributions import Attribution
from annotator.workspace.commands.attributions import ChangeFields
from annotator.workspace.settings import Settings
from tests.building import opened
from tests.cli.conftest import Prompt


def change(project: Path, kind: str, hand: str) -> None:
    with opened(project, hand) as workspace:
        mark = workspace.reading.find(Attribution)[0]
        workspace.execute(ChangeFields((mark.id,), {"kind": kind}))


@pytest.fixture
def other(project: Path, prompt: Prompt, tmp_path: Path) -> Path:
    """A colleague's copy of the project, out of a bundle."""
    place = tmp_path / "other.annotator"
    assert prompt("bundle", project, tmp_path / "first.bundle").code == 0
    made = prompt("merge", place, tmp_path / "first.bundle")
    assert made.code == 0, made.err
    assert "2 attributions" in made.out
    return place


@pytest.fixture
def parted(project: Path, other: Path, prompt: Prompt, tmp_path: Path) -> Path:
    """Two desks that changed the same mark; the bundle of the other one."""
    Settings().set_from_words("annotator", "maria")
    change(project, "institution", "maria")
    change(other, "outlet_citing_outlet", "olena")
    assert prompt("bundle", other, tmp_path / "theirs.bundle").code == 0
    return tmp_path / "theirs.bundle"


def test_bundle_says_what_it_holds(project: Path, prompt: Prompt, tmp_path: Path):
    said = prompt("bundle", project, tmp_path / "x.bundle", "--json")
    assert (said.code, said.json["done"]["attributions"], said.json["losses"]) == (0, 2, [])
    part = prompt("bundle", project, tmp_path / "y.bundle", "--annotator", "olena")
    assert (part.code, "1 attributions" in part.out) == (0, True)


def test_merge_adds_and_says_so_and_the_second_time_there_is_nothing_new(
    project: Path, other: Path, prompt: Prompt, tmp_path: Path
):
    assert (
        prompt("list", other, "attributions", "--json").json
        == prompt("list", project, "attributions", "--json").json
    )
    again = prompt("merge", other, tmp_path / "first.bundle")
    assert (again.code, "already" in again.out) == (0, True)
    as_json = prompt("merge", other, tmp_path / "first.bundle", "--json")
    assert as_json.json["done"]["attributions"] == 0
    assert as_json.json["conflicts"] == []


def test_a_conflict_is_listed_and_decided(project: Path, parted: Path, prompt: Prompt):
    merged = prompt("merge", project, parted, "--json")
    assert merged.code == 1
    [conflict] = merged.json["conflicts"]
    assert [one["field"] for one in conflict["differences"]] == ["kind"]
    assert sum(one["stands"] for one in conflict["versions"]) == 1
    listed = prompt("conflicts", project)
    assert (listed.code, conflict["id"] in listed.out) == (1, True)
    decided = prompt("conflicts", project, "--keep", f"{conflict['id']}=theirs", "--json")
    assert (decided.code, decided.json) == (0, {"decided": 1, "conflicts": []})
    assert prompt("conflicts", project).out == "No conflict waits.\n"


@pytest.mark.parametrize(
    ("keep", "words"),
    [("nonsense", "--keep wants ID=ours"), ("abc=ours", "no conflict 'abc'"), ("=", "--keep wants")],
)
def test_a_decision_that_makes_no_sense_is_a_sentence(
    project: Path, parted: Path, prompt: Prompt, keep: str, words: str
):
    prompt("merge", project, parted)
    said = prompt("conflicts", project, "--keep", keep)
    assert (said.code, words in said.err) == (2, True)
    assert prompt("conflicts", project).code == 1


def test_a_version_that_is_not_there_is_a_sentence(project: Path, parted: Path, prompt: Prompt):
    conflict = prompt("merge", project, parted, "--json").json["conflicts"][0]["id"]
    said = prompt("conflicts", project, "--keep", f"{conflict}=9")
    assert (said.code, "no one version '9'" in said.err) == (2, True)


def test_a_broken_bundle_changes_nothing(project: Path, parted: Path, prompt: Prompt):
    before = prompt("list", project, "attributions", "--json").json
    parted.write_bytes(parted.read_bytes()[:500])
    said = prompt("merge", project, parted)
    assert (said.code, len(said.err.splitlines())) == (2, 1)
    assert "Nothing was merged." in said.err
    assert prompt("list", project, "attributions", "--json").json == before


def test_a_bundle_of_another_project_is_refused(parted: Path, prompt: Prompt, tmp_path: Path):
    place = tmp_path / "third.annotator"
    assert prompt("new", place).code == 0
    said = prompt("merge", place, parted)
    assert (said.code, "another project" in said.err) == (2, True)
    assert prompt("merge", place, parted, "--another-project").code == 0
    assert len(prompt("list", place, "attributions", "--json").json["items"]) == 2


def test_a_project_is_not_made_twice(other: Path, parted: Path, prompt: Prompt):
    said = prompt("merge", other, parted, "--new")
    assert (said.code, "exists already" in said.err) == (2, True)


def test_report_writes_a_page(project: Path, prompt: Prompt, tmp_path: Path):
    said = prompt("report", project, tmp_path / "out.html", "--story", "Ferry", "--annotator", "olena")
    assert (said.code, "olena" in said.out) == (0, True)
    assert "Sources said" in (tmp_path / "out.html").read_text("utf-8")
    assert prompt("report", project, tmp_path / "out.html", "--story", "Nowhere").code == 2
    assert prompt("report", project, tmp_path / "no" / "out.html").code == 2
