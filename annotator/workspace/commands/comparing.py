"""Deeds on claims across outlets: accept, split and rename them; record what is not carried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotator.core.articles import Article
from annotator.core.attributions import UNATTRIBUTED, Attribution
from annotator.core.claims import Claim
from annotator.core.errors import BrokenLaw
from annotator.core.ids import new_id
from annotator.core.rules import check_attribution
from annotator.core.spans import Fragments, joined
from annotator.workspace.commands.base import Work
from annotator.workspace.commands.shaping import refuse_overlap


def _story_of(work: Work, marks: Sequence[Attribution]) -> str:
    """The one story in which some marks stand; every set of them is begun.

    Raises:
        BrokenLaw: when they stand in several, or a set is finished.
    """
    stories = set()
    for own in {mark.set_id: work.own_set(mark) for mark in marks}.values():
        work.begin(own)
        stories.add(work.unit.need(Article, own.article_id).story_id)
    if len(stories) != 1:
        raise BrokenLaw("Marks of one story can make the same claim.")
    return stories.pop()


def _needed(work: Work, ids: Sequence[str]) -> list[Attribution]:
    if not ids:
        raise BrokenLaw("Choose the attributions that make this claim.")
    return [work.unit.need(Attribution, one) for one in dict.fromkeys(ids)]


def _new_claim(work: Work, story_id: str, name: str) -> Claim:
    """A new claim of this name.

    Raises:
        BrokenLaw: when the name is empty, or another claim of the story has it.
    """
    known = work.unit.find(Claim, story_id=story_id)
    wanted = _free_name(name, known)
    made = Claim(new_id(), story_id, wanted, position=len(known))
    work.unit.add(made)
    return made


def _free_name(name: str, others: Sequence[Claim]) -> str:
    wanted = name.strip()
    if not wanted:
        raise BrokenLaw("A claim needs a name.")
    if any(claim.name == wanted for claim in others):
        raise BrokenLaw(f"There is a claim called {wanted!r} in this story already.")
    return wanted


@dataclass(frozen=True, slots=True)
class PutUnderClaim:
    """Say that several attributions, of whichever articles, make one claim: one that there is (by id), or a new one of this name.

    This is how a proposal is accepted. Other claims that they make stay.
    """

    attribution_ids: tuple[str, ...]
    claim_id: str | None = None
    name: str = ""

    @property
    def label(self) -> str:
        return "Put under one claim"

    def act(self, work: Work) -> None:
        marks = _needed(work, self.attribution_ids)
        story_id = _story_of(work, marks)
        if self.claim_id is None:
            claim = _new_claim(work, story_id, self.name)
        else:
            claim = work.unit.need(Claim, self.claim_id)
            if claim.story_id != story_id:
                raise BrokenLaw(f"The claim {claim.name!r} belongs to another story.")
        changed = [mark for mark in marks if claim.id not in mark.claims]
        if not changed:
            raise BrokenLaw("These make that claim already.")
        for mark in changed:
            work.unit.put(replace(mark, claims=(*mark.claims, claim.id), updated=work.unit.now))


@dataclass(frozen=True, slots=True)
class SplitClaim:
    """Take attributions out of a claim; with a name, they make a new claim of it instead."""

    claim_id: str
    attribution_ids: tuple[str, ...]
    name: str = ""

    @property
    def label(self) -> str:
        return "Split claim" if self.name.strip() else "Take out of claim"

    def act(self, work: Work) -> None:
        marks = _needed(work, self.attribution_ids)
        story_id = _story_of(work, marks)
        claim = work.unit.need(Claim, self.claim_id)
        if any(claim.id not in mark.claims for mark in marks):
            raise BrokenLaw(f"Not all of these make the claim {claim.name!r}.")
        new = (_new_claim(work, story_id, self.name).id,) if self.name.strip() else ()
        for mark in marks:
            kept = tuple(one for own in mark.claims for one in (new if own == claim.id else (own,)))
            work.unit.put(replace(mark, claims=kept, updated=work.unit.now))


@dataclass(frozen=True, slots=True)
class RenameClaim:
    """Give a claim another name, or another sentence that says it in full; what is None stays as it is."""

    claim_id: str
    name: str | None = None
    text: str | None = None

    @property
    def label(self) -> str:
        return "Rename claim" if self.name is not None else "Word claim"

    def act(self, work: Work) -> None:
        claim = work.unit.need(Claim, self.claim_id)
        after = claim
        if self.name is not None:
            others = [one for one in work.unit.find(Claim, story_id=claim.story_id) if one.id != claim.id]
            after = replace(after, name=_free_name(self.name, others))
        if self.text is not None:
            after = replace(after, text=self.text.strip())
        work.unit.put(after)


@dataclass(frozen=True, slots=True)
class SayAbsent:
    """Record that an article does not carry a claim, or take that back."""

    claim_id: str
    article_id: str
    absent: bool = True

    @property
    def label(self) -> str:
        return "Not carried here" if self.absent else "Absence taken back"

    def act(self, work: Work) -> None:
        claim = work.unit.need(Claim, self.claim_id)
        article = work.unit.need(Article, self.article_id)
        if article.story_id != claim.story_id:
            raise BrokenLaw(f"The claim {claim.name!r} belongs to another story than this article.")
        others = tuple(one for one in claim.absent_in if one != article.id)
        work.unit.put(replace(claim, absent_in=(*others, article.id) if self.absent else others))


@dataclass(frozen=True, slots=True)
class MarkStatedAsFact:
    """Mark what an article states in its own voice, under a claim that others attribute: a dropped attribution, accepted.

    claim_id may be None where no claim fits yet; new_id lets the window know the mark's id beforehand.
    """

    article_id: str
    annotator: str
    place: Fragments
    claim_id: str | None = None
    new_id: str = ""

    @property
    def label(self) -> str:
        return "Mark as stated without attribution"

    def act(self, work: Work) -> None:
        own = work.set_for(self.article_id, self.annotator)
        work.begin(own)
        article = work.unit.need(Article, self.article_id)
        claims: tuple[str, ...] = ()
        if self.claim_id is not None:
            claim = work.unit.need(Claim, self.claim_id)
            if claim.story_id != article.story_id:
                raise BrokenLaw(f"The claim {claim.name!r} belongs to another story than this article.")
            claims = (claim.id,)
        made = Attribution(
            id=self.new_id or new_id(),
            set_id=own.id,
            kind=UNATTRIBUTED,
            content=joined(self.place),
            claims=claims,
            created=work.unit.now,
            updated=work.unit.now,
        )
        text = work.text_of(own)
        check_attribution(work.scheme, made, text)
        refuse_overlap(work, (), made, text)
        work.unit.add(made)
