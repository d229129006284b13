"""Train a model on what people marked in projects and JSONL files, and put it in a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.compare.dealing import by_chance
from annotator.compare.duplicates import find_duplicates
from annotator.compare.split_groups import Candidate, kept_together
from annotator.core.annotation_sets import FINISHED
from annotator.core.annotators import GOLD, MODEL, Annotator
from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import ReadOptions, TrainingProgress
from annotator.core.records import Record
from annotator.formats.jsonl import FORMAT as JSONL
from annotator.nlp.model_making import Made, Material, make_model
from annotator.nlp.training import TrainingPlan
from annotator.workspace.choosing import Selection, records
from annotator.workspace.opening import open_project
from annotator.workspace.paths import resources
from annotator.workspace.predicting import rules

_FEW, _MANY = 50, 200
"""Up to so many articles five folds are used, and from so many on, one tenth of the articles is kept aside instead."""


@dataclass(frozen=True, slots=True)
class TrainingWish:
    """What a user may say about a training; 0 minutes and 0 passes leave it to the number of words."""

    dev: Path | None = None
    minutes: float = 0.0
    base: str = ""
    passes: int = 0
    seed: int = 0


def train_model(
    places: Sequence[str],
    folder: Path,
    wish: TrainingWish,
    hand: str,
    progress: TrainingProgress | None = None,
) -> Made:
    """Train on projects (files or database URLs) and JSONL files, and write the model's folder.

    Without articles named to be kept aside, some of the given ones are, or all are by turns, so that rules and model
    can be compared; articles of one story, and copies of each other, are on one side.

    Raises:
        BadInput: when something cannot be read, or there is nothing to learn from; nothing was written then.
        ProjectError: when a project cannot be opened.
        Cancelled: when the user stops before the model has learnt anything.
    """
    losses = LossReport()
    found = [one for place in places for one in _records(place, hand)]
    chosen = _one_set_each(found, losses)
    if not chosen:
        raise BadInput("There is nothing to learn from: nobody has marked these articles. No model was made.")
    aside: list[Record] = []
    fold_of: list[int] = []
    if wish.dev is not None:
        known = {record.text for record in chosen}
        aside = _one_set_each([(0, one) for one in _read(wish.dev)], LossReport())
        if any(record.text in known for record in aside):
            raise BadInput(
                f"{wish.dev} holds articles that are also to be trained on; the two must be apart."
            )
        if not aside:
            raise BadInput(f"{wish.dev} holds no article that somebody marked.")
    elif len(chosen) >= _MANY:
        chosen, aside = _tenth_aside(chosen)
    elif len(chosen) > 1:
        fold_of = _folds(chosen, min(len(chosen), 5 if len(chosen) <= _FEW else 3))
    plan = TrainingPlan(
        resources("training", "attributions.cfg"), wish.passes, 0, wish.minutes, wish.base, wish.seed
    )
    material = Material(chosen, aside, fold_of, [Path(place).name for place in places])
    made = make_model(material, folder, plan, rules(), progress)
    losses.take(made.losses)
    return Made(made.folder, made.card, losses)


def _records(place: str, hand: str) -> list[tuple[int, Record]]:
    """What people marked in a file or project, each with how much it is to be preferred to another set of the same article."""
    if Path(place).suffix.lower() in JSONL.suffixes:
        return [(_worth(record, set()), record) for record in _read(Path(place))]
    workspace = open_project(place, hand)
    try:
        everyone = workspace.registry.every(Annotator)
        gold, models = ({one.name for one in everyone if one.role == role} for role in (GOLD, MODEL))
        return [
            (_worth(record, gold), record)
            for record in records(workspace, Selection())
            if record.annotator not in models
        ]
    finally:
        workspace.close()


def _read(path: Path) -> list[Record]:
    return list(JSONL.read(path, LossReport(), ReadOptions()))


def _worth(record: Record, gold: set[str]) -> int:
    return 2 if record.annotator in gold else 1 if record.status == FINISHED else 0


def _one_set_each(found: Sequence[tuple[int, Record]], losses: LossReport) -> list[Record]:
    """One set of marks for each article: gold before finished before begun, then the one with most marks."""
    best: dict[str, tuple[tuple[int, int], Record]] = {}
    for worth, record in found:
        if record.text is None or record.attributions is None:
            losses.add(
                "article without its text or without marks, not learnt from", record.id or record.where
            )
            continue
        value = worth, sum(one.state == "kept" for one in record.attributions)
        known = best.get(record.text)
        if known is not None:
            losses.add("further set of marks of one article, not learnt from", record.id or record.where)
        if known is None or value > known[0]:
            best[record.text] = value, record
    return [record for _, record in best.values()]


def _tenth_aside(chosen: Sequence[Record]) -> tuple[list[Record], list[Record]]:
    """About a tenth of the articles apart from the others: the smallest of ten folds, until they are enough."""
    fold_of = _folds(chosen, 10)
    sizes = Counter(fold_of)
    apart: set[int] = set()
    for fold in sorted(sizes, key=lambda one: (sizes[one], one))[:-1]:
        if sum(sizes[one] for one in apart) < len(chosen) // 10:
            apart.add(fold)
    pairs = list(zip(chosen, fold_of, strict=True))
    return [record for record, fold in pairs if fold not in apart], [
        record for record, fold in pairs if fold in apart
    ]


def _folds(chosen: Sequence[Record], number: int) -> list[int]:
    """The fold of each article; articles of one story and copies stay together, unless all tell one story."""
    names = [f"{at:08d}" for at in range(len(chosen))]
    duplicates = find_duplicates(
        ((name, record.text or "") for name, record in zip(names, chosen, strict=True)), total=len(chosen)
    )
    for by_story in (True, False):
        candidates = [
            Candidate(name, record.story if by_story else "")
            for name, record in zip(names, chosen, strict=True)
        ]
        groups = kept_together(candidates, duplicates, outlets=False)
        if len(groups) >= number or not by_story:
            break
    parts = min(number, len(groups))
    dealt = by_chance(groups, tuple((str(part), 1 / parts) for part in range(parts)), 0)
    fold = {article.id: int(dealt.parts[group.name]) for group in groups for article in group.articles}
    return [fold[name] for name in names]
