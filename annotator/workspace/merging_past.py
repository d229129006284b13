"""Which deeds made each thing what it is, read from a log: what merging decides by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from annotator.core.changes import NAME_OF, Noun
from annotator.core.plain import Json
from annotator.core.storing import LogLine

Key: TypeAlias = tuple[str, str]
"""A thing: the name that the log gives its noun, and its id."""

SCHEME = "scheme"
_LEARNED, _CONFLICT = "learned", "conflict"


def key_of(name: str, noun_id: str) -> Key:
    """The key of a thing; a project has one label scheme, whatever it is called."""
    return (name, SCHEME if name == SCHEME else noun_id)


def key_of_noun(noun: Noun) -> Key:
    """The key of a value."""
    return key_of(NAME_OF[type(noun)], noun.id)


@dataclass(frozen=True, slots=True)
class Known:
    """The ids of all deeds that made a thing what it is, when the last of them was done, and by whom.

    removed says that it is there no longer; remains is then its last value, as plain JSON.
    """

    events: frozenset[str]
    at: str = ""
    by: str = ""
    removed: bool = False
    remains: Json = None


@dataclass(slots=True)
class Past:
    """What is known of every thing, and which ids are now called by another: made twice, they were found to be one."""

    known: dict[Key, Known] = field(default_factory=dict)
    aliases: dict[Key, str] = field(default_factory=dict)


def past_of(lines: Iterable[LogLine]) -> Past:
    """What a log tells."""
    reader = _Reader()
    for line in lines:
        reader.read(line)
    return reader.past


def learned_body(
    after: int, known: Mapping[Key, Known], aliases: Mapping[Key, str], *, decides: bool = False
) -> dict[str, Json]:
    """What a merge teaches, as it is kept.

    Args:
        after: the newest line of the log when the merge was thought out; what is done between then and the merge itself
            belongs to each thing besides.
        known: the things of which the merge knows more than the log did.
        aliases: the ids that it found to be others'.
        decides: whether the deed is a decision, that adds itself to what it knows, and is not a merge of others' deeds.
    """
    numbers: dict[str, int] = {}
    things = []
    for (name, noun_id), one in sorted(known.items()):
        events = [numbers.setdefault(event, len(numbers)) for event in sorted(one.events)]
        thing = [name, noun_id, events, one.at, one.by]
        if one.removed:
            thing.append(one.remains)
        things.append(thing)
    return {
        "after": after,
        "decides": decides,
        "events": list(numbers),
        "things": things,
        "aliases": [[name, noun_id, now] for (name, noun_id), now in sorted(aliases.items())],
    }


def body_known(body: Mapping[str, Json]) -> dict[Key, Known]:
    """The things of which a merge knew more."""
    events = body["events"]
    return {
        (name, noun_id): Known(
            frozenset(events[at] for at in own),
            when,
            by,
            bool(rest),
            rest[0] if rest else None,
        )
        for name, noun_id, own, when, by, *rest in body["things"]
    }


def without_adopted(line: LogLine) -> LogLine:
    """The line without what a merge took over: that is in the log of those who did it."""
    lessons = [(name, before, after) for name, before, after in line.changes if name == _LEARNED]
    body = (lessons[0][2] or lessons[0][1]).get("body") if lessons else None
    return replace(line, changes=tuple(lessons)) if body and not body["decides"] else line


def in_scope(line: LogLine, keys: AbstractSet[Key]) -> LogLine | None:
    """The line with what it says of these things only; None where it says nothing of them."""
    changes: list[tuple[str, Json, Json]] = []
    for name, before, after in line.changes:
        if name == _LEARNED:
            changes.append((name, _narrowed(before, keys), _narrowed(after, keys)))
        elif key_of(name, (after or before)["id"]) in keys:
            changes.append((name, before, after))
    return replace(line, changes=tuple(changes)) if changes else None


def _narrowed(plain: Json, keys: AbstractSet[Key]) -> Json:
    if plain is None:
        return None
    body = plain.get("body") or {}
    things = [one for one in body.get("things", ()) if (one[0], one[1]) in keys]
    return {**plain, "body": {**body, "things": things}}


@dataclass(slots=True)
class _Taught:
    """What stood before a merge was done, so that its undoing finds it again; event is the deed's own id."""

    event: str
    known: dict[Key, Known | None]
    aliases: dict[Key, str | None]


