"""Keep an exception in a method that Qt calls from taking the whole program down."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar

_log = logging.getLogger(__name__)
_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")


def guarded(
    fallback: Callable[[], _Answer],
) -> Callable[[Callable[_Given, _Answer]], Callable[_Given, _Answer]]:
    """Log what goes wrong in an override and answer with the fallback: C++ cannot take an exception."""

    def around(method: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
        @functools.wraps(method)
        def guard(*args: _Given.args, **kwargs: _Given.kwargs) -> _Answer:
            try:
                return method(*args, **kwargs)
            except Exception:  # noqa: BLE001 - nothing may pass into C++
                _log.exception("%s failed; the window goes on", method.__qualname__)
                return fallback()

        return guard

    return around


def nothing() -> None:
    """The answer of an override that has none."""
