"""Nouns as plain JSON values, and back: for the change log and for bundles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import lru_cache
from types import UnionType
from typing import Any, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

Json: TypeAlias = Any
"""A value that JSON can hold. (A recursive alias would make every reader of it prove what it cannot know.)"""

T = TypeVar("T")


def to_plain(value: Any) -> Json:
    """A frozen value as dicts, lists, text, numbers; fields at their default are left out."""
    if hasattr(value, "start") and hasattr(value, "end"):
        return [value.start, value.end]
    if is_dataclass(value):
        plain: dict[str, Json] = {}
        for one in fields(value):
            current = getattr(value, one.name)
            if one.default is not MISSING and current == one.default:
                continue
            if one.default_factory is not MISSING and not current:
                continue
            plain[one.name] = to_plain(current)
        return plain
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: to_plain(item) for key, item in value.items()}
    return value


@lru_cache(maxsize=64)
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def from_plain(cls: type[T], plain: Json) -> T:
    """The frozen value of this class that to_plain was given; keys the class does not know are passed over."""
    shape: Any = cls
    hints = _hints(shape)
    names = {one.name for one in fields(shape)}
    return cls(**{name: _value(hints[name], item) for name, item in plain.items() if name in names})


def value_of(cls: type, name: str, plain: Json) -> Any:
    """The value of one field of a class, from its plain form."""
    return _value(_hints(cls)[name], plain)


def _value(hint: Any, plain: Json) -> Any:
    origin = get_origin(hint)
    if plain is None:
        return None
    if origin is UnionType:
        return _value(next(arg for arg in get_args(hint) if arg is not type(None)), plain)
    if origin is tuple:
        inside = get_args(hint)
        if len(inside) == 2 and inside[1] is Ellipsis:
            return tuple(_value(inside[0], item) for item in plain)
        return tuple(_value(part, item) for part, item in zip(inside, plain, strict=True))
    if origin is not None and issubclass(origin, Mapping):
        return {key: _value(get_args(hint)[1], item) for key, item in plain.items()}
    if isinstance(hint, type) and is_dataclass(hint):
        return hint(*plain) if isinstance(plain, list) else from_plain(hint, plain)
    return plain
