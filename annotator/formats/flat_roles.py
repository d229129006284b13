"""Roles that a span's label does not tell: said beside it, learned from relations, or counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotator.core.attributions import ROLES
from annotator.core.losses import LossReport
from annotator.core.records import Record
from annotator.formats.flat import FRAGMENT, PARENT, Flat, FlatSpan, Relation


def told(role: str, wish: str) -> bool:
    """Whether a reader can tell a span's role from its label; wish as in ExportOptions.label."""
    return role in ROLES and wish != "kind"


def learned(spans: Iterable[FlatSpan], relations: Iterable[Relation]) -> list[FlatSpan]:
    """The spans, with a further role where the relation to a span and the span's own label both name it."""
    named: dict[str, str] = {}
    for one in relations:
        if one.label not in (*ROLES, FRAGMENT, PARENT):
            named[one.child] = one.label
    found = []
    for span in spans:
        role = named.get(span.id, "")
        says_so = bool(role) and (span.label == role or span.label.endswith(f"/{role}"))
        found.append(replace(span, role=role) if says_so and not span.role else span)
    return found


def lose_roles(flat: Flat, record: Record, wish: str, losses: LossReport) -> None:
    """Count the roles that neither labels nor relations tell a reader.

    A relation tells the role of every span but an attribution's anchor. Where labels are kinds alone, an anchor that
    has a content beside it is taken for the cue, and one that has none for the content.
    """
    heads = {one.head for one in flat.relations if one.label == "content"}
    for span in flat.spans:
        if span.id in flat.anchors:
            taken_for = "cue" if span.id in heads else "content"
            known = span.role == taken_for if wish == "kind" else span.role in ROLES
        else:
            known = span.role in ROLES or wish != "kind"
        if not known:
            losses.add(
                "role that the label does not tell, not carried",
                record.id or record.where,
                span.start,
                span.end,
            )
