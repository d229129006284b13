"""Command: what every deed is; Work: what it is given to act with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from annotator.core.annotation_sets import FINISHED, IN_PROGRESS, NOT_STARTED, AnnotationSet
from annotator.core.annotators import Annotator
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.errors import BrokenLaw
from annotator.core.ids import new_id
from annotator.core.outlets import Outlet
from annotator.core.scheme import LabelScheme
from annotator.core.sources import Source
from annotator.core.storing import Unit

Named = TypeVar("Named", Outlet, Source, Annotator)


@dataclass(frozen=True, slots=True)
class Work:
    """The unit in which a command acts and the label scheme whose laws hold."""

    unit: Unit
    scheme: LabelScheme

    def named(self, cls: type[Named], name: str) -> Named:
        """The outlet, source or annotator of this name, made when there is none."""
        found = self.unit.find(cls, name=name)
        if found:
            return found[0]
        made = cls(id=new_id(), name=name)
        self.unit.add(made)
        return made

    def set_for(self, article_id: str, annotator: str) -> AnnotationSet:
        """The annotator's set in an article, made when there is none."""
        hand = self.named(Annotator, annotator)
        found = self.unit.find(AnnotationSet, article_id=article_id, annotator_id=hand.id)
        if found:
            return found[0]
        self.unit.need(Article, article_id)
        made = AnnotationSet(
            id=new_id(),
            article_id=article_id,
            annotator_id=hand.id,
            scheme=self.scheme.name,
            guideline_version=self.scheme.guideline_version,
            created=self.unit.now,
            updated=self.unit.now,
        )
        self.unit.add(made)
        return made

    def text_of(self, own: AnnotationSet) -> str:
        """The text of a set's article."""
        return self.unit.text(self.unit.need(Article, own.article_id).text_sha256)

    def begin(self, own: AnnotationSet) -> None:
        """Note that work on a set has begun, and under which guidelines; refuse when it is finished.

        Raises:
            BrokenLaw: when the set was declared finished and not reopened.
        """
        if own.status == FINISHED:
            raise BrokenLaw("This article is marked as finished. Reopen it to change its marks.")
        if own.status == NOT_STARTED:
            version = self.scheme.guideline_version
            begun = replace(own, status=IN_PROGRESS, scheme=self.scheme.name, guideline_version=version)
            self.unit.put(begun)

    def under_guidelines(self, own: AnnotationSet) -> AnnotationSet:
        """The set with the version of the guidelines that holds now; an earlier one, under which it was begun, is kept beside."""
        version = self.scheme.guideline_version
        if own.guideline_version in ("", version):
            return replace(own, guideline_version=version)
        earlier = [*own.extra.get("earlier_guidelines", ()), own.guideline_version]
        return replace(own, guideline_version=version, extra={**own.extra, "earlier_guidelines": earlier})

    def own_set(self, attribution: Attribution) -> AnnotationSet:
        """The set in which an attribution stands."""
        return self.unit.need(AnnotationSet, attribution.set_id)


class Command(Protocol):
    """One thing a person asks for: a frozen value with the words of the undo menu and one way to act."""

    @property
    def label(self) -> str:
        """What the undo menu and the history call it."""

    def act(self, work: Work) -> None:
        """Do it, all of it, in the unit that is given; raise an AnnotatorError to leave everything as it was."""
