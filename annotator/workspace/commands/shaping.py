"""Deeds that change the shape of attributions: move a boundary, split, join, take over a source."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from annotator.core.attributions import INHERITABLE, Attribution
from annotator.core.comments import Comment
from annotator.core.errors import BrokenLaw
from annotator.core.ids import new_id
from annotator.core.quotes import quote_of
from annotator.core.rules import check_attribution, check_chain, check_overlap
from annotator.core.spans import Fragments, Span, joined
from annotator.core.suggestions import SUGGESTION
from annotator.workspace.commands.base import Work

_TOLD = tuple(
    one.name
    for one in fields(Attribution)
    if one.name not in ("id", "set_id", "provenance", "created", "updated", "version", "confidence", "origin")
)


def requoted(before: Attribution, after: Attribution, text: str) -> Attribution:
    """The attribution with its quotation type told anew from its content, unless a person had said otherwise."""
    if before.quote is None or before.quote == quote_of(text, before.content):
        return replace(after, quote=quote_of(text, after.content))
    return after


def noted(before: Attribution, after: Attribution) -> Attribution:
    """The mark as it is now; one that began as a suggestion notes which of its fields a person changed since."""
    if SUGGESTION not in before.provenance:
        return after
    changed = [name for name in _TOLD if getattr(before, name) != getattr(after, name)]
    earlier = before.provenance.get("changed") or []
    if not changed or not isinstance(earlier, list):
        return after
    return replace(after, provenance={**after.provenance, "changed": sorted({*map(str, earlier), *changed})})


def refuse_overlap(work: Work, before: tuple[Attribution, ...], after: Attribution, text: str) -> None:
    """Refuse a role that comes to overlap that of another mark in its set, where the scheme forbids it."""
    if not work.scheme.same_role_may_overlap:
        others = work.unit.find(Attribution, set_id=after.set_id)
        check_overlap(work.scheme, before, after, others, text)


def _keep(work: Work, before: Attribution, after: Attribution, text: str, *merged: Attribution) -> None:
    after = noted(before, requoted(before, after, text))
    check_attribution(work.scheme, after, text)
    refuse_overlap(work, (before, *merged), after, text)
    work.unit.put(replace(after, updated=work.unit.now))


@dataclass(frozen=True, slots=True)
class ReplaceFragment:
    """Put other words in place of a fragment: its boundaries were moved."""

    attribution_id: str
    role: str
    fragment: Span
    place: Span

    @property
    def label(self) -> str:
        return f"Move boundary of {self.role}"

    def act(self, work: Work) -> None:
        before = work.unit.need(Attribution, self.attribution_id)
        own = work.own_set(before)
        work.begin(own)
        parts = before.spans(self.role)
        if self.fragment not in parts:
            raise BrokenLaw("That fragment is not there any more.")
        moved = joined(self.place if part == self.fragment else part for part in parts)
        _keep(work, before, before.with_spans(self.role, moved), work.text_of(own))


@dataclass(frozen=True, slots=True)
class SplitAttribution:
    """Make two attributions of one: the content after a place goes to a new one with the same source and cue.

    at is the code point where the second one's content begins.
    """

    attribution_id: str
    at: int
    new_id: str = ""

    @property
    def label(self) -> str:
        return "Split attribution"

    def act(self, work: Work) -> None:
        before = work.unit.need(Attribution, self.attribution_id)
        own = work.own_set(before)
        work.begin(own)
        text = work.text_of(own)
        first, second = cut(before.content, self.at, text)
        if not first or not second:
            raise BrokenLaw("Put the caret inside the content, where the second attribution shall begin.")
        _keep(work, before, replace(before, content=first), text)
        fresh = replace(
            before,
            id=self.new_id or new_id(),
            content=second,
            created=work.unit.now,
            updated=work.unit.now,
            version=1,
        )
        if not work.scheme.same_role_may_overlap:
            # The words of source and cue stay with the first; whom they name holds for both.
            for role, _ in before.all_spans():
                fresh = fresh if role == "content" else fresh.with_spans(role, ())
        fresh = requoted(before, fresh, text)
        check_attribution(work.scheme, fresh, text)
        work.unit.add(fresh)


def cut(parts: Fragments, at: int, text: str) -> tuple[Fragments, Fragments]:
    """Fragments before and after a place, without white space where the cut goes through one."""
    first: list[Span] = []
    second: list[Span] = []
    for part in parts:
        if part.end <= at:
            first.append(part)
        elif part.start >= at:
            second.append(part)
        else:
            end, start = at, at
            while end > part.start and text[end - 1].isspace():
                end -= 1
            while start < part.end and text[start].isspace():
                start += 1
            first += [Span(part.start, end)] if end > part.start else []
            second += [Span(start, part.end)] if start < part.end else []
    return tuple(first), tuple(second)


@dataclass(frozen=True, slots=True)
class JoinAttributions:
    """Make one attribution of two: the second one's words, claims and comments go to the first."""

    first: str
    second: str

    @property
    def label(self) -> str:
        return "Join attributions"

    def act(self, work: Work) -> None:
        unit = work.unit
        one, other = unit.need(Attribution, self.first), unit.need(Attribution, self.second)
        if one.id == other.id or one.set_id != other.set_id:
            raise BrokenLaw("Two attributions of the same annotator in the same article can be joined.")
        own = work.own_set(one)
        work.begin(own)
        text = work.text_of(own)
        after = one
        for role, parts in other.all_spans():
            after = after.with_spans(role, joined([*after.spans(role), *parts]))
        parent = one.parent if one.parent != other.id else other.parent
        after = replace(
            after,
            kind=one.kind or other.kind,
            source_id=one.source_id or other.source_id,
            via_id=one.via_id or other.via_id,
            medium=one.medium or other.medium,
            grounds=one.grounds or other.grounds,
            claims=tuple(dict.fromkeys((*one.claims, *other.claims))),
            note="\n".join(part for part in (one.note, other.note) if part),
            parent=parent,
        )
        in_set = unit.find(Attribution, set_id=own.id)
        parents = {mark.id: one.id if mark.parent == other.id else mark.parent for mark in in_set}
        check_chain(one.id, parent, parents.get)
        for inner in in_set:
            if inner.id in (one.id, other.id):
                continue
            moved = replace(
                inner,
                parent=one.id if inner.parent == other.id else inner.parent,
                antecedent=one.id if inner.antecedent == other.id else inner.antecedent,
            )
            if moved != inner:
                unit.put(replace(moved, updated=unit.now))
        for comment in unit.find(Comment, attribution_id=other.id):
            unit.put(replace(comment, attribution_id=one.id))
        if after.antecedent == other.id:
            after = replace(after, antecedent=None)
        _keep(work, one, after, text, other)
        unit.remove(other)


