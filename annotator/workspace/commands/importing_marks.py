"""Marks that come in: kept with their ids where these are free, once only, in sound chains."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from operator import attrgetter
from typing import Protocol

from annotator.core.annotation_sets import AnnotationSet
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.errors import AnnotatorError, BadInput
from annotator.core.ids import new_id, usable
from annotator.core.losses import LossReport
from annotator.core.records import AttributionRecord, Record
from annotator.core.rules import check_attribution, check_chain, overlaps
from annotator.workspace.commands.base import Work
from annotator.workspace.commands.importing_comments import CommentTaker, Remark
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
        self._earlier: set[str] = set()
        self._fresh: dict[str, list[Attribution]] = {}
        self._comments = CommentTaker(work.unit, names, tally.losses)

    def follow(self, ids: Iterable[str]) -> None:
        """Let marks with these ids, which stand on the article's version before, come in as their followers."""
        self._earlier.update(ids)

    def take(self, article: Article, own: AnnotationSet, record: Record, *, is_new: bool) -> None:
        """Add what is not in the set yet; is_new says that the set was made for this import.

        Raises:
            BadInput: when a mark breaks a law, or the set was finished before.
        """
        here = _Standing(self._standing(own, is_new=is_new))
        ids: dict[str, str] = {}
        fresh: list[tuple[Attribution, AttributionRecord]] = []
        remarks = [Remark(comment, None) for comment in record.comments]
        for given in record.attributions or ():
            mark = self._mark(article, own, record, given)
            known = here.claim(mark)
            if known is not None:
                self._already(article, known, mark)
            else:
                mark = self._with_free_id(article, mark, given)
                fresh.append((mark, given))
            mark_id = mark.id if known is None else known.id
            if given.id:
                ids[given.id] = mark_id
            remarks += [Remark(comment, mark_id) for comment in given.comments]
        if fresh and not is_new:
            self._begin(article, own, record)
        parents = {mark.id: ids.get(given.parent) if given.parent else None for mark, given in fresh}
        for mark, given in fresh:
            self._add(article, record, mark, given, ids, parents)
        if fresh and not self._work.scheme.same_role_may_overlap:
            self._count_overlaps(article, own, [mark for mark, _ in fresh], is_new=is_new)
        self._comments.take(article, own.id, record.text or "", record.where, remarks)

    def _count_overlaps(
        self, article: Article, own: AnnotationSet, fresh: list[Attribution], *, is_new: bool
    ) -> None:
        """Say where what came in breaks the scheme's law of overlaps: files are taken as they are, and looked after later."""
        standing = self._standing(own, is_new=is_new)
        for mark in fresh:
            for role, part in overlaps(mark, standing):
                what = f"{role} over another attribution's, which this project's scheme does not allow; kept"
                self._tally.losses.add(what, article.id, part.start, part.end)

    def _standing(self, own: AnnotationSet, *, is_new: bool) -> list[Attribution]:
        """The marks of a set; those of one made for this import are all known here."""
        return self._fresh.get(own.id, []) if is_new else self._work.unit.find(Attribution, set_id=own.id)

    def _begin(self, article: Article, own: AnnotationSet, record: Record) -> None:
        try:
            self._work.begin(own)
        except AnnotatorError as wrong:
            raise BadInput(
                f"{record.where}: it has new marks for {article.title or article.id}, but: {wrong} "
                "Nothing of this file was imported."
            ) from wrong

    def _mark(
        self, article: Article, own: AnnotationSet, record: Record, given: AttributionRecord
    ) -> Attribution:
        names = self._names
        source_id = names.source(given.source_name, given.source_id, given.kind)
        mark = Attribution(
            id=given.id or "",
            set_id=own.id,
            source_id=source_id,
            via_id=names.outlet(given.via),
            claims=tuple({names.claim(article.story_id, claim): None for claim in given.claims}),
            created=given.created or self._work.unit.now,
            updated=given.updated or self._work.unit.now,
            **dict(zip(_AS_THEY_ARE, _as_they_are(given), strict=True)),
        )
        try:
            check_attribution(self._work.scheme, mark, record.text or "")
        except AnnotatorError as wrong:
            which = f", attribution {given.id}" if given.id else ""
            raise BadInput(f"{record.where}{which}: {wrong} Nothing of this file was imported.") from wrong
        if given.source_id and source_id != given.source_id:
            self._lose(
                "source id not kept (its name has another id here, or the id another name)", article, mark
            )
        return mark

    def _lose(self, what: str, article: Article, mark: Attribution) -> None:
        around = mark.extent()
        place = (around.start, around.end) if around else (None, None)
        self._tally.losses.add(what, article.id, *place)

    def _already(self, article: Article, known: Attribution, mark: Attribution) -> None:
        self._tally.already_here += 1
        if _signature(known) != _signature(mark):
            self._lose("attribution stands here in another form; the project's was kept", article, known)

    def _with_free_id(self, article: Article, mark: Attribution, given: AttributionRecord) -> Attribution:
        if given.id and usable(given.id) and given.id not in self._taken:
            self._taken.add(given.id)
            return mark
        made = new_id()
        if not given.id:
            return replace(mark, id=made)
        if given.id in self._earlier:
            return replace(mark, id=made, provenance={**mark.provenance, "from_version": given.id})
        self._lose(
            "attribution id already in use here; a new one was given (the old one is kept under extra)",
            article,
            mark,
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
        antecedent = ids.get(given.antecedent) if given.antecedent else None
        if given.parent and parent is None:
            self._lose("parent that is not in the same line", article, mark)
        if given.antecedent and antecedent is None:
            self._lose("antecedent that is not in the same line", article, mark)
        if parent:
            try:
                check_chain(mark.id, parent, parents.get)
            except AnnotatorError as wrong:
                raise BadInput(
                    f"{record.where}, attribution {given.id}: {wrong} Nothing of this file was imported."
                ) from wrong
        if parent or antecedent:
            mark = replace(mark, parent=parent, antecedent=antecedent)
        self._work.unit.add(mark)
        self._fresh.setdefault(mark.set_id, []).append(mark)
        self._tally.attributions += 1


class _Standing:
    """The marks that stand in a set, each to be claimed by at most one that comes in."""

    def __init__(self, marks: Iterable[Attribution]) -> None:
        self._by_id = {one.id: one for one in marks}
        self._by_signature: dict[Signature, list[Attribution]] = {}
        for one in self._by_id.values():
            self._by_signature.setdefault(_signature(one), []).append(one)

    def claim(self, mark: Attribution) -> Attribution | None:
        """The mark with this one's id, else one that says the same."""
        if not self._by_id:
            return None
        alike = self._by_signature.get(_signature(mark), [])
        known = self._by_id.get(mark.id) or (alike[0] if alike else None)
        if known is not None:
            del self._by_id[known.id]
            self._by_signature[_signature(known)].remove(known)
        return known


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

_as_they_are = attrgetter(*_AS_THEY_ARE)

_COMPARED = tuple(name for name in _AS_THEY_ARE if name not in ("provenance", "extra", "version"))


def _signature(mark: Attribution) -> Signature:
    """What makes two marks of one set the same mark."""
    values = [getattr(mark, name) for name in _COMPARED]
    frozen = [tuple(sorted(value.items())) if isinstance(value, dict) else value for value in values]
    return (*map(repr, frozen), mark.source_id, mark.via_id, mark.claims)
