"""Source: the person, group, body or paper to whom content is credited; aliases."""

from __future__ import annotations

from dataclasses import dataclass

TYPES = ("", "person", "group", "institution", "outlet", "document")

TYPE_OF_KIND = {
    "named_official": "person",
    "anonymous_source": "person",
    "outlet_citing_outlet": "outlet",
    "institution": "institution",
}
"""What a new source is taken to be, by the kind of the attribution that names it."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who is credited, whatever words an article uses for them. Names are unique in a project.

    perhaps_same pairs the id of another source with a certainty from 0 to 1.
    """

    id: str
    name: str
    type: str = ""
    office: str = ""
    organisation: str = ""
    nationality: str = ""
    aliases: tuple[str, ...] = ()
    anonymous: bool = False
    description: str = ""
    grounds: str = ""
    outlet_told: str | None = None
    perhaps_same: tuple[tuple[str, float], ...] = ()
    wikidata: str = ""
    note: str = ""
    version: int = 1
