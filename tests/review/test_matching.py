"""Spans and attributions of several annotators find each other by how much they overlap, one to one."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.attributions import Attribution
from annotator.core.spans import Fragments
from annotator.review.cases import cases
from annotator.review.matching import best_pairs, edges_of, overlap
from annotator.review.panels import Panel, trimmed
from tests.building import fragment_lists
from tests.review.marking import ASKED, CRIED, FERRY, INNER, OUTER, TEXT, at, mark, panel

few_places = st.lists(fragment_lists(20).filter(bool), max_size=5)


def covered(parts: Fragments) -> set[int]:
    return {place for part in parts for place in range(part.start, part.end)}


@given(few_places, few_places)
def test_overlap_is_what_counting_each_code_point_gives(left: list[Fragments], right: list[Fragments]):
    found = overlap(left, right)
    assert found.shape == (len(left), len(right))
    for row, one in enumerate(left):
        for column, other in enumerate(right):
            both, either = covered(one) & covered(other), covered(one) | covered(other)
            assert found[row, column] == pytest.approx(len(both) / len(either))


@given(few_places, few_places)
def test_no_other_pairing_has_a_greater_sum(left: list[Fragments], right: list[Fragments]):
    weights = overlap(left, right)
    found = best_pairs(edges_of(weights))
    assert len({row for row, _, _ in found}) == len(found) == len({column for _, column, _ in found})
    short, long = sorted((weights.tolist(), weights.T.tolist()), key=len)
    every = (
        sum(row[column] for row, column in zip(short, order, strict=True))
        for order in permutations(range(len(long)), len(short))
    )
    assert sum(weight for _, _, weight in found) == pytest.approx(max(every, default=0))


def test_white_space_at_the_edges_and_a_cut_in_it_make_no_difference():
    words = at("Nobody|asked us")
    assert trimmed(TEXT, words) == at("Nobody asked us")
    assert trimmed(TEXT, at(" two people ")) == at("two people")


def ids(article: Panel) -> list[dict[str, str]]:
    return [{hand: one.id for hand, one in case.candidates.items()} for case in cases(article)]


def test_marks_of_the_same_words_are_one_case_whatever_their_boundaries():
    shorter = {**FERRY, "content": "ferry stops in May", "source": "two people"}
    article = panel(
        maria=[mark("m1", **FERRY), mark("m2", **ASKED)], olena=[mark("o1", **shorter), mark("o2", **ASKED)]
    )
    assert ids(article) == [{"maria": "m1", "olena": "o1"}, {"maria": "m2", "olena": "o2"}]


def test_who_has_no_candidate_is_named_as_absent():
    article = panel(maria=[mark("m1", **FERRY)], olena=[])
    (case,) = cases(article)
    assert case.absent == ("olena",)


def test_two_attributions_that_share_a_source_are_not_taken_for_one_another():
    article = panel(maria=[mark("m1", **ASKED)], olena=[mark("o1", **CRIED)])
    assert ids(article) == [{"maria": "m1"}, {"olena": "o1"}]


def test_an_outer_attribution_is_not_taken_for_the_one_inside_it():
    inner = {**INNER, "content": "the quay was", "cue": "said the"}
    article = panel(maria=[mark("m1", **OUTER)], olena=[mark("o1", **inner)])
    assert ids(article) == [{"maria": "m1"}, {"olena": "o1"}]


def test_of_two_with_the_same_content_source_and_cue_tell_which_is_which():
    first = mark("m1", "the quay was safe", "reported", "The agency")
    second = mark("m2", "the quay was safe", "said", "the minister")
    article = panel(maria=[first, second], olena=[mark("o1", "the quay was safe", "said", "the minister")])
    assert {"maria": "m2", "olena": "o1"} in ids(article)


def test_three_annotators_meet_in_one_case_and_each_has_one_candidate_there():
    article = panel(
        maria=[mark("m1", **FERRY), mark("m2", **ASKED)],
        olena=[mark("o1", **{**FERRY, "content": "ferry stops"})],
        petra=[mark("p1", **{**FERRY, "content": "The night ferry"}), mark("p2", **ASKED)],
    )
    assert ids(article) == [
        {"maria": "m1", "olena": "o1", "petra": "p1"},
        {"maria": "m2", "petra": "p2"},
    ]


marks = st.lists(
    st.tuples(fragment_lists(40), fragment_lists(40), fragment_lists(40)).filter(any), max_size=5
)


@given(st.dictionaries(st.sampled_from("abcd"), marks, max_size=4))
def test_every_attribution_is_in_exactly_one_case_and_none_has_two_of_one_annotator(
    hands: dict[str, list[tuple[Fragments, ...]]],
):
    article = Panel(
        "a",
        "",
        "x" * 40,
        {
            hand: tuple(
                Attribution(f"{hand}{number}", "", source=parts[0], cue=parts[1], content=parts[2])
                for number, parts in enumerate(found)
            )
            for hand, found in hands.items()
        },
    )
    found = [one.id for case in cases(article) for one in case.candidates.values()]
    assert sorted(found) == sorted(one.id for own in article.marks.values() for one in own)
    for case in cases(article):
        assert {*case.candidates, *case.absent} == set(article.hands)
        assert all(one.id.startswith(hand) for hand, one in case.candidates.items())
