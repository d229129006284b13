"""Prodigy's tasks hold every span of every attribution, and what was answered there comes back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, LABELS, NO
from annotator.core.records import Record
from annotator.core.spans import Span
from annotator.formats.jsonl import FORMAT as JSONL
from annotator.formats.prodigy import FORMAT, _task
from tests.building import what
from tests.formats.strategies import records, shapes
from tests.formats.writing import (
    GOLDEN,
    NOT_JSON,
    and_back,
    ferry,
    marks_of,
    read,
    refused,
    said,
    saved,
    unmarked,
    written,
)

TEXT = "🔥 The plan, an aide said, is dead."
CONTENT = {"start": 2, "end": 11, "token_start": 1, "token_end": 3, "label": "CONTENT"}
SOURCE = {"start": 12, "end": 19, "token_start": 4, "token_end": 5, "label": "SOURCE"}
SAYS = {"head": 5, "child": 3, "label": "SAYS", "head_span": SOURCE, "child_span": CONTENT}
TASK: dict[str, Any] = {"text": TEXT, "spans": [CONTENT, SOURCE], "relations": [SAYS], "answer": "accept"}


def line(**changed: Any) -> str:
    return json.dumps({**TASK, **changed}, ensure_ascii=False) + "\n"


def test_our_article_is_written_as_it_once_was(tmp_path: Path):
    written(FORMAT, tmp_path / "out.jsonl", *ferry(), label="kind/role")
    assert (tmp_path / "out.jsonl").read_bytes() == (GOLDEN / "ferry.prodigy.jsonl").read_bytes()


@given(records(further=True), st.sampled_from(LABELS))
def test_spans_nesting_and_what_is_known_of_the_article_come_back(record: Record, label: str):
    (back,), _ = and_back(FORMAT, "x.jsonl", record, label=label)
    names = ("id", "parent") if label == "role" else ("id", "parent", "kind")
    assert shapes(back.attributions, *names) == shapes(record.attributions, *names)
    for name in (
        *("id", "text", "story", "outlet", "title", "author", "url", "published", "language"),
        *("zones", "annotator", "status", "split", "note", "extra"),
    ):
        assert getattr(back, name) == getattr(record, name), name


@given(records(further=True), st.sampled_from(LABELS))
def test_tokens_join_up_to_the_text_and_spans_begin_and_end_with_them(record: Record, label: str):
    losses = LossReport()
    task = _task(record, label, losses)
    tokens = task["tokens"]
    assert "".join(one["text"] + " " * one["ws"] for one in tokens) == record.text
    assert [one["id"] for one in tokens] == list(range(len(tokens)))
    assert all(record.text[one["start"] : one["end"]] == one["text"] for one in tokens if record.text)
    for span in task["spans"]:
        assert tokens[span["token_start"]]["start"] == span["start"]
        assert tokens[span["token_end"]]["end"] == span["end"]
    for one in task["relations"]:
        assert one["head"] == one["head_span"]["token_end"]
        assert one["child"] == one["child_span"]["token_end"]
        assert one["head_span"] in task["spans"]
        assert one["child_span"] in task["spans"]


def test_no_hash_is_invented(tmp_path: Path):
    written(FORMAT, tmp_path / "out.jsonl", said())
    task = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert not [key for key in task if key.startswith("_")]
    assert task["answer"] == "accept"


def test_an_article_that_nobody_has_marked_is_a_task_without_an_answer(tmp_path: Path):
    losses = written(FORMAT, tmp_path / "out.jsonl", unmarked())
    assert not losses
    task = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert "answer" not in task
    assert "spans" not in task
    (back,) = read(FORMAT, tmp_path / "out.jsonl")
    assert (back.id, back.attributions, back.annotator) == ("dry", None, None)


def test_everything_that_is_not_carried_is_counted(tmp_path: Path):
    losses = written(FORMAT, tmp_path / "out.jsonl", *ferry())
    assert what(losses) == {
        "kind, not carried": 3,
        "source name, not carried": 3,
        "claims, not carried": 3,
        "quote type, not carried": 3,
        "comments, not carried": 1,
        "via outlet, not carried": 1,
        "antecedent, not carried": 1,
        "inherited fields, not carried": 1,
        "confidence, not carried": 1,
        "features, not carried": 1,
        "further keys, not carried": 1,
        "comment, not carried": 1,
    }


def test_suggestions_that_nobody_accepted_stay_out_of_a_training_set(tmp_path: Path):
    record = said()
    record = replace(record, attributions=tuple(replace(one, state="open") for one in marks_of(record)))
    losses = written(FORMAT, tmp_path / "out.jsonl", record)
    assert what(losses) == {"suggestion that nobody has accepted, not written": 1}
    (back,) = read(FORMAT, tmp_path / "out.jsonl")
    assert back.attributions == ()


def test_a_task_of_prodigys_own_is_read_by_its_spans_and_relations(tmp_path: Path):
    losses = LossReport()
    path = saved(tmp_path, "plan.jsonl")(
        line(_session_id="plan-anna", _input_hash=1, _task_hash=2, mood="calm")
    )
    (record,) = read(FORMAT, path, losses)
    assert record.annotator == "plan-anna"
    assert record.extra == {"mood": "calm"}
    (one,) = marks_of(record)
    assert (one.source, one.content) == ((Span(12, 19),), (Span(2, 11),))
    assert not losses


def test_only_accepted_tasks_count_and_the_others_are_said(tmp_path: Path):
    losses = LossReport()
    path = saved(tmp_path, "plan.jsonl")(line() + line(answer="reject") + line(answer="ignore"))
    assert len(read(FORMAT, path, losses)) == 1
    assert what(losses) == {
        "task answered with 'reject', not imported": 1,
        "task answered with 'ignore', not imported": 1,
    }


def test_each_annotator_of_a_text_has_a_record(tmp_path: Path):
    path = saved(tmp_path, "plan.jsonl")(line(_annotator_id="anna") + line(_annotator_id="olena", spans=[]))
    assert [(one.annotator, len(marks_of(one))) for one in read(FORMAT, path)] == [("anna", 1), ("olena", 1)]


def test_relations_without_spans_are_understood_by_their_last_tokens(tmp_path: Path):
    path = saved(tmp_path, "plan.jsonl")(line(relations=[{"head": 5, "child": 3, "label": "SAYS"}]))
    (one,) = marks_of(read(FORMAT, path)[0])
    assert (one.source, one.content) == ((Span(12, 19),), (Span(2, 11),))


def test_same_unit_is_the_relation_between_two_fragments(tmp_path: Path):
    rest = {"start": 26, "end": 33, "token_start": 8, "token_end": 9, "label": "CONTENT"}
    same = {"head": 3, "child": 9, "label": "SAME_UNIT", "head_span": CONTENT, "child_span": rest}
    path = saved(tmp_path, "plan.jsonl")(line(spans=[CONTENT, SOURCE, rest], relations=[SAYS, same]))
    (one,) = marks_of(read(FORMAT, path)[0])
    assert one.content == (Span(2, 11), Span(26, 33))


@pytest.mark.parametrize("broken", NOT_JSON.values(), ids=NOT_JSON)
def test_a_file_that_is_not_json_is_refused_in_one_sentence(tmp_path: Path, broken: bytes):
    refused(FORMAT, saved(tmp_path, "x.jsonl")(broken))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"text": None}, "has no text"),
        ({"text": 7}, "text should be text"),
        ({"spans": {}}, "spans should be a list of objects"),
        ({"spans": [{"start": 0, "end": 99, "label": "CUE"}], "relations": []}, "which has 34 characters"),
        ({"spans": [{"start": 3, "end": 3, "label": "CUE"}], "relations": []}, "is no stretch of the text"),
        (
            {"spans": [{"start": "3", "end": 5, "label": "CUE"}], "relations": []},
            "start should be a whole number",
        ),
        ({"relations": [{"head": 77, "child": 3, "label": "x"}]}, "last token of no span"),
        ({"meta": []}, "meta should be an object"),
        ({"meta": {"story": ["x"]}}, "story should be text"),
    ],
)
def test_what_is_wrong_in_a_task_is_said_with_its_place(tmp_path: Path, changed: dict[str, Any], says: str):
    sentence = refused(FORMAT, saved(tmp_path, "x.jsonl")(line() + line(**changed)), says)
    assert "line 2" in sentence
    assert "imported" in sentence


def test_the_last_of_two_equal_keys_counts(tmp_path: Path):
    path = saved(tmp_path, "x.jsonl")('{"text": "one", "text": "two", "answer": "accept"}\n')
    assert read(FORMAT, path)[0].text == "two"


def test_a_text_is_needed(tmp_path: Path):
    with pytest.raises(BadInput, match="holds the text"):
        written(FORMAT, tmp_path / "out.jsonl", said(), without_text=True)
    assert not list(tmp_path.iterdir())


def test_the_format_is_told_by_what_stands_in_a_file():
    golden = (GOLDEN / "ferry.prodigy.jsonl").read_bytes()
    assert FORMAT.recognises(Path("a.jsonl"), golden) == BY_CONTENT
    assert FORMAT.recognises(Path("a.jsonl"), line().encode()[:120]) in (NO, BY_CONTENT)
    assert FORMAT.recognises(Path("a.json"), golden) == NO
    for other in ("ferry.jsonl", "ferry.doccano.jsonl"):
        assert FORMAT.recognises(Path("a.jsonl"), (GOLDEN / other).read_bytes()) == NO
    assert JSONL.recognises(Path("a.jsonl"), golden) < BY_CONTENT
    for broken in NOT_JSON.values():
        assert FORMAT.recognises(Path("a.jsonl"), broken) == NO
