"""Two sides made one: the newest of every thing, things made twice as one, none left hanging."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.core.attributions import Attribution
from annotator.core.changes import NOUNS, Noun
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
    both = Joined(aliases=_closed([*ours.past.aliases.items(), *theirs.past.aliases.items()]))
    while True:
        for name in _IN_TURN:
            _join(both, name, ours, theirs)
        _settle(both, where)
        if not _found_same(both, _same_name(both, both.versions)):
            return both
        both.versions.clear()


_ORDER = [name for name in NOUNS if name not in ("claim", "conflict", "learned")]
_IN_TURN = (*_ORDER[: _ORDER.index("article") + 1], "claim", *_ORDER[_ORDER.index("article") + 1 :])
"""The nouns, those that others point to first: which of them are one is known before what points to them is compared."""


def _join(both: Joined, name: str, ours: Side, theirs: Side) -> None:
    """The versions of all things of one noun, those that were made twice as one."""
    while True:
        own = _versions(name, ours, theirs, both.aliases)
        both.versions.update(own)
        if not _found_same(both, [*_same_name(both, own), *_twins(both, name, ours, theirs)]):
            return
        for key in own:
            del both.versions[key]


def _found_same(both: Joined, same: list[tuple[Key, str]]) -> bool:
    if same:
        both.aliases = _closed([*both.aliases.items(), *same])
    return bool(same)


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


def _versions(name: str, ours: Side, theirs: Side, aliases: dict[Key, str]) -> dict[Key, tuple[Version, ...]]:
    found: dict[Key, list[Version]] = {}
    for side in (ours, theirs):
        for key, versions in side.of(name):
            now = _now(key, aliases)
            own = found.setdefault(now, [])
            own += [_renamed(one, now, aliases) for one in versions] if aliases else versions
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


def _same_name(both: Joined, keys: Iterable[Key]) -> list[tuple[Key, str]]:
    """Things that stand under one name which a project has once."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key in keys:
        value = both.standing(key)
        by = called(value) if value is not None else None
        if by is not None:
            found[key[0], *by].append(key[1])
    return [
        ((name, other), min(ids)) for (name, *_), ids in found.items() for other in ids if other != min(ids)
    ]


def _twins(both: Joined, name: str, ours: Side, theirs: Side) -> list[tuple[Key, str]]:
    """Articles with the same text, and marks of one set that say the same, of which each desk has made one."""
    if name not in _TWINS:
        return []
    mine, yours = ({_now(key, both.aliases) for key, _ in side.of(name)} for side in (ours, theirs))
    sets = [{_now(key, both.aliases) for key, _ in side.of("set")} for side in (ours, theirs)]
    shared_sets = sets[0] & sets[1]
    waiting: dict[str, list[str]] = defaultdict(list)
    for key in sorted(mine - yours):
        look = _look(both, key, shared_sets)
        if look:
            waiting[look].append(key[1])
    found: list[tuple[Key, str]] = []
    for key in sorted(yours - mine) if waiting else ():
        alike = waiting.get(_look(both, key, shared_sets))
        if alike:
            found.append((key, alike.pop(0)))
    return found


_TWINS = ("article", "attribution")


def _now(key: Key, aliases: dict[Key, str]) -> Key:
    return (key[0], aliases.get(key, key[1]))


def _look(both: Joined, key: Key, shared_sets: set[Key]) -> str:
    """What makes a thing another's twin; empty where it has none, as a mark in a set that one desk alone has."""
    value = both.standing(key)
    if value is None or (isinstance(value, Attribution) and ("set", value.set_id) not in shared_sets):
        return ""
    return canonical(twin(value))
