"""CoNLL rows hold what one label a token can hold, and any reader of two columns takes them."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import BadInput
from annotator.core.labels import span_label
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, BY_NAME, LABELS, NO
from annotator.core.records import AttributionRecord, Record, places
from annotator.core.spans import Span
from annotator.formats.conll import FORMAT
from tests.building import what
from tests.formats.strategies import records
from tests.formats.writing import (
    GOLDEN,
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

OVERLAPPING = "span that overlaps a longer one, not written"


def rows(path: Path) -> list[list[tuple[str, str]]]:
    """The sentences of a file as a reader sees them that knows of nothing but two columns and a tab."""
    sentences: list[list[tuple[str, str]]] = [[]]
    for line in path.read_bytes().decode().split("\n"):
        if line:
            token, label = line.split("\t")
            sentences[-1].append((token, label))
        elif sentences[-1]:
            sentences.append([])
    return sentences[:-1]


def words_of(record: Record) -> list[tuple[str, str | None, str]]:
    """What is labelled: the role, the kind, and the words without white space."""
    text = record.text or ""
    return sorted(
        (role, one.kind or "", "".join(text[part.start : part.end].split()))
        for one in marks_of(record)
        for role, parts in places(one)
        for part in parts
    )


def test_our_article_is_written_as_it_once_was(tmp_path: Path):
    written(FORMAT, tmp_path / "out.conll", *ferry(), label="kind/role")
    assert (tmp_path / "out.conll").read_bytes() == (GOLDEN / "ferry.conll").read_bytes()


@given(records())
def test_words_and_labels_of_spans_that_do_not_overlap_come_back(record: Record):
    taken: list[Span] = []
    marks = []
    for one in marks_of(record):
        spans = [part for _, parts in places(one) for part in parts]
        if not any(a.meets(b) for n, a in enumerate(spans) for b in [*taken, *spans[n + 1 :]]):
            taken += spans
            marks.append(one)
    record = replace(record, attributions=tuple(marks))
    (back,), losses = and_back(FORMAT, "x.conll", record, label="kind/role")
    assert OVERLAPPING not in what(losses)
    assert words_of(back) == [one for one in words_of(record) if one[2]]
    assert "".join((back.text or "").split()) == "".join((record.text or "").split())
    assert (back.id, back.annotator) == (record.id, record.annotator)


@given(records(further=True), st.sampled_from(LABELS))
def test_every_file_is_iob2_and_every_span_is_written_or_counted(record: Record, label: str):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.conll"
        losses = written(FORMAT, path, record, label=label)
        sentences = rows(path)
    begun = 0
    known = {span_label(role, one.kind, label) for one in marks_of(record) for role, _ in places(one)}
    for sentence in sentences:
        before = "O"
        for token, tag in sentence:
            assert not re.search(r"\s", token) or token.startswith("# ")
            assert tag == "O" or tag[2:] in known
            assert tag[0] != "I" or before[1:] == tag[1:]
            begun += tag[0] == "B"
            before = tag
    spans = sum(len(parts) for one in marks_of(record) for _, parts in places(one))
    counted = what(losses)
    assert begun == spans - counted.get(OVERLAPPING, 0) - counted.get(
        "span of white space alone, not written", 0
    )


def test_of_two_spans_that_overlap_the_longer_is_written(tmp_path: Path):
    inner = AttributionRecord(id="m2", cue=(Span(22, 27),))
    record = replace(said(), attributions=(inner, *marks_of(said())))
    losses = written(FORMAT, tmp_path / "out.conll", record)
    assert what(losses)[OVERLAPPING] == 1
    assert [one for sentence in rows(tmp_path / "out.conll") for one in sentence if one[1] != "O"] == [
        ("Ida", "B-source"),
        ("Brandt", "I-source"),
        ("said", "B-cue"),
        ("🔥", "B-content"),
        ("it", "I-content"),
        ("stops", "I-content"),
        (".", "I-content"),
    ]


def test_one_role_may_be_written_alone(tmp_path: Path):
    losses = written(FORMAT, tmp_path / "out.conll", said(), layer="cue")
    assert [one for sentence in rows(tmp_path / "out.conll") for one in sentence if one[1] != "O"] == [
        ("said", "B-cue")
    ]
    assert what(losses)["span of another role than the chosen one, not written"] == 2


def test_sentences_are_divided_but_never_inside_a_span(tmp_path: Path):
    text = "It stops. Why? “Nobody asked. Nobody will,” she said. The end."
    content = AttributionRecord(id="m1", content=(Span(15, 42),))
    written(FORMAT, tmp_path / "out.conll", replace(said(text), attributions=(content,)))
    assert [" ".join(token for token, _ in one) for one in rows(tmp_path / "out.conll")[3:]] == [
        "It stops .",
        "Why ?",
        "“ Nobody asked . Nobody will , ” she said .",
        "The end .",
    ]


def test_everything_that_is_not_carried_is_counted(tmp_path: Path):
    counted = what(written(FORMAT, tmp_path / "out.conll", *ferry()))
    assert counted[OVERLAPPING] == 2
    assert counted["attribution whose spans are no longer tied together"] == 3
    assert counted["article's story, outlet, title and further fields, not carried"] == 1
    assert counted["kind, not carried"] == 3
    assert counted["source name, not carried"] == 3
    assert counted["comment, not carried"] == 1
    assert counted["zone, not carried"] == 1
    assert what(written(FORMAT, tmp_path / "a.conll", said(), unmarked()))[
        "article that nobody has marked, not written"
    ]


def test_nothing_is_written_when_nobody_has_marked_anything(tmp_path: Path):
    with pytest.raises(BadInput, match="nobody has marked"):
        written(FORMAT, tmp_path / "out.conll", unmarked())
    with pytest.raises(BadInput, match="holds the text"):
        written(FORMAT, tmp_path / "out.conll", said(), without_text=True)
    assert not list(tmp_path.iterdir())


def test_a_file_of_four_columns_is_read(tmp_path: Path):
    losses = LossReport()
    path = saved(tmp_path, "eng.iob2")(
        "-DOCSTART- -X- O O\n\nAides NNS B-NP B-SOURCE\nsay VBP B-VP B-CUE\n\nIt PRP O O\n\n"
        "-DOCSTART- -X- O O\n\nIda NNP O I-SOURCE\nBrandt NNP O I-SOURCE\n"
    )
    first, second = read(FORMAT, path, losses)
    assert (first.id, first.text, second.id, second.text) == ("eng", "Aides say\nIt", "eng-2", "Ida Brandt")
    assert [one.source for one in marks_of(first)] == [(Span(0, 5),), ()]
    assert [one.source for one in marks_of(second)] == [(Span(0, 10),)]
    assert what(losses) == {"column between token and label, not imported": 5}


@pytest.mark.parametrize(
    "labels", ["B-CUE I-CUE B-CUE O", "I-CUE I-CUE B-CUE O", "B-CUE L-CUE U-CUE O", "B-CUE E-CUE S-CUE O"]
)
def test_the_usual_ways_to_mark_spans_mean_the_same(tmp_path: Path, labels: str):
    path = saved(tmp_path, "x.bio")("".join(f"w{n}\t{one}\n" for n, one in enumerate(labels.split())))
    assert [one.cue for one in marks_of(read(FORMAT, path)[0])] == [(Span(0, 5),), (Span(6, 8),)]


def test_comments_of_others_are_no_rows(tmp_path: Path):
    path = saved(tmp_path, "x.conll")("# doc_id = a\n# text = Aides say\nAides\tO\n# doc_id = b\n#\tO\n")
    assert [(one.id, one.text) for one in read(FORMAT, path)] == [("a", "Aides"), ("b", "#")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (bytes(range(256)) * 8, "is not text"),
        (b"just some words\nand more\n", "line 1: a row should be a token and a label"),
        (b"one\n", "line 1: a row should be"),
        (b"one\tO\ntwo\tB\n", "line 2: a row should be"),
        (b"# doc_id = a\n", "no row with a token"),
        (b"[" * 10_000, "a row should be"),
    ],
)
def test_what_are_no_rows_is_refused_in_one_sentence(tmp_path: Path, content: bytes, says: str):
    refused(FORMAT, saved(tmp_path, "x.conll")(content), says)


def test_the_format_is_told_by_name_and_by_its_rows():
    assert FORMAT.recognises(Path("a.conll"), (GOLDEN / "ferry.conll").read_bytes()) == BY_CONTENT
    assert FORMAT.recognises(Path("a.iob"), b"Aides NNS B-SOURCE\n") == BY_CONTENT
    assert FORMAT.recognises(Path("a.bio"), b"\x00\xff" * 99) == BY_NAME
    assert FORMAT.recognises(Path("a.txt"), b"Aides\tB-SOURCE\n") == NO


def test_spacy_reads_the_same_spans(tmp_path: Path):
    from spacy.training.converters import conll_ner_to_docs

    written(FORMAT, tmp_path / "out.conll", said())
    content = (tmp_path / "out.conll").read_text(encoding="utf-8")
    (doc,) = conll_ner_to_docs(content, n_sents=0, no_print=True)
    assert [(one.label_, one.text) for one in doc.ents] == [
        ("source", "Ida Brandt"),
        ("cue", "said"),
        ("content", "🔥 it stops ."),
    ]
