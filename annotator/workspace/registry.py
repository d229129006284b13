"""The names behind ids: outlets, sources, claims, annotators; read once, then kept true by the news."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar, cast

from annotator.core.annotators import Annotator
from annotator.core.attributions import Attribution
from annotator.core.changes import ChangeSet, Noun
from annotator.core.claims import Claim
from annotator.core.mentions import SourcesByName
from annotator.core.outlets import Outlet
from annotator.core.sources import Source
from annotator.core.storing import Reading

N = TypeVar("N", Outlet, Source, Claim, Annotator)
_KEPT: tuple[type[Noun], ...] = (Outlet, Source, Claim, Annotator)


class Registry:
    """All outlets, sources, claims and annotators of a project, by id."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._known: dict[type[Noun], dict[str, Noun]] = {}
        self._called: SourcesByName | None = None
        self._by_name: dict[type[Noun], list[Noun]] = {}

    def _all(self, cls: type[N]) -> dict[str, N]:
        if cls not in self._known:
            self._known[cls] = {noun.id: noun for noun in self._reading.find(cls)}
        return cast("dict[str, N]", self._known[cls])

    def get(self, cls: type[N], noun_id: str | None) -> N | None:
        """The noun with this id, or None."""
        return self._all(cls).get(noun_id) if noun_id else None

    def name(self, cls: type[N], noun_id: str | None) -> str:
        """The name of the noun with this id; empty when there is none."""
        found = self.get(cls, noun_id)
        return found.name if found else ""

    def source_name(self, mark: Attribution) -> str:
        """The name of the source that a mark is credited to; empty when it is not linked."""
        return self.name(Source, mark.source_id)

    def via_name(self, mark: Attribution) -> str:
        """The name of the outlet through which a mark came; empty when there is none."""
        return self.name(Outlet, mark.via_id)

    def sources_called(self, said: str) -> list[Source]:
        """The sources whose name or alias these words are, whatever case and article."""
        if self._called is None:
            self._called = SourcesByName(self._all(Source).values())
        return self._called.called(said)

    def every(self, cls: type[N]) -> list[N]:
        """All nouns of a class, by name."""
        if cls not in self._by_name:
            named = sorted(self._all(cls).values(), key=lambda noun: noun.name.casefold())
            self._by_name[cls] = cast("list[Noun]", named)
        return cast("list[N]", list(self._by_name[cls]))

    def claims_of(self, story_id: str) -> list[Claim]:
        """The claims of one story, by name."""
        return [claim for claim in self.every(Claim) if claim.story_id == story_id]

    def names(self, cls: type[N], ids: Iterable[str]) -> tuple[str, ...]:
        """The names behind several ids, in their order."""
        return tuple(self.name(cls, one) for one in ids)

    def hear(self, news: ChangeSet) -> None:
        """Take over what a change set says."""
        for change in news.changes:
            cls = type(change.thing)
            if cls not in _KEPT or cls not in self._known:
                continue
            self._by_name.pop(cls, None)
            if cls is Source:
                self._called = None
            if change.after is None:
                self._known[cls].pop(change.thing.id, None)
            else:
                self._known[cls][change.thing.id] = change.after
