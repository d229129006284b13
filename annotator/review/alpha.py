"""Krippendorff's nominal alpha: on tokens, and on the kind and the features of matched attributions."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import product

from annotator.core.attributions import Attribution
from annotator.core.plain import Json
from annotator.review.disagreements import FEATURES, value_of
from annotator.review.labels import Labels, token_codes, token_places
from annotator.review.matching import Array
from annotator.review.measures import Disagreement, Question, ratio
from annotator.review.panels import ROLES
from annotator.review.sheets import Sheet

LINKS = ("source_id", "via_id", "claims")
"""Fields of matched attributions that are compared beside the features: whom they name, and which claims."""


def alpha_of(numbers: Array) -> Array:
    """Alpha = 1 - Do/De from added numbers: units, disagreeing pairs, and how often each value was given.

    With o the coincidences of values within units and n their margins (each value counts once, and only in units with two
    at least), Do is the part of o off the diagonal, and De the part expected off it when n(n - 1) pairs are drawn from
    all values. nan where every value is the same, or there is none: nothing then tells agreement from chance.
    """
    given = numbers[..., 2:]
    total = given.sum(axis=-1)
    apart = total**2 - (given**2).sum(axis=-1)
    return 1 - ratio((total - 1) * numbers[..., 1], apart)


def alpha_numbers(counts: Array) -> Array:
    """The numbers for alpha_of from counts: a row for each unit, how many gave each value."""
    import numpy as np

    raters = counts.sum(axis=1)
    counts = counts[raters > 1]
    raters = raters[raters > 1]
    apart = (raters**2 - (counts**2).sum(axis=1)) / (raters - 1) if len(raters) else np.zeros(0)
    return np.concatenate([[len(raters), apart.sum()], counts.sum(axis=0)])


def nominal_alpha(units: Iterable[Iterable[Hashable]]) -> float | None:
    """Alpha of units, each with the values that annotators gave it (who gave none is left out); None: not defined."""
    import numpy as np

    rows = [list(unit) for unit in units]
    labels = Labels(value for row in rows for value in row)
    counts = np.zeros((len(rows), max(1, len(labels))))
    for at, row in enumerate(rows):
        for value in row:
            counts[at, labels.code(value)] += 1
    found = float(alpha_of(alpha_numbers(counts)))
    return None if np.isnan(found) else found


class TokenAlpha:
    """Alpha over all tokens: whether a role covers each; without a role, which roles do.

    Tokens are words with their inner hyphens and apostrophes, and single marks (core/boundaries.py). "Outside" is a value
    like any other, and dominates: compare like with like only.
    """

    name = "token_alpha"
    pairwise, ordered = False, False

    def __init__(self, kinds: Sequence[str]) -> None:
        self._kinds = kinds

    def questions(self) -> Sequence[Question]:
        return token_questions(self._kinds)

    def numbers(self, sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Array | None:
        import numpy as np

        codes = [token_codes(sheet, asked, hand) for hand in hands]
        values = 2 if asked.role is not None else 2 ** len(ROLES)
        return alpha_numbers(sum(np.eye(values)[one] for one in codes))

    def value(self, numbers: Array) -> Array:
        return alpha_of(numbers)

    def places(self, sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Iterator[Disagreement]:
        return token_places(sheet, asked, hands)


def token_questions(kinds: Sequence[str]) -> Sequence[Question]:
    """What is measured on tokens: all roles at once, each role, and each role of each kind."""
    return [Question(), *(Question(role, kind) for role, kind in product(ROLES, (None, *kinds)))]


class MatchedAlpha:
    """Alpha over matched attributions: the kind they were given, or a feature, or whom and what they are linked to.

    The units are the cases in which two annotators at least have a candidate; whoever has none has no value there.
    """

    pairwise, ordered = False, False

    def __init__(self, name: str, labels: Mapping[Question, Labels]) -> None:
        self.name = name
        self._labels = labels

    def questions(self) -> Sequence[Question]:
        return tuple(self._labels)

    def numbers(self, sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Array | None:
        import numpy as np

        labels = self._labels[asked]
        codes = matched_codes(sheet, asked, hands, labels)
        counts = np.stack([(codes == value).sum(axis=1) for value in range(max(1, len(labels)))], axis=1)
        return alpha_numbers(counts)

    def value(self, numbers: Array) -> Array:
        return alpha_of(numbers)

    def places(self, sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Iterator[Disagreement]:
        return matched_places(sheet, asked, hands)


def matched_codes(sheet: Sheet, asked: Question, hands: tuple[str, ...], labels: Labels) -> Array:
    """A row for each case with the numbers of what annotators say when asked; -1 for who says nothing."""
    return sheet.codes(
        hands, asked, lambda one: labels.code(answer(one, asked)) if speaks(one, asked) else None
    )


def said(
    sheet: Sheet, asked: Question, hands: tuple[str, ...]
) -> Iterator[tuple[Mapping[str, Attribution], Mapping[str, Json]]]:
    """The cases in which two annotators at least say something when asked: the candidates, and what each says.

    An attribution whose kind nobody has said yet says nothing about its kind; a feature that is not set is a value.
    """
    for case in sheet.cases(hands):
        values = {hand: answer(one, asked) for hand, one in case.candidates.items() if speaks(one, asked)}
        if len(values) > 1:
            yield {hand: case.candidates[hand] for hand in values}, values


def speaks(mark: Attribution, asked: Question) -> bool:
    """Whether an attribution says anything about what is asked."""
    return asked.feature is not None or mark.kind is not None


def answer(mark: Attribution, asked: Question) -> Json:
    """What an attribution says about what is asked: its kind (whether it is that of the question), or a feature."""
    if asked.feature is not None:
        return value_of(mark, asked.feature)
    return mark.kind == asked.kind if asked.kind is not None else mark.kind


def matched_places(sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Iterator[Disagreement]:
    """The cases whose candidates do not all say the same."""
    for candidates, values in said(sheet, asked, hands):
        if len({repr(value) for value in values.values()}) > 1:
            yield Disagreement(
                sheet.panel.article_id,
                tuple(candidates),
                {hand: one.content or one.cue or one.source for hand, one in candidates.items()},
                values,
                {hand: (one.id,) for hand, one in candidates.items()},
            )


def kind_labels(sheets: Sequence[Sheet], kinds: Sequence[str]) -> dict[Question, Labels]:
    """The values that there are for the kind, and for each kind whether it was given."""
    marks = (one for sheet in sheets for marks in sheet.panel.marks.values() for one in marks)
    return {
        Question(): Labels(one.kind for one in marks if one.kind is not None),
        **{Question(kind=kind): Labels((True, False)) for kind in kinds},
    }


def feature_labels(sheets: Sequence[Sheet]) -> dict[Question, Labels]:
    """The values that there are for each feature and link; what has one value everywhere tells nothing, and is left out."""
    marks = [one for sheet in sheets for marks in sheet.panel.marks.values() for one in marks]
    own = sorted({name for one in marks for name in one.features})
    found = {name: Labels(value_of(one, name) for one in marks) for name in (*LINKS, *FEATURES, *own)}
    return {Question(feature=name): labels for name, labels in found.items() if len(labels) > 1}
