"""The shapes that rooms and plug-ins take: Unit and Store below, Format beside."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar, runtime_checkable

from annotator.core.changes import Change, ChangeSet, Noun
from annotator.core.losses import LossReport
from annotator.core.records import Record
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
    """A unit as the workspace holds it: also replays changes and tells, once committed, what was done."""

    def replay(self, changes: Iterable[Change]) -> None:
        """Put each after in place of its before; raises StaleChange when a before is not what is stored."""

    def done(self) -> ChangeSet:
        """What was committed."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a user may say about files to read.

    columns says which column of a table holds which field of a record; kinds are the ids of the kinds that the project's
    scheme knows, by which labels of other programs are understood.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()


LABELS = ("role", "kind", "kind/role")
"""What the label of a span may be made of."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What a user may choose about an export.

    label is role, kind or kind/role. layer is the role that a format of one label a token writes (empty: all roles,
    the longer span first).
    """

    without_text: bool = False
    label: str = "role"
    layer: str = ""
    seed: int = 0


NO, BY_NAME, BY_CONTENT = 0, 1, 2
"""How sure a format is that a file is its own: not at all, by the file's name alone, by what stands in it."""


class Format(Protocol):
    """A door in or out: what it is called, what it cannot carry, and how it reads and writes.

    A format that writes a folder says so in `folder`; the others write one file. cannot_carry has a phrase for each
    thing that is lost on the way out and back; an empty tuple claims that nothing is.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    reads: bool
    writes: bool
    folder: bool
    cannot_carry: tuple[str, ...]

    def recognises(self, path: Path, head: bytes) -> int:
        """NO, BY_NAME or BY_CONTENT, from a file's name and its first bytes (65,536 at most); never raises."""

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """Records of a file; raises BadInput with what, where. Called with a file, never with a folder."""

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """Write all records to a new file or folder; says what could not be expressed. Holds few records at a time."""


@runtime_checkable
class FilesSplits(Protocol):
    """A format that files records by their split itself, in one folder."""

    files_splits: bool


@dataclass(frozen=True, slots=True)
class TableHead:
    """A table's columns, which of them is guessed to hold which field of a record, and its first rows as text."""

    columns: tuple[str, ...]
    guessed: Mapping[str, str]
    rows: tuple[tuple[str, ...], ...]


@runtime_checkable
class Tabular(Protocol):
    """A format whose columns the user may assign before reading."""

    def head(self, path: Path) -> TableHead:
        """What stands at the top of the table; raises BadInput as read does."""


Progress = Callable[[int, int], bool]
"""Told (done, total); answers False when the user wants to stop."""
