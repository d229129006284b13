"""REFI-QDA projects: the same bytes each time, codes and links that come back, others' projects read."""

from __future__ import annotations

import random
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from annotator.core.records import AttributionRecord, CommentRecord, Record
from annotator.core.spans import Span
from annotator.formats.qdpx import FORMAT
from annotator.formats.qdpx_codes import NAMESPACE
from annotator.formats.values import SIMPLE
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

GUID = "00000000-0000-4000-8000-00000000000"
ORDER = {
    "Project": ["Users", "CodeBook", "Variables", "Sources", "Notes", "Links"],
    "TextSource": [
        "Description",
        "PlainTextContent",
        "PlainTextSelection",
        "Coding",
        "NoteRef",
        "VariableValue",
    ],
    "PlainTextSelection": ["Description", "Coding", "NoteRef"],
    "Coding": ["CodeRef", "NoteRef"],
    "Code": ["Description", "NoteRef", "Code"],
    "VariableValue": ["VariableRef", "TextValue"],
    "Note": ["PlainTextContent"],
}
"""The order in which the standard wants what stands in an element."""


def project(path: Path) -> ET.Element:
    with zipfile.ZipFile(path) as archive:
        return ET.fromstring(archive.read("project.qde"))


def saved(folder: Path, inside: str, texts: dict[str, bytes], name: str = "project.qde") -> Path:
    """A project as another program may have written it."""
    path = folder / "theirs.qdpx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            name, f'<?xml version="1.0"?>\n<Project name="x" xmlns="{NAMESPACE}">{inside}</Project>'
        )
        for place, data in texts.items():
            archive.writestr(place, data)
    return path


def of(path: Path) -> list[AttributionRecord]:
    """The attributions of the one record in a project."""
    return list(read_one(FORMAT, path).attributions or ())


def test_a_project_of_ours_is_written_as_it_once_was(tmp_path: Path):
    write(FORMAT, [ferry()], tmp_path / "a.qdpx")
    with zipfile.ZipFile(tmp_path / "a.qdpx") as archive:
        text, qde = archive.infolist()
        assert archive.read(qde) == (GOLDEN / "ferry.qde").read_bytes()
        assert archive.read(text).decode() == ferry().text
    assert (text.filename.split("/")[0], qde.filename) == ("sources", "project.qde")
    assert {one.date_time for one in (text, qde)} == {(1980, 1, 1, 0, 0, 0)}


def test_two_exports_of_the_same_are_the_same_bytes(tmp_path: Path):
    everything = [ferry(), replace(ferry(), annotator="olena"), unmarked()]
    for name in ("a.qdpx", "b.qdpx"):
        write(FORMAT, everything, tmp_path / name)
    assert (tmp_path / "a.qdpx").read_bytes() == (tmp_path / "b.qdpx").read_bytes()


def test_guids_are_unique_and_elements_stand_in_the_order_of_the_standard(tmp_path: Path):
    write(
        FORMAT,
        [ferry(), replace(ferry(), annotator="olena"), ferry(), unmarked(), ferry()],
        tmp_path / "a.qdpx",
    )
    root = project(tmp_path / "a.qdpx")
    guids = [one.get("guid") for one in root.iter() if one.get("guid")]
    assert len(set(guids)) == len(guids)
    for one in root.iter():
        name = one.tag.rpartition("}")[2]
        inside = [child.tag.rpartition("}")[2] for child in one]
        if name in ORDER:
            assert inside == sorted(inside, key=ORDER[name].index)


def test_every_reference_leads_to_something(tmp_path: Path):
    write(FORMAT, [ferry(), unmarked()], tmp_path / "a.qdpx")
    root = project(tmp_path / "a.qdpx")
    guids = {one.get("guid") for one in root.iter()}
    for one in root.iter():
        for key in ("targetGUID", "originGUID", "creatingUser"):
            assert one.get(key) is None or one.get(key) in guids


