"""Write the chosen part of a project: in one piece, a file an annotator, or train, dev and test."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.compare.splits import Split, as_json
from annotator.core.errors import BadInput, Cancelled
from annotator.core.losses import LossReport
from annotator.core.plugins import all_formats, load_format
from annotator.core.ports import ExportOptions, FilesSplits, Format, Progress
from annotator.core.records import Record
from annotator.core.writing import new_folder
from annotator.formats.file_names import FileNames
from annotator.workspace.choosing import Selection, chosen_articles, records
from annotator.workspace.passages import passages
from annotator.workspace.splitting import SplitWish, split_of
from annotator.workspace.workspace import Workspace

_WHOLE = "dataset"
"""The name of the one folder of a format that files records by their split itself."""

_STOPPED = "The export was stopped; nothing was written."


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What to write and how.

    by_sentence cuts articles into passages and keeps the share `negatives` (0 to 1) of sentences without attributions.
    each writes one file (or folder) an annotator. split cuts into parts along groups that must not be torn; then, and
    with each, the place to write is a folder.
    """

    format_name: str
    selection: Selection = field(default_factory=Selection)
    options: ExportOptions = field(default_factory=ExportOptions)
    by_sentence: bool = False
    negatives: float = 1.0
    each: bool = False
    split: SplitWish | None = None


@dataclass(slots=True)
class ExportResult:
    """What an export wrote, and what it could not express; how it was split, if it was."""

    articles: int = 0
    attributions: int = 0
    losses: LossReport = field(default_factory=LossReport)
    split: Split | None = None


def writable_formats() -> list[Format]:
    """The formats that a project can be written in."""
    return [one for one in all_formats() if one.writes]


def export(
    workspace: Workspace, out: Path, wish: ExportWish, progress: Progress | None = None
) -> ExportResult:
    """Write the chosen part of a project.

    Raises:
        NotFound: for an unknown format, story, annotator, kind or zone.
        BadInput: when there is nothing to write, or it cannot be written there; nothing was written then.
        Cancelled: when progress asks to stop; nothing was written then.
    """
    writer = load_format(wish.format_name)
    if not writer.writes:
        raise BadInput(f"The format {writer.name!r} is read, not written.")
    workspace.catch_up()
    if next(records(workspace, wish.selection), None) is None:
        raise BadInput("There is nothing to export: no article matches. Nothing was written.")
    try:
        return _Export(workspace, writer, wish, progress).write(out)
    except OSError as wrong:
        raise BadInput(f"{out} cannot be written: {wrong.strerror or wrong}. Nothing was written.") from wrong


class _Export:
    """One export under way."""

    def __init__(
        self, workspace: Workspace, writer: Format, wish: ExportWish, progress: Progress | None
    ) -> None:
        self._workspace = workspace
        self._writer = writer
        self._wish = wish
        self._progress = progress
        self._result = ExportResult()
        self._seen: set[str] = set()
        self._group_of: dict[str, str] = {}
        self._total = 0

    def write(self, out: Path) -> ExportResult:
        """Write everything to a file or a folder."""
        articles = chosen_articles(self._workspace, self._wish.selection)
        self._total = len(articles)
        if self._wish.split is not None:
            self._result.split = split_of(self._workspace, articles, self._wish.split, self._progress)
            self._group_of = {
                article: group.articles[0]
                for group in self._result.split.groups
                for article in group.articles
            }
        parts = self._parts()
        if len(parts) == 1 and not parts[0][0]:
            self._write_one(out, parts[0][1])
        else:
            with new_folder(out) as folder:
                for path, keep in parts:
                    self._write_part(folder, path, keep)
                if self._result.split is not None:
                    words = as_json(self._result.split)
                    (folder / "splits.json").write_text(words, encoding="utf-8", newline="\n")
        self._result.articles = len(self._seen)
        return self._result

    def _parts(self) -> list[tuple[tuple[str, ...], Callable[[Record], bool]]]:
        """Where each part goes (below the place to write; nothing: there itself), and which records it takes."""
        split = self._result.split
        names = [name for name, _ in split.requested] if split is not None else [""]
        if isinstance(self._writer, FilesSplits) and split is not None:
            names = [_WHOLE]
        hands = self._hands() if self._wish.each else [""]
        stems = FileNames()
        found: list[tuple[tuple[str, ...], Callable[[Record], bool]]] = []
        for hand in hands:
            folder = (stems.take(hand),) if hand else ()
            for name in names:
                keeps = _Keeps("" if name == _WHOLE else name, hand)
                found.append(((*folder, *((name,) if name else ())), keeps))
        return found

    def _hands(self) -> list[str]:
        names = {record.annotator or "" for record in records(self._workspace, self._wish.selection)}
        return sorted(name for name in names if name)

    def _write_part(self, folder: Path, path: tuple[str, ...], keep: Callable[[Record], bool]) -> None:
        last = path[-1] if self._writer.folder else path[-1] + self._writer.suffixes[0]
        target = folder.joinpath(*path[:-1], last)
        target.parent.mkdir(parents=True, exist_ok=True)
        if any(True for _ in self._chosen(keep)):
            self._write_one(target, keep)
        else:
            self._result.losses.add("part without any article, not written", "/".join(path))

    def _write_one(self, target: Path, keep: Callable[[Record], bool]) -> None:
        losses = self._writer.write(self._counted(keep), target, self._wish.options)
        self._result.losses.take(losses)

    def _counted(self, keep: Callable[[Record], bool]) -> Iterator[Record]:
        chosen: Iterable[Record] = self._reported(keep)
        if self._wish.by_sentence:
            chosen = passages(chosen, self._wish.negatives, self._wish.options.seed)
        for record in chosen:
            self._result.attributions += len(record.attributions or ())
            yield record

    def _reported(self, keep: Callable[[Record], bool]) -> Iterator[Record]:
        for record in self._chosen(keep):
            self._seen.add(record.id or "")
            if self._progress is not None and not self._progress(len(self._seen), self._total):
                raise Cancelled(_STOPPED)
            yield record

    def _chosen(self, keep: Callable[[Record], bool]) -> Iterator[Record]:
        split = self._result.split
        for record in records(self._workspace, self._wish.selection):
            article = record.id or ""
            given = record
            if split is not None:
                given = replace(
                    record, split=split.parts[article], duplicate_group=self._group_of.get(article)
                )
            if keep(given):
                yield given


@dataclass(frozen=True, slots=True)
class _Keeps:
    """Takes the records of one part and one annotator; an empty name takes all."""

    part: str
    hand: str

    def __call__(self, record: Record) -> bool:
        return (not self.part or record.split == self.part) and (
            not self.hand or record.annotator == self.hand
        )
