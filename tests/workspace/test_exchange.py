"""What goes out comes back the same: our own JSONL loses nothing."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from annotator.core.articles import Zone
from annotator.core.attributions import MEDIA, POLARITIES, QUOTES, STATES, TYPES, Attribution
from annotator.core.errors import AnnotatorError, BadInput, NotFound
from annotator.core.graphemes import snap_to_graphemes
from annotator.core.ports import ExportOptions
from annotator.core.records import AttributionRecord, CommentRecord, Record
from annotator.core.sources import Source
from annotator.core.spans import Fragments, Span, joined
from annotator.workspace.choosing import Selection, records
from annotator.workspace.exporting import ExportWish, export, writable_formats
from annotator.workspace.importing import import_files
from annotator.workspace.workspace import Workspace
from tests.building import (
    FERRY,
    HAND,
    article_in,
    json_values,
    marked,
    nasty_text,
    opened,
    place_of,
    record_with,
    take,
)

ids = st.text(st.characters(categories=("L", "N", "P"), codec="utf-8"), min_size=1, max_size=20)
name = st.text(st.characters(categories=("L", "N", "P", "S"), codec="utf-8"), min_size=1, max_size=12)
moments = st.datetimes().map(lambda at: at.isoformat() + "Z")
features = st.dictionaries(name, json_values, max_size=2)
KNOWN = st.sampled_from(["other", "institution", "named_official", None])


@st.composite
def places(draw: st.DrawFn, text: str) -> Fragments:
    found = []
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text) - 1))
        found.append(Span(*snap_to_graphemes(text, start, draw(st.integers(start + 1, len(text))))))
    return joined(found)


def remarks(text: str) -> st.SearchStrategy[CommentRecord]:
    return st.builds(
        CommentRecord,
        text=nasty_text,
        author=name,
        id=ids,
        place=places(text) | st.just(()),
        claim=st.none() | name,
        created=moments,
        resolved=st.booleans(),
        mentions=st.lists(name, max_size=2).map(tuple),
    )


def given_marks(text: str) -> st.SearchStrategy[AttributionRecord]:
    maybe = places(text) | st.just(())
    return st.builds(
        AttributionRecord,
        id=ids,
        kind=KNOWN,
        type=st.sampled_from(TYPES),
        source=maybe,
        cue=maybe,
        content=places(text),
        via_span=maybe,
        recipient=maybe,
        source_name=st.none() | name,
        via=st.none() | name,
        recipient_name=st.none() | name,
        medium=st.none() | st.sampled_from(MEDIA) | name,
        claims=st.lists(name, max_size=2, unique=True).map(tuple),
        polarity=st.sampled_from(POLARITIES),
        hedge=st.booleans(),
        quote=st.none() | st.sampled_from(QUOTES),
        grounds=st.none() | nasty_text,
        implicit_source=st.booleans(),
        inherited=st.lists(st.sampled_from(["via", "medium"]), unique=True).map(tuple),
        self_citation=st.booleans(),
        note=nasty_text,
        origin=name,
        state=st.sampled_from(STATES),
        confidence=st.none() | st.floats(0, 1),
        provenance=features,
        features=features,
        created=moments,
        updated=moments,
        version=st.integers(1, 99),
        comments=st.lists(remarks(text), max_size=2).map(tuple),
        extra=features.filter(lambda extra: "incoming_id" not in extra),
    )


@st.composite
def given_records(draw: st.DrawFn) -> Record:
    text = draw(nasty_text.filter(bool))
    marks = draw(st.lists(given_marks(text), max_size=3, unique_by=lambda one: one.id))
    chained = [
        replace(
            one, parent=draw(st.none() | st.sampled_from([outer.id for outer in marks[:at]])) if at else None
        )
        for at, one in enumerate(marks)
    ]
    comments = draw(st.lists(remarks(text), max_size=2))
    seen: set[str | None] = set()

    def once(found: tuple[CommentRecord, ...]) -> tuple[CommentRecord, ...]:
        return tuple(one for one in found if not (one.id in seen or seen.add(one.id)))  # type: ignore[func-returns-value]

    zone = draw(st.none() | places(text))
    return Record(
        id=draw(ids),
        text=text,
        story=draw(name),
        outlet=draw(name | st.just("")),
        title=draw(nasty_text),
        author=draw(nasty_text),
        url=draw(nasty_text),
        published=draw(st.dates().map(str) | st.just("")),
        language=draw(st.sampled_from(["", "en", "uk", "ar"])),
        zones=tuple(Zone("body", part) for part in zone or ()),
        annotator=draw(name),
        status=draw(st.sampled_from(["finished", "in_progress", "reopened", "not_started"])),
        split=draw(st.none() | st.sampled_from(["train", "dev"])),
        duplicate_group=draw(st.none() | name),
        scheme="source-attribution",
        attributions=tuple(replace(one, comments=once(one.comments)) for one in chained),
        comments=once(tuple(comments)),
        note=draw(nasty_text),
        extra=draw(features),
        set_extra={"guideline_version": "1"},
        has_offsets=True,
        where="drawn",
    )


def written(workspace: Workspace, out: Path, **wish: Any) -> list[dict[str, Any]]:
    export(workspace, out, ExportWish("jsonl", Selection(), ExportOptions(**wish)))
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines() if line]


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(given_records())
def test_what_goes_out_and_in_and_out_again_is_the_same_file_byte_for_byte(record: Record):
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder, "first.jsonl"), Path(folder, "second.jsonl")
        with opened(Path(folder, "a.annotator")) as workspace:
            tally = take(workspace, record)
            assert not tally.losses
            export(workspace, first, ExportWish("jsonl", Selection()))
        with opened(Path(folder, "b.annotator")) as workspace:
            result = import_files(workspace, [first])
            assert not result.tally.losses
            export(workspace, second, ExportWish("jsonl", Selection()))
            assert workspace.check() == []
        assert first.read_bytes() == second.read_bytes()
        line = json.loads(first.read_bytes())
        assert line["text"] == record.text
        assert {one["id"]: one["content"] for one in line["attributions"]} == {
            one.id: [[part.start, part.end] for part in one.content] for one in record.attributions or ()
        }
        assert {one["id"]: one["note"] for one in line["attributions"]} == {
            one.id: one.note for one in record.attributions or ()
        }


def test_somebody_who_looked_and_marked_nothing_is_not_the_same_as_nobody(tmp_path: Path):
    with opened(tmp_path / "a.annotator") as workspace:
        take(workspace, record_with(FERRY), Record(id="bare", text="Nobody looked.", story="Ferry"))
        lines = {line["id"]: line for line in written(workspace, tmp_path / "o.jsonl")}
    assert lines["line"]["attributions"] == []
    assert lines["line"]["annotator"] == HAND
    assert "attributions" not in lines["bare"]
    assert "annotator" not in lines["bare"]


@pytest.fixture
def full(desk: Workspace) -> Workspace:
    """Two stories, three hands: maria, olena and the gold."""
    marked(desk, "Nobody asked us")
    marked(desk, "Sources said", hand="olena")
    take(desk, record_with(FERRY, AttributionRecord(id="g", content=place_of("Ferry")), annotator="gold"))
    article_in(desk, "A bridge was closed.", "bridge", story="Bridge")
    return desk


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Selection(), [("ferry", "gold"), ("ferry", "maria"), ("ferry", "olena"), ("bridge", None)]),
        (Selection(story="Bridge"), [("bridge", None)]),
        (Selection(annotators=("olena", "maria")), [("ferry", "maria"), ("ferry", "olena")]),
        (Selection(gold=True), [("ferry", "gold")]),
        (Selection(story="Bridge", gold=True), []),
    ],
)
def test_an_export_is_of_the_story_and_the_annotators_that_were_chosen(
    full: Workspace, wish: Selection, expected: list[tuple[str, str | None]]
):
    assert [(one.id, one.annotator) for one in records(full, wish)] == expected


def test_what_is_not_there_cannot_be_chosen_and_nothing_is_written(full: Workspace, tmp_path: Path):
    before = set(tmp_path.iterdir())
    out = tmp_path / "out.jsonl"
    refused = [
        (Selection(annotators=("nobody",)), "jsonl", NotFound, "annotators: gold, maria, olena"),
        (Selection(story="Train"), "jsonl", NotFound, "stories: Ferry, Bridge"),
        (Selection(), "nonsense", NotFound, "known: brat, "),
        (Selection(), "text", BadInput, "is read, not written"),
        (Selection(story="Bridge", gold=True), "jsonl", BadInput, "nothing to export"),
        (Selection(story="Bridge"), "docbin", BadInput, "nobody has annotated"),
    ]
    for wish, format_name, error, says in refused:
        with pytest.raises(error, match=says):
            export(full, out, ExportWish(format_name, wish))
    for place in (tmp_path, tmp_path / "nowhere" / "out.jsonl"):
        with pytest.raises(AnnotatorError, match="cannot be written"):
            export(full, place, ExportWish("jsonl", Selection()))
    assert set(tmp_path.iterdir()) == before
    assert {"docbin", "jsonl", "brat"} <= {one.name for one in writable_formats()}
    assert "text" not in {one.name for one in writable_formats()}


def test_a_project_without_gold_says_so(desk: Workspace, tmp_path: Path):
    with pytest.raises(NotFound, match="no gold set"):
        export(desk, tmp_path / "out.jsonl", ExportWish("jsonl", Selection(gold=True)))


def test_an_existing_file_is_replaced_by_an_export_that_succeeds_and_kept_by_one_that_fails(
    full: Workspace, tmp_path: Path
):
    out = tmp_path / "out.jsonl"
    out.write_text("old", encoding="utf-8")
    with pytest.raises(NotFound):
        export(full, out, ExportWish("jsonl", Selection(story="Train")))
    assert out.read_text(encoding="utf-8") == "old"
    result = export(full, out, ExportWish("jsonl", Selection()))
    assert (result.articles, result.attributions) == (2, 3)
    assert len(out.read_bytes().splitlines()) == 4


def test_names_that_another_program_added_meanwhile_go_out_too(tmp_path: Path):
    place = tmp_path / "a.annotator"
    with opened(place) as window:
        article_in(window)
        assert window.registry.every(Source) == []
        with opened(place) as prompt:
            take(
                prompt,
                record_with(
                    FERRY, AttributionRecord(content=place_of("Ferry"), source_name="Ida"), annotator="ana"
                ),
            )
        lines = written(window, tmp_path / "o.jsonl")
    assert [(line["annotator"], line["attributions"][0]["source_name"]) for line in lines] == [("ana", "Ida")]


def test_marks_sent_without_the_text_find_their_article_again(full: Workspace, tmp_path: Path):
    out = tmp_path / "o.jsonl"
    line = next(one for one in written(full, out, without_text=True) if one.get("annotator") == HAND)
    assert "text" not in line
    assert FERRY not in out.read_text(encoding="utf-8")
    span = line["attributions"][0]["content"][0]
    assert span == {
        "start": FERRY.index("Nobody"),
        "end": FERRY.index("Nobody") + 15,
        "quote": "Nobody asked us",
        "prefix": FERRY[FERRY.index("Nobody") - 32 : FERRY.index("Nobody")],
        "suffix": FERRY[FERRY.index("Nobody") + 15 :][:32],
    }
    with opened(tmp_path / "b.annotator") as other:
        with pytest.raises(BadInput, match="import the article first"):
            import_files(other, [out])
        article_in(other, FERRY, "theirs")
        article_in(other, "A bridge was closed.", "other", story="Bridge")
        result = import_files(other, [out])
        assert result.tally.attributions == 3
        ours = {one.id: one.content for one in full.reading.find(Attribution)}
        assert {one.id: one.content for one in other.reading.find(Attribution)} == ours
