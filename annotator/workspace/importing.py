"""Files into a project: read first, so that a person can look, then taken in as one deed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.core.errors import BadInput, Cancelled
from annotator.core.losses import LossReport
from annotator.core.ports import Progress, ReadOptions
from annotator.core.records import Record
from annotator.workspace.commands.importing import ImportRecords, RecordsOfFile, RefusedFiles, Tally
from annotator.workspace.gathering import Found, gathered
from annotator.workspace.grouping import proposed_stories
from annotator.workspace.workspace import Workspace

_STOPPED = "The import was stopped; nothing of it was kept."


@dataclass(frozen=True, slots=True)
class ImportWish:
    """What a user says about files before they are read; empty: what the files say themselves.

    columns says which column of a table holds which field; group puts articles that tell of one event into one story.
    """

    format_name: str = "auto"
    story: str = ""
    outlet: str = ""
    annotator: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    may_fetch: bool = True
    group: bool = False


@dataclass(slots=True)
class Prepared:
    """Files that were read and are not in the project yet, with what could not be read and what was assumed."""

    files: list[RecordsOfFile] = field(default_factory=list)
    formats: dict[str, int] = field(default_factory=dict)
    losses: LossReport = field(default_factory=LossReport)
    errors: list[tuple[str, str]] = field(default_factory=list)

    @property
    def records(self) -> list[Record]:
        """All records of all files."""
        return [record for file in self.files for record in file.records]

    @property
    def notes(self) -> list[tuple[str, str]]:
        """What had to be assumed, with where."""
        return [(record.where, record.assumed) for record in self.records if record.assumed]


@dataclass(slots=True)
class ImportResult:
    """What an import did, which files could not be read and why, and what had to be assumed about others."""

    tally: Tally
    errors: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


def read_places(
    workspace: Workspace, places: Sequence[str | Path], wish: ImportWish, progress: Progress | None = None
) -> Prepared:
    """Read files, folders, archives and addresses; one that cannot be read is named and does not stop the others.

    Raises:
        NotFound: for an unknown format.
        BadInput: for a format that is only written.
        Cancelled: when progress asks to stop.
    """
    prepared = Prepared()
    kinds = tuple(kind.id for kind in workspace.scheme.kinds)
    options = ReadOptions(columns=wish.columns, kinds=kinds)
    names = [str(place) for place in places]
    with gathered(names, wish.format_name, may_fetch=wish.may_fetch, progress=progress) as gathering:
        prepared.errors += gathering.refused
        for done, found in enumerate(gathering.found):
            if progress is not None and not progress(done, len(gathering.found)):
                raise Cancelled(_STOPPED)
            losses = LossReport()
            try:
                records = _read(found, options, losses)
            except BadInput as wrong:
                prepared.errors.append((found.shown, str(wrong).replace(str(found.path), found.shown)))
                continue
            prepared.losses.take(losses)
            prepared.files.append(RecordsOfFile(found.shown, tuple(records)))
            prepared.formats[found.format.name] = prepared.formats.get(found.format.name, 0) + 1
    return prepared


def _read(found: Found, options: ReadOptions, losses: LossReport) -> list[Record]:
    return [
        replace(
            record,
            story=record.story or found.story,
            annotator=record.annotator or (found.path.stem if record.attributions is not None else None),
            where=record.where.replace(str(found.path), found.shown),
        )
        for record in found.format.read(found.path, losses, options)
    ]


def grouped(prepared: Prepared, progress: Progress | None = None) -> Prepared:
    """The same files with a story for each article, by what the articles tell of."""
    stories = proposed_stories(prepared.records, progress)
    files, at = [], 0
    for file in prepared.files:
        own = []
        for record in file.records:
            own.append(replace(record, story=stories.get(at, record.story)))
            at += 1
        files.append(RecordsOfFile(file.name, tuple(own)))
    return replace(prepared, files=files)


def take_in(
    workspace: Workspace,
    prepared: Prepared,
    wish: ImportWish | None = None,
    progress: Progress | None = None,
    *,
    undoable: bool = True,
) -> ImportResult:
    """Take what was read into the project, as one deed; a file that breaks a law is left out and named.

    Raises:
        BadInput: when nothing can be taken in; nothing was changed then.
        Cancelled: when progress asks to stop.
    """
    wish = wish or ImportWish()
    files = list(prepared.files)
    errors = list(prepared.errors)
    while any(file.records for file in files):
        tally = Tally()
        command = ImportRecords(tuple(files), tally, wish.story, wish.outlet, wish.annotator, progress)
        try:
            workspace.execute(command, undoable=undoable)
        except RefusedFiles as refused:
            errors += refused.files
            files = [file for file in files if file.name not in dict(refused.files)]
            continue
        kept = {file.name for file in files}
        notes = [
            (record.where, record.assumed)
            for file in prepared.files
            for record in file.records
            if record.assumed and file.name in kept
        ]
        tally.losses.take(prepared.losses)
        return ImportResult(tally, errors, notes)
    raise BadInput(
        " ".join(message for _, message in errors) or "No file was named; there is nothing to import."
    )


def import_files(
    workspace: Workspace,
    places: Sequence[str | Path],
    wish: ImportWish | None = None,
    *,
    progress: Progress | None = None,
    undoable: bool = True,
) -> ImportResult:
    """Read what is at these places and take it in.

    Raises:
        BadInput: when nothing could be read or taken in; nothing was changed then.
    """
    wish = wish or ImportWish()
    prepared = read_places(workspace, places, wish, progress)
    if wish.group:
        prepared = grouped(prepared, progress)
    return take_in(workspace, prepared, wish, progress, undoable=undoable)
