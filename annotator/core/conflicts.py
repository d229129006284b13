"""Conflict: a thing that two desks changed, neither knowing of the other, until a person decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from annotator.core.plain import Json


@dataclass(frozen=True, slots=True)
class Conflict:
    """The versions of one thing beside the one that stands in the project.

    noun and noun_id name the thing as the log does. Each version is as workspace/merging_versions.py writes it: the value
    (none, where it was removed), the deeds that made it so, when the last of them was done and by whom.
    """

    id: str
    noun: str
    noun_id: str
    versions: tuple[Mapping[str, Json], ...] = ()
    version: int = 1
