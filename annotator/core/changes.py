"""ChangeSet: what one command altered, before and after, and its inverse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from annotator.core.annotation_sets import AnnotationSet
from annotator.core.annotators import Annotator
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.claims import Claim
from annotator.core.comments import Comment
from annotator.core.conflicts import Conflict
from annotator.core.learned import Learned
from annotator.core.outlets import Outlet
from annotator.core.plain import Json, from_plain, to_plain
from annotator.core.project_settings import ProjectSetting
from annotator.core.scheme import StoredScheme
from annotator.core.sources import Source
from annotator.core.stories import Story

Noun: TypeAlias = (
    Story
    | Outlet
    | Article
    | Annotator
    | AnnotationSet
    | Source
    | Claim
    | Attribution
    | Comment
    | StoredScheme
    | ProjectSetting
    | Conflict
    | Learned
)

NOUNS: dict[str, type[Noun]] = {
    "scheme": StoredScheme,
    "setting": ProjectSetting,
    "annotator": Annotator,
    "story": Story,
    "outlet": Outlet,
    "source": Source,
    "claim": Claim,
    "article": Article,
    "set": AnnotationSet,
    "attribution": Attribution,
    "comment": Comment,
    "conflict": Conflict,
    "learned": Learned,
}
"""Every noun that is stored, under the name the log gives it, those that others point to first."""

NAME_OF: dict[type[Noun], str] = {cls: name for name, cls in NOUNS.items()}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing before and after; before is None when it was made, after is None when it was removed."""

    before: Noun | None
    after: Noun | None

    @property
    def thing(self) -> Noun:
        """The value after the change, or the one that was removed."""
        found = self.after if self.after is not None else self.before
        if found is None:
            raise ValueError("A change has a before or an after.")
        return found

    @property
    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.after, self.before)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """All that one deed altered, in order, with the words the undo menu shows for it.

    mode is do, undo or redo; seq is the deed's line in the log; target the line that an undo or redo replays.
    """

    changes: tuple[Change, ...] = ()
    label: str = ""
    actor: str = ""
    mode: str = "do"
    seq: int = 0
    target: int | None = None
    at: str = ""

    @property
    def inverse(self) -> ChangeSet:
        """The set that takes this one back, last change first."""
        return replace(self, changes=tuple(change.inverse for change in reversed(self.changes)))

    def of(self, cls: type[Noun]) -> Iterator[Change]:
        """The changes of one kind of noun."""
        return (change for change in self.changes if isinstance(change.thing, cls))

    def __bool__(self) -> bool:
        return bool(self.changes)


def changes_to_plain(changes: tuple[Change, ...]) -> list[Json]:
    """Changes as JSON: [noun, before, after] each."""
    return [
        [
            NAME_OF[type(change.thing)],
            None if change.before is None else to_plain(change.before),
            None if change.after is None else to_plain(change.after),
        ]
        for change in changes
    ]


def changes_from_plain(plain: list[Json]) -> tuple[Change, ...]:
    """What changes_to_plain was given."""
    return tuple(
        Change(
            None if before is None else from_plain(NOUNS[name], before),
            None if after is None else from_plain(NOUNS[name], after),
        )
        for name, before, after in plain
    )


def same(left: Noun | None, right: Noun | None) -> bool:
    """Whether two values say the same, whatever their version and the time of their last change."""
    if left is None or right is None:
        return left is right
    return left == right or _bare(left) == _bare(right)


def _bare(noun: Noun) -> Noun:
    if isinstance(noun, Attribution | AnnotationSet):
        return replace(noun, version=0, updated="")
    return replace(noun, version=0)
