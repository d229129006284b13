"""What a line without its text shows of it: the words that its spans quote, each in its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

LONGEST = 20_000_000
"""Characters up to which a text is put together from quotations."""


def glimpses(values: Mapping[str, Any]) -> str:
    """As much of the text as is quoted with the spans of a line, blank between; empty where nothing is quoted."""
    pieces = sorted(_pieces([values.get("attributions"), values.get("comments")]))
    length = max((at + len(words) for at, words in pieces), default=0)
    if not 0 < length <= LONGEST:
        return ""
    text = [" "] * length
    for at, words in pieces:
        text[at : at + len(words)] = words
    return "".join(text)


def _pieces(value: Any) -> Iterator[tuple[int, str]]:
    """Where each quotation begins, and its words with those around it."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            waiting += [inside for inside in one.values() if isinstance(inside, list | dict)]
            quote, start, end = one.get("quote"), one.get("start"), one.get("end")
            if (
                isinstance(quote, str)
                and isinstance(start, int)
                and isinstance(end, int)
                and end - start == len(quote)
            ):
                before, after = one.get("prefix"), one.get("suffix")
                before = before if isinstance(before, str) and len(before) <= start else ""
                yield start - len(before), before + quote + (after if isinstance(after, str) else "")
