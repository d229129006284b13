"""Cohen's kappa of two annotators: on tokens, and on kind and features of matched attributions."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from annotator.review.alpha import matched_codes, matched_places, token_questions
from annotator.review.labels import Labels, token_codes, token_places
from annotator.review.matching import Array
from annotator.review.measures import Disagreement, Question, ratio
from annotator.review.panels import ROLES
from annotator.review.sheets import Sheet


def kappa_of(numbers: Array) -> Array:
    """Kappa = (Po - Pe) / (1 - Pe) from added numbers: units, agreements, how often each gave each value.

    Pe is the sum over values of the product of both annotators' shares. nan where both always gave the same one value.
    """
    values = (numbers.shape[-1] - 2) // 2
    units = numbers[..., 0]
    observed = ratio(numbers[..., 1], units)
    products = (numbers[..., 2 : 2 + values] * numbers[..., 2 + values :]).sum(axis=-1)
    expected = ratio(products, units**2)
    return ratio(observed - expected, 1 - expected)


def kappa_numbers(one: Array, other: Array, values: int) -> Array:
    """The numbers for kappa_of from the codes that two annotators gave the same units."""
    import numpy as np

    agreed = float((one == other).sum())
    margins = [np.bincount(codes, minlength=values) for codes in (one, other)]
    return np.concatenate([[len(one), agreed], *margins]).astype(float)


def cohen_kappa(pairs: Iterable[tuple[Hashable, Hashable]]) -> float | None:
    """Kappa of units with the values that two annotators gave each; None: not defined."""
    import numpy as np

    rows = list(pairs)
    labels = Labels(value for row in rows for value in row)
    codes = np.array([[labels.code(one), labels.code(other)] for one, other in rows], dtype=np.int64).reshape(
        -1, 2
    )
    found = float(kappa_of(kappa_numbers(codes[:, 0], codes[:, 1], max(1, len(labels)))))
    return None if np.isnan(found) else found


class TokenKappa:
    """Kappa over all tokens: whether a role covers each; without a role, which roles do. The mean over pairs for all."""

    name = "token_kappa"
    pairwise, ordered = True, False

    def __init__(self, kinds: Sequence[str]) -> None:
        self._kinds = kinds

    def questions(self) -> Sequence[Question]:
        return token_questions(self._kinds)

    def numbers(self, sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Array | None:
        one, other = (token_codes(sheet, asked, hand) for hand in hands)
        return kappa_numbers(one, other, 2 if asked.role is not None else 2 ** len(ROLES))

    def value(self, numbers: Array) -> Array:
        return kappa_of(numbers)

    def places(self, sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Iterator[Disagreement]:
        return token_places(sheet, asked, hands)


class MatchedKappa:
    """Kappa over the attributions that two annotators both have: the kind they gave, or a feature."""

    pairwise, ordered = True, False

    def __init__(self, name: str, labels: Mapping[Question, Labels]) -> None:
        self.name = name
        self._labels = labels

    def questions(self) -> Sequence[Question]:
        return tuple(self._labels)

    def numbers(self, sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Array | None:
        labels = self._labels[asked]
        codes = matched_codes(sheet, asked, hands, labels)
        codes = codes[(codes >= 0).all(axis=1)]
        return kappa_numbers(codes[:, 0], codes[:, 1], max(1, len(labels)))

    def value(self, numbers: Array) -> Array:
        return kappa_of(numbers)

    def places(self, sheet: Sheet, asked: Question, hands: tuple[str, ...]) -> Iterator[Disagreement]:
        return matched_places(sheet, asked, hands)
