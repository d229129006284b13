"""The word lists that a comparison of outlets goes by: common words, places, opposites and more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Lexicons:
    """Word lists, all in small letters; empty ones make a comparison that goes by the words alone.

    common are words that say nothing about an event; alike are groups of words that stand for one another, places such
    groups for countries; turning are classes of words (negation, doubt, transfer …) that turn the sense of a statement, each
    a set of words or phrases; opposites are pairs of such sets.
    """

    common: frozenset[str] = frozenset()
    alike: tuple[tuple[str, ...], ...] = ()
    places: tuple[tuple[str, ...], ...] = ()
    turning: Mapping[str, frozenset[str]] = field(default_factory=dict)
    opposites: tuple[tuple[frozenset[str], frozenset[str]], ...] = ()


def read_lexicons(folder: Path) -> Lexicons:
    """The lists as they ship: common-words.txt, same-words-en.txt, places-en.txt, turning-words-en.tsv."""
    turning: dict[str, set[str]] = {}
    opposites: list[tuple[frozenset[str], frozenset[str]]] = []
    for line in _lines(folder / "turning-words-en.tsv"):
        kind, _, rest = line.partition("\t")
        if kind == "opposite":
            one, _, other = rest.partition("|")
            opposites.append((frozenset(one.split()), frozenset(other.split())))
        else:
            said = rest.split("|") if "|" in rest else rest.split()
            turning.setdefault(kind, set()).update(word.strip() for word in said)
    return Lexicons(
        frozenset(word for line in _lines(folder / "common-words.txt") for word in line.split()),
        tuple(tuple(line.split()) for line in _lines(folder / "same-words-en.txt")),
        tuple(tuple(line.split()) for line in _lines(folder / "places-en.txt")),
        {kind: frozenset(words) for kind, words in turning.items()},
        tuple(opposites),
    )


def _lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line
