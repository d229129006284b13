"""A story of six articles, and one of fifty, compared; and what one more mark costs."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotator.compare.comparison import compare, read_texts
from annotator.compare.telling import Names, Telling
from annotator.core.attributions import Attribution
from annotator.core.claims import Claim
from annotator.core.sources import TYPE_OF_KIND, Source
from annotator.core.spans import fragments
from annotator.workspace.comparing import lexicons
from annotator.workspace.paths import sample_docs
from benchmarks import Figure, cpu_seconds

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
    """Articles of two of the sample story's each, one word in seven another one; so they share, reword and contradict as news does."""
    chance = random.Random(seed)
    lines = [json.loads(line) for line in (sample_docs() / "gold.jsonl").read_text("utf-8").splitlines()]
    pool = [word for line in lines for word in line["text"].split() if word.isalpha()]
    pairs = [(one, other) for one in lines for other in lines if one is not other]
    told: list[Telling] = []
    sources: dict[str, Source] = {}
    claims: dict[str, Claim] = {}
    for number in range(articles):
        text, marks = "", list[Attribution]()
        for line in pairs[number % len(pairs)]:
            for values in line["attributions"]:
                if values["type"] == "statement":
                    marks.append(_mark(values, len(text), f"{number} {len(text)}", sources, claims))
            text += _other_words(line["text"], pool, chance) + "\n\n"
        day = f"2026-03-{1 + number % 28:02}T08:00:00Z"
        told.append(Telling(f"article {number}", f"Outlet {number}", text, tuple(marks), day))
    return told, Names(sources, {}, tuple(claims.values()))


def _mark(
    values: Mapping[str, Any], at: int, prefix: str, sources: dict[str, Source], claims: dict[str, Claim]
) -> Attribution:
    name = values["source_name"]
    if name:
        sources.setdefault(name, Source(name, name, TYPE_OF_KIND.get(values["kind"], "")))
    for claim in values["claims"]:
        claims.setdefault(claim, Claim(claim, "story", claim, position=len(claims)))
    spans = {
        role: fragments([start + at, end + at] for start, end in values[role])
        for role in ("source", "cue", "content")
    }
    return Attribution(
        f"{prefix} {values['id']}",
        prefix,
        values["kind"],
        source_id=name,
        claims=tuple(values["claims"]),
        parent=f"{prefix} {values['parent']}" if values["parent"] else None,
        medium=values["medium"],
        polarity=values["polarity"],
        quote=values["quote"],
        **spans,
    )


def _other_words(text: str, pool: Sequence[str], chance: random.Random) -> str:
    """The text with some words in place of others, each as long as before, so that marks stay where they are."""

    def other(match: re.Match[str]) -> str:
        word = match[0]
        if chance.random() > 1 / 7:
            return word
        return (chance.choice(pool) * len(word))[: len(word)]

    return re.sub(r"[^\W\d_]{3,}", other, text)


def with_a_change(told: Sequence[Telling]) -> list[Telling]:
    """The same, but that the first mark of the first article has another medium."""
    first = told[0]
    mark = replace(first.marks[0], medium="Telegram")
    return [replace(first, marks=(mark, *first.marks[1:])), *told[1:]]
