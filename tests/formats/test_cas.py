"""CAS as XMI and as JSON: what is written comes back, and dkpro-cassis itself reads it where it was marked."""

from __future__ import annotations

import json
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import cassis
import pytest
from hypothesis import given

from annotator.core.ports import Format
from annotator.core.records import AttributionRecord, Record
from annotator.core.spans import Span
from annotator.formats.cas_json import FORMAT as JSON
from annotator.formats.cas_xmi import FORMAT as XMI
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
from tests.formats.strategies import records

BOTH = pytest.mark.parametrize("one", [XMI, JSON], ids=["xmi", "json"])


def bare(record: Record) -> Record:
    """The record without what a CAS does not carry or the file's name brings."""
    marks = record.attributions
    plain = marks and tuple(
        replace(one, comments=(), source_id=None, created="", updated="", version=1)
        for one in sorted(marks, key=lambda one: one.id or "")
    )
    return replace(
        record, attributions=plain, comments=(), text_sha256="", where="", file_name="", has_offsets=True
    )


def test_files_of_ours_are_written_as_they_once_were(tmp_path: Path):
    write(XMI, [ferry()], tmp_path / "xmi")
    write(JSON, [ferry()], tmp_path / "json")
    written = {
        "ferry.xmi": tmp_path / "xmi/maria/ferry.xmi",
        "ferry.types.xml": tmp_path / "xmi/maria/TypeSystem.xml",
        "ferry.cas.json": tmp_path / "json/maria/ferry.json",
    }
    for name, path in written.items():
        assert path.read_bytes() == (GOLDEN / name).read_bytes()


@BOTH
def test_the_ferry_comes_back_with_all_but_its_comments(tmp_path: Path, one: Format):
    lost = write(one, [suggested(ferry())], tmp_path / "out")
    assert lost == {
        "suggestion that nobody has accepted, not written": 1,
        "comments, not carried": 1,
        "comment, not carried": 1,
    }
    (path,) = (tmp_path / "out").rglob(f"ferry{one.suffixes[0]}")
    assert bare(read_one(one, path)) == bare(ferry())


@BOTH
@given(record=records(further=True))
def test_everything_of_a_record_comes_back(one: Format, record: Record):
    with tempfile.TemporaryDirectory() as folder:
        lost = write(one, [record], Path(folder, "out"))
        (path,) = Path(folder, "out").rglob(f"*{one.suffixes[0]}")
        back = read_one(one, path)
    assert set(lost) <= ({"character that XML cannot hold, written as a space"} if one is XMI else set())
    if not lost:
        assert bare(back) == bare(record)
    assert len(back.text or "") == len(record.text or "")


@BOTH
def test_cassis_finds_each_span_where_it_was_marked(tmp_path: Path, one: Format):
    write(one, [ferry()], tmp_path / "out")
    (path,) = (tmp_path / "out").rglob(f"ferry{one.suffixes[0]}")
    if one is XMI:
        types = cassis.load_typesystem(path.with_name("TypeSystem.xml"))
        cas = cassis.load_cas_from_xmi(path, typesystem=types)
    else:
        cas = cassis.load_cas_from_json(path.read_text(encoding="utf-8"))
    found = {(mark.begin, mark.end, mark.role) for mark in cas.select("webanno.custom.Attribution")}
    marked = {
        (part.start, part.end, role)
        for mark in ferry().attributions or ()
        for role, parts in (
            ("source", mark.source),
            ("cue", mark.cue),
            ("content", mark.content),
            ("via", mark.via_span),
        )
        for part in parts
    }
    assert found == marked
    assert cas.sofa_string == ferry().text
    links = cas.select("webanno.custom.AttrLink")
    assert ("said", "Captain Ida Brandt") in {
        (link.Governor.get_covered_text(), link.Dependent.get_covered_text()) for link in links
    }
    sentences = cas.select("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence")
    tokens = cas.select("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token")
    assert sentences[0].get_covered_text().startswith("Media: ferry")
    assert [token.get_covered_text() for token in tokens[:3]] == ["Media", ":", "ferry"]


