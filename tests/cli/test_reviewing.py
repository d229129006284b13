"""At a prompt, agreement is printed, as JSON too, and written to files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.building import marked, opened
from tests.cli.conftest import Prompt

NAMES = (
    "span_f1_exact span_f1_overlap span_f1_relaxed token_alpha token_kappa kind_alpha alpha_u relation_f1 matrix_alpha agr"
).split()


@pytest.fixture
def both(project: Path) -> Path:
    """The ferry project in which Maria and Olena agree on one content."""
    with opened(project) as workspace:
        marked(workspace, "Nobody asked us", hand="olena", kind="named_official")
    return project


def test_agree_prints_measures_and_says_what_is_not_defined(prompt: Prompt, both: Path):
    said = prompt("agree", both)
    assert said.code == 0
    assert "maria, olena: 1 articles" in said.out
    assert "span_f1_exact" in said.out
    assert "not defined" in said.out
    assert "2 of the sets compared are not finished yet" in said.err


def test_agree_as_json_has_the_names_and_keys_that_were_promised(prompt: Prompt, both: Path):
    values = prompt("agree", both, "--json").json
    assert (values["annotators"], values["articles"]) == (["maria", "olena"], 1)
    assert set(NAMES) <= {one["measure"] for one in values["measures"]}
    keys = {"measure", "role", "kind", "annotators", "value", "n", "low", "high"}
    assert all(keys <= one.keys() for one in values["measures"])
    exact = next(
        one for one in values["measures"] if (one["measure"], one["role"]) == ("span_f1_exact", "content")
    )
    assert (exact["value"], exact["n"], exact["annotators"]) == (pytest.approx(2 / 3), 3, None)


def test_agree_writes_figures_and_places(prompt: Prompt, both: Path, tmp_path: Path):
    figures, places = tmp_path / "figures.csv", tmp_path / "places.csv"
    assert prompt("agree", both, "--csv", figures, "--places", places).code == 0
    assert figures.read_text(encoding="utf-8").startswith(
        "measure,role,kind,feature,annotator,other,article,value"
    )
    assert "Sources said" in places.read_text(encoding="utf-8")


def test_agree_compares_files_without_a_project(prompt: Prompt, both: Path, tmp_path: Path):
    for hand in ("maria", "olena"):
        assert (
            prompt("export", both, tmp_path / f"{hand}.jsonl", "--format", "jsonl", "--annotator", hand).code
            == 0
        )
    said = prompt("agree", "--jsonl", tmp_path / "maria.jsonl", tmp_path / "olena.jsonl", "--json")
    assert figures(said.json) == figures(prompt("agree", both, "--json").json)


def figures(values: dict[str, Any]) -> dict[tuple[str, ...], float | None]:
    parts = ("measure", "role", "kind", "feature", "annotators", "article")
    return {tuple(str(one[part]) for part in parts): one["value"] for one in values["measures"]}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("PROJECT", "PROJECT"), "Name one project"),
        (("PROJECT", "--annotator", "nobody"), "no annotator called"),
        (("PROJECT", "--annotator", "maria"), "nothing to compare"),
        (("--jsonl", "PROJECT", "--finished"), "not for --jsonl"),
        (("PROJECT", "--finished"), "nothing to compare"),
    ],
)
def test_agree_refuses_in_one_sentence(prompt: Prompt, both: Path, words: tuple[str, ...], reason: str):
    said = prompt("agree", *(both if one == "PROJECT" else one for one in words))
    assert (said.code, said.out) == (2, "")
    assert reason in said.err
