"""Citron's documents hold a cue, sources and contents for each quote, and documents of Citron's own are read."""

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
from annotator.formats.citron import FORMAT
from tests.building import what
from tests.formats.strategies import records
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


def place(start: int, end: int, **more: Any) -> dict[str, Any]:
    return {"start": start, "end": end, "text": TEXT[start:end], **more}


QUOTE: dict[str, Any] = {
    "cue": place(20, 24),
    "sources": [place(12, 19)],
    "contents": [place(2, 11), place(26, 34)],
    "coreferences": None,
}


def document(*quotes: Any, **changed: Any) -> str:
    whole = {"text": TEXT, "quotes": list(quotes), **changed}
    return json.dumps({key: one for key, one in whole.items() if one != "leave out"}, ensure_ascii=False)


def test_our_article_is_written_as_it_once_was(tmp_path: Path):
    written(FORMAT, tmp_path / "out", *ferry())
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["ferry.json"]
    assert (tmp_path / "out" / "ferry.json").read_bytes() == (
        GOLDEN / "ferry.citron" / "ferry.json"
    ).read_bytes()


@given(records())
def test_quotes_with_a_cue_in_one_piece_come_back(record: Record):
    (back,), losses = and_back(FORMAT, "out", record)
    cued = [one for one in marks_of(record) if one.cue]
    assert [(one.id, one.source, one.cue, one.content) for one in marks_of(back)] == [
        (one.id, one.source, one.cue[:1], one.content) for one in cued
    ]
    counted = what(losses)
    assert counted.get("attribution without a cue, not written", 0) == len(marks_of(record)) - len(cued)
    assert counted.get("cue's further fragment, not carried", 0) == sum(len(one.cue) - 1 for one in cued)
    for name in (
        *("id", "text", "story", "outlet", "title", "author", "url", "published", "language"),
        *("zones", "annotator", "status", "split", "note", "extra"),
    ):
        assert getattr(back, name) == (getattr(record, name) or getattr(back, name)), name


def test_a_confidence_is_text_as_citron_writes_it_and_a_number_for_us(tmp_path: Path):
    record = said()
    record = replace(record, attributions=tuple(replace(one, confidence=0.75) for one in marks_of(record)))
    written(FORMAT, tmp_path / "out", record)
    whole = json.loads((tmp_path / "out" / "short.json").read_bytes())
    assert whole["quotes"][0]["confidence"] == "0.75"
    assert whole["quotes"][0]["coreferences"] == []
    assert marks_of(read(FORMAT, tmp_path / "out" / "short.json")[0])[0].confidence == 0.75


def test_every_annotator_of_an_article_has_a_file(tmp_path: Path):
    awkward = replace(said(), id="../a/b")
    olena = replace(said(), annotator="olena")
    written(FORMAT, tmp_path / "out", said(), olena, olena, awkward, unmarked())
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == [
        "a_b.json",
        "dry.json",
        "short-olena-2.json",
        "short-olena.json",
        "short.json",
    ]
    assert read(FORMAT, tmp_path / "out" / "dry.json")[0].attributions is None


def test_everything_that_is_not_carried_is_counted(tmp_path: Path):
    counted = what(written(FORMAT, tmp_path / "out", *ferry()))
    assert counted["kind, not carried"] == 3
    assert counted["nesting (parent), not carried"] == 1
    assert counted["via outlet's words, not carried"] == 1
    assert counted["comment, not carried"] == 1
    assert "confidence, not carried" not in counted


def test_a_document_of_citrons_own_is_read(tmp_path: Path):
    losses = LossReport()
    groups = [[place(12, 19), place(0, 1)]]
    path = saved(tmp_path, "plan.json")(document(QUOTE, coreference_groups=groups, lang="en"))
    (record,) = read(FORMAT, path, losses)
    (one,) = marks_of(record)
    assert (one.id, one.cue, one.source) == ("q1", (Span(20, 24),), (Span(12, 19),))
    assert one.content == (Span(2, 11), Span(26, 34))
    assert (record.id, record.title, record.extra) == ("plan", TEXT, {"lang": "en"})
    assert what(losses) == {"groups of words that mean the same person, not imported": 1}


def test_whom_a_pronoun_means_is_kept_as_a_feature(tmp_path: Path):
    quote = {**QUOTE, "coreferences": [place(12, 19)], "confidence": "0.9000", "mood": 3}
    (one,) = marks_of(read(FORMAT, saved(tmp_path, "plan.json")(document(quote)))[0])
    assert (one.features, one.confidence, one.extra) == ({"coreferences": ["an aide"]}, 0.9, {"mood": 3})


def test_offsets_in_utf16_units_are_converted_and_that_is_said(tmp_path: Path):
    losses = LossReport()
    quote = {**QUOTE, "cue": {"start": 21, "end": 25, "text": "said"}}
    (one,) = marks_of(read(FORMAT, saved(tmp_path, "plan.json")(document(quote)), losses)[0])
    assert one.cue == (Span(20, 24),)
    assert what(losses) == {"offsets that counted UTF-16 units, converted to characters": 1}


@pytest.mark.parametrize("broken", NOT_JSON.values(), ids=NOT_JSON)
def test_a_file_that_is_not_json_is_refused_in_one_sentence(tmp_path: Path, broken: bytes):
    refused(FORMAT, saved(tmp_path, "x.json")(broken))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[]", "is not one JSON object"),
        (document(text=7), "text should be text"),
        (document(text="leave out"), "has no text"),
        (document(quotes={}), "quotes should be a list of objects"),
        (document({}), "has no cue, no source and no content"),
        (document({"cue": []}), "has no cue"),
        (document({"cue": [1]}), "cue should be an object"),
        (document({**QUOTE, "cue": place(30, 99)}), "no stretch of the text"),
        (document({**QUOTE, "cue": place(20, 24) | {"text": "other"}}), "belong to another text"),
        (document({**QUOTE, "confidence": "high"}), "a number between 0 and 1"),
        (document({**QUOTE, "confidence": 7}), "a number between 0 and 1"),
        (
            document(QUOTE, article={"zones": [{"zone": "body", "start": 0, "end": 99}]}),
            "lies outside the text",
        ),
        (document(QUOTE, deep=json.loads("[" * 60 + "]" * 60)), "nested more than"),
    ],
    ids=range(13),
)
def test_what_is_wrong_in_a_document_is_said(tmp_path: Path, content: str, says: str):
    refused(FORMAT, saved(tmp_path, "x.json")(content), says)


def test_nothing_is_written_over(tmp_path: Path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput, match="not an empty folder"):
        written(FORMAT, tmp_path / "out", said())
    with pytest.raises(BadInput, match="hold the text"):
        written(FORMAT, tmp_path / "new", said(), without_text=True)
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_the_format_is_told_by_what_stands_in_a_file():
    golden = (GOLDEN / "ferry.citron" / "ferry.json").read_bytes()
    assert FORMAT.recognises(Path("a.json"), golden) == BY_CONTENT
    assert FORMAT.recognises(Path("a.json"), document(QUOTE).encode()) == BY_CONTENT
    assert FORMAT.recognises(Path("a.json"), (GOLDEN / "ferry.label-studio.json").read_bytes()) == NO
    assert FORMAT.recognises(Path("a.json"), b"\x00\xff" * 99) == NO
