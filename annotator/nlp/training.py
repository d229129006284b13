"""Train a spaCy pipeline that finds attributions, on articles that people marked."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import TrainingProgress
from annotator.core.records import Record
from annotator.nlp.completing import placed
from annotator.nlp.pipelines import COMPONENT, base_pipeline, with_base, woken
from annotator.nlp.training_data import gold_docs
from annotator.nlp.weighing import THRESHOLDS, best_threshold

_LEARN_RATE = 0.002
_WARM_UP = 0.02
_TOLD_EVERY = 5
"""Progress is told, and may stop the training, after so many steps."""


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """How long to train: so many passes over the articles, so many words a step, at most so many minutes.

    base is an installed spaCy pipeline, or a folder with one, whose tags, parses and entities the model is to see.
    """

    config: Path
    passes: int = 0
    words: int = 0
    minutes: float = 0.0
    base: str = ""
    seed: int = 0

    def for_words(self, total: int) -> TrainingPlan:
        """The plan with what was left open chosen by the number of words: the fewer, the smaller the steps and the more passes.

        On PolNeAR, 10 articles do best with some 20 passes, 28 with 12 (with 37 they are learnt by heart), 840 with 10.
        """
        words = self.words or max(500, min(3000, total // 60))
        passes = self.passes or max(10, min(25, round(10 * (700_000 / max(1, total)) ** 0.15)))
        return TrainingPlan(self.config, passes, words, self.minutes, self.base, self.seed)


@dataclass(slots=True)
class Trained:
    """A trained pipeline and how it came about; score is who-said-what F1 on the articles kept aside, None without any."""

    nlp: Any
    score: float | None
    passes: float
    seconds: float
    stopped: bool
    losses: LossReport = field(default_factory=LossReport)


def train(
    records: Sequence[Record],
    dev: Sequence[Record],
    plan: TrainingPlan,
    progress: TrainingProgress | None = None,
) -> Trained:
    """Train on some articles, and keep the state that is best on others; without others, the last one.

    Progress is told words seen, words in all, and the score so far; where it answers False, where the minutes are over
    or the user interrupts, the training ends there with what it has.

    Raises:
        BadInput: when the base pipeline cannot be used, or the articles hold no word.
    """
    from spacy.util import logger

    woken()
    losses = LossReport()
    before = logger.level
    logger.setLevel("ERROR")
    try:
        with TemporaryDirectory() as folder:
            return _Training(records, dev, plan, losses, Path(folder), progress).run()
    finally:
        logger.setLevel(before)


class _Training:
    """One run of spaCy's training loop."""

    def __init__(
        self,
        records: Sequence[Record],
        dev: Sequence[Record],
        plan: TrainingPlan,
        losses: LossReport,
        folder: Path,
        progress: TrainingProgress | None,
    ) -> None:
        from spacy.tokens import DocBin

        tokens = base_pipeline(plan.base)
        docs = gold_docs(tokens, records, losses)
        self.words = sum(len(doc) for doc in docs)
        if not self.words:
            raise BadInput("There is nothing to learn from: the articles hold no word. No model was made.")
        self.plan = plan.for_words(self.words)
        self.losses = losses
        self.progress = progress
        self.folder = folder
        DocBin(docs=docs, store_user_data=False).to_disk(folder / "train.spacy")
        self.dev = dev
        self.dev_docs: list[Any] = []
        self.started = time.monotonic()
        self.seen = 0
        self.best: tuple[float, bytes] | None = None

    def run(self) -> Trained:
        from spacy.training.initialize import init_nlp
        from spacy.training.loop import create_train_batches, train_while_improving
        from spacy.util import registry, resolve_dot_names

        nlp = init_nlp(self._config())
        settings = registry.resolve(nlp.config.interpolate()["training"], validate=False)
        (corpus,) = resolve_dot_names(nlp.config.interpolate(), [settings["train_corpus"]])
        optimizer = settings["optimizer"]
        steps = max(1, self.words // self.plan.words)
        loop = train_while_improving(
            nlp,
            optimizer,
            create_train_batches(nlp, corpus, settings["batcher"], self.plan.passes),
            lambda: self._evaluate(nlp),
            dropout=settings["dropout"],
            eval_frequency=max(1, steps if self.plan.passes >= 6 else steps // 2),
            accumulate_gradient=1,
            patience=0,
            max_steps=0,
            exclude=settings["frozen_components"],
            annotating_components=settings["annotating_components"],
            before_update=lambda _, __: self._set_learn_rate(optimizer),
        )
        stopped = not self._watched(loop)
        with nlp.use_params(optimizer.averages):
            self._evaluate(nlp)
            component: Any = nlp.get_pipe(COMPONENT)
            weights = component.model.to_bytes()
        component.model.from_bytes(self.best[1] if self.best else weights)
        # the files that were trained on are gone; what is written must not name them
        for part in ("train", "dev"):
            nlp.config["paths"][part] = None
            nlp.config["corpora"][part]["path"] = f"${{paths.{part}}}"
        seconds = time.monotonic() - self.started
        score = self.best[0] if self.best else None
        return Trained(nlp, score, self.seen / self.words, seconds, stopped, self.losses)

    def _config(self) -> Any:
        from spacy.util import load_config

        changed: dict[str, Any] = {
            "paths.train": str(self.folder / "train.spacy"),
            "paths.dev": str(self.folder / "train.spacy"),
            "system.seed": self.plan.seed,
            "training.max_epochs": self.plan.passes,
            "training.batcher.size": self.plan.words,
        }
        config = load_config(self.plan.config, changed)
        return with_base(config, self.plan.base) if self.plan.base else config

    def _watched(self, loop: Iterator[Any]) -> bool:
        """Go through the loop; False when the user stopped it."""
        last = 0
        try:
            for step, (batch, _, _) in enumerate(loop):
                self.seen += sum(len(example) for example in batch)
                if step - last >= _TOLD_EVERY or step == 0:
                    last = step
                    if not self._goes_on():
                        return False
                if self._minutes_over():
                    return True
        except KeyboardInterrupt:
            return False
        self._goes_on()
        return True

    def _goes_on(self) -> bool:
        if self.progress is None:
            return True
        total = self.words * self.plan.passes
        score = self.best[0] if self.best else None
        return self.progress(min(self.seen, total), total, score)

    def _share_done(self) -> float:
        """How much of the training is behind us, by words or by time, whichever is further."""
        by_words = self.seen / (self.words * self.plan.passes)
        by_time = (time.monotonic() - self.started) / (60 * self.plan.minutes) if self.plan.minutes else 0.0
        return min(1.0, max(by_words, by_time))

    def _minutes_over(self) -> bool:
        return bool(self.plan.minutes) and time.monotonic() - self.started >= 60 * self.plan.minutes

    def _set_learn_rate(self, optimizer: Any) -> None:
        """Up at once, then down to nothing in a straight line, so that the end of the minutes finds a finished model."""
        done = self._share_done()
        optimizer.learn_rate = _LEARN_RATE * min(1.0, 0.05 + done / _WARM_UP) * (1.0 - done) + 1e-5

    def _evaluate(self, nlp: Any) -> tuple[float, dict[str, float]]:
        """Measure on the articles kept aside at the best threshold, and keep the weights where they are the best so far."""
        if not self.dev or not self.seen:
            return 0.0, {}
        component = nlp.get_pipe(COMPONENT)
        if not self.dev_docs:
            self.dev_docs = list(nlp.pipe([record.text or "" for record in self.dev], disable=[COMPONENT]))
        articles = []
        readings = component.candidates(self.dev_docs, THRESHOLDS[0])
        for doc, reading, record in zip(self.dev_docs, readings, self.dev, strict=True):
            found = [
                replace(one, confidence=mark.chance)
                for one, mark in zip(placed(doc, reading.marks), reading.marks, strict=True)
            ]
            articles.append((found, record.attributions or ()))
        threshold, score = best_threshold(articles)
        if self.best is None or score > self.best[0]:
            self.best = score, component.model.to_bytes()
            component.cfg["threshold"] = threshold
        return score, {"who_said_what": score}
