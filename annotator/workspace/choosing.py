"""The chosen part of a project as records, which formats write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from operator import attrgetter

from annotator.core.annotation_sets import FINISHED, AnnotationSet, only_assigned
from annotator.core.annotators import GOLD, Annotator
from annotator.core.articles import ZONES, Article
from annotator.core.attributions import Attribution
from annotator.core.claims import Claim
from annotator.core.comments import Comment
from annotator.core.errors import NotFound
from annotator.core.outlets import Outlet
from annotator.core.records import AttributionRecord, CommentRecord, Record, places
from annotator.core.sources import Source
from annotator.core.spans import hull
from annotator.core.stories import Story
from annotator.workspace.workspace import Workspace

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Selection:
    """Which part of a project goes out.

    story is a story's name; annotators are names (none: all), gold stands for the gold's; finished takes only sets that
    were declared finished. since and until are dates (ISO 8601, both included) of publication; an article without a date
    is left out when either is given. kinds and zones (none: all) say which attributions go out: those of these kinds, and
    those that begin in these zones (what is in no other zone is in "body").
    """

    story: str = ""
    annotators: tuple[str, ...] = ()
    gold: bool = False
    finished: bool = False
    since: str = ""
    until: str = ""
    kinds: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()


def chosen_annotators(workspace: Workspace, wish: Selection) -> list[Annotator]:
    """The annotators whose sets go out.

    Raises:
        NotFound: when one is not in the project.
    """
    everyone = workspace.registry.every(Annotator)
    if wish.gold:
        gold = [one for one in everyone if one.role == GOLD]
        if not gold:
            raise NotFound("This project has no gold set yet.")
        return gold
    known = {one.name: one for one in everyone}
    for name in wish.annotators:
        if name not in known:
            raise NotFound(
                f"There is no annotator called {name!r} in this project; annotators: {', '.join(known) or 'none yet'}."
            )
    return [known[name] for name in wish.annotators] or everyone


def records(workspace: Workspace, wish: Selection) -> Iterator[Record]:
    """The chosen part of a project, a record for each article and annotator, articles in the stories' order.

    Articles that nobody has begun come as records without attributions, unless annotators were chosen.

    Raises:
        NotFound: for an unknown story, annotator, kind or zone.
    """
    _require_known(workspace, wish)
    hands = {one.id: one for one in chosen_annotators(workspace, wish)}
    bare = not wish.gold and not wish.annotators and not wish.finished
    stories = [workspace.story(wish.story)] if wish.story else workspace.stories()
    for story in stories:
        articles = [one for one in workspace.articles(story.id) if _in_time(one, wish)]
        for at in range(0, len(articles), _AT_ONCE):
            for record in _batch(workspace, story, articles[at : at + _AT_ONCE], hands, wish, bare=bare):
                yield with_chosen_marks(record, wish)


def _require_known(workspace: Workspace, wish: Selection) -> None:
    for what, given, known in (
        ("kind", wish.kinds, [kind.id for kind in workspace.scheme.kinds]),
        ("zone", wish.zones, list(ZONES)),
    ):
        for one in given:
            if one not in known:
                raise NotFound(f"There is no {what} called {one!r}; {what}s: {', '.join(known)}.")


def _in_time(article: Article, wish: Selection) -> bool:
    if not wish.since and not wish.until:
        return True
    day = article.published[:10]
    return bool(day) and (not wish.since or day >= wish.since) and (not wish.until or day <= wish.until)


def with_chosen_marks(record: Record, wish: Selection) -> Record:
    """The record with only the attributions of the chosen kinds and zones.

    One whose parent was not chosen stands under the nearest one above that was.
    """
    if record.attributions is None or not (wish.kinds or wish.zones):
        return record
    chosen = [one for one in record.attributions if _is_chosen(record, one, wish)]
    kept = {one.id for one in chosen}
    above = {one.id: one.parent for one in record.attributions}

    def parent_of(one: AttributionRecord) -> str | None:
        parent, seen = one.parent, {one.id}
        while parent is not None and parent not in kept and parent not in seen:
            seen.add(parent)
            parent = above.get(parent)
        return parent if parent in kept else None

    return replace(record, attributions=tuple(replace(one, parent=parent_of(one)) for one in chosen))


def _is_chosen(record: Record, one: AttributionRecord, wish: Selection) -> bool:
    if wish.kinds and one.kind not in wish.kinds:
        return False
    if not wish.zones:
        return True
    around = hull([*one.content, *one.source, *one.cue]) or hull(
        part for _, parts in places(one) for part in parts
    )
    return around is not None and zone_at(record, around.start) in wish.zones


def zone_at(record: Record, position: int) -> str:
    """The zone of a position in the article's text: the smallest one around it, else "body"."""
    around = [zone for zone in record.zones if zone.span.start <= position < zone.span.end]
    return min(around, key=lambda zone: len(zone.span)).zone if around else "body"


