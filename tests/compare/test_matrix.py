"""The matrix has a row for each claim and a cell for each article, absence included; it sorts, filters and is written out."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

import pytest

from annotator.compare.comparison import Comparison, compare, read_texts
from annotator.compare.matrix import Filter, in_order
from annotator.workspace.comparing_written import as_csv
from tests.compare.told import lexicons, said, story_of

WHO = {"source": "Ida Brandt", "source_name": "Ida Brandt"}
POST = "Ida Brandt said the bridge will close. Ida Brandt said “it costs forty million crowns.”"
HERALD = "The bridge will close. It is a fine day."
MAIL = "The weather was fine. Ida Brandt said it costs forty million crowns."


def articles() -> list[dict[str, Any]]:
    return [
        said(
            POST,
            {**WHO, "content": "the bridge will close", "claims": ["closing"], "quote": "indirect"},
            {**WHO, "content": "“it costs forty million crowns.”", "claims": ["cost"], "quote": "direct"},
            outlet="Post",
        ),
        said(HERALD, {"kind": "unattributed", "content": "The bridge will close", "claims": ["closing"]}, outlet="Herald"),
        said(MAIL, {**WHO, "content": "it costs forty million crowns", "claims": ["cost"], "quote": "indirect"}, outlet="Mail"),
    ]  # fmt: skip


@pytest.fixture
def found() -> Comparison:
    return story_of(articles()).compared()


def cells(found: Comparison, claim: str) -> dict[str, Any]:
    (row,) = [one for one in found.matrix.rows if one.claim.name == claim]
    return {cell.outlet: cell for cell in row.cells}


def test_each_cell_says_in_words_what_it_is(found: Comparison):
    closing = cells(found, "closing")
    assert closing["Post"].words == "named official: Ida Brandt; 1 attribution; paraphrased"
    assert (closing["Herald"].status, closing["Herald"].words) == ("unattributed", "stated as a fact")
    assert [sign.words for sign in closing["Herald"].signs] == ["stated as a fact, without attribution"]
    assert (closing["Mail"].status, closing["Mail"].words) == ("unknown", "nothing marked; not carried?")


def test_drift_is_a_sign_in_both_cells(found: Comparison):
    assert [[sign.what for sign in cell.signs] for cell in cells(found, "cost").values()] == [
        ["drift"],
        [],
        ["drift"],
    ]


def test_absence_that_a_person_recorded_is_not_a_proposal():
    story = story_of(articles())
    story.claims["closing"] = replace(story.claims["closing"], absent_in=("Mail", "Post"))
    closing = cells(story.compared(), "closing")
    assert (closing["Mail"].status, closing["Mail"].words) == ("absent", "not carried here")
    assert closing["Post"].status == "attributed"


def test_no_absence_is_proposed_where_nobody_has_looked_or_where_the_text_seems_to_carry_it():
    story = story_of(articles())
    story.tellings[2] = replace(story.tellings[2], looked=False, marks=())
    assert not cells(story.compared(), "closing")["Mail"].absence_proposed
    text = "Ida Brandt sang. The bridge will close."
    story = story_of([articles()[0], said(text, {**WHO, "content": "sang", "claims": []}, outlet="Mail")])
    carried = cells(story.compared(), "closing")["Mail"]
    assert (carried.status, carried.absence_proposed) == ("unknown", False)


def test_rows_sort_by_spread_disagreement_and_name(found: Comparison):
    def names(by: str) -> list[str]:
        return [row.claim.name for row in in_order(found.matrix.rows, by)]

    assert names("order") == ["closing", "cost"]
    assert names("name") == ["closing", "cost"]
    assert [row.spread for row in in_order(found.matrix.rows, "spread")] == [2, 2]
    assert [row.disagreement for row in in_order(found.matrix.rows, "disagreement")] == [1, 1]


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Filter(), ["closing", "cost"]),
        (Filter(words="forty CROWNS"), ["cost"]),
        (Filter(flags=("stated_as_fact",)), ["closing"]),
        (Filter(signs=("drift",)), ["cost"]),
        (Filter(kinds=("unattributed",)), ["closing"]),
        (Filter(least_spread=3), []),
    ],
)
def test_rows_are_filtered(found: Comparison, wish: Filter, expected: list[str]):
    assert [row.claim.name for row in found.matrix.rows if wish.takes(row)] == expected


def test_the_table_has_a_column_for_each_article_even_of_one_outlet():
    twice = [*articles(), {**articles()[0], "id": "second", "attributions": [], "published": "2026-03-02"}]
    found = story_of(twice).compared()
    head, *rows = csv.reader(io.StringIO(as_csv(found, found.matrix.rows)))
    assert head[5:] == ["Post, Post", "Herald", "Mail", "Post, 2026-03-02"]
    assert [len(row) for row in rows] == [9, 9]


def test_a_changed_mark_changes_the_comparison_as_if_it_were_all_new(found: Comparison):
    story = story_of(articles())
    mark = replace(story.tellings[2].marks[0], kind="institution", medium="X")
    story.tellings[2] = replace(story.tellings[2], marks=(mark,))
    again = compare(story.tellings, story.names, found.texts, found)
    new = compare(story.tellings, story.names, read_texts(story.tellings, lexicons()))
    assert again.matrix == new.matrix
    assert (again.proposals, again.dropped, again.citations) == (new.proposals, new.dropped, new.citations)
    assert again.voices["Post"] is found.voices["Post"]


def test_a_renamed_source_is_seen_at_once(found: Comparison):
    story = story_of(articles())
    story.sources["Ida Brandt"] = replace(story.sources["Ida Brandt"], name="Mayor Brandt")
    again = compare(story.tellings, story.names, found.texts, found)
    assert "Mayor Brandt" in cells(again, "cost")["Mail"].words


def test_versions_of_a_quotation_stand_in_one_table_the_first_published_first():
    one = said(
        "“We shut the old bridge in May,” she said.",
        {**WHO, "source": "she", "content": "“We shut the old bridge in May,”"},
        outlet="Post",
        published="2026-03-02",
    )
    other = said("“We close the old bridge in May,” she said.", {**WHO, "source": "she", "content": "“We close the old bridge in May,”"}, outlet="Mail", published="2026-03-01")  # fmt: skip
    (table,) = story_of([one, other]).compared().quotations
    assert [(each.words, each.first.outlet) for each in table.versions] == [
        ("We close the old bridge in May", "Mail"),
        ("We shut the old bridge in May", "Post"),
    ]
    assert [piece.other for piece in table.versions[1].against_first if piece.what == "different"] == ["shut"]


def test_proposals_leave_out_what_is_linked_and_name_the_claim_that_is_there():
    story = story_of(articles())
    free = replace(story.tellings[2].marks[0], claims=())
    story.tellings[2] = replace(story.tellings[2], marks=(free,))
    (proposal,) = story.compared().proposals
    assert ({proposal.one, proposal.other}, proposal.claim) == ({"Post 1", "Mail 0"}, "cost")
    assert story_of(articles()).compared().proposals == ()
