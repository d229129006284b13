"""Deeds that keep hands apart: give articles to annotators; let others' marks be seen or not."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

from annotator.core.annotation_sets import ASSIGNED, NOT_STARTED, AnnotationSet
from annotator.core.annotators import PERSON, Annotator
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.comments import Comment
from annotator.core.errors import BrokenLaw, NotFound
from annotator.core.ids import new_id
from annotator.core.project_settings import BLIND, ProjectSetting
from annotator.workspace.commands.base import Work


@dataclass(frozen=True, slots=True)
class Assign:
    """Give each article to so many annotators (overlap), everybody the same share as near as can be.

    A set that an annotator has in an article already counts, whoever gave it. Who gets what is drawn with the seed. An
    annotator whom the project does not know yet becomes one of it.
    """

    article_ids: tuple[str, ...]
    annotators: tuple[str, ...]
    overlap: int = 2
    seed: int = 1

    @property
    def label(self) -> str:
        count = len(self.article_ids)
        return "Assign article" if count == 1 else f"Assign {count} articles"

    def act(self, work: Work) -> None:
        names = list(dict.fromkeys(name.strip() for name in self.annotators if name.strip()))
        if not 1 <= self.overlap <= len(names):
            raise BrokenLaw(
                f"Each article can be given to 1 to {len(names)} annotators, for so many are named, not to {self.overlap}."
            )
        unit = work.unit
        hands = [work.named(Annotator, name) for name in names]
        for hand in hands:
            if hand.role != PERSON:
                raise BrokenLaw(f"{hand.name} is no person; articles are assigned to persons.")
        for article_id in self.article_ids:
            unit.need(Article, article_id)
        there: dict[str, set[str]] = {article_id: set() for article_id in self.article_ids}
        for own in unit.find(AnnotationSet, article_id=list(there)) if there else ():
            there[own.article_id].add(own.annotator_id)
        for hand_id, article_id in self._drawn([hand.id for hand in hands], there):
            unit.add(
                AnnotationSet(
                    id=new_id(),
                    article_id=article_id,
                    annotator_id=hand_id,
                    scheme=work.scheme.name,
                    guideline_version=work.scheme.guideline_version,
                    created=unit.now,
                    updated=unit.now,
                    extra={ASSIGNED: {"by": unit.actor, "at": unit.now}},
                )
            )

    def _drawn(self, hands: list[str], there: dict[str, set[str]]) -> list[tuple[str, str]]:
        """Who gets which article: always those who have least, drawn where several have."""
        chance = random.Random(self.seed)
        load = Counter({hand: sum(hand in known for known in there.values()) for hand in hands})
        order = list(there)
        chance.shuffle(order)
        given = []
        for article_id in order:
            free = [hand for hand in hands if hand not in there[article_id]]
            chance.shuffle(free)
            free.sort(key=load.__getitem__)
            missing = self.overlap - (len(hands) - len(free))
            for hand in free[: max(0, missing)]:
                load[hand] += 1
                given.append((hand, article_id))
        return given


@dataclass(frozen=True, slots=True)
class Unassign:
    """Take an article from an annotator who has not begun it."""

    article_id: str
    annotator: str

    @property
    def label(self) -> str:
        return "Take back assignment"

    def act(self, work: Work) -> None:
        unit = work.unit
        hands = [one.id for one in unit.find(Annotator, name=self.annotator)]
        found = unit.find(AnnotationSet, article_id=self.article_id, annotator_id=hands) if hands else []
        if not found:
            raise NotFound(f"This article was never given to {self.annotator}.")
        own = found[0]
        marks, remarks = unit.find(Attribution, set_id=own.id), unit.find(Comment, set_id=own.id)
        if own.status != NOT_STARTED or marks or remarks:
            raise BrokenLaw(f"{self.annotator} has begun this article already; what stands there is theirs.")
        unit.remove(own)


@dataclass(frozen=True, slots=True)
class WorkBlind:
    """Say whether annotators see others' marks in an article only when their own are finished, or always."""

    blind: bool

    @property
    def label(self) -> str:
        return "Work blind" if self.blind else "Work open"

    def act(self, work: Work) -> None:
        work.unit.put(ProjectSetting(BLIND, {"value": self.blind}))