class _Reader:
    """Reads a log line by line.

    A deed is an event in the life of all that it changed. A merge is none: it takes over events of others, and says of
    each thing which. A decision is both. Undoing a deed is an event; undoing a merge or a decision takes back what it
    taught, so that things stand as if it had never been.
    """

    def __init__(self) -> None:
        self.past = Past()
        self._since: dict[Key, list[tuple[int, Known]]] = {}
        self._taught: dict[int, _Taught] = {}

    def read(self, line: LogLine) -> None:
        lessons = [(before, after) for name, before, after in line.changes if name == _LEARNED]
        if not lessons:
            for key, known in self._events(line, line.id).items():
                self._note(line, key, known)
            return
        _, after = lessons[0]
        if after is not None:
            self._learn(line, after.get("body") or {})
        elif line.target in self._taught:
            self._forget(line.target)

    def _events(self, line: LogLine, event: str) -> dict[Key, Known]:
        """What the line itself did to each thing."""
        alone = frozenset((event,))
        found: dict[Key, Known] = {}
        there = Known(alone, line.at, line.actor)
        for name, before, after in line.changes:
            if name in (_LEARNED, _CONFLICT):
                continue
            key = key_of(name, (before if after is None else after)["id"])
            found[key] = there if after is not None else Known(alone, line.at, line.actor, True, before)
        return found

    def _note(self, line: LogLine, key: Key, new: Known) -> None:
        self._since.setdefault(key, []).append((line.seq, new))
        self.past.known[key] = _after(self.past.known.get(key), new)

    def _learn(self, line: LogLine, body: Mapping[str, Json]) -> None:
        seq = line.seq if line.target is None else line.target
        event = self._taught[seq].event if seq in self._taught else line.id
        known, touched = body_known(body), self._events(line, event)
        keys = {*known, *touched}
        aliases = {(name, noun_id): now for name, noun_id, now in body["aliases"]}
        self._taught[seq] = _Taught(
            event,
            {key: self.past.known.get(key) for key in (*keys, *aliases)},
            {key: self.past.aliases.get(key) for key in aliases},
        )
        if body["decides"]:
            for key in keys:
                now = self.past.known.get(key)
                if key in known:
                    lesson = known[key]
                    heard = lesson if now is None else replace(lesson, events=lesson.events | now.events)
                    own = Known(frozenset((event,)), line.at, line.actor, lesson.removed, lesson.remains)
                    now = _after(heard, touched.get(key, own))
                else:
                    now = _after(now, touched[key])
                self.past.known[key] = now
        else:
            for key, taught in known.items():
                self.past.known[key] = self._with_later(taught, key, body["after"])
        for key in aliases:
            self.past.known.pop(key, None)
        self.past.aliases.update(aliases)

    def _forget(self, seq: int) -> None:
        taught = self._taught[seq]
        for key, earlier in taught.aliases.items():
            self.past.aliases.pop(key, None)
            if earlier is not None:
                self.past.aliases[key] = earlier
        for key, before in taught.known.items():
            self.past.known.pop(key, None)
            if before is not None:
                self.past.known[key] = self._with_later(before, key, seq)

    def _with_later(self, known: Known, key: Key, seq: int) -> Known:
        for at, new in self._since.get(key, ()):
            if at > seq:
                known = _after(known, new)
        return known


def _after(before: Known | None, new: Known) -> Known:
    return new if before is None else replace(new, events=before.events | new.events)
