"""Deeds on attributions: mark, extend, change, nest, link, remove."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from annotator.core.attributions import UNATTRIBUTED, Attribution
from annotator.core.comments import Comment
from annotator.core.errors import BrokenLaw
from annotator.core.ids import new_id
from annotator.core.outlets import Outlet
from annotator.core.quotes import quote_of
from annotator.core.rules import check_attribution, check_chain
from annotator.core.sources import Source
from annotator.core.spans import Fragments, Span, joined, words
from annotator.workspace.commands.base import Work
from annotator.workspace.commands.comments import remove_comments
from annotator.workspace.commands.shaping import noted, refuse_overlap, requoted
from annotator.workspace.commands.sources import linked

CHANGEABLE = frozenset(one.name for one in fields(Attribution)) - {
    "id",
    "set_id",
    "source",
    "cue",
    "content",
    "via_span",
    "recipient",
    "more_roles",
    "parent",
    "created",
    "updated",
    "version",
}
"""The fields that ChangeFields may set; spans and the chain have deeds of their own."""


def _store(work: Work, before: Attribution, after: Attribution) -> None:
    own = work.own_set(before)
    work.begin(own)
    text = work.text_of(own)
    if before.content != after.content:
        after = requoted(before, after, text)
    after = noted(before, after)
    check_attribution(work.scheme, after, text)
    refuse_overlap(work, (before,), after, text)
    work.unit.put(replace(after, updated=work.unit.now))


@dataclass(frozen=True, slots=True)
class MarkSpan:
    """Make a new attribution out of a selection, in one annotator's set of one article.

    new_id lets the window know the attribution's id beforehand; parent is the attribution in whose content it stands.
    """

    article_id: str
    annotator: str
    kind: str | None
    place: Fragments
    role: str = "content"
    new_id: str = ""
    parent: str | None = None

    @property
    def label(self) -> str:
        return "Mark attribution"

    def act(self, work: Work) -> None:
        own = work.set_for(self.article_id, self.annotator)
        work.begin(own)
        made = Attribution(
            id=self.new_id or new_id(),
            set_id=own.id,
            kind=self.kind,
            parent=self.parent,
            created=work.unit.now,
            updated=work.unit.now,
        ).with_spans(self.role, joined(self.place))
        if self.parent is not None and work.unit.need(Attribution, self.parent).set_id != own.id:
            raise BrokenLaw(
                "An attribution can only stand inside one of the same annotator in the same article."
            )
        text = work.text_of(own)
        if self.kind != UNATTRIBUTED:
            made = replace(made, quote=quote_of(text, made.content))
        check_attribution(work.scheme, made, text)
        refuse_overlap(work, (), made, text)
        work.unit.add(made)


@dataclass(frozen=True, slots=True)
class SetRole:
    """Give a role its place: add further fragments, or put these in place of what is there.

    link names the source that these words mean beyond doubt, and the earlier attribution from which that is known; it
    holds where no source is linked yet.
    """

    attribution_id: str
    role: str
    place: Fragments
    extend: bool = False
    link: tuple[str, str | None] | None = None

    @property
    def label(self) -> str:
        return f"Add to {self.role}" if self.extend else f"Set {self.role}"

    def act(self, work: Work) -> None:
        before = work.unit.need(Attribution, self.attribution_id)
        if before.kind == UNATTRIBUTED and self.role != "content" and self.place:
            raise BrokenLaw("A mark for unattributed words has content alone. Choose another kind first.")
        parts = joined([*before.spans(self.role), *self.place] if self.extend else self.place)
        after = before.with_spans(self.role, parts)
        if self.role == "source" and parts and after.implicit_source:
            after = replace(after, implicit_source=False)
        if self.link is not None and after.source_id is None:
            source = work.unit.need(Source, self.link[0])
            said = words(parts, work.text_of(work.own_set(before)), " ")
            after = linked(work, after, source, said, self.link[1])
        if self.role == "via" and parts and (after.via_id is None or "via" in after.inherited):
            text = work.text_of(work.own_set(before))
            via_id = work.named(Outlet, words(parts, text, " ")).id
            after = replace(
                after, via_id=via_id, inherited=tuple(one for one in after.inherited if one != "via")
            )
        _store(work, before, after)


@dataclass(frozen=True, slots=True)
class RemoveFragment:
    """Take one fragment of a role away."""

    attribution_id: str
    role: str
    fragment: Span

    @property
    def label(self) -> str:
        return f"Remove from {self.role}"

    def act(self, work: Work) -> None:
        before = work.unit.need(Attribution, self.attribution_id)
        parts = before.spans(self.role)
        if self.fragment not in parts:
            raise BrokenLaw("That fragment is not there any more.")
        _store(
            work, before, before.with_spans(self.role, tuple(part for part in parts if part != self.fragment))
        )


@dataclass(frozen=True, slots=True)
class ChangeFields:
    """Set fields of one or more attributions; values as Attribution holds them."""

    attribution_ids: tuple[str, ...]
    values: Mapping[str, Any]

    @property
    def label(self) -> str:
        return "Change " + ", ".join(name.removesuffix("_id").replace("_", " ") for name in self.values)

    def act(self, work: Work) -> None:
        unknown = set(self.values) - CHANGEABLE
        if unknown:
            raise BrokenLaw(
                f"An attribution has no field {', '.join(sorted(unknown))} that can be set this way."
            )
        for attribution_id in self.attribution_ids:
            before = work.unit.need(Attribution, attribution_id)
            after = replace(before, **self.values)
            for name in ("via_id", "medium"):
                field = name.removesuffix("_id")
                if name in self.values and field in after.inherited:
                    after = replace(after, inherited=tuple(one for one in after.inherited if one != field))
            _store(work, before, after)


@dataclass(frozen=True, slots=True)
class NameSource:
    """Credit an attribution to the source of this name, made when the project has none; no name takes the link away."""

    attribution_ids: tuple[str, ...]
    name: str

    @property
    def label(self) -> str:
        return "Link source" if self.name.strip() else "Unlink source"

    def act(self, work: Work) -> None:
        name = self.name.strip()
        source_id = work.named(Source, name).id if name else None
        for attribution_id in self.attribution_ids:
            before = work.unit.need(Attribution, attribution_id)
            _store(work, before, replace(before, source_id=source_id))


@dataclass(frozen=True, slots=True)
class NameVia:
    """Say through which outlet an attribution came; the outlet is made when the project has none of this name."""

    attribution_ids: tuple[str, ...]
    name: str

    @property
    def label(self) -> str:
        return "Change via"

    def act(self, work: Work) -> None:
        name = self.name.strip()
        via_id = work.named(Outlet, name).id if name else None
        ChangeFields(self.attribution_ids, {"via_id": via_id}).act(work)


@dataclass(frozen=True, slots=True)
class Nest:
    """Say in which attribution's content this one stands; None takes it out."""

    attribution_id: str
    parent: str | None

    @property
    def label(self) -> str:
        return "Nest attribution" if self.parent else "Take out of chain"

    def act(self, work: Work) -> None:
        before = work.unit.need(Attribution, self.attribution_id)
        if self.parent is not None:
            outer = work.unit.need(Attribution, self.parent)
            if outer.set_id != before.set_id:
                raise BrokenLaw(
                    "An attribution can only stand inside one of the same annotator in the same article."
                )
            parents = {one.id: one.parent for one in work.unit.find(Attribution, set_id=before.set_id)}
            check_chain(before.id, self.parent, parents.get)
        _store(work, before, replace(before, parent=self.parent))


