"""Rows to frozen values, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from operator import attrgetter
from typing import Any

from sqlalchemy import JSON, Table

from annotator.core.annotation_sets import AnnotationSet
from annotator.core.annotators import Annotator
from annotator.core.articles import Article
from annotator.core.attributions import FIELD_OF_ROLE, ROLES, Attribution
from annotator.core.changes import Noun
from annotator.core.claims import Claim
from annotator.core.comments import Comment
from annotator.core.conflicts import Conflict
from annotator.core.learned import Learned
from annotator.core.outlets import Outlet
from annotator.core.plain import to_plain, value_of
from annotator.core.project_settings import ProjectSetting
from annotator.core.scheme import StoredScheme
from annotator.core.sources import Source
from annotator.core.spans import Fragments, Span
from annotator.core.stories import Story
from annotator.store import tables

TABLE_OF: dict[type[Noun], Table] = {
    StoredScheme: tables.schemes,
    ProjectSetting: tables.settings,
    Annotator: tables.annotators,
    Story: tables.stories,
    Outlet: tables.outlets,
    Source: tables.sources,
    Claim: tables.claims,
    Article: tables.articles,
    AnnotationSet: tables.sets,
    Attribution: tables.attributions,
    Comment: tables.comments,
    Conflict: tables.conflicts,
    Learned: tables.learned,
}

_ELSEWHERE = {"source", "cue", "content", "via_span", "recipient", "more_roles", "claims"}
"""Fields of an attribution that have tables of their own."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How one noun lies in its table."""

    cls: type[Noun]
    table: Table
    names: tuple[str, ...]
    values: Callable[[Noun], Sequence[Any]]
    json_names: frozenset[str]
    empty: Mapping[str, Any]


def _shape(cls: type[Noun], table: Table) -> Shape:
    names = tuple(one.name for one in fields(cls) if cls is not Attribution or one.name not in _ELSEWHERE)
    nested = frozenset(name for name in names if isinstance(table.c[name].type, JSON))
    empty: dict[str, Any] = {}
    for one in fields(cls):
        if one.name in nested and one.default_factory is not MISSING:
            empty[one.name] = one.default_factory()
        elif one.name in nested:
            empty[one.name] = one.default
    return Shape(cls, table, names, attrgetter(*names), nested, empty)


SHAPES: dict[type[Noun], Shape] = {cls: _shape(cls, table) for cls, table in TABLE_OF.items()}


def to_row(noun: Noun) -> dict[str, Any]:
    """The row of a noun's own table."""
    shape = SHAPES[type(noun)]
    row: dict[str, Any] = dict(zip(shape.names, shape.values(noun), strict=True))
    for name in shape.json_names:
        value = row[name]
        row[name] = to_plain(value) if value else _blank(value)
    return row


def _blank(value: Any) -> Any:
    return {} if isinstance(value, Mapping) else []


def fields_of_row(shape: Shape, row: Sequence[Any]) -> dict[str, Any]:
    """The field values of a row whose columns come in the shape's order."""
    values: dict[str, Any] = dict(zip(shape.names, row, strict=True))
    for name in shape.json_names:
        plain = values[name]
        values[name] = value_of(shape.cls, name, plain) if plain else shape.empty[name]
    return values


FRAGMENT = ("attribution_id", "role", "position", "start_at", "end_at")
"""The columns of a fragment's row, in the order in which fragment_rows gives them."""


def fragment_rows(attribution: Attribution) -> list[tuple[Any, ...]]:
    """The rows of an attribution's fragments."""
    return [
        (attribution.id, role, at, part.start, part.end)
        for role, parts in attribution.all_spans()
        for at, part in enumerate(parts)
    ]


def claim_rows(attribution: Attribution) -> list[dict[str, Any]]:
    """The rows of an attribution's claims."""
    return [
        {"attribution_id": attribution.id, "position": at, "claim_id": claim}
        for at, claim in enumerate(attribution.claims)
    ]


def build_attributions(
    rows: Iterable[Sequence[Any]], spans: Iterable[Sequence[Any]], claims: Iterable[Sequence[Any]]
) -> list[Attribution]:
    """Attributions from their rows, fragments (id, role, start, end) and claims (id, claim), each in order."""
    shape = SHAPES[Attribution]
    parts: dict[str, dict[str, list[Span]]] = {}
    for attribution_id, role, start, end in spans:
        parts.setdefault(attribution_id, {}).setdefault(role, []).append(Span(start, end))
    named: dict[str, list[str]] = {}
    for attribution_id, claim_id in claims:
        named.setdefault(attribution_id, []).append(claim_id)
    built = []
    for row in rows:
        values = fields_of_row(shape, row)
        own = parts.get(values["id"], {})
        by_role: dict[str, Fragments] = {role: tuple(found) for role, found in own.items()}
        values.update({FIELD_OF_ROLE[role]: by_role.get(role, ()) for role in ROLES})
        values["more_roles"] = {role: found for role, found in by_role.items() if role not in ROLES}
        values["claims"] = tuple(named.get(values["id"], ()))
        built.append(Attribution(**values))
    return built
