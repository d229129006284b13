"""Take values out of a line of JSON and say in one sentence what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.core.errors import BadInput, BadSpan
from annotator.core.spans import Fragments, Span, fragments

LARGEST = 2**31 - 1
"""The largest whole number that every database keeps."""

DEEPEST = 50
"""How many levels a value that we keep without knowing it may have."""


@dataclass(slots=True)
class Fields:
    """The values of one JSON object; what nobody asked for is left over.

    Raises:
        BadInput: from every method, when a value is of the wrong type; the sentence names file, line and key.
    """

    values: Mapping[str, Any]
    where: str
    asked: set[str] = field(default_factory=set)

    def raw(self, key: str) -> Any:
        """The value as it is, or None."""
        self.asked.add(key)
        return self.values.get(key)

    def wrong(self, key: str, wanted: str) -> BadInput:
        """The error for a value of the wrong type."""
        shown = repr(self.values.get(key))
        return BadInput(
            f"{self.where}: {key} should be {wanted}, not {shown[:60]}. Nothing of this file was imported."
        )

    def text(self, key: str, default: str = "") -> str:
        """A string; null and absent give the default."""
        value = self.raw(key)
        if value is None:
            return default
        if not isinstance(value, str):
            raise self.wrong(key, "text")
        return value

    def maybe(self, key: str) -> str | None:
        """A string or None."""
        value = self.raw(key)
        if value is not None and not isinstance(value, str):
            raise self.wrong(key, "text or null")
        return value

    def label(self, key: str) -> str | None:
        """A string, or a whole number read as one (ids and names in other corpora), or None."""
        value = self.raw(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return self.maybe(key)

    def flag(self, key: str) -> bool:
        """True or false; absent and null are false."""
        value = self.raw(key)
        if value is None:
            return False
        if not isinstance(value, bool):
            raise self.wrong(key, "true or false")
        return value

    def number(self, key: str) -> float | None:
        """A number or None."""
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(key, "a number or null")
        return float(value)

    def whole(self, key: str, default: int) -> int:
        """A whole number."""
        value = self.raw(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST:
            raise self.wrong(key, "a whole number")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; one string is a list of one."""
        value = self.raw(key)
        if value is None:
            return ()
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(key, "a list of texts")
        return tuple(value)

    def objects(self, key: str) -> list[Fields]:
        """A list of objects, each with its place for error sentences."""
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(key, "a list of objects")
        return [Fields(item, f"{self.where}, {key} {at}") for at, item in enumerate(value, 1)]

    def mapping(self, key: str) -> dict[str, Any]:
        """An object."""
        value = self.raw(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self.wrong(key, "an object")
        self._require_shallow(key, value)
        return value

    def spans(self, key: str, text: str | None) -> Fragments:
        """A list of [start, end) pairs, or of objects with start and end, inside the text."""
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.wrong(key, "a list of [start, end] pairs")
        try:
            found = fragments([self._pair(key, item) for item in value])
        except BadSpan as wrong:
            raise BadInput(f"{self.where}: {key}: {wrong} Nothing of this file was imported.") from wrong
        if found and text is not None and found[-1].end > len(text):
            raise BadInput(
                f"{self.where}: {key} [{found[-1].start}, {found[-1].end}] lies outside the text, which has "
                f"{len(text)} characters. Nothing of this file was imported."
            )
        return found

    def _pair(self, key: str, item: Any) -> Span:
        if isinstance(item, dict):
            item = [item.get("start"), item.get("end")]
        if isinstance(item, list | tuple) and len(item) == 2:
            start, end = item
            if type(start) is int and type(end) is int:  # a bool is an int, but no position
                return Span(start, end)
        raise self.wrong(key, "a list of [start, end] pairs of whole numbers")

    def left_over(self) -> dict[str, Any]:
        """Everything that was not asked for, joined with what stood under `extra`."""
        extra = self.mapping("extra")
        left = {key: value for key, value in self.values.items() if key not in self.asked}
        for key, value in left.items():
            self._require_shallow(key, value)
        return {**extra, **left}

    def _require_shallow(self, key: str, value: Any) -> None:
        level = [value]
        for _ in range(DEEPEST):
            level = [
                inside
                for one in level
                if isinstance(one, dict | list)
                for inside in (one.values() if isinstance(one, dict) else one)
            ]
            if not level:
                return
        raise BadInput(
            f"{self.where}: {key} is nested more than {DEEPEST} levels deep. Nothing of this file was imported."
        )
