"""The whole project is searched at a prompt, each hit in its context."""

from __future__ import annotations

from pathlib import Path

from tests.building import FERRY
from tests.cli.conftest import Prompt


def test_hits_are_printed_one_under_the_other(prompt: Prompt, project: Path):
    said = prompt("search", project, "ferry")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert [line[36:43] for line in lines] == ["[Ferry]", "[ferry]"]
    assert all("Harbour Post" in line for line in lines)


def test_phrases_prefixes_patterns_and_stories(prompt: Prompt, project: Path):
    assert len(prompt("search", project, '"night ferry" auth*').out.splitlines()) == 2
    assert len(prompt("search", project, "--regex", r"\d+").out.splitlines()) == 1
    assert (
        prompt("search", project, "ferry", "--story", "Ferry").out == prompt("search", project, "ferry").out
    )
    wrong = prompt("search", project, "ferry", "--story", "Nowhere")
    assert (wrong.code, wrong.out) == (2, "")


def test_json_gives_exact_offsets(prompt: Prompt, project: Path):
    answer = prompt("search", project, "ferry", "--json", "--limit", 1).json
    (item,) = answer["items"]
    assert answer["more"] is True
    assert FERRY[item["start"] : item["end"]] == item["words"] == "Ferry"
    assert (item["article"], item["story"], item["outlet"]) == ("ferry", "Ferry", "Harbour Post")


def test_a_limit_and_an_empty_answer_are_said(prompt: Prompt, project: Path):
    assert "more hits than 1" in prompt("search", project, "ferry", "--limit", 1).err
    nothing = prompt("search", project, "cormorant")
    assert (nothing.code, nothing.out, nothing.err) == (0, "", "Not found.\n")


def test_bad_words_and_patterns_are_refused_in_a_sentence(prompt: Prompt, project: Path):
    for words in (["*"], ["  ", "--regex"], ["(a", "--regex"]):
        said = prompt("search", project, *words)
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith("annotator: ")
