"""Attributions to nobody are found by their form, and marked as hedged where nobody vouches."""

from __future__ import annotations

import pytest

from tests.nlp.suggesting import by_cue, found, parts


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        (
            "The minister reportedly signed the lease in March.",
            "reportedly",
            "The minister … signed the lease in March",
        ),
        (
            "Reportedly, the minister signed the lease in March.",
            "Reportedly",
            "the minister signed the lease in March",
        ),
        (
            "The pier has allegedly been closed since June.",
            "allegedly",
            "The pier has … been closed since June",
        ),
        ("The reported sale of the pier surprised the town.", "reported", "sale"),
    ],
)
def test_a_hedge_is_a_cue_with_no_source(text: str, cue: str, content: str):
    one = by_cue(text, cue)
    assert parts(one, text) == ("", cue, content)
    assert one.hedge
    assert one.implicit_source
    assert one.kind == "other"


def test_an_outlet_that_reported_something_is_no_hedge():
    (one,) = found("Axios reported that the pier would close.")
    assert not one.hedge


def test_it_is_noted_stands_for_the_outlet_that_was_named_last():
    text = "Axios reported that the pier would close. The port, it is noted, gave no date."
    one = by_cue(text, "is noted")
    assert parts(one, text) == ("", "is noted", "The port … gave no date")
    assert (one.kind, one.source_name) == ("outlet_citing_outlet", "Axios")


def test_it_is_noted_stands_for_nobody_where_no_outlet_was_named():
    one = by_cue("The port, it is noted, gave no date.", "is noted")
    assert (one.kind, one.source_name) == ("other", None)
