"""What a merge changes here: which rows, in which order, and what is learned with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.core.changes import NOUNS, Change, Noun, same
from annotator.core.conflicts import Conflict
from annotator.core.ids import new_id
from annotator.core.learned import Learned
from annotator.core.plain import to_plain
from annotator.workspace.merging_join import Joined
from annotator.workspace.merging_links import called
from annotator.workspace.merging_past import Key, Known, learned_body
from annotator.workspace.merging_sides import Side
from annotator.workspace.merging_versions import Version, conflict_id, version_to_plain

_RANK = {cls: rank for rank, cls in enumerate(NOUNS.values())}


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes of a merge, those of the project's own things counted by what the log calls them.

    listed are the conflicts that were not there before, settled those that are no longer, as keys of their things.
    """

    changes: tuple[Change, ...] = ()
    added: Mapping[str, int] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)
    removed: Mapping[str, int] = field(default_factory=dict)
    listed: tuple[Key, ...] = ()
    settled: tuple[Key, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changes)


def plan(ours: Side, both: Joined, after: int) -> Plan:
    """What has to change here for both sides to be the same.

    Args:
        after: the newest line of our log that our side was made from.
    """
    changes = _changes(ours, both)
    conflicts = _conflicts(ours, both)
    known = _more_known(ours, both)
    aliases = {key: now for key, now in both.aliases.items() if ours.past.aliases.get(key) != now}
    if not changes and not conflicts and not known and not aliases:
        return Plan()
    lesson = Change(None, Learned(new_id(), learned_body(after, known, aliases)))
    counted: dict[str, Counter[str]] = {"added": Counter(), "changed": Counter(), "removed": Counter()}
    for key, before, now in changes:
        how = "added" if before is None else "removed" if now is None else "changed"
        counted[how][key[0]] += 1
    return Plan(
        (*_in_order(changes), *(change for _, change in conflicts), lesson),
        **counted,
        listed=tuple(key for key, change in conflicts if change.before is None),
        settled=tuple(key for key, change in conflicts if change.after is None),
    )


def _changes(ours: Side, both: Joined) -> list[tuple[Key, Noun | None, Noun | None]]:
    found: list[tuple[Key, Noun | None, Noun | None]] = []
    for key, before in ours.live.items():
        if key in both.aliases:
            found.append((key, before, None))
    for key, versions in both.versions.items():
        stored, now = ours.live.get(key), versions[0].value
        if stored is None and now is not None:
            found.append((key, None, now))
        elif stored is not None and not same(stored, now):
            found.append((key, stored, now))
    return found


def _in_order(changes: list[tuple[Key, Noun | None, Noun | None]]) -> list[Change]:
    """Names are given up before they are taken; who points to others comes after them, and goes before them."""
    gone: list[Noun] = []
    stay: list[Change] = []
    come: list[Noun] = []
    for _, before, now in changes:
        if before is not None and now is not None and before.id == now.id and called(before) == called(now):
            stay.append(Change(before, now))
            continue
        if before is not None:
            gone.append(before)
        if now is not None:
            come.append(now)
    gone.sort(key=lambda one: _RANK[type(one)], reverse=True)
    come.sort(key=lambda one: _RANK[type(one)])
    return [*(Change(one, None) for one in gone), *stay, *(Change(None, one) for one in come)]


def _conflicts(ours: Side, both: Joined) -> list[tuple[Key, Change]]:
    found: list[tuple[Key, Change]] = []
    for key, before in ours.conflicts.items():
        if key not in both.versions:
            found.append((key, Change(before, None)))
    for key, versions in both.versions.items():
        stored = ours.conflicts.get(key)
        wanted = _conflict(key, versions) if len(versions) > 1 else None
        if wanted is None and stored is not None:
            found.append((key, Change(stored, None)))
        elif wanted is not None and not same(stored, wanted):
            found.append((key, Change(stored, wanted)))
    return found


def _conflict(key: Key, versions: tuple[Version, ...]) -> Conflict:
    return Conflict(conflict_id(*key), *key, tuple(version_to_plain(one) for one in versions[1:]))


def _more_known(ours: Side, both: Joined) -> dict[Key, Known]:
    found: dict[Key, Known] = {}
    for key, versions in both.versions.items():
        first = versions[0]
        before = ours.past.known.get(key)
        gone = first.value is None
        if before is None or before.events != first.events or before.removed != gone:
            remains = to_plain(first.remains) if gone and first.remains is not None else None
            found[key] = Known(first.events, first.at, first.by, gone, remains)
    return found