def test_the_ferry_comes_back_with_notes_and_what_is_lost_is_counted(tmp_path: Path):
    lost = write(FORMAT, [suggested(ferry())], tmp_path / "a.qdpx")
    assert lost == {
        "suggestion that nobody has accepted, not written": 1,
        "comment, not carried": 1,
        "place, claim, state or thread of a comment, not carried": 1,
        "confidence, not carried": 1,
        "antecedent, not carried": 1,
        "features, not carried": 1,
        "further keys, not carried": 1,
        "further keys of an article, not carried": 1,
        "status of an article's marks, not carried": 1,
        "name of the label scheme, not carried": 1,
        "further keys of an article's marks, not carried": 1,
    }
    back = read_one(FORMAT, tmp_path / "a.qdpx")
    assert (back.id, back.text, back.outlet, back.split) == ("ferry", ferry().text, "Harbour Post", "train")
    assert back.zones == ferry().zones
    assert shapes(back.attributions, *SIMPLE) == shapes(ferry().attributions, *SIMPLE)
    first, second, third = back.attributions or ()
    assert (first.parent, second.parent, third.parent) == (None, None, second.id)
    assert [(one.author, one.text) for one in first.comments] == [
        ("olena", "Both halves?"),
        ("maria", "Yes 👍🏽"),
    ]


@given(records(further=True))
def test_text_spans_nesting_fields_and_variables_come_back(record: Record):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.qdpx")
        write(FORMAT, [record], path)
        back = read_one(FORMAT, path)
    plain = replace(record, attributions=(), annotator=None, status="", extra={}, has_offsets=True)
    assert replace(back, attributions=(), annotator=None, where="", file_name="") == plain
    own_id = {
        one.id: theirs.id
        for one, theirs in zip(back.attributions or (), record.attributions or (), strict=True)
    }
    found = [
        replace(one, id=own_id[one.id], parent=own_id.get(one.parent)) for one in back.attributions or ()
    ]
    assert found == list(record.attributions or ())
    assert back.annotator == (record.annotator if record.attributions else None)


def test_an_attribution_whose_id_is_a_guid_keeps_it(tmp_path: Path):
    mark = AttributionRecord(
        id="7d0f4c1e-0000-4000-8000-0000000000aa", cue=(Span(0, 3),), source=(Span(4, 8),)
    )
    write(FORMAT, [replace(unmarked(), annotator="maria", attributions=(mark,))], tmp_path / "a.qdpx")
    assert [one.id for one in of(tmp_path / "a.qdpx")] == [mark.id]


def test_two_annotators_share_a_source_and_nobodys_article_stays_nobodys(tmp_path: Path):
    write(FORMAT, [ferry(), replace(ferry(), annotator="olena"), unmarked()], tmp_path / "a.qdpx")
    back, _ = read(FORMAT, tmp_path / "a.qdpx")
    assert [(one.id, one.annotator) for one in back] == [
        ("ferry", "maria"),
        ("ferry", "olena"),
        ("quay", None),
    ]
    assert back[2].attributions is None
    with zipfile.ZipFile(tmp_path / "a.qdpx") as archive:
        assert len(archive.namelist()) == 3


def test_marks_of_nothing_control_characters_and_missing_texts_are_counted(tmp_path: Path):
    mark = AttributionRecord(
        id="m", content=(Span(0, 3),), note="a\x0bb\r\nc", comments=(CommentRecord("x\x0c", "bo"),)
    )
    empty = replace(unmarked(), annotator="maria", attributions=())
    one = replace(unmarked(), id="b", annotator="maria", attributions=(mark,))
    lost = write(FORMAT, [empty, one, replace(ferry(), text=None)], tmp_path / "a.qdpx")
    assert lost == {
        "article in which an annotator marked nothing, not carried as looked at": 1,
        "character that XML cannot hold, written as a space": 3,
        "article without its text, not written": 1,
    }
    back, _ = read(FORMAT, tmp_path / "a.qdpx")
    assert [one.note for one in back[1].attributions or ()] == ["a b\r\nc"]


def test_it_is_not_written_without_texts(tmp_path: Path):
    out = tmp_path / "a.qdpx"
    assert_nothing_is_left(
        out, lambda: write(FORMAT, [ferry()], out, without_text=True), "cannot be written without"
    )


