"""Training sets cut, narrowed and brought back at the prompt; corrected articles as new versions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.workspace.sample import sample_project
from tests.cli.conftest import Prompt


def test_a_training_set_is_cut_and_narrowed_at_the_prompt(prompt: Prompt, tmp_path: Path):
    place = tmp_path / "sample.annotator"
    sample_project("tester", str(place)).close()
    out = tmp_path / "cut"
    said = prompt(
        "export", place, out, "--format", "conll", "--gold", "--kind", "anonymous_source", "--zone", "body",
        "--by-sentence", "--negatives", "0.1", "--split", "60/40", "--seed", "4", "--layer", "content",
    )  # fmt: skip
    assert said.code == 1
    assert "larger than the share" in said.out
    assert {path.name for path in out.iterdir()} == {"train.conll", "splits.json"}
    again = tmp_path / "again"
    prompt(
        "export", place, again, "--format", "conll", "--gold", "--kind", "anonymous_source", "--zone", "body",
        "--by-sentence", "--negatives", "0.1", "--split", "60/40", "--seed", "4", "--layer", "content",
    )  # fmt: skip
    assert (out / "train.conll").read_bytes() == (again / "train.conll").read_bytes()
    assert (out / "splits.json").read_bytes() == (again / "splits.json").read_bytes()


def test_each_annotator_gets_a_file_and_a_folder_comes_back_in(prompt: Prompt, tmp_path: Path):
    place = tmp_path / "sample.annotator"
    sample_project("tester", str(place)).close()
    out = tmp_path / "each"
    assert prompt("export", place, out, "--format", "jsonl", "--each").code == 0
    assert sorted(path.name for path in out.iterdir()) == ["gold.jsonl", "maria.jsonl", "olena.jsonl"]
    other = tmp_path / "other.annotator"
    prompt("new", other)
    said = prompt("import", other, out)
    assert said.code == 0
    assert said.out.startswith("5 articles imported, 10 joined to articles already here, ")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--split", "80/30"), "make 110, not 100"),
        (("--split", "80/20", "--split-by", "luck"), "cut by groups, time, outlet"),
        (("--kind", "rumour"), "no kind called 'rumour'"),
        (("--zone", "cellar"), "no zone called 'cellar'"),
        (("--since", "2099-01-01"), "nothing to export"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused_in_a_sentence(
    prompt: Prompt, project: Path, tmp_path: Path, words: tuple[str, ...], says: str
):
    said = prompt("export", project, tmp_path / "out", "--format", "jsonl", *words)
    assert said.code == 2
    assert says in said.err
    assert not (tmp_path / "out").exists()


def test_a_corrected_article_comes_as_a_new_version_and_what_is_gone_is_named(prompt: Prompt, tmp_path: Path):
    place = tmp_path / "ferry.annotator"
    prompt("new", place)
    folder = tmp_path / "Harbour"
    folder.mkdir()
    file = folder / "ferry.txt"
    paragraphs = [
        "The night ferry will stop in May, two people familiar with the plan said on Monday evening.",
        "“Nobody asked the crew before this was decided,” said Captain Ida Brandt of the ferry Sivka.",
        "The harbour office declined to comment on the plan when it was asked on Tuesday morning.",
    ]
    file.write_text("\n\n".join(paragraphs), "utf-8")
    prompt("import", place, file)
    text = "\n\n".join(paragraphs)
    marks = [
        {"kind": "other", "content": [[text.index(words), text.index(words) + len(words)]]}
        for words in ("The night ferry will stop in May", "Nobody asked the crew")
    ]
    marked = tmp_path / "marked.jsonl"
    marked.write_text(
        json.dumps({"id": "ferry.txt", "text": text, "annotator": "maria", "attributions": marks}), "utf-8"
    )
    prompt("import", place, marked)
    file.write_text("\n\n".join(["Corrected.", paragraphs[0], paragraphs[2]]), "utf-8")
    said = prompt("import", place, file)
    assert "1 came as new versions, with 1 attributions found again in them" in said.out
    assert "the content “Nobody asked the crew” is not in the new version." in said.out
    listed = prompt("list", place, "articles", "--json").json["items"]
    assert [[one["attributions"] for one in article["sets"]] for article in listed] == [[1]]
