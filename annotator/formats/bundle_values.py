"""Nouns and lines of the log out of a bundle's JSON, each value looked at before it is believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from annotator.core.annotation_sets import STATES as SET_STATES
from annotator.core.annotation_sets import AnnotationSet
from annotator.core.articles import Article, Zone
from annotator.core.attributions import POLARITIES, STATES, TYPES, Attribution
from annotator.core.changes import NOUNS, Noun
from annotator.core.conflicts import Conflict
from annotator.core.errors import AnnotatorError, BadInput
from annotator.core.ids import usable
from annotator.core.learned import Learned
from annotator.core.plain import Json, from_plain
from annotator.core.scheme import StoredScheme, scheme_from_plain
from annotator.core.spans import Span, fragments
from annotator.core.storing import LogLine

_LARGEST = 2**31 - 1
_DEEPEST = 50
_LONGEST_CODE = 200
_ALLOWED: dict[type[Noun], dict[str, tuple[str, ...]]] = {
    AnnotationSet: {"status": SET_STATES},
    Attribution: {"type": TYPES, "polarity": POLARITIES, "state": STATES},
}


def noun_from(name: str, plain: Json, where: str) -> Noun:
    """A noun of this name.

    Raises:
        BadInput: names the place and the field that is wrong.
    """
    cls = NOUNS.get(name)
    if cls is None or not isinstance(plain, Mapping):
        raise BadInput(f"{where}: there is no {name!r} that a project could hold. Nothing was merged.")
    hints = _hints(cls)  # type: ignore[arg-type]  # a class is hashable, whatever its instances are
    for field in fields(cls):
        if field.name in plain:
            fault = _fault(hints[field.name], plain[field.name])
            if fault:
                raise _wrong(where, name, field.name, fault)
    if not usable(plain.get("id")):
        raise _wrong(where, name, "id", "is no id")
    try:
        noun = from_plain(cls, plain)
        _require_sound(noun)
    except (AnnotatorError, TypeError, ValueError, KeyError) as wrong:
        raise BadInput(
            f"{where}: the {name} {str(plain['id'])[:64]!r} is not sound ({wrong}). Nothing was merged."
        ) from wrong
    return noun


@lru_cache(maxsize=32)
def _hints(cls: type[Noun]) -> dict[str, Any]:
    return get_type_hints(cls)


def _wrong(where: str, name: str, field: str, fault: str) -> BadInput:
    return BadInput(f"{where}: {field} of a {name} {fault}. Nothing was merged.")


def _fault(hint: Any, value: Json) -> str:
    """What is wrong with a value of this type; empty when nothing is."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin is UnionType:
        return "" if value is None else _fault(next(one for one in inside if one is not type(None)), value)
    if hint is Any:
        return "is nested too deep" if _depth(value) > _DEEPEST else ""
    if hint is str:
        return "" if isinstance(value, str) else "should be text"
    if hint is bool:
        return "" if isinstance(value, bool) else "should be true or false"
    if hint is int:
        whole = isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST
        return "" if whole else "should be a whole number"
    if hint is float:
        return "" if isinstance(value, int | float) and not isinstance(value, bool) else "should be a number"
    if hint is Span:
        return "" if _is_pair(value) else "should be a list of [start, end] pairs"
    if hint is Zone:
        named = isinstance(value, Mapping) and isinstance(value.get("zone"), str)
        return "" if named and _is_pair(value.get("span")) else "should be a zone"
    return _fault_inside(origin, inside, value)


def _fault_inside(origin: Any, inside: tuple[Any, ...], value: Json) -> str:
    if isinstance(origin, type) and issubclass(origin, Mapping):
        if not isinstance(value, dict):
            return "should be an object"
        return next((fault for one in value.values() if (fault := _fault(inside[1], one))), "")
    if not isinstance(value, list):
        return "should be a list"
    if len(inside) == 2 and inside[1] is not Ellipsis:
        pairs = len(value) == 2 and not any(map(_fault, inside, value))
        return "" if pairs else "should be a list of pairs"
    each = inside[0]
    return next((fault for one in value if (fault := _fault(each, one))), "")


