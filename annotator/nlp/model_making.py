"""Make a model: train it, find the best way to use it, write its folder with its card."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from annotator import __version__
from annotator.core.clock import now
from annotator.core.errors import Cancelled
from annotator.core.losses import LossReport
from annotator.core.ports import Suggester, TrainingProgress
from annotator.core.records import Record
from annotator.nlp.cross_validation import Comparison, compare_aside, compare_ways
from annotator.nlp.finder import Finder
from annotator.nlp.model_card import DataNote, ModelCard
from annotator.nlp.model_folder import refuse_other_things, write_model
from annotator.nlp.training import Trained, TrainingPlan, train
from annotator.nlp.training_data import marked
from annotator.nlp.weighing import BOTH, RULES, unlearnt

_TRAINING_SHARE = 0.92
_FOLDS_SHARE = 0.6
"""The share of the minutes that cross-validation may take; with articles kept aside, training may take nearly all."""
ENOUGH_ALONE = 200
"""Below so many articles a model alone is no better than the rules, as measured on PolNeAR."""


@dataclass(frozen=True, slots=True)
class Material:
    """What to learn from: articles that people marked, and either others kept aside to measure on, or each one's fold.

    names are those of the files or projects that the articles came from.
    """

    records: Sequence[Record]
    aside: Sequence[Record] = ()
    fold_of: Sequence[int] = ()
    names: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, in words and numbers."""

    folder: Path
    card: ModelCard
    losses: LossReport


def make_model(
    material: Material,
    folder: Path,
    plan: TrainingPlan,
    rules: Suggester,
    progress: TrainingProgress | None = None,
) -> Made:
    """Train on the material and write the model's folder, in one piece, at the end.

    When the user stops, the model that there is by then is written; the comparison is left out if it was not done.

    Raises:
        BadInput: when there is nothing to learn from, or something else stands in the folder's place.
        Cancelled: when the user stops before the model has learnt anything.
    """
    refuse_other_things(folder)
    losses = LossReport()
    records = marked(material.records, losses)
    aside = marked(material.aside, LossReport()) if material.aside else []
    folds = len(set(material.fold_of)) if not aside else 0
    share = _TRAINING_SHARE if folds < 2 else 1 - _FOLDS_SHARE
    trained = train(
        records, aside, replace(plan, minutes=plan.minutes * share), _first_of(progress, 1 + folds)
    )
    if trained.stopped and not trained.passes:
        raise Cancelled("The training was stopped before the model had learnt anything; no model was made.")
    losses.take(trained.losses)
    comparison: Comparison | None = None
    if aside:
        comparison = compare_aside(aside, Finder(trained.nlp, rules))
    elif folds > 1 and not trained.stopped:
        with suppress(Cancelled):
            comparison = compare_ways(
                records,
                material.fold_of,
                replace(plan, minutes=plan.minutes * _FOLDS_SHARE),
                rules,
                _rest_of(progress, folds),
            )
    card = _card(material, records, aside, trained, comparison, plan, losses)
    trained.nlp.meta.update(name=folder.name, description=card.sentence, license="see README.md")
    weighing = comparison.weighing if comparison else unlearnt(card.way)
    write_model(trained.nlp, card, weighing, folder)
    return Made(folder, card, losses)


def _card(
    material: Material,
    records: Sequence[Record],
    aside: Sequence[Record],
    trained: Trained,
    comparison: Comparison | None,
    plan: TrainingPlan,
    losses: LossReport,
) -> ModelCard:
    if comparison is not None:
        of = f"the {len(aside)} articles kept aside" if aside else f"your {len(records)} articles"
        way, sentence = comparison.weighing.way, comparison.sentence(of)
    else:
        way = BOTH if len(records) >= ENOUGH_ALONE else RULES
        sentence = (
            f"Rules and model were not compared. {'Both together are' if way == BOTH else 'The rules alone are'} used, "
            f"since a model trained on fewer than {ENOUGH_ALONE} articles is seldom better than the rules."
        )
    return ModelCard(
        date=now()[:10],
        trained_on=DataNote.of(records, material.names),
        way=way,
        sentence=sentence,
        measured_on=(
            "on articles kept aside"
            if aside
            else "by cross-validation: each article predicted by a model that had not seen it"
        ),
        measures=comparison.measures() if comparison else {},
        passes=round(trained.passes, 1),
        seconds=round(trained.seconds),
        annotator=__version__,
        spacy=version("spacy"),
        base=plan.base,
        stopped=trained.stopped,
        losses=tuple(losses.sentences()),
        kinds=tuple(trained.nlp.get_pipe("attributions").kinds),
    )


def _first_of(progress: TrainingProgress | None, parts: int) -> TrainingProgress | None:
    if progress is None:
        return None
    whole = progress
    return lambda done, total, score: whole(done, parts * total, score)


def _rest_of(progress: TrainingProgress | None, folds: int) -> TrainingProgress | None:
    """The first of the parts was the training itself; the folds are the others, each as long as that."""
    if progress is None:
        return None
    whole = progress

    def told(done: int, total: int, score: float | None) -> bool:
        part = total // folds
        return whole(part + done, part + total, score)

    return told
