"""The shape that a plug-in takes: a Format, and what it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, runtime_checkable

from annotator.core.articles import Zone
from annotator.core.losses import LossReport
from annotator.core.records import AttributionRecord, Record


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


TrainingProgress = Callable[[int, int, float | None], bool]
"""Told (done, total, the best score so far or None); answers False when the user wants to stop."""


class Suggester(Protocol):
    """Something that finds attributions in a text: the rules, or a trained model."""

    name: str

    def warm(self) -> None:
        """Read what it needs now, so that the first article does not wait for it."""

    def suggest(self, text: str, zones: Sequence[Zone] = (), outlet: str = "") -> Sequence[AttributionRecord]:
        """The attributions found, in reading order, as open suggestions with their confidence; outlet published the text."""
