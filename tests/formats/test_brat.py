"""What is written keeps brat's rules, as a small reader of brat's own kind finds them, and comes back."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.articles import clean_text
from annotator.core.errors import BadInput
from annotator.core.ports import LABELS
from annotator.core.records import AttributionRecord, Record
from annotator.core.spans import Fragments, Span
from annotator.formats.brat import FORMAT
from annotator.formats.brat_text import Moved, broken, many_lines, mended, one_line
from annotator.formats.values import SIMPLE
from tests.building import nasty_text, what
from tests.formats.strategies import commented, records
from tests.formats.writing import GOLDEN, and_back, ferry, marks_of, read, said, unmarked, written


def checked(folder: Path) -> dict[str, int]:
    """How often each sort of line stands in the .ann files of a folder, once all of brat's rules were found kept."""
    counted: dict[str, int] = {}
    for path in sorted(folder.rglob("*.ann")):
        text = path.with_suffix(".txt").read_bytes().decode()
        assert "\r" not in text
        assert not text.startswith("\ufeff")
        content = path.read_bytes().decode()
        # brat reads with codecs.open, which ends lines wherever str.splitlines does
        assert content.splitlines() == content.split("\n")[:-1]
        lines = [line.split("\t", 2) for line in content.splitlines()]
        ids = [line[0] for line in lines]
        assert len(set(ids)) == len(ids)
        bounds = {line[0] for line in lines if line[0][0] == "T"}
        events = {line[0] for line in lines if line[0][0] == "E"}
        for line in lines:
            _check(line, text, bounds, events)
            counted[line[0][0]] = counted.get(line[0][0], 0) + 1
    return counted


def _check(line: list[str], text: str, bounds: set[str], events: set[str]) -> None:
    own_id, data = line[:2]
    assert re.fullmatch(r"[TEA#]\d+", own_id)
    if own_id[0] == "T":
        kind, _, offsets = data.partition(" ")
        pairs = [tuple(map(int, one.split(" "))) for one in offsets.split(";")]
        assert re.fullmatch(r"[A-Za-z0-9_-]+", kind)
        assert all(0 <= start < end <= len(text) for start, end in pairs)
        assert all(left[1] < right[0] for left, right in pairwise(pairs))
        assert line[2] == " ".join(text[start:end] for start, end in pairs)
    elif own_id[0] == "E":
        trigger, *arguments = data.split(" ")
        assert trigger.split(":")[0] == "Attribution"
        assert trigger.split(":")[1] in bounds
        names = [one.split(":")[0] for one in arguments]
        assert len(set(names)) == len(names)
        assert all(one.split(":")[1] in bounds | events for one in arguments)
    elif own_id[0] == "A":
        assert re.fullmatch(r"\w+ E\d+( [A-Za-z0-9_-]+)?", data)
        assert data.split(" ")[1] in events
    else:
        kind, target = data.split(" ")
        assert target in events | bounds or (kind, target) == ("Metadata", "document")


def test_our_article_is_written_as_it_once_was(tmp_path: Path):
    written(FORMAT, tmp_path / "out", *ferry())
    names = sorted(path.relative_to(tmp_path / "out") for path in (tmp_path / "out").rglob("*.*"))
    assert [name.as_posix() for name in names] == ["annotation.conf", "maria/ferry.ann", "maria/ferry.txt"]
    for name in names:
        assert (tmp_path / "out" / name).read_bytes() == (GOLDEN / "ferry.brat" / name).read_bytes()


@given(records(further=True), st.sampled_from(LABELS))
def test_brats_rules_are_kept(record: Record, label: str):
    with tempfile.TemporaryDirectory() as folder:
        losses = written(FORMAT, Path(folder) / "out", record, label=label)
        counted = checked(Path(folder) / "out")
    not_written = what(losses).get("attribution without a place that brat can hold, not written", 0)
    assert counted.get("E", 0) == len(marks_of(record)) - not_written


@given(records(further=True), st.sampled_from(LABELS))
def test_spans_chains_and_every_simple_field_come_back(record: Record, label: str):
    chained = tuple(replace(one, antecedent=one.parent) for one in marks_of(record))
    record = replace(record, attributions=tuple(commented(one, "Sure?\nYes.") for one in chained))
    (back,), losses = and_back(FORMAT, "out", record, label=label)
    moved = Moved.of(record.text or "")
    assert back.text == moved.text == clean_text(record.text or "")

    def at(parts: Fragments) -> Fragments:
        return mended(broken(moved.fragments(parts), moved.text), moved.text)

    def shape(one: AttributionRecord, *, move: bool) -> tuple[object, ...]:
        spans = (one.source, one.cue, one.content, one.via_span, one.recipient)
        more = {role: at(parts) if move else parts for role, parts in one.more_roles.items()}
        values = [getattr(one, name) for name in (*SIMPLE, "id", "parent", "antecedent")]
        remarks = [(comment.author, comment.text) for comment in one.comments]
        shown = [at(parts) if move else parts for parts in spans]
        return (*shown, {role: parts for role, parts in more.items() if parts}, *values, remarks)

    if "attribution without a place that brat can hold, not written" in what(losses):
        return
    assert [shape(one, move=False) for one in marks_of(back)] == [
        shape(one, move=True) for one in marks_of(record)
    ]
    for name in (
        *("id", "story", "outlet", "title", "author", "url", "published", "language"),
        *("annotator", "status", "split", "note", "extra"),
    ):
        assert getattr(back, name) == getattr(record, name), name
    if moved.text == record.text:
        assert back.zones == record.zones
        assert not set(what(losses)) - {"line end at the edge of a span, not carried"}


