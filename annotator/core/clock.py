"""The time, as it is stored, written and shown: UTC, to the microsecond, ISO 8601."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """This moment, e.g. 2026-03-12T09:15:00.123456Z; sorts as text."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def shown(when: str) -> str:
    """An ISO date or moment as a table shows it, to the minute: 2026-03-12 09:15."""
    return when.replace("T", " ").removesuffix("Z")[:16]