def _batch(
    workspace: Workspace,
    story: Story,
    articles: list[Article],
    hands: dict[str, Annotator],
    wish: Selection,
    *,
    bare: bool,
) -> Iterator[Record]:
    reading = workspace.reading
    sets: dict[str, list[AnnotationSet]] = {}
    for own in reading.find(AnnotationSet, article_id=[one.id for one in articles]):
        if own.annotator_id in hands and (not wish.finished or own.status == FINISHED):
            sets.setdefault(own.article_id, []).append(own)
    set_ids = [own.id for owned in sets.values() for own in owned]
    marks: dict[str, list[Attribution]] = {}
    for mark in reading.find(Attribution, set_id=set_ids) if set_ids else ():
        marks.setdefault(mark.set_id, []).append(mark)
    comments: dict[str, list[Comment]] = {}
    for comment in reading.find(Comment, set_id=set_ids) if set_ids else ():
        comments.setdefault(comment.set_id or "", []).append(comment)
    for article_id, owned in sets.items():
        # Nobody has looked at an article that was only assigned: it does not go out as one in which nothing was found.
        begun = [own for own in owned if not only_assigned(own) or own.id in marks or own.id in comments]
        sets[article_id] = begun
    texts = workspace.texts(articles)
    for article in articles:
        plain = _article_record(workspace, story, article, texts[article.text_sha256])
        owned = sorted(sets.get(article.id, ()), key=lambda own: hands[own.annotator_id].name)
        if bare and not owned:
            yield plain
        for own in owned:
            yield _set_record(workspace, plain, own, hands, marks.get(own.id, []), comments.get(own.id, []))


_OF_ARTICLE = (
    "title",
    "author",
    "url",
    "published",
    "language",
    "zones",
    "split",
    "duplicate_group",
    "note",
    "assumed",
    "file_name",
    "extra",
)


def _article_record(workspace: Workspace, story: Story, article: Article, text: str) -> Record:
    return Record(
        id=article.id,
        text=text,
        story=story.name,
        outlet=workspace.outlet_name(article),
        text_sha256=article.text_sha256,
        **{name: getattr(article, name) for name in _OF_ARTICLE},
    )


def _set_record(
    workspace: Workspace,
    plain: Record,
    own: AnnotationSet,
    hands: dict[str, Annotator],
    marks: list[Attribution],
    comments: list[Comment],
) -> Record:
    remarks = {comment.id: _comment_record(workspace, comment) for comment in comments}
    by_mark: dict[str | None, list[CommentRecord]] = {}
    for comment in comments:
        by_mark.setdefault(comment.attribution_id, []).append(remarks[comment.id])
    set_extra = {
        key: value
        for key, value in (("set_note", own.note), ("guideline_version", own.guideline_version))
        if value
    }
    return replace(
        plain,
        annotator=hands[own.annotator_id].name,
        status=own.status,
        scheme=own.scheme,
        set_extra=set_extra,
        attributions=tuple(_mark_record(workspace, mark, tuple(by_mark.get(mark.id, ()))) for mark in marks),
        comments=tuple(by_mark.get(None, ())),
    )


def _comment_record(workspace: Workspace, comment: Comment) -> CommentRecord:
    registry = workspace.registry
    return CommentRecord(
        id=comment.id,
        text=comment.text,
        author=registry.name(Annotator, comment.author),
        place=comment.place,
        claim=registry.name(Claim, comment.claim_id) or None,
        created=comment.created,
        resolved=comment.resolved,
        reply_to=comment.reply_to,
        mentions=registry.names(Annotator, comment.mentions),
    )


_SAME = tuple(
    one.name
    for one in fields(AttributionRecord)
    if one.name not in ("source_name", "via", "claims", "comments")
)
"""Fields that a record and an attribution share."""

_same = attrgetter(*_SAME)


def _mark_record(
    workspace: Workspace, mark: Attribution, comments: tuple[CommentRecord, ...]
) -> AttributionRecord:
    registry = workspace.registry
    return AttributionRecord(
        source_name=registry.name(Source, mark.source_id) or None,
        via=registry.name(Outlet, mark.via_id) or None,
        claims=registry.names(Claim, mark.claims),
        comments=comments,
        **dict(zip(_SAME, _same(mark), strict=True)),
    )


def chosen_articles(workspace: Workspace, wish: Selection) -> list[Article]:
    """The articles of which something may go out, in the stories' order."""
    stories = [workspace.story(wish.story)] if wish.story else workspace.stories()
    return [
        article for story in stories for article in workspace.articles(story.id) if _in_time(article, wish)
    ]
