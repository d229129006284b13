"""A story of six articles, and one of fifty, compared; and what one more mark costs."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from annotator.compare.comparison import compare, read_texts
from annotator.compare.telling import Names, Telling
from annotator.core.attributions import Attribution
from annotator.core.claims import Claim
from annotator.core.sources import Source
from annotator.core.spans import fragments
from annotator.workspace.comparing import lexicons
from benchmarks import Figure, cpu_seconds
from benchmarks._texts import PEOPLE, write

LENGTH, MARKS, CLAIMS = 6_000, 30, 24
FEW, MANY = 6, 50
SMALL_LIMIT, LARGE_LIMIT, MARK_LIMIT = 0.5, 10.0, 0.05
"""Seconds of one core, as they were promised; they are for the machine at hand."""


def run() -> list[Figure]:
    """Compare the stories; the first call, which wakes the libraries, does not count."""
    figures = []
    for articles, limit in ((FEW, SMALL_LIMIT), (MANY, LARGE_LIMIT)):
        told, names = story(articles)
        repeats = 5 if articles == FEW else 1
        texts = read_texts(told, lexicons())
        reading = cpu_seconds(lambda told=told: read_texts(told, lexicons()), repeats)
        marks = cpu_seconds(lambda told=told, names=names, texts=texts: compare(told, names, texts), repeats)
        first = compare(told, names, texts)
        changed = with_a_change(told)
        one = cpu_seconds(
            lambda changed=changed, names=names, texts=texts, first=first: compare(
                changed, names, texts, first
            ),
            repeats,
        )
        figures += [
            Figure(f"{articles} articles of 6 kB, all", reading + marks, "s", limit=limit),
            Figure(f"{articles} articles, their texts alone", reading, "s"),
            Figure(
                f"{articles} articles, one mark changed",
                one,
                "s",
                limit=MARK_LIMIT if articles == FEW else None,
            ),
        ]
    return figures


def story(articles: int, seed: int = 7) -> tuple[list[Telling], Names]:
    """Articles that tell of one event in partly the same words, with marks that make the same claims."""
    chance = random.Random(seed)
    sources = {name: Source(name, name, "person") for name in PEOPLE}
    claims = tuple(Claim(f"claim {at}", "story", f"claim {at}", position=at) for at in range(CLAIMS))
    told = []
    for number in range(articles):
        written = write(LENGTH, MARKS, seed + number)
        marks = tuple(
            Attribution(
                id=f"{number} {line['id']}",
                set_id=str(number),
                kind=line["kind"],
                source=fragments(line["source"]),
                cue=fragments(line["cue"]),
                content=fragments(line["content"]),
                source_id=chance.choice(PEOPLE),
                claims=(f"claim {chance.randrange(CLAIMS)}",) if chance.random() < 0.8 else (),
                medium=chance.choice((None, None, "statement", "X")),
            )
            for line in written.marks
        )
        told.append(
            Telling(
                f"article {number}",
                f"Outlet {number}",
                written.text,
                marks,
                f"2026-03-{1 + number % 28:02}T08:00:00Z",
            )
        )
    return told, Names(sources, {}, claims)


def with_a_change(told: Sequence[Telling]) -> list[Telling]:
    """The same, but that the first mark of the first article has another medium."""
    first = told[0]
    mark = replace(first.marks[0], medium="Telegram")
    return [replace(first, marks=(mark, *first.marks[1:])), *told[1:]]
