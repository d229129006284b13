"""Marks that come in: kept with their ids where these are free, once only, in sound chains."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Protocol

from annotator.core.annotation_sets import AnnotationSet
from annotator.core.annotators import PERSON
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.comments import Comment
from annotator.core.errors import AnnotatorError, BadInput
from annotator.core.ids import new_id, usable
from annotator.core.losses import LossReport
from annotator.core.records import AttributionRecord, CommentRecord, Record
from annotator.core.rules import check_attribution, check_chain
from annotator.workspace.commands.base import Work
from annotator.workspace.commands.importing_names import Names

Signature = tuple[object, ...]


class Counting(Protocol):
    """What is counted while marks come in."""

    attributions: int
    already_here: int
    losses: LossReport


class MarkTaker:
    """Adds the attributions and comments of records to annotation sets."""

    def __init__(self, work: Work, names: Names, tally: Counting, taken: set[str]) -> None:
        self._work = work
        self._names = names
        self._tally = tally
        self._taken = taken
        self._comments_seen: set[str] = set()

    def take(self, article: Article, own: AnnotationSet, record: Record) -> None:
        """Add what is not in the set yet."""
        here = self._work.unit.find(Attribution, set_id=own.id)
        by_id = {one.id: one for one in here}
        by_signature: dict[Signature, list[Attribution]] = {}
        for one in here:
            by_signature.setdefault(_signature(one), []).append(one)
        ids: dict[str, str] = {}
        fresh: list[tuple[Attribution, AttributionRecord]] = []
        for given in record.attributions or ():
            mark = self._mark(article, own, record, given)
            known = by_id.get(mark.id) or _pop(by_signature, _signature(mark))
            if known is not None:
                self._already(article, known, mark)
                ids[given.id or ""] = known.id
                continue
            mark = self._with_free_id(article, mark, given)
            ids[given.id or ""] = mark.id
            fresh.append((mark, given))
        parents = {mark.id: ids.get(given.parent or "") for mark, given in fresh}
        for mark, given in fresh:
            self._add(article, record, mark, given, ids, parents)
        for comment in record.comments:
            self._comment(own, comment, article.story_id, None)

    def _mark(
        self, article: Article, own: AnnotationSet, record: Record, given: AttributionRecord
    ) -> Attribution:
        names = self._names
        mark = Attribution(
            id=given.id or "",
            set_id=own.id,
            source_id=names.source(given.source_name, given.source_id, given.kind),
            via_id=names.outlet(given.via),
            claims=tuple(dict.fromkeys(names.claim(article.story_id, claim) for claim in given.claims)),
            created=given.created or self._work.unit.now,
            updated=given.updated or self._work.unit.now,
            **{name: getattr(given, name) for name in _AS_THEY_ARE},
        )
        try:
            check_attribution(self._work.scheme, mark, record.text or "")
        except AnnotatorError as wrong:
            which = f", attribution {given.id}" if given.id else ""
            raise BadInput(f"{record.where}{which}: {wrong} Nothing of this file was imported.") from wrong
        return mark

    def _already(self, article: Article, known: Attribution, mark: Attribution) -> None:
        self._tally.already_here += 1
        if _signature(known) != _signature(mark):
            around = known.extent()
            self._tally.losses.add(
                "attribution stands here in another form; the project's was kept",
                article.id,
                around.start if around else None,
                around.end if around else None,
            )

    def _with_free_id(self, article: Article, mark: Attribution, given: AttributionRecord) -> Attribution:
        if given.id and usable(given.id) and given.id not in self._taken:
            self._taken.add(given.id)
            return mark
        made = new_id()
        if not given.id:
            return replace(mark, id=made)
        around = mark.extent()
        self._tally.losses.add(
            "attribution id already in use here; a new one was given (the old one is kept under extra)",
            article.id,
            around.start if around else None,
            around.end if around else None,
        )
        return replace(mark, id=made, extra={**mark.extra, "incoming_id": given.id})

    def _add(
        self,
        article: Article,
        record: Record,
        mark: Attribution,
        given: AttributionRecord,
        ids: dict[str, str],
        parents: dict[str, str | None],
    ) -> None:
        parent = ids.get(given.parent) if given.parent else None
        if given.parent and parent is None:
            around = mark.extent()
            self._tally.losses.add(
                "parent that is not in the same line", article.id, around.start if around else None, None
            )
        if parent:
            try:
                check_chain(mark.id, parent, parents.get)
            except AnnotatorError as wrong:
                raise BadInput(
                    f"{record.where}, attribution {given.id}: {wrong} Nothing of this file was imported."
                ) from wrong
        antecedent = ids.get(given.antecedent) if given.antecedent else None
        self._work.unit.add(replace(mark, parent=parent, antecedent=antecedent))
        self._tally.attributions += 1
        own_set = mark.set_id
        for comment in given.comments:
            self._comment_on(own_set, comment, article.story_id, mark.id)

    def _comment(self, own: AnnotationSet, given: CommentRecord, story_id: str, mark_id: str | None) -> None:
        self._comment_on(own.id, given, story_id, mark_id)

    def _comment_on(self, set_id: str, given: CommentRecord, story_id: str, mark_id: str | None) -> None:
        unit = self._work.unit
        wanted = given.id if given.id and usable(given.id) else ""
        if wanted and (wanted in self._comments_seen or unit.taken(Comment, [wanted])):
            stands = unit.get(Comment, wanted)
            if stands is not None and stands.set_id == set_id and stands.text == given.text:
                return
            wanted = ""
        comment_id = wanted or new_id()
        self._comments_seen.add(comment_id)
        now = unit.now
        reply_to = given.reply_to if given.reply_to and unit.taken(Comment, [given.reply_to]) else None
        unit.add(
            Comment(
                id=comment_id,
                set_id=set_id,
                text=given.text,
                author=self._names.annotator(given.author, PERSON, now),
                attribution_id=mark_id,
                claim_id=self._names.claim(story_id, given.claim) if given.claim else None,
                place=given.place,
                created=given.created or now,
                resolved=given.resolved,
                reply_to=reply_to,
                mentions=tuple(self._names.annotator(name, PERSON, now) for name in given.mentions),
            )
        )


_MADE_HERE = {
    "id",
    "source_name",
    "source_id",
    "via",
    "claims",
    "comments",
    "parent",
    "antecedent",
    "created",
    "updated",
}
_AS_THEY_ARE = tuple(one.name for one in fields(AttributionRecord) if one.name not in _MADE_HERE)
"""Fields that an attribution takes from a record unchanged."""

_COMPARED = tuple(name for name in _AS_THEY_ARE if name not in ("provenance", "extra", "version"))


def _signature(mark: Attribution) -> Signature:
    """What makes two marks of one set the same mark."""
    values = [getattr(mark, name) for name in _COMPARED]
    frozen = [tuple(sorted(value.items())) if isinstance(value, dict) else value for value in values]
    return (*map(repr, frozen), mark.source_id, mark.via_id, mark.claims)


def _pop(found: dict[Signature, list[Attribution]], signature: Signature) -> Attribution | None:
    marks = found.get(signature)
    return marks.pop() if marks else None
