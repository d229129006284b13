"""Comments of a project in one list: where each stands, whom it concerns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from annotator.core.annotation_sets import AnnotationSet
from annotator.core.annotators import Annotator
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.comments import Comment
from annotator.core.spans import Fragments
from annotator.workspace.workspace import Workspace

N = TypeVar("N", AnnotationSet, Attribution, Article)


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment and where it stands.

    place is what it is about, in the article's text; for_me says that it is open and concerns the person who asked: it
    mentions them, stands on a mark of theirs, or answers them, and is not their own.
    """

    comment: Comment
    author: str
    article_id: str
    outlet: str
    hand: str
    place: Fragments
    words: str
    for_me: bool


def remarks(workspace: Workspace, me: str) -> list[Remark]:
    """All comments, the newest first."""
    reading = workspace.reading
    comments = reading.find(Comment)
    sets = _by_id(reading.find(AnnotationSet, id=sorted({one.set_id for one in comments if one.set_id})))
    marks = _by_id(
        reading.find(Attribution, id=sorted({one.attribution_id for one in comments if one.attribution_id}))
    )
    articles = _by_id(reading.find(Article, id=sorted({own.article_id for own in sets.values()})))
    texts = workspace.texts(list(articles.values())) if articles else {}
    names = {one.id: one.name for one in workspace.registry.every(Annotator)}
    mine = next((one for one, name in names.items() if name == me), "")
    authors = {one.id: one.author for one in comments}
    found = []
    for one in comments:
        own = sets.get(one.set_id or "")
        article = articles.get(own.article_id) if own is not None else None
        if own is None or article is None:
            continue
        mark = marks.get(one.attribution_id or "")
        place = one.place or ((mark.content or mark.source or mark.cue) if mark is not None else ())
        concerns = (
            mine in one.mentions
            or own.annotator_id == mine
            or (one.reply_to is not None and authors.get(one.reply_to) == mine)
        )
        found.append(
            Remark(
                one,
                names.get(one.author, ""),
                article.id,
                workspace.outlet_name(article),
                names.get(own.annotator_id, ""),
                place,
                " … ".join(part.text(texts[article.text_sha256]) for part in place),
                bool(mine) and not one.resolved and one.author != mine and concerns,
            )
        )
    return sorted(found, key=lambda one: (one.comment.created, one.comment.id), reverse=True)


def _by_id(found: Sequence[N]) -> Mapping[str, N]:
    return {one.id: one for one in found}
