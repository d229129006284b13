"""Articles that come in: joined by their text, made anew, or the next version of one that is here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Protocol

from annotator.core.anchoring import Anchoring
from annotator.core.articles import Article, clean_text, text_hash
from annotator.core.errors import BadInput
from annotator.core.ids import new_id, usable
from annotator.core.losses import LossReport
from annotator.core.records import AttributionRecord, Record, with_all_places
from annotator.core.spans import Fragments, Span
from annotator.core.storing import Unit
from annotator.workspace.commands.carrying import Carrying, moved, report_lost, without_place
from annotator.workspace.commands.importing_marks import MarkTaker
from annotator.workspace.commands.importing_names import Names
from annotator.workspace.commands.versions import Versions, WithoutPlace, of_file

NOT_FREE = "id already in use here; a new one was given"
_SAID = ("title", "author", "url", "published", "language", "note", "duplicate_group", "split")
"""Fields of an article that a record may fill in."""


class Counting(Protocol):
    """What is counted while articles come in."""

    articles: int
    joined: int
    versions: int
    sets: int
    carried: int
    losses: LossReport
    without_place: list[WithoutPlace]


class Wish(Protocol):
    """What holds for every record, whatever it says itself, where it is given."""

    @property
    def story(self) -> str: ...
    @property
    def outlet(self) -> str: ...
    @property
    def annotator(self) -> str: ...
    @property
    def tally(self) -> Counting: ...


class ArticleTaker:
    """Finds or makes the article of each record.

    known has the ids of articles that were here at the beginning, or were made without any set.
    """

    def __init__(
        self, unit: Unit, names: Names, marks: MarkTaker, wish: Wish, records: Sequence[Record]
    ) -> None:
        self._unit = unit
        self._names = names
        self._marks = marks
        self._wish = wish
        self._records = records
        self._ids = unit.taken(Article, [one.id for one in records if one.id and usable(one.id)])
        self._by_hash: dict[str, Article] = {}
        self._sizes: dict[str, int] = {}
        self._know_texts()
        self.known = {one.id for one in self._by_hash.values()}
        self._versions = Versions(unit, names, records, list(self._by_hash.values()))

    def _know_texts(self) -> None:
        hashes = set()
        for record in self._records:
            if record.text is None:
                hashes.add(record.text_sha256)
            else:
                hashes.add(text_hash(record.text))
                hashes.add(text_hash(clean_text(record.text)))
        for article in self._unit.find(Article, text_sha256=hashes):
            self._by_hash.setdefault(article.text_sha256, article)

    def take(self, record: Record) -> tuple[Article, Record]:
        """The record's article, and the record with the text that its offsets count in."""
        if record.text is None:
            return self._without_text(record)
        sha256 = text_hash(record.text)
        found = self._by_hash.get(sha256)
        cleaned = clean_text(record.text)
        if found is None and cleaned != record.text:
            found = self._by_hash.get(text_hash(cleaned))
            if found is not None:
                record = _with_clean_text(record, cleaned)
        if found is not None:
            return self._joined(found, record), record
        earlier = self._versions.earlier(record, self._outlet(record), self._story(record))
        article = self._make(record) if earlier is None else self._follow(earlier, record, sha256)
        self._by_hash[sha256] = article
        return article, record

    def _outlet(self, record: Record) -> str:
        return self._wish.outlet or record.outlet

    def _story(self, record: Record) -> str:
        return self._wish.story or record.story or "Untitled story"

    def _joined(self, found: Article, record: Record) -> Article:
        self._wish.tally.joined += 1
        if record.attributions and self._versions.is_superseded(found):
            self._wish.tally.losses.add(
                "marks on an older version of an article; they were added to that one", found.id
            )
        return self._filled_in(found, record)

    def _without_text(self, record: Record) -> tuple[Article, Record]:
        found = self._by_hash.get(record.text_sha256)
        if found is None and record.id:
            found = self._unit.get(Article, record.id)
            if found is not None and record.text_sha256 and found.text_sha256 != record.text_sha256:
                return self._anchored(record, self._versions.newest(found))
        if found is None:
            raise BadInput(
                f"{record.where}: the line has no text and its article is not in this project; import the article first."
            )
        self._wish.tally.joined += 1
        return found, self._with_text(record, found)

    def _with_text(self, record: Record, article: Article) -> Record:
        return (
            record
            if record.attributions is None
            else replace(record, text=self._unit.text(article.text_sha256))
        )

    def _anchored(self, record: Record, article: Article) -> tuple[Article, Record]:
        """The record's marks, made on another text than the article's, where the words that they quote stand in it."""
        text = self._unit.text(article.text_sha256)
        anchoring = Anchoring(record.glimpses, text)
        kept: list[AttributionRecord] = []
        lost: list[WithoutPlace] = []
        for one in record.attributions or ():
            found = moved(one, anchoring)
            lost += without_place(article.id, record.glimpses, one, found)
            if found.mark is not None:
                kept.append(found.mark)
        if not kept:
            raise BadInput(
                f"{record.where}: the article {record.id!r} has another text here than the one these marks were made on."
            )
        report_lost(lost, self._wish.tally.losses)
        self._wish.tally.without_place += lost
        self._wish.tally.joined += 1
        comments = tuple(replace(one, place=anchoring.fragments(one.place).parts) for one in record.comments)
        return article, replace(record, text=text, attributions=tuple(kept), comments=comments, zones=())

    def _make(self, record: Record) -> Article:
        text = record.text or ""
        article = Article(
            id=self._free_id(record),
            story_id=self._names.story(self._story(record), self._unit.now),
            outlet_id=self._names.outlet(self._outlet(record)),
            text_sha256=self._unit.keep_text(text),
            length=len(text),
            zones=tuple(sorted(record.zones, key=lambda zone: zone.span)),
            assumed=record.assumed,
            file_name=record.file_name,
            imported=self._unit.now,
            extra=record.extra,
            **{name: getattr(record, name) for name in _SAID},
        )
        article = replace(article, position=self._position(article.story_id))
        self._unit.add(article)
        self.known.add(article.id)
        self._wish.tally.articles += 1
        return article

    def _free_id(self, record: Record) -> str:
        if record.id and usable(record.id) and record.id not in self._ids:
            self._ids.add(record.id)
            return record.id
        made = new_id()
        if record.id and not record.file_name:
            self._wish.tally.losses.add(f"article {NOT_FREE}", made)
        return made

    def _position(self, story_id: str) -> int:
        if story_id not in self._sizes:
            self._sizes[story_id] = len(self._unit.find(Article, story_id=story_id))
        self._sizes[story_id] += 1
        return self._sizes[story_id] - 1

    def _follow(self, earlier: Article, record: Record, sha256: str) -> Article:
        """The next version of an article, with all its marks on the new text; the earlier one stays as it is."""
        text = record.text or ""
        tally = self._wish.tally
        said = {name: getattr(record, name) or getattr(earlier, name) for name in _SAID}
        story_id = (
            self._names.story(self._wish.story, self._unit.now) if self._wish.story else earlier.story_id
        )
        article = replace(
            earlier,
            id=new_id(),
            story_id=story_id,
            outlet_id=self._names.outlet(self._outlet(record)) or earlier.outlet_id,
            text_sha256=self._unit.keep_text(text),
            length=len(text),
            assumed=record.assumed,
            file_name=record.file_name or earlier.file_name,
            previous=earlier.id,
            imported=self._unit.now,
            position=earlier.position if story_id == earlier.story_id else self._position(story_id),
            version=1,
            **said,
        )
        coming = self._coming.get(sha256, {})
        done = Carrying(self._unit, self._names, tally.losses, coming).carry(earlier, article, text)
        self._marks.follow(done.come_themselves)
        extra = {**earlier.extra, **record.extra}
        extra.pop("without_place", None)
        if record.id and not of_file(record):
            extra["incoming_id"] = record.id
        if done.lost:
            extra["without_place"] = [
                {"id": one.mark, "role": one.role, "quote": one.quote, "copied": one.copied}
                for one in done.lost
            ]
        zones = tuple(sorted(record.zones, key=lambda zone: zone.span)) or done.zones
        article = replace(article, zones=zones, extra=extra)
        for noun in (article, *done.nouns):
            self._unit.add(noun)
        tally.versions += 1
        tally.sets += done.sets
        tally.carried += done.marks
        tally.without_place += done.lost
        return article

    @cached_property
    def _coming(self) -> dict[str, dict[str, set[str]]]:
        """The ids of the marks that come, by their text's hash and by annotator."""
        found: dict[str, dict[str, set[str]]] = {}
        for record in self._records:
            if record.text is not None and record.attributions:
                hand = self._names.hand(self._wish.annotator or record.annotator, self._unit.now)
                of_text = found.setdefault(text_hash(record.text), {})
                of_text.setdefault(hand, set()).update(one.id for one in record.attributions if one.id)
        return found

    def _filled_in(self, article: Article, record: Record) -> Article:
        outlet = article.outlet_id or self._names.outlet(self._outlet(record))
        after = replace(
            article,
            outlet_id=outlet,
            zones=article.zones or tuple(sorted(record.zones, key=lambda zone: zone.span)),
            extra={**record.extra, **article.extra},
            **{name: getattr(article, name) or getattr(record, name) for name in _SAID},
        )
        if after != article:
            self._unit.put(after)
            self._by_hash[after.text_sha256] = after
        return after


def _with_clean_text(record: Record, cleaned: str) -> Record:
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

    marks = (
        None
        if record.attributions is None
        else tuple(with_all_places(one, move) for one in record.attributions)
    )
    zones = tuple(replace(zone, span=move((zone.span,))[0]) for zone in record.zones if move((zone.span,)))
    return replace(record, text=cleaned, attributions=marks, zones=zones)