def test_a_character_that_xml_cannot_hold_is_a_space_there_and_itself_in_json(tmp_path: Path):
    record = Record(
        id="a",
        text="a\x0bb 🔥 c",
        annotator="maria",
        attributions=(AttributionRecord(id="m", cue=(Span(4, 5),)),),
    )
    lost = write(XMI, [record], tmp_path / "xmi")
    assert lost == {"character that XML cannot hold, written as a space": 1}
    assert read_one(XMI, tmp_path / "xmi/maria/a.xmi").text == "a b 🔥 c"
    assert write(JSON, [record], tmp_path / "json") == {}
    assert read_one(JSON, tmp_path / "json/maria/a.json").text == record.text


@BOTH
def test_articles_that_nobody_marked_and_empty_sets_come_back_as_what_they_are(tmp_path: Path, one: Format):
    write(one, [unmarked(), replace(unmarked(), annotator="olena", attributions=())], tmp_path / "out")
    for folder, marks in (("unmarked", None), ("olena", ())):
        back = read_one(one, tmp_path / f"out/{folder}/quay{one.suffixes[0]}")
        assert (back.text, back.outlet, back.attributions) == (unmarked().text, "Quay Gazette", marks)


@BOTH
def test_it_is_not_written_without_texts(tmp_path: Path, one: Format):
    out = tmp_path / "out"
    assert_nothing_is_left(
        out, lambda: write(one, [ferry()], out, without_text=True), "cannot be written without"
    )
    assert write(one, [replace(ferry(), text=None)], out) == {"article without its text, not written": 1}


def golden(name: str) -> bytes:
    return (GOLDEN / name).read_bytes()


def zipped(folder: Path, files: dict[str, bytes], name: str = "ferry.txt/olena.zip") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for inside, data in files.items():
            archive.writestr(inside, data)
    return path


def test_a_zip_as_inception_exports_it_is_read(tmp_path: Path):
    foreign = golden("ferry.xmi").replace(b' annotator="maria"', b"").replace(b' documentId="ferry"', b"")
    path = zipped(tmp_path, {"olena.xmi": foreign, "TypeSystem.xml": golden("ferry.types.xml")})
    assert XMI.recognises(path, path.read_bytes()) == 2
    back = read_one(XMI, path)
    assert (back.id, back.annotator) == ("ferry", "olena")
    assert len(back.attributions or ()) == 3


def custom(text: str, layer: str, label: str, *extra: dict[str, Any]) -> dict[str, Any]:
    """A CAS in JSON with one annotation of a layer that is not ours, from 5 to 9 in UTF-16 units."""
    string = {"%RANGE": "uima.cas.String"}
    return {
        "%TYPES": {
            layer: {
                "%NAME": layer,
                "%SUPER_TYPE": "uima.tcas.Annotation",
                "label": {"%NAME": "label", **string},
            },
        },
        "%FEATURE_STRUCTURES": [
            {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": text},
            {"%ID": 2, "%TYPE": layer, "@sofa": 1, "begin": 5, "end": 9, "label": label},
            *extra,
        ],
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2]}},
    }


def saved(folder: Path, value: Any, name: str = "maria/ferry.json") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def test_layers_of_others_are_read_and_linguistic_ones_counted(tmp_path: Path):
    speaker = saved(tmp_path, custom("🔥 A aide said", "webanno.custom.Quote", "SPEAKER"))
    (record,), losses = read(JSON, speaker)
    assert losses == {}
    assert [one.source for one in record.attributions or ()] == [(Span(4, 8),)]
    word = "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS"
    (record,), losses = read(JSON, saved(tmp_path, custom("🔥 A aide said", word, "NOUN")))
    assert (record.attributions, losses) == ((), {f"annotation of the layer {word}, not read": 1})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"begin": 5, "end": 900}, "lies outside the text, which has 13 characters"),
        ({"begin": -5, "end": 3}, "lies outside the text"),
        ({"begin": 9, "end": 5}, "lies outside the text"),
        ({"begin": None, "end": 5}, "is no CAS that can be read|lies outside"),
        ({"begin": "5", "end": "9"}, "is no CAS that can be read|lies outside"),
        ({"@sofa": 77}, "is no CAS that can be read"),
        ({"%TYPE": "webanno.custom.Unknown"}, "is no CAS that can be read"),
    ],
)
def test_an_annotation_that_does_not_fit_refuses_the_file(tmp_path: Path, change: dict[str, Any], says: str):
    value = custom("🔥 A aide said", "webanno.custom.Quote", "SPEAKER")
    value["%FEATURE_STRUCTURES"][1] |= change
    sentence = refused(JSON, saved(tmp_path, value))
    assert any(part in sentence for part in says.split("|"))


