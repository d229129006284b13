"""When Python looks for garbage: not while the program is woken, and seldom after."""

from __future__ import annotations

import gc

_NEW, _YOUNG, _OLD = 20_000, 10, 20
"""A long article has a hundred thousand objects; Python's own 700 would go through them dozens of times."""


def hold_off() -> None:
    """Look for no garbage: what is made while the program is woken stays."""
    gc.disable()


def resume() -> None:
    """Look for garbage again, and leave out what is there by now."""
    gc.freeze()
    gc.set_threshold(_NEW, _YOUNG, _OLD)
    gc.enable()