@pytest.mark.parametrize("text", ["\ufeffmark", "a\r\nb\rc\n", "\x0bodd\x1f", "ends 🔥"])
def test_a_text_comes_back_to_the_character(tmp_path: Path, text: str):
    mark = AttributionRecord(id="m", content=(Span(1, len(text)),))
    write(FORMAT, [Record(id="a", text=text, annotator="maria", attributions=(mark,))], tmp_path / "a.qdpx")
    back = read_one(FORMAT, tmp_path / "a.qdpx")
    assert back.text == text
    assert [one.content for one in back.attributions or ()] == [(Span(1, len(text)),)]


THEIRS = f"""
<Users><User guid="{{{GUID}1}}" name="olena"/></Users>
<CodeBook><Codes>
 <Code guid="{GUID}A" name="Speakers" isCodable="true"><Code guid="{GUID}B" name="unnamed source" isCodable="true"/></Code>
 <Code guid="{GUID}C" name="tone: calm" isCodable="true"/><Code guid="{GUID}D" name="cue" isCodable="true"/>
</Codes></CodeBook>
<Variables><Variable guid="{GUID}E" name="desk" typeOfVariable="Text"/></Variables>
<Sources><TextSource guid="{GUID}2" name="Ferry" plainTextPath="internal://FERRY.txt">
 <PlainTextSelection guid="{GUID}3" startPosition="5" endPosition="12" creatingUser="{GUID}1"><Description>hm</Description>
  <Coding guid="{GUID}4"><CodeRef targetGUID="{{{GUID}b}}"/></Coding><Coding guid="{GUID}5"><CodeRef targetGUID="{GUID}C"/></Coding>
 </PlainTextSelection>
 <PlainTextSelection guid="{GUID}6" startPosition="13" endPosition="17">
  <Coding guid="{GUID}7" creatingUser="{GUID}1"><CodeRef targetGUID="{GUID}D"/></Coding><NoteRef targetGUID="{GUID}8"/>
 </PlainTextSelection>
 <PlainTextSelection guid="{GUID}9" startPosition="0" endPosition="4" creatingUser="{GUID}1"><Description>Who?</Description></PlainTextSelection>
 <VariableValue><VariableRef targetGUID="{GUID}E"/><TextValue>city</TextValue></VariableValue>
</TextSource></Sources>
<Notes><Note guid="{GUID}8" creatingUser="{GUID}1" plainTextPath="internal://note.txt"/></Notes>
<Links><Link guid="{GUID}F" name="" originGUID="{{{GUID}6}}" targetGUID="{GUID}3"/></Links>
"""


def test_a_project_of_another_program_is_read_as_far_as_it_goes(tmp_path: Path):
    texts = {"Sources/ferry.txt": b"\xef\xbb\xbfNow, an aide told them.", "sources/NOTE.txt": b"Check."}
    (record,), losses = read(FORMAT, saved(tmp_path, THEIRS, texts))
    assert (record.id, record.title, record.annotator, record.text) == (
        f"{GUID}2",
        "Ferry",
        "olena",
        "Now, an aide told them.",
    )
    assert record.extra == {"desk": "city"}
    (mark,) = record.attributions or ()
    assert (mark.source, mark.cue, mark.note) == ((Span(5, 12),), (Span(13, 17),), "hm")
    assert mark.features == {"codes": "tone: calm", "label": "unnamed source"}
    assert [(one.author, one.text) for one in mark.comments] == [("olena", "Check.")]
    assert [(one.text, one.place) for one in record.comments] == [("Who?", (Span(0, 4),))]
    assert losses == {"label 'unnamed source' is no kind or role here; kept as a feature": 1}


def source(selection: str = "", place: str = 'plainTextPath="internal://a.txt"', content: str = "") -> str:
    return f'<Sources><TextSource guid="{GUID}2" name="a" {place}>{content}{selection}</TextSource></Sources>'


def selected(start: Any, end: Any) -> str:
    return f'<PlainTextSelection guid="{GUID}3" startPosition="{start}" endPosition="{end}"/>'


