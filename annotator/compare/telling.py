"""Telling: one outlet's article with its marks, as comparisons see it; Names behind the ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from annotator.core.articles import Zone
from annotator.core.attributions import UNATTRIBUTED, Attribution
from annotator.core.claims import Claim
from annotator.core.mentions import normal
from annotator.core.outlets import Outlet
from annotator.core.sources import Source

REPEATING = ("headline",)
"""Zones whose marks repeat the text below: they count only for a claim that the text does not carry."""

APART = ("link", "boilerplate")
"""Zones that belong to the page, not to the article: their marks are never counted."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One article of a story: its id, outlet and text, and the marks of one annotator who stands by them.

    published is ISO 8601, a day or a moment, or nothing; outlet is a name, or nothing where it is not known. looked says
    that the annotator has begun this article: only then does a missing mark mean anything.
    """

    article: str
    outlet: str
    text: str
    marks: tuple[Attribution, ...] = ()
    published: str = ""
    title: str = ""
    zones: tuple[Zone, ...] = ()
    looked: bool = True

    @property
    def name(self) -> str:
        """What the article's column is called: its outlet, or, where that is not known, its title or id."""
        return self.outlet or self.title or self.article

    def zone_at(self, position: int) -> str:
        """The zone of a position in the text: the smallest one around it, else "body"."""
        around = [zone for zone in self.zones if zone.span.start <= position < zone.span.end]
        return min(around, key=lambda zone: len(zone.span)).zone if around else "body"


@dataclass(frozen=True, slots=True)
class Names:
    """The sources, outlets and claims behind the ids in marks."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    outlets: Mapping[str, Outlet] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()

    def source(self, mark: Attribution) -> Source | None:
        """The source that a mark is linked to."""
        return self.sources.get(mark.source_id) if mark.source_id else None

    def outlet(self, outlet_id: str | None) -> str:
        """An outlet's name; empty when there is none."""
        found = self.outlets.get(outlet_id) if outlet_id else None
        return found.name if found else ""


class OutletNames:
    """Tells whether two names mean one outlet: an outlet is stored as a publisher and as a source, under its aliases."""

    def __init__(self, tellings: Iterable[Telling], names: Names) -> None:
        self._called: dict[str, str] = {}
        for outlet in names.outlets.values():
            for name in (outlet.name, *outlet.aliases):
                self._called.setdefault(normal(name), outlet.name)
        for telling in tellings:
            self._called.setdefault(normal(telling.outlet), telling.outlet)
        for source in names.sources.values():
            if source.type == "outlet":
                known = (self._called.get(normal(name)) for name in (source.name, *source.aliases))
                own = next((name for name in known if name), source.name)
                for name in (source.name, *source.aliases):
                    self._called.setdefault(normal(name), own)

    def one(self, name: str) -> str:
        """The one name of an outlet that is called this; the name itself when no outlet is known by it."""
        return self._called.get(normal(name), name)


def zone_of(telling: Telling, mark: Attribution) -> str:
    """The zone in which a mark begins."""
    around = mark.extent()
    return telling.zone_at(around.start) if around is not None else "body"


def counted(telling: Telling) -> tuple[Attribution, ...]:
    """The marks that count for the outlet: none of link lines and boilerplate, and a headline's only for claims of its own."""
    zones = {mark.id: zone_of(telling, mark) for mark in telling.marks}
    carried = {
        claim for mark in telling.marks if zones[mark.id] not in (*REPEATING, *APART) for claim in mark.claims
    }
    kept: list[Attribution] = []
    for mark in telling.marks:
        if zones[mark.id] in APART:
            continue
        if zones[mark.id] in REPEATING:
            if not mark.claims or set(mark.claims) <= carried:
                continue
            carried |= set(mark.claims)
        kept.append(mark)
    return tuple(kept)


def is_unattributed(mark: Attribution) -> bool:
    """Whether a mark stands for the outlet's own voice."""
    return mark.kind == UNATTRIBUTED


def first_published(tellings: Iterable[Telling]) -> str | None:
    """The article that was published before all others that have a date; None where fewer than two have one, or two are level."""
    dated = sorted((telling for telling in tellings if telling.published), key=lambda one: one.published)
    if len(dated) < 2:
        return None
    one, other = dated[0].published, dated[1].published
    length = min(len(one), len(other))
    return None if one[:length] == other[:length] else dated[0].article
