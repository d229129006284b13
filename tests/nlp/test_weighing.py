"""What rules and model find is weighed by what has proved right; the better is taken, and what is doubtful left."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.core.records import AttributionRecord
from annotator.core.spans import Span
from annotator.nlp.token_marks import TokenMark
from annotator.nlp.weighing import (
    BOTH,
    MODEL,
    RULES,
    SIGNS,
    THRESHOLDS,
    best_threshold,
    candidates,
    is_right,
    learnt,
    shared,
    unlearnt,
)


def mark(at: int, *, content: int = 20, confidence: float | None = None) -> AttributionRecord:
    return AttributionRecord(
        source=(Span(at, at + 5),),
        cue=(Span(at + 6, at + 10),),
        content=(Span(at + 11, at + 11 + content),),
        confidence=confidence,
    )


def by_model(
    record: AttributionRecord, chance: float, sureness: float
) -> tuple[AttributionRecord, TokenMark]:
    return record, TokenMark((0, 1), (), (), None, chance, sureness)


def test_of_two_at_one_cue_the_likelier_is_taken_and_its_score_becomes_its_confidence():
    found = candidates(
        [by_model(mark(0), 0.9, 0.8)], [mark(0, content=4, confidence=0.3), mark(100, confidence=0.9)]
    )
    chosen = unlearnt(BOTH).chosen(found)
    assert sorted(one.record.cue[0].start for one in chosen) == [6, 106]
    first = next(one.record for one in chosen if one.record.cue[0].start == 6)
    assert first.content == mark(0).content
    assert all(0.35 <= (one.record.confidence or 0) <= 1 for one in chosen)


def test_of_two_that_say_the_same_at_different_words_the_likelier_is_taken():
    other = replace(mark(0), cue=(Span(60, 64),))
    assert (
        len(unlearnt(MODEL).chosen(candidates([by_model(mark(0), 0.9, 0.9), by_model(other, 0.8, 0.9)], [])))
        == 1
    )
    relayed = replace(other, source=(Span(70, 75),))
    found = candidates([by_model(mark(0), 0.9, 0.9), by_model(relayed, 0.8, 0.9)], [])
    assert len(unlearnt(MODEL).chosen(found)) == 2, "two may vouch for the same words"


def test_a_way_listens_to_its_own_side_alone():
    found = candidates([by_model(mark(0), 0.9, 0.9)], [mark(100, confidence=0.9)])
    assert [one.record.cue[0].start for one in unlearnt(MODEL).chosen(found)] == [6]
    assert [one.record.cue[0].start for one in unlearnt(RULES).chosen(found)] == [106]


def test_what_has_no_content_or_little_chance_is_not_taken():
    found = candidates(
        [by_model(replace(mark(0), content=()), 0.99, 0.9), by_model(mark(100), 0.05, 0.9)], []
    )
    assert unlearnt(MODEL).chosen(found) == []


def test_agreement_is_seen_from_both_sides():
    found = candidates([by_model(mark(0), 0.6, 0.5)], [mark(0, confidence=0.6)])
    other, same = SIGNS.index("other found it"), SIGNS.index("same content")
    assert [one.side for one in found] == [MODEL, RULES]
    assert all(one.signs[other] == 1 and one.signs[same] == 1 for one in found)
    alone = candidates([by_model(mark(0), 0.6, 0.5)], [])
    assert alone[0].signs[other] == 0


def test_what_proved_wrong_before_is_believed_less():
    articles = []
    for number in range(30):
        good, bad = mark(0), mark(200)
        found = candidates([by_model(good, 0.6, 0.9), by_model(bad, 0.6, 0.001)], [])
        articles.append((found, [good] if number % 10 else [good, bad]))
    weighing = learnt(MODEL, articles)
    right, wrong = articles[1][0]
    assert weighing.score(right) > 0.8
    assert weighing.score(wrong) < 0.3
    assert [one.record.cue for one in weighing.chosen([right, wrong])] == [right.record.cue]


def test_a_model_that_is_far_too_sure_of_itself_is_weighed_all_the_same():
    articles = []
    for number in range(60):
        right, wrong = mark(0), mark(200)
        found = candidates(
            [by_model(right, 1 - 1e-9, 1e-9), by_model(wrong, 1e-9 if number % 3 else 1 - 1e-9, 1.0)], []
        )
        articles.append((found, [right] if number % 2 else [right, wrong]))
    weighing = learnt(MODEL, articles)
    assert all(abs(weight) < 20 for weight in weighing.weights[MODEL])
    chosen = [one.record.cue for found, _ in articles for one in weighing.chosen(found)]
    assert chosen.count(mark(0).cue) == 60


def test_without_anything_to_learn_from_a_weighing_stays_as_it_was_believed():
    assert learnt(BOTH, []).weights == unlearnt(BOTH).weights


def test_the_threshold_is_the_lowest_that_is_nearly_as_good_as_the_best():
    gold = [mark(0), mark(100), mark(200)]
    found = [mark(0, confidence=0.9), mark(100, confidence=0.5), mark(400, confidence=0.2)]
    threshold, score = best_threshold([(found, gold)])
    assert score == pytest.approx(2 * 2 / (2 + 3))
    assert 0.2 < threshold <= 0.5
    assert threshold == min(one for one in THRESHOLDS if one > 0.2)


@pytest.mark.parametrize(
    ("found", "right"),
    [
        (mark(0), True),
        (mark(0, content=11), True),
        (mark(0, content=9), False),
        (replace(mark(0), source=()), False),
        (replace(mark(0), cue=(Span(60, 61),)), False),
        (replace(mark(0), cue=(Span(9, 12),)), True),
    ],
)
def test_right_is_the_same_cue_with_source_and_content_by_half(found: AttributionRecord, right: bool):
    assert is_right(found, [mark(300), mark(0)]) is right


def test_where_neither_has_a_source_the_content_decides():
    bare = replace(mark(0), source=())
    assert is_right(bare, [bare])


def test_shared_is_of_the_longer_and_counts_code_points():
    assert shared((Span(0, 10),), (Span(5, 25),)) == pytest.approx(5 / 20)
    assert shared((), ()) == 0
