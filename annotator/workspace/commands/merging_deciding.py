"""The deed that decides conflicts: one version of each thing stands, the others are let go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from annotator.core.attributions import Attribution
from annotator.core.changes import NAME_OF, NOUNS, Noun
from annotator.core.comments import Comment
from annotator.core.conflicts import Conflict
from annotator.core.errors import BrokenLaw
from annotator.core.ids import new_id
from annotator.core.learned import Learned
from annotator.core.plain import to_plain
from annotator.core.scheme import StoredScheme
from annotator.core.storing import Unit
from annotator.workspace.commands.base import Work
from annotator.workspace.commands.comments import remove_comments
from annotator.workspace.merging_links import ABOVE, called, links, pointing, unlinked
from annotator.workspace.merging_past import Key, Known, learned_body
from annotator.workspace.merging_versions import version_from_plain

N = TypeVar("N", bound=Noun)
STANDING = -1
"""The choice of what stands in the project now."""


@dataclass(frozen=True, slots=True)
class DecideConflicts:
    """Keep one version of each of some things: what stands now, or one of those beside it, by its place among them."""

    choices: tuple[tuple[str, int], ...]

    @property
    def label(self) -> str:
        return "Decide conflict" if len(self.choices) == 1 else f"Decide {len(self.choices)} conflicts"

    def act(self, work: Work) -> None:
        unit = work.unit
        known: dict[Key, Known] = {}
        for conflict_id, choice in self.choices:
            conflict = unit.need(Conflict, conflict_id)
            key = (conflict.noun, conflict.noun_id)
            others = [version_from_plain(conflict.noun, one) for one in conflict.versions]
            stored = _stored(unit, key)
            chosen = stored if choice == STANDING else others[choice].value
            remains = (
                stored if stored is not None else next((one.remains for one in others if one.remains), None)
            )
            if chosen is None and stored is not None:
                _take_away(unit, key, stored)
            elif chosen is not None and chosen is not stored:
                _put(unit, chosen, stored)
            events = frozenset().union(*(one.events for one in others))
            left = to_plain(remains) if chosen is None and remains is not None else None
            known[key] = Known(events, unit.now, unit.actor, chosen is None, left)
            unit.remove(conflict)
        unit.add(Learned(new_id(), learned_body(0, known, {}, decides=True)))


def _stored(unit: Unit, key: Key) -> Noun | None:
    cls = NOUNS[key[0]]
    if cls is StoredScheme:
        return next(iter(unit.find(StoredScheme)), None)
    return unit.get(cls, key[1])


def _put(unit: Unit, chosen: Noun, stored: Noun | None) -> None:
    """Put a version in place, without its links to what has been removed meanwhile."""
    for link in list(links(chosen)):
        if unit.get(NOUNS[link[0]], link[1]) is None:
            loose = unlinked(chosen, link)
            if loose is None:
                raise BrokenLaw(
                    f"This version cannot stand: the {link[0]} that it belongs to has been removed since. Nothing was decided."
                )
            chosen = loose
    _refuse_circle(unit, chosen)
    _refuse_taken_name(unit, chosen)
    if stored is not None and stored.id != chosen.id:
        unit.remove(stored)
    unit.put(chosen)


def _refuse_circle(unit: Unit, chosen: Noun) -> None:
    name = ABOVE.get(type(chosen))
    seen = {chosen.id}
    above = getattr(chosen, name) if name is not None else None
    while name is not None and above is not None:
        if above in seen:
            raise BrokenLaw(
                "This version cannot stand: it would hang from itself, for what it hangs from hangs from it. "
                "Nothing was decided."
            )
        seen.add(above)
        found = unit.get(type(chosen), above)
        above = getattr(found, name) if found is not None else None


def _refuse_taken_name(unit: Unit, chosen: Noun) -> None:
    by = called(chosen)
    for other in unit.find(type(chosen)) if by is not None else ():
        if other.id != chosen.id and called(other) == by:
            raise BrokenLaw(
                f"This version cannot stand: another {NAME_OF[type(chosen)]} has its name by now. Nothing was decided."
            )


def _take_away(unit: Unit, key: Key, gone: Noun) -> None:
    """Remove what a person decided to remove; what hung from it hangs one step higher."""
    for other in list(_pointing_to(unit, key)):
        if isinstance(other, Comment) and key[0] == "attribution":
            remove_comments(unit, [found for found in [unit.get(Comment, other.id)] if found is not None])
            continue
        loose = unlinked(other, key)
        if loose is None:
            raise BrokenLaw(
                f"The {key[0]} cannot be removed: a {NAME_OF[type(other)]} belongs to it. Nothing was decided."
            )
        name = ABOVE.get(type(other))
        if name is not None and type(other) is type(gone) and getattr(other, name) == key[1]:
            higher: dict[str, Any] = {name: getattr(gone, name)}
            loose = replace(loose, **higher)
        unit.put(loose)
    if isinstance(gone, Attribution):
        for other in unit.find(Attribution, antecedent=gone.id):
            unit.put(replace(other, antecedent=None))
    unit.remove(gone)


def _pointing_to(unit: Unit, key: Key) -> Iterator[Noun]:
    for cls, name in pointing(key[0]):
        if name == "claims":
            yield from (one for one in unit.find(Attribution) if key[1] in one.claims)
        else:
            yield from unit.find(cls, **{name: key[1]})
