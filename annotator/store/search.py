"""Full text over all articles: SQLite's FTS5 on a desk, PostgreSQL's own search for a team."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, Select, func, select, text

from annotator.core.searching import Hit, Term, places, terms_of
from annotator.core.storing import TextBatch
from annotator.store.database import worded
from annotator.store.tables import articles, stories, texts

_FIRST, _AT_ONCE = 40, 400
"""How many texts are read at first, so that the first hits come at once, and at most."""

_SMALL_STORY = 400
"""A story of up to this many articles is read through; asking the index would cost more."""

_NEXT_OF_INDEX = text(
    "SELECT found.number, articles.id, articles.story_id, texts.text FROM "
    "(SELECT rowid AS number FROM text_index WHERE text_index MATCH :words AND rowid > :after "
    "ORDER BY rowid LIMIT :most) AS found "
    "JOIN text_numbers ON text_numbers.number = found.number "
    "JOIN texts ON texts.sha256 = text_numbers.sha256 "
    "LEFT JOIN articles ON articles.text_sha256 = text_numbers.sha256 "
    "ORDER BY found.number, articles.position, articles.id"
)
_LEXEMES = text(
    "SELECT left(word, 400) FROM regexp_split_to_table(lower(upper(:words)), '[^[\\:alnum\\:]]+') AS word WHERE word <> ''"
)
_HAS_LEXEMES = text("annotator_words(texts.text) @@ CAST(:words AS tsquery)")


def search(
    engine: Engine,
    place: str,
    typed: str,
    story_id: str | None,
    limit: int | None,
    offset: int,
    without: Collection[str] = (),
) -> list[Hit]:
    """Hits of words, phrases and prefixes in all articles but those without; reads no further than it has to."""
    terms = terms_of(typed)
    if not terms:
        return []
    hits = (
        Hit(article_id, span.start, span.end)
        for batch in texts_with(engine, place, terms, story_id, without)
        for article_id, body in batch.texts
        for span in places(terms, body)
    )
    return list(islice(hits, offset, None if limit is None else offset + limit))


def texts_with(
    engine: Engine, place: str, terms: Sequence[Term], story_id: str | None, without: Collection[str] = ()
) -> Iterator[TextBatch]:
    """All articles' texts, but for those without, that may hold all the terms, a batch at a time; no terms: all texts.

    Each batch is read in a transaction of its own, so that a slow reader never stands in a writer's way. With the
    index of a desk, articles come in the order of their import; else in the order of stories and articles.
    """
    asked = [term for term in terms if term.can_be_indexed]
    with worded(place), engine.connect() as connection:
        by_index = bool(asked) and not _is_small(connection, story_id)
        if by_index and connection.dialect.name == "sqlite":
            batches = _from_index(engine, place, fts_words(asked), story_id, without)
        else:
            words = _tsquery(connection, asked) if by_index else ""
            keys = [key for key in _keys(connection, story_id, words) if key[0] not in without]
            batches = _read(engine, place, keys)
    yield from batches


def _is_small(connection: Connection, story_id: str | None) -> bool:
    if story_id is None:
        return False
    some = select(articles.c.id).where(articles.c.story_id == story_id).limit(_SMALL_STORY + 1).subquery()
    return connection.execute(select(func.count()).select_from(some)).scalar_one() <= _SMALL_STORY


def _keys(connection: Connection, story_id: str | None, words: str) -> list[tuple[str, str]]:
    statement: Select[Any] = (
        select(articles.c.id, articles.c.text_sha256)
        .join(stories, stories.c.id == articles.c.story_id)
        .order_by(
            stories.c.position, stories.c.name, articles.c.position, articles.c.published, articles.c.id
        )
    )
    if words:
        statement = statement.join(texts, texts.c.sha256 == articles.c.text_sha256)
        statement = statement.where(_HAS_LEXEMES.bindparams(words=words))
    if story_id is not None:
        statement = statement.where(articles.c.story_id == story_id)
    return [(row[0], row[1]) for row in connection.execute(statement)]


def _read(engine: Engine, place: str, keys: list[tuple[str, str]]) -> Iterator[TextBatch]:
    at, most = 0, _FIRST
    while at < len(keys):
        some = keys[at : at + most]
        with worded(place), engine.connect() as connection:
            wanted = select(texts.c.sha256, texts.c.text).where(texts.c.sha256.in_({key for _, key in some}))
            bodies = {row[0]: row[1] for row in connection.execute(wanted)}
        at, most = at + len(some), min(_AT_ONCE, most * 2)
        yield TextBatch([(one, bodies[key]) for one, key in some if key in bodies], at, len(keys))


def _from_index(
    engine: Engine, place: str, words: str, story_id: str | None, without: Collection[str]
) -> Iterator[TextBatch]:
    after, done, most = 0, 0, _FIRST
    while True:
        with worded(place), engine.connect() as connection:
            asked = {"words": words, "after": after, "most": most}
            rows = connection.execute(_NEXT_OF_INDEX, asked).all()
        numbers = {row[0] for row in rows}
        done += len(numbers)
        found = [
            (row[1], row[3])
            for row in rows
            if row[1] is not None and story_id in (None, row[2]) and row[1] not in without
        ]
        yield TextBatch(found, done, 0)
        if len(numbers) < most:
            return
        after, most = rows[-1][0], min(_AT_ONCE, most * 2)


def fts_words(terms: Sequence[Term]) -> str:
    """Terms in FTS5's own words: each form of a term as a quoted phrase, a star after a prefix."""
    asked = []
    for term in terms:
        forms = ['"' + form.replace('"', '""') + '"' + (" *" if term.prefix else "") for form in term.forms]
        asked.append("(" + " OR ".join(forms) + ")")
    return " AND ".join(asked)


def _tsquery(connection: Connection, terms: Sequence[Term]) -> str:
    """Terms as PostgreSQL's words; it splits them itself, as it split the texts. Order is left to the check of each text."""
    asked = []
    for term in terms:
        forms = []
        for form in term.forms:
            lexemes = list(connection.execute(_LEXEMES, {"words": form}).scalars())
            if lexemes:
                forms.append("(" + " & ".join(f"'{one}':*" for one in lexemes) + ")")
        if len(forms) == len(term.forms):
            asked.append("(" + " | ".join(forms) + ")")
    return " & ".join(asked)
