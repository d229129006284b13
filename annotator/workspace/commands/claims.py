"""Deeds on claims: give an attribution its claims by name; link two as the same claim."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.claims import Claim
from annotator.core.errors import BrokenLaw
from annotator.core.ids import new_id
from annotator.core.spans import words
from annotator.workspace.commands.base import Work


@dataclass(frozen=True, slots=True)
class NameClaims:
    """Say which claims an attribution makes; claims are made when the story has none of that name."""

    attribution_id: str
    names: tuple[str, ...]

    @property
    def label(self) -> str:
        return "Change claims"

    def act(self, work: Work) -> None:
        unit = work.unit
        before = unit.need(Attribution, self.attribution_id)
        own = work.own_set(before)
        work.begin(own)
        story_id = unit.need(Article, own.article_id).story_id
        known = {claim.name: claim for claim in unit.find(Claim, story_id=story_id)}
        ids = []
        for name in dict.fromkeys(name.strip() for name in self.names if name.strip()):
            if name not in known:
                known[name] = Claim(new_id(), story_id, name, position=len(known))
                unit.add(known[name])
            ids.append(known[name].id)
        unit.put(replace(before, claims=tuple(ids), updated=unit.now))


@dataclass(frozen=True, slots=True)
class LinkAsClaim:
    """Say that two attributions make the same claim: one's claim is given to the other, or a new one to both.

    A new claim is named after the first words of the first attribution's content.
    """

    first: str
    second: str

    @property
    def label(self) -> str:
        return "Link as the same claim"

    def act(self, work: Work) -> None:
        unit = work.unit
        one, other = unit.need(Attribution, self.first), unit.need(Attribution, self.second)
        if one.id == other.id:
            raise BrokenLaw("Choose another attribution to link this one with.")
        sets = [work.own_set(mark) for mark in (one, other)]
        stories = {unit.need(Article, own.article_id).story_id for own in sets}
        if len(stories) != 1:
            raise BrokenLaw("Two attributions of the same story can make the same claim.")
        for own in sets:
            work.begin(own)
        shared = one.claims[:1] or other.claims[:1]
        if set(one.claims) & set(other.claims):
            raise BrokenLaw("These two make the same claim already.")
        if not shared:
            story_id = stories.pop()
            known = unit.find(Claim, story_id=story_id)
            name = _fresh_name(
                words(one.content, work.text_of(sets[0]), " "), {claim.name for claim in known}
            )
            made = Claim(new_id(), story_id, name, position=len(known))
            unit.add(made)
            shared = (made.id,)
        for mark in (one, other):
            if not set(shared) <= set(mark.claims):
                unit.put(replace(mark, claims=(*mark.claims, *shared), updated=unit.now))


def _fresh_name(said: str, taken: set[str]) -> str:
    """A short name for a claim out of the words that make it, unlike the others."""
    telling = [
        word.casefold() for word in re.findall(r"[^\W_]+", said) if word.casefold() not in _SMALL_WORDS
    ]
    base = "-".join(telling[:4])[:40] or "claim"
    name, at = base, 2
    while name in taken:
        name, at = f"{base}-{at}", at + 1
    return name


_SMALL_WORDS = frozenset(
    "a an the of to in on at by for with and or but that this it its is are was were be been has have had will would "
    "could should may might he she they their his her as from not no".split()
)
