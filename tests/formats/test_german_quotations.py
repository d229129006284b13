"""Documents of the corpus of German news quotations are read with all that they say of a quotation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.core.errors import BadInput
from annotator.core.ports import BY_CONTENT, NO
from annotator.core.spans import Span
from annotator.formats.german_quotations import FORMAT
from tests.formats.writing import GOLDEN, NOT_JSON, marks_of, read, refused, said, saved, written

TEXT = "Die Fähre, sagte Ida Brandt der Hafenpost, fährt nur bis Mai."


def role(*pairs: tuple[int, int]) -> dict[str, Any]:
    spans = [{"begin": 0, "charBegin": start, "charEnd": end, "end": 1} for start, end in pairs]
    return {"spans": spans, "text": " ".join(TEXT[start:end] for start, end in pairs), "tokenIds": []}


ANNOTATION: dict[str, Any] = {
    "addressee": role((28, 41)),
    "cue": role((11, 16)),
    "frame": role((11, 41)),
    "hasNested": False,
    "id": 0,
    "isNested": True,
    "medium": "Speech",
    "quote": role((0, 9), (43, 60)),
    "speaker": role((17, 27)),
    "type": "FreeIndirect",
}


def document(*annotations: Any, **changed: Any) -> str:
    whole = {
        "annotations": list(annotations),
        "documentName": "77 - Fähre hört auf (2026-01-12)",
        "originalText": TEXT,
        "sentences": [],
        "tokens": [],
        **changed,
    }
    return json.dumps(whole, ensure_ascii=False)


def test_who_said_what_how_and_to_whom_is_read(tmp_path: Path):
    (record,) = read(FORMAT, saved(tmp_path, "77.json")(document(ANNOTATION, year=2026)))
    assert (record.id, record.title, record.published, record.language) == (
        "77",
        "Fähre hört auf",
        "2026-01-12",
        "de",
    )
    assert record.extra == {"year": 2026}
    (one,) = marks_of(record)
    assert (one.source, one.cue, one.recipient) == ((Span(17, 27),), (Span(11, 16),), (Span(28, 41),))
    assert one.content == (Span(0, 9), Span(43, 60))
    assert one.quote == "indirect"
    assert one.features == {
        "quotation_type": "FreeIndirect",
        "quotation_medium": "Speech",
        "frame": "sagte Ida Brandt der Hafenpost",
        "nested": True,
    }


def test_roles_may_be_absent_in_either_way(tmp_path: Path):
    bare = {"quote": role((0, 9)), "addressee": [], "speaker": role(), "type": "Direct"}
    (one,) = marks_of(read(FORMAT, saved(tmp_path, "x.json")(document(bare)))[0])
    assert (one.source, one.cue, one.recipient, one.quote) == ((), (), (), "direct")


def test_a_document_without_quotations_was_looked_at(tmp_path: Path):
    (record,) = read(FORMAT, saved(tmp_path, "x.json")(document(documentName="plain")))
    assert (record.id, record.title, record.attributions) == ("x", "plain", ())


@pytest.mark.parametrize("broken", NOT_JSON.values(), ids=NOT_JSON)
def test_a_file_that_is_not_json_is_refused_in_one_sentence(tmp_path: Path, broken: bytes):
    refused(FORMAT, saved(tmp_path, "x.json")(broken))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[]", "is not one JSON object"),
        (document(originalText=None), "has no text under 'originalText'"),
        (document(annotations=7), "annotations should be a list of objects"),
        (document({"quote": 7}), "quote should be an object"),
        (document({"quote": {"spans": [7]}}), "spans should be a list of objects"),
        (document({"quote": role((60, 99))}), "no stretch of the text"),
        (document({"type": "Direct"}), "has no speaker, no cue and no quote"),
    ],
    ids=range(7),
)
def test_what_is_wrong_in_a_document_is_said(tmp_path: Path, content: str, says: str):
    refused(FORMAT, saved(tmp_path, "x.json")(content), says)


def test_the_format_is_told_by_what_stands_in_a_file_and_is_not_written(tmp_path: Path):
    assert FORMAT.recognises(Path("x.json"), document(ANNOTATION).encode()) == BY_CONTENT
    assert FORMAT.recognises(Path("x.json"), (GOLDEN / "ferry.citron" / "ferry.json").read_bytes()) == NO
    assert FORMAT.recognises(Path("x.json"), b"\x00\xff" * 99) == NO
    with pytest.raises(BadInput, match="read, not written"):
        written(FORMAT, tmp_path / "x.json", said())
