"""Tellings for tests: out of lines of JSONL with marks, or out of a few sentences with marks in brackets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from annotator.compare.comparison import Comparison, compare, read_texts
from annotator.compare.lexicons import Lexicons, read_lexicons
from annotator.compare.telling import Names, Telling
from annotator.compare.voices import Voice
from annotator.core.articles import Zone
from annotator.core.attributions import Attribution
from annotator.core.claims import Claim
from annotator.core.outlets import Outlet
from annotator.core.sources import TYPE_OF_KIND, Source
from annotator.core.spans import Span, fragments

ROOT = Path(__file__).resolve().parents[2]


@cache
def lexicons() -> Lexicons:
    return read_lexicons(ROOT / "resources" / "lexicons")


class Story:
    """A story being put together: articles, and names as ids."""

    def __init__(self) -> None:
        self.tellings: list[Telling] = []
        self.sources: dict[str, Source] = {}
        self.outlets: dict[str, Outlet] = {}
        self.claims: dict[str, Claim] = {}

    def article(self, line: Mapping[str, Any]) -> None:
        """Take in an article as a line of JSONL has it; marks may name the zone in which they stand."""
        zones = [Zone(one["zone"], Span(one["start"], one["end"])) for one in line.get("zones") or ()]
        marks = []
        for values in line["attributions"]:
            mark = self._mark(values)
            marks.append(mark)
            around = mark.extent()
            if values.get("zone") in ("headline", "link") and around is not None:
                zones.append(Zone(values["zone"], around))
        self.tellings.append(
            Telling(
                line["id"],
                line.get("outlet") or line.get("publisher") or "",
                line["text"],
                tuple(marks),
                line.get("published") or line.get("date") or "",
                line.get("title") or "",
                tuple(zones),
            )
        )

    def _mark(self, values: Mapping[str, Any]) -> Attribution:
        name, via = values.get("source_name"), values.get("via")
        if name:
            kind = values.get("kind") or ""
            self.sources.setdefault(name, Source(name, name, TYPE_OF_KIND.get(kind, "")))
        if via:
            self.outlets.setdefault(via, Outlet(via, via))
        for claim in values.get("claims") or ():
            self.claims.setdefault(claim, Claim(claim, "story", claim, position=len(self.claims)))
        spans = {
            role: fragments(values.get(role) or ())
            for role in ("source", "cue", "content", "via_span", "recipient")
        }
        same = {
            key: values[key]
            for key in ("parent", "medium", "quote", "grounds", "antecedent", "type", "polarity", "hedge")
            if values.get(key) is not None
        }
        return Attribution(
            values["id"],
            "set",
            values.get("kind"),
            source_id=name,
            via_id=via,
            claims=tuple(values.get("claims") or ()),
            self_citation=bool(values.get("self")),
            **spans,
            **same,
        )

    @property
    def names(self) -> Names:
        return Names(self.sources, self.outlets, tuple(self.claims.values()))

    def compared(self) -> Comparison:
        return compare(self.tellings, self.names, read_texts(self.tellings, lexicons()))


def story_of(lines: Iterable[Mapping[str, Any]]) -> Story:
    made = Story()
    for line in lines:
        made.article(line)
    return made


def lines_of(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def said(text: str, *marks: Mapping[str, Any], outlet: str, **more: Any) -> dict[str, Any]:
    """An article as a line of JSONL, its marks given by their words: source, cue and content are strings of the text.

    A mark without an id is called after its outlet and its number.
    """
    made = []
    for number, mark in enumerate(marks):
        values = {"id": f"{outlet} {number}", "kind": "named_official", "claims": ["c"], **mark}
        for role in ("source", "cue", "content", "via_span"):
            if isinstance(values.get(role), str):
                words = values[role]
                values[role] = [[text.index(words), text.index(words) + len(words)]]
        made.append(values)
    return {"id": outlet, "outlet": outlet, "text": text, "attributions": made, **more}


def voices(found: Comparison) -> dict[str, Voice]:
    """All voices by the ids of their marks."""
    return {voice.id: voice for own in found.voices.values() for voice in own}
