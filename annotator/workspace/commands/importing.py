"""Take records into a project: articles are joined by their text, and nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from annotator.core.annotation_sets import IN_PROGRESS, NOT_STARTED, STATES, AnnotationSet
from annotator.core.annotators import GOLD, PERSON
from annotator.core.articles import Article, clean_text, text_hash
from annotator.core.attributions import Attribution
from annotator.core.errors import AnnotatorError, BadInput, Cancelled
from annotator.core.ids import new_id, usable
from annotator.core.losses import LossReport
from annotator.core.ports import Progress
from annotator.core.records import AttributionRecord, Record
from annotator.core.rules import check_span
from annotator.core.spans import Fragments, Span
from annotator.workspace.commands.base import Work
from annotator.workspace.commands.importing_marks import MarkTaker
from annotator.workspace.commands.importing_names import Names

NOT_FREE = "id already in use here; a new one was given"


@dataclass(slots=True)
class Tally:
    """What an import did: articles made and joined, attributions added and found to be here already."""

    articles: int = 0
    joined: int = 0
    sets: int = 0
    attributions: int = 0
    already_here: int = 0
    losses: LossReport = field(default_factory=LossReport)


@dataclass(frozen=True, slots=True)
class ImportRecords:
    """Import records as one deed.

    story, outlet and annotator, when given, hold for every record, whatever it says itself. The tally is filled in
    as the deed goes; progress may stop it, and then nothing is kept.
    """

    records: tuple[Record, ...]
    tally: Tally
    story: str = ""
    outlet: str = ""
    annotator: str = ""
    progress: Progress | None = None

    @property
    def label(self) -> str:
        return "Import"

    def act(self, work: Work) -> None:
        taking = _Taking(work, self)
        for done, record in enumerate(self.records):
            if self.progress is not None and not self.progress(done, len(self.records)):
                raise Cancelled("The import was stopped; nothing of it was kept.")
            try:
                taking.take(record)
            except BadInput:
                raise
            except AnnotatorError as wrong:
                raise BadInput(f"{record.where}: {wrong} Nothing of this file was imported.") from wrong


class _Taking:
    """One import under way: what is known of the project, and what was added so far."""

    def __init__(self, work: Work, wish: ImportRecords) -> None:
        self.work = work
        self.wish = wish
        self.names = Names(work.unit)
        self._free_ids(wish.records)
        self._by_hash: dict[str, Article] = {}
        self._sizes: dict[str, int] = {}
        self._made: set[str] = set()
        self._know_articles(wish.records)

    def _free_ids(self, records: Iterable[Record]) -> None:
        articles = [record.id for record in records if usable(record.id) and record.id]
        marks = [one.id for record in records for one in record.attributions or () if one.id]
        self._article_ids = self.work.unit.taken(Article, articles)
        self.marks = MarkTaker(
            self.work, self.names, self.wish.tally, self.work.unit.taken(Attribution, marks)
        )

    def _know_articles(self, records: Iterable[Record]) -> None:
        hashes = set()
        for record in records:
            if record.text is None:
                hashes.add(record.text_sha256)
            else:
                hashes.add(text_hash(record.text))
                hashes.add(text_hash(clean_text(record.text)))
        for article in self.work.unit.find(Article, text_sha256=hashes):
            self._by_hash.setdefault(article.text_sha256, article)

    def take(self, record: Record) -> None:
        """Add what one record says."""
        if record.text is not None:
            for zone in record.zones:
                check_span(record.text, zone.span, "The zone")
        article, record = self._article_for(record)
        if record.attributions is None:
            return
        own = self._set_for(article, record)
        if record.text is None:
            record = replace(record, text=self.work.unit.text(article.text_sha256))
        self.marks.take(article, own, record, is_new=own.id in self._made)

    def _article_for(self, record: Record) -> tuple[Article, Record]:
        if record.text is None:
            return self._without_text(record), record
        sha256 = text_hash(record.text)
        found = self._by_hash.get(sha256)
        cleaned = clean_text(record.text)
        if found is None and cleaned != record.text:
            found = self._by_hash.get(text_hash(cleaned))
            if found is not None:
                record = _moved(record, cleaned)
        if found is None:
            return self._make(record, sha256), record
        self.wish.tally.joined += 1
        return self._filled_in(found, record), record

    def _without_text(self, record: Record) -> Article:
        found = self._by_hash.get(record.text_sha256)
        if found is None and record.id:
            found = self.work.unit.get(Article, record.id)
            if found is not None and record.text_sha256 and found.text_sha256 != record.text_sha256:
                raise BadInput(
                    f"{record.where}: the article {record.id!r} has another text here than the one these marks were made on."
                )
        if found is None:
            raise BadInput(
                f"{record.where}: the line has no text and its article is not in this project; import the article first."
            )
        self.wish.tally.joined += 1
        return found

    def _make(self, record: Record, sha256: str) -> Article:
        text = record.text or ""
        article = Article(
            id=self._new_article_id(record),
            story_id=self._story(self.wish.story or record.story or "Untitled story"),
            outlet_id=self.names.outlet(self.wish.outlet or record.outlet),
            text_sha256=self.work.unit.keep_text(text),
            length=len(text),
            title=record.title,
            author=record.author,
            url=record.url,
            published=record.published,
            language=record.language,
            zones=tuple(sorted(record.zones, key=lambda zone: zone.span)),
            note=record.note,
            assumed=record.assumed,
            file_name=record.file_name,
            duplicate_group=record.duplicate_group,
            split=record.split,
            imported=self.work.unit.now,
            extra=record.extra,
        )
        article = replace(article, position=self._position(article.story_id))
        self.work.unit.add(article)
        self._by_hash[sha256] = article
        self.wish.tally.articles += 1
        return article

    def _new_article_id(self, record: Record) -> str:
        if record.id and usable(record.id) and record.id not in self._article_ids:
            self._article_ids.add(record.id)
            return record.id
        made = new_id()
        if record.id and not record.file_name:
            self.wish.tally.losses.add(f"article {NOT_FREE}", made)
        return made

    def _position(self, story_id: str) -> int:
        if story_id not in self._sizes:
            self._sizes[story_id] = len(self.work.unit.find(Article, story_id=story_id))
        self._sizes[story_id] += 1
        return self._sizes[story_id] - 1

    def _story(self, name: str) -> str:
        return self.names.story(name, self.work.unit.now)

    def _filled_in(self, article: Article, record: Record) -> Article:
        outlet = article.outlet_id or self.names.outlet(self.wish.outlet or record.outlet)
        after = replace(
            article,
            outlet_id=outlet,
            zones=article.zones or tuple(sorted(record.zones, key=lambda zone: zone.span)),
            extra={**record.extra, **article.extra},
            **{
                name: getattr(article, name) or getattr(record, name)
                for name in (
                    "title",
                    "author",
                    "url",
                    "published",
                    "language",
                    "note",
                    "duplicate_group",
                    "split",
                )
            },
        )
        if after != article:
            self.work.unit.put(after)
            self._by_hash[after.text_sha256] = after
        return after

    def _set_for(self, article: Article, record: Record) -> AnnotationSet:
        name = self.wish.annotator or record.annotator or "unknown"
        hand = self.names.annotator(name, GOLD if name.casefold() == "gold" else PERSON, self.work.unit.now)
        found = self.work.unit.find(AnnotationSet, article_id=article.id, annotator_id=hand)
        if found:
            return found[0]
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
        self.wish.tally.sets += 1
        return own


def _moved(record: Record, cleaned: str) -> Record:
    """The record with its offsets counted in the cleaned text (no byte order mark, CRLF as LF)."""
    raw = record.text or ""
    at = [0] * (len(raw) + 1)
    kept = 0
    for index, char in enumerate(raw):
        at[index] = kept
        dropped = (index == 0 and char == "\ufeff") or (char == "\r" and raw[index + 1 : index + 2] == "\n")
        kept += not dropped
    at[len(raw)] = kept

    def move(parts: Fragments) -> Fragments:
        return tuple(Span(at[part.start], at[part.end]) for part in parts if at[part.start] < at[part.end])

    def moved(one: AttributionRecord) -> AttributionRecord:
        return replace(
            one,
            source=move(one.source),
            cue=move(one.cue),
            content=move(one.content),
            via_span=move(one.via_span),
            recipient=move(one.recipient),
            more_roles={role: move(parts) for role, parts in one.more_roles.items()},
        )

    marks = None if record.attributions is None else tuple(moved(one) for one in record.attributions)
    zones = tuple(replace(zone, span=move((zone.span,))[0]) for zone in record.zones if move((zone.span,)))
    return replace(record, text=cleaned, attributions=marks, zones=zones)
