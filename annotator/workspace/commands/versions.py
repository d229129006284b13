"""Corrected articles: of which article here an incoming text is a new version, if of any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.core.alignment import share_kept
from annotator.core.articles import Article
from annotator.core.ids import usable
from annotator.core.records import Record
from annotator.core.storing import Unit
from annotator.workspace.commands.importing_names import Names

HALF = 0.5
"""Which share of an article's words a new version keeps at least."""


@dataclass(frozen=True, slots=True)
class WithoutPlace:
    """Words of an earlier version that have no place in the new one: where they stood, and in which role.

    copied says that the rest of the mark stands in the new version.
    """

    article: str
    mark: str
    role: str
    quote: str
    start: int
    end: int
    copied: bool


class Versions:
    """The articles that were here before an import, and which of them incoming records correct.

    A text that is not here is a new version of an article that is here when both have the same id (one that does not
    come from a file's name) and no two different outlets, or the same web address, or files of one article each with
    the same name, outlet and story; and when at least half of the old text's words stand in the new one, in rows of six
    or more. It follows the newest version, and an article gets no more than one in an import. here are the articles
    that incoming records join.
    """

    def __init__(self, unit: Unit, names: Names, records: Sequence[Record], here: Sequence[Article]) -> None:
        self._unit = unit
        self._names = names
        whole = [record for record in records if record.text is not None]
        self._by_id = {one.id: one for one in self._find(id={r.id for r in whole if r.id and usable(r.id)})}
        self._by_url = _grouped(self._find(url={r.url for r in whole if r.url}), "url")
        self._by_file = _grouped(
            self._find(file_name={r.file_name for r in whole if of_file(r)}), "file_name"
        )
        self._newer = self._chains({one.id for one in here})
        self._followed: set[str] = set()

    def _find(self, **where: set[str]) -> list[Article]:
        (values,) = where.values()
        return self._unit.find(Article, **where) if values else []

    def _chains(self, asked: set[str]) -> dict[str, Article]:
        """The articles that follow these and those found, by the id of the one that each follows."""
        newer: dict[str, Article] = {}
        asked.update(one.id for one in self._by_id.values())
        for same in (self._by_url, self._by_file):
            asked.update(one.id for found in same.values() for one in found)
        while asked:
            later = self._unit.find(Article, previous=asked)
            newer.update({one.previous: one for one in later if one.previous})
            asked = {one.id for one in later}
        return newer

    def newest(self, article: Article) -> Article:
        """The last version of an article that was here before the import."""
        while article.id in self._newer:
            article = self._newer[article.id]
        return article

    def is_superseded(self, article: Article) -> bool:
        """Whether a newer version of an article that was here is here too, or came with this import."""
        return article.id in self._followed or article.id in self._newer

    def earlier(self, record: Record, outlet: str, story: str) -> Article | None:
        """The article of which a record brings a new version; outlet and story are the names that hold for it."""
        text = record.text or ""
        for candidates in self._candidates(record, outlet, story):
            known = {one.id: one for one in map(self.newest, candidates) if one.id not in self._followed}
            shares = {key: share_kept(self._unit.text(one.text_sha256), text) for key, one in known.items()}
            best = max(shares, key=lambda key: shares[key], default=None)
            if best is not None and shares[best] >= HALF:
                self._followed.add(best)
                return known[best]
        return None

    def _candidates(self, record: Record, outlet: str, story: str) -> list[list[Article]]:
        by_id = self._by_id.get(record.id) if record.id and not of_file(record) else None
        outlet_id = self._names.known_outlet(outlet)
        same_id = [by_id] if by_id is not None and not self._differ(by_id, outlet, outlet_id) else []
        same_file = [
            one
            for one in self._by_file.get(record.file_name, ())
            if of_file(record)
            and one.outlet_id == outlet_id
            and bool(one.outlet_id) == bool(outlet)
            and one.story_id == self._names.known_story(story)
        ]
        return [same_id, self._by_url.get(record.url, []), same_file]

    @staticmethod
    def _differ(article: Article, outlet: str, outlet_id: str | None) -> bool:
        return bool(article.outlet_id and outlet and article.outlet_id != outlet_id)


def _grouped(articles: Sequence[Article], name: str) -> dict[str, list[Article]]:
    found: dict[str, list[Article]] = {}
    for one in articles:
        found.setdefault(getattr(one, name), []).append(one)
    return found


def of_file(record: Record) -> bool:
    """Whether a record's id is no more than its file's name: then the file holds one article, and others may be called so."""
    return bool(record.id and record.file_name.startswith(record.id))
