"""What a label scheme forbids is refused with a sentence, and what came from a file stays open to correction."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.core.attributions import Attribution
from annotator.core.errors import BrokenLaw
from annotator.core.scheme import Kind, LabelScheme, scheme_to_plain
from annotator.core.searching import Hit
from annotator.core.spans import Span
from annotator.workspace.commands.articles import SetStatus
from annotator.workspace.commands.attributions import ChangeFields, MarkSpan, SetRole
from annotator.workspace.commands.occurrences import MarkMany, MarkTally
from annotator.workspace.commands.shaping import (
    JoinAttributions,
    ReplaceFragment,
    SplitAttribution,
    TakeSourceFrom,
)
from annotator.workspace.schemes import ChangeScheme
from annotator.workspace.workspace import Workspace
from tests.building import FERRY, HAND, place_of, set_in


def _mark(desk: Workspace, words: str, role: str = "content", kind: str | None = "other") -> Attribution:
    before = {one.id for one in desk.reading.find(Attribution)}
    desk.execute(MarkSpan("ferry", HAND, kind, place_of(words), role))
    return next(one for one in desk.reading.find(Attribution) if one.id not in before)


def _now(desk: Workspace, mark: Attribution) -> Attribution:
    found = desk.reading.get(Attribution, mark.id)
    assert found is not None
    return found


def _forbid(desk: Workspace) -> None:
    _change(desk, replace(desk.scheme, same_role_may_overlap=False))


def _change(desk: Workspace, scheme: LabelScheme) -> None:
    desk.execute(ChangeScheme(scheme_to_plain(scheme)))


def test_a_span_that_would_overlap_the_same_role_is_refused_where_the_scheme_says_so(desk: Workspace):
    mark = _mark(desk, "The night ferry will stop in May")
    _mark(desk, "stop in May, two")
    _forbid(desk)
    with pytest.raises(BrokenLaw, match="“The night ferry will stop in May” is the content of another"):
        _mark(desk, "ferry")
    other = _mark(desk, "ferry", "source")
    with pytest.raises(BrokenLaw, match="does not let the same role overlap"):
        desk.execute(SetRole(other.id, "content", place_of("night ferry")))
    desk.execute(SetRole(other.id, "content", place_of("Nobody asked us")))
    with pytest.raises(BrokenLaw, match="does not let the same role overlap"):
        desk.execute(
            ReplaceFragment(
                other.id, "content", place_of("Nobody asked us")[0], Span(30, FERRY.index("Nobody") + 6)
            )
        )
    assert _now(desk, mark).content == mark.content


def test_marks_that_overlap_already_may_be_changed_and_made_smaller(desk: Workspace):
    mark = _mark(desk, "The night ferry will stop in May")
    _mark(desk, "stop in May")
    _forbid(desk)
    desk.execute(ChangeFields((mark.id,), {"hedge": True}))
    smaller = place_of("ferry will stop")[0]
    desk.execute(ReplaceFragment(mark.id, "content", mark.content[0], smaller))
    assert _now(desk, mark).content == (smaller,)


def test_splitting_and_taking_over_a_source_leave_its_words_with_the_first(desk: Workspace):
    first = _mark(desk, "The night ferry will stop in May")
    desk.execute(SetRole(first.id, "source", place_of("two people")))
    second = _mark(desk, "Nobody asked us")
    _forbid(desk)
    desk.execute(SplitAttribution(first.id, FERRY.index("will stop")))
    desk.execute(TakeSourceFrom(second.id, first.id))
    others = [one for one in desk.reading.find(Attribution) if one.id != first.id]
    assert len(others) == 2
    assert [one.source for one in others] == [(), ()]
    assert _now(desk, second).antecedent == first.id
    joined = next(one for one in others if one.id != second.id)
    desk.execute(JoinAttributions(first.id, joined.id))
    assert _now(desk, first).source == place_of("two people")


def test_tagging_many_places_leaves_out_those_that_would_overlap_and_counts_them(desk: Workspace):
    _mark(desk, "The night ferry will stop in May")
    _forbid(desk)
    tally = MarkTally()
    spans = [place_of(words)[0] for words in ("night ferry", "Nobody asked us", "asked us")]
    places = tuple(Hit("ferry", span.start, span.end) for span in spans)
    desk.execute(MarkMany(places, HAND, "other", tally=tally))
    assert (tally.made, tally.overlapping, tally.left_out) == (1, 2, 2)


def test_an_article_is_finished_only_with_the_roles_that_its_kinds_require(desk: Workspace):
    whole = _mark(desk, "Nobody asked us")
    _mark(desk, "Sources said", "cue")
    strict = tuple(
        replace(kind, required_roles=("content", "source")) if kind.id == "other" else kind
        for kind in desk.scheme.kinds
    )
    _change(desk, replace(desk.scheme, kinds=strict))
    with pytest.raises(BrokenLaw) as refused:
        desk.execute(SetStatus("ferry", HAND, "finished"))
    assert str(refused.value) == (
        "2 attributions lack a role that the label scheme requires. The first, “Nobody asked us”, has no source. "
        "The article is not finished yet."
    )
    desk.execute(ChangeFields((whole.id,), {"implicit_source": True}))
    with pytest.raises(
        BrokenLaw, match=r"1 attribution lacks a role .* “Sources said”, has no content and no source"
    ):
        desk.execute(SetStatus("ferry", HAND, "finished"))
    assert set_in(desk).status == "in_progress"


def test_marks_without_a_kind_yet_and_kinds_that_require_nothing_do_not_keep_an_article_open(desk: Workspace):
    _mark(desk, "Sources said", "cue", None)
    loose = (*desk.scheme.kinds, Kind("rumour", "Rumour", required_roles=()))
    _change(desk, replace(desk.scheme, kinds=loose))
    _mark(desk, "told", "cue", "rumour")
    desk.execute(SetStatus("ferry", HAND, "finished"))
    assert set_in(desk).status == "finished"
