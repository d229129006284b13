"""One deed, one transaction: rows, changes before and after, the line in the log; all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.dialects import sqlite

from annotator.core.articles import text_hash
from annotator.core.attributions import Attribution
from annotator.core.changes import NOUNS, Change, ChangeSet, Noun, same
from annotator.core.clock import now
from annotator.core.errors import NotFound, StaleChange
from annotator.core.ids import new_id
from annotator.store import changelog, repositories
from annotator.store.database import worded
from annotator.store.mapping import FRAGMENT, SHAPES, claim_rows, fragment_rows, to_row
from annotator.store.tables import attribution_claims, deed_articles, deeds, fragments, sets, texts

N = TypeVar("N", bound=Noun)
_AT_ONCE = 500
_INTO_FRAGMENTS = str(insert(fragments).compile(dialect=sqlite.dialect()))
"""Most rows of a project are fragments, and plain numbers: SQLite's driver takes them as they are, in columns' order."""

_WAITING = 5_000
"""Nouns that wait to be written, at most: what comes later needs no more memory."""

_RANK = {cls: rank for rank, cls in enumerate(NOUNS.values())}


class SqlUnit:
    """A deed in the making, on one connection; `Unit` in core/ports.py says what it promises."""

    def __init__(self, connection: Connection, actor: str) -> None:
        self.actor = actor
        self.now = now()
        self._connection = connection
        self._changes: list[Change] = []
        self._waiting: dict[type[Noun], list[Noun]] = {}
        self._waiting_texts: dict[str, str] = {}
        self._count = 0
        self._done = ChangeSet()

    def get(self, cls: type[N], noun_id: str) -> N | None:
        self._flush()
        return repositories.get(self._connection, cls, noun_id)

    def need(self, cls: type[N], noun_id: str) -> N:
        found = self.get(cls, noun_id)
        if found is None:
            raise NotFound(f"There is no {cls.__name__.lower()} with the id {noun_id!r} in this project.")
        return found

    def find(self, cls: type[N], **where: Any) -> list[N]:
        self._flush()
        return repositories.find(self._connection, cls, where)

    def text(self, sha256: str) -> str:
        waiting = self._waiting_texts.get(sha256)
        return repositories.text(self._connection, sha256) if waiting is None else waiting

    def taken(self, cls: type[Noun], ids: Sequence[str]) -> set[str]:
        self._flush()
        return repositories.taken(self._connection, cls, ids)

    def keep_text(self, text: str) -> str:
        sha256 = text_hash(text)
        self._waiting_texts[sha256] = text
        return sha256

    def add(self, noun: Noun) -> None:
        self._waiting.setdefault(type(noun), []).append(noun)
        self._changes.append(Change(None, noun))
        self._count += 1
        if self._count >= _WAITING:
            self._flush()

    def put(self, noun: Noun) -> None:
        before = self.get(type(noun), noun.id)
        if before is None:
            self.add(noun)
        elif not same(before, noun):
            after = replace(noun, version=before.version + 1)
            self._update(after)
            self._changes.append(Change(before, after))

    def remove(self, noun: Noun) -> None:
        before = self.need(type(noun), noun.id)
        self._delete(before)
        self._changes.append(Change(before, None))

    def replay(self, changes: Iterable[Change]) -> None:
        changes = tuple(changes)
        stored = self._stored({(type(change.thing), change.thing.id) for change in changes})
        gone: dict[type[Noun], list[str]] = {}
        for change in changes:
            key = (type(change.thing), change.thing.id)
            found = stored.get(key)
            if not same(found, change.before):
                raise StaleChange(_stale(found, change))
            if change.after is None:
                gone.setdefault(key[0], []).append(key[1])
                self._changes.append(Change(found, None))
                stored.pop(key, None)
            elif found is None:
                self._take_away(gone)
                self.add(change.after)
                stored[key] = change.after
            else:
                after = replace(change.after, version=found.version + 1)
                self._take_away(gone)
                self._update(after)
                self._changes.append(Change(found, after))
                stored[key] = after
        self._take_away(gone)

    def _stored(self, keys: set[tuple[type[Noun], str]]) -> dict[tuple[type[Noun], str], Noun]:
        self._flush()
        ids: dict[type[Noun], list[str]] = {}
        for cls, noun_id in keys:
            ids.setdefault(cls, []).append(noun_id)
        return {
            (cls, noun.id): noun
            for cls, wanted in ids.items()
            for noun in repositories.find(self._connection, cls, {"id": wanted})
        }

    def _take_away(self, gone: dict[type[Noun], list[str]]) -> None:
        if not gone:
            return
        self._flush()
        for cls, ids in gone.items():
            table = SHAPES[cls].table
            for at in range(0, len(ids), _AT_ONCE):
                some = ids[at : at + _AT_ONCE]
                if cls is Attribution:
                    for part in (fragments, attribution_claims):
                        self._connection.execute(delete(part).where(part.c.attribution_id.in_(some)))
                self._connection.execute(delete(table).where(table.c.id.in_(some)))
        gone.clear()

    def _update(self, noun: Noun) -> None:
        self._flush()
        table = SHAPES[type(noun)].table
        row = to_row(noun)
        self._connection.execute(update(table).where(table.c.id == noun.id), row)
        if isinstance(noun, Attribution):
            self._delete_parts(noun.id)
            self._insert_parts([noun])

    def _delete(self, noun: Noun) -> None:
        table = SHAPES[type(noun)].table
        if isinstance(noun, Attribution):
            self._delete_parts(noun.id)
        self._connection.execute(delete(table).where(table.c.id == noun.id))

    def _delete_parts(self, attribution_id: str) -> None:
        for table in (fragments, attribution_claims):
            self._connection.execute(delete(table).where(table.c.attribution_id == attribution_id))

    def _insert_parts(self, attributions: list[Attribution]) -> None:
        spans = [row for one in attributions for row in fragment_rows(one)]
        if spans and self._connection.dialect.name == "sqlite":
            self._connection.exec_driver_sql(_INTO_FRAGMENTS, spans)
        elif spans:
            self._connection.execute(
                insert(fragments), [dict(zip(FRAGMENT, row, strict=True)) for row in spans]
            )
        claimed = [row for one in attributions for row in claim_rows(one)]
        if claimed:
            self._connection.execute(insert(attribution_claims), claimed)

    def _flush_texts(self) -> None:
        waiting, self._waiting_texts = self._waiting_texts, {}
        here = repositories.kept_texts(self._connection, list(waiting))
        rows = [
            {"sha256": sha256, "length": len(text), "text": text}
            for sha256, text in waiting.items()
            if sha256 not in here
        ]
        if rows:
            self._connection.execute(insert(texts), rows)

    def _flush(self) -> None:
        if self._waiting_texts:
            self._flush_texts()
        if not self._waiting:
            return
        self._count = 0
        waiting, self._waiting = self._waiting, {}
        for cls in sorted(waiting, key=lambda one: _RANK[one]):
            nouns = waiting[cls]
            self._connection.execute(insert(SHAPES[cls].table), [to_row(noun) for noun in nouns])
            if cls is Attribution:
                self._insert_parts([noun for noun in nouns if isinstance(noun, Attribution)])

    def finish(self, desk: str, label: str, mode: str, target: int | None) -> None:
        """Write the line in the log; nothing is written when nothing changed."""
        self._flush()
        changes = tuple(self._changes)
        if not changes:
            return
        row = {
            "id": new_id(),
            "at": self.now,
            "actor": self.actor,
            "desk": desk,
            "label": label,
            "mode": mode,
            "target": target,
            "undone": False,
            "changes": changelog.pack(changes),
        }
        seq = self._connection.execute(insert(deeds).values(row).returning(deeds.c.seq)).scalar_one()
        articles = changelog.touched_articles(changes) | self._articles_of(changelog.touched_sets(changes))
        if articles:
            rows = [{"deed": seq, "article_id": article_id} for article_id in sorted(articles)]
            self._connection.execute(insert(deed_articles), rows)
        self._done = ChangeSet(changes, label, self.actor, mode, seq, target, self.now)

    def _articles_of(self, set_ids: set[str]) -> set[str]:
        ids = sorted(set_ids)
        found: set[str] = set()
        for at in range(0, len(ids), _AT_ONCE):
            statement = select(sets.c.article_id).where(sets.c.id.in_(ids[at : at + _AT_ONCE]))
            found.update(self._connection.execute(statement).scalars())
        return found

    def done(self) -> ChangeSet:
        return self._done


def _stale(stored: Noun | None, change: Change) -> str:
    what = type(change.thing).__name__.lower()
    if stored is None:
        how = "has been removed since"
    elif change.before is None:
        how = "is there again already"
    else:
        how = "has been changed since"
    return f"This cannot be undone or redone: a later change stands in the way (the {what} {how}). Nothing was changed."


@contextmanager
def unit_of_work(
    engine: Engine, place: str, desk: str, actor: str, label: str, mode: str = "do", target: int | None = None
) -> Iterator[SqlUnit]:
    """Begin a deed; commit it when the block ends, roll it back when the block raises."""
    with worded(place), engine.connect().execution_options(writes=True) as connection, connection.begin():
        unit = SqlUnit(connection, actor)
        if target is not None and changelog.mark_undone(connection, target, undone=mode == "undo") == 0:
            raise StaleChange("This was undone or redone elsewhere already. Nothing was changed.")
        yield unit
        unit.finish(desk, label, mode, target)
