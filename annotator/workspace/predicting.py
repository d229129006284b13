"""Predict attributions for files of articles, and measure predictions against gold, without a project."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import orjson

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import Suggester
from annotator.core.records import AttributionRecord
from annotator.core.writing import new_file
from annotator.formats.jsonl import attribution_line, lines, record_of
from annotator.formats.jsonl_fields import Fields
from annotator.nlp.evaluation import Evaluation
from annotator.nlp.finder import Article
from annotator.nlp.model_folder import CARD
from annotator.nlp.model_suggester import ModelSuggester
from annotator.nlp.rules_suggester import NAME, RulesSuggester
from annotator.workspace.cluster import cluster_at, on_cluster
from annotator.workspace.paths import resources

_ALONE = 60
"""Up to so many articles, starting a second process takes longer than it saves."""

_TOGETHER = 8
"""How many articles a process is handed at once; a model reads several together faster than one by one."""


@lru_cache(maxsize=1)
def rules() -> RulesSuggester:
    """The rules with the lexicon that ships; made once."""
    return RulesSuggester(resources("lexicons"))


def suggester_of(name: str) -> Suggester:
    """What finds attributions: the rules by their name, or the model in a folder; opened once, and again when it was trained anew.

    Raises:
        BadInput: when it is neither, or a model that cannot be used.
    """
    if name == NAME:
        return rules()
    card = Path(name) / CARD
    if not Path(name).is_dir():
        raise BadInput(f"There is no suggester called {name!r}: it is {NAME}, or the folder of a model.")
    return _model(name, card.stat().st_mtime_ns if card.is_file() else 0)


@lru_cache(maxsize=2)
def _model(name: str, _made: int) -> ModelSuggester:
    model = ModelSuggester(Path(name), rules())
    model.warm()
    return model


def predict_file(
    source: Path, out: Path, suggester: str = NAME, processes: int = 0, engine: str = ""
) -> tuple[int, int]:
    """Write each line of a JSONL file with the attributions found in its text; how many articles and attributions.

    suggester is the name of the rules or the folder of a model. engine (dask://HOST:PORT) hands the work to a cluster,
    whose machines need Annotator, and the model's folder at the same place; the file that comes out is the same.

    Raises:
        BadInput: for an unknown suggester, or a line that is not an article with a text.
    """
    suggester_of(suggester)
    if engine:
        cluster_at(engine)
    articles = attributions = 0
    with new_file(out) as file:
        found = (
            chain.from_iterable(
                on_cluster(partial(predicted_lines, suggester), _by_several(_articles(source)), engine)
            )
            if engine
            else _predicted(_articles(source), suggester, processes or os.cpu_count() or 1)
        )
        for line, count in found:
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


def _predicted(
    articles: Iterator[dict[str, Any]], suggester: str, processes: int
) -> Iterator[tuple[bytes, int]]:
    first = [article for _, article in zip(range(_ALONE), articles, strict=False)]
    several = _by_several(chain(first, articles))
    work = partial(predicted_lines, suggester)
    if processes < 2 or len(first) < _ALONE:
        yield from chain.from_iterable(map(work, several))
        return
    with get_context("spawn").Pool(processes) as pool:
        yield from chain.from_iterable(pool.imap(work, several))


def _by_several(articles: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(articles, _TOGETHER)):
        yield batch


def predicted_lines(suggester: str, given: list[dict[str, Any]]) -> list[tuple[bytes, int]]:
    """Lines with their attributions replaced by what a suggester finds, and how many these are."""
    records = [record_of(Fields(line, "a line"), LossReport()) for line in given]
    finder = suggester_of(suggester)
    if isinstance(finder, ModelSuggester):
        articles = [Article(record.text or "", record.zones, record.outlet) for record in records]
        found: list[Sequence[AttributionRecord]] = list(finder.suggest_all(articles))
    else:
        found = [finder.suggest(record.text or "", record.zones, record.outlet) for record in records]
    return [
        (orjson.dumps({**line, "attributions": [attribution_line(one) for one in own]}), len(own))
        for line, own in zip(given, found, strict=True)
    ]


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
