"""Agreement is measured on what annotators stand by, in a project or in files, and written as tables."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from annotator.core.errors import BadInput, NotFound
from annotator.workspace.agreeing import agree, agree_files, as_csv, as_values, places_as_csv, unfinished
from annotator.workspace.commands.articles import SetStatus
from annotator.workspace.commands.attributions import ChangeFields
from annotator.workspace.commands.review_assigning import Assign
from annotator.workspace.exporting import ExportWish, export
from annotator.workspace.sample import sample_project
from annotator.workspace.workspace import Workspace
from tests.building import FERRY, article_in, marked

SAMPLE_OF_TWO = ("maria", "olena")


@pytest.fixture
def two(desk: Workspace) -> Workspace:
    """Maria and Olena agree on one of two contents."""
    for hand in SAMPLE_OF_TWO:
        marked(desk, "Nobody asked us", hand=hand, kind="named_official")
    marked(desk, "the crew of 40 would stay on", hand="maria")
    return desk


def test_only_persons_count_unless_others_are_named(two: Workspace):
    assert agree(two).annotators == SAMPLE_OF_TWO
    assert agree(two).figure("span_f1_exact", "content").value == pytest.approx(2 / 3)


def test_suggestions_and_rejected_marks_do_not_count(two: Workspace):
    open_ = marked(two, "Sources said", hand="olena")
    two.execute(ChangeFields((open_.id,), {"state": "open"}))
    assert agree(two).figure("span_f1_exact", "content").n == 3


def test_an_assigned_set_that_was_not_begun_is_missing_and_not_empty(two: Workspace):
    two.execute(Assign(("ferry",), ("petra",), 1))
    assert agree(two).annotators == SAMPLE_OF_TWO
    with pytest.raises(BadInput, match="nothing to compare"):
        agree(two, ("maria", "petra"))


def test_unfinished_sets_are_counted_and_can_be_left_out(two: Workspace):
    assert unfinished(two, agree(two)) == 2
    with pytest.raises(BadInput):
        agree(two, finished=True)
    for hand in SAMPLE_OF_TWO:
        two.execute(SetStatus("ferry", hand, "finished"))
    assert unfinished(two, agree(two, finished=True)) == 0


def test_articles_can_be_chosen_by_story_and_by_id(two: Workspace):
    article_in(two, FERRY + " ", "other", story="Other")
    for hand in SAMPLE_OF_TWO:
        marked(two, "Nobody asked us", "other", hand=hand)
    assert agree(two).articles == ("ferry", "other")
    assert agree(two, story="Other").articles == ("other",)
    assert agree(two, articles=("ferry",)).articles == ("ferry",)
    with pytest.raises(NotFound):
        agree(two, ("nobody",))


def test_files_give_the_figures_of_the_project_that_they_came_from(tmp_path: Path):
    workspace = sample_project("tester", str(tmp_path / "sample.annotator"))
    whole = tmp_path / "all.jsonl"
    export(workspace, whole, ExportWish("jsonl"))
    here, there = agree(workspace), agree_files([whole], SAMPLE_OF_TWO)
    workspace.close()
    figures = {
        (one.measure, one.role, one.feature, one.kind): one.value for one in here.figures if not one.article
    }
    again = {
        (one.measure, one.role, one.feature, one.kind): one.value for one in there.figures if not one.article
    }
    assert figures == pytest.approx(again)


def test_files_that_do_not_belong_together_are_refused(tmp_path: Path):
    one, other = tmp_path / "ann.jsonl", tmp_path / "ben.jsonl"
    line = '{"id": "a", "text": "It rains.", "attributions": []}\n'
    one.write_text(line, encoding="utf-8")
    for words, reason in (
        (line.replace("rains", "snows"), "another text"),
        ('{"id": "a", "attributions": []}\n', "no text"),
        (line + line, "twice"),
        (line.replace('"a"', '"b"'), "nothing to compare"),
    ):
        other.write_text(words, encoding="utf-8")
        with pytest.raises(BadInput, match=reason):
            agree_files([one, other])
    other.write_text(line, encoding="utf-8")
    assert agree_files([one, other]).annotators == ("ann", "ben")
    with pytest.raises(BadInput, match="no annotator 'cleo'"):
        agree_files([one, other], ("cleo",))


def test_figures_and_the_places_behind_them_are_written_as_tables(two: Workspace):
    found = agree(two)
    rows = list(csv.DictReader(io.StringIO(as_csv(found))))
    assert len(rows) == len(found.figures) == len(as_values(found)["measures"])
    exact = next(
        row
        for row in rows
        if (row["measure"], row["role"], row["article"]) == ("span_f1_exact", "content", "")
    )
    assert (float(exact["value"]), exact["n"], exact["low"]) == (pytest.approx(2 / 3), "3", "")
    figure = found.figure("span_f1_exact", "content")
    places = list(csv.DictReader(io.StringIO(places_as_csv(found, [figure], {"ferry": FERRY}))))
    assert [(row["annotator"], row["words"]) for row in places] == [
        ("maria", "the crew of 40 would stay on"),
        ("olena", ""),
    ]
