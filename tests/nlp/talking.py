"""Short articles in which people say things, with every attribution marked; and a network small enough to learn them in seconds."""

from __future__ import annotations

import random
from pathlib import Path

from annotator.core.records import AttributionRecord, Record
from annotator.core.spans import Span
from annotator.nlp.training import TrainingPlan
from annotator.workspace.paths import resources

_PEOPLE = (
    "Mayor Lena Brook",
    "the harbour master",
    "Captain Ida Brandt",
    "two people familiar with the plan",
    "a neighbour",
    "Jon Vale",
    "the ferry company",
    "officials",
)
_THINGS = (
    "the bridge would open in May",
    "no boat had left the harbour",
    "the old mill was sold for a song",
    "nobody had asked the crew",
    "the ferry would sail at night",
    "the council would meet again on Friday",
    "the water had risen by a metre",
    "the town could not pay for it",
)
_FILLERS = (
    "Rain fell on the market all morning.",
    "The road along the river is closed.",
    "A brass band played outside the school.",
    "Gulls sat on the roof of the fish hall.",
)
KINDS = ("anonymous_source", "named_official")


def article(number: int, sentences: int = 8) -> Record:
    """An article that is the same each time, by its number."""
    dice = random.Random(number)
    text = ""
    marks = []
    for at in range(sentences):
        if dice.random() < 0.3:
            text += dice.choice(_FILLERS) + " "
            continue
        who, what = dice.choice(_PEOPLE), dice.choice(_THINGS)
        kind = KINDS["familiar" not in who and who not in {"officials", "a neighbour"}]
        form = dice.randrange(3)
        if form == 0:
            parts = [
                ("source", who[0].upper() + who[1:]),
                (None, " "),
                ("cue", "said"),
                (None, " "),
                ("content", f"that {what}"),
            ]
        elif form == 1:
            parts = [
                ("content", f"“{what[0].upper() + what[1:]},”"),
                (None, " "),
                ("source", who),
                (None, " "),
                ("cue", "said"),
            ]
        else:
            parts = [
                ("content", what[0].upper() + what[1:]),
                (None, ", "),
                ("cue", "according to"),
                (None, " "),
                ("source", who),
            ]
        places: dict[str, tuple[Span, ...]] = {}
        for role, words in parts:
            if role:
                places[role] = (Span(len(text), len(text) + len(words)),)
            text += words
        text += ". "
        marks.append(
            AttributionRecord(
                id=f"m{number}-{at}",
                kind=kind,
                source=places["source"],
                cue=places["cue"],
                content=places["content"],
            )
        )
    return Record(id=f"talk-{number}", text=text.strip(), annotator="maria", attributions=tuple(marks))


def articles(first: int, number: int) -> list[Record]:
    return [article(at) for at in range(first, first + number)]


def small_plan(folder: Path, **more: object) -> TrainingPlan:
    """The shipped settings with a network of a few thousand weights."""
    text = resources("training", "attributions.cfg").read_text(encoding="utf-8")
    for big, small in (
        ("width = 128", "width = 32"),
        ("hidden = 192", "hidden = 32"),
        ("rows = 8000", "rows = 500"),
        ("dropout = 0.2", "dropout = 0.05"),
    ):
        assert big in text
        text = text.replace(big, small)
    config = folder / "small.cfg"
    config.write_text(text, encoding="utf-8")
    return TrainingPlan(config, **{"passes": 12, "words": 200, **more})  # type: ignore[arg-type]
