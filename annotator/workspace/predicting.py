"""Predict attributions for files of articles, and measure predictions against gold, without a project."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import orjson

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.records import AttributionRecord
from annotator.core.writing import new_file
from annotator.formats.jsonl import attribution_line, lines, record_of
from annotator.formats.jsonl_fields import Fields
from annotator.nlp.evaluation import Evaluation
from annotator.nlp.rules_suggester import NAME, RulesSuggester
from annotator.workspace.paths import resources

_ALONE = 60
"""Up to so many articles, starting a second process takes longer than it saves."""


@lru_cache(maxsize=1)
def rules() -> RulesSuggester:
    """The rules with the lexicon that ships; made once."""
    return RulesSuggester(resources("lexicons"))


def predict_file(source: Path, out: Path, suggester: str = NAME, processes: int = 0) -> tuple[int, int]:
    """Write each line of a JSONL file with the attributions found in its text; how many articles and attributions.

    Raises:
        BadInput: for an unknown suggester, or a line that is not an article with a text.
    """
    if suggester != NAME:
        raise BadInput(f"There is no suggester called {suggester!r}; there is {NAME}.")
    articles = attributions = 0
    with new_file(out) as file:
        for line, count in _predicted(_articles(source), processes or os.cpu_count() or 1):
            file.write(line + b"\n")
            articles += 1
            attributions += count
    return articles, attributions


def _articles(source: Path) -> Iterator[dict[str, Any]]:
    for line in lines(source):
        # read whole, so that a line that import would refuse is refused here too, with the same sentence
        if record_of(line, LossReport()).text is None:
            raise BadInput(f"{line.where}: there is no text to find attributions in. Nothing was written.")
        yield dict(line.values)


def _predicted(articles: Iterator[dict[str, Any]], processes: int) -> Iterator[tuple[bytes, int]]:
    first = [article for _, article in zip(range(_ALONE), articles, strict=False)]
    if processes < 2 or len(first) < _ALONE:
        yield from map(predicted_line, chain(first, articles))
        return
    with get_context("spawn").Pool(processes) as pool:
        yield from pool.imap(predicted_line, chain(first, articles), chunksize=8)


def predicted_line(line: dict[str, Any]) -> tuple[bytes, int]:
    """A line with its attributions replaced by what the rules find, and how many these are."""
    zones = record_of(Fields(line, "a line"), LossReport()).zones
    found = rules().suggest(line["text"], zones)
    return orjson.dumps({**line, "attributions": [attribution_line(one) for one in found]}), len(found)


def evaluate_files(gold: Path, predicted: Path) -> Evaluation:
    """Measure one JSONL file of predictions against one of gold; an article without predictions counts as empty.

    Raises:
        BadInput: when a file cannot be read, an id stands twice, or the two do not belong together.
    """
    ours = _by_id(gold)
    theirs = _by_id(predicted)
    stray = [name for name in theirs if name not in ours]
    if stray:
        raise BadInput(f"{predicted}: {len(stray)} articles are not in {gold}, the first is {stray[0]!r}.")
    evaluation = Evaluation()
    for name, line in ours.items():
        text = line.values.get("text")
        if not isinstance(text, str):
            raise BadInput(f"{line.where}: gold needs its text.")
        other = theirs.get(name)
        if other is not None and other.values.get("text") not in {None, text}:
            raise BadInput(f"{other.where}: the text of {name!r} is not that of {gold}.")
        marks, keys = _marks(line, text)
        other_marks, other_keys = _marks(other, text) if other is not None else ((), [])
        evaluation.add(text, marks, other_marks, (keys, other_keys))
    return evaluation


def _by_id(path: Path) -> dict[str, Fields]:
    found: dict[str, Fields] = {}
    for line in lines(path):
        name = str(line.values.get("id"))
        if name in found:
            raise BadInput(f"{line.where}: the id {name!r} stands twice.")
        found[name] = line
    return found


def _marks(line: Fields, text: str) -> tuple[tuple[AttributionRecord, ...], list[frozenset[str]]]:
    record = record_of(Fields({**line.values, "text": text}, line.where), LossReport())
    given = line.values.get("attributions") or []
    return record.attributions or (), [frozenset(one) for one in given]