@given(nasty_text)
def test_a_note_of_many_lines_stands_on_one_and_comes_back(text: str):
    assert len(one_line(text).splitlines()) <= 1
    assert "\t" not in one_line(text)
    assert many_lines(one_line(text)) == text


def test_spans_of_two_attributions_are_shared_and_fragments_end_with_the_line(tmp_path: Path):
    text = "Ida Brandt said:\nit stops,\nand added: in May."
    first = AttributionRecord(
        id="m1", source=(Span(0, 10),), cue=(Span(11, 15),), content=(Span(17, 26), Span(38, 44))
    )
    second = AttributionRecord(id="m2", source=(Span(0, 10),), cue=(Span(31, 36),), content=(Span(17, 36),))
    record = replace(said(text), attributions=(first, second))
    losses = written(FORMAT, tmp_path / "out", record)
    content = (tmp_path / "out" / "maria" / "short.ann").read_text(encoding="utf-8")
    assert content.count("\tSource 0 10\t") == 1
    assert "\tContent 17 26;27 36\tit stops, and added\n" in content
    assert not losses
    (back,) = read(FORMAT, tmp_path / "out" / "maria" / "short.ann")
    assert [one.content for one in marks_of(back)] == [first.content, second.content]


def test_windows_line_ends_and_a_byte_order_mark_are_left_behind_and_counted(tmp_path: Path):
    text = "\ufeffIda Brandt\r\nsaid it stops."
    one = AttributionRecord(id="m1", source=(Span(1, 11),), cue=(Span(13, 17),), content=(Span(18, 26),))
    losses = written(FORMAT, tmp_path / "out", replace(said(text), attributions=(one,)))
    assert what(losses) == {"line ends other than LF, or a byte order mark, written as brat wants them": 1}
    checked(tmp_path / "out")
    (back,) = read(FORMAT, tmp_path / "out" / "maria" / "short.ann")
    (found,) = marks_of(back)
    assert (found.source, found.cue, found.content) == ((Span(0, 10),), (Span(11, 15),), (Span(16, 24),))


def test_a_line_end_at_the_edge_of_a_span_is_counted(tmp_path: Path):
    one = AttributionRecord(id="m1", cue=(Span(0, 1),), content=(Span(0, 3),))
    losses = written(FORMAT, tmp_path / "out", replace(said("\nit stops"), attributions=(one,)))
    assert what(losses) == {"line end at the edge of a span, not carried": 2}
    alone = AttributionRecord(id="m1", content=(Span(0, 1),))
    losses = written(FORMAT, tmp_path / "two", replace(said("\nit stops"), attributions=(alone,)))
    assert what(losses)["attribution without a place that brat can hold, not written"] == 1


def test_everything_that_is_not_carried_is_counted(tmp_path: Path):
    counted = what(written(FORMAT, tmp_path / "out", *ferry()))
    assert counted == {
        "thread, claim or place of a comment, not carried": 1,
        "confidence, not carried": 1,
        "features, not carried": 1,
        "further keys, not carried": 1,
    }


def test_a_role_that_brat_cannot_name_is_counted(tmp_path: Path):
    (one,) = marks_of(said())
    odd = {"speaker": (Span(0, 3),), "two words": (Span(0, 3),), "role2": (Span(0, 3),)}
    losses = written(FORMAT, tmp_path / "out", replace(said(), attributions=(replace(one, more_roles=odd),)))
    assert sum(what(losses).values()) == 3
    assert marks_of(read(FORMAT, tmp_path / "out" / "maria" / "short.ann")[0])[0].more_roles == {}


def test_files_have_safe_names_in_a_folder_for_each_annotator(tmp_path: Path):
    other = replace(said(), annotator="Olena K.", id="../a/b")
    written(FORMAT, tmp_path / "out", said(), said(), replace(said(), id="SHORT"), other, unmarked())
    assert sorted(
        path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.ann")
    ) == [
        "Olena_K/a_b.ann",
        "maria/SHORT-3.ann",
        "maria/short-2.ann",
        "maria/short.ann",
        "unmarked/dry.ann",
    ]
    (back,) = read(FORMAT, tmp_path / "out" / "Olena_K" / "a_b.ann")
    assert (back.id, back.annotator) == ("../a/b", "Olena K.")
    (back,) = read(FORMAT, tmp_path / "out" / "unmarked" / "dry.ann")
    assert (back.id, back.attributions, back.annotator) == ("dry", None, None)


def test_a_text_is_needed(tmp_path: Path):
    with pytest.raises(BadInput, match="hold the text"):
        written(FORMAT, tmp_path / "out", said(), without_text=True)
    assert not list(tmp_path.iterdir())
