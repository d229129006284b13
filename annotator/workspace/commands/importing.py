"""Take records into a project: articles are joined by their text, and nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from annotator.core.annotation_sets import IN_PROGRESS, NOT_STARTED, STATES, AnnotationSet
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.errors import AnnotatorError, BadInput, Cancelled
from annotator.core.ids import new_id
from annotator.core.losses import LossReport
from annotator.core.ports import Progress
from annotator.core.records import Record
from annotator.core.rules import check_span
from annotator.workspace.commands.base import Work
from annotator.workspace.commands.importing_articles import ArticleTaker
from annotator.workspace.commands.importing_marks import MarkTaker
from annotator.workspace.commands.importing_names import Names
from annotator.workspace.commands.versions import WithoutPlace


@dataclass(slots=True)
class Tally:
    """What an import did: articles made and joined, attributions added and found to be here already.

    versions counts the articles that came as new versions of articles here, carried the attributions copied to those,
    and without_place has the words of attributions that are not in them.
    """

    articles: int = 0
    joined: int = 0
    versions: int = 0
    sets: int = 0
    attributions: int = 0
    carried: int = 0
    already_here: int = 0
    without_place: list[WithoutPlace] = field(default_factory=list)
    losses: LossReport = field(default_factory=LossReport)


@dataclass(frozen=True, slots=True)
class RecordsOfFile:
    """A file's name, as the user knows it, and its records."""

    name: str
    records: tuple[Record, ...]


class RefusedFiles(BadInput):
    """Some files of an import break a law, each for a reason; nothing of the whole import was kept."""

    def __init__(self, files: list[tuple[str, str]]) -> None:
        super().__init__(" ".join(message for _, message in files))
        self.files = files


@dataclass(frozen=True, slots=True)
class ImportRecords:
    """Import records as one deed.

    story, outlet and annotator, when given, hold for every record, whatever it says itself. The tally is filled in
    as the deed goes; progress may stop it, and then nothing is kept.
    """

    files: tuple[RecordsOfFile, ...]
    tally: Tally
    story: str = ""
    outlet: str = ""
    annotator: str = ""
    progress: Progress | None = None

    @classmethod
    def of(
        cls, records: Iterable[Record], tally: Tally, *, progress: Progress | None = None, **wish: str
    ) -> ImportRecords:
        """Import records that came without a file."""
        return cls((RecordsOfFile("", tuple(records)),), tally, progress=progress, **wish)

    @property
    def label(self) -> str:
        return "Import"

    @property
    def records(self) -> list[Record]:
        """All records of all files."""
        return [record for file in self.files for record in file.records]

    def act(self, work: Work) -> None:
        taking = _Taking(work, self)
        total = sum(len(file.records) for file in self.files)
        done = 0
        refused: list[tuple[str, str]] = []
        for file in self.files:
            for record in file.records:
                if self.progress is not None and not self.progress(done, total):
                    raise Cancelled("The import was stopped; nothing of it was kept.")
                done += 1
                try:
                    taking.take(record)
                except AnnotatorError as wrong:
                    # What stands of this file already goes with the whole deed: it is done again without the file.
                    refused.append((file.name, _worded(record, wrong)))
                    break
        if refused:
            raise RefusedFiles(refused)


def _worded(record: Record, wrong: AnnotatorError) -> str:
    if isinstance(wrong, BadInput):
        return str(wrong)
    return f"{record.where}: {wrong} Nothing of this file was imported."


class _Taking:
    """One import under way: what is known of the project, and what was added so far."""

    def __init__(self, work: Work, wish: ImportRecords) -> None:
        self.work = work
        self.wish = wish
        self.names = Names(work.unit)
        records = wish.records
        given = [one.id for record in records for one in record.attributions or () if one.id]
        self.marks = MarkTaker(work, self.names, wish.tally, work.unit.taken(Attribution, given))
        self.articles = ArticleTaker(work.unit, self.names, self.marks, wish, records)
        self._made: set[str] = set()
        here = sorted(self.articles.known)
        sets = work.unit.find(AnnotationSet, article_id=here) if here else []
        self._sets = {(one.article_id, one.annotator_id): one for one in sets}

    def take(self, record: Record) -> None:
        """Add what one record says."""
        if record.text is not None:
            for zone in record.zones:
                check_span(record.text, zone.span, "The zone")
        article, record = self.articles.take(record)
        if record.attributions is None:
            return
        own = self._set_for(article, record)
        self.marks.take(article, own, record, is_new=own.id in self._made)

    def _set_for(self, article: Article, record: Record) -> AnnotationSet:
        hand = self.names.hand(self.wish.annotator or record.annotator, self.work.unit.now)
        found = self._standing(article, hand)
        if found is not None:
            return found
        status = (
            record.status
            if record.status in STATES
            else (IN_PROGRESS if record.attributions else NOT_STARTED)
        )
        if record.status and record.status not in STATES:
            self.wish.tally.losses.add(f"unknown status {record.status!r}", article.id)
        own = AnnotationSet(
            id=new_id(),
            article_id=article.id,
            annotator_id=hand,
            status=status,
            scheme=record.scheme or self.work.scheme.name,
            guideline_version=str(
                record.set_extra.get("guideline_version", self.work.scheme.guideline_version)
            ),
            note=str(record.set_extra.get("set_note", "")),
            created=self.work.unit.now,
            updated=self.work.unit.now,
        )
        self.work.unit.add(own)
        self._made.add(own.id)
        self._sets[article.id, hand] = own
        self.wish.tally.sets += 1
        return own

    def _standing(self, article: Article, hand: str) -> AnnotationSet | None:
        own = self._sets.get((article.id, hand))
        if own is None and article.id not in self.articles.known:
            found = self.work.unit.find(AnnotationSet, article_id=article.id, annotator_id=hand)
            own = found[0] if found else None
        return own