def test_sources_that_are_no_text_and_selections_that_say_nothing_are_counted(tmp_path: Path):
    inside = (
        f'<Sources><PDFSource guid="{GUID}1" name="p"/><PictureSource guid="{GUID}4"/>'
        f'<TextSource guid="{GUID}5" name="outside" plainTextPath="relative://../../etc/passwd"/>'
        f'<TextSource guid="{GUID}6" name="rich" richTextPath="internal://a.docx"/>'
        f'<TextSource guid="{GUID}2" name="a"><PlainTextContent>Words.</PlainTextContent>{selected(0, 0)}{selected(0, 2)}'
        "</TextSource></Sources>"
    )
    (record,), losses = read(FORMAT, saved(tmp_path, inside, {}))
    assert (record.text, record.attributions) == ("Words.", None)
    assert losses == {
        "pdf among the sources, not read": 1,
        "picture among the sources, not read": 1,
        "source that lies outside the archive, not read": 1,
        "source without a plain text, not read": 1,
        "selection that is empty, not read": 1,
        "selection without a code, not read": 1,
    }


@pytest.mark.parametrize(
    ("inside", "texts", "says"),
    [
        (
            source(selected(0, 900)),
            {"sources/a.txt": b"Words."},
            "from '0' to '900' lies outside its text, which has 6",
        ),
        (source(selected(-1, 4)), {"sources/a.txt": b"Words."}, "lies outside its text"),
        (source(selected(4, 2)), {"sources/a.txt": b"Words."}, "lies outside its text"),
        (source(selected("one", 2)), {"sources/a.txt": b"Words."}, "from 'one' to '2' lies outside"),
        (source(selected("", "")), {"sources/a.txt": b"Words."}, "lies outside its text"),
        (source(selected("9" * 5000, 1)), {"sources/a.txt": b"Words."}, "lies outside its text"),
        (source(), {}, "the text 'internal://a.txt' is not in the archive"),
        (source(place='plainTextPath="internal://../project.qde"'), {}, "is not in the archive"),
        (source(place='plainTextPath="internal:///etc/passwd"'), {}, "is not in the archive"),
        (source(), {"sources/a.txt": b"caf\xe9"}, "is not UTF-8"),
        (source(), {"sources/a.txt": random.Random(1).randbytes(10_500_000)}, "has more than 10 MB"),
        (source(), {"sources/a.txt": b" " * 50_000_000}, "zip bomb"),
        (source(), {"../a.txt": b"x"}, "leads outside the archive"),
        ("<Sources>", {}, "not well-formed XML"),
        ("<Set>" * 10_000 + "</Set>" * 10_000, {}, "nested more than 100 levels"),
    ],
)
def test_a_project_that_does_not_fit_is_refused(
    tmp_path: Path, inside: str, texts: dict[str, bytes], says: str
):
    assert says in refused(FORMAT, saved(tmp_path, inside, texts))


def test_entities_other_versions_and_archives_without_a_project_are_refused(tmp_path: Path):
    path = tmp_path / "a.qdpx"
    for qde, says in (
        ('<!DOCTYPE x [<!ENTITY a "aa">]><Project/>', "declares a document type"),
        ("<Project xmlns='urn:QDA-XML:project:9.9'/>", "is no project of REFI-QDA 1"),
        ("<a/>", "is no project of REFI-QDA 1"),
    ):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("project.qde", qde)
        assert says in refused(FORMAT, path)
    assert "holds no project.qde" in refused(FORMAT, saved(tmp_path, "", {}, name="deep/project.qde"))


def test_what_is_no_project_is_refused_in_one_sentence(tmp_path: Path):
    assert_refuses_what_is_none(FORMAT, tmp_path, ".qdpx")


def test_it_is_known_by_what_the_archive_lists(tmp_path: Path):
    path = saved(tmp_path, "", {})
    assert FORMAT.recognises(Path("a.zip"), path.read_bytes()) == 2
    assert FORMAT.recognises(Path("a.qdpx"), b"") == 1
    assert FORMAT.recognises(Path("a.zip"), b"PK\x03\x04") == 0
