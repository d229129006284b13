"""Counts and checks that span many nouns, each in one query."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from annotator.core.articles import text_hash
from annotator.core.storing import ArticleCount, Fault
from annotator.store.tables import articles, attributions, fragments, sets, texts


def counts(connection: Connection, story_id: str | None) -> list[ArticleCount]:
    """Attributions in each set (rejected suggestions left out), of one story or of all."""
    statement = (
        select(
            sets.c.article_id,
            sets.c.id,
            sets.c.annotator_id,
            sets.c.status,
            func.count(attributions.c.id),
        )
        .join(articles, articles.c.id == sets.c.article_id)
        .outerjoin(attributions, (attributions.c.set_id == sets.c.id) & (attributions.c.state != "rejected"))
        .group_by(sets.c.article_id, sets.c.id, sets.c.annotator_id, sets.c.status)
        .order_by(sets.c.article_id, sets.c.id)
    )
    if story_id is not None:
        statement = statement.where(articles.c.story_id == story_id)
    return [ArticleCount(*row) for row in connection.execute(statement)]


def superseded(connection: Connection) -> set[str]:
    """The ids of articles that others name as their previous version."""
    statement = select(articles.c.previous).where(articles.c.previous.is_not(None))
    return set(connection.execute(statement).scalars())


def faults(connection: Connection) -> list[Fault]:
    """Everything wrong that can be seen from inside: damage, lost links, changed texts, marks outside their text."""
    found: list[Fault] = []
    if connection.dialect.name == "sqlite":
        for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if line != "ok":
                found.append(Fault("damaged", f"The file is damaged: {line}.", can_mend=False))
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            found.append(
                Fault(
                    "lost_link",
                    f"A row of {row[0]} points to a row of {row[2]} that is not there.",
                    can_mend=False,
                )
            )
    lengths: dict[str, int] = {}
    for sha256, length, text in connection.execute(select(texts.c.sha256, texts.c.length, texts.c.text)):
        lengths[sha256] = len(text)
        if text_hash(text) != sha256 or len(text) != length:
            found.append(
                Fault("changed_text", f"The text {sha256[:12]}… is not the one imported.", can_mend=False)
            )
    outside = (
        select(attributions.c.id, articles.c.id, articles.c.text_sha256, func.max(fragments.c.end_at))
        .join(fragments, fragments.c.attribution_id == attributions.c.id)
        .join(sets, sets.c.id == attributions.c.set_id)
        .join(articles, articles.c.id == sets.c.article_id)
        .group_by(attributions.c.id, articles.c.id, articles.c.text_sha256)
    )
    for attribution_id, article_id, sha256, end in connection.execute(outside):
        if end > lengths.get(sha256, 0):
            found.append(
                Fault(
                    "outside",
                    f"The attribution {attribution_id} leaves the text of {article_id}.",
                    can_mend=False,
                )
            )
    return found
