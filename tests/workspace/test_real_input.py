"""Real corpora go in and come out field for field. They are not part of the project; without them these skip."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from annotator.workspace.choosing import Selection
from annotator.workspace.exporting import ExportWish, export
from annotator.workspace.importing import ImportWish, import_files
from tests.building import opened

SPANS = ("source", "cue", "content", "via_span", "recipient")


def lines_of(path: Path, count: int | None = None) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in islice(file, count)]


def same_mark(given: dict[str, Any], written: dict[str, Any]) -> list[str]:
    """Every field that came in and did not go out as it came."""
    wrong = []
    for key, value in given.items():
        if key == "claim":
            came, went = value is not None, value in written["claims"]
        elif key == "inherited" and isinstance(value, bool):
            came, went = (["via"] if value else []), written["inherited"]
        elif key == "recipient" and isinstance(value, str):
            came, went = value, written["recipient_name"]
        elif key in SPANS:
            came, went = sorted(value or []), written[key]
        elif key in written:
            came, went = value, written[key]
        else:
            came, went = value, written.get("extra", {}).get(key)
        if came != went and not (came is None and went in ("", "positive", "statement", [])):
            wrong.append(f"{given.get('id')}: {key}: {came!r} became {went!r}")
    return wrong


def differences(given: list[dict[str, Any]], written: list[dict[str, Any]]) -> list[str]:
    by_id = {line["id"]: line for line in written}
    wrong = []
    for line in given:
        out = by_id[line["id"]]
        if out["text"] != line["text"]:
            wrong.append(f"{line['id']}: the text")
        marks = {mark["id"]: mark for mark in out["attributions"]}
        if len(marks) != len(line["attributions"]):
            wrong.append(f"{line['id']}: {len(marks)} marks of {len(line['attributions'])}")
        for mark in line["attributions"]:
            wrong += same_mark(mark, marks[mark["id"]])
    return wrong


def test_the_gold_of_the_three_articles_joins_their_texts_and_goes_out_as_it_came(
    tmp_path: Path, shared_data: Path
):
    folder = shared_data / "articles"
    out = tmp_path / "gold.jsonl"
    with opened(tmp_path / "framework.annotator") as workspace:
        texts = import_files(workspace, sorted(folder.glob("*.txt")), ImportWish(story="framework"))
        assert (texts.tally.articles, texts.errors) == (3, [])
        result = import_files(workspace, [folder / "gold.jsonl"], ImportWish(annotator="gold"))
        assert (result.tally.articles, result.tally.joined, result.tally.attributions) == (0, 3, 119)
        assert list(result.tally.losses) == []
        assert [story.name for story in workspace.stories()] == ["framework"]
        assert export(workspace, out, ExportWish("jsonl", Selection(gold=True))).attributions == 119
        assert workspace.check() == []
        again = import_files(workspace, [out])
        assert (again.tally.attributions, again.tally.already_here, list(again.tally.losses)) == (0, 119, [])
    assert differences(lines_of(folder / "gold.jsonl"), lines_of(out)) == []
    titles = {line["id"]: line["title"] for line in lines_of(out)}
    assert titles["000_6c6cf35d0dc945d1.txt"].startswith("Media: ")


def test_an_article_that_begins_like_a_header_is_whole(tmp_path: Path, shared_data: Path):
    with opened(tmp_path / "framework.annotator") as workspace:
        import_files(workspace, sorted((shared_data / "articles").glob("*.txt")))
        for article in workspace.articles():
            raw = (shared_data / "articles" / article.file_name).read_bytes().decode("utf-8")
            assert workspace.text(article) == raw.removeprefix("\ufeff").replace("\r\n", "\n").replace(
                "\r", "\n"
            )


@pytest.mark.parametrize(
    ("file", "count"), [("train.jsonl", 20), ("six_annotators.jsonl", 60), ("dev.jsonl", 20)]
)
def test_articles_of_a_corpus_go_out_as_they_came(tmp_path: Path, shared_data: Path, file: str, count: int):
    sample, out = tmp_path / "sample.jsonl", tmp_path / "out.jsonl"
    given = lines_of(shared_data / "polnear" / file, count)
    sample.write_text("".join(json.dumps(line) + "\n" for line in given), encoding="utf-8")
    marks = sum(len(line["attributions"]) for line in given)
    with opened(tmp_path / "p.annotator") as workspace:
        result = import_files(workspace, [sample], ImportWish(story="corpus"))
        assert result.tally.attributions == marks
        assert result.tally.articles == len({line["text"] for line in given})
        assert export(workspace, out, ExportWish("jsonl", Selection())).attributions == marks
    if len({line["id"] for line in given}) == len(given) and not result.tally.losses:
        assert differences(given, lines_of(out)) == []


def test_a_corpus_becomes_a_docbin(tmp_path: Path, shared_data: Path):
    with opened(tmp_path / "framework.annotator") as workspace:
        import_files(workspace, [shared_data / "articles" / "gold.jsonl"], ImportWish(annotator="gold"))
        result = export(workspace, tmp_path / "gold.spacy", ExportWish("docbin", Selection()))
    assert {loss.what for loss in result.losses} <= {
        "span widened to whole spaCy tokens",
        "content in several fragments, written as separate spans",
        "span over a longer one: in doc.spans, not in doc.ents",
    }
