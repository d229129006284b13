"""Weights of signs: numbers learnt by counting over and over, with which a yes or no is weighed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from typing import TypeAlias

from annotator.core.errors import BadInput

Table: TypeAlias = dict[str, float]
Example: TypeAlias = tuple[list[str], bool]
_RATE = 0.12
_PULL = 1e-5
_SETTLED = 0.002
_NOTHING = 0.02


def weigh(table: Table, signs: Iterable[str]) -> float:
    """The logarithm of the odds for yes: the sum of the weights of all signs."""
    get = table.get
    return sum([get(sign, 0.0) for sign in signs])


def chance(odds: float) -> float:
    """Odds (as a logarithm) as a probability."""
    if odds < -30:
        return 0.0
    return 1 / (1 + math.exp(-odds))


def learn(examples: Sequence[Example], rounds: int = 4, rarest: int = 4, smallest: float = 0.12) -> Table:
    """Logistic regression over signs, by steps that shrink with what a sign has moved already (AdaGrad).

    Signs seen fewer than `rarest` times are left out. What ends below `smallest` is left out too, and the rest is
    learnt once more without it, so that few weights say what many said.
    """
    seen: dict[str, int] = {}
    for signs, _ in examples:
        for sign in signs:
            seen[sign] = seen.get(sign, 0) + 1
    first = _descended(examples, {sign for sign, count in seen.items() if count >= rarest}, 2)
    return _descended(examples, {sign for sign, value in first.items() if abs(value) >= smallest}, rounds)


def _descended(examples: Sequence[Example], signs_kept: set[str], rounds: int) -> Table:
    """The weights, averaged over the later half of the rounds."""
    weight = dict.fromkeys(sorted(signs_kept), 0.0)
    moved = dict.fromkeys(weight, 1.0)
    total = dict.fromkeys(weight, 0.0)
    kept = [([sign for sign in signs if sign in weight], yes) for signs, yes in examples]
    shuffled = Random(1)
    for number in range(rounds):
        shuffled.shuffle(kept)
        for signs, yes in kept:
            error = yes - chance(sum([weight[sign] for sign in signs]))
            if -_SETTLED < error < _SETTLED:
                continue
            squared = error * error
            for sign in signs:
                moved[sign] += squared
                weight[sign] += _RATE * error / math.sqrt(moved[sign]) - _PULL * weight[sign]
        if number >= rounds // 2:
            for sign, value in weight.items():
                total[sign] += value
    return {sign: value / (rounds - rounds // 2) for sign, value in total.items() if abs(value) >= _NOTHING}


def read_weights(path: Path) -> dict[str, Table]:
    """All tables of a file of weights.

    Raises:
        BadInput: when the file is missing or a line is not what it should be.
    """
    tables: dict[str, Table] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise BadInput(f"The lexicon {path.name} cannot be read; install Annotator again.") from None
    for number, line in enumerate(lines, 1):
        if line.startswith("# ") or not line:
            continue
        try:
            name, sign, value = line.split("\t")
            tables.setdefault(name, {})[sign] = float(value)
        except ValueError:
            raise BadInput(f"Line {number} of {path.name} cannot be read.") from None
    return tables


def weights_text(tables: dict[str, Table], heading: Sequence[str]) -> str:
    """Tables as the text of a file: one weight a line, after lines that explain."""
    lines = [f"# {line}" for line in heading]
    for name, table in sorted(tables.items()):
        lines += [f"{name}\t{sign}\t{value:.2f}" for sign, value in sorted(table.items())]
    return "\n".join(lines) + "\n"
