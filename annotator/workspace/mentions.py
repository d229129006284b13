"""Where each source is mentioned in a project: read once, then kept true by the news."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.core.annotation_sets import AnnotationSet
from annotator.core.annotators import Annotator
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.changes import ChangeSet
from annotator.core.mentions import mention_place, said_by
from annotator.core.outlets import Outlet
from annotator.core.spans import words
from annotator.core.storing import Reading


@dataclass(frozen=True, slots=True)
class Mention:
    """One attribution that is credited to a source, with what a list shows of it."""

    attribution_id: str
    article_id: str
    article: str
    annotator: str
    said: str
    content: str


class SourceMentions:
    """The attributions credited to each source; those that a person rejected do not count."""

    def __init__(self, marks: Iterable[Attribution] = ()) -> None:
        self._by_source: dict[str, dict[str, Attribution]] = {}
        self._source_of: dict[str, str] = {}
        for mark in marks:
            self._take(mark)

    def _take(self, mark: Attribution) -> None:
        self._drop(mark.id)
        if mark.source_id and mark.state != "rejected":
            self._by_source.setdefault(mark.source_id, {})[mark.id] = mark
            self._source_of[mark.id] = mark.source_id

    def _drop(self, attribution_id: str) -> None:
        source_id = self._source_of.pop(attribution_id, None)
        if source_id is not None:
            self._by_source[source_id].pop(attribution_id, None)

    def hear(self, news: ChangeSet) -> None:
        """Take over what a change set says."""
        for change in news.of(Attribution):
            if isinstance(change.after, Attribution):
                self._take(change.after)
            elif isinstance(change.before, Attribution):
                self._drop(change.before.id)

    def count(self, source_id: str) -> int:
        """How many attributions are credited to a source."""
        return len(self._by_source.get(source_id, ()))

    def of(self, source_id: str) -> list[Attribution]:
        """The attributions that are credited to a source."""
        return list(self._by_source.get(source_id, {}).values())


def read_mentions(reading: Reading) -> SourceMentions:
    """All mentions of all sources."""
    return SourceMentions(reading.find(Attribution))


def told(reading: Reading, marks: Iterable[Attribution]) -> list[Mention]:
    """Attributions with their articles and words, article by article, in reading order."""
    wanted = list(marks)
    sets = {one.id: one for one in reading.find(AnnotationSet, id=sorted({mark.set_id for mark in wanted}))}
    hands = {one.id: one.name for one in reading.find(Annotator)}
    outlets = {one.id: one.name for one in reading.find(Outlet)}
    articles = {
        one.id: one for one in reading.find(Article, id=sorted({one.article_id for one in sets.values()}))
    }
    texts: dict[str, str] = {}
    found: list[tuple[str, int, Mention]] = []
    for mark in wanted:
        own = sets.get(mark.set_id)
        article = articles.get(own.article_id) if own is not None else None
        if own is None or article is None:
            continue
        if article.id not in texts:
            texts[article.id] = reading.text(article.text_sha256)
        name = " – ".join(
            part for part in (outlets.get(article.outlet_id or "", ""), article.title or article.id) if part
        )
        text = texts[article.id]
        mention = Mention(
            mark.id,
            article.id,
            name,
            hands.get(own.annotator_id, ""),
            said_by(mark, text),
            words(mark.content, text, " … "),
        )
        found.append((name, mention_place(mark), mention))
    return [mention for *_, mention in sorted(found, key=lambda one: one[:2])]
