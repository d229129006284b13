"""Story: one event, and the articles that tell it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Story:
    """One news event; its articles point to it. Names are unique in a project."""

    id: str
    name: str
    note: str = ""
    position: int = 0
    created: str = ""
    version: int = 1
