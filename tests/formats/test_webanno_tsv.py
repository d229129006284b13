"""WebAnno TSV: what is written comes back, in INCEpTION's own units, and others' layers are read."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from annotator.core.records import AttributionRecord, Record
from annotator.core.spans import Span
from annotator.formats.values import SIMPLE
from annotator.formats.webanno_tsv import FORMAT
from tests.formats.exchanging import (
    GOLDEN,
    assert_nothing_is_left,
    assert_refuses_what_is_none,
    ferry,
    read,
    read_one,
    refused,
    suggested,
    unmarked,
    write,
)
from tests.formats.strategies import records, shapes

HEAD = "#FORMAT=WebAnno TSV 3.3\n"


def saved(folder: Path, text: str, name: str = "maria/ferry.tsv") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_a_file_of_ours_is_written_as_it_once_was_and_comes_back(tmp_path: Path):
    write(FORMAT, [ferry()], tmp_path / "out")
    written = tmp_path / "out" / "maria" / "ferry.tsv"
    assert written.read_bytes() == (GOLDEN / "ferry.webanno.tsv").read_bytes()
    back = read_one(FORMAT, written)
    assert (back.id, back.annotator, back.text) == ("ferry", "maria", ferry().text)
    in_order = sorted(back.attributions or (), key=lambda one: one.id or "")
    assert shapes(in_order, "id", "parent", "confidence", *SIMPLE) == shapes(
        ferry().attributions, "id", "parent", "confidence", *SIMPLE
    )


@given(records(further=True))
def test_text_spans_nesting_and_simple_fields_come_back(record: Record):
    with tempfile.TemporaryDirectory() as folder:
        write(FORMAT, [record], Path(folder, "out"))
        (path,) = Path(folder, "out").rglob("*.tsv")
        back = read_one(FORMAT, path)
    assert (back.id, back.annotator, back.text) == (record.id, record.annotator, record.text)
    in_order = sorted(back.attributions or (), key=lambda one: one.id or "")
    assert shapes(in_order, "id", "parent", *SIMPLE) == shapes(record.attributions, "id", "parent", *SIMPLE)


def test_offsets_in_the_file_count_utf_16_units(tmp_path: Path):
    record = Record(
        id="a", text="🔥 told", annotator="maria", attributions=(AttributionRecord(cue=(Span(2, 6),)),)
    )
    write(FORMAT, [record], tmp_path / "out")
    assert "\n1-2\t3-7\ttold\tcue\t" in (tmp_path / "out/maria/a.tsv").read_text(encoding="utf-8")


def test_what_is_not_carried_is_counted(tmp_path: Path):
    lost = write(FORMAT, [suggested(ferry()), unmarked()], tmp_path / "out")
    assert lost == {
        "suggestion that nobody has accepted, not written": 1,
        "comments, not carried": 1,
        "features, not carried": 1,
        "further keys, not carried": 1,
        "comment, not carried": 1,
        "zone, not carried": 1,
        "story of an article, not carried": 2,
        "outlet of an article, not carried": 2,
        "title of an article, not carried": 1,
        "author of an article, not carried": 1,
        "web address of an article, not carried": 1,
        "date of an article, not carried": 1,
        "language of an article, not carried": 1,
        "split of an article (train, dev, test), not carried": 1,
        "note on an article, not carried": 1,
        "further keys of an article, not carried": 1,
        "status of an article's marks, not carried": 1,
        "name of the label scheme, not carried": 1,
        "further keys of an article's marks, not carried": 1,
    }


def test_an_article_that_nobody_marked_comes_back_so_and_one_without_marks_as_looked_at(tmp_path: Path):
    write(FORMAT, [unmarked(), replace(unmarked(), annotator="olena", attributions=())], tmp_path / "out")
    bare = read_one(FORMAT, tmp_path / "out/unmarked/quay.tsv")
    empty = read_one(FORMAT, tmp_path / "out/olena/quay.tsv")
    assert (bare.text, bare.annotator, bare.attributions) == (unmarked().text, None, None)
    assert (empty.annotator, empty.attributions) == ("olena", ())


def test_it_is_not_written_without_texts(tmp_path: Path):
    out = tmp_path / "out"
    assert_nothing_is_left(
        out, lambda: write(FORMAT, [ferry()], out, without_text=True), "cannot be written without"
    )
    assert write(FORMAT, [replace(ferry(), text=None)], out) == {"article without its text, not written": 1}


def test_layers_of_others_are_read_by_their_labels(tmp_path: Path):
    path = saved(
        tmp_path,
        HEAD + "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue\n"
        "#T_SP=webanno.custom.Quotes|label|certainty\n"
        "#T_RL=webanno.custom.Says|value|BT_webanno.custom.Quotes\n\n\n"
        "#Sentence.id=s1\n#Text=🔥 “Stop,” an aide said.\n"
        "1-1\t0-2\t🔥\tX\t_\t_\t_\t_\t\n"
        "1-2\t3-10\t“Stop,”\t_\tQUOTE\t*\tsays\t1-3[1_0]\t\n"
        "1-3\t11-13\tan\tDET\tSPEAKER[1]\thigh[1]\t_\t_\t\n"
        "1-4\t14-18\taide\tNOUN\tSPEAKER[1]\thigh[1]\t_\t_\t\n"
        "1-5\t19-23\tsaid\tVERB\t_\t_\t_\t_\t\n"
        "1-6\t23-24\t.\t_\t_\t_\t_\t_\t\n",
        "ferry.txt/olena.tsv",
    )
    (record,), losses = read(FORMAT, path)
    assert (record.id, record.annotator, record.text) == ("ferry", "olena", "🔥 “Stop,” an aide said.")
    (mark,) = record.attributions or ()
    assert (mark.source, mark.content) == ((Span(10, 17),), (Span(2, 9),))
    assert mark.features == {"certainty": "high"}
    assert losses == {
        "annotation of the layer de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS, not read": 4
    }


def test_a_layer_of_our_name_with_labels_of_others_is_understood(tmp_path: Path):
    path = saved(
        tmp_path,
        HEAD + "#T_SP=webanno.custom.Attribution|kind\n\n\n#Text=aides said\n"
        "1-1\t0-5\taides\tanonymous\\_source/source\t\n1-2\t6-10\tsaid\tCUE\t\n",
    )
    marks = read_one(FORMAT, path).attributions or ()
    assert [(one.kind, one.source, one.cue) for one in marks] == [
        ("anonymous_source", (Span(0, 5),), ()),
        (None, (), (Span(6, 10),)),
    ]


def test_stacks_escapes_and_several_links_on_one_token_are_told_apart(tmp_path: Path):
    path = saved(
        tmp_path,
        HEAD + "#T_SP=webanno.custom.Attribution|role|note\n"
        "#T_RL=webanno.custom.AttrLink|role|BT_webanno.custom.Attribution\n\n\n#Text=aides said\n"
        "1-1\t0-5\taides\tcue[1]|source[2]\ta\\|b\\[1\\]\\\\[1]|*[2]\tsource|source\t1-2[3_2]|1-1[1_2]\t\n"
        "1-2\t6-10\tsaid\tcue[3]|content[4]\t*[3]|*[4]\tcontent\t1-2[3_4]\t\n",
    )
    first, second = read_one(FORMAT, path).attributions or ()
    assert (first.cue, first.source, first.note) == ((Span(0, 5),), (Span(0, 5),), "a|b[1]\\")
    assert (second.cue, second.source, second.content) == ((Span(6, 10),), (Span(0, 5),), (Span(6, 10),))


def test_what_stands_between_sentences_is_filled_up_and_counted(tmp_path: Path):
    path = saved(
        tmp_path,
        HEAD + "#T_SP=webanno.custom.Attribution|role\n\n\n#Text=One.\n1-1\t2-6\tOne.\t_\t\n\n#Text=Two.\n"
        "2-1\t7-11\tTwo.\tcue\t\n\n#Text=Three.\n3-1\t14-20\tThree.\t_\t\n",
    )
    (record,), losses = read(FORMAT, path)
    assert record.text == "  One.\nTwo.\n  Three."
    assert losses == {"text between two sentences, which the file leaves out; read as white space": 2}


def test_chains_slots_and_links_that_lead_nowhere_are_counted(tmp_path: Path):
    path = saved(
        tmp_path,
        HEAD
        + "#T_SP=webanno.custom.Frame|label|ROLE_webanno.custom.Frame:args_webanno.custom.Link|uima.tcas.Annotation\n"
        "#T_CH=webanno.custom.CorefLink|referenceType|referenceRelation\n"
        "#T_RL=webanno.custom.Says|value|BT_webanno.custom.Frame\n"
        "#T_RL=webanno.custom.Dep|value|BT_webanno.custom.Word\n\n\n#Text=aides said\n"
        "1-1\t0-5\taides\tsource\targ\t1-2\tpr[1]\tcoref->1-1\tsays\t1-2\t_\t_\t\n"
        "1-2\t6-10\tsaid\t_\t_\t_\t_\t_\t_\t_\tx\t1-1\t\n",
    )
    (record,), losses = read(FORMAT, path)
    assert [one.source for one in record.attributions or ()] == [(Span(0, 5),)]
    assert losses == {
        "slots of an annotation, not read": 1,
        "annotation of the layer webanno.custom.CorefLink, not read": 1,
        "link from or to a span that is not in the file": 1,
        "link between annotations of the layer webanno.custom.Word, not read": 1,
    }


def test_files_before_3_2_have_their_texts_escaped_as_java_does(tmp_path: Path):
    path = saved(
        tmp_path,
        "#FORMAT=WebAnno TSV 3.1\r\n#T_SP=webanno.custom.Attribution|role\r\n\r\n\r\n"
        "#Text=caf\\u00e9 \\ud83d\\ude0a\\tx\r\n1-1\t0-4\tcafé\tcue\t\r\n1-2\t5-7\t😊\tsource\t\r\n1-3\t8-9\tx\t_\t\r\n",
    )
    record = read_one(FORMAT, path)
    assert record.text == "café 😊\tx"
    assert [(one.cue, one.source) for one in record.attributions or ()] == [
        ((Span(0, 4),), ()),
        ((), (Span(5, 6),)),
    ]


ROW = HEAD + "#T_SP=webanno.custom.Attribution|role\n\n\n#Text=🔥 aides\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("#FORMAT=WebAnno TSV 2.0\n", "is no WebAnno TSV 3 file"),
        (ROW, "the last sentence has no tokens"),
        (ROW + "x\t0-2\tx\t_\t\n", "line 6: a row begins with a token's number"),
        (ROW + "1-1\t0-\tx\t_\t\n", "line 6: a row begins with a token's number"),
        (ROW + "1-1\t0-900\tx\t_\t\n", "line 6: the token 0-900 lies outside its sentence"),
        (ROW + "1-1\t3-3\tx\t_\t\n", "the token 3-3 lies outside"),
        (ROW + "1-1\t0-1\tx\tcue\t\n", "the token 0-1 cuts through a character"),
        (ROW + "1-1\t0-2\tx\t_\t\n\n#Text=two\n2-1\t1-4\ttwo\t_\t\n", "line 9: the sentence begins at 1"),
        (ROW + "1-1\t999999999-999999999\tx\t_\t\n", "the sentence begins at 999999999"),
        (ROW + "1-1\n", "a row begins with"),
        (
            ROW.replace("|role\n", "|role\n#T_RL=l|v|BT_x\n") + "1-1\t0-2\tx\t_\tsays\there\t\n",
            "a link comes from",
        ),
    ],
)
def test_rows_that_do_not_fit_are_refused_with_their_line(tmp_path: Path, text: str, says: str):
    assert says in refused(FORMAT, saved(tmp_path, text))


def test_what_is_no_such_file_is_refused_in_one_sentence(tmp_path: Path):
    assert_refuses_what_is_none(FORMAT, tmp_path, ".tsv")


def test_a_table_of_articles_is_told_apart_by_its_first_line():
    assert FORMAT.recognises(Path("a.tsv"), HEAD.encode()) == 2
    assert FORMAT.recognises(Path("a.tsv"), b"\xef\xbb\xbf" + HEAD.encode()[:30]) == 2
    assert FORMAT.recognises(Path("a.tsv"), b"title\ttext\n") == 0
    assert FORMAT.recognises(Path("a.tsv"), b"") == 0
