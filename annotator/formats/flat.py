"""Attributions as single labelled spans with relations between them, and back: what most formats hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce

from annotator.core.attributions import ROLES
from annotator.core.ids import new_id
from annotator.core.labels import read_label, role_named, span_label
from annotator.core.losses import LossReport
from annotator.core.records import AttributionRecord, Record, kept, places, with_place
from annotator.core.spans import Span
from annotator.formats.values import filled_in

FRAGMENT = "fragment"
"""The relation from the first fragment of a span to each further one."""

PARENT = "parent"
"""The relation from an attribution to the one in whose content it stands."""

LABEL = "label"
"""The feature that keeps a label which is neither a role nor a kind here."""

_ANCHORS = ("cue", "content", "source")


@dataclass(frozen=True, slots=True)
class FlatSpan:
    """One fragment of one role: [start, end) in code points; its id is unique in its document.

    A role that is given counts; where it is "", the label and the relations say what the span is.
    """

    id: str
    start: int
    end: int
    label: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A directed relation between two spans, by their ids."""

    head: str
    child: str
    label: str


@dataclass(slots=True)
class Flat:
    """An article's attributions as spans and relations.

    The anchor of an attribution (the first fragment of its cue; without one, of its content, then of its source) is the
    head of a relation to the first fragment of every other role, labelled with that role; of a relation FRAGMENT from a
    first fragment to each further one; and of a relation PARENT to its parent's anchor.
    """

    spans: list[FlatSpan] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    anchors: dict[str, AttributionRecord] = field(default_factory=dict)
    """The attribution of each anchor's id."""


def flatten(record: Record, label: str, losses: LossReport) -> Flat:
    """All kept attributions of a record as spans and relations; label as in ExportOptions."""
    flat = Flat()
    anchor_of: dict[str, str] = {}
    marks = kept(record, losses)
    for one in marks:
        firsts: dict[str, str] = {}
        for role, parts in places(one):
            for number, part in enumerate(parts):
                span = FlatSpan(
                    f"s{len(flat.spans) + 1}", part.start, part.end, span_label(role, one.kind, label), role
                )
                flat.spans.append(span)
                first = firsts.setdefault(role, span.id)
                if number:
                    flat.relations.append(Relation(first, span.id, FRAGMENT))
        if not firsts:
            losses.add("attribution without a place in the text, not carried", record.id or record.where)
            continue
        anchor_role = next((role for role in _ANCHORS if role in firsts), next(iter(firsts)))
        anchor = firsts.pop(anchor_role)
        flat.anchors[anchor] = one
        if one.id:
            anchor_of[one.id] = anchor
        flat.relations += [Relation(anchor, first, role) for role, first in firsts.items()]
    for anchor, one in flat.anchors.items():
        if one.parent and one.parent in anchor_of:
            flat.relations.append(Relation(anchor, anchor_of[one.parent], PARENT))
        elif one.parent:
            losses.add("parent that is not in this export, not carried", record.id or record.where)
    return flat


def owners(flat: Flat) -> dict[str, AttributionRecord]:
    """The attribution of each span: that of the anchor it hangs on, directly or as a further fragment."""
    head_of = {one.child: one.head for one in flat.relations if one.label != PARENT}
    found = {}
    for span in flat.spans:
        at = span.id
        while at not in flat.anchors:
            at = head_of[at]
        found[span.id] = flat.anchors[at]
    return found


@dataclass(slots=True)
class _Unit:
    """A span with all its fragments, while attributions are gathered."""

    first: FlatSpan
    role: str
    parts: list[Span]


def gather(
    spans: Iterable[FlatSpan],
    relations: Iterable[Relation],
    *,
    kinds: Collection[str],
    article: str,
    losses: LossReport,
    values: Mapping[str, AttributionRecord] | None = None,
) -> tuple[AttributionRecord, ...]:
    """Attributions from labelled spans and relations, ours or another program's.

    Spans that relations join are one attribution; where they hold several cues (without cues: contents), there is one
    attribution for each, and what several share is in all of them. A span without a relation is an attribution of its
    own. values has what is known of the attribution of a span, by the span's id; what the cue's says counts first.
    """
    every = {span.id: span for span in spans}
    links = [one for one in relations if one.head in every and one.child in every]
    units = _units(every, links, kinds)
    unit_of = {part_id: unit_id for unit_id, members in units.items() for part_id in members[1]}
    ties: dict[str, set[str]] = defaultdict(set)
    chains: list[tuple[str, str]] = []
    for one in links:
        head, child = unit_of[one.head], unit_of[one.child]
        if one.label == PARENT:
            chains.append((head, child))
        elif head != child:
            ties[head].add(child)
            ties[child].add(head)
            _learn_role(units, child, one.label)
    for unit_id in units:
        _settle_role(units, unit_id, ties)
    found: list[AttributionRecord] = []
    number_of: dict[str, int] = {}
    for pivot, members in _groups(units, ties):
        number_of.setdefault(pivot, len(found))
        for member in members:
            number_of.setdefault(member, len(found))
        found.append(_built(units, [pivot, *members], kinds, article, losses, values or {}))
    found = _with_own_ids(found, {number_of[outer] for _, outer in chains})
    for inner, outer in chains:
        mine, theirs = number_of[inner], number_of[outer]
        if mine != theirs:
            found[mine] = replace(found[mine], parent=found[theirs].id)
    return tuple(found)


