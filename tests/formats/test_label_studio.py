"""Label Studio's tasks hold spans, relations and every further field, and what was done there comes back."""

from __future__ import annotations

import json
import tempfile
import xml.etree.ElementTree as ET
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
from annotator.formats.label_studio import FORMAT
from annotator.formats.values import SIMPLE
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


def region(own_id: str, start: float, end: int, label: str, **value: Any) -> dict[str, Any]:
    """A region as Label Studio exports it."""
    whole = {"start": start, "end": end, "text": TEXT[int(start) : end], "labels": [label], **value}
    whole = {key: one for key, one in whole.items() if one is not None}
    return {"id": own_id, "from_name": "label", "to_name": "text", "type": "labels", "value": whole}


CONTENT, SOURCE = region("r1", 2, 11, "CONTENT"), region("r2", 12, 19, "SOURCE")
SAYS = {"type": "relation", "from_id": "r2", "to_id": "r1", "direction": "right", "labels": ["SAYS"]}


def task(*result: dict[str, Any], **changed: Any) -> str:
    annotation = {"id": 1, "completed_by": 10, "was_cancelled": False, "result": list(result)}
    whole = {"id": 1, "data": {"text": TEXT}, "annotations": [annotation], **changed}
    return json.dumps([whole], ensure_ascii=False)


def test_our_article_is_written_as_it_once_was_with_its_configuration(tmp_path: Path):
    written(FORMAT, tmp_path / "out.json", *ferry())
    assert (tmp_path / "out.json").read_bytes() == (GOLDEN / "ferry.label-studio.json").read_bytes()
    configuration = (tmp_path / "out.config.xml").read_bytes()
    assert configuration == (GOLDEN / "ferry.label-studio.config.xml").read_bytes()


@given(records(further=True), st.sampled_from(LABELS))
def test_spans_nesting_and_every_simple_field_come_back(record: Record, label: str):
    (back,), losses = and_back(FORMAT, "x.json", record, label=label)
    assert shapes(back.attributions, "id", "parent", *SIMPLE) == shapes(
        record.attributions, "id", "parent", *SIMPLE
    )
    assert not losses
    for name in (
        *("id", "text", "story", "outlet", "title", "author", "url", "published", "language"),
        *("zones", "annotator", "status", "split", "note", "extra"),
    ):
        assert getattr(back, name) == getattr(record, name), name


@given(records(further=True), st.sampled_from(LABELS))
def test_all_that_a_task_uses_stands_in_the_configuration(record: Record, label: str):
    with tempfile.TemporaryDirectory() as folder:
        written(FORMAT, Path(folder) / "x.json", record, label=label)
        tree = ET.parse(Path(folder) / "x.config.xml").getroot()
        (one,) = json.loads((Path(folder) / "x.json").read_bytes())
    known = {name: {item.get("value") for item in tree.iter(name)} for name in ("Label", "Relation")}
    controls = {item.get("name"): item for item in tree if item.get("toName") == "text"}
    for item in one["annotations"][0]["result"]:
        if item["type"] == "relation":
            assert set(item["labels"]) <= known["Relation"]
        elif item["type"] == "labels":
            assert set(item["value"]["labels"]) <= known["Label"]
        elif item["type"] == "choices":
            values = {choice.get("value") for choice in controls[item["from_name"]]}
            assert set(item["value"]["choices"]) <= values
        else:
            assert controls[item["from_name"]].tag == "TextArea"


def test_two_annotators_of_an_article_share_a_task(tmp_path: Path):
    olena = replace(said(), annotator="olena", attributions=())
    written(FORMAT, tmp_path / "out.json", said(), olena, unmarked())
    tasks = json.loads((tmp_path / "out.json").read_bytes())
    assert [(one["id"], len(one["annotations"])) for one in tasks] == [(1, 2), (2, 0)]
    back = read(FORMAT, tmp_path / "out.json")
    assert [(one.id, one.annotator, one.attributions is None) for one in back] == [
        ("short", "maria", False),
        ("short", "olena", False),
        ("dry", None, True),
    ]


def test_everything_that_is_not_carried_is_counted(tmp_path: Path):
    assert what(written(FORMAT, tmp_path / "out.json", *ferry())) == {
        "comment, not carried": 1,
        "comments, not carried": 1,
        "antecedent, not carried": 1,
        "confidence, not carried": 1,
        "features, not carried": 1,
        "further keys, not carried": 1,
    }


def test_a_task_of_label_studios_own_is_read(tmp_path: Path):
    (record,) = read(FORMAT, saved(tmp_path, "x.json")(task(CONTENT, SOURCE, SAYS)))
    assert (record.id, record.annotator) == ("task-1", "10")
    (one,) = marks_of(record)
    assert (one.source, one.content) == ((Span(12, 19),), (Span(2, 11),))


def test_a_relation_may_point_to_the_left(tmp_path: Path):
    losses = LossReport()
    left = {**SAYS, "from_id": "r1", "to_id": "r2", "direction": "left", "labels": ["source"]}
    path = saved(tmp_path, "x.json")(task(CONTENT, SOURCE, left))
    assert len(marks_of(read(FORMAT, path, losses)[0])) == 1
    assert not losses


