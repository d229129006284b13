"""News-like articles of any length with any number of marks, the same ones for the same seed."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PEOPLE = (
    "Harbour Minister Ilse Dorran",
    "a person close to the port board",
    "the Quayside Residents Association",
    "two engineers who saw the drawings",
    "Mayor Benno Ashgrove",
    "the coastguard's duty officer",
    "the ferry company Larkline",
    "a lawyer for the dock workers",
)
CUES = ("said", "told reporters", "wrote in a notice", "insisted", "announced", "acknowledged", "warned")
KINDS = ("named_official", "anonymous_source", "outlet_citing_outlet", "institution", None)
THINGS = (
    "the second crane",
    "the tide gauge at the northern mole",
    "the new timetable",
    "an agreement on night work",
    "the dredging of the inner basin",
    "the insurance for the lower warehouses",
    "the bridge over the lock",
)
DEEDS = (
    "would be ready before the first storms",
    "had cost twice what was planned",
    "was never shown to the council",
    "will be paid for by a levy on every berth",
    "could not be repaired while ships were waiting",
    "had been tested on three mornings in a row",
    "must be looked at again by somebody from outside",
)
SCENES = (
    "The quay lay quiet in the morning, and only a few lorries waited at the gate.",
    "A list of the damaged moorings hung on the door of the harbour office.",
    "Traffic on the coast road came to a halt for most of the afternoon.",
    "Fishing boats had gone to the old basin, where the water is deeper.",
)
ANNOTATOR = "bench"


@dataclass(frozen=True, slots=True)
class Written:
    """A text and its marks, as lines of our own JSONL have them."""

    text: str
    marks: tuple[dict[str, Any], ...]


def write(length: int, marks: int, seed: int = 7) -> Written:
    """A text of about this many characters whose marks stand spread over all of it."""
    chance = random.Random(seed)
    parts: list[str] = []
    made: list[dict[str, Any]] = []
    at = 0
    while at < length:
        sentences = []
        for _ in range(chance.randint(2, 5)):
            start = at + sum(len(one) + 1 for one in sentences)
            wanted = min(marks, marks * (start + 90) / length)
            if len(made) < wanted:
                sentences.append(_credited(chance, start, made))
            else:
                sentences.append(chance.choice(SCENES))
            while made and len(made) < wanted - 1:
                made.append(_again(chance, made[-1]))
        paragraph = " ".join(sentences)
        parts.append(paragraph)
        at += len(paragraph) + 2
    while len(made) < marks:
        made.append(_again(chance, made[-1]))
    return Written("\n\n".join(parts), tuple(made))


def _credited(chance: random.Random, start: int, made: list[dict[str, Any]]) -> str:
    who, cue = chance.choice(PEOPLE), chance.choice(CUES)
    who = who[0].upper() + who[1:]
    content = f"{chance.choice(THINGS)} {chance.choice(DEEDS)}"
    at_cue, at_content = start + len(who) + 1, start + len(who) + len(cue) + 7
    made.append(
        {
            "id": f"m{len(made):06}-{start}-{chance.getrandbits(40):010x}",
            "kind": chance.choice(KINDS),
            "source": [[start, start + len(who)]],
            "cue": [[at_cue, at_cue + len(cue)]],
            "content": [[at_content, at_content + len(content)]],
        }
    )
    return f"{who} {cue} that {content}."


def _again(chance: random.Random, before: dict[str, Any]) -> dict[str, Any]:
    """The same words marked once more, with a shorter content: marks may overlap as they like."""
    first, last = before["content"][0]
    return {
        **before,
        "id": f"{before['id']}+{chance.getrandbits(32):08x}",
        "content": [[first, max(first + 4, last - chance.randint(1, 12))]],
        "kind": chance.choice(KINDS),
    }


def lines(articles: int, length: int, marks: int, stories: int = 1, seed: int = 7) -> list[str]:
    """Articles as lines of JSONL, each of this length and with this many marks."""
    found = []
    for number in range(articles):
        written = write(length, marks, seed + number)
        article = f"article-{number:05}.txt"
        line = {
            "schema": "annotator/1",
            "id": article,
            "story": f"Harbour {number % stories + 1}",
            "outlet": f"Outlet {number % 12 + 1}",
            "title": f"The harbour, part {number + 1}",
            "published": f"2026-03-{number % 28 + 1:02}T08:00:00Z",
            "language": "en",
            "text": written.text,
            "annotator": ANNOTATOR,
            "attributions": [{**one, "id": f"{number}-{one['id']}"} for one in written.marks],
        }
        found.append(json.dumps(line))
    return found


def write_lines(path: Path, articles: int, length: int, marks: int, stories: int = 1) -> Path:
    """The same in a file."""
    path.write_text("\n".join(lines(articles, length, marks, stories)) + "\n", encoding="utf-8")
    return path
