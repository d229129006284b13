"""Deeds on claims: give an attribution its claims by name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.claims import Claim
from annotator.core.ids import new_id
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
