"""Strategies take over only what they say, and decisions are found again whatever comes after them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.core.attributions import Attribution
from annotator.core.errors import BrokenLaw
from annotator.review.adjudication import (
    ALL_AGREE,
    MAJORITY,
    WHO_ANNOTATED,
    Decision,
    decided,
    decision_of,
    hidden_order,
    propose,
    to_provenance,
)
from annotator.review.cases import cases
from annotator.review.disagreements import Comparison
from annotator.review.panels import Panel
from tests.review.marking import ASKED, CRIED, FERRY, INNER, OUTER, TIDE, at, mark, panel


def taken(article: Panel, strategy: str, threshold: int = 0) -> list[str]:
    """The ids of what a strategy would take over."""
    comparison = Comparison(article.text, cases(article))
    return [one.chosen.id for one in propose(comparison, strategy, threshold)]


def three() -> Panel:
    """FERRY: all alike. ASKED: two alike, one shorter. CRIED: two alike, one lacks it. TIDE: one alone. OUTER: all differ."""
    kinds = ("other", "institution", "named_official")
    hands: dict[str, list[Attribution]] = {}
    for number, hand in enumerate("abc"):
        asked = {**ASKED, "content": "Nobody asked"} if hand == "c" else ASKED
        hands[hand] = [
            mark(f"{hand}1", **FERRY),
            mark(f"{hand}2", **asked),
            *([mark(f"{hand}3", **CRIED)] if hand != "c" else []),
            mark(f"{hand}4", **OUTER, kind=kinds[number]),
            *([mark(f"{hand}5", **TIDE)] if hand == "a" else []),
        ]
    return panel(**hands)


def test_all_agree_takes_what_everybody_has_alike():
    assert taken(three(), ALL_AGREE) == ["a1"]


def test_who_annotated_takes_what_those_who_have_it_have_alike():
    assert taken(three(), WHO_ANNOTATED) == ["a1", "a3", "a5"]
    assert taken(three(), WHO_ANNOTATED, threshold=2) == ["a1", "a3"]


def test_majority_takes_what_more_than_half_have_alike():
    assert taken(three(), MAJORITY) == ["a1", "a2", "a3"]
    assert taken(three(), MAJORITY, threshold=3) == ["a1"]


def test_a_tie_takes_nothing_however_low_the_threshold():
    assert "a4" not in taken(three(), MAJORITY, threshold=1)
    two = panel(a=[mark("a1", **FERRY)], b=[mark("b1", **FERRY, kind="institution")])
    assert taken(two, MAJORITY, threshold=1) == []


def test_one_of_two_is_no_majority_and_one_annotator_alone_agrees_with_nobody():
    assert taken(panel(a=[mark("a1", **FERRY)], b=[]), MAJORITY) == []
    assert taken(panel(a=[mark("a1", **FERRY)]), ALL_AGREE) == []


def test_a_disagreement_on_the_outer_attribution_keeps_none_inside_it_back():
    ours = [mark("a1", **OUTER), mark("a2", **INNER, parent="a1")]
    theirs = [mark("b1", **OUTER, kind="institution"), mark("b2", **INNER, parent="b1")]
    assert taken(panel(a=ours, b=theirs), ALL_AGREE) == ["a2"]


def test_an_unknown_strategy_is_refused():
    with pytest.raises(BrokenLaw, match="all_agree, who_annotated, majority"):
        taken(three(), "whoever shouts loudest")


def test_a_decision_is_read_as_it_was_written():
    written = Decision(
        "accepted", "petra", "2026-03-01T10:00:00Z", (("a1", "a"),), (("a1", "a"), ("b1", "b")), "2", "why"
    )
    assert decision_of(Attribution("g", "gold", provenance=to_provenance(written))) == written
    assert decision_of(Attribution("g", "gold", provenance={"decision": "accepted"})) is None
    assert decision_of(Attribution("g", "gold")) is None


def gold(
    name: str, model: Attribution, *, how: str = "accepted", at_: str = "2026-03-01", **more: str
) -> Attribution:
    noted = Decision(how, "petra", at_, ((model.id, "a"),), ((model.id, "a"),), **more)
    return replace(model, id=name, set_id="gold", provenance=to_provenance(noted), updated=at_)


def test_gold_is_found_by_what_it_was_taken_from_even_where_its_words_are_others():
    ours = mark("a1", **FERRY)
    moved = replace(gold("g1", ours), content=at("stops in May"), source=())
    (one,), loose = decided(cases(panel(a=[ours])), [moved])
    assert (one.gold, loose, one.by_person, one.stale) == ((moved,), [], True, False)


def test_gold_that_came_from_a_file_is_found_by_its_words():
    foreign = mark("g9", **{**FERRY, "content": "ferry stops in May"})
    settled, loose = decided(cases(panel(a=[mark("a1", **FERRY), mark("a2", **ASKED)])), [foreign])
    assert [one.gold for one in settled] == [(foreign,), ()]
    assert (settled[0].by_person, settled[0].decision, loose) == (True, None, [])


def test_gold_of_no_case_is_not_lost():
    foreign = mark("g9", **TIDE)
    (one,), loose = decided(cases(panel(a=[mark("a1", **FERRY)])), [foreign])
    assert (one.is_open, loose) == (True, [foreign])


def test_a_decision_is_stale_when_a_candidate_was_changed_or_came_since():
    ours = mark("a1", **FERRY)
    kept = gold("g1", ours)
    (changed,), _ = decided(cases(panel(a=[replace(ours, updated="2026-03-02")])), [kept])
    (joined,), _ = decided(cases(panel(a=[ours], b=[mark("b1", **FERRY)])), [kept])
    assert (changed.stale, joined.stale) == (True, True)


def test_what_a_strategy_took_over_becomes_a_persons_when_a_person_changes_it():
    ours = mark("a1", **FERRY)
    merged = gold("g1", ours, how=ALL_AGREE)
    (one,), _ = decided(cases(panel(a=[ours])), [merged])
    (touched,), _ = decided(cases(panel(a=[ours])), [replace(merged, updated="2026-03-05")])
    assert (one.by_person, touched.by_person) == (False, True)


def test_hidden_annotators_stand_in_an_order_of_chance_that_stays():
    hands = ["maria", "olena", "petra"]
    orders = {tuple(hidden_order(hands, f"article {number}")) for number in range(40)}
    assert len(orders) == 6
    assert hidden_order(hands, "x") == hidden_order(reversed(hands), "x")
    assert [one for one in hidden_order([*hands, "ivan"], "x") if one != "ivan"] == hidden_order(hands, "x")
    assert {tuple(hidden_order(hands, "x", seed)) for seed in range(40)} == orders
