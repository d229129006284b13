"""Names that come in: each is found in the project, or made once."""

from __future__ import annotations

from annotator.core.annotators import GOLD, PERSON, Annotator
from annotator.core.claims import Claim
from annotator.core.ids import new_id, usable
from annotator.core.outlets import Outlet
from annotator.core.sources import TYPE_OF_KIND, Source
from annotator.core.stories import Story
from annotator.core.storing import Unit


class Names:
    """The ids behind names of stories, outlets, sources, claims and annotators, during one import."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._stories = {one.name: one.id for one in unit.find(Story)}
        self._outlets = {one.name: one.id for one in unit.find(Outlet)}
        self._sources = {one.name: one.id for one in unit.find(Source)}
        self._source_ids = set(self._sources.values())
        self._annotators = {one.name: one.id for one in unit.find(Annotator)}
        self._claims: dict[str, dict[str, str]] = {}

    def known_story(self, name: str) -> str | None:
        """The id of the story of this name, if there is one."""
        return self._stories.get(name)

    def known_outlet(self, name: str | None) -> str | None:
        """The id of the outlet of this name, if there is one."""
        return self._outlets.get(name or "")

    def story(self, name: str, now: str) -> str:
        """The id of the story of this name."""
        if name not in self._stories:
            made = Story(id=new_id(), name=name, position=len(self._stories), created=now)
            self._unit.add(made)
            self._stories[name] = made.id
        return self._stories[name]

    def outlet(self, name: str | None) -> str | None:
        """The id of the outlet of this name; None for no name."""
        if not name:
            return None
        if name not in self._outlets:
            made = Outlet(id=new_id(), name=name)
            self._unit.add(made)
            self._outlets[name] = made.id
        return self._outlets[name]

    def annotator(self, name: str, role: str, now: str) -> str:
        """The id of the annotator of this name."""
        if name not in self._annotators:
            made = Annotator(id=new_id(), name=name, role=role, created=now)
            self._unit.add(made)
            self._annotators[name] = made.id
        return self._annotators[name]

    def hand(self, name: str | None, now: str) -> str:
        """The id of the annotator whose marks come in under this name."""
        name = name or "unknown"
        return self.annotator(name, GOLD if name.casefold() == "gold" else PERSON, now)

    def source(self, name: str | None, wanted_id: str | None, kind: str | None) -> str | None:
        """The id of the source of this name; a new one takes the wanted id if it is free, and its type from the kind.

        Without a name, the wanted id counts if a source has it.
        """
        if not name:
            return wanted_id if wanted_id in self._source_ids else None
        if name not in self._sources:
            free = wanted_id is not None and usable(wanted_id) and wanted_id not in self._source_ids
            made = Source(
                id=wanted_id if free and wanted_id else new_id(),
                name=name,
                type=TYPE_OF_KIND.get(kind or "", ""),
                anonymous=kind == "anonymous_source",
            )
            self._unit.add(made)
            self._sources[name] = made.id
            self._source_ids.add(made.id)
        return self._sources[name]

    def claim(self, story_id: str, name: str) -> str:
        """The id of a story's claim of this name."""
        if story_id not in self._claims:
            self._claims[story_id] = {one.name: one.id for one in self._unit.find(Claim, story_id=story_id)}
        known = self._claims[story_id]
        if name not in known:
            made = Claim(id=new_id(), story_id=story_id, name=name, position=len(known))
            self._unit.add(made)
            known[name] = made.id
        return known[name]
