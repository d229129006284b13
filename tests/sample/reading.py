"""Read the sample story for its tests: articles, marks, the list of phenomena."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).resolve().parents[2] / "sample_docs"
ARTICLES = (
    "01_hollant.txt",
    "02_avell_courier.txt",
    "03_headsup24.txt",
    "04_radio_selmara.txt",
    "05_kestrin_herald.txt",
)
SETS = ("gold", "maria", "olena")
ROLES = ("source", "cue", "content", "via_span", "recipient")
NAMED, ANONYMOUS, OUTLET = "named_official", "anonymous_source", "outlet_citing_outlet"
INSTITUTION, OTHER, UNATTRIBUTED = "institution", "other", "unattributed"
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


@dataclass(frozen=True)
class Mark:
    """An attribution of one set, with the article it stands in."""

    line: dict[str, Any]
    values: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.values[name]

    @property
    def text(self) -> str:
        return self.line["text"]

    def words(self, role: str) -> str:
        return " … ".join(self.text[start:end] for start, end in self.values[role])

    def spans(self) -> list[tuple[int, int]]:
        return [(start, end) for role in ROLES for start, end in self.values[role]]

    def touches(self, start: int, end: int) -> bool:
        return any(start < right and left < end for left, right in self.spans())

    def parents(self) -> list[Mark]:
        found: list[Mark] = []
        parent = self.values["parent"]
        while parent is not None:
            found.append(next(mark for mark in marks_of(self.line) if mark.id == parent))
            assert len(found) < 10, f"{self.id} stands inside itself"
            parent = found[-1].values["parent"]
        return found

    def zone(self) -> str:
        start = min(start for start, _ in self.spans())
        return next(zone["zone"] for zone in self.line["zones"] if zone["start"] <= start < zone["end"])

    def quoted(self) -> list[str]:
        found = QUOTED.findall(self.words("content"))
        return [re.sub(r"[“”\".,]", "", piece) for piece in found]


@cache
def lines(annotator: str) -> tuple[dict[str, Any], ...]:
    text = (SAMPLE / f"{annotator}.jsonl").read_text(encoding="utf-8")
    return tuple(json.loads(line) for line in text.splitlines())


def marks_of(line: dict[str, Any]) -> list[Mark]:
    return [Mark(line, values) for values in line["attributions"]]


@cache
def marks(annotator: str) -> dict[str, Mark]:
    return {mark.id: mark for line in lines(annotator) for mark in marks_of(line)}


def body(article: str) -> str:
    return (SAMPLE / article).read_bytes().decode("utf-8").partition("\n\n")[2]


def phenomena() -> list[dict[str, Any]]:
    return json.loads((SAMPLE / "phenomena.json").read_text(encoding="utf-8"))


def places(text: str, words: str) -> Iterator[tuple[int, int]]:
    at = text.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)


ROWS = [entry for entry in phenomena() if "row" in entry]
DRIFTS = [entry for entry in phenomena() if "drift" in entry]
