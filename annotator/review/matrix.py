"""Agreement on the claim matrix: how each outlet attributes each claim, as annotators see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from annotator.core.attributions import UNATTRIBUTED, Attribution
from annotator.core.plain import Json
from annotator.review.alpha import alpha_numbers, alpha_of
from annotator.review.labels import Labels
from annotator.review.matching import Array
from annotator.review.measures import Disagreement, Question
from annotator.review.sheets import Sheet

STATUS, KINDS = "status", "kinds"
ABSENT, PLAIN, ATTRIBUTED = "absent", "unattributed", "attributed"


class MatrixAlpha:
    """Nominal alpha over the cells of claims by articles, with missing data.

    The claims are those that anybody linked in the story. A cell's status is attributed, unattributed or absent; its kinds
    are those of the attributions that carry the claim. Who links no claim in an article has not looked for claims there,
    and is missing in all of its cells.
    """

    name = "matrix_alpha"
    pairwise, ordered = False, False

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._claims: dict[str, list[str]] = {}
        self._linked: dict[tuple[str, str], dict[str, list[Attribution]]] = {}
        for sheet in sheets:
            known = self._claims.setdefault(sheet.panel.story_id, [])
            linked = {claim for marks in sheet.panel.marks.values() for one in marks for claim in one.claims}
            known += sorted(linked - set(known))
        cells = [
            cell
            for sheet in sheets
            for hand in sheet.hands
            for claim in self._claims[sheet.panel.story_id]
            if (cell := self._marks(sheet, hand, claim)) is not None
        ]
        self._labels = {name: Labels(_value(cell, name) for cell in cells) for name in (STATUS, KINDS)}

    def questions(self) -> Sequence[Question]:
        return [Question(feature=name) for name in (STATUS, KINDS)]

    def _marks(self, sheet: Sheet, hand: str, claim: str) -> list[Attribution] | None:
        """The attributions that carry a claim; None where the annotator links no claims."""
        key = (sheet.panel.article_id, hand)
        if key not in self._linked:
            by_claim: dict[str, list[Attribution]] = {}
            for one in sheet.panel.marks[hand]:
                for name in one.claims:
                    by_claim.setdefault(name, []).append(one)
            self._linked[key] = by_claim
        linked = self._linked[key]
        return linked.get(claim, []) if linked else None

    def _cells(
        self, sheet: Sheet, asked: Question, hands: tuple[str, ...]
    ) -> Iterator[tuple[Mapping[str, list[Attribution]], Mapping[str, Json]]]:
        for claim in self._claims[sheet.panel.story_id]:
            marks = {hand: self._marks(sheet, hand, claim) for hand in hands}
            there = {hand: found for hand, found in marks.items() if found is not None}
            yield there, {hand: _value(found, asked.feature) for hand, found in there.items()}

    def numbers(self, sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Array | None:
        import numpy as np

        labels = self._labels[asked.feature or STATUS]
        rows = [values for _, values in self._cells(sheet, asked, hands)]
        counts = np.zeros((len(rows), max(1, len(labels))))
        for at, values in enumerate(rows):
            for value in values.values():
                counts[at, labels.code(value)] += 1
        return alpha_numbers(counts)

    def value(self, numbers: Array) -> Array:
        return alpha_of(numbers)

    def places(self, sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Iterator[Disagreement]:
        for marks, values in self._cells(sheet, asked, hands):
            if len({repr(value) for value in values.values()}) > 1:
                spans = {
                    hand: tuple(sorted({part for one in found for part in one.content or one.cue}))
                    for hand, found in marks.items()
                    if found
                }
                ids = {hand: tuple(one.id for one in found) for hand, found in marks.items() if found}
                yield Disagreement(sheet.panel.article_id, tuple(marks), spans, values, ids)


def _value(marks: Sequence[Attribution], name: str | None) -> Json:
    if name == KINDS:
        return sorted({one.kind or "" for one in marks})
    if not marks:
        return ABSENT
    return PLAIN if all(one.kind == UNATTRIBUTED for one in marks) else ATTRIBUTED
