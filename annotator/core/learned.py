"""Learned: what one merge, or one decision on a conflict, made known of deeds done elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.core.plain import Json


@dataclass(frozen=True, slots=True)
class Learned:
    """Which deeds made each thing what it is, as far as a bundle told; body is as workspace/merging_past.py writes it.

    It is part of the deed that merges: where that is undone, what it taught is forgotten, and can be learned again.
    """

    id: str
    body: Mapping[str, Json] = field(default_factory=dict)
    version: int = 1