def _is_pair(value: Json) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(type(one) is int and 0 <= one <= _LARGEST for one in value)
        and value[0] < value[1]
    )


def _depth(value: Json) -> int:
    level, depth = [value], 0
    while level and depth <= _DEEPEST:
        depth += 1
        level = [
            inside
            for one in level
            if isinstance(one, dict | list)
            for inside in (one.values() if isinstance(one, dict) else one)
        ]
    return depth


def _require_sound(noun: Noun) -> None:
    for name, allowed in _ALLOWED.get(type(noun), {}).items():
        if getattr(noun, name) not in allowed:
            raise ValueError(f"{name} is {getattr(noun, name)[:_LONGEST_CODE]!r}")
    if isinstance(noun, Attribution):
        for _, parts in noun.all_spans():
            fragments(parts)
        if noun.confidence is not None and not 0 <= noun.confidence <= 1:
            raise ValueError(f"confidence is {noun.confidence}")
    elif isinstance(noun, Article):
        if noun.length < 0:
            raise ValueError(f"length is {noun.length}")
    elif isinstance(noun, StoredScheme):
        scheme_from_plain(noun.body, noun.id)
    elif isinstance(noun, Conflict):
        for version in noun.versions:
            _require_version(noun.noun, version)
    elif isinstance(noun, Learned):
        _require_lesson(noun.body)


def _require_version(name: str, version: Mapping[str, Json]) -> None:
    _require_texts("events", version["events"])
    _require_texts("version", [version["at"], version["by"]])
    for key in ("value", "remains"):
        if version.get(key) is not None:
            noun_from(name, version[key], "a version")
    if version.get("value") is None and version.get("remains") is None:
        raise ValueError("a version says nothing")


def _require_texts(what: str, values: Json) -> None:
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise ValueError(f"{what} should be texts")


def _require_lesson(body: Mapping[str, Json]) -> None:
    """Refuse what the log's reader could not follow; the shape is that of workspace/merging_past.py."""
    if type(body["after"]) is not int or not isinstance(body["decides"], bool):
        raise ValueError("after or decides")
    _require_texts("events", body["events"])
    count = len(body["events"])
    for name, noun_id, events, at, by, *rest in body["things"]:
        _require_texts("things", [name, noun_id, at, by])
        if not all(type(one) is int and 0 <= one < count for one in events) or len(rest) > 1:
            raise ValueError("events of a thing")
        for remains in rest:
            if remains is not None:
                noun_from(name, remains, "what remains")
    for alias in body["aliases"]:
        _require_texts("aliases", alias)
        if len(alias) != 3:
            raise ValueError("aliases")


def line_from(plain: Json, where: str) -> LogLine:
    """A line of the log.

    Raises:
        BadInput: when it is none.
    """
    try:
        seq, target, changes = plain["seq"], plain["target"], plain["changes"]
        texts = [plain[name] for name in ("id", "at", "actor", "label", "mode")]
        _require_texts("texts", texts)
        if type(seq) is not int or (target is not None and type(target) is not int) or not usable(texts[0]):
            raise TypeError("numbers")
        found = tuple(_change(one, where) for one in changes)
    except (TypeError, ValueError, KeyError) as wrong:
        raise BadInput(f"{where}: this is no line of a log. Nothing was merged.") from wrong
    line_id, at, actor, label, mode = texts
    return LogLine(seq, line_id, at, actor, label, mode, target, found)


def _change(plain: Json, where: str) -> tuple[str, Json, Json]:
    name, before, after = plain
    if name not in NOUNS or (before is None and after is None):
        raise ValueError("a change")
    for value in (before, after):
        if value is not None and not usable(value["id"]):
            raise ValueError("an id")
    if name == "learned" and after is not None:
        noun_from(name, after, where)
    elif after is None:
        noun_from(name, before, where)
    return (name, before, after)
