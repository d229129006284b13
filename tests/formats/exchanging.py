"""What tests of training formats share: the ferry record, writing, reading back, and files that are none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import ExportOptions, Format, ReadOptions
from annotator.core.records import AttributionRecord, Record
from annotator.core.spans import Span
from annotator.formats.jsonl import FORMAT as JSONL
from tests.building import what
from tests.formats.strategies import KINDS

GOLDEN = Path(__file__).parents[1] / "golden"
OPTIONS = ReadOptions(kinds=KINDS)


def ferry() -> Record:
    """The article of the golden JSONL: three attributions, nested, split, with comments, a zone and an emoji."""
    (record,) = JSONL.read(GOLDEN / "ferry.jsonl", LossReport(), ReadOptions())
    return replace(record, where="")


def unmarked() -> Record:
    """An article that nobody has marked."""
    return Record(id="quay", text="The quay is closed.\n", story="Night ferry", outlet="Quay Gazette")


def suggested(record: Record) -> Record:
    """The record with a suggestion beside its attributions that nobody has accepted."""
    mark = AttributionRecord(id="m9", content=(Span(0, 5),), state="open", origin="rules-en")
    return replace(record, attributions=(*(record.attributions or ()), mark))


def write(
    writer: Format, records: Iterable[Record], out: Path, *, without_text: bool = False, label: str = "role"
) -> dict[str, int]:
    """Write records; returns how often each thing was lost."""
    return what(writer.write(iter(records), out, ExportOptions(without_text=without_text, label=label)))


def read(reader: Format, path: Path) -> tuple[list[Record], dict[str, int]]:
    """All records of a file, and how often each thing was lost."""
    losses = LossReport()
    return list(reader.read(path, losses, OPTIONS)), what(losses)


def read_one(reader: Format, path: Path) -> Record:
    """The one record of a file from which nothing is lost."""
    (record,), losses = read(reader, path)
    assert losses == {}
    return record


def refused(reader: Format, path: Path) -> str:
    """The one sentence with which a file is refused."""
    with pytest.raises(BadInput) as caught:
        read(reader, path)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert len(sentence) < 500
    assert str(path) in sentence
    return sentence


NO_FILES = {
    "empty": b"",
    "blank": b" \n\n",
    "binary": bytes(range(256)) * 20,
    "half a character": "naïve".encode("latin-1") * 50,
    "words": b"The ferry stops in May.\n",
    "an object": b"{}",
    "a list": b"[[1], 2, null]",
    "not a number": b'{"a": NaN, "target": {"source": NaN}}',
    "deep": b"[" * 10_000 + b"]" * 10_000,
    "deep objects": b'{"%TYPES":' * 10_000 + b"1" + b"}" * 10_000,
    "no zip": b"PK\x03\x04" + b"\x00" * 100,
    "cut": b'{"%TYPES": {"a": ',
    "xml": b"<a><b/></a>",
    "open xml": b"<a><b>",
    "deep xml": b"<a>" * 10_000 + b"</a>" * 10_000,
    "doctype": b'<!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>',
    "parquet": b"PAR1" + b"\x07" * 400 + b"PAR1",
}


def assert_refuses_what_is_none(reader: Format, folder: Path, suffix: str) -> None:
    """Every file that is none of the format's is refused in one sentence, and looked at without an error."""
    for name, data in NO_FILES.items():
        path = folder / f"{name}{suffix}"
        path.write_bytes(data)
        assert reader.recognises(path, data[:65_536]) in {0, 1, 2}
        assert refused(reader, path)
    assert refused(reader, folder)
    assert refused(reader, folder / f"missing{suffix}")


def assert_nothing_is_left(out: Path, make: Callable[[], object], says: str) -> None:
    """Writing is refused with these words, and nothing stands at the place."""
    with pytest.raises(BadInput, match=says):
        make()
    assert not out.exists()
    assert not list(out.parent.glob(f".{out.name}*"))
