"""Find nouns: by id, by the values of their fields, in a fixed order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar, cast

from sqlalchemy import Column, Connection, Select, bindparam, select

from annotator.core.articles import Article
from annotator.core.attributions import Attribution, reading_order
from annotator.core.changes import NAME_OF, NOUNS, Noun
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

_Wanted: TypeAlias = tuple[tuple[str, str], ...]


def find(connection: Connection, cls: type[N], where: dict[str, Any]) -> list[N]:
    """All nouns of a class whose fields have these values; a list, tuple or set means any of them."""
    for name, value in where.items():
        if isinstance(value, list | tuple | set) and len(value) > _AT_ONCE:
            return _find_in_slices(connection, cls, where, name)
    noun = cast("type[Noun]", cls)
    wanted, values = _wanted(where)
    rows = connection.execute(_rows_of(NAME_OF[noun], wanted), values).all()
    if noun is Attribution:
        return cast("list[N]", _with_spans(connection, rows, wanted, values))
    return [cls(**fields_of_row(SHAPES[noun], row)) for row in rows]


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


def _wanted(where: dict[str, Any]) -> tuple[_Wanted, dict[str, Any]]:
    """What is asked for, apart from the values: which fields, and whether they are to be any of several, or none."""
    values: dict[str, Any] = {}
    wanted = []
    for name, value in where.items():
        if isinstance(value, list | tuple | set):
            wanted.append((name, "any"))
            values[name] = sorted(value)
        elif value is None:
            wanted.append((name, "none"))
        else:
            wanted.append((name, "one"))
            values[name] = value
    return tuple(wanted), values


# Making a statement costs more than running it, so each is made once.
@lru_cache(maxsize=256)
def _rows_of(name: str, wanted: _Wanted) -> Select[Any]:
    cls = NOUNS[name]
    shape = SHAPES[cls]
    statement = _restrict(select(*(shape.table.c[column] for column in shape.names)), cls, wanted)
    return statement.order_by(*(shape.table.c[column] for column in _order(cls)))


@lru_cache(maxsize=256)
def _parts_of(wanted: _Wanted) -> tuple[Select[Any], Select[Any]]:
    """The fragments and the claims of the attributions asked for."""
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
    return _restrict(spans, Attribution, wanted), _restrict(claimed, Attribution, wanted)


def _restrict(statement: Select[Any], cls: type[Noun], wanted: _Wanted) -> Select[Any]:
    table = SHAPES[cls].table
    for name, how in wanted:
        column = table.c[name]
        if how == "any":
            statement = statement.where(column.in_(bindparam(name, expanding=True)))
        elif how == "none":
            statement = statement.where(column.is_(None))
        else:
            statement = statement.where(column == bindparam(name))
    return statement


def _with_spans(
    connection: Connection, rows: Sequence[Any], wanted: _Wanted, values: dict[str, Any]
) -> list[Attribution]:
    if not rows:
        return []
    spans, claimed = _parts_of(wanted)
    built = build_attributions(rows, connection.execute(spans, values), connection.execute(claimed, values))
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


def several_texts(connection: Connection, hashes: Collection[str]) -> dict[str, str]:
    """The texts kept under some hashes, by hash; a hash under which none is kept is left out."""
    wanted = sorted(set(hashes))
    found: dict[str, str] = {}
    for at in range(0, len(wanted), _AT_ONCE):
        some = wanted[at : at + _AT_ONCE]
        rows = connection.execute(select(texts.c.sha256, texts.c.text).where(texts.c.sha256.in_(some)))
        found.update((sha256, kept) for sha256, kept in rows)
    return found


def kept_texts(connection: Connection, hashes: Sequence[str]) -> set[str]:
    """Those of the hashes under which a text is kept."""
    return _those_of(connection, texts.c.sha256, hashes)


def taken(connection: Connection, cls: type[Noun], ids: Sequence[str]) -> set[str]:
    """Those of the ids that are in use."""
    return _those_of(connection, SHAPES[cls].table.c.id, ids)


def _those_of(connection: Connection, column: Column[str], values: Sequence[str]) -> set[str]:
    """The values that stand in a column."""
    statement = select(column).where(column.in_(bindparam("values", expanding=True)))
    found: set[str] = set()
    for at in range(0, len(values), _AT_ONCE):
        found.update(connection.execute(statement, {"values": values[at : at + _AT_ONCE]}).scalars())
    return found
