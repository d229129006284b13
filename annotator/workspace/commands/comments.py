"""Deeds on comments: say something about a mark, settle it, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotator.core.annotators import Annotator
from annotator.core.attributions import Attribution
from annotator.core.comments import Comment
from annotator.core.errors import BrokenLaw
from annotator.core.ids import new_id
from annotator.core.storing import Unit
from annotator.workspace.commands.base import Work


@dataclass(frozen=True, slots=True)
class AddComment:
    """Comment on an attribution."""

    attribution_id: str
    author: str
    text: str

    @property
    def label(self) -> str:
        return "Comment"

    def act(self, work: Work) -> None:
        if not self.text.strip():
            raise BrokenLaw("A comment needs some words.")
        about = work.unit.need(Attribution, self.attribution_id)
        author = work.named(Annotator, self.author)
        work.unit.add(
            Comment(
                id=new_id(),
                set_id=about.set_id,
                attribution_id=about.id,
                text=self.text.strip(),
                author=author.id,
                created=work.unit.now,
            )
        )


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
