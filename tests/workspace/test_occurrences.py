"""Many places are tagged as one deed; what is tagged so already, or finished, is left out and counted."""

from __future__ import annotations

import pytest

from annotator.core.attributions import Attribution
from annotator.core.errors import BadSpan, BrokenLaw, Cancelled
from annotator.core.searching import Hit
from annotator.core.spans import Span
from annotator.workspace.commands.articles import SetStatus
from annotator.workspace.commands.occurrences import ChangeKinds, MarkMany, MarkTally
from annotator.workspace.workspace import Workspace
from tests.building import FERRY, HAND, article_in, marked, place_of, set_in, state_of


@pytest.fixture
def two(desk: Workspace) -> Workspace:
    """A project with two articles that share words."""
    article_in(desk, "Late: " + FERRY, "late")
    return desk


def hit(words: str, article_id: str = "ferry") -> Hit:
    (span,) = place_of(words, FERRY)
    by = 6 if article_id == "late" else 0
    return Hit(article_id, span.start + by, span.end + by)


def contents(workspace: Workspace, article_id: str) -> list[tuple[str | None, Span]]:
    own = workspace.set_of(article_id, HAND)
    marks = workspace.attributions(own.id) if own is not None else []
    return [(mark.kind, mark.content[0]) for mark in marks]


def test_places_in_several_articles_are_one_deed_and_one_undo(two: Workspace):
    before = state_of(two)
    places = (hit("night ferry"), hit("Nobody asked us"), hit("night ferry", "late"), hit("night ferry"))
    tally = MarkTally()
    two.execute(MarkMany(places, HAND, "other", tally=tally))
    assert tally == MarkTally(made=3)
    assert contents(two, "ferry") == [("other", places[0].span), ("other", places[1].span)]
    assert contents(two, "late") == [("other", places[2].span)]
    assert two.next_undo().label == "Tag 3 places"
    two.undo()
    assert state_of(two) == before
    two.redo()
    assert len(two.reading.find(Attribution)) == 3


def test_what_is_tagged_the_same_is_left_out_and_what_is_tagged_otherwise_is_not(two: Workspace):
    marked(two, "night ferry", kind="other")
    marked(two, "Nobody asked us", kind="institution")
    tally = MarkTally()
    two.execute(MarkMany((hit("night ferry"), hit("Nobody asked us")), HAND, "other", tally=tally))
    assert (tally.made, tally.same, tally.left_out) == (1, 1, 1)
    assert len(contents(two, "ferry")) == 3


def test_the_marks_of_others_do_not_count_as_ones_own(two: Workspace):
    marked(two, "night ferry", kind="other", hand="olena")
    tally = MarkTally()
    two.execute(MarkMany((hit("night ferry"),), HAND, "other", tally=tally))
    assert tally.made == 1


def test_finished_articles_and_articles_that_are_gone_are_left_alone(two: Workspace):
    marked(two, "night ferry", kind="institution")
    two.execute(SetStatus("ferry", HAND, "finished"))
    tally = MarkTally()
    places = (hit("Nobody asked us"), hit("Nobody asked us", "late"), Hit("nowhere", 0, 3))
    two.execute(MarkMany(places, HAND, "other", tally=tally))
    assert tally == MarkTally(made=1, finished=1, gone=1)
    assert len(contents(two, "ferry")) == 1


def test_when_nothing_is_left_to_tag_nothing_is_written(two: Workspace):
    marked(two, "night ferry", kind="other")
    last = two.history(limit=1)
    news = two.execute(MarkMany((hit("night ferry"), Hit("nowhere", 0, 3)), HAND, "other"))
    assert not news
    assert two.history(limit=1) == last
    assert two.set_of("late", HAND) is None


def test_a_role_and_a_source_can_be_given(two: Workspace):
    two.execute(MarkMany((hit("Captain Ida Brandt"),), HAND, "named_official", "source"))
    (mark,) = two.attributions(set_in(two).id)
    assert (mark.source, mark.content) == (place_of("Captain Ida Brandt"), ())
    with pytest.raises(BrokenLaw, match="content alone"):
        two.execute(MarkMany((hit("Captain Ida Brandt"),), HAND, "unattributed", "source"))


def test_one_bad_place_or_a_stop_leaves_everything_as_it_was(two: Workspace):
    before = state_of(two)
    with pytest.raises(BadSpan):
        two.execute(MarkMany((hit("night ferry"), Hit("late", 0, 9000)), HAND, "other"))
    with pytest.raises(Cancelled):
        two.execute(
            MarkMany(
                (hit("night ferry"), hit("night ferry", "late")), HAND, "other", progress=lambda at, _: at < 1
            )
        )
    assert state_of(two) == before


def test_many_attributions_change_their_kind_together(two: Workspace):
    marks = [
        marked(two, words, kind=kind)
        for words, kind in (("night ferry", "other"), ("Nobody asked us", "other"), ("40", "institution"))
    ]
    late = marked(two, "Late", "late", kind="other")
    two.execute(SetStatus("late", HAND, "finished"))
    before = state_of(two)
    tally = MarkTally()
    ids = (*(mark.id for mark in marks), late.id, "nobody")
    two.execute(ChangeKinds(ids, "institution", tally))
    assert tally == MarkTally(made=2, same=1, finished=1, gone=1)
    assert two.next_undo().label == "Change kind of 5 attributions"
    assert {kind for kind, _ in contents(two, "ferry")} == {"institution"}
    two.undo()
    assert state_of(two) == before


def test_words_with_a_source_cannot_become_unattributed_in_passing(two: Workspace):
    two.execute(MarkMany((hit("Captain Ida Brandt"),), HAND, "other", "source"))
    plain = marked(two, "night ferry")
    (credited,) = [mark for mark in two.attributions(set_in(two).id) if mark.source]
    tally = MarkTally()
    two.execute(ChangeKinds((credited.id, plain.id), "unattributed", tally))
    assert (tally.made, tally.unfit) == (1, 1)
