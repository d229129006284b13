"""Whatever stands in a file, a reader hands on records or refuses it in one sentence; nothing else comes out of it."""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.errors import BadInput
from annotator.core.ports import Format
from annotator.core.records import places as places_of
from annotator.formats.brat import FORMAT as BRAT
from annotator.formats.citron import FORMAT as CITRON
from annotator.formats.conll import FORMAT as CONLL
from annotator.formats.csv_attributions import FORMAT as CSV
from annotator.formats.doccano import FORMAT as DOCCANO
from annotator.formats.german_quotations import FORMAT as GERMAN
from annotator.formats.label_studio import FORMAT as LABEL_STUDIO
from annotator.formats.prodigy import FORMAT as PRODIGY
from tests.building import json_values
from tests.formats.writing import GOLDEN, read

_QUOTATION = {
    "annotations": [
        {"id": 0, "type": "Direct", "quote": {"spans": [{"charBegin": 0, "charEnd": 3}], "text": "Die"}}
    ],
    "documentName": "7 - Die Fähre (2026-01-12)",
    "originalText": "Die Fähre hält.",
}
WHOLE: dict[str, tuple[Format, Any]] = {
    "prodigy": (PRODIGY, json.loads((GOLDEN / "ferry.prodigy.jsonl").read_bytes())),
    "doccano": (DOCCANO, json.loads((GOLDEN / "ferry.doccano.jsonl").read_bytes())),
    "label-studio": (LABEL_STUDIO, json.loads((GOLDEN / "ferry.label-studio.json").read_bytes())),
    "citron": (CITRON, json.loads((GOLDEN / "ferry.citron" / "ferry.json").read_bytes())),
    "german-quotations": (GERMAN, _QUOTATION),
}
LINES = {
    "conll": (CONLL, (GOLDEN / "ferry.conll").read_bytes()),
    "brat": (BRAT, (GOLDEN / "ferry.brat" / "maria" / "ferry.ann").read_bytes()),
}
EVERY = (PRODIGY, DOCCANO, LABEL_STUDIO, CITRON, GERMAN, CONLL, CSV, BRAT)
odd_values = json_values | st.sampled_from(
    [-1, 0, 1, 10**12, 2**70, 1.5, "", "x", [], {}, [[]], [{}], {"start": 0}]
)


def try_to_read(one: Format, content: bytes) -> None:
    """Read a file with this content; a refusal has one line and names the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x{one.suffixes[0]}"
        (Path(folder) / "x.txt").write_bytes((GOLDEN / "ferry.brat" / "maria" / "ferry.txt").read_bytes())
        path.write_bytes(content)
        refusal = ""
        try:
            for record in read(one, path):
                for mark in record.attributions or ():
                    assert any(parts for _, parts in places_of(mark))
        except BadInput as wrong:
            refusal = str(wrong)
        assert "\n" not in refusal
        assert not refusal or str(path.parent) in refusal


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each value inside a value."""
    yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        yield from places(item, (*path, key))


def changed(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    """The value with another one at a place inside it."""
    if not path:
        return other
    whole = copy.deepcopy(value)
    at = whole
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = other
    return whole


@pytest.mark.parametrize("name", WHOLE)
@settings(max_examples=150)
@given(st.data())
def test_any_value_may_stand_anywhere(name: str, data: st.DataObject):
    one, whole = WHOLE[name]
    for _ in range(data.draw(st.integers(1, 3))):
        way = data.draw(st.sampled_from(list(places(whole))))
        whole = changed(whole, way, data.draw(odd_values))
    try_to_read(one, json.dumps(whole, ensure_ascii=False).encode() + b"\n")


@pytest.mark.parametrize("name", LINES)
@given(st.data())
def test_any_line_may_be_changed(name: str, data: st.DataObject):
    one, content = LINES[name]
    lines = content.split(b"\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    cut = data.draw(st.integers(0, len(lines[at])))
    put = data.draw(
        st.sampled_from([b"", b"\t", b" ", b";", b":", b"E1", b"T1", b"9", b"-", b"{", b"\xff", b"B-"])
    )
    lines[at] = lines[at][:cut] + put + lines[at][cut + data.draw(st.integers(0, 3)) :]
    try_to_read(one, b"\n".join(lines))


@pytest.mark.parametrize("name", WHOLE | LINES)
@given(st.data())
def test_a_file_may_end_anywhere(name: str, data: st.DataObject):
    one, whole = (WHOLE | LINES)[name]
    content = whole if isinstance(whole, bytes) else json.dumps(whole, ensure_ascii=False).encode()
    try_to_read(one, content[: data.draw(st.integers(0, len(content)))])


@given(st.binary(max_size=200), st.sampled_from([".json", ".jsonl", ".conll", ".ann", ".csv", ""]))
def test_looking_at_a_file_never_fails(head: bytes, suffix: str):
    for one in EVERY:
        for content in (head, b'{"text": "' + head, b'[{"data": {"' + head, b"\xef\xbb\xbf" + head):
            assert one.recognises(Path(f"x{suffix}"), content) in (0, 1, 2)
