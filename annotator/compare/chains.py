"""Who cites whom: the chain of each attribution, from the publishing outlet down to the first voice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from annotator.compare.telling import Names, OutletNames, Telling
from annotator.core.attributions import Attribution
from annotator.core.mentions import normal, said_by

CITING = "outlet_citing_outlet"
OUTLET, SOURCE, NOBODY = "outlet", "source", "nobody"
"""What a link of a chain is: an outlet, somebody who speaks, or words behind which nobody can be found."""

_GENERIC = re.compile(
    r"\b(?:unnamed|unspecified|unknown|several|some|other|foreign|local|international|western|news|media|press|mass"
    r"|reports?|outlets?|publications?|newspapers?|journalists?|sources?|the|a|an)\b"
)
_HEAD_OF_NOBODY = re.compile(r"\b(?:media|press|reports?|outlets?|journalists?|publications?|newspapers?)\b")


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain: a name, what it is, and the mark that credits it (None: told by another's via alone)."""

    name: str
    what: str
    mark: str | None = None
    source_id: str | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """A mark's chain. publisher is the outlet that printed it; links lead from there to the first voice.

    relays are the outlets through which the words came, the nearest to the publisher first; a cited outlet relays its own words.
    own_name says that the publisher names itself on the way, which makes no further link. cycle says that the marks' parents
    lead in a circle, so that the chain was cut.
    """

    mark: str
    publisher: str
    links: tuple[Link, ...]
    relays: tuple[str, ...] = ()
    own_name: bool = False
    cycle: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the publisher first: UNN, Reuters, two people."""
        return (self.publisher, *(link.name for link in self.links))

    @property
    def voice(self) -> Link | None:
        """Whoever is credited last: the first voice; None when nobody is."""
        return self.links[-1] if self.links else None

    @property
    def is_dead_end(self) -> bool:
        """Whether nobody stands at its end who could be asked: no source, "reports", "media"."""
        return self.links[-1].what == NOBODY if self.links else not self.own_name

    @property
    def words(self) -> str:
        """The chain in words, the first voice first, then those who passed it on: two people ← Reuters."""
        if not self.links and self.own_name:
            return self.publisher
        return " ← ".join(link.name for link in reversed(self.links)) or "no source"


def names_nobody(name: str) -> bool:
    """Whether a name says only that somebody published: media, reports, an unnamed journalist."""
    plain = normal(name)
    return bool(_HEAD_OF_NOBODY.search(plain)) and not _GENERIC.sub("", plain).strip()


class Chains:
    """Finds the chains of one article's marks."""

    def __init__(self, telling: Telling, names: Names, outlets: OutletNames) -> None:
        self._telling, self._names, self._outlets = telling, names, outlets
        self._marks: Mapping[str, Attribution] = {mark.id: mark for mark in telling.marks}
        self._publisher = outlets.one(telling.outlet) if telling.outlet else ""

    def of(self, mark: Attribution) -> Chain:
        """The chain of one mark: its ancestors' sources and vias, the outermost first, then its own."""
        line, cycle = self._line(mark)
        links: list[Link] = []
        own_name = False
        for one in line:
            for link in self._links(one):
                if link.what == OUTLET and self._is_publisher(link.name):
                    own_name = True
                elif link.name not in [known.name for known in links]:
                    links.append(link)
        relays = tuple(link.name for link in links if link.what == OUTLET)
        own_name = own_name or mark.self_citation
        return Chain(mark.id, self._telling.name, tuple(links), relays, own_name, cycle)

    def via(self, mark: Attribution) -> str:
        """The outlet through which a mark came: its own, or that of the earlier attribution of the same source it points to."""
        seen: set[str] = set()
        at: Attribution | None = mark
        while at is not None and at.id not in seen:
            seen.add(at.id)
            if at.via_id:
                return self._outlets.one(self._names.outlet(at.via_id))
            earlier = self._marks.get(at.antecedent) if at.antecedent else None
            if earlier is not None and at.source_id and earlier.source_id not in (None, at.source_id):
                return ""
            at = earlier
        return ""

    def antecedent(self, mark: Attribution) -> Attribution | None:
        """The earlier mark that a mark points to."""
        return self._marks.get(mark.antecedent) if mark.antecedent else None

    def parents(self, mark: Attribution) -> list[Attribution]:
        """The marks around a mark, the nearest first."""
        return self._line(mark)[0][-2::-1]

    def _line(self, mark: Attribution) -> tuple[list[Attribution], bool]:
        line, seen = [mark], {mark.id}
        parent = mark.parent
        while parent is not None and parent in self._marks:
            if parent in seen:
                return line[::-1], True
            seen.add(parent)
            line.append(self._marks[parent])
            parent = self._marks[parent].parent
        return line[::-1], False

    def _is_publisher(self, name: str) -> bool:
        return bool(self._publisher) and self._outlets.one(name) == self._publisher

    def _links(self, mark: Attribution) -> list[Link]:
        found: list[Link] = []
        via = self.via(mark)
        if via:
            found.append(Link(via, NOBODY if names_nobody(via) else OUTLET))
        name = self._voice(mark)
        if not name:
            return found
        source = self._names.source(mark)
        if mark.kind == CITING or (source is not None and source.type == OUTLET):
            one = self._publisher if mark.self_citation and self._publisher else self._outlets.one(name)
            what = NOBODY if names_nobody(name) else OUTLET
        else:
            one, what = name, NOBODY if names_nobody(name) else SOURCE
        if via != one:
            found.append(Link(one, what, mark.id, mark.source_id))
        return found

    def _voice(self, mark: Attribution) -> str:
        """The name of a mark's source; the words that stand for it, when nobody has linked it."""
        seen: set[str] = set()
        at: Attribution | None = mark
        while at is not None and at.id not in seen:
            seen.add(at.id)
            source = self._names.source(at)
            name = source.name if source is not None else said_by(at, self._telling.text)
            if name:
                return name
            at = self.antecedent(at)
        return ""
