"""Between two outlets' versions of one claim, each of eight things that may change is flagged, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from annotator.compare.drift import FLAGS, Drift
from tests.compare.told import said, story_of


def between(one: dict[str, Any], other: dict[str, Any]) -> Drift:
    """The drift between the first marks of two articles on one claim."""
    found = story_of([one, other]).compared()
    ((drift,),) = [row.drifts for row in found.matrix.rows]
    return drift


def told(content: str, outlet: str, source: str = "Mayor Ida Brandt", **more: Any) -> dict[str, Any]:
    text = f"{source} said {content}."
    mark = {"source": source, "content": content, "source_name": "Ida Brandt", "quote": None, **more}
    return said(text, mark, outlet=outlet)


def test_the_same_words_drift_in_nothing():
    one, other = told("that the bridge is closed", "Post"), told("that the bridge is closed", "Herald")
    assert between(one, other).flags == ()


def test_quotation_marks_on_one_side():
    one = told("“the bridge is closed”", "Post")
    found = between(one, told("that the bridge is closed", "Herald"))
    assert found.names == ("quotation_marks",)
    assert found.flags[0].words.startswith("“the bridge is closed” stands in quotation marks in Post")


def test_a_quotation_about_something_else_is_no_sign_that_marks_were_lost():
    one = told("that the bridge is closed and the mayor a “very patient person”", "Post")
    assert between(one, told("that the bridge is closed", "Herald")).names == ()


def test_different_words_inside_the_marks_are_shown_word_by_word():
    one, other = (
        told("“the old bridge is closed for good”", "Post"),
        told('"the old bridge is shut for good"', "Herald"),
    )
    found = between(one, other)
    assert found.names == ("quotation_words",)
    pieces = [(piece.what, piece.one, piece.other) for piece in found.wordings[0].pieces]
    assert pieces == [
        ("same", "the old bridge is", "the old bridge is"),
        ("different", "closed", "shut"),
        ("same", "for good", "for good"),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“We met Zelenskyy in Kyiv today”", '"we met Zelensky in Kyiv today,"'),
        ("“Erdogan and Vaník spoke”", "“Erdoğan and Vanyk spoke”"),
        ("“the U.S. delegation isn't here”", "“the US delegation isn’t here”"),
    ],
)
def test_spelling_marks_and_case_are_no_drift(one: str, other: str):
    assert between(told(one, "Post"), told(other, "Herald")).names == ()


def test_a_name_in_two_spellings_is_shown_as_a_variant():
    found = between(told("“We met Zelenskyy today”", "Post"), told("“We met Zelensky today”", "Herald"))
    assert found.spellings == (("Zelenskyy", "Zelensky"),)


def test_a_longer_quotation_has_no_other_words():
    one = told("“the bridge is closed”", "Post")
    assert between(one, told("“the bridge is closed until the spring comes”", "Herald")).names == ()


def test_another_kind_of_source():
    one = told("that the bridge is closed", "Post")
    other = told("that the bridge is closed", "Herald", "The city", kind="institution", source_name="City")
    assert between(one, other).names == ("kind",)


def test_an_outlet_on_one_side_only_unless_it_is_the_publisher_itself():
    via = {"via": "Wire", "kind": "anonymous_source", "source_name": "aide"}
    bare = {"kind": "anonymous_source", "source_name": "aide"}
    one = told("that the bridge is closed", "Post", "an aide", **via)
    assert between(one, told("that the bridge is closed", "Herald", "an aide", **bare)).names == (
        "outlet_dropped",
    )
    assert between(one, told("that the bridge is closed", "Wire", "an aide", **bare)).names == ()


def test_another_medium():
    one = told("that the bridge is closed", "Post", medium="X")
    assert between(one, told("that the bridge is closed", "Herald", medium="Telegram")).names == ("medium",)
    assert between(one, told("that the bridge is closed", "Herald")).names == ()


@pytest.mark.parametrize(
    ("one", "other", "changed"),
    [
        ("two people familiar with the matter", "two sources familiar with the matter", False),
        ("two people familiar with the matter", "three people familiar with the matter", True),
        ("two people familiar with the matter", "Sources", True),
        ("a senior Danish official", "a senior official", True),
        ("an aide who spoke to the Wire", "an aide", False),
        ("an aide, who spoke on condition of anonymity because talks go on", "an aide", False),
    ],
)
def test_number_and_description_of_sources(one: str, other: str, changed: bool):
    same = {"kind": "anonymous_source", "source_name": "somebody"}
    found = between(
        told("that the bridge is closed", "Post", one, **same),
        told("that the bridge is closed", "Herald", other, **same),
    )
    assert ("source_description" in found.names) is changed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("that the bridge will be repaired in May", "that the bridge will not be repaired in May"),
        ("that the bridge will be repaired in May", "that the bridge may be repaired in May"),
        ("that the city would give Norway the bridge", "that the city would give Denmark the bridge"),
        ("that the city pays 20 crowns for the bridge", "that the city receives 20 crowns for the bridge"),
        (
            "that lorries cross the bridge at 30 km/h at most",
            "that lorries cross the bridge at at least 30 km/h",
        ),
    ],
)
def test_words_that_turn_the_sense(one: str, other: str):
    assert between(told(one, "Post"), told(other, "Herald")).names == ("direction",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "that the city had no part in closing the bridge",
            "that the city took no part in closing the bridge",
        ),
        ("that the city would grant Ukraine the bridge", "that the city would grant Kyiv the bridge"),
        ("that the bridge is closed", "that the bridge is closed and that nobody will swim"),
        ("that no more than 20 lorries cross the bridge", "that at most 20 lorries cross the bridge"),
    ],
)
def test_what_only_looks_like_a_turn_is_none(one: str, other: str):
    assert between(told(one, "Post"), told(other, "Herald")).names == ()


def test_a_denial_and_a_hedge_are_turns_too():
    one = told("that the bridge is closed", "Post")
    assert between(one, told("that the bridge is closed", "Herald", polarity="denial")).names == (
        "direction",
    )
    assert between(one, told("that the bridge is closed", "Herald", hedge=True)).names == ("direction",)


def test_attributed_here_and_stated_as_a_fact_there():
    text = "The bridge is closed."
    fact = said(text, {"kind": "unattributed", "content": "The bridge is closed"}, outlet="Herald")
    found = between(told("that the bridge is closed", "Post"), fact)
    assert found.names == ("stated_as_fact",)
    assert found.flags[0].words == "Post credits it to Ida Brandt, Herald states it as a fact"


def test_all_eight_flags_have_the_names_that_were_promised():
    assert (
        tuple(
            "quotation_marks quotation_words kind outlet_dropped medium source_description direction stated_as_fact".split()
        )
        == FLAGS
    )


def test_a_headline_is_compared_only_where_the_text_does_not_carry_the_claim():
    text = "Bridge closed, mayor says\n\nMayor Ida Brandt said that the bridge is closed."
    mark = {"source_name": "Ida Brandt"}
    marks = (
        {**mark, "content": "Bridge closed", "source": "mayor", "zone": "headline"},
        {**mark, "content": "that the bridge is closed", "source": "Mayor Ida Brandt"},
    )
    other = told("that the bridge is closed", "Herald")
    assert len(story_of([said(text, *marks, outlet="Post"), other]).compared().matrix.rows[0].drifts) == 1
    only = said(text, marks[0], outlet="Post")
    assert len(story_of([only, other]).compared().matrix.rows[0].drifts) == 1
