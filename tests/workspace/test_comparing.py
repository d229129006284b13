"""A story in a project is compared as one annotator marked it, and written as JSON, CSV and HTML."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from annotator.core.errors import BadInput, Cancelled, NotFound
from annotator.workspace.commands.articles import SetStatus
from annotator.workspace.commands.attributions import ChangeFields
from annotator.workspace.comparing import (
    annotator_to_compare,
    compare_story,
    compared,
    story_told,
    texts_of,
)
from annotator.workspace.comparing_written import as_csv, as_html, as_values
from annotator.workspace.sample import sample_project
from annotator.workspace.workspace import Workspace
from tests.building import article_in, marked

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "sample-matrix.csv"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    workspace = sample_project("petra", str(tmp_path_factory.mktemp("sample") / "sample.annotator"))
    yield workspace
    workspace.close()


def test_the_gold_is_compared_unless_somebody_is_named(sample: Workspace):
    story = sample.stories()[0]
    assert annotator_to_compare(sample, story).name == "gold"
    assert annotator_to_compare(sample, story, "olena").name == "olena"
    for name, gold, wrong in (("nobody", False, NotFound), ("olena", True, BadInput)):
        with pytest.raises(wrong):
            annotator_to_compare(sample, story, name, gold=gold)


def test_without_a_gold_who_has_most_marks_is_compared(desk: Workspace):
    story = desk.stories()[0]
    with pytest.raises(NotFound, match="Nobody has marked anything"):
        annotator_to_compare(desk, story)
    marked(desk, "Nobody asked us", hand="maria")
    for words in ("The night ferry will stop in May", "the crew of 40 would stay on"):
        marked(desk, words, hand="olena")
    assert annotator_to_compare(desk, story).name == "olena"
    with pytest.raises(NotFound, match="no gold"):
        annotator_to_compare(desk, story, gold=True)


def test_a_project_with_several_stories_asks_for_one(desk: Workspace):
    marked(desk, "Nobody asked us", hand="maria")
    assert compare_story(desk)[0].story.name == "Ferry"
    article_in(desk, "Another day.", "other", story="Other")
    with pytest.raises(BadInput, match="Ferry, Other"):
        compare_story(desk)


def test_the_matrix_of_a_project_is_the_golden_one(sample: Workspace):
    _, found = compare_story(sample)
    rows = {line.split(",", 1)[0]: line for line in GOLDEN.read_text("utf-8").splitlines()}
    written = {line.split(",", 1)[0]: line for line in as_csv(found, found.matrix.rows).splitlines()}
    assert written.keys() == rows.keys()
    meanings = {row.claim.name: row.claim.text for row in found.matrix.rows}
    for name in ("speed-limit", "dravonia-pays-240", "technical-visit"):
        assert written[name].split(",", 5)[5:] == rows[name].split(",", 5)[5:]
        assert name in meanings


def test_json_has_the_keys_that_were_promised(sample: Workspace):
    told, found = compare_story(sample)
    values = as_values(told, found)
    assert {"story", "articles", "claims", "proposals", "dropped", "passages"} <= values.keys()
    assert all({"id", "outlet", "published"} <= one.keys() for one in values["articles"])
    for row in values["claims"]:
        assert {"claim", "cells", "drift"} <= row.keys()
        assert all({"a", "b", "flags"} <= one.keys() for one in row["drift"])
        for cell in row["cells"]:
            assert cell["status"] in ("attributed", "unattributed", "absent", "unknown")
            keys = {"id", "kind", "source_name", "chain", "quote", "medium", "strength"}
            assert all(keys <= one.keys() for one in cell["attributions"])
    assert all({"article", "start", "end", "claim"} <= one.keys() for one in values["dropped"])
    assert all({"a", "b", "similarity"} <= one.keys() for one in values["passages"])
    assert "shares-fell" in {one["claim"] for one in values["dropped"] if one["marked"]}


def test_the_page_holds_every_claim_and_asks_nothing_of_the_network(sample: Workspace):
    told, found = compare_story(sample)
    page = as_html(told, found, found.matrix.rows)
    root = ET.fromstring(page.removeprefix("<!DOCTYPE html>\n"))
    assert len(root.findall(".//tbody/tr")) == len(found.matrix.rows)
    assert not [word for word in ("http:", "https:", "src=", "@import", "url(") if word in page]


def test_a_mark_that_changes_is_compared_with_texts_that_were_read_once(sample: Workspace):
    story = sample.stories()[0]
    gold = annotator_to_compare(sample, story)
    told = story_told(sample, story, gold)
    first = compared(told, texts_of(told))
    mark = next(one for telling in told.tellings for one in telling.marks if one.id == "g1-26")
    sample.execute(SetStatus("01_hollant.txt", "gold", "reopened"))
    sample.execute(ChangeFields((mark.id,), {"medium": "X"}))
    again = compared(story_told(sample, story, gold), first.texts, first)
    assert again.texts is first.texts
    assert [
        one.article for one in first.tellings if again.voices[one.article] is not first.voices[one.article]
    ] == ["01_hollant.txt"]
    sample.undo()
    sample.undo()


def test_reading_can_be_stopped(sample: Workspace):
    with pytest.raises(Cancelled):
        compare_story(sample, progress=lambda done, _total: done < 2)
