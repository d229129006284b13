"""The lexicon: counts of words that carry cues, and weights of the signs around them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotator.core.errors import BadInput
from annotator.nlp.weights import Table, read_weights, weights_text

CUES = "cues-en.tsv"
GROUPS = "cue-groups-en.tsv"
WEIGHTS = "weights-en.tsv"


@dataclass(slots=True)
class CueCounts:
    """How often a word was seen, carried a cue, did so with no source, and right behind a quotation; what followed it.

    follows gives, for a word that came at once, the share of times in which it still belonged to the cue.
    """

    seen: int
    cue: int
    sourceless: int
    behind_quote: int
    follows: dict[str, float]


@dataclass(slots=True)
class Lexicon:
    """Counts and weights as read from the lexicon files."""

    cues: dict[str, CueCounts] = field(default_factory=dict)
    tables: dict[str, dict[str, tuple[int, int]]] = field(default_factory=lambda: {"before": {}, "after": {}})
    weights: dict[str, Table] = field(default_factory=dict)

    def table(self, name: str) -> Table:
        """The weights for one question; none where too little was seen to learn any."""
        return self.weights.get(name, {})

    def rate(self, form: str) -> float:
        """The logarithm of the odds that this word, taken alone, carries a cue."""
        counts = self.cues[form]
        return math.log((counts.cue + 0.3) / (counts.seen - counts.cue + 0.7))


def read_lexicon(folder: Path) -> Lexicon:
    """The lexicon from its files.

    Raises:
        BadInput: when a file is missing or a line is not what it should be.
    """
    lexicon = Lexicon()
    for cells, where in _rows(folder / CUES, 6):
        try:
            seen, cue, sourceless, behind = (int(cell) for cell in cells[1:5])
            lexicon.cues[cells[0]] = CueCounts(seen, cue, sourceless, behind, _shares(cells[5]))
        except ValueError:
            raise BadInput(f"{where} of the cue lexicon cannot be read.") from None
    for cells, where in _rows(folder / GROUPS, 4):
        try:
            lexicon.tables.setdefault(cells[0], {})[cells[1]] = (int(cells[2]), int(cells[3]))
        except ValueError:
            raise BadInput(f"{where} of the cue lexicon cannot be read.") from None
    lexicon.weights = read_weights(folder / WEIGHTS)
    return lexicon


def _rows(path: Path, columns: int) -> Iterator[tuple[list[str], str]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise BadInput(f"The lexicon {path.name} cannot be read; install Annotator again.") from None
    for number, line in enumerate(lines, 1):
        if line and not line.startswith("# "):
            where = f"Line {number} of {path.name}"
            cells = line.split("\t")
            if len(cells) != columns:
                raise BadInput(f"{where} should have {columns} columns and has {len(cells)}.")
            yield cells, where


def _shares(cell: str) -> dict[str, float]:
    found = {}
    for pair in cell.split():
        name, _, share = pair.rpartition("=")
        found[name] = float(share)
    return found


def lexicon_files(lexicon: Lexicon, origin: str) -> dict[str, str]:
    """The text of each file of a lexicon by its name; origin says in words from what it was counted."""
    cues = [
        f"# Words that carry a cue, counted in {origin}.",
        "# word, times seen, times a cue, of these with no source, of these right behind a quotation,",
        "# then words that came at once, each with the share of times in which it belonged to the cue.",
    ]
    for form, one in lexicon.cues.items():
        follows = " ".join(f"{word}={share:.2f}" for word, share in one.follows.items())
        cues.append(f"{form}\t{one.seen}\t{one.cue}\t{one.sourceless}\t{one.behind_quote}\t{follows}")
    groups = [
        f"# Words beside the word that carries a cue, counted in {origin}.",
        "# table, word, times part of the cue, times not. before: the word before it. after: the word before, then the word behind it.",
    ]
    for name, table in lexicon.tables.items():
        groups += [f"{name}\t{word}\t{part}\t{other}" for word, (part, other) in table.items()]
    heading = [
        f"Weights of signs, learnt by logistic regression from {origin}; the log odds of a yes are the sum of the weights.",
        "cue: this word carries one. content-end: nothing of the content follows. source-start, source-end: the noun phrase ends here.",
        "table, sign (its kind, then words or classes of words), weight. What signs there are: annotator/nlp/signs.py.",
    ]
    return {
        CUES: "\n".join(cues) + "\n",
        GROUPS: "\n".join(groups) + "\n",
        WEIGHTS: weights_text(lexicon.weights, heading),
    }
