"""Nouns as plain JSON values, and back: for the change log and for bundles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import lru_cache
from types import UnionType
from typing import Any, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

from annotator.core.spans import Span

Json: TypeAlias = Any
"""A value that JSON can hold. (A recursive alias would make every reader of it prove what it cannot know.)"""

T = TypeVar("T")
Reader: TypeAlias = Callable[[Json], Any]


_PLAIN = frozenset((str, int, float, bool, type(None)))


@lru_cache(maxsize=64)
def _defaults(cls: type) -> tuple[tuple[str, Any, bool], ...]:
    """A class's fields: name, default, and whether an empty value is the default."""
    return tuple((one.name, one.default, one.default_factory is not MISSING) for one in fields(cls))


def to_plain(value: Any) -> Json:
    """A frozen value as dicts, lists, text, numbers; fields at their default are left out."""
    kind: type = type(value)
    if kind in _PLAIN:
        return value
    if kind is Span:
        return [value.start, value.end]
    if kind is tuple and value and type(value[0]) is Span:
        return [[one.start, one.end] for one in value]
    if hasattr(kind, "__dataclass_fields__"):
        plain: dict[str, Json] = {}
        for name, default, may_be_empty in _defaults(kind):
            current = getattr(value, name)
            if current is default or (may_be_empty and not current) or current == default:
                continue
            plain[name] = current if type(current) in _PLAIN else to_plain(current)
        return plain
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: to_plain(item) for key, item in value.items()}
    return value


@lru_cache(maxsize=64)
def _readers(cls: type) -> dict[str, Reader | None]:
    """How each field of a class is read; None where it is the plain value itself."""
    hints = get_type_hints(cls)
    return {one.name: _reader(hints[one.name]) for one in fields(cls)}


def from_plain(cls: type[T], plain: Json) -> T:
    """The frozen value of this class that to_plain was given; keys the class does not know are passed over."""
    kind: type = cls
    readers = _readers(kind)
    values = {}
    for name, item in plain.items():
        if name in readers:
            read = readers[name]
            values[name] = item if read is None or item is None else read(item)
    return cls(**values)


def value_of(cls: type, name: str, plain: Json) -> Any:
    """The value of one field of a class, from its plain form."""
    read = _readers(cls)[name]
    return plain if read is None or plain is None else read(plain)


def _reader(hint: Any) -> Reader | None:
    origin, inside = get_origin(hint), get_args(hint)
    if origin is UnionType:
        return _reader(next(arg for arg in inside if arg is not type(None)))
    if origin is tuple and len(inside) == 2 and inside[1] is Ellipsis:
        return _reader_of_many(inside[0])
    if origin is tuple:
        parts = [_reader(part) or _as_it_is for part in inside]
        return lambda plain: tuple(read(item) for read, item in zip(parts, plain, strict=True))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        each = _reader(inside[1])
        return dict if each is None else lambda plain: {key: each(item) for key, item in plain.items()}
    if isinstance(hint, type) and is_dataclass(hint):
        return lambda plain: hint(*plain) if isinstance(plain, list) else from_plain(hint, plain)
    return None


def _reader_of_many(hint: Any) -> Reader:
    if hint is Span:
        return lambda plain: tuple([Span(start, end) for start, end in plain])
    each = _reader(hint)
    return tuple if each is None else lambda plain: tuple(each(item) for item in plain)


def _as_it_is(plain: Json) -> Any:
    return plain
