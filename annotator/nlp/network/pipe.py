"""The spaCy component that finds attributions; its factory is on the board in pyproject.toml."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.pipeline.trainable_pipe import TrainablePipe
from spacy.training import Example
from spacy.util import registry

from annotator.nlp.docbin import SPANS_KEY
from annotator.nlp.going_on import as_far_as_read
from annotator.nlp.network.features import features_of
from annotator.nlp.network.finding import find
from annotator.nlp.network.layers import Layer
from annotator.nlp.network.marks import ROLES, gold_of, marks_of, write
from annotator.nlp.network.network import Network, build, set_kinds
from annotator.nlp.network.one_core import one_core
from annotator.nlp.network.scoring import score_examples
from annotator.nlp.network.teaching import learn
from annotator.nlp.token_marks import Reading, TokenMark

FACTORY = "annotator_attributions"
ARCHITECTURE = "annotator.CuesAndRoles.v1"


@registry.architectures(ARCHITECTURE)  # type: ignore[untyped-decorator]
def cues_and_roles(width: int, hidden: int, rows: int, seed: int) -> Layer:
    """The network under the name that a spaCy config gives it."""
    return build(width, hidden, rows, seed)


@Language.factory(
    FACTORY,
    assigns=["doc.spans"],
    default_config={
        "model": {
            "@architectures": ARCHITECTURE,
            "width": 128,
            "hidden": 192,
            "rows": 8000,
            "seed": 0,
        },
        "spans_key": SPANS_KEY,
        "threshold": 0.45,
    },
    default_score_weights={"who_said_what": 1.0, "whole_attribution": 0.0},
)
def make_attributions(
    nlp: Language, name: str, model: Layer, spans_key: str, threshold: float
) -> AttributionsPipe:
    """The component as a spaCy config asks for it."""
    return AttributionsPipe(nlp.vocab, model, name, spans_key=spans_key, threshold=threshold)


class AttributionsPipe(TrainablePipe):  # type: ignore[misc]
    """Writes attributions into doc.spans: labels are roles, fragments of one attribution share a span_id, kb_id is the kind."""

    def __init__(
        self, vocab: Any, model: Layer, name: str = FACTORY, *, spans_key: str, threshold: float
    ) -> None:
        self.vocab = vocab
        self.model = model
        self.name = name
        self.cfg: dict[str, Any] = {"spans_key": spans_key, "threshold": threshold, "kinds": []}
        self._network = Network(model)

    @property
    def labels(self) -> tuple[str, ...]:
        return ROLES

    @property
    def kinds(self) -> list[str]:
        """The kinds of source that were in the training data; empty when they are left to the rules."""
        kinds: list[str] = self.cfg["kinds"]
        return kinds

    def initialize(
        self, get_examples: Callable[[], Iterable[Example]], *, nlp: Language | None = None
    ) -> None:
        """Learn which kinds there are."""
        key = self.cfg["spans_key"]
        references = [example.reference for example in get_examples()]
        kinds = {span.kb_id_ for doc in references if key in doc.spans for span in doc.spans[key]} - {""}
        self.cfg["kinds"] = sorted(kinds) if len(kinds) > 1 else []
        set_kinds(self.model, len(self.kinds))

    def predict(self, docs: Sequence[Any]) -> list[list[TokenMark]]:
        """The attributions of each Doc that reach the threshold and have a content, as far as that goes on."""
        least = self.cfg["threshold"]
        return [
            as_far_as_read(doc, [mark for mark in reading.marks if mark.content], reading.content)
            for doc, reading in zip(docs, self.candidates(docs, least), strict=True)
        ]

    def candidates(self, docs: Sequence[Any], at_least: float) -> list[Reading]:
        """What is an attribution with at least this chance, for each Doc, in reading order; some have no content."""
        return find(self._network, docs, self.kinds, at_least)

    def set_annotations(self, docs: Sequence[Any], scores: Sequence[Sequence[TokenMark]]) -> None:
        for doc, marks in zip(docs, scores, strict=True):
            write(doc, marks, self.cfg["spans_key"])

    def update(
        self,
        examples: Iterable[Example],
        *,
        drop: float = 0.0,
        sgd: Any = None,
        losses: dict[str, float] | None = None,
    ) -> dict[str, float]:
        """Learn from a batch of examples whose reference Docs hold attributions in their spans."""
        losses = {} if losses is None else losses
        losses.setdefault(self.name, 0.0)
        pairs = [example for example in examples if len(example.predicted)]
        if not pairs:
            return losses
        docs = [example.predicted for example in pairs]
        texts = [features_of(doc) for doc in docs]
        gold = [
            gold_of(text, marks_of(example.reference, doc, self.cfg["spans_key"]))
            for text, example, doc in zip(texts, pairs, docs, strict=True)
        ]
        with one_core():
            losses[self.name] += learn(self._network, docs, texts, gold, self.kinds, drop)
        if sgd is not None:
            self.finish_update(sgd)
        return losses

    def score(self, examples: Iterable[Example], **settings: Any) -> dict[str, Any]:
        """The measures of `annotator evaluate`, under names that a spaCy config may weigh."""
        return score_examples(examples, self.cfg["spans_key"])

    def from_bytes(self, data: bytes, *, exclude: Sequence[str] = ()) -> AttributionsPipe:
        super().from_bytes(data, exclude=exclude)
        return self

    def from_disk(self, path: str | Path, *, exclude: Sequence[str] = ()) -> AttributionsPipe:
        super().from_disk(path, exclude=exclude)
        return self
