"""The cue lexicon: counts of words and of their neighbours, turned into odds."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotator.core.errors import BadInput

FILES = ("cues-en.tsv", "cue-neighbours-en.tsv", "edges-en.tsv")
_SMOOTH = 6.0


@dataclass(slots=True)
class CueCounts:
    """How often a word was seen, how often it carried a cue, and with which neighbours in either case."""

    seen: int
    cue: int
    sourceless: int
    neighbours: dict[str, tuple[dict[str, int], dict[str, int]]]
    follows: dict[str, float]


@dataclass(slots=True)
class Lexicon:
    """Counts as read from the lexicon files, and the odds that they give."""

    cues: dict[str, CueCounts] = field(default_factory=dict)
    tables: dict[str, dict[str, tuple[int, int]]] = field(default_factory=dict)
    _odds: dict[tuple[str, str, str], float] = field(default_factory=dict)
    _totals: dict[str, tuple[int, int]] = field(default_factory=dict)
    _edges: dict[tuple[str, str], float] = field(default_factory=dict)

    def odds(self, form: str, table: str, neighbour: str) -> float:
        """The logarithm of how much likelier a neighbour makes it that this word is a cue."""
        key = (form, table, neighbour)
        found = self._odds.get(key)
        if found is None:
            found = self._odds[key] = self._neighbour_odds(form, table, neighbour)
        return found

    def _neighbour_odds(self, form: str, table: str, neighbour: str) -> float:
        counts = self.cues[form]
        with_cue, without = counts.neighbours[table]
        generic = self.tables[table].get(neighbour, (1, 1))
        total = self._total(table)
        share = (generic[0] + 0.5) / (total[0] + 10)
        other = (generic[1] + 0.5) / (total[1] + 10)
        here = (with_cue.get(neighbour, 0) + _SMOOTH * share) / (counts.cue + _SMOOTH)
        there = (without.get(neighbour, 0) + _SMOOTH * other) / (counts.seen - counts.cue + _SMOOTH)
        return math.log(here / there)

    def _total(self, table: str) -> tuple[int, int]:
        found = self._totals.get(table)
        if found is None:
            rows = self.tables[table].values()
            found = self._totals[table] = (sum(row[0] for row in rows), sum(row[1] for row in rows))
        return found

    def rate(self, form: str) -> float:
        """The logarithm of the odds that this word, taken alone, carries a cue."""
        counts = self.cues[form]
        return math.log((counts.cue + 0.3) / (counts.seen - counts.cue + 0.7))

    def edge(self, table: str, word: str, shape: str) -> float:
        """The logarithm of the odds that an edge lies beside a word, by its shape where it is too rare."""
        key = (table, word)
        found = self._edges.get(key)
        if found is None:
            counts = self.tables.get(table, {}).get(word)
            if counts is None or sum(counts) < 8:
                kind, side = table.rsplit("-", 1)
                wider = self.tables.get(f"{kind}-s{side}", {}).get(shape, (1, 3))
                ratio = wider[0] / max(1, sum(wider))
                counts = counts or (0, 0)
                value = (counts[0] + 4 * ratio + 0.05) / (counts[1] + 4 * (1 - ratio) + 0.05)
            else:
                value = (counts[0] + 0.3) / (counts[1] + 0.3)
            found = self._edges[key] = math.log(value)
        return found


def read_lexicon(folder: Path) -> Lexicon:
    """The lexicon from its three files.

    Raises:
        BadInput: when a file is missing or a line is not what it should be.
    """
    lexicon = Lexicon()
    for cells, where in _rows(folder / FILES[0], 11):
        try:
            tables = [_pairs(cell) for cell in cells[4:10]]
            lexicon.cues[cells[0]] = CueCounts(
                int(cells[1]),
                int(cells[2]),
                int(cells[3]),
                {
                    name: (tables[2 * at], tables[2 * at + 1])
                    for at, name in enumerate(("right", "left", "quote"))
                },
                _shares(cells[10]),
            )
        except ValueError:
            raise BadInput(f"{where} of the cue lexicon cannot be read.") from None
    for name in FILES[1:]:
        for cells, where in _rows(folder / name, 4):
            try:
                lexicon.tables.setdefault(cells[0], {})[cells[1]] = (int(cells[2]), int(cells[3]))
            except ValueError:
                raise BadInput(f"{where} of the cue lexicon cannot be read.") from None
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


def _pairs(cell: str) -> dict[str, int]:
    found = {}
    for pair in cell.split():
        name, _, count = pair.rpartition("=")
        found[name] = int(count)
    return found


def _shares(cell: str) -> dict[str, float]:
    found = {}
    for pair in cell.split():
        name, _, counts = pair.rpartition("=")
        part, _, whole = counts.partition("/")
        found[name] = int(part) / int(whole)
    return found
