"""The versions of one thing that stand side by side until a person decides between them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from functools import lru_cache
from typing import Any

from annotator.core.annotation_sets import AnnotationSet
from annotator.core.annotators import Annotator
from annotator.core.articles import Article
from annotator.core.changes import NAME_OF, NOUNS, Noun
from annotator.core.claims import Claim
from annotator.core.outlets import Outlet
from annotator.core.plain import Json, from_plain, to_plain
from annotator.core.sources import Source
from annotator.core.stories import Story

_INCIDENTAL = {"created": "", "imported": "", "updated": "", "position": 0, "version": 0}
"""Fields in which two values may differ and still say the same."""

_FILLED: tuple[type[Noun], ...] = (Annotator, Story, Outlet, Source, Claim, Article, AnnotationSet)
"""Things of which one desk may say what the other leaves open, when each made its own."""


@dataclass(frozen=True, slots=True)
class Version:
    """One value of a thing, with all deeds that made it so; value is None where it was removed, remains what it was."""

    value: Noun | None
    events: frozenset[str]
    at: str = ""
    by: str = ""
    remains: Noun | None = None

    @property
    def last(self) -> Noun:
        """The value, or what was removed."""
        found = self.value if self.value is not None else self.remains
        if found is None:
            raise ValueError("A version has a value, or what is left of one.")
        return found


def bare(noun: Noun) -> Noun:
    """What a value says, without what two desks write differently when they do the same."""
    return replace(noun, **_blanks(name_of(noun)))


@lru_cache(maxsize=32)
def _blanks(name: str) -> dict[str, Any]:
    names = {one.name for one in fields(NOUNS[name])}
    return {name: empty for name, empty in _INCIDENTAL.items() if name in names}


def canonical(noun: Noun | None) -> str:
    """A value as text by which all desks order values alike."""
    return "" if noun is None else json.dumps(to_plain(replace(noun, version=0)), sort_keys=True)


def reduced(versions: Iterable[Version]) -> tuple[Version, ...]:
    """The versions of which none is older than another, the one that stands first.

    A version is older when all its deeds are among another's. Versions that say the same are one, with the deeds of both.
    Of those that are left, what is there stands before what was removed, and what was done last before what was done earlier.
    """
    left = list(versions)
    if len(left) == 2 and left[0].events == left[1].events and left[0].value == left[1].value:
        return (left[0],)
    if len(left) > 1:
        left = _newest(_together(_newest(left)))
    if len(left) > 1:
        left.sort(key=_standing, reverse=True)
    return tuple(left)


def _standing(one: Version) -> tuple[bool, str, str]:
    return (one.value is not None, one.at, canonical(one.last))


def _newest(versions: Sequence[Version]) -> list[Version]:
    return [one for one in versions if not any(one.events < other.events for other in versions)]


def _together(versions: Sequence[Version]) -> list[Version]:
    """Versions that say the same, or complete each other, made one."""
    if len(versions) == 1:
        return list(versions)
    found: list[Version] = []
    in_order = versions
    if len(versions) > 2:
        in_order = sorted(versions, key=lambda one: (canonical(one.value), sorted(one.events)))
    for one in in_order:
        for at, other in enumerate(found):
            both = _joined(other, one)
            if both is not None:
                found[at] = both
                break
        else:
            found.append(one)
    return found


def _joined(one: Version, other: Version) -> Version | None:
    """Both as one version; None where they contradict each other."""
    if one.value is None or other.value is None:
        if one.value is not other.value:
            return None
        remains = max(one.remains, other.remains, key=canonical)
        value = None
    else:
        remains = None
        value = _value_of_both(one.value, other.value, apart=one.events.isdisjoint(other.events))
        if value is None:
            return None
    last = max(one, other, key=lambda version: (version.at, version.by))
    return Version(value, one.events | other.events, last.at, last.by, remains)


def _value_of_both(one: Noun, other: Noun, *, apart: bool) -> Noun | None:
    if one == other:
        return one
    if bare(one) == bare(other):
        return min(one, other, key=canonical)
    if apart and type(one) in _FILLED:
        return _filled(one, other)
    return None


def _filled(one: Noun, other: Noun) -> Noun | None:
    """One value with what only the other says; None where they say different things."""
    first, second = sorted((one, other), key=canonical)
    taken: dict[str, Any] = {}
    for field in fields(first):
        mine, theirs = getattr(first, field.name), getattr(second, field.name)
        if mine == theirs or field.name in _INCIDENTAL:
            continue
        empty = field.default_factory() if field.default_factory is not MISSING else field.default
        if mine == empty:
            taken[field.name] = theirs
        elif theirs != empty:
            return None
    return replace(first, **taken)


def brought_back(versions: Sequence[Version]) -> tuple[Version, ...]:
    """The versions of a thing that was removed here and is pointed to there: it stands again, by nobody's hand."""
    removed = [one for one in versions if one.value is None]
    newest = max(removed, key=lambda one: (one.at, canonical(one.remains)))
    return reduced(
        [
            *(one for one in versions if one.value is not None),
            *(replace(one, events=one.events | {_sign("removed", one)}) for one in removed),
            Version(newest.remains, newest.events | {_sign("kept", newest)}, newest.at),
        ]
    )


def taken_out(versions: Sequence[Version], without: Noun) -> tuple[Version, ...]:
    """The versions of a thing that hangs in a circle: it stands without that link, the link being for a person to decide."""
    first, *others = versions
    return reduced(
        [
            replace(first, events=first.events | {_sign("linked", first)}),
            Version(without, first.events | {_sign("loose", first)}, first.at + "~", first.by),
            *others,
        ]
    )


def _sign(word: str, one: Version) -> str:
    """The id of what no person did, but every desk does alike that comes to know of the same deeds."""
    return hashlib.sha256("\n".join((word, *sorted(one.events))).encode()).hexdigest()[:32]


def version_to_plain(one: Version) -> dict[str, Json]:
    """A version as a conflict keeps it."""
    plain: dict[str, Json] = {"events": sorted(one.events), "at": one.at, "by": one.by}
    for name, value in (("value", one.value), ("remains", one.remains)):
        if value is not None:
            plain[name] = to_plain(replace(value, version=1))
    return plain


def version_from_plain(noun: str, plain: Mapping[str, Json]) -> Version:
    """What version_to_plain was given."""
    cls = NOUNS[noun]
    value, remains = plain.get("value"), plain.get("remains")
    return Version(
        None if value is None else from_plain(cls, value),
        frozenset(plain["events"]),
        plain["at"],
        plain["by"],
        None if remains is None else from_plain(cls, remains),
    )


def conflict_id(noun: str, noun_id: str) -> str:
    """The id of the conflict about a thing, the same on every desk; short enough to type."""
    return hashlib.sha256(f"{noun}:{noun_id}".encode()).hexdigest()[:12]


def name_of(noun: Noun) -> str:
    """What the log calls the kind of a value."""
    return NAME_OF[type(noun)]
