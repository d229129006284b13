"""Every difference between annotators is named, once, and does not spread to what touches it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from annotator.core.attributions import Attribution
from annotator.review.disagreements import compare
from tests.review.marking import ASKED, CRIED, FERRY, INNER, OUTER, TIDE, at, mark, panel


def named(*hands: list[Attribution]) -> list[list[tuple[str, str]]]:
    """What differs in each case: what, and in which role or field; repetitions left out."""
    article = panel(**{f"hand{number}": marks for number, marks in enumerate(hands)})
    return [[(one.what, one.name) for one in found.counted] for found in compare(article)]


def one_differs(**other: Any) -> list[tuple[str, str]]:
    first = mark("a1", **FERRY)
    (found,) = named([first], [replace(first, id="b1", **other)])
    return found


def test_equal_marks_differ_in_nothing():
    assert one_differs() == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"content": at("ferry stops in May")}, [("boundary", "content")]),
        ({"content": at("The night|stops in May")}, [("fragments", "content")]),
        ({"source": ()}, [("missing", "source")]),
        ({"via_span": at("the Harbour Post")}, [("missing", "via")]),
        ({"kind": "anonymous_source"}, [("kind", "kind")]),
        ({"source_id": "board"}, [("source_link", "source_id")]),
        ({"via_id": "post"}, [("via", "via_id")]),
        ({"claims": ("stops",)}, [("claim", "claims")]),
        ({"hedge": True}, [("feature", "hedge")]),
        ({"medium": "told_outlet"}, [("feature", "medium")]),
        ({"features": {"tone": "dry"}}, [("feature", "tone")]),
        ({"quote": "direct"}, [("feature", "quote")]),
        ({"note": "unsure", "confidence": 0.5}, []),
        ({"content": at("The night ferry stops in May, ")}, [("boundary", "content")]),
        ({"content": at("The night ferry| stops in May")}, []),
    ],
)
def test_a_difference_is_named(change: dict[str, Any], expected: list[tuple[str, str]]):
    assert one_differs(**change) == expected


def test_a_quotation_type_that_follows_from_the_boundaries_is_no_difference_of_its_own():
    ours = mark("a1", **ASKED, quote="direct")
    theirs = replace(ours, id="b1", content=at("Nobody asked us"), quote="indirect")
    assert named([ours], [theirs]) == [[("boundary", "content")]]
    assert named([ours], [replace(theirs, quote="mixed")]) == [
        [("boundary", "content"), ("feature", "quote")]
    ]


def test_the_order_of_claims_is_no_difference():
    first = mark("a1", **FERRY, claims=("x", "y"))
    assert named([first], [replace(first, id="b1", claims=("y", "x"))]) == [[]]


def test_an_attribution_that_one_lacks_is_missing_as_a_whole():
    assert named([mark("a1", **FERRY)], []) == [[("missing", "")]]
    (found,) = compare(panel(a=[mark("a1", **FERRY)], b=[], c=[mark("c1", **FERRY)]))
    assert found.differences[0].values == {"a": "a1", "c": "c1", "b": None}


def test_parents_are_compared_by_the_case_that_they_are():
    first = [mark("a1", **OUTER), mark("a2", **INNER, parent="a1")]
    same = [mark("b1", **{**OUTER, "content": "the quay was safe"}), mark("b2", **INNER, parent="b1")]
    beside = [mark("b1", **OUTER), mark("b2", **INNER)]
    assert named(first, same) == [[("boundary", "content")], []]
    assert named(first, beside) == [[], [("parent", "parent")]]


def test_a_parent_that_one_lacks_is_no_disagreement_of_those_inside_it():
    first = [mark("a1", **OUTER), mark("a2", **INNER, parent="a1")]
    assert named(first, [mark("b2", **INNER)]) == [[("missing", "")], []]


def test_the_parent_above_one_that_is_lacking_counts_in_its_stead():
    first = [
        mark("a0", "reported that the minister said the quay was safe. Sources", source="The agency"),
        mark("a1", **OUTER, parent="a0"),
        mark("a2", **INNER, parent="a1"),
    ]
    second = [replace(first[0], id="b0"), replace(first[2], id="b2", parent="b0")]
    assert named(first, second) == [[], [("missing", "")], []]
    assert named(first, [second[0], replace(second[1], parent=None)]) == [
        [],
        [("missing", "")],
        [("parent", "parent")],
    ]


def test_a_source_that_two_attributions_share_is_one_disagreement():
    ours = [mark("a1", **ASKED), mark("a2", **CRIED)]
    theirs = [replace(one, id=f"b{number}", source=at("Ida Brandt")) for number, one in enumerate(ours)]
    found = compare(panel(a=ours, b=theirs))
    assert [[one.again for one in case.differences] for case in found] == [[False], [True]]
    assert [len(case.counted) for case in found] == [1, 0]


def test_a_difference_shows_what_everybody_says_and_where():
    ours, theirs = mark("a1", **TIDE, kind="anonymous_source"), mark("b1", **TIDE, kind="institution")
    theirs = replace(theirs, content=at("the tide gauge"))
    (found,) = compare(panel(a=[ours], b=[theirs], c=[replace(ours, id="c1")]))
    boundary, kind = found.differences
    assert boundary.spans == {"a": ours.content, "b": theirs.content, "c": ours.content}
    assert kind.values == {"a": "anonymous_source", "b": "institution", "c": "anonymous_source"}
