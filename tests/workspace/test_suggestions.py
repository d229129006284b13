"""What a suggester found waits beside an article until a person takes or rejects it; the person's marks are their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from annotator.core.annotation_sets import AnnotationSet
from annotator.core.annotators import MODEL, Annotator
from annotator.core.articles import Article, Zone
from annotator.core.attributions import Attribution
from annotator.core.errors import BrokenLaw, Cancelled
from annotator.core.outlets import Outlet
from annotator.core.records import AttributionRecord
from annotator.core.sources import Source
from annotator.core.suggestions import fitting, pending, uncertainty
from annotator.workspace.commands.articles import SetStatus
from annotator.workspace.commands.attributions import ChangeFields, MarkSpan, RemoveAttributions, SetRole
from annotator.workspace.commands.sources import NewSource
from annotator.workspace.commands.suggestions import FillRoles, RejectSuggestions, TakeSuggestions
from annotator.workspace.suggesting import suggest, take_all, unsure_first
from annotator.workspace.waiting import suggested_in, waiting
from annotator.workspace.workspace import Workspace
from tests.building import HAND, made, marked, place_of, state_of

PLAN = AttributionRecord(
    id="1",
    source=place_of("two people familiar with the plan"),
    cue=place_of("told"),
    content=place_of("The night ferry will stop in May"),
    kind="anonymous_source",
    source_name="two people familiar with the plan",
    via="Harbour Post",
    confidence=0.9,
    provenance={"rule": "told"},
)
CAPTAIN = AttributionRecord(
    id="2",
    source=place_of("Captain Ida Brandt"),
    cue=place_of("said"),
    content=place_of("“Nobody asked us,”"),
    kind="named_official",
    source_name="Captain Ida Brandt",
    confidence=0.5,
)
INNER = AttributionRecord(
    id="3", content=place_of("stop in May"), kind="other", parent="1", confidence=0.2, cue=place_of("will")
)


class Fake:
    """A suggester that always finds the same."""

    def __init__(self, *found: AttributionRecord, name: str = "fake") -> None:
        self.name = name
        self.found = found

    def warm(self) -> None:
        """Nothing has to be read."""

    def suggest(self, text: str, zones: Sequence[Zone] = (), outlet: str = "") -> Sequence[AttributionRecord]:
        return self.found


@pytest.fixture
def article(desk: Workspace) -> Article:
    """The ferry article, with three suggestions."""
    assert suggest(desk, Fake(PLAN, CAPTAIN, INNER)).attributions == 3
    return desk.articles()[0]


def _waiting(desk: Workspace, article: Article) -> list[str]:
    return [str(one.confidence) for one in waiting(desk, article.id, HAND)]


def _own(desk: Workspace, article: Article) -> list[Attribution]:
    own = desk.set_of(article.id, HAND)
    return [one for one in desk.attributions(own.id) if one.state == "kept"] if own else []


def _take(desk: Workspace, article: Article, *confidences: float) -> list[Attribution]:
    chosen = [one.id for one in waiting(desk, article.id, HAND) if one.confidence in confidences]
    desk.execute(TakeSuggestions(tuple(chosen), HAND))
    return _own(desk, article)


def test_suggestions_are_marks_of_a_model_and_change_nobodys(desk: Workspace):
    mark = marked(desk, "the crew of 40 would stay on")
    suggest(desk, Fake(PLAN))
    article = desk.articles()[0]
    model = next(one for one in desk.registry.every(Annotator) if one.name == "fake")
    assert model.role == MODEL
    assert [one.state for one in suggested_in(desk, article.id)] == ["open"]
    assert [one.id for one in _own(desk, article)] == [mark.id]
    assert desk.registry.every(Source) == []


def test_a_suggestion_that_is_taken_becomes_ones_own_mark_and_says_where_from(
    desk: Workspace, article: Article
):
    (mark,) = _take(desk, article, 0.9)
    assert (mark.source, mark.cue, mark.content) == (PLAN.source, PLAN.cue, PLAN.content)
    assert (mark.kind, mark.state, mark.origin) == ("anonymous_source", "kept", "fake")
    assert mark.provenance["taken_by"] == HAND
    assert mark.provenance["rule"] == "told"
    source = desk.registry.get(Source, mark.source_id)
    assert source is not None
    assert (source.name, source.anonymous) == ("two people familiar with the plan", True)
    assert desk.registry.name(Outlet, mark.via_id) == "Harbour Post"
    assert sorted(_waiting(desk, article)) == ["0.2", "0.5"]


def test_what_was_changed_after_taking_is_noted(desk: Workspace, article: Article):
    (mark,) = _take(desk, article, 0.5)
    desk.execute(ChangeFields((mark.id,), {"kind": "institution"}))
    desk.execute(ChangeFields((mark.id,), {"hedge": True}))
    (after,) = _own(desk, article)
    assert after.provenance["changed"] == ["hedge", "kind"]


def test_a_chain_is_kept_whether_its_links_are_taken_together_or_one_by_one(
    desk: Workspace, article: Article
):
    assert take_all(desk, HAND) == 3
    by_kind = {one.kind: one for one in _own(desk, article)}
    assert by_kind["other"].parent == by_kind["anonymous_source"].id
    desk.undo()
    _take(desk, article, 0.9)
    by_kind = {one.kind: one for one in _take(desk, article, 0.2)}
    assert by_kind["other"].parent == by_kind["anonymous_source"].id


def test_a_suggestion_that_is_rejected_does_not_come_back_even_from_a_new_search(
    desk: Workspace, article: Article
):
    first = waiting(desk, article.id, HAND)
    desk.execute(RejectSuggestions(tuple(one.id for one in first if one.confidence == 0.9), HAND))
    assert "0.9" not in _waiting(desk, article)
    suggest(desk, Fake(PLAN, CAPTAIN))
    assert _waiting(desk, article) == ["0.5"]
    desk.undo()
    desk.undo()
    assert "0.9" in _waiting(desk, article)


def test_each_annotator_decides_alone(desk: Workspace, article: Article):
    chosen = tuple(one.id for one in waiting(desk, article.id, HAND))
    desk.execute(RejectSuggestions(chosen, "olena"))
    assert waiting(desk, article.id, "olena") == []
    assert len(waiting(desk, article.id, HAND)) == 3


def test_what_stands_already_is_not_suggested(desk: Workspace, article: Article):
    marked(desk, "The night ferry will stop in May")
    assert "0.9" not in _waiting(desk, article)
    assert "0.5" in _waiting(desk, article)


def test_a_new_search_replaces_the_old_finds_and_one_undo_brings_them_back(desk: Workspace, article: Article):
    before = state_of(desk)
    suggest(desk, Fake(CAPTAIN))
    assert len(suggested_in(desk, article.id)) == 1
    desk.undo()
    assert state_of(desk) == before


def test_all_above_a_confidence_are_taken_as_one_deed(desk: Workspace, article: Article):
    assert take_all(desk, HAND, least=0.5) == 2
    assert len(_own(desk, article)) == 2
    desk.undo()
    assert _own(desk, article) == []


def test_a_finished_article_is_left_as_it_is(desk: Workspace, article: Article):
    desk.execute(SetStatus(article.id, HAND, "finished"))
    assert take_all(desk, HAND) == 0
    one = waiting(desk, article.id, HAND)[0]
    with pytest.raises(BrokenLaw, match="finished"):
        desk.execute(TakeSuggestions((one.id,), HAND))


def test_the_source_that_the_project_knows_by_an_alias_is_linked_and_a_pronoun_to_nobody(desk: Workspace):
    mark = marked(desk, "the crew of 40 would stay on")
    desk.execute(SetRole(mark.id, "source", place_of("Captain Ida Brandt")))
    known = made(desk.execute(NewSource(mark.id, "Ida Brandt"))).source_id
    suggest(desk, Fake(CAPTAIN, replace(PLAN, source_name="they")))
    take_all(desk, HAND)
    linked = {one.kind: one.source_id for one in _own(desk, desk.articles()[0])}
    assert linked == {"other": known, "named_official": known, "anonymous_source": None}


def test_a_suggestion_that_is_gone_cannot_be_taken(desk: Workspace, article: Article):
    old = waiting(desk, article.id, HAND)[0]
    suggest(desk, Fake(CAPTAIN))
    with pytest.raises(BrokenLaw, match="not there any more"):
        desk.execute(TakeSuggestions((old.id,), HAND))


def test_a_person_may_not_be_suggested_for(desk: Workspace):
    marked(desk, "the crew of 40 would stay on")
    with pytest.raises(BrokenLaw, match="name of a person"):
        suggest(desk, Fake(PLAN, name=HAND))


def test_a_stopped_search_changes_nothing(desk: Workspace):
    before = state_of(desk)
    with pytest.raises(Cancelled):
        suggest(desk, Fake(PLAN), progress=lambda _done, _total: False)
    assert state_of(desk) == before


def test_a_mark_is_filled_from_the_suggestion_that_fits_it(desk: Workspace, article: Article):
    mark = marked(desk, "The night ferry will stop in May")
    offer = fitting(mark, suggested_in(desk, article.id))
    assert offer is not None
    desk.execute(FillRoles(mark.id, {"source": offer.source, "cue": offer.cue}, offer.origin))
    (after,) = _own(desk, article)
    assert (after.source, after.cue, after.origin) == (PLAN.source, PLAN.cue, "manual")
    assert fitting(after, suggested_in(desk, article.id)) is None


def test_the_article_that_the_suggester_is_least_sure_of_comes_first(desk: Workspace, article: Article):
    assert unsure_first(desk, HAND) == [article.id]
    toss_up = [Attribution(id="a", set_id="s", content=PLAN.content, confidence=0.5)]
    certain = [Attribution(id="b", set_id="s", content=PLAN.content, confidence=1.0)]
    assert (uncertainty(toss_up), uncertainty(certain), uncertainty([])) == (1.0, 0.0, 0.0)
    desk.execute(SetStatus(article.id, HAND, "finished"))
    assert unsure_first(desk, HAND) == []


def test_a_mark_that_was_taken_and_removed_is_not_offered_as_taken(desk: Workspace, article: Article):
    (mark,) = _take(desk, article, 0.9)
    desk.execute(RemoveAttributions((mark.id,)))
    assert "0.9" in _waiting(desk, article)


def test_thousands_of_marks_are_compared_by_their_neighbours_alone():
    one = Attribution(id="x", set_id="s", content=PLAN.content, state="open")
    kept = Attribution(id="y", set_id="t", content=PLAN.content)
    assert pending([one], []) == [one]
    assert pending([one], [kept]) == []
    assert pending([one], [replace(kept, content=CAPTAIN.content)]) == [one]


def test_marking_goes_on_beside_suggestions(desk: Workspace, article: Article):
    desk.execute(MarkSpan(article.id, HAND, "other", place_of("the crew of 40 would stay on")))
    sets = desk.reading.find(AnnotationSet, article_id=article.id)
    assert len(sets) == 2
