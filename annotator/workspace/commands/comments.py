"""Deeds on comments: say something about a mark, settle it, take it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from annotator.core.annotators import Annotator
from annotator.core.attributions import Attribution
from annotator.core.comments import Comment
from annotator.core.errors import BrokenLaw
from annotator.core.ids import new_id
from annotator.core.rules import check_fragments
from annotator.core.spans import Fragments
from annotator.core.storing import Unit
from annotator.workspace.commands.base import Work


@dataclass(frozen=True, slots=True)
class AddComment:
    """Comment on an attribution, a stretch of an article, a claim, or the whole article.

    Whoever is named after an @ is mentioned. reply_to is a comment: what is said about it stands where it stands, in its
    thread. One of attribution_id, article_id and reply_to says where the comment belongs.
    """

    attribution_id: str
    author: str
    text: str
    article_id: str = ""
    place: Fragments = ()
    claim_id: str | None = None
    reply_to: str | None = None

    @property
    def label(self) -> str:
        return "Comment"

    def act(self, work: Work) -> None:
        if not self.text.strip():
            raise BrokenLaw("A comment needs some words.")
        author = work.named(Annotator, self.author)
        begun = self._begun(work)
        people = work.unit.find(Annotator)
        work.unit.add(
            Comment(
                id=new_id(),
                set_id=begun.set_id,
                attribution_id=begun.attribution_id,
                claim_id=begun.claim_id,
                place=begun.place,
                text=self.text.strip(),
                author=author.id,
                created=work.unit.now,
                reply_to=begun.id or None,
                mentions=mentioned(self.text, people),
            )
        )

    def _begun(self, work: Work) -> Comment:
        """Where the comment belongs: the comment that began its thread, or one without an id."""
        unit = work.unit
        if self.reply_to:
            first = unit.need(Comment, self.reply_to)
            return unit.need(Comment, first.reply_to) if first.reply_to else first
        if self.attribution_id:
            about = unit.need(Attribution, self.attribution_id)
            return Comment("", about.set_id, "", "", attribution_id=about.id)
        own = work.set_for(self.article_id, self.author)
        text = work.text_of(own)
        check_fragments(text, self.place, "The place of the comment")
        return Comment("", own.id, "", "", place=self.place, claim_id=self.claim_id)


def mentioned(text: str, people: Iterable[Annotator]) -> tuple[str, ...]:
    """The ids of those who are named after an @, in the order of the names; longer names are looked for first."""
    left, found = text, []
    for one in sorted(people, key=lambda one: (-len(one.name), one.name)):
        sign = f"@{one.name}"
        if sign in left:
            found.append(one)
            left = left.replace(sign, " ")
    return tuple(one.id for one in sorted(found, key=lambda one: text.index(f"@{one.name}")))


@dataclass(frozen=True, slots=True)
class ResolveComment:
    """Settle a comment, or open it again."""

    comment_id: str
    resolved: bool = True

    @property
    def label(self) -> str:
        return "Resolve comment" if self.resolved else "Reopen comment"

    def act(self, work: Work) -> None:
        comment = work.unit.need(Comment, self.comment_id)
        work.unit.put(replace(comment, resolved=self.resolved))


@dataclass(frozen=True, slots=True)
class RemoveComment:
    """Take a comment away."""

    comment_id: str

    @property
    def label(self) -> str:
        return "Remove comment"

    def act(self, work: Work) -> None:
        remove_comments(work.unit, [work.unit.need(Comment, self.comment_id)])


def remove_comments(unit: Unit, gone: Sequence[Comment]) -> None:
    """Take comments away; replies that stay move to what these replied to."""
    by_id = {one.id: one for one in gone}
    for reply in unit.find(Comment, reply_to=list(by_id)):
        if reply.id not in by_id:
            above = reply.reply_to
            while above is not None and above in by_id:
                above = by_id[above].reply_to
            unit.put(replace(reply, reply_to=above))
    for comment in gone:
        unit.remove(comment)
