"""ProjectSetting: one choice that holds for everybody who works in a project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.core.plain import Json

BLIND = "blind"
"""The setting that says whether others' marks are hidden until one's own are finished."""


@dataclass(frozen=True, slots=True)
class ProjectSetting:
    """A choice of the whole project, kept in it; its id is its name, and body holds what was chosen."""

    id: str
    body: Mapping[str, Json] = field(default_factory=dict)
    version: int = 1
