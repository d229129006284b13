"""What a REFI-QDA project holds attributions with: codes, and GUIDs that stay the same."""

from __future__ import annotations

import re
import uuid

from annotator.core.records import AttributionRecord
from annotator.formats.values import LISTS, SIMPLE, WORDS, simple_values

NAMESPACE = "urn:QDA-XML:project:1.0"
PROJECT, SOURCES = "project.qde", "sources"
ROLE, KIND, ZONE = "Role", "Kind", "Zone"
"""Groups of codes; each other group is a field's title, its codes `Title: value`."""
BETWEEN = ": "
CODED = tuple(name for name in SIMPLE if name not in {"kind", "note"})
"""Fields that have codes; a note is the description of a selection."""
TITLES = {name: WORDS[name].capitalize() for name in CODED}
FIELD_OF_TITLE = {title: name for name, title in TITLES.items()}
VARIABLES = (
    "id",
    "story",
    "outlet",
    "title",
    "author",
    "url",
    "published",
    "language",
    "split",
    "duplicate_group",
    "note",
)
"""Fields of an article that are variables of its source."""

_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "annotator/qdpx")
_GUID = re.compile(r"\{?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\}?")


def made_guid(*parts: str | int) -> str:
    """A GUID that is the same whenever it is made from the same parts."""
    return str(uuid.uuid5(_OURS, "\x1f".join(str(part) for part in parts)))


def as_guid(value: str | None) -> str:
    """A GUID as it is compared, in small letters and without braces; "" when it is none."""
    found = _GUID.fullmatch(value or "")
    return found[1].lower() if found else ""


def kind_of(one: AttributionRecord) -> list[tuple[str, str]]:
    """Group and name of the code of an attribution's kind; none where nobody has said yet."""
    return [(KIND, one.kind)] if one.kind else []


def codes_of(one: AttributionRecord) -> list[tuple[str, str]]:
    """Group and name of each code that an attribution's fields are written as."""
    found = kind_of(one)
    for name, value in simple_values(one).items():
        if name in TITLES:
            each = getattr(one, name) if name in LISTS else (value,)
            found += [(TITLES[name], f"{TITLES[name]}{BETWEEN}{item}") for item in each]
    return found
