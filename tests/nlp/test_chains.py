"""Who stands behind whom: outlets that cite, sources that were told on, and what stands in what."""

from __future__ import annotations

import pytest

from annotator.core.spans import words
from tests.nlp.suggesting import by_cue, found, parts


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Reuters reported on Tuesday, citing two officials, that the port would be sold.",
            "that the port would be sold",
        ),
        (
            "The port will be sold in May, Reuters reported on Tuesday, citing two officials.",
            "The port will be sold in May",
        ),
        (
            "Citing two officials, Reuters reported that the port would be sold.",
            "that the port would be sold",
        ),
    ],
)
def test_an_outlet_and_those_it_cites_share_a_content_wherever_they_stand(text: str, content: str):
    inner, outer = sorted(found(text), key=lambda one: one.parent is None)
    assert words(outer.source, text) == "Reuters"
    assert words(inner.source, text) == "two officials"
    assert words(outer.content, text) == words(inner.content, text) == content
    assert inner.parent == outer.id
    assert (inner.via, inner.medium) == ("Reuters", "told_outlet")
    assert outer.kind == "outlet_citing_outlet"


def test_a_chain_has_as_many_links_as_are_printed():
    text = "The port will be sold, Reuters reported on Tuesday, citing two officials, UNN writes."
    outermost = by_cue(text, "writes", outlet="UNN")
    middle = by_cue(text, "reported", outlet="UNN")
    innermost = by_cue(text, "citing", outlet="UNN")
    assert (outermost.parent, middle.parent, innermost.parent) == (None, outermost.id, middle.id)
    assert (outermost.self_citation, middle.self_citation) == (True, False)
    assert (middle.via, innermost.via) == (None, "Reuters")


def test_what_somebody_said_stands_in_what_an_outlet_relayed():
    text = "According to Reuters, a crew is on its way to the pier, the port authority said."
    outer, inner = by_cue(text, "According to"), by_cue(text, "said")
    assert parts(inner, text) == ("the port authority", "said", "a crew is on its way to the pier")
    assert words(outer.content, text) == "a crew is on its way to the pier, the port authority said"
    assert (inner.parent, inner.via, inner.inherited) == (outer.id, "Reuters", ("via",))


def test_the_recipient_is_neither_source_nor_content():
    text = "The lease will end in May, sources told Reuters, while the port waits for a buyer."
    (one,) = found(text)
    assert parts(one, text) == ("sources", "told", "The lease will end in May")
    assert (words(one.recipient, text), one.via) == ("Reuters", "Reuters")


def test_an_outlet_in_a_clause_of_the_source_is_the_one_through_which_it_came():
    text = "According to a person close to the bank who spoke to CNN, the lease will end."
    (one,) = found(text)
    assert (one.kind, one.via, words(one.via_span, text)) == ("anonymous_source", "CNN", "CNN")


def test_the_outlet_that_names_itself_is_no_second_outlet():
    text = "The pier is safe, the Harbour Gazette wrote. The bridge is safe, Axios wrote."
    ours, theirs = found(text, outlet="Harbour Gazette")
    assert (ours.kind, ours.self_citation) == ("outlet_citing_outlet", True)
    assert (theirs.kind, theirs.self_citation) == ("outlet_citing_outlet", False)
