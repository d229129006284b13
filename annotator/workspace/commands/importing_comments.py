"""Comments that come in: each once, on the mark it is about, threads kept together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.core.annotators import PERSON
from annotator.core.articles import Article
from annotator.core.comments import Comment
from annotator.core.errors import AnnotatorError, BadInput
from annotator.core.ids import new_id, usable
from annotator.core.losses import LossReport
from annotator.core.records import CommentRecord
from annotator.core.rules import check_fragments
from annotator.core.storing import Unit
from annotator.workspace.commands.importing_names import Names


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment as it came, and the id of the attribution that it is about (None: the set)."""

    given: CommentRecord
    mark_id: str | None


class CommentTaker:
    """Adds the comments of records to annotation sets."""

    def __init__(self, unit: Unit, names: Names, losses: LossReport) -> None:
        self._unit = unit
        self._names = names
        self._losses = losses
        self._seen: set[str] = set()

    def take(self, article: Article, set_id: str, text: str, where: str, remarks: Sequence[Remark]) -> None:
        """Add those that the set does not have yet."""
        if not remarks:
            return
        here = self._unit.find(Comment, set_id=set_id)
        wanted = [one.given.id for one in remarks if one.given.id and usable(one.given.id)]
        taken = self._unit.taken(Comment, wanted) | self._seen
        ids: dict[str, str] = {}
        fresh: list[tuple[str, Remark]] = []
        for remark in remarks:
            known = self._known(here, remark)
            if known is not None:
                here.remove(known)
                comment_id = known.id
            else:
                comment_id = self._id_for(remark.given, taken, article)
                taken.add(comment_id)
                fresh.append((comment_id, remark))
            if remark.given.id:
                ids[remark.given.id] = comment_id
        self._seen |= taken
        for comment_id, remark in fresh:
            self._check(remark.given, text, where)
            self._add(comment_id, remark, article, set_id, ids)

    def _known(self, here: Sequence[Comment], remark: Remark) -> Comment | None:
        given = remark.given
        alike = [
            one
            for one in here
            if (one.attribution_id, one.text, one.author)
            == (remark.mark_id, given.text, self._names.annotator(given.author, PERSON, self._unit.now))
            and given.created in ("", one.created)
        ]
        return next((one for one in alike if one.id == given.id), alike[0] if alike else None)

    def _id_for(self, given: CommentRecord, taken: set[str], article: Article) -> str:
        if given.id and usable(given.id) and given.id not in taken:
            return given.id
        if given.id:
            self._losses.add("comment id already in use here; a new one was given", article.id)
        return new_id()

    @staticmethod
    def _check(given: CommentRecord, text: str, where: str) -> None:
        try:
            check_fragments(text, given.place, "The place of a comment")
        except AnnotatorError as wrong:
            raise BadInput(f"{where}: {wrong} Nothing of this file was imported.") from wrong

    def _add(
        self, comment_id: str, remark: Remark, article: Article, set_id: str, ids: dict[str, str]
    ) -> None:
        given, now = remark.given, self._unit.now
        reply_to = ids.get(given.reply_to) if given.reply_to else None
        if given.reply_to and reply_to is None:
            self._losses.add("comment that replies to one not in the same line", article.id)
        self._unit.add(
            Comment(
                id=comment_id,
                set_id=set_id,
                text=given.text,
                author=self._names.annotator(given.author, PERSON, now),
                attribution_id=remark.mark_id,
                claim_id=self._names.claim(article.story_id, given.claim) if given.claim else None,
                place=given.place,
                created=given.created or now,
                resolved=given.resolved,
                reply_to=reply_to,
                mentions=tuple(self._names.annotator(name, PERSON, now) for name in given.mentions),
            )
        )
