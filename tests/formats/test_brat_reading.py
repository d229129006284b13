"""brat files of other people are read: PolNeAR's events, spans with relations, and broken ones refused with the reason."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core.losses import LossReport
from annotator.core.ports import BY_NAME, NO
from annotator.core.records import AttributionRecord, Record
from annotator.core.spans import Fragments, Span
from annotator.formats.brat import FORMAT
from annotator.formats.brat_text import mended
from annotator.formats.jsonl import FORMAT as JSONL
from tests.building import what
from tests.formats.writing import marks_of, read, refused

TEXT = "🔥 “The plan,” an aide told the Post, “is dead.”\nThat is all."
LINE = re.compile(r"[^\n]+")
EVENT = (
    "T1\tContent 2 13;37 47\t“The plan,” “is dead.”\n"
    "T2\tSource 14 21\tan aide\n"
    "T3\tCue 22 26\ttold\n"
    "T4\tAttribution 22 26\ttold\n"
    "E1\tAttribution:T4 Content:T1 Cue:T3 Source:T2\n"
)


def pair(folder: Path, ann: str | bytes, text: str | bytes = TEXT, name: str = "plan") -> Path:
    """A .txt and its .ann; the path of the latter."""
    for suffix, content in ((".txt", text), (".ann", ann)):
        raw = content.encode() if isinstance(content, str) else content
        (folder / f"{name}{suffix}").write_bytes(raw)
    return folder / f"{name}.ann"


def one(folder: Path, ann: str, losses: LossReport | None = None) -> AttributionRecord:
    (found,) = marks_of(read(FORMAT, pair(folder, ann), losses)[0])
    return found


def test_an_event_is_an_attribution(tmp_path: Path):
    losses = LossReport()
    (record,) = read(FORMAT, pair(tmp_path, EVENT), losses)
    (found,) = marks_of(record)
    assert (found.id, found.source, found.cue) == ("E1", (Span(14, 21),), (Span(22, 26),))
    assert found.content == (Span(2, 13), Span(37, 47))
    assert (record.id, record.annotator, record.text) == ("plan", tmp_path.name, TEXT)
    assert not losses


def test_an_event_may_have_its_cue_for_a_trigger_and_number_its_arguments(tmp_path: Path):
    ann = (
        EVENT.replace("Attribution:T4 Content:T1 Cue:T3", "Cue:T3 Content:T1 Source2:T5")
        + "T5\tSource 27 35\tthe Post\n"
    )
    found = one(tmp_path, ann.replace("T4\tAttribution 22 26\ttold\n", ""))
    assert (found.cue, found.source) == ((Span(22, 26),), (Span(14, 21), Span(27, 35)))


def test_spans_and_relations_without_events_are_put_together(tmp_path: Path):
    ann = (
        "T1\tContent 2 13;37 47\t“The plan,” “is dead.”\nT2\tSource_anonymous 14 21\tan aide\nT3\tCue 22 26\ttold\n"
        "R1\tsays Arg1:T3 Arg2:T1\nR2\tby Arg1:T3 Arg2:T2\t\n*\tEquiv T1 T2\nN1\tReference T2 Wikidata:Q1\tan aide\n"
        "A1\tNegated T3\nA2\tpolarity T3 denial\n#1\tAnnotatorNotes T2\trank unknown\n"
    )
    losses = LossReport()
    found = one(tmp_path, ann, losses)
    assert (found.source, found.cue, found.content) == (
        (Span(14, 21),),
        (Span(22, 26),),
        (Span(2, 13), Span(37, 47)),
    )
    assert (found.polarity, found.note) == ("denial", "rank unknown")
    assert found.features == {"Negated": "true", "label": "Source_anonymous"}
    assert what(losses) == {
        "reference to a database, not imported": 1,
        "statement that spans are equivalent, not imported": 1,
        "label 'Source_anonymous' is no kind or role here; kept as a feature": 1,
    }


def test_values_and_notes_of_an_event_and_of_its_spans_are_its_own(tmp_path: Path):
    ann = EVENT + (
        "A1\tkind E1 anonymous_source\nA2\tcertainty T1 low\n#1\tAnnotatorNotes T3\tcheck\n#2\tAnnotatorNotes E1\ttwice\n"
        "#3\tAnnotatorNotes T99\tlost\n"
    )
    losses = LossReport()
    found = one(tmp_path, ann, losses)
    assert (found.kind, found.features, found.note) == (
        "anonymous_source",
        {"certainty": "low"},
        "check\ntwice",
    )
    assert what(losses) == {"note about no span and no event, not imported": 1}


def test_what_no_event_holds_is_kept_beside_the_events(tmp_path: Path):
    losses = LossReport()
    path = pair(tmp_path, EVENT + "T9\tContent 48 60\tThat is all.\nR1\tadds Arg1:T9 Arg2:T1\n")
    first, second = marks_of(read(FORMAT, path, losses)[0])
    assert (first.id, second.content) == ("E1", (Span(48, 60),))
    assert what(losses) == {"relation to a span that an event holds, not imported": 1}


def test_the_texts_of_polnear_lie_in_a_folder_of_their_own(tmp_path: Path):
    for name in ("text", "attributions"):
        (tmp_path / name).mkdir()
    (tmp_path / "text" / "post_plan.txt").write_text(TEXT, encoding="utf-8")
    path = tmp_path / "attributions" / "post_plan_4e07.ann"
    path.write_text(EVENT, encoding="utf-8")
    (record,) = read(FORMAT, path)
    assert (record.id, record.annotator, len(marks_of(record))) == ("post_plan", "4e07", 1)


def test_an_empty_file_is_how_brat_begins(tmp_path: Path):
    (record,) = read(FORMAT, pair(tmp_path, b""))
    assert (record.text, record.attributions, record.annotator) == (TEXT, None, None)


def test_windows_line_ends_in_the_ann_file_do_no_harm(tmp_path: Path):
    assert one(tmp_path, EVENT.replace("\n", "\r\n")).cue == (Span(22, 26),)


@pytest.mark.parametrize(
    ("ann", "says"),
    [
        (
            "T1\tCue 22 26\ttolls\n",
            r"line 1: 22 to 26 reads 'told', not 'tolls'; the .txt beside it is another text",
        ),
        ("T1\tCue 23 27\ttold\n", "the offsets count UTF-16 units"),
        (
            "T1\tCue 22 26\ttold\nT2\tCue 90 99\tgone\n",
            "line 2: 90 to 99 lies outside the text of 60 characters",
        ),
        ("T1\tCue 26 22\ttold\n", "empty or backwards"),
        ("T1\tCue 22 22\t\n", "empty or backwards"),
        ("T1\tCue 22\ttold\n", "line 1 is no line of brat's"),
        ("T1 Cue 22 26 told\n", "line 1 is no line of brat's"),
        ("E1\tAttribution:T4\n", "trigger of E1 is T4, which the file does not have"),
        (EVENT + "E2\tAttribution:T4 Source:T77\n", "Source of E2 is T77"),
        (EVENT + EVENT, "line 6: the id T1 stands twice"),
        ("R1\tsays Arg1:T1\n", "line 1 is no line of brat's"),
        ("#1\tMetadata document\t{broken\n", "is not JSON"),
        ('#1\tMetadata document\t{"zones": 7}\n', "zones should be a list of objects"),
        ("#1\tMetadata document\t" + "[" * 10_000 + "\n", "is not JSON"),
        (bytes(range(256)) * 8, "is not text"),
        ("just words\n", "line 1 is no line of brat's"),
        ("T1\tCue 999999999999999999999 9999999999999999999999\tx\n", "outside|backwards"),
    ],
    ids=range(17),
)
def test_what_does_not_fit_is_refused_with_the_reason(tmp_path: Path, ann: str | bytes, says: str):
    refused(FORMAT, pair(tmp_path, ann), says)


@pytest.mark.parametrize(
    ("offsets", "says"),
    [
        ("10 15", "count each Windows line end as two characters"),
        ("9 14", "count a byte order mark at the start"),
    ],
)
def test_offsets_of_other_systems_are_recognised(tmp_path: Path, offsets: str, says: str):
    refused(FORMAT, pair(tmp_path, f"T1\tCue {offsets}\tthree\n", "one\ntwo\nthree and on"), says)


def test_an_ann_file_needs_its_text(tmp_path: Path):
    path = pair(tmp_path, EVENT)
    path.with_suffix(".txt").unlink()
    refused(FORMAT, path, "has no plan.txt beside it")
    path.with_suffix(".txt").write_bytes(b"")
    with pytest.raises(Exception, match=r"plan\.txt is empty"):
        read(FORMAT, path)


def test_the_format_is_told_by_a_files_name():
    assert FORMAT.recognises(Path("a.ann"), b"\x00\xff") == BY_NAME
    assert FORMAT.recognises(Path("a.txt"), EVENT.encode()) == NO


def _as_published(text: str, marks: list[dict[str, list[list[int]]]]) -> Iterator[str]:
    """The lines of an .ann file as PolNeAR's authors publish them: spans shared, and broken at line ends."""
    numbers: dict[tuple[str, str], int] = {}
    for number, mark in enumerate(marks, 1):
        roles = {role.capitalize(): mark[role] for role in ("source", "cue", "content") if mark[role]}
        roles["Attribution"] = mark["cue"] or mark["content"]
        arguments = []
        for role, pairs in roles.items():
            pieces = [
                (start + found.start(), start + found.end())
                for start, end in pairs
                for found in LINE.finditer(text[start:end])
            ]
            offsets = ";".join(f"{start} {end}" for start, end in pieces)
            new = (role, offsets) not in numbers or role == "Attribution"
            if new:
                numbers[role, offsets] = len(numbers) + number * 1000
                yield f"T{numbers[role, offsets]}\t{role} {offsets}\t{' '.join(text[a:b] for a, b in pieces)}"
            arguments.append(f"{role}:T{numbers[role, offsets]}")
        yield f"E{number}\t{arguments[-1]} {' '.join(arguments[:-1])}"


@pytest.mark.slow
def test_polnear_is_read_as_its_authors_publish_it(tmp_path: Path, shared_data: Path):
    corpus = shared_data / "polnear" / "dev.jsonl"
    for folder in ("text", "attributions"):
        (tmp_path / folder).mkdir()
    for line, record in zip(corpus.read_bytes().splitlines(), read(JSONL, corpus), strict=True):
        text = record.text or ""
        marks = json.loads(line)["attributions"]
        name = f"{record.id}_{record.annotator}"
        (tmp_path / "text" / f"{record.id}.txt").write_bytes(text.encode())
        path = tmp_path / "attributions" / f"{name}.ann"
        path.write_bytes("".join(f"{one}\n" for one in _as_published(text, marks)).encode())
        losses = LossReport()
        (back,) = read(FORMAT, path, losses)
        assert (back.id, back.annotator, back.text) == (record.id, record.annotator, text)
        assert _spans(back) == [tuple(mended(parts, text) for parts in one) for one in _spans(record)]
        assert not losses


def _spans(record: Record) -> list[tuple[Fragments, ...]]:
    return [(mark.source, mark.cue, mark.content) for mark in marks_of(record)]