def _with_own_ids(found: Iterable[AttributionRecord], outer: Collection[int]) -> list[AttributionRecord]:
    """Each with its id, unless another has taken it; a fresh one for those that others stand in, by their number."""
    taken: set[str] = set()
    made = []
    for number, one in enumerate(found):
        own = one.id if one.id and one.id not in taken else None
        if own is None and number in outer:
            own = new_id()
        if own is not None:
            taken.add(own)
        made.append(replace(one, id=own))
    return made


def _units(
    every: Mapping[str, FlatSpan], links: Iterable[Relation], kinds: Collection[str]
) -> dict[str, tuple[_Unit, list[str]]]:
    first_of = {one.child: one.head for one in links if one.label == FRAGMENT}
    units: dict[str, tuple[_Unit, list[str]]] = {}
    for span_id, span in every.items():
        seen = {span_id}
        first = span_id
        while first in first_of and first_of[first] not in seen:
            first = first_of[first]
            seen.add(first)
        if first not in units:
            role = every[first].role or read_label(every[first].label, kinds)[0]
            units[first] = (_Unit(every[first], role, []), [])
        units[first][0].parts.append(Span(span.start, span.end))
        units[first][1].append(span_id)
    return units


def _learn_role(units: Mapping[str, tuple[_Unit, list[str]]], child: str, label: str) -> None:
    unit = units[child][0]
    if not unit.role:
        unit.role = label if label in ROLES else role_named(label.casefold())


def _settle_role(
    units: Mapping[str, tuple[_Unit, list[str]]], unit_id: str, ties: Mapping[str, set[str]]
) -> None:
    """A role for a span whose label and relations name none: the cue beside a content, else the content."""
    unit = units[unit_id][0]
    if not unit.role:
        beside = {units[other][0].role for other in ties.get(unit_id, ())}
        unit.role = "cue" if "content" in beside else "content"


def _groups(
    units: Mapping[str, tuple[_Unit, list[str]]], ties: Mapping[str, set[str]]
) -> Iterator[tuple[str, list[str]]]:
    done: set[str] = set()
    for unit_id in units:
        if unit_id in done:
            continue
        component = _reached(unit_id, ties, frozenset())
        done.update(component)
        for role in (*_ANCHORS, ""):
            pivots = [one for one in component if not role or units[one][0].role == role]
            if pivots:
                break
        for pivot in pivots[: None if role else 1]:
            others = frozenset(pivots) - {pivot}
            yield pivot, _reached(pivot, ties, others)[1:]


def _reached(start: str, ties: Mapping[str, set[str]], closed: frozenset[str]) -> list[str]:
    found = [start]
    seen = {start}
    for one in found:
        for other in sorted(ties.get(one, ())):
            if other not in seen and other not in closed:
                seen.add(other)
                found.append(other)
    return found


def _built(
    units: Mapping[str, tuple[_Unit, list[str]]],
    members: list[str],
    kinds: Collection[str],
    article: str,
    losses: LossReport,
    values: Mapping[str, AttributionRecord],
) -> AttributionRecord:
    known = [values[part] for one in members for part in units[one][1] if part in values]
    built = reduce(filled_in, known, AttributionRecord())
    for one in members:
        unit = units[one][0]
        built = with_place(built, unit.role, unit.parts)
        _, kind, understood = read_label(unit.first.label, kinds)
        if kind and not built.kind:
            built = replace(built, kind=kind)
        if not understood and not unit.first.role:
            built = replace(built, features={**built.features, LABEL: unit.first.label})
            losses.add(
                f"label {unit.first.label!r} is no kind or role here; kept as a feature",
                article,
                unit.first.start,
                unit.first.end,
            )
    return built
