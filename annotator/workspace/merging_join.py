"""Two sides made one: the newest of every thing, things made twice as one, none left hanging."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.core.attributions import Attribution
from annotator.core.changes import Noun
from annotator.core.errors import BadInput
from annotator.workspace.merging_links import ABOVE, called, links, relinked, twin
from annotator.workspace.merging_past import SCHEME, Key
from annotator.workspace.merging_sides import Side
from annotator.workspace.merging_versions import Version, brought_back, canonical, reduced, taken_out


@dataclass(slots=True)
class Joined:
    """What both sides know together: the versions of each thing, the one that stands first; and which ids are others'."""

    versions: dict[Key, tuple[Version, ...]] = field(default_factory=dict)
    aliases: dict[Key, str] = field(default_factory=dict)

    def standing(self, key: Key) -> Noun | None:
        """What stands of a thing; None where it was removed, or never was."""
        found = self.versions.get(key)
        return found[0].value if found else None


def joined(ours: Side, theirs: Side, where: str) -> Joined:
    """The two as one; the same, whichever of them is called ours.

    Raises:
        BadInput: when something points to what neither side has.
    """
    aliases = _closed([*ours.past.aliases.items(), *theirs.past.aliases.items()])
    while True:
        both = Joined(_versions(ours, theirs, aliases), aliases)
        _settle(both, where)
        same = [*_same_name(both), *_twins(both, ours, theirs)]
        if not same:
            return both
        aliases = _closed([*aliases.items(), *same])


def _closed(pairs: Iterable[tuple[Key, str]]) -> dict[Key, str]:
    """Every id that is another's, with the smallest of all ids that mean the same."""
    now: dict[Key, str] = {}

    def find(key: Key) -> Key:
        while key in now:
            key = (key[0], now[key])
        return key

    for key, other in pairs:
        one, two = sorted((find(key), find((key[0], other))))
        if one != two:
            now[two] = one[1]
    return {key: find(key)[1] for key in now}


def _versions(ours: Side, theirs: Side, aliases: dict[Key, str]) -> dict[Key, tuple[Version, ...]]:
    found: dict[Key, list[Version]] = {}
    for side in (ours, theirs):
        for key, versions in side.versions.items():
            now = _now(key, aliases)
            if aliases:
                versions = tuple(_renamed(one, now, aliases) for one in versions)  # noqa: PLW2901  # the same, under ids that hold
            found.setdefault(now, []).extend(versions)
    return {key: reduced(versions) for key, versions in found.items()}


def _renamed(one: Version, key: Key, aliases: dict[Key, str]) -> Version:
    value = None if one.value is None else _called_by(one.value, key, aliases)
    remains = None if one.remains is None else _called_by(one.remains, key, aliases)
    if value is one.value and remains is one.remains:
        return one
    return replace(one, value=value, remains=remains)


def _called_by(noun: Noun, key: Key, aliases: dict[Key, str]) -> Noun:
    noun = relinked(noun, aliases)
    return noun if noun.id == key[1] or key[0] == SCHEME else replace(noun, id=key[1])


def _settle(both: Joined, where: str) -> None:
    """Bring back what is pointed to, and open circles, until neither is needed."""
    waiting = list(both.versions)
    while waiting:
        brought: list[Key] = []
        for key in waiting:
            standing = both.standing(key)
            for target in links(standing) if standing is not None else ():
                if target not in both.versions:
                    raise BadInput(
                        f"{where} is not whole: the {key[0]} {key[1]} points to the {target[0]} {target[1]}, which is "
                        "not in it. Nothing was merged."
                    )
                if both.standing(target) is None:
                    both.versions[target] = brought_back(both.versions[target])
                    brought.append(target)
        waiting = brought or _opened_circles(both)


def _opened_circles(both: Joined) -> list[Key]:
    """Let one thing of every circle stand without the link that closes it; returns these."""
    above: dict[Key, Key] = {}
    for key, versions in both.versions.items():
        value = versions[0].value
        name = ABOVE.get(type(value)) if value is not None else None
        if name is not None and getattr(value, name) is not None:
            above[key] = (key[0], getattr(value, name))
    opened: list[Key] = []
    passed: set[Key] = set()
    for start in sorted(above):
        trail: list[Key] = []
        here: Key | None = start
        while here is not None and here not in passed:
            passed.add(here)
            trail.append(here)
            here = above.get(here)
        if here in trail:
            opened.append(max(trail[trail.index(here) :]))
    for key in opened:
        value = both.versions[key][0].last
        loose: dict[str, Any] = {ABOVE[type(value)]: None}
        both.versions[key] = taken_out(both.versions[key], replace(value, **loose))
    return opened


def _same_name(both: Joined) -> list[tuple[Key, str]]:
    """Things that stand under one name which a project has once."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for (name, noun_id), versions in both.versions.items():
        value = versions[0].value
        by = called(value) if value is not None else None
        if by is not None:
            found[name, *by].append(noun_id)
    return [
        ((name, other), min(ids)) for (name, *_), ids in found.items() for other in ids if other != min(ids)
    ]


def _twins(both: Joined, ours: Side, theirs: Side) -> list[tuple[Key, str]]:
    """Articles with the same text, and marks of one set that say the same, of which each desk has made one."""
    mine, yours = ({_now(key, both.aliases) for key in side.versions} for side in (ours, theirs))
    shared = mine & yours
    waiting: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key in sorted(key for key in mine - shared if key[0] in _TWINS):
        look = _look(both, key, shared)
        if look:
            waiting[key[0], look].append(key[1])
    if not waiting:
        return []
    found: list[tuple[Key, str]] = []
    for key in sorted(key for key in yours - shared if key[0] in _TWINS):
        alike = waiting.get((key[0], _look(both, key, shared)))
        if alike:
            found.append((key, alike.pop(0)))
    return found


_TWINS = ("article", "attribution")


def _now(key: Key, aliases: dict[Key, str]) -> Key:
    return (key[0], aliases.get(key, key[1]))


def _look(both: Joined, key: Key, shared: set[Key]) -> str:
    """What makes a thing another's twin; empty where it has none, as a mark in a set that one desk alone has."""
    value = both.standing(key)
    if value is None or (isinstance(value, Attribution) and ("set", value.set_id) not in shared):
        return ""
    return canonical(twin(value))
