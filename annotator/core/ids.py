"""Ids that two desks can make without asking each other."""

from __future__ import annotations

import uuid

LONGEST = 64


def new_id() -> str:
    """A fresh random id (UUID 4) as text."""
    return str(uuid.uuid4())


def usable(candidate: object) -> bool:
    """Whether an id that came from outside can be kept: printable text of 1 to 64 characters."""
    return isinstance(candidate, str) and 0 < len(candidate) <= LONGEST and candidate.isprintable()
