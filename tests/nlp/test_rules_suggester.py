"""The rules find who said what, in sentences of every build that they are meant for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.articles import Zone
from annotator.core.errors import BadInput
from annotator.core.graphemes import is_boundary
from annotator.core.records import places
from annotator.core.spans import Span, words
from annotator.nlp.rules_suggester import RulesSuggester
from tests.nlp.suggesting import found, said


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "Mayor Lena Brook said that the bridge would open in May.",
            "Mayor Lena Brook",
            "said",
            "that the bridge would open in May",
        ),
        (
            "“The bridge is safe,” the mayor said.",
            "the mayor",
            "said",
            "“The bridge is safe,”",
        ),
        (
            '"The bridge is safe," said Lena Brook.',
            "Lena Brook",
            "said",
            '"The bridge is safe,"',
        ),
        (
            "“The bridge is safe,” she said. “It will stand for years.”",
            "she",
            "said",
            "“The bridge is safe,” … “It will stand for years.”",
        ),
        (
            "The ferry will stop in June, according to two people familiar with the matter.",
            "two people familiar with the matter",
            "according to",
            "The ferry will stop in June",
        ),
        (
            "Brook said the old harbour was “a wound” in the town.",
            "Brook",
            "said",
            "the old harbour was “a wound” in the town",
        ),
        (
            "The harbour, she said, offered room for everyone.",
            "she",
            "said",
            "The harbour … offered room for everyone",
        ),
        (
            "Brook said: “The pier is safe. It will stand for years.”",
            "Brook",
            "said:",
            "“The pier is safe. It will stand for years.”",
        ),
        (
            "Lena Brook, the head of the harbour board, said the bridge would open in May.",
            "Lena Brook, the head of the harbour board",
            "said",
            "the bridge would open in May",
        ),
        (
            "“The bridge is safe,” said Lena Brook, the head of the harbour board.",
            "Lena Brook, the head of the harbour board",
            "said",
            "“The bridge is safe,”",
        ),
        (
            "The mayor, who said the pier was safe, left the room.",
            "who",
            "said",
            "the pier was safe",
        ),
        (
            "According to a Reuters report, the pier will close in June.",
            "a Reuters report",
            "According to",
            "the pier will close in June",
        ),
        (
            "The ferry is expected to stop in May.",
            "",
            "is expected",
            "The ferry … to stop in May",
        ),
    ],
)
def test_a_statement_is_found_in_each_order_of_its_parts(text: str, source: str, cue: str, content: str):
    assert (source, cue, content) in said(text)


def test_the_outlet_that_was_told_is_the_one_through_which_the_words_came():
    text = "Two officials told Reuters that the talks had failed."
    (one,) = found(text)
    assert (one.via, words(one.via_span, text), one.medium) == ("Reuters", "Reuters", "told_outlet")
    assert one.kind == "anonymous_source"


def test_a_participle_shares_the_source_of_the_verb_before_it():
    text = "Brook said the bridge was safe, adding that it would open in May."
    assert {source for source, _, _ in said(text)} == {"Brook"}
    assert "adding" in {cue for _, cue, _ in said(text)}


def test_an_outlet_that_cites_somebody_gives_a_chain_over_the_same_content():
    text = "Reuters reported that the bridge will close, citing two officials."
    outer, inner = sorted(found(text), key=lambda one: one.parent is not None)
    assert (outer.kind, inner.kind) == ("outlet_citing_outlet", "anonymous_source")
    assert inner.parent == outer.id
    assert inner.via == "Reuters"
    assert inner.content == outer.content


def test_anaphora_takes_over_the_kind_and_the_outlet():
    text = "Two officials told Reuters that the talks had failed. The sources said the room was empty."
    second = found(text)[-1]
    assert (second.kind, second.via, second.inherited) == (
        "anonymous_source",
        "Reuters",
        ("via", "medium"),
    )


@pytest.mark.parametrize(
    ("line", "outlet"),
    [("Harbour to be sold to a foreign bank - Reuters", "Reuters"), ("Media: harbour to be sold", "Media")],
)
def test_a_headline_names_its_outlet_with_a_dash_or_a_colon(line: str, outlet: str):
    text = line + "\nNothing more is known."
    zones = (Zone("headline", Span(0, len(line))),)
    one = next(one for one in found(text, zones) if words(one.source, text) == outlet)
    assert (one.kind, one.medium) == ("outlet_citing_outlet", "headline")


def test_captions_and_boilerplate_say_nothing():
    text = "“The bridge is safe,” the mayor said."
    assert found(text, (Zone("caption", Span(0, len(text))),)) == []


def test_no_comment_and_denial_are_told_apart():
    assert found("The ministry declined to comment.")[0].polarity == "no_comment"
    assert found("The minister denied that she had signed the letter.")[0].polarity == "denial"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("“The bridge is safe,” she said.", "direct"),
        ("She said the bridge was “safe enough” for cars.", "mixed"),
        ("She said the bridge was safe.", "indirect"),
    ],
)
def test_quotations_are_direct_mixed_or_indirect(text: str, quote: str):
    assert found(text)[0].quote == quote


def test_every_suggestion_is_open_and_says_which_rule_found_it_and_how_sure_it_is():
    (one,) = found("Mayor Lena Brook said that the bridge would open in May.")
    assert (one.origin, one.state) == ("rules-en", "open")
    assert one.provenance["rule"] == "source and verb"
    assert one.confidence is not None
    assert 0 < one.confidence < 1


def test_a_missing_lexicon_is_one_sentence(tmp_path: Path):
    with pytest.raises(BadInput, match="cannot be read"):
        RulesSuggester(tmp_path).warm()


PIECES = st.sampled_from(
    "said told according to reported , . “ ” \" ' '' : - — \n \r\n \t Reuters citing the sources he X ’s é 👨‍👩‍👧 🇺🇦 \u2028 \u00a0 a\u0301 ـ م".split(
        " "
    )
)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(PIECES, max_size=40).map(" ".join),
        st.lists(PIECES, max_size=40).map("".join),
    )
)
def test_no_text_breaks_the_rules_and_every_span_stands_on_whole_characters(text: str):
    first = found(text)
    assert first == found(text)
    for one in first:
        for _, parts in places(one):
            for part in parts:
                assert part.end <= len(text)
                assert is_boundary(text, part.start)
                assert is_boundary(text, part.end)


def test_a_sentence_without_end_is_read_too():
    text = "Brook said that " * 3000
    assert found(text)[0].origin == "rules-en"
