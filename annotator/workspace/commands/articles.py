"""Deeds on articles and their annotation sets: edit what is known, set zones, finish, reopen, remove."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from annotator.core.annotation_sets import FINISHED, STATES, AnnotationSet
from annotator.core.articles import Article, Zone
from annotator.core.attributions import Attribution
from annotator.core.comments import Comment
from annotator.core.errors import BrokenLaw
from annotator.core.outlets import Outlet
from annotator.core.rules import check_finished, check_span
from annotator.workspace.commands.base import Work
from annotator.workspace.commands.comments import remove_comments

_TEXT_FIELDS = frozenset({"title", "author", "url", "published", "language", "note"})


@dataclass(frozen=True, slots=True)
class EditArticle:
    """Correct what is known about an article; `outlet` takes a name. The text itself never changes."""

    article_id: str
    values: Mapping[str, str]

    @property
    def label(self) -> str:
        return "Edit article"

    def act(self, work: Work) -> None:
        article = work.unit.need(Article, self.article_id)
        unknown = set(self.values) - _TEXT_FIELDS - {"outlet"}
        if unknown:
            raise BrokenLaw(f"An article has no field {', '.join(sorted(unknown))} that can be edited.")
        changed: dict[str, Any] = {name: value for name, value in self.values.items() if name in _TEXT_FIELDS}
        after = replace(article, **changed)
        if "outlet" in self.values:
            name = self.values["outlet"].strip()
            after = replace(after, outlet_id=work.named(Outlet, name).id if name else None)
        work.unit.put(after)


@dataclass(frozen=True, slots=True)
class SetZones:
    """Say what each stretch of an article is."""

    article_id: str
    zones: tuple[Zone, ...]

    @property
    def label(self) -> str:
        return "Mark zones"

    def act(self, work: Work) -> None:
        article = work.unit.need(Article, self.article_id)
        text = work.unit.text(article.text_sha256)
        ordered = tuple(sorted(self.zones, key=lambda zone: zone.span))
        for zone in ordered:
            check_span(text, zone.span, "The zone")
        for left, right in pairwise(ordered):
            if left.span.meets(right.span):
                raise BrokenLaw("Two zones of an article cannot overlap.")
        work.unit.put(replace(article, zones=ordered))


@dataclass(frozen=True, slots=True)
class SetStatus:
    """Say how far one annotator's work on an article is; finished only with all roles that the scheme requires."""

    article_id: str
    annotator: str
    status: str

    @property
    def label(self) -> str:
        return {"finished": "Mark article as finished", "reopened": "Reopen article"}.get(
            self.status, "Change state"
        )

    def act(self, work: Work) -> None:
        if self.status not in STATES:
            raise BrokenLaw(f"An article's work is one of {', '.join(STATES)}.")
        own = work.set_for(self.article_id, self.annotator)
        if self.status == FINISHED:
            check_finished(work.scheme, work.unit.find(Attribution, set_id=own.id), work.text_of(own))
            own = work.under_guidelines(own)
        work.unit.put(replace(own, status=self.status, updated=work.unit.now))


@dataclass(frozen=True, slots=True)
class RemoveArticles:
    """Remove articles with everything marked in them; undo brings all of it back."""

    article_ids: tuple[str, ...]

    @property
    def label(self) -> str:
        count = len(self.article_ids)
        return "Remove article" if count == 1 else f"Remove {count} articles"

    def act(self, work: Work) -> None:
        unit = work.unit
        for article_id in self.article_ids:
            article = unit.need(Article, article_id)
            for own in unit.find(AnnotationSet, article_id=article_id):
                remove_comments(unit, unit.find(Comment, set_id=own.id))
                for attribution in unit.find(Attribution, set_id=own.id):
                    unit.remove(attribution)
                unit.remove(own)
            for later in unit.find(Article, previous=article_id):
                unit.put(replace(later, previous=article.previous))
            unit.remove(article)
