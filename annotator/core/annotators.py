"""Annotator: the person, or the model, whose hand made a mark."""

from __future__ import annotations

from dataclasses import dataclass

PERSON, MODEL, GOLD = "person", "model", "gold"


@dataclass(frozen=True, slots=True)
class Annotator:
    """A hand: a person, a model that suggests, or the adjudicated gold. Names are unique in a project."""

    id: str
    name: str
    role: str = PERSON
    colour: str = ""
    note: str = ""
    created: str = ""
    version: int = 1
