"""Deeds on sources: link mentions, edit, merge, split, remove."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from annotator.core.attributions import Attribution
from annotator.core.errors import BrokenLaw
from annotator.core.ids import new_id
from annotator.core.mentions import anaphor, said_by, worth_learning
from annotator.core.sources import TYPE_OF_KIND, TYPES, Source
from annotator.workspace.commands.base import Work
from annotator.workspace.commands.shaping import inherit, noted

EDITABLE = frozenset(one.name for one in fields(Source)) - {"id", "version"}


@dataclass(frozen=True, slots=True)
class LinkSource:
    """Credit an attribution to a source that the project knows; the mention's words become an alias if they name.

    With an antecedent, via and medium are inherited from it where the words point back to it or its source is
    anonymous.
    """

    attribution_id: str
    source_id: str
    antecedent: str | None = None

    @property
    def label(self) -> str:
        return "Link source"

    def act(self, work: Work) -> None:
        unit = work.unit
        before = unit.need(Attribution, self.attribution_id)
        source = unit.need(Source, self.source_id)
        own = work.own_set(before)
        work.begin(own)
        said = said_by(before, work.text_of(own))
        after = linked(work, replace(before, antecedent=None), source, said, self.antecedent)
        unit.put(replace(noted(before, after), updated=unit.now))
        if said and worth_learning(said, source):
            unit.put(replace(source, aliases=(*source.aliases, said)))


def linked(work: Work, mark: Attribution, source: Source, said: str, antecedent: str | None) -> Attribution:
    """The mark credited to a source; via and medium come with it from the antecedent where that is warranted."""
    after = replace(mark, source_id=source.id)
    if antecedent is None or not (source.anonymous or anaphor(said) is not None):
        return after
    model = work.unit.need(Attribution, antecedent)
    if model.set_id != mark.set_id or model.id == mark.id:
        return after
    return replace(inherit(after, model), kind=mark.kind, source_id=source.id)


@dataclass(frozen=True, slots=True)
class NewSource:
    """Make a source of the words of an attribution's mention (or of a name given), and link it."""

    attribution_id: str
    name: str = ""

    @property
    def label(self) -> str:
        return "New source"

    def act(self, work: Work) -> None:
        unit = work.unit
        before = unit.need(Attribution, self.attribution_id)
        own = work.own_set(before)
        work.begin(own)
        said = " ".join(said_by(before, work.text_of(own)).split())
        name = self.name.strip() or said
        if not name:
            raise BrokenLaw("This attribution has no words for its source; type the name of the source.")
        kind = before.kind or ""
        source = Source(
            id=new_id(),
            name=_free_name(work, name),
            type=TYPE_OF_KIND.get(kind, ""),
            anonymous=kind == "anonymous_source",
            aliases=(said,) if said and said != name and anaphor(said) is None else (),
        )
        unit.add(source)
        unit.put(replace(noted(before, replace(before, source_id=source.id)), updated=unit.now))


def _free_name(work: Work, name: str) -> str:
    """The name, with a number where another source has it already."""
    taken, at = name, 2
    while work.unit.find(Source, name=taken):
        taken, at = f"{name} ({at})", at + 1
    return taken


@dataclass(frozen=True, slots=True)
class EditSource:
    """Correct what is known of a source."""

    source_id: str
    values: Mapping[str, Any]

    @property
    def label(self) -> str:
        return "Edit source"

    def act(self, work: Work) -> None:
        source = work.unit.need(Source, self.source_id)
        unknown = set(self.values) - EDITABLE
        if unknown:
            raise BrokenLaw(f"A source has no field {', '.join(sorted(unknown))} that can be edited.")
        after = replace(source, **self.values)
        if not after.name.strip():
            raise BrokenLaw("A source needs a name.")
        if after.type not in TYPES:
            raise BrokenLaw(
                f"A source is one of {', '.join(one for one in TYPES if one)}, not {after.type!r}."
            )
        for other_id, certainty in after.perhaps_same:
            if not 0 <= certainty <= 1 or other_id == source.id:
                raise BrokenLaw("A certainty lies between 0 and 1, and a source is not perhaps itself.")
        if after.name != source.name and work.unit.find(Source, name=after.name):
            raise BrokenLaw(f"There is a source called {after.name!r} already; merge the two instead.")
        work.unit.put(after)


