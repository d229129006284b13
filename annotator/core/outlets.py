"""Outlet: who publishes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher, or a publication that another one cites. Names are unique in a project."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    country: str = ""
    language: str = ""
    url: str = ""
    note: str = ""
    version: int = 1
