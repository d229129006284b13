"""The card of a model: what it was trained on, how well each way does, and what may be done with it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256

from annotator.core.records import Record

FORMAT = "annotator-model/1"
LICENCE = (
    "This model was made from texts and annotations that its maker chose. It may hold traces of them: whoever passes it on "
    "should have the right to pass on what was learnt from those texts. Annotator's own licence does not cover it."
)


_HOW_TO_OPEN = (
    '`spacy.load` opens this folder wherever Annotator is installed; `doc.spans["sc"]` then holds a span for each fragment, '
    "labelled source, cue or content; spans of one attribution share their `id_`, and `kb_id_` is the kind. That is the "
    "model alone; Annotator itself uses what did best here: {way}."
)


@dataclass(frozen=True, slots=True)
class DataNote:
    """What a model was trained or measured on: names, numbers, and a hash over texts and marks that tells two sets apart."""

    names: tuple[str, ...]
    articles: int
    attributions: int
    sha256: str

    @classmethod
    def of(cls, records: Sequence[Record], names: Sequence[str] = ()) -> DataNote:
        digest = sha256()
        for record in records:
            digest.update((record.text or "").encode("utf-8"))
            for one in record.attributions or ():
                places = [
                    [(part.start, part.end) for part in parts] for parts in (one.source, one.cue, one.content)
                ]
                digest.update(repr((places, one.kind)).encode("utf-8"))
        total = sum(len(record.attributions or ()) for record in records)
        return cls(tuple(names), len(records), total, digest.hexdigest())


@dataclass(frozen=True, slots=True)
class ModelCard:
    """Everything that is said of a model; measures are F1 by way and name of measure, as `annotator evaluate` has them."""

    date: str
    trained_on: DataNote
    way: str
    sentence: str
    measured_on: str
    measures: dict[str, dict[str, float]]
    passes: float
    seconds: float
    annotator: str
    spacy: str
    base: str = ""
    stopped: bool = False
    losses: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    licence: str = LICENCE
    format: str = FORMAT

    def as_json(self) -> str:
        return json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n"

    def as_text(self) -> str:
        """The card for people, as Markdown."""
        on = self.trained_on
        lines = [
            "# A model that finds who said what",
            "",
            f"Trained on {on.articles} articles with {on.attributions} attributions"
            + (f" ({', '.join(on.names)})" if on.names else "")
            + f", on {self.date}, by Annotator {self.annotator} with spaCy {self.spacy}"
            + (f" upon {self.base}" if self.base else "")
            + f"; {self.passes:.1f} passes in {max(1, round(self.seconds / 60))} minutes"
            + (", stopped by the user before it was done." if self.stopped else "."),
            "",
            self.sentence,
            "",
        ]
        if self.measures:
            lines += self._table()
        if self.losses:
            lines += ["What could not be learnt:", "", *(f"- {loss}" for loss in self.losses), ""]
        lines += [
            _HOW_TO_OPEN.format(way=self.way),
            "",
            f"Data: sha256 {on.sha256}",
            "",
            self.licence,
            "",
        ]
        return "\n".join(lines)

    def _table(self) -> list[str]:
        ways = list(self.measures)
        names = list(next(iter(self.measures.values())))
        rows = [
            f"| {name} | " + " | ".join(f"{self.measures[way][name]:.3f}" for way in ways) + " |"
            for name in names
        ]
        return [
            f"F1 {self.measured_on}:",
            "",
            "| measure | " + " | ".join(ways) + " |",
            "|---|" + "---|" * len(ways),
            *rows,
            "",
        ]