@dataclass(frozen=True, slots=True)
class TakeSourceFrom:
    """Credit an attribution to the source of an earlier one: same words, same link, via and medium inherited."""

    attribution_id: str
    antecedent: str

    @property
    def label(self) -> str:
        return "Same source as before"

    def act(self, work: Work) -> None:
        before = work.unit.need(Attribution, self.attribution_id)
        model = work.unit.need(Attribution, self.antecedent)
        if before.id == model.id or before.set_id != model.set_id:
            raise BrokenLaw("The source can be taken over from another attribution in the same article.")
        own = work.own_set(before)
        work.begin(own)
        after = inherit(before, model)
        if not before.source and model.source and work.scheme.same_role_may_overlap:
            after = replace(after, source=model.source, implicit_source=False)
        _keep(work, before, after, work.text_of(own))


def inherit(mark: Attribution, model: Attribution) -> Attribution:
    """The mark with the model's source link, and its via and medium where it has none, noted as inherited."""
    taken = {
        name
        for name, has in (
            ("via", mark.via_id or not model.via_id),
            ("medium", mark.medium or not model.medium),
        )
        if not has
    }
    return replace(
        mark,
        kind=mark.kind or model.kind,
        source_id=model.source_id or mark.source_id,
        via_id=mark.via_id or model.via_id,
        medium=mark.medium or model.medium,
        antecedent=model.id,
        inherited=tuple(name for name in INHERITABLE if name in taken or name in mark.inherited),
    )
