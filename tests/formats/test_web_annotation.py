"""Web annotations: everything comes back, quotations are believed before positions, others' files are read."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from annotator.core.records import AttributionRecord, CommentRecord, Record
from annotator.core.spans import Span
from annotator.formats.offsets import IN_UTF16
from annotator.formats.web_annotation import FORMAT
from tests.formats.exchanging import (
    GOLDEN,
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

TEXT = "🔥 “The plan,” an aide told them. The plan, again."
SOURCE = "https://post.example/ferry"


def bare(record: Record) -> Record:
    """The record without what only a project needs."""
    marks = record.attributions
    plain = marks and tuple(replace(one, source_id=None, version=1) for one in marks)
    return replace(record, attributions=plain, where="", file_name="", has_offsets=True)


def saved(folder: Path, value: Any) -> Path:
    path = folder / "in.jsonld"
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def described(*items: dict[str, Any]) -> dict[str, Any]:
    """A page with our text of an article, and further annotations of it."""
    body = [{"type": "TextualBody", "purpose": "describing", "value": TEXT}]
    text = {"id": "urn:annotator:text:x", "motivation": "describing", "body": body, "target": {"id": SOURCE}}
    return {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": [text, *items]}


def tagged(iri: str, tag: str, *selectors: Any, **more: Any) -> dict[str, Any]:
    """An annotation as other programs write one."""
    body = [{"type": "TextualBody", "purpose": "tagging", "value": tag}]
    chosen = selectors[0] if len(selectors) == 1 else list(selectors)
    return {
        "id": iri,
        "type": "Annotation",
        "body": body,
        "target": {"source": SOURCE, "selector": chosen},
        **more,
    }


def at(start: Any, end: Any) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def quoted(exact: str, prefix: str = "", suffix: str = "") -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def test_a_file_of_ours_is_written_as_it_once_was_and_comes_back(tmp_path: Path):
    assert write(FORMAT, [ferry()], tmp_path / "out.jsonld") == {}
    assert (tmp_path / "out.jsonld").read_bytes() == (GOLDEN / "ferry.jsonld").read_bytes()
    assert bare(read_one(FORMAT, GOLDEN / "ferry.jsonld")) == bare(ferry())


@given(records(further=True))
def test_everything_of_a_record_comes_back(record: Record):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "out.jsonld")
        assert write(FORMAT, [record], path) == {}
        assert bare(read_one(FORMAT, path)) == bare(record)


def test_two_annotators_share_the_text_and_comments_keep_place_thread_and_people(tmp_path: Path):
    remark = CommentRecord(
        "Sure?", "olena", "c1", (Span(0, 5),), "stays", "2026-01-12T10:00:00Z", mentions=("maria",)
    )
    reply = CommentRecord("Yes.", "maria", "c2", resolved=True, reply_to="c1")
    second = replace(ferry(), annotator="olena", attributions=(), comments=(remark, reply))
    path = tmp_path / "out.jsonld"
    assert write(FORMAT, [ferry(), second, unmarked()], path) == {}
    assert path.read_text(encoding="utf-8").count('"purpose":"describing"') == 2
    back, _ = read(FORMAT, path)
    assert [bare(one) for one in back] == [bare(ferry()), bare(second), bare(unmarked())]


def test_without_texts_the_quotations_are_left_and_the_article_is_known_by_its_hash(tmp_path: Path):
    path = tmp_path / "out.jsonld"
    assert write(FORMAT, [ferry()], path, without_text=True) == {}
    written = path.read_text(encoding="utf-8")
    assert '"exact":"Captain Ida Brandt"' in written
    assert (ferry().text or "")[-30:] not in written
    back = read_one(FORMAT, path)
    assert back.text is None
    assert bare(back) == bare(replace(ferry(), text=None))


def test_a_suggestion_is_left_out_and_counted(tmp_path: Path):
    lost = write(FORMAT, [suggested(ferry())], tmp_path / "out.jsonld")
    assert lost == {"suggestion that nobody has accepted, not written": 1}


def test_what_is_written_is_a_page_of_annotations(tmp_path: Path):
    write(FORMAT, [ferry()], tmp_path / "out.jsonld")
    page = json.loads((tmp_path / "out.jsonld").read_bytes())
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    iris = [item["id"] for item in page["items"]]
    assert len(set(iris)) == len(iris)
    for item in page["items"]:
        assert item["type"] == "Annotation"
        assert item["target"]
    claims = {
        body["source"]
        for item in page["items"]
        for body in item.get("body", ())
        if body.get("label") == "claims"
    }
    assert claims == {"urn:annotator:claim:nobody-asked", "urn:annotator:claim:crew-stays"}


def test_annotations_of_others_become_attributions_with_their_links(tmp_path: Path):
    path = saved(
        tmp_path,
        described(
            tagged("#a", "Source", at(14, 21), creator="https://people.example/olena"),
            tagged("#b", "Cue", [at(22, 26), quoted("told")], creator="https://people.example/olena"),
            {
                "id": "#c",
                "motivation": "linking",
                "body": [{"type": "TextualBody", "purpose": "tagging", "value": "says"}],
                "target": [{"id": "#b"}, {"id": "#a"}],
            },
            {
                "id": "#d",
                "motivation": "commenting",
                "creator": {"name": "bo"},
                "body": {"type": "TextualBody", "value": "Who?"},
                "target": {"source": SOURCE, "selector": at(14, 21)},
            },
        ),
    )
    (first, second), losses = read(FORMAT, path)
    assert losses == {}
    assert (first.id, first.url, first.annotator, first.text) == (
        SOURCE,
        SOURCE,
        "https://people.example/olena",
        TEXT,
    )
    assert [(one.source, one.cue) for one in first.attributions or ()] == [((Span(14, 21),), (Span(22, 26),))]
    assert (second.annotator, second.attributions) == ("bo", ())
    assert [(one.text, one.place) for one in second.comments] == [("Who?", (Span(14, 21),))]


def test_several_targets_are_fragments_of_one_span(tmp_path: Path):
    item = tagged("#a", "content", at(2, 13))
    item["target"] = [item["target"], {"source": SOURCE, "selector": at(33, 41)}]
    (mark,) = read_one(FORMAT, saved(tmp_path, described(item))).attributions or ()
    assert mark.content == (Span(2, 13), Span(33, 41))


@pytest.mark.parametrize(
    ("selectors", "place", "lost"),
    [
        ((at(14, 21), quoted("an aide")), Span(14, 21), None),
        ((at(15, 22), quoted("an aide")), Span(14, 21), IN_UTF16),
        (
            (at(40, 47), quoted("an aide")),
            Span(14, 21),
            "position that does not fit its quotation; the quotation was followed",
        ),
        (
            (at(900, 907), quoted("an aide")),
            Span(14, 21),
            "position that does not fit its quotation; the quotation was followed",
        ),
        ((quoted("The plan", "them. "),), Span(33, 41), None),
        ((quoted("The plan"),), Span(3, 11), None),
        (
            (at(36, 44), quoted("The plan")),
            Span(33, 41),
            "position that does not fit its quotation; the quotation was followed",
        ),
        ((at(14, 21), quoted("the crew")), None, "quotation that is not in the text, not read"),
        (
            ({"type": "XPathSelector", "value": "//p"},),
            None,
            "annotation that points neither by position nor by quotation, not read",
        ),
    ],
)
def test_the_quotation_is_believed_before_the_position(
    tmp_path: Path, selectors: tuple[Any, ...], place: Span | None, lost: str | None
):
    (record,), losses = read(FORMAT, saved(tmp_path, described(tagged("#a", "source", *selectors))))
    assert [one.source for one in record.attributions or ()] == ([(place,)] if place else [])
    assert losses == ({lost: 1} if lost else {})


def test_a_quotation_alone_needs_a_text(tmp_path: Path):
    (record,), losses = read(FORMAT, saved(tmp_path, [tagged("#a", "source", quoted("an aide"))]))
    assert (record.text, record.attributions) == (None, ())
    assert losses == {
        "annotation without a position, of an article whose text is not in the file; not read": 1
    }


def test_one_annotation_a_list_a_graph_and_a_collection_are_all_read(tmp_path: Path):
    one = tagged("#a", "source", at(14, 21))
    for value in (one, [one], {"@graph": [one]}, {"type": "AnnotationCollection", "first": {"items": [one]}}):
        assert len(read_one(FORMAT, saved(tmp_path, value)).attributions or ()) == 1


@pytest.mark.parametrize(
    ("selector", "says"),
    [
        (at(14, 900), "annotation 2: 14 to 900 lies outside the text, which has 49 characters"),
        (at(-1, 4), "a position should have a start and a later end"),
        (at(4, 4), "a position should have a start"),
        (at("4", "9"), "a position should have a start"),
        (at(True, 9), "a position should have a start"),
        (at(1.0, 9), "a position should have a start"),
        (at(None, None), "a position should have a start"),
    ],
)
def test_a_position_that_is_none_refuses_the_file(tmp_path: Path, selector: dict[str, Any], says: str):
    assert says in refused(FORMAT, saved(tmp_path, described(tagged("#a", "source", selector))))


def test_values_of_any_other_type_are_passed_over_and_never_an_error(tmp_path: Path):
    strange: list[Any] = [None, 3, True, "x", [], [None, 3], {}, {"id": 3}, {"selector": 3, "source": []}]
    for value in strange:
        for key in ("id", "body", "creator", "motivation", "created"):
            item = {**tagged("#a", "source", at(14, 21)), key: value}
            read(FORMAT, saved(tmp_path, described(item)))
        for sort in ("set", "mark", "attribution", "comment", "zone", "text"):
            item = {"id": f"urn:annotator:{sort}:x/maria/m1/source", "target": value, "body": value}
            read(FORMAT, saved(tmp_path, described(tagged("#a", "source", at(14, 21)), item)))
        read(FORMAT, saved(tmp_path, described({"id": "#a", "target": value, "body": value})))


def test_a_text_that_was_altered_and_a_body_that_is_no_json_are_refused(tmp_path: Path):
    page = (GOLDEN / "ferry.jsonld").read_text(encoding="utf-8")
    path = tmp_path / "in.jsonld"
    path.write_text(
        page.replace("Media: ferry to stop in May ⛴️\\n", "Media: ferry to stop in June ⛴️\\n"),
        encoding="utf-8",
    )
    assert "not the one its text_sha256 was made from" in refused(FORMAT, path)
    path.write_text(page.replace('"value":"{\\"wire\\":\\"none\\"}"', '"value":"wire"'), encoding="utf-8")
    assert "is not an object" in refused(FORMAT, path)


def test_targets_in_two_articles_and_annotations_of_nothing_are_counted(tmp_path: Path):
    item = tagged("#a", "content", at(2, 13))
    item["target"] = [item["target"], {"source": "urn:other", "selector": at(1, 2)}]
    nothing = {"id": "#b", "target": SOURCE, "body": "x"}
    _, losses = read(FORMAT, saved(tmp_path, described(item, nothing)))
    assert losses == {
        "target in a second article, not read": 1,
        "annotation of neither a stretch of text nor a link between two, not read": 1,
    }


def test_what_holds_no_annotations_is_refused_in_one_sentence(tmp_path: Path):
    assert_refuses_what_is_none(FORMAT, tmp_path, ".jsonld")
    assert "holds no web annotations" in refused(FORMAT, saved(tmp_path, [{"id": "#a"}]))


def test_it_is_known_by_its_context():
    assert FORMAT.recognises(Path("a.json"), b'{"@context": "http://www.w3.org/ns/anno.jsonld"') == 2
    assert FORMAT.recognises(Path("a.jsonld"), b"") == 1
    assert FORMAT.recognises(Path("a.json"), b"[]") == 0


def test_an_attribution_without_ids_is_written_and_read(tmp_path: Path):
    record = Record(text="aides said", attributions=(AttributionRecord(cue=(Span(6, 10),)),))
    path = tmp_path / "out.jsonld"
    write(FORMAT, [record, record], path)
    (first, second), _ = read(FORMAT, path)
    assert (first.id, second.id) == ("article 1", "article 2")
    assert [one.cue for one in first.attributions or ()] == [(Span(6, 10),)]
