"""The log: a line for every deed, written in the deed's own transaction."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from sqlalchemy import BindParameter, Connection, Select, bindparam, func, select, update

from annotator.core.annotation_sets import AnnotationSet
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.changes import Change, ChangeSet, changes_from_plain, changes_to_plain
from annotator.core.comments import Comment
from annotator.core.storing import Deed, LogLine
from annotator.store.tables import deed_articles, deeds

_PACK_FROM, _LEVEL, _AT_ONCE = 2_000, 3, 1_000
"""Bytes from which a line is compressed, how hard, and how many changes are packed at a time."""


def pack(changes: tuple[Change, ...]) -> bytes:
    """Changes as stored: JSON, compressed when it is long; many are never all held as JSON."""
    if len(changes) <= _AT_ONCE:
        raw = orjson.dumps(changes_to_plain(changes))
        return b"z" + zlib.compress(raw, _LEVEL) if len(raw) > _PACK_FROM else b"j" + raw
    packing = zlib.compressobj(_LEVEL)
    parts = [b"z"]
    for at in range(0, len(changes), _AT_ONCE):
        some = orjson.dumps(changes_to_plain(changes[at : at + _AT_ONCE]))
        parts.append(packing.compress((b"," if at else b"[") + some[1:-1]))
    parts += [packing.compress(b"]"), packing.flush()]
    return b"".join(parts)


def unpack(stored: bytes) -> tuple[Change, ...]:
    """What pack was given."""
    return changes_from_plain(orjson.loads(_json_of(stored)))


def _json_of(stored: bytes) -> bytes:
    return zlib.decompress(stored[1:]) if stored[:1] == b"z" else stored[1:]


def touched_sets(changes: Iterable[Change]) -> set[str]:
    """The ids of the annotation sets in which something changed."""
    return {
        change.thing.set_id
        for change in changes
        if isinstance(change.thing, Attribution | Comment) and change.thing.set_id is not None
    }


def touched_articles(changes: Iterable[Change]) -> set[str]:
    """The ids of the articles that the changes name themselves."""
    found = set()
    for change in changes:
        if isinstance(change.thing, Article):
            found.add(change.thing.id)
        elif isinstance(change.thing, AnnotationSet):
            found.add(change.thing.article_id)
    return found


def mark_undone(connection: Connection, seq: int, *, undone: bool) -> int:
    """Note that a deed stands no more (or again); returns 0 when it was so already."""
    statement = update(deeds).where(deeds.c.seq == seq, deeds.c.undone == (not undone)).values(undone=undone)
    return connection.execute(statement).rowcount


def _deed_columns() -> Select[Any]:
    size = func.length(deeds.c.changes)
    return select(
        deeds.c.seq,
        deeds.c.label,
        deeds.c.actor,
        deeds.c.at,
        deeds.c.mode,
        deeds.c.undone,
        deeds.c.target,
        size,
    )


# Both are asked after every deed, so they are made once.
_DESK: BindParameter[str] = bindparam("desk")
_NEXT_UNDO = (
    _deed_columns()
    .where(deeds.c.desk == _DESK, deeds.c.mode == "do", deeds.c.undone.is_(False))
    .order_by(deeds.c.seq.desc())
    .limit(1)
)
_NEWEST = (
    select(func.coalesce(func.max(deeds.c.seq), 0))
    .where(deeds.c.desk == _DESK, deeds.c.mode == "do")
    .scalar_subquery()
)
_UNDOING = deeds.alias("undoing")
_UNDONE_SINCE = select(_UNDOING.c.target).where(
    _UNDOING.c.desk == _DESK, _UNDOING.c.mode == "undo", _UNDOING.c.seq > _NEWEST
)
_NEXT_REDO = (
    _deed_columns()
    .where(deeds.c.seq.in_(_UNDONE_SINCE), deeds.c.undone.is_(True))
    .order_by(deeds.c.seq)
    .limit(1)
)


def next_undo(connection: Connection, desk: str) -> Deed | None:
    """The newest deed of this desk that still stands."""
    row = connection.execute(_NEXT_UNDO, {"desk": desk}).first()
    return Deed(*row) if row else None


def next_redo(connection: Connection, desk: str) -> Deed | None:
    """The oldest deed of this desk that was undone after its newest one; an older undoing was cut off by that."""
    row = connection.execute(_NEXT_REDO, {"desk": desk}).first()
    return Deed(*row) if row else None


def history(connection: Connection, article_id: str | None, limit: int | None) -> list[Deed]:
    """Deeds, newest first."""
    statement = _deed_columns().order_by(deeds.c.seq.desc())
    if article_id is not None:
        statement = statement.join(deed_articles, deed_articles.c.deed == deeds.c.seq).where(
            deed_articles.c.article_id == article_id
        )
    if limit is not None:
        statement = statement.limit(limit)
    return [Deed(*row) for row in connection.execute(statement)]


def deeds_after(connection: Connection, seq: int) -> list[ChangeSet]:
    """Everything after a line of the log, oldest first."""
    statement = select(deeds).where(deeds.c.seq > seq).order_by(deeds.c.seq)
    return [
        ChangeSet(unpack(row.changes), row.label, row.actor, row.mode, row.seq, row.target, row.at)
        for row in connection.execute(statement)
    ]


def lines(connection: Connection) -> Iterator[LogLine]:
    """The whole log, oldest line first, its changes plain."""
    columns = (
        deeds.c.seq,
        deeds.c.id,
        deeds.c.at,
        deeds.c.actor,
        deeds.c.label,
        deeds.c.mode,
        deeds.c.target,
    )
    rows = connection.execute(select(*columns, deeds.c.changes).order_by(deeds.c.seq))
    for seq, line_id, at, actor, label, mode, target, stored in rows:
        changes = tuple(map(tuple, orjson.loads(_json_of(stored))))
        yield LogLine(seq, line_id, at, actor, label, mode, target, changes)


def changes_of(connection: Connection, seq: int) -> tuple[Change, ...]:
    """What one deed changed; empty when there is no such line."""
    stored = connection.execute(select(deeds.c.changes).where(deeds.c.seq == seq)).scalar()
    return unpack(stored) if stored is not None else ()


def last_seq(connection: Connection) -> int:
    """The newest line of the log."""
    return int(connection.execute(select(func.coalesce(func.max(deeds.c.seq), 0))).scalar_one())
