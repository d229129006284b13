"""Corpora with planted copies, rewrites, shared paragraphs and notices, and a plain check of what may not be parted."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from itertools import combinations

SYLLABLES = "ba ke lo mi ru ta vo ne shi gra del on ar ist um tor".split()


def vocabulary(chance: random.Random, size: int) -> list[str]:
    """So many made-up words, no two the same."""
    made: dict[str, None] = {}
    while len(made) < size:
        made["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))] = None
    return list(made)


def corpus(seed: int, articles: int = 60) -> dict[str, str]:
    """Articles of many lengths by id: about half are new, the others are made from earlier ones; most end with a notice."""
    chance = random.Random(seed)
    words = vocabulary(chance, chance.choice((40, 400, 3_000)))
    notices = [chance.choices(words, k=length) for length in (12, 30, 70)]
    made: list[list[str]] = []
    texts = {}
    for number in range(articles):
        own = chance.choices(words, k=chance.choice((0, 5, 12, 40, 150, 300)))
        if made and chance.random() < 0.5:
            own = _taken_over(own, chance.choice(made), words, chance)
        made.append(own)
        notice = chance.choice(notices) if chance.random() < 0.7 else []
        texts[f"article {number:03}"] = _written(own + notice, chance)
    return texts


def _taken_over(own: list[str], earlier: list[str], words: list[str], chance: random.Random) -> list[str]:
    """An earlier article copied whole, cut short, reworded here and there, or as one paragraph of a new article."""
    way = chance.choice(("copy", "part", "rewrite", "paragraph"))
    if way == "copy":
        return list(earlier)
    if way == "part":
        start = chance.randrange(len(earlier) + 1)
        return earlier[start : start + chance.randint(8, 90)]
    if way == "rewrite":
        every = chance.randint(9, 25)
        return [chance.choice(words) if place % every == 0 else word for place, word in enumerate(earlier)]
    start = chance.randrange(len(earlier) + 1)
    return own + earlier[start : start + chance.randint(30, 70)]


def _written(words: list[str], chance: random.Random) -> str:
    """The words as sentences, with capitals, stops and quotation marks that no two copies share."""
    shown = [word.capitalize() if chance.random() < 0.1 else word for word in words]
    signs = chance.choices((" ", " ", " ", ", ", ". ", "” “", " — "), k=len(shown))
    return "".join(word + sign for word, sign in zip(shown, signs, strict=True))


def passages(text: str) -> set[tuple[str, ...]]:
    """All rows of eight words of a text."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[start : start + 8]) for start in range(len(words) - 7)}


def containment(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    """What part of the smaller set is in the other."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def too_alike(texts: Mapping[str, str], share: float = 0.2) -> list[tuple[str, str]]:
    """Every pair of articles of which one has at least this part of its passages in the other."""
    known = {article: passages(text) for article, text in texts.items()}
    return [
        (one, other)
        for one, other in combinations(texts, 2)
        if containment(known[one], known[other]) >= share
    ]


def with_a_row_in_common(texts: Mapping[str, str], words: int) -> list[tuple[str, str]]:
    """Every pair of articles that have so many words in a row in common."""
    rows = {}
    for article, text in texts.items():
        own = re.findall(r"\w+", text.lower())
        rows[article] = {tuple(own[start : start + words]) for start in range(len(own) - words + 1)}
    return [(one, other) for one, other in combinations(texts, 2) if rows[one] & rows[other]]


def parted(pairs: Iterable[tuple[str, str]], place: Mapping[str, str]) -> list[tuple[str, str]]:
    """Those of the pairs whose articles are in different places; an article without one is alone."""
    return [(one, other) for one, other in pairs if place.get(one, one) != place.get(other, other)]
