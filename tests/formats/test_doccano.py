"""doccano's lines hold entities and relations, and lines that were labelled there are read in each of its forms."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, NO
from annotator.core.records import Record
from annotator.core.spans import Span
from annotator.formats.doccano import FORMAT
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
LINE: dict[str, Any] = {
    "id": 7,
    "text": TEXT,
    "entities": [
        {"id": 1, "start_offset": 2, "end_offset": 11, "label": "CONTENT"},
        {"id": 2, "start_offset": 12, "end_offset": 19, "label": "SOURCE"},
    ],
    "relations": [{"id": 1, "from_id": 2, "to_id": 1, "type": "SAYS"}],
}


def line(**changed: Any) -> str:
    values = {key: value for key, value in {**LINE, **changed}.items() if value != "leave out"}
    return json.dumps(values, ensure_ascii=False) + "\n"


def test_our_article_is_written_as_it_once_was(tmp_path: Path):
    written(FORMAT, tmp_path / "out.jsonl", *ferry(), label="kind/role")
    assert (tmp_path / "out.jsonl").read_bytes() == (GOLDEN / "ferry.doccano.jsonl").read_bytes()


@given(records(further=True))
def test_spans_kinds_nesting_and_what_is_known_of_the_article_come_back(record: Record):
    (back,), losses = and_back(FORMAT, "x.jsonl", record, label="kind/role")
    assert shapes(back.attributions, "kind") == shapes(record.attributions, "kind")
    assert [one.parent is None for one in marks_of(back)] == [one.parent is None for one in marks_of(record)]
    assert not [one for one in what(losses) if "role" in one]
    for name in (
        *("id", "text", "story", "outlet", "title", "author", "url", "published", "language"),
        *("zones", "annotator", "status", "split", "note", "extra"),
    ):
        assert getattr(back, name) == getattr(record, name), name


def test_ids_are_numbers_that_no_two_lines_share(tmp_path: Path):
    written(FORMAT, tmp_path / "out.jsonl", *ferry(), *ferry())
    first, second = map(json.loads, (tmp_path / "out.jsonl").read_bytes().splitlines())
    ids = [one["id"] for each in (first, second) for one in each["entities"]]
    assert ids == list(range(1, len(ids) + 1))
    assert (first["id"], second["id"]) == (1, 2)


def test_comments_are_those_of_the_article_and_say_who_made_them(tmp_path: Path):
    losses = written(FORMAT, tmp_path / "out.jsonl", *ferry(), label="kind/role")
    (back,) = read(FORMAT, tmp_path / "out.jsonl")
    assert [(one.author, one.text) for one in back.comments] == [
        ("olena", "Both halves?"),
        ("maria", "Yes 👍🏽"),
        ("olena", "Done."),
    ]
    assert what(losses)["comment that no longer says on which attribution it is"] == 2
    assert what(losses)["thread, claim or place of a comment, not carried"] == 1


def test_everything_that_is_not_carried_is_counted(tmp_path: Path):
    losses = written(FORMAT, tmp_path / "out.jsonl", *ferry())
    assert {one.removesuffix(", not carried"): count for one, count in what(losses).items()} == {
        "kind": 3,
        "source name": 3,
        "claims": 3,
        "quote type": 3,
        "via outlet": 1,
        "antecedent": 1,
        "inherited fields": 1,
        "confidence": 1,
        "features": 1,
        "further keys": 1,
        "thread, claim or place of a comment": 1,
        "comment that no longer says on which attribution it is": 2,
    }


def test_a_label_that_doccano_refuses_is_counted(tmp_path: Path):
    record = said()
    record = replace(record, attributions=tuple(replace(one, kind="k" * 95) for one in marks_of(record)))
    losses = written(FORMAT, tmp_path / "out.jsonl", record, label="kind/role")
    assert what(losses) == {"label longer than the 100 characters that doccano takes": 2}


def test_roles_that_labels_of_kinds_do_not_tell_are_counted(tmp_path: Path):
    record = said()
    (one,) = marks_of(record)
    losses = written(FORMAT, tmp_path / "out.jsonl", replace(record, attributions=(one,)), label="kind")
    assert not losses
    no_content = replace(record, attributions=(replace(one, content=()),))
    losses = written(FORMAT, tmp_path / "out.jsonl", no_content, label="kind")
    assert what(losses) == {"role that the label does not tell, not carried": 1}


def test_an_article_that_nobody_has_marked_has_no_entities(tmp_path: Path):
    losses = written(FORMAT, tmp_path / "out.jsonl", unmarked())
    assert not losses
    assert "entities" not in json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert read(FORMAT, tmp_path / "out.jsonl")[0].attributions is None


def test_a_line_of_doccanos_own_is_read(tmp_path: Path):
    (record,) = read(FORMAT, saved(tmp_path, "anna.jsonl")(line(mood="calm")))
    (one,) = marks_of(record)
    assert (one.source, one.content) == ((Span(12, 19),), (Span(2, 11),))
    assert (record.id, record.extra, record.annotator) == ("anna-7", {"mood": "calm"}, None)


@pytest.mark.parametrize("key", ["label", "labels"])
def test_the_form_for_named_entities_is_read(tmp_path: Path, key: str):
    plain = line(
        entities="leave out", relations="leave out", **{key: [[2, 11, "CONTENT"], [12, 19, "SOURCE"]]}
    )
    (record,) = read(FORMAT, saved(tmp_path, "anna.jsonl")(plain))
    assert [(one.source, one.content) for one in marks_of(record)] == [
        ((), (Span(2, 11),)),
        ((Span(12, 19),), ()),
    ]


def test_labels_of_whole_articles_are_counted(tmp_path: Path):
    losses = LossReport()
    path = saved(tmp_path, "anna.jsonl")(
        line(entities="leave out", relations="leave out", label=["politics"])
    )
    assert marks_of(read(FORMAT, path, losses)[0]) == ()
    assert what(losses) == {"label of a whole article, not imported": 1}


@pytest.mark.parametrize("broken", NOT_JSON.values(), ids=NOT_JSON)
def test_a_file_that_is_not_json_is_refused_in_one_sentence(tmp_path: Path, broken: bytes):
    refused(FORMAT, saved(tmp_path, "x.jsonl")(broken))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"text": "leave out"}, "has no text"),
        ({"entities": [7]}, "entities should be a list of objects"),
        (
            {"entities": [{"id": 1, "start_offset": 30, "end_offset": 36, "label": "x"}]},
            "no stretch of the text",
        ),
        ({"entities": [{"id": 1, "start_offset": 1.5, "end_offset": 3, "label": "x"}]}, "a whole number"),
        ({"entities": LINE["entities"] * 2}, "two entities have the same id"),
        ({"relations": [{"from_id": 2, "to_id": 9, "type": "x"}]}, "no entity '9'"),
        ({"label": "CONTENT"}, r"a list of \[start, end, label\]"),
        ({"label": [[1, 2]]}, r"a list of \[start, end, label\]"),
        ({"label": [[True, 2, "x"]]}, r"a list of \[start, end, label\]"),
        ({"labels": [[34, 35, "x"]]}, "which has 34 characters"),
        ({"Comments": [7]}, "a list of texts"),
    ],
)
def test_what_is_wrong_in_a_line_is_said_with_its_place(tmp_path: Path, changed: dict[str, Any], says: str):
    assert "line 2" in refused(FORMAT, saved(tmp_path, "x.jsonl")(line() + line(**changed)), says)


def test_a_text_is_needed(tmp_path: Path):
    with pytest.raises(BadInput, match="holds the text"):
        written(FORMAT, tmp_path / "out.jsonl", said(), without_text=True)
    assert not list(tmp_path.iterdir())


def test_the_format_is_told_by_what_stands_in_a_file():
    golden = (GOLDEN / "ferry.doccano.jsonl").read_bytes()
    assert FORMAT.recognises(Path("a.jsonl"), golden) == BY_CONTENT
    assert FORMAT.recognises(Path("a.jsonl"), b'{"text": "x y", "label": [[0, 1, "CUE"]]}') == BY_CONTENT
    assert FORMAT.recognises(Path("a.jsonl"), b'{"text": "x y", "labels": []}') == BY_CONTENT
    for other in ("ferry.jsonl", "ferry.prodigy.jsonl"):
        assert FORMAT.recognises(Path("a.jsonl"), (GOLDEN / other).read_bytes()) == NO
    assert FORMAT.recognises(Path("a.jsonl"), b"\x00\xff" * 99) == NO
