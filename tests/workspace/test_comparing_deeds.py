"""Claims are accepted, split and renamed, absence is recorded, dropped attributions are marked; each is one step to undo."""

from __future__ import annotations

import pytest

from annotator.core.attributions import Attribution
from annotator.core.claims import Claim
from annotator.core.errors import BrokenLaw, NotFound
from annotator.workspace.commands.articles import SetStatus
from annotator.workspace.commands.comparing import (
    MarkStatedAsFact,
    PutUnderClaim,
    RenameClaim,
    SayAbsent,
    SplitClaim,
)
from annotator.workspace.comparing import compare_story
from annotator.workspace.workspace import Workspace
from tests.building import article_in, made, marked, place_of, state_of

HERALD = "Sources said the crew of 40 would stay on. The night ferry will stop in May."


@pytest.fixture
def told(desk: Workspace) -> Workspace:
    """Two outlets' articles on the ferry, with marks in both."""
    article_in(desk, HERALD, "herald", outlet="Herald")
    return desk


def both(told: Workspace) -> tuple[Attribution, Attribution]:
    return (
        marked(told, "the crew of 40 would stay on"),
        marked(told, "the crew of 40 would stay on", "herald"),
    )


def claims(told: Workspace) -> dict[str, Claim]:
    return {one.name: one for one in told.reading.find(Claim)}


def claims_of(told: Workspace, mark: Attribution) -> list[str]:
    now = told.reading.get(Attribution, mark.id)
    assert now is not None
    return [one.name for claim in now.claims for one in claims(told).values() if one.id == claim]


def test_a_proposal_is_accepted_in_one_step(told: Workspace):
    one, other = both(told)
    (proposal,) = compare_story(told)[1].proposed
    before = state_of(told)
    told.execute(PutUnderClaim(proposal.marks, name="crew-stays"))
    assert claims_of(told, one) == claims_of(told, other) == ["crew-stays"]
    assert compare_story(told)[1].proposed == ()
    told.undo()
    assert state_of(told) == before


def test_a_claim_that_is_there_takes_further_marks(told: Workspace):
    one, other = both(told)
    told.execute(PutUnderClaim((one.id,), name="crew-stays"))
    told.execute(PutUnderClaim((one.id, other.id), claims(told)["crew-stays"].id))
    assert claims_of(told, other) == ["crew-stays"]
    with pytest.raises(BrokenLaw, match="already"):
        told.execute(PutUnderClaim((one.id, other.id), claims(told)["crew-stays"].id))


def test_a_claim_is_split_and_marks_are_taken_out(told: Workspace):
    one, other = both(told)
    told.execute(PutUnderClaim((one.id, other.id), name="crew-stays"))
    claim = claims(told)["crew-stays"].id
    told.execute(SplitClaim(claim, (other.id,), "forty-stay"))
    assert (claims_of(told, one), claims_of(told, other)) == (["crew-stays"], ["forty-stay"])
    told.execute(SplitClaim(claim, (one.id,)))
    assert claims_of(told, one) == []
    with pytest.raises(BrokenLaw, match="Not all of these"):
        told.execute(SplitClaim(claim, (other.id,)))


def test_names_of_claims_are_unique_and_not_empty(told: Workspace):
    one, other = both(told)
    told.execute(PutUnderClaim((one.id,), name="crew"))
    told.execute(PutUnderClaim((other.id,), name="forty"))
    crew = claims(told)["crew"].id
    for command in (
        RenameClaim(crew, "forty"),
        RenameClaim(crew, "  "),
        PutUnderClaim((one.id,), name="forty"),
        PutUnderClaim((one.id,)),
        PutUnderClaim((), name="new"),
    ):
        with pytest.raises(BrokenLaw):
            told.execute(command)
    told.execute(RenameClaim(crew, "crew-stays", "The crew of 40 stays on."))
    assert claims(told)["crew-stays"].text == "The crew of 40 stays on."


def test_absence_is_recorded_and_taken_back(told: Workspace):
    one, _ = both(told)
    told.execute(PutUnderClaim((one.id,), name="crew-stays"))
    claim = claims(told)["crew-stays"].id
    told.execute(SayAbsent(claim, "herald"))
    told.execute(SayAbsent(claim, "herald"))
    assert claims(told)["crew-stays"].absent_in == ("herald",)
    (row,) = compare_story(told)[1].matrix.rows
    assert [cell.status for cell in row.cells] == ["attributed", "absent"]
    told.execute(SayAbsent(claim, "herald", absent=False))
    assert claims(told)["crew-stays"].absent_in == ()


def test_a_dropped_attribution_is_marked_with_its_claim(told: Workspace):
    said = marked(told, "The night ferry will stop in May", kind="anonymous_source")
    told.execute(PutUnderClaim((said.id,), name="ferry-stops"))
    marked(told, "the crew of 40 would stay on", "herald")
    (dropped,) = [one for one in compare_story(told)[1].dropped if one.article == "herald"]
    assert (dropped.span.text(HERALD), dropped.claim) == (
        "The night ferry will stop in May.",
        claims(told)["ferry-stops"].id,
    )
    mark = made(told.execute(MarkStatedAsFact("herald", "maria", (dropped.span,), dropped.claim)))
    assert (mark.kind, claims_of(told, mark)) == ("unattributed", ["ferry-stops"])
    found = compare_story(told)[1]
    assert [cell.status for cell in found.matrix.rows[0].cells] == ["attributed", "unattributed"]
    assert [one for one in found.dropped if one.article == "herald"] == []


def test_deeds_stay_within_one_story_and_leave_finished_sets_alone(told: Workspace):
    one, other = both(told)
    article_in(told, "Another day. The crew sang.", "other", story="Other")
    elsewhere = marked(told, "The crew sang", "other")
    with pytest.raises(BrokenLaw, match="one story"):
        told.execute(PutUnderClaim((one.id, elsewhere.id), name="crew"))
    told.execute(PutUnderClaim((elsewhere.id,), name="song"))
    song = claims(told)["song"].id
    for command in (
        PutUnderClaim((one.id,), song),
        SayAbsent(song, "herald"),
        MarkStatedAsFact("herald", "maria", place_of("in May", HERALD), song),
    ):
        with pytest.raises(BrokenLaw, match="another story"):
            told.execute(command)
    told.execute(SetStatus("herald", "maria", "finished"))
    with pytest.raises(BrokenLaw, match="finished"):
        told.execute(PutUnderClaim((one.id, other.id), name="crew"))
    with pytest.raises(NotFound):
        told.execute(RenameClaim("nothing", "name"))
