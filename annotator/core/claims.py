"""Claim: one assertion, wherever it appears in a story."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion that several outlets may carry; name is short and unique in its story, text says it in full.

    absent_in lists the articles of which a person said that they do not carry it.
    """

    id: str
    story_id: str
    name: str
    text: str = ""
    note: str = ""
    absent_in: tuple[str, ...] = ()
    position: int = 0
    version: int = 1
