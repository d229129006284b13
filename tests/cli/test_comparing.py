"""At a prompt, the outlets of a story are compared: printed, as JSON, and written to files."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.workspace.sample import sample_project
from tests.cli.conftest import Prompt


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("sample") / "sample.annotator"
    sample_project("petra", str(place)).close()
    return place


def test_a_story_is_printed_claim_by_claim(prompt: Prompt, sample: Path):
    said = prompt("compare", sample, "--sort", "spread")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Hallow Strait Tunnel: 5 articles as gold marked them.\n")
    assert "speed-limit: in 5 of 5, first in Hollant;" in said.out
    assert "    ! The Avell Courier credits Hollant, HeadsUp24 does not\n" in said.out
    assert "second-hand" in said.out


def test_json_is_one_object_with_the_rows_that_were_asked_for(prompt: Prompt, sample: Path):
    values = prompt("compare", sample, "--json", "--story", "Hallow Strait Tunnel").json
    assert (values["story"], values["annotator"], len(values["articles"])) == (
        "Hallow Strait Tunnel",
        "gold",
        5,
    )
    few = prompt("compare", sample, "--json", "--words", "aquarium", "--annotator", "olena").json
    assert (few["annotator"], [one["claim"] for one in few["claims"]]) == ("olena", ["tunnel-not-aquarium"])


def test_matrix_and_graph_are_written(prompt: Prompt, sample: Path, tmp_path: Path):
    table, page, graph = tmp_path / "matrix.csv", tmp_path / "matrix.html", tmp_path / "who.graphml"
    said = prompt("compare", sample, "--csv", table, "--html", page, "--graphml", graph)
    assert said.code == 0
    assert table.read_text("utf-8").startswith("claim,meaning,articles,disagreement,sourcing,Hollant,")
    assert "<title>Hallow Strait Tunnel: who says what</title>" in page.read_text("utf-8")
    assert "graphml" in graph.read_text("utf-8")


def test_wrong_use_is_one_sentence(prompt: Prompt, sample: Path, project: Path, tmp_path: Path):
    for words in (
        (sample, "--story", "Nowhere"),
        (sample, "--annotator", "nobody"),
        (sample, "--annotator", "maria", "--gold"),
        (project, "--gold"),
        (sample, "--csv", tmp_path / "same", "--html", tmp_path / "same"),
        (sample, "--csv", tmp_path / "no" / "where.csv"),
    ):
        said = prompt("compare", *words)
        assert (said.code, said.out) == (2, "")
        assert len(said.err.splitlines()) == 1
        assert said.err.startswith("annotator: ")
