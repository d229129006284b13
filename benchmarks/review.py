"""Differences between six annotators of 600 attributions each, and all measures but gamma."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotator.core.attributions import Attribution
from annotator.core.spans import Fragments, Span, fragments
from annotator.review.agreement import agreement
from annotator.review.disagreements import compare
from annotator.review.panels import Panel
from benchmarks import Figure, cpu_seconds
from benchmarks._texts import KINDS, write

ANNOTATORS = tuple("abcdef")
ARTICLES, ATTRIBUTIONS = 20, 600
LIMIT = 2.0
"""Seconds of one core, on the slowest machine that is in use; whoever opens the panel waits for it once."""


def run() -> list[Figure]:
    """Compare the annotators; the first call, which wakes the libraries, does not count."""
    articles = panels(ARTICLES, ATTRIBUTIONS // ARTICLES)
    measuring = cpu_seconds(lambda: agreement(articles), repeats=3)
    comparing = cpu_seconds(lambda: [compare(article) for article in articles], repeats=3)
    figures = len(agreement(articles).figures)
    return [
        Figure(f"differences and {figures:,} figures", measuring + comparing, "s", limit=LIMIT),
        Figure("the differences alone", comparing, "s"),
    ]


def panels(articles: int, marks: int, length: int = 6_000, seed: int = 7) -> list[Panel]:
    """Articles as annotators marked them who differ in a fifth of what they do."""
    chance = random.Random(seed)
    made = []
    for number in range(articles):
        written = write(length, marks, seed + number)
        own = {hand: tuple(_marked(written.marks, hand, number, chance)) for hand in ANNOTATORS}
        made.append(Panel(f"article {number}", f"story {number // 4}", written.text, own))
    return made


def _marked(
    lines: Sequence[Mapping[str, Any]], hand: str, number: int, chance: random.Random
) -> list[Attribution]:
    found = []
    for line in lines:
        if chance.random() < 0.08:
            continue
        mark = Attribution(
            id=f"{hand} {number} {line['id']}",
            set_id=hand,
            kind=line["kind"],
            source=fragments(line["source"]),
            cue=fragments(line["cue"]),
            content=_shorter(fragments(line["content"]), chance),
            claims=(f"claim {len(found) % 9}",) if len(found) % 3 == 0 else (),
            medium=chance.choice((None, None, None, "statement")),
        )
        found.append(replace(mark, kind=chance.choice(KINDS)) if chance.random() < 0.12 else mark)
    return found


def _shorter(parts: Fragments, chance: random.Random) -> Fragments:
    if chance.random() < 0.8:
        return parts
    last = parts[-1]
    return (*parts[:-1], Span(last.start, max(last.start + 1, last.end - chance.randint(1, 20))))
