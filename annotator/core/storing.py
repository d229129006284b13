"""The shape of the floor below: what a project's memory promises, and one deed in the making."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from annotator.core.changes import Change, ChangeSet, Noun
from annotator.core.plain import Json
from annotator.core.searching import Hit, Term

N = TypeVar("N", bound=Noun)


class Reading(Protocol):
    """What can be asked of a project. Values are frozen; lists come in a fixed order."""

    def get(self, cls: type[N], noun_id: str) -> N | None:
        """The noun with this id, or None."""

    def find(self, cls: type[N], **where: Any) -> list[N]:
        """All nouns whose fields have these values; a list or tuple means any of them."""

    def text(self, sha256: str) -> str:
        """The text kept under this hash."""


class Unit(Reading, Protocol):
    """One deed in the making: everything it puts is committed together, with its line in the log, or not at all."""

    actor: str
    now: str

    def need(self, cls: type[N], noun_id: str) -> N:
        """The noun with this id; raises NotFound."""

    def put(self, noun: Noun) -> None:
        """Store a new value, or the new state of a stored one."""

    def add(self, noun: Noun) -> None:
        """Store a value that is known to be new; the quick way for many."""

    def remove(self, noun: Noun) -> None:
        """Take a stored value away."""

    def keep_text(self, text: str) -> str:
        """Keep a text; returns its hash. Texts are never changed and never taken away by a deed."""

    def taken(self, cls: type[Noun], ids: Sequence[str]) -> set[str]:
        """Those of the ids that are in use."""

    def replay(self, changes: Iterable[Change]) -> None:
        """Put each after in place of its before; raises StaleChange when a before is not what is stored."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A line of the log, without its changes; size is how many bytes they take there."""

    seq: int
    label: str
    actor: str
    at: str
    mode: str
    undone: bool
    target: int | None = None
    size: int = 0


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of the log with its own id, the same wherever it is known, and its changes as plain JSON: [noun, before, after]."""

    seq: int
    id: str
    at: str
    actor: str
    label: str
    mode: str
    target: int | None
    changes: tuple[tuple[str, Json, Json], ...]


@dataclass(frozen=True, slots=True)
class ArticleCount:
    """How many attributions one annotator has in one article, and the state of the set."""

    article_id: str
    set_id: str
    annotator_id: str
    status: str
    attributions: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a project: a code, a sentence, and whether the program can mend it."""

    code: str
    message: str
    can_mend: bool


@dataclass(frozen=True, slots=True)
class TextBatch:
    """Some articles' texts with the articles' ids; how many were read so far, and of how many (0: nobody knows)."""

    texts: list[tuple[str, str]]
    done: int
    total: int


class Store(Reading, Protocol):
    """A project's memory, open."""

    place: str
    name: str
    project_id: str

    def unit(
        self, actor: str, label: str, mode: str = "do", target: int | None = None, *, undoable: bool = True
    ) -> AbstractContextManager[UnitHandle]:
        """Begin a deed (one that undo passes over, if so wished); it is committed when the block ends and rolled back when the block raises."""

    def counts(self, story_id: str | None = None) -> list[ArticleCount]:
        """Attributions per set, in one query."""

    def superseded(self) -> set[str]:
        """The ids of articles of which a newer version is here."""

    def search(
        self,
        words: str,
        story_id: str | None = None,
        limit: int | None = None,
        offset: int = 0,
        without: Collection[str] = (),
    ) -> list[Hit]:
        """Where articles, but for those without, have all these words, "phrases in quotation marks" and prefixes*."""

    def texts(self, hashes: Collection[str]) -> dict[str, str]:
        """The texts kept under some hashes, by hash."""

    def texts_with(
        self, terms: Sequence[Term] = (), story_id: str | None = None, without: Collection[str] = ()
    ) -> Iterator[TextBatch]:
        """All articles' texts, but for those without, that may hold all the terms (none: all texts), read as they are asked for."""

    def next_undo(self, actor: str) -> Deed | None:
        """The deed that undo would take back."""

    def next_redo(self, actor: str) -> Deed | None:
        """The deed that redo would do again."""

    def changes_of(self, seq: int) -> tuple[Change, ...]:
        """What one deed changed."""

    def history(self, article_id: str | None = None, limit: int | None = None) -> list[Deed]:
        """Deeds, newest first, of the project or of those that touched one article."""

    def deeds_after(self, seq: int) -> list[ChangeSet]:
        """Everything committed after a line of the log, oldest first, with its changes."""

    def log(self) -> Iterator[LogLine]:
        """The whole log, oldest line first."""

    def last_seq(self) -> int:
        """The newest line of the log; 0 when there is none."""

    def check(self) -> list[Fault]:
        """Everything found wrong with the project."""

    def backup(self, target: Path) -> None:
        """Copy the project, live, to a new file."""

    def rest(self) -> None:
        """Do what is better done when nobody waits (a passive checkpoint)."""

    def close(self) -> None:
        """Let go of the project."""


class UnitHandle(Unit, Protocol):
    """A unit as the workspace holds it: also tells, once committed, what was done."""

    def done(self) -> ChangeSet:
        """What was committed."""