@dataclass(frozen=True, slots=True)
class MergeSources:
    """Make one of several sources: the first keeps its name and takes the others' names, aliases and mentions."""

    kept: str
    merged: tuple[str, ...]

    @property
    def label(self) -> str:
        return "Merge sources"

    def act(self, work: Work) -> None:
        unit = work.unit
        source = unit.need(Source, self.kept)
        others = [unit.need(Source, one) for one in self.merged if one != self.kept]
        if not others:
            raise BrokenLaw("Choose two or more sources to merge.")
        names = [name for one in others for name in (one.name, *one.aliases)]
        aliases = tuple(dict.fromkeys(name for name in (*source.aliases, *names) if name != source.name))
        gone = {one.id for one in others}
        filled = {
            name: getattr(source, name)
            or next((value for one in others if (value := getattr(one, name))), getattr(source, name))
            for name in (
                "type",
                "office",
                "organisation",
                "nationality",
                "description",
                "grounds",
                "outlet_told",
                "wikidata",
            )
        }
        same = _surest(
            pair
            for one in (source, *others)
            for pair in one.perhaps_same
            if pair[0] not in gone | {source.id}
        )
        note = "\n".join(part for part in (source.note, *(one.note for one in others)) if part)
        unit.put(replace(source, aliases=aliases, perhaps_same=same, note=note, **filled))
        for mark in unit.find(Attribution, source_id=sorted(gone)):
            unit.put(replace(mark, source_id=source.id, updated=unit.now))
        for other in unit.find(Source):
            if other.id not in gone and any(pair[0] in gone for pair in other.perhaps_same):
                moved = _surest((source.id if one in gone else one, sure) for one, sure in other.perhaps_same)
                unit.put(replace(other, perhaps_same=moved))
        for one in others:
            unit.remove(one)


def _surest(pairs: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """The pairs, each source once, with the greatest certainty that was given for it."""
    found: dict[str, float] = {}
    for source_id, sure in pairs:
        found[source_id] = max(sure, found.get(source_id, 0.0))
    return tuple(found.items())


@dataclass(frozen=True, slots=True)
class RemoveSource:
    """Take away a source that nothing is credited to."""

    source_id: str

    @property
    def label(self) -> str:
        return "Remove source"

    def act(self, work: Work) -> None:
        unit = work.unit
        source = unit.need(Source, self.source_id)
        if unit.find(Attribution, source_id=source.id):
            raise BrokenLaw(
                f"Attributions are credited to {source.name}; merge it with another source instead."
            )
        for other in unit.find(Source):
            left = tuple(pair for pair in other.perhaps_same if pair[0] != source.id)
            if left != other.perhaps_same:
                unit.put(replace(other, perhaps_same=left))
        unit.remove(source)


@dataclass(frozen=True, slots=True)
class SplitSource:
    """Make a source of its own out of some mentions of another."""

    source_id: str
    attribution_ids: tuple[str, ...]
    name: str

    @property
    def label(self) -> str:
        return "Split source"

    def act(self, work: Work) -> None:
        unit = work.unit
        source = unit.need(Source, self.source_id)
        name = self.name.strip()
        if not self.attribution_ids:
            raise BrokenLaw("Choose the mentions that mean another source.")
        if not name or unit.find(Source, name=name):
            raise BrokenLaw("The new source needs a name that no other source has.")
        made = replace(
            source, id=new_id(), name=name, aliases=tuple(a for a in source.aliases if a == name), version=1
        )
        unit.add(made)
        if name in source.aliases:
            unit.put(replace(source, aliases=tuple(alias for alias in source.aliases if alias != name)))
        for attribution_id in self.attribution_ids:
            mark = unit.need(Attribution, attribution_id)
            if mark.source_id != source.id:
                raise BrokenLaw("One of the mentions is credited to another source by now.")
            unit.put(replace(mark, source_id=made.id, updated=unit.now))
