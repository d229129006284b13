"""An attribution keeps each role's place apart and can be read in order."""

from __future__ import annotations

import pytest
from hypothesis import given

from annotator.core.attributions import ROLES, Attribution, reading_order
from annotator.core.spans import Fragments, Span
from tests.building import fragment_lists


@pytest.mark.parametrize("role", [*ROLES, "witness"])
@given(place=fragment_lists())
def test_a_place_given_to_a_role_is_that_roles_and_no_others(role: str, place: Fragments):
    mark = Attribution(id="a", set_id="s").with_spans(role, place)
    assert mark.spans(role) == place
    assert dict(mark.all_spans()) == ({role: place} if place else {})
    assert mark.with_spans(role, ()) == Attribution(id="a", set_id="s")


def test_the_extent_is_around_source_cue_and_content_and_around_the_rest_when_these_are_absent():
    mark = Attribution(
        id="a", set_id="s", source=(Span(30, 35),), content=(Span(2, 9),), via_span=(Span(50, 60),)
    )
    assert mark.extent() == Span(2, 35)
    assert Attribution(id="a", set_id="s", via_span=(Span(50, 60),)).extent() == Span(50, 60)
    assert Attribution(id="a", set_id="s").extent() is None


def test_the_outer_comes_before_the_inner_that_begins_with_it():
    inner = Attribution(id="a", set_id="s", content=(Span(2, 9),))
    outer = Attribution(id="b", set_id="s", content=(Span(2, 40),))
    later = Attribution(id="c", set_id="s", content=(Span(3, 4),))
    assert sorted([later, inner, outer], key=reading_order) == [outer, inner, later]