def _without(inner: Attribution, gone: Mapping[str, Attribution], now: str) -> Attribution:
    """An attribution that no longer points to those that go; the same when it did not."""
    parent = inner.parent
    while parent is not None and parent in gone:
        parent = gone[parent].parent
    antecedent = None if inner.antecedent in gone else inner.antecedent
    if (parent, antecedent) == (inner.parent, inner.antecedent):
        return inner
    return replace(inner, parent=parent, antecedent=antecedent, updated=now)


@dataclass(frozen=True, slots=True)
class RemoveAttributions:
    """Remove attributions with their comments; those inside them move one step out in the chain."""

    attribution_ids: tuple[str, ...]

    @property
    def label(self) -> str:
        count = len(self.attribution_ids)
        return "Remove attribution" if count == 1 else f"Remove {count} attributions"

    def act(self, work: Work) -> None:
        unit = work.unit
        gone = {one.id: one for one in (unit.need(Attribution, one_id) for one_id in self.attribution_ids)}
        for own_id in {one.set_id for one in gone.values()}:
            work.begin(work.own_set(next(one for one in gone.values() if one.set_id == own_id)))
            for inner in unit.find(Attribution, set_id=own_id):
                if inner.id not in gone:
                    unit.put(_without(inner, gone, unit.now))
        remove_comments(unit, unit.find(Comment, attribution_id=list(gone)))
        for one in gone.values():
            unit.remove(one)
