"""Who is meant by the words of a source: the likeliest first, and only words that name are learned."""

from __future__ import annotations

import pytest

from annotator.core.attributions import Attribution
from annotator.core.mentions import anaphor, candidates, normal, sure, worth_learning
from annotator.core.sources import Source
from annotator.core.spans import Span

BRANDT = Source("b", "Ida Brandt", "person", aliases=("the harbour master",))
OSTROW = Source("o", "Lew Ostrow", "person")
PEOPLE = Source("p", "two people familiar with the plan", "person", anonymous=True)
POST = Source("h", "Harbour Post", "outlet")
MINISTRY = Source("m", "Ministry of Transport", "institution")
ALL = (BRANDT, OSTROW, PEOPLE, POST, MINISTRY)


def _said_before(*sources: Source) -> list[Attribution]:
    return [
        Attribution(f"a{at}", "set", source=(Span(at * 10, at * 10 + 5),), source_id=one.id)
        for at, one in enumerate(sources)
    ]


def _first(said: str, *before: Source) -> tuple[str, str]:
    found = candidates(said, ALL, _said_before(*before))[0]
    return found.source.id, found.why


@pytest.mark.parametrize(
    ("said", "meant", "why"),
    [
        ("Ida Brandt", "b", "same name"),
        ("the IDA BRANDT’s", "b", "same name"),
        ("the harbour master", "b", "alias"),
        ("Brandt", "b", "part of the name"),
        ("Transport officials in the ministry", "m", "similar words"),
    ],
)
def test_a_name_is_known_by_itself_by_an_alias_by_a_part_and_by_like_words(said: str, meant: str, why: str):
    assert _first(said, POST, OSTROW) == (meant, why)


def test_the_same_name_stands_before_an_alias_and_an_alias_before_a_part():
    same, alias, part = (
        Source("1", "Harbour Union"),
        Source("2", "Dockers", aliases=("Harbour Union",)),
        Source("3", "Harbour Union of Avell"),
    )
    found = candidates("Harbour Union", (part, same, alias), _said_before(part))
    assert {one.source.id for one in found[:2]} == {"1", "2"}
    assert found[2].source.id == "3"
    assert sure(found) is None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("he", "o"),
        ("the official", "p"),
        ("the sources", "p"),
        ("they", "p"),
        ("the publication", "h"),
        ("the ministry", "m"),
    ],
)
def test_a_pointing_phrase_means_whoever_fits_and_was_credited_last(said: str, meant: str):
    assert _first(said, BRANDT, PEOPLE, POST, MINISTRY, OSTROW) == (meant, "mentioned last")


def test_a_pronoun_follows_the_last_person_and_brings_that_attribution_as_antecedent():
    found = candidates("she", ALL, _said_before(OSTROW, BRANDT, POST))
    assert [one.source.id for one in found[:2]] == ["b", "o"]
    assert found[0].antecedent == "a1"


def test_whoever_was_credited_in_the_article_stands_before_strangers():
    found = candidates("a voice on deck", ALL, _said_before(OSTROW))
    assert [(one.source.id, one.why) for one in found] == [("o", "in this article")]


def test_one_certain_name_is_sure_and_a_pronoun_never_is():
    assert (sure(candidates("Ida Brandt", ALL, ())) or None) is not None
    assert sure(candidates("he", ALL, _said_before(OSTROW))) is None


@pytest.mark.parametrize("said", ["sources", "Sources", "the sources", "officials", "he", "they", "", "—"])
def test_words_that_may_mean_anyone_are_never_learned(said: str):
    assert not worth_learning(said, PEOPLE)


def test_words_that_name_are_learned_once():
    assert worth_learning("Captain Brandt", BRANDT)
    assert not worth_learning("ida brandt", BRANDT)
    assert not worth_learning("Harbour Master", BRANDT)
    assert not worth_learning("very " * 40 + "long", BRANDT)


def test_case_articles_and_punctuation_do_not_tell_names_apart():
    assert normal("The “Harbour” Post’s") == normal("harbour post")
    assert anaphor("Ida Brandt") is None
