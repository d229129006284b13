"""Deeds on zones: say what whole lines of an article are."""

from __future__ import annotations

from dataclasses import dataclass, replace

from annotator.core.articles import ZONES, Article, Zone
from annotator.core.errors import BrokenLaw
from annotator.core.spans import Span
from annotator.workspace.commands.base import Work


@dataclass(frozen=True, slots=True)
class MarkLines:
    """Say what the lines that a place touches are (a zone), or that nothing is known of them (None)."""

    article_id: str
    place: Span
    zone: str | None

    @property
    def label(self) -> str:
        return f"Mark as {self.zone}" if self.zone else "Clear zone"

    def act(self, work: Work) -> None:
        if self.zone is not None and self.zone not in ZONES:
            raise BrokenLaw(f"A zone is one of {', '.join(ZONES)}, not {self.zone!r}.")
        article = work.unit.need(Article, self.article_id)
        text = work.unit.text(article.text_sha256)
        lines = whole_lines(text, self.place)
        if lines is None:
            raise BrokenLaw("There are no words in these lines.")
        zones = [piece for zone in article.zones for piece in without(zone, lines)]
        if self.zone is not None:
            zones.append(Zone(self.zone, lines))
        work.unit.put(replace(article, zones=tuple(sorted(zones, key=lambda one: one.span))))


def whole_lines(text: str, place: Span) -> Span | None:
    """The lines that a place touches, without white space at their ends; None when they hold nothing else."""
    start = text.rfind("\n", 0, place.start) + 1
    end = text.find("\n", max(place.start, place.end - 1))
    end = len(text) if end < 0 else end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def without(zone: Zone, lines: Span) -> list[Zone]:
    """What is left of a zone when lines are taken out of it."""
    left = []
    if zone.span.start < lines.start:
        left.append(Zone(zone.zone, Span(zone.span.start, min(zone.span.end, lines.start))))
    if zone.span.end > lines.end:
        left.append(Zone(zone.zone, Span(max(zone.span.start, lines.end), zone.span.end)))
    return left
