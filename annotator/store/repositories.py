"""Find nouns: by id, by the values of their fields, in a fixed order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Select, select

from annotator.core.articles import Article
from annotator.core.attributions import Attribution, reading_order
from annotator.core.changes import Noun
from annotator.core.claims import Claim
from annotator.core.comments import Comment
from annotator.core.errors import NotFound
from annotator.core.stories import Story
from annotator.store.mapping import SHAPES, build_attributions, fields_of_row
from annotator.store.tables import attribution_claims, fragments, texts

N = TypeVar("N", bound=Noun)

_ORDER: dict[type[Noun], tuple[str, ...]] = {
    Story: ("position", "name"),
    Article: ("position", "published", "id"),
    Claim: ("position", "name", "id"),
    Comment: ("created", "id"),
}
_AT_ONCE = 500
"""How many values one IN list may hold."""


def find(connection: Connection, cls: type[N], where: dict[str, Any]) -> list[N]:
    """All nouns of a class whose fields have these values; a list, tuple or set means any of them."""
    for name, value in where.items():
        if isinstance(value, list | tuple | set) and len(value) > _AT_ONCE:
            return _find_in_slices(connection, cls, where, name)
    noun = cast("type[Noun]", cls)
    shape = SHAPES[noun]
    statement = select(*(shape.table.c[column] for column in shape.names))
    statement = _restrict(statement, noun, where)
    for column in _order(noun):
        statement = statement.order_by(shape.table.c[column])
    rows = connection.execute(statement).all()
    if noun is Attribution:
        return cast("list[N]", _with_spans(connection, rows, where))
    return [cls(**fields_of_row(shape, row)) for row in rows]


def _order(noun: type[Noun]) -> tuple[str, ...]:
    return _ORDER.get(noun, ("name", "id") if "name" in SHAPES[noun].names else ("id",))


def _find_in_slices(connection: Connection, cls: type[N], where: dict[str, Any], name: str) -> list[N]:
    values = sorted(where[name])
    found: list[N] = []
    for at in range(0, len(values), _AT_ONCE):
        found += find(connection, cls, {**where, name: values[at : at + _AT_ONCE]})
    order = _order(cast("type[Noun]", cls))
    return sorted(
        found,
        key=lambda one: (
            reading_order(one)
            if isinstance(one, Attribution)
            else tuple(getattr(one, column) for column in order)
        ),
    )


def _restrict(statement: Select[Any], cls: type[Noun], where: dict[str, Any]) -> Select[Any]:
    table = SHAPES[cls].table
    for name, value in where.items():
        column = table.c[name]
        if isinstance(value, list | tuple | set):
            statement = statement.where(column.in_(sorted(value)))
        else:
            statement = statement.where(column.is_(None) if value is None else column == value)
    return statement


def _with_spans(connection: Connection, rows: Sequence[Any], where: dict[str, Any]) -> list[Attribution]:
    if not rows:
        return []
    table = SHAPES[Attribution].table
    spans = (
        select(fragments.c.attribution_id, fragments.c.role, fragments.c.start_at, fragments.c.end_at)
        .join(table, table.c.id == fragments.c.attribution_id)
        .order_by(fragments.c.attribution_id, fragments.c.role, fragments.c.position)
    )
    claimed = (
        select(attribution_claims.c.attribution_id, attribution_claims.c.claim_id)
        .join(table, table.c.id == attribution_claims.c.attribution_id)
        .order_by(attribution_claims.c.attribution_id, attribution_claims.c.position)
    )
    built = build_attributions(
        rows,
        connection.execute(_restrict(spans, Attribution, where)),
        connection.execute(_restrict(claimed, Attribution, where)),
    )
    return sorted(built, key=reading_order)


def get(connection: Connection, cls: type[N], noun_id: str) -> N | None:
    """The noun with this id, or None."""
    found = find(connection, cls, {"id": noun_id})
    return found[0] if found else None


def text(connection: Connection, sha256: str) -> str:
    """The text kept under a hash.

    Raises:
        NotFound: when no such text is kept.
    """
    found: str | None = connection.execute(select(texts.c.text).where(texts.c.sha256 == sha256)).scalar()
    if found is None:
        raise NotFound(f"The text {sha256[:12]}… is not in this project.")
    return found


def taken(connection: Connection, cls: type[Noun], ids: Sequence[str]) -> set[str]:
    """Those of the ids that are in use."""
    table = SHAPES[cls].table
    found: set[str] = set()
    for at in range(0, len(ids), _AT_ONCE):
        found.update(
            connection.execute(select(table.c.id).where(table.c.id.in_(ids[at : at + _AT_ONCE]))).scalars()
        )
    return found
