"""What tests of single formats stand on: our own sample record, files written and read, and files that are broken."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import ExportOptions, Format, ReadOptions
from annotator.core.records import AttributionRecord, Record
from annotator.core.spans import Span
from annotator.formats.jsonl import FORMAT as JSONL
from tests.formats.strategies import KINDS

GOLDEN = Path(__file__).parents[1] / "golden"
DEEP = b"[" * 10_000 + b"]" * 10_000
NOT_JSON = {
    "nothing in it": b"",
    "bytes that are no text": bytes(range(256)) * 8,
    "lists ten thousand deep": b'{"text": "Words.", "deep": ' + DEEP + b"}",
    "a number that is none": b'{"text": "Words.", "spans": NaN}',
    "half a surrogate pair": b'{"text": "\\ud83d half", "entities": [], "quotes": []}',
    "the end is missing": b'{"text": "Wor',
    "letters in Latin-1": '{"text": "café"}'.encode("latin-1"),
}


def ferry() -> list[Record]:
    """Our own sample article, marked by one annotator."""
    return list(JSONL.read(GOLDEN / "ferry.jsonl", LossReport(), ReadOptions()))


def unmarked() -> Record:
    """An article that nobody has marked."""
    return Record(id="dry", text="Nobody said anything.", story="Night ferry", where="test")


def written(one: Format, out: Path, *records: Record, **wish: Any) -> LossReport:
    """What was lost in writing these records."""
    return one.write(iter(records), out, ExportOptions(**wish))


def read(one: Format, path: Path, losses: LossReport | None = None) -> list[Record]:
    """The records of a file, with the kinds of our scheme known."""
    return list(one.read(path, LossReport() if losses is None else losses, ReadOptions(kinds=KINDS)))


def and_back(one: Format, name: str, *records: Record, **wish: Any) -> tuple[list[Record], LossReport]:
    """The records written to a file of this name and read again, and all that was lost on both ways."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / name
        losses = written(one, out, *records, **wish)
        files = sorted(path for path in out.rglob(f"*{one.suffixes[0]}")) if one.folder else [out]
        back = [record for path in files for record in read(one, path, losses)]
    return back, losses


def saved(folder: Path, name: str) -> Callable[[bytes | str], Path]:
    """Saves what it is given as the file of this name."""

    def save(content: bytes | str) -> Path:
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return save


def refused(one: Format, path: Path, says: str | None = None) -> str:
    """The one sentence with which a file is refused."""
    with pytest.raises(BadInput, match=says) as caught:
        read(one, path)
    sentence = str(caught.value)
    assert str(path) in sentence
    assert "\n" not in sentence
    assert len(sentence) < len(str(path)) + 300
    return sentence


def marks_of(record: Record) -> tuple[AttributionRecord, ...]:
    """The attributions of a record that somebody marked."""
    assert record.attributions is not None
    return record.attributions


def said(text: str = "Ida Brandt said 🔥 it stops.") -> Record:
    """A short article with one attribution in it."""
    one = AttributionRecord(
        id="m1", kind="named_official", source=(Span(0, 10),), cue=(Span(11, 15),), content=(Span(16, 27),)
    )
    return Record(id="short", text=text, annotator="maria", attributions=(one,), where="test")