def test_a_cas_without_a_text_is_refused(tmp_path: Path):
    value = custom("x", "webanno.custom.Quote", "SPEAKER")
    value["%FEATURE_STRUCTURES"] = []
    value["%VIEWS"] = {}
    assert "holds no text" in refused(JSON, saved(tmp_path, value))


def test_xmi_needs_its_types_and_is_looked_through_for_entities(tmp_path: Path):
    (tmp_path / "maria").mkdir()
    path = tmp_path / "maria/ferry.xmi"
    path.write_bytes(golden("ferry.xmi"))
    assert "needs its TypeSystem.xml beside it" in refused(XMI, path)
    beside = path.with_name("TypeSystem.xml")
    beside.write_bytes(golden("ferry.xmi"))
    assert "describes no types" in refused(XMI, path)
    beside.write_bytes(golden("ferry.types.xml"))
    assert read_one(XMI, path).id == "ferry"
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    head, root, rest = golden("ferry.xmi").partition(b"<xmi:XMI")
    path.write_bytes(head + bomb + root + rest)
    assert "declares a document type or entities" in refused(XMI, path)
    path.write_bytes(golden("ferry.xmi"))
    head, root, rest = golden("ferry.types.xml").partition(b"<typeSystem")
    beside.write_bytes(head + b'<!DOCTYPE x SYSTEM "https://elsewhere.example/x">' + root + rest)
    assert "declares a document type" in refused(XMI, path)


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"../out.xmi": b"x"}, "leads outside the archive"),
        ({"a.txt": b"x"}, "holds no .xmi file"),
        ({"a.xmi": golden("ferry.xmi")}, "needs its TypeSystem.xml"),
        ({"a.xmi": b" " * 3_000_000, "TypeSystem.xml": b"<a/>"}, "zip bomb"),
    ],
)
def test_a_zip_that_means_harm_or_nothing_is_refused(tmp_path: Path, files: dict[str, bytes], says: str):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    assert says in refused(XMI, path)


def test_references_into_nowhere_in_xmi_are_refused(tmp_path: Path):
    path = tmp_path / "a.xmi"
    (tmp_path / "TypeSystem.xml").write_bytes(golden("ferry.types.xml"))
    for before, after in (
        (b'Governor="', b'Governor="9'),
        (b'sofa="1"', b'sofa="7"'),
        (b'xmi:id="', b'xmi:id="x'),
        (b'begin="', b'begin="one'),
        (b'members="', b'members="999 '),
    ):
        path.write_bytes(golden("ferry.xmi").replace(before, after))
        assert "Nothing" in refused(XMI, path)


@BOTH
def test_what_is_no_cas_is_refused_in_one_sentence(tmp_path: Path, one: Format):
    (tmp_path / "TypeSystem.xml").write_bytes(golden("ferry.types.xml"))
    assert_refuses_what_is_none(one, tmp_path, one.suffixes[0])


def test_they_are_told_apart_by_content():
    assert JSON.recognises(Path("a.json"), golden("ferry.cas.json")[:40]) == 2
    assert JSON.recognises(Path("a.json"), b'[{"id": 1, "data": {}}]') == 0
    assert JSON.recognises(Path("a.json"), b'{"text": "x", "quotes": []}') == 0
    assert XMI.recognises(Path("a.xml"), golden("ferry.xmi")[:200]) == 2
    assert XMI.recognises(Path("a.xmi"), b"") == 1
    assert XMI.recognises(Path("a.zip"), b"PK\x03\x04 something.docx") == 0