def test_offsets_in_utf16_units_are_converted_and_that_is_said(tmp_path: Path):
    losses = LossReport()
    wide = region("r1", 3, 12, "CONTENT", text="The plan,")
    (one,) = marks_of(read(FORMAT, saved(tmp_path, "x.json")(task(wide)), losses)[0])
    assert one.content == (Span(2, 11),)
    assert what(losses) == {"offsets that counted UTF-16 units, converted to characters": 1}


def test_a_region_without_its_words_is_taken_at_its_offsets(tmp_path: Path):
    (one,) = marks_of(
        read(FORMAT, saved(tmp_path, "x.json")(task(region("r1", 2, 11, "CONTENT", text=None))))[0]
    )
    assert one.content == (Span(2, 11),)


def test_cancelled_work_and_regions_without_a_label_are_counted(tmp_path: Path):
    losses = LossReport()
    cancelled = {"id": 2, "was_cancelled": True, "result": [CONTENT]}
    kept = {"id": 3, "result": [region("r1", 2, 11, "", labels=None), SOURCE, SAYS]}
    (record,) = read(FORMAT, saved(tmp_path, "x.json")(task(annotations=[cancelled, kept])), losses)
    assert len(marks_of(record)) == 1
    assert what(losses) == {
        "annotation that was cancelled, not imported": 1,
        "region without a label, not imported": 1,
        "relation to a region that is not there, not imported": 1,
    }


def test_a_models_predictions_are_open_suggestions_in_a_set_of_its_own(tmp_path: Path):
    prediction = {"model_version": "tagger-2", "score": 0.75, "result": [CONTENT, SOURCE, SAYS]}
    (record,) = read(FORMAT, saved(tmp_path, "x.json")(task(annotations=[], predictions=[prediction])))
    (one,) = marks_of(record)
    assert record.annotator == "tagger-2"
    assert (one.state, one.origin, one.confidence) == ("open", "tagger-2", 0.75)


def test_answers_about_a_region_become_fields_or_features(tmp_path: Path):
    losses = LossReport()
    place = {"start": 2, "end": 11}
    answers = [
        {"id": "r1", "from_name": "polarity", "type": "choices", "value": {**place, "choices": ["denial"]}},
        {"id": "r1", "from_name": "quote", "type": "choices", "value": {**place, "choices": ["scare"]}},
        {"id": "r2", "from_name": "note", "type": "textarea", "value": {**place, "text": ["an aide?"]}},
        {"id": "r1", "from_name": "stars", "type": "rating", "value": {**place, "rating": 4}},
        {"id": "d", "from_name": "topic", "type": "choices", "value": {"choices": ["war"]}},
    ]
    path = saved(tmp_path, "x.json")(task(CONTENT, SOURCE, SAYS, *answers))
    (one,) = marks_of(read(FORMAT, path, losses)[0])
    assert (one.polarity, one.quote, one.note) == ("denial", None, "an aide?")
    assert one.features == {"their_quote": "scare", "stars": "4"}
    assert what(losses) == {
        "quote 'scare' is not known here; kept as a feature": 1,
        "answer about no region of the text, not imported": 1,
    }


def test_whoever_completed_a_task_may_be_named_in_several_ways(tmp_path: Path):
    people = [{"id": 4, "email": "anna@post.example"}, {"id": 5}, 6, None]
    annotations = [{"completed_by": one, "result": []} for one in people]
    back = read(FORMAT, saved(tmp_path, "x.json")(task(annotations=annotations)))
    assert [one.annotator for one in back] == ["anna@post.example", "5", "6", None]


@pytest.mark.parametrize("broken", NOT_JSON.values(), ids=NOT_JSON)
def test_a_file_that_is_not_json_is_refused_in_one_sentence(tmp_path: Path, broken: bytes):
    refused(FORMAT, saved(tmp_path, "x.json")(broken))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[7]", "item 1 is not a JSON object"),
        ('"words"', "item 1 is not a JSON object"),
        (task(data={}), "has no text"),
        (task(data=[]), "data should be an object"),
        (task(annotations=7), "annotations should be a list of objects"),
        (task(region("r1", 30, 99, "CUE", text=None)), "no stretch of the text"),
        (task(region("r1", 33, 35, "CUE", text=None)), "may count UTF-16"),
        (task(region("r1", 2, 11, "CUE", text="quite other")), "belong to another text"),
        (task(region("r1", 2.5, 11, "CUE", text=None)), "a whole number"),
        (task({"type": "labels", "value": "words"}), "value should be an object"),
    ],
    ids=range(10),
)
def test_what_is_wrong_in_a_task_is_said_with_its_place(tmp_path: Path, content: str, says: str):
    assert "item 1" in refused(FORMAT, saved(tmp_path, "x.json")(content), says)


def test_a_text_is_needed(tmp_path: Path):
    with pytest.raises(BadInput, match="holds the text"):
        written(FORMAT, tmp_path / "out.json", said(), without_text=True)
    assert not list(tmp_path.iterdir())


def test_the_format_is_told_by_what_stands_in_a_file():
    golden = (GOLDEN / "ferry.label-studio.json").read_bytes()
    assert FORMAT.recognises(Path("a.json"), golden) == BY_CONTENT
    assert FORMAT.recognises(Path("a.json"), (GOLDEN / "ferry.citron" / "ferry.json").read_bytes()) == NO
    for broken in NOT_JSON.values():
        assert FORMAT.recognises(Path("a.json"), broken) == NO
