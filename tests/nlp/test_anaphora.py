"""Kind, outlet and medium are taken over by those who only point back to somebody."""

from __future__ import annotations

import pytest

from tests.nlp.suggesting import by_cue, found

TOLD = "Two officials told Reuters that the talks had failed. "


@pytest.mark.parametrize(
    "text",
    [
        "The sources added that no date was set.",
        "They said that no date was set.",
        "Sources said that no date was set.",
        "The officials said that no date was set.",
    ],
)
def test_sources_that_were_told_on_keep_their_kind_and_outlet(text: str):
    first, second = found(TOLD + text)
    assert (second.kind, second.via, second.inherited) == ("anonymous_source", "Reuters", ("via", "medium"))
    assert second.antecedent == first.id


def test_someone_else_of_the_same_sort_takes_over_no_outlet():
    second = found(TOLD + "Another official said that no date was set.")[-1]
    assert (second.kind, second.via, second.antecedent) == ("anonymous_source", None, None)


def test_bare_sources_point_to_nobody_where_nobody_was_told_on():
    (one,) = found("Sources said that no date was set.")
    assert (one.kind, one.via, one.antecedent) == ("anonymous_source", None, None)


def test_the_publication_is_the_outlet_that_was_named_last():
    text = "Axios reported that the pier would close. The publication writes that no date is set."
    second = by_cue(text, "writes")
    assert (second.kind, second.source_name) == ("outlet_citing_outlet", "Axios")


def test_a_medium_lasts_while_the_same_person_goes_on():
    text = "Mayor Lena Brook wrote on Telegram that the pier was safe. She added that it would open in May."
    first, second = found(text)
    assert (first.medium, first.inherited) == ("Telegram", ())
    assert (second.medium, second.inherited, second.antecedent) == ("Telegram", ("medium",), first.id)


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("Brook wrote on X that the pier was safe.", "X"),
        ("In a statement, the port authority said the pier was safe.", "statement"),
        ("In an interview with CNN, Mayor Lena Brook said the pier was safe.", "interview"),
        ("Brook said in a Facebook post that the pier was safe.", "social_media"),
        ("Brook said during remarks at the harbour that the pier was safe.", "remarks"),
        ("Brook said the pier was safe.", None),
    ],
)
def test_the_medium_is_read_around_the_cue(text: str, medium: str | None):
    (one,) = found(text)
    assert one.medium == medium


def test_an_interview_with_an_outlet_came_through_it():
    (one,) = found("In an interview with CNN, Mayor Lena Brook said the pier was safe.")
    assert one.via == "CNN"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mayor Lena Brook said the pier was safe.", "named_official"),
        ("The President of Ukraine said the pier was safe.", "named_official"),
        ("She said the pier was safe.", "named_official"),
        ("A senior official said the pier was safe.", "anonymous_source"),
        ("One of the officials said the pier was safe.", "anonymous_source"),
        ("The port authority said the pier was safe.", "institution"),
        ("The White House said the pier was safe.", "institution"),
        ("Critics say the pier is a danger to ships.", "other"),
        ("Axios reported that the pier was safe.", "outlet_citing_outlet"),
    ],
)
def test_the_kind_is_what_the_reader_is_given_at_that_spot(text: str, kind: str):
    (one,) = found(text)
    assert one.kind == kind
