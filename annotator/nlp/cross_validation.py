"""Find out whether rules, model or both do best on the user's own articles, and say so in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotator.core.errors import Cancelled
from annotator.core.ports import Suggester, TrainingProgress
from annotator.core.records import Record
from annotator.nlp.evaluation import MEASURES, Evaluation
from annotator.nlp.finder import Article, Finder, Seen
from annotator.nlp.training import TrainingPlan, train
from annotator.nlp.weighing import BOTH, MODEL, RULES, WAYS, Known, Weighing, learnt, unlearnt

WHO_SAID_WHAT = "who-said-what overlap"
_SPOKEN = {RULES: "the rules alone", MODEL: "the model alone", BOTH: "both together"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """How well each way does, measured on articles that no part of it had seen; weighing is that of the best way."""

    articles: int
    evaluations: dict[str, Evaluation]
    weighing: Weighing

    def measures(self) -> dict[str, dict[str, float]]:
        """F1 by way and name of measure."""
        return {
            way: {name: round(evaluation.score(name).f1, 4) for name in MEASURES}
            for way, evaluation in self.evaluations.items()
        }

    def sentence(self, of: str) -> str:
        """The outcome in words; of says which articles, as in "your 35 articles"."""
        share = {way: round(100 * one.score(WHO_SAID_WHAT).f1) for way, one in self.evaluations.items()}
        best = _SPOKEN[self.weighing.way]
        return (
            f"On {of}, the rules alone find who said what right {share[RULES]} times in 100; the model alone {share[MODEL]}; "
            f"both together {share[BOTH]}. {best.capitalize()} {'are' if self.weighing.way != MODEL else 'is'} used."
        )


def compare_ways(
    records: Sequence[Record],
    fold_of: Sequence[int],
    plan: TrainingPlan,
    rules: Suggester,
    progress: TrainingProgress | None = None,
) -> Comparison:
    """Cross-validation: the articles of each fold are predicted by a model that was trained on the others.

    plan.minutes are those of all folds together. fold_of numbers the fold of each article; there are at least two folds.

    Raises:
        Cancelled: when the user stops it; half a comparison says nothing.
    """
    folds = sorted(set(fold_of))
    own_plan = replace(plan, minutes=plan.minutes / len(folds))
    found: dict[int, Seen] = {}
    for number, fold in enumerate(folds):
        others = [record for record, own in zip(records, fold_of, strict=True) if own != fold]
        trained = train(others, (), own_plan, _part_of(progress, number, len(folds)))
        if trained.stopped:
            raise Cancelled("The comparison of rules and model was stopped.")
        inside = [at for at, own in enumerate(fold_of) if own == fold]
        seen = _seen(Finder(trained.nlp, rules), [records[at] for at in inside])
        found.update(zip(inside, seen, strict=True))
    return compared(records, [found[at] for at in range(len(records))], fold_of)


def compare_aside(records: Sequence[Record], finder: Finder) -> Comparison:
    """Compare the ways on articles kept aside from the training; each half is weighed as the other half teaches."""
    return compared(records, _seen(finder, records), [at % 2 for at in range(len(records))])


def _seen(finder: Finder, records: Sequence[Record]) -> list[Seen]:
    articles = [Article(record.text or "", record.zones, record.outlet) for record in records]
    return finder.see(articles, with_rules=True)


def compared(records: Sequence[Record], seen: Sequence[Seen], fold_of: Sequence[int]) -> Comparison:
    """Measure each way on what was seen; how to weigh is learnt from the other folds."""
    gold = [tuple(record.attributions or ()) for record in records]
    evaluations = {way: Evaluation() for way in WAYS}
    weighings = {RULES: unlearnt(RULES)}
    for record, own, one in zip(records, gold, seen, strict=True):
        evaluations[RULES].add(record.text or "", own, one.by_rules)
    for way in (MODEL, BOTH):
        known: list[Known] = [(one.candidates(way), own) for one, own in zip(seen, gold, strict=True)]
        for fold in sorted(set(fold_of)):
            others = [known[at] for at, own_fold in enumerate(fold_of) if own_fold != fold]
            weighing = learnt(way, others) if others else unlearnt(way)
            for at, own_fold in enumerate(fold_of):
                if own_fold == fold:
                    found = seen[at].finished(weighing.chosen(known[at][0]))
                    evaluations[way].add(records[at].text or "", gold[at], found)
        weighings[way] = learnt(way, known)
    best = max(WAYS, key=lambda way: (round(evaluations[way].score(WHO_SAID_WHAT).f1, 3), -WAYS.index(way)))
    return Comparison(len(records), evaluations, weighings[best])


def _part_of(progress: TrainingProgress | None, number: int, parts: int) -> TrainingProgress | None:
    if progress is None:
        return None
    whole = progress

    def told(done: int, total: int, score: float | None) -> bool:
        return whole(number * total + done, parts * total, score)

    return told
