"""A line of JSONL is read exactly or refused with file, line, key and reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.core.articles import text_hash
from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import ReadOptions
from annotator.core.records import Record
from annotator.core.spans import Span
from annotator.formats.jsonl import FORMAT
from tests.building import what

TEXT = "The ferry stops, sources said. 👍🏽"
MARK: dict[str, Any] = {"id": "m1", "kind": "other", "content": [[0, 15]], "cue": [[25, 29]]}
LINE: dict[str, Any] = {"id": "ferry", "text": TEXT, "attributions": [MARK]}


def read(path: Path, losses: LossReport | None = None) -> list[Record]:
    return list(FORMAT.read(path, LossReport() if losses is None else losses, ReadOptions()))


def saved(folder: Path, *lines: Any) -> Path:
    path = folder / "in.jsonl"
    raw = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("\n".join(raw) + "\n", encoding="utf-8")
    return path


def one(folder: Path, **changed: Any) -> Record:
    (record,) = read(saved(folder, {**LINE, **changed}))
    return record


def of_mark(folder: Path, **changed: Any) -> Any:
    marks = one(folder, attributions=[{**MARK, **changed}]).attributions
    assert marks is not None
    return marks[0]


def test_a_line_needs_little(tmp_path: Path):
    bare, marked = read(
        saved(tmp_path, {"id": "a", "text": "Words."}, {"id": 7, "text": "", "attributions": []})
    )
    assert (bare.id, bare.text, bare.attributions) == ("a", "Words.", None)
    assert (marked.id, marked.attributions) == ("7", ())


def test_empty_lines_and_a_byte_order_mark_are_passed_over(tmp_path: Path):
    path = tmp_path / "in.jsonl"
    path.write_bytes(
        b"\xef\xbb\xbf" + json.dumps(LINE).encode() + b"\r\n\r\n  \n" + json.dumps(LINE).encode()
    )
    assert len(read(path)) == 2


def test_names_that_other_corpora_use_are_understood(tmp_path: Path):
    record = one(tmp_path, publisher="Harbour Post", date="2026-01-01", wire="None")
    assert (record.outlet, record.published, record.extra) == ("Harbour Post", "2026-01-01", {"wire": "None"})
    mark = of_mark(tmp_path, claim="ends", inherited=True, recipient="Harbour Post", self=True)
    assert (mark.claims, mark.inherited, mark.recipient_name, mark.self_citation) == (
        ("ends",),
        ("via",),
        "Harbour Post",
        True,
    )


def test_one_claim_and_several_are_put_together(tmp_path: Path):
    assert of_mark(tmp_path, claim="ends", claims=["asked", " ", "ends"]).claims == ("asked", "ends")
    assert of_mark(tmp_path, claims="ends").claims == ("ends",)
    assert of_mark(tmp_path, claim=None).claims == ()


def test_keys_that_nobody_knows_are_kept(tmp_path: Path):
    record = one(tmp_path, mood={"calm": [1, None]}, extra={"old": True})
    assert record.extra == {"old": True, "mood": {"calm": [1, None]}}
    assert of_mark(tmp_path, certainty=3, extra={"old": 1}).extra == {"old": 1, "certainty": 3}


def test_keys_of_a_comment_or_zone_that_nobody_knows_are_said_to_be_lost(tmp_path: Path):
    losses = LossReport()
    comment = {"text": "Hm.", "author": "ana", "mood": "calm"}
    zone = {"zone": "body", "start": 0, "end": 9, "level": 2}
    read(saved(tmp_path, {**LINE, "comments": [comment], "zones": [zone]}), losses)
    assert what(losses) == {
        "unknown key 'mood' of a comment or zone": 1,
        "unknown key 'level' of a comment or zone": 1,
    }


def test_comments_alone_are_reason_enough_for_a_set(tmp_path: Path):
    (record,) = read(
        saved(tmp_path, {"id": "a", "text": "Words.", "comments": [{"text": "Hm.", "author": "ana"}]})
    )
    assert record.attributions == ()
    assert record.comments[0].text == "Hm."


def test_spans_may_be_pairs_or_objects_and_come_in_reading_order(tmp_path: Path):
    mark = of_mark(tmp_path, content=[{"start": 10, "end": 15, "quote": "stops"}, [0, 9]])
    assert mark.content == (Span(0, 9), Span(10, 15))


def test_the_last_of_two_equal_keys_counts_as_everywhere_in_json(tmp_path: Path):
    (record,) = read(saved(tmp_path, '{"id": "a", "text": "one", "text": "two"}'))
    assert record.text == "two"


DEEP = "[" * 200 + "]" * 200
DEEPER = "[" * 100_000 + "]" * 100_000
BROKEN = [
    ('{"id": "a", "text": "cut', "is not JSON"),
    ("[1, 2]", "is not a JSON object"),
    ('"words"', "is not a JSON object"),
    ("null", "is not a JSON object"),
    ('{"id": "a", "text": NaN}', "is not JSON"),
    ('{"id": "a", "text": "x", "n": 1e999}', "is not JSON|number"),
    ('{"id": "a", "text": "\\ud800 half"}', "is not JSON"),
    ('{"id": "a", "title": "\\udfff", "text": "x"}', "is not JSON"),
    (f'{{"id": "a", "text": "x", "deep": {DEEP}}}', "nested more than"),
    (f'{{"id": "a", "text": "x", "extra": {{"deep": {DEEP}}}}}', "nested more than"),
    (f'{{"id": "a", "text": "x", "deep": {DEEPER}}}', "is not JSON"),
    ('{"id": "a", "text": "x"} trailing', "is not JSON"),
    ('{"attributions": []}', "needs a text, or the text_sha256 or id"),
]


@pytest.mark.parametrize(("raw", "says"), BROKEN, ids=range(len(BROKEN)))
def test_a_broken_line_is_named_by_its_number(tmp_path: Path, raw: str, says: str):
    path = saved(tmp_path, *[LINE] * 16, raw, LINE)
    with pytest.raises(BadInput, match=says) as caught:
        read(path)
    assert f"{path}, line 17" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


def test_bytes_that_are_no_utf8_are_refused(tmp_path: Path):
    path = tmp_path / "in.jsonl"
    path.write_bytes(b'{"id": "a", "text": "caf\xe9"}\n')
    with pytest.raises(BadInput, match="line 1 is not JSON"):
        read(path)
    path.write_bytes(json.dumps(LINE).encode("utf-16"))
    with pytest.raises(BadInput, match="line 1 is not JSON"):
        read(path)


def test_a_newer_schema_and_a_text_that_was_altered_are_refused(tmp_path: Path):
    with pytest.raises(BadInput, match=r"'annotator/2'; this program reads annotator/1"):
        one(tmp_path, schema="annotator/2")
    with pytest.raises(BadInput, match="not the one its text_sha256 was made from"):
        one(tmp_path, text_sha256=text_hash("another"))
    assert one(tmp_path, schema="annotator/1", text_sha256=text_hash(TEXT)).text == TEXT


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ([[0, 999]], r"content \[0, 999\] lies outside the text, which has 33 characters"),
        ([[-1, 4]], "cannot start before the text"),
        ([[4, 4]], "must end after it starts"),
        ([[9, 4]], "must end after it starts"),
        ([[0, 9], [5, 12]], "overlap"),
        ([[0, 2**70]], "pairs of whole numbers|outside"),
        ([[0]], "pairs of whole numbers"),
        ([[0, 1, 2]], "pairs of whole numbers"),
        ([["0", "4"]], "pairs of whole numbers"),
        ([[0.0, 4.0]], "pairs of whole numbers"),
        ([[True, 4]], "pairs of whole numbers"),
        ([{"start": 0}], "pairs of whole numbers"),
        ([0, 4], "pairs of whole numbers"),
        (["04"], "pairs of whole numbers"),
        ("0-4", "pairs"),
        ({"start": 0, "end": 4}, "pairs"),
        (4, "pairs"),
    ],
)
@pytest.mark.parametrize("role", ["content", "source", "cue", "via_span"])
def test_a_span_that_is_none_is_refused(tmp_path: Path, role: str, place: Any, says: str):
    with pytest.raises(BadInput, match=says.replace("content", role)) as caught:
        of_mark(tmp_path, **{role: place})
    assert "in.jsonl, line 1, attributions 1: " in str(caught.value)


TEXTS = "story outlet title author url published language text_sha256 status scheme article_note assumed file_name schema"
WRONG: list[tuple[str, list[Any]]] = [
    *((key, [3, True, ["x"], {"x": 1}]) for key in TEXTS.split()),
    *((key, [3, True, ["x"]]) for key in ("text", "split", "duplicate_group")),
    *((key, [True, 1.5, ["x"], {}]) for key in ("id", "annotator")),
    *((key, ["x", 3, {}, [3], ["x"]]) for key in ("zones", "attributions", "comments")),
    (
        "zones",
        [[{"zone": 3, "start": 0, "end": 4}], [{"zone": "body", "start": 0}], [{"start": 0, "end": 999}]],
    ),
    ("extra", ["x", [1], 3]),
]
WRONG_IN_MARK: list[tuple[str, list[Any]]] = [
    *((key, [3, True, ["x"]]) for key in ("kind", "source_name", "via", "medium", "quote", "grounds")),
    *(
        (key, [3, True, ["x"], {}])
        for key in ("type", "polarity", "note", "origin", "state", "created", "updated")
    ),
    *((key, [True, 1.5, ["x"], {}]) for key in ("id", "source_id", "parent", "antecedent")),
    *((key, ["yes", 1, 0, []]) for key in ("hedge", "implicit_source", "self")),
    ("confidence", ["0.5", True, []]),
    ("version", ["1", 1.5, True, 2**40, 2**63]),
    *((key, [3, [3], {}]) for key in ("claims", "claim", "inherited")),
    *((key, ["x", [1], 3]) for key in ("provenance", "features", "extra", "more_roles")),
    ("more_roles", [{"witness": "x"}, {"witness": [[0, 999]]}]),
    ("comments", ["x", [3]]),
]
COMMENT = {"id": "c", "text": "Hm.", "author": "ana"}
WRONG_IN_COMMENT: list[tuple[str, list[Any]]] = [
    *((key, [3, True, []]) for key in ("text", "author", "created", "claim")),
    *((key, [True, []]) for key in ("id", "reply_to")),
    ("resolved", ["yes", 1]),
    ("mentions", [3, [3]]),
    ("place", ["x", [[0, 999]], [[3, 3]]]),
]


def each(cases: list[tuple[str, list[Any]]]) -> list[Any]:
    return [pytest.param(key, value, id=f"{key}={value!r}"[:40]) for key, values in cases for value in values]


@pytest.mark.parametrize(("key", "value"), each(WRONG))
def test_a_value_of_the_wrong_type_refuses_the_file_and_is_named(tmp_path: Path, key: str, value: Any):
    with pytest.raises(BadInput, match=rf"in\.jsonl, line 1.*({key}|span)"):
        one(tmp_path, **{key: value})


@pytest.mark.parametrize(("key", "value"), each(WRONG_IN_MARK))
def test_a_value_of_the_wrong_type_in_an_attribution_is_named_too(tmp_path: Path, key: str, value: Any):
    with pytest.raises(BadInput, match=rf"line 1, attributions 1.*({key}|witness)"):
        of_mark(tmp_path, **{key: value})


@pytest.mark.parametrize(("key", "value"), each(WRONG_IN_COMMENT))
def test_a_value_of_the_wrong_type_in_a_comment_is_named_too(tmp_path: Path, key: str, value: Any):
    with pytest.raises(BadInput, match=rf"line 1, comments 1.*{key}"):
        one(tmp_path, comments=[{**COMMENT, key: value}])


@pytest.mark.parametrize(
    "key", ["story", "title", "zones", "comments", "extra", "split", "annotator", "status"]
)
def test_null_is_the_same_as_nothing(tmp_path: Path, key: str):
    assert one(tmp_path, **{key: None}) == one(tmp_path)


def test_a_folder_an_empty_and_a_missing_file_are_named(tmp_path: Path):
    empty = tmp_path / "empty.jsonl"
    empty.write_bytes(b"\n \n")
    for path, says in (
        (tmp_path, "is a folder"),
        (empty, "is empty"),
        (tmp_path / "gone.jsonl", "cannot be read"),
    ):
        with pytest.raises(BadInput, match=says):
            read(path)
