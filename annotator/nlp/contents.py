"""Find how far a content reaches, before or after its cue, and where it goes on."""

from __future__ import annotations

from typing import TypeAlias

from annotator.nlp.contexts import (
    OPEN_QUOTES,
    PREPOSITIONS,
    QUOTE_MARKS,
    STOPS,
    edge_class,
    is_adverb,
    shape_class,
)
from annotator.nlp.lexicon import Lexicon
from annotator.nlp.tokens import Words

_ENDS_BELOW = 0.46
Counts: TypeAlias = dict[str, tuple[int, int]]
_CONJUNCTIONS = frozenset("and but or so yet".split())


def opening_of(words: Words, start: int) -> str:
    """How a content begins, which says how far it may reach."""
    lower = words.lower[start]
    if lower == "that":
        return "that"
    before = words.lower[start - 1] if start else ""
    if lower == "to" or before == "to":
        return "to"
    if lower in QUOTE_MARKS:
        return "direct"
    return "of" if before in PREPOSITIONS else "np"


def content_after(
    words: Words, quoted: list[int], lexicon: Lexicon, start: int, last: int
) -> tuple[int, int] | None:
    """The content that begins at a word, with no final full stop unless it stands in quotation marks."""
    if start >= last:
        return None
    opening = opening_of(words, start)
    names = (f"content-{opening}", "content-*", f"content-{opening}-shape")
    own, any_opening, shapes = (lexicon.tables.get(name, {}) for name in names)
    staying = 1.0
    at = start + 1
    end = last
    while at < last:
        if quoted[at] and quoted[at] == quoted[at - 1]:
            at += 1
            continue
        leaving = _leaving(words, (own, any_opening, shapes), at)
        if opening == "direct" and quoted[at - 1] and quoted[at - 1] == quoted[start]:
            leaving = _after_quote(words, at, leaving)
        staying *= 1 - leaving
        if staying < _ENDS_BELOW:
            end = at
            break
        at += 1
    if quoted[start] and end < len(words) and end == last:
        # a quotation that begins here is taken whole, over the ends of sentences
        stop = end
        while stop < len(words) and quoted[stop] == quoted[start] and quoted[end - 1] == quoted[start]:
            stop += 1
        end = stop
    return _trimmed(words, quoted, start, end)


def _leaving(words: Words, tables: tuple[Counts, Counts, Counts], at: int) -> float:
    """The chance that nothing of the content follows, as counted beside this word, or beside words of its shape."""
    own, any_opening, shapes = tables
    lower = words.lower[at]
    if lower == "," and at + 1 < len(words):
        key = f", {edge_class(words, at + 1)}"
        shape = f", {shape_class(words, at + 1)}"
    else:
        key = edge_class(words, at) if lower[0].isalnum() else lower
        shape = shape_class(words, at)
    if is_adverb(key):
        key = "-adverb"
    widest = shapes.get(shape, (0, 8))
    share = (widest[0] + 0.1) / (sum(widest) + 1)
    wider = any_opening.get(key, (0, 0))
    share = (wider[0] + 5 * share) / (sum(wider) + 5)
    counts = own.get(key, (0, 0))
    return (counts[0] + 6 * share) / (sum(counts) + 6)


def _after_quote(words: Words, at: int, leaving: float) -> float:
    inner = words.lower[at - 2] if at > 1 else ""
    if inner in {",", ".", "?", "!"}:
        return 0.95
    return max(leaving, 0.25)


def _trimmed(words: Words, quoted: list[int], start: int, end: int) -> tuple[int, int] | None:
    while (
        end > start
        and not quoted[end - 1]
        and words.lower[end - 1] in STOPS | {",", ":", "--", "—", "–", "-", "?"}
    ):
        if words.lower[end - 1] in {"?", "!"}:
            break
        end -= 1
    return (start, end) if end > start else None


def content_before(words: Words, quoted: list[int], end: int, first: int) -> tuple[int, int] | None:
    """The content that ends before a word: the quotation there, or the sentence from its beginning."""
    while end > first and words.lower[end - 1] in {",", "—", "–", "-", "--"} and not quoted[end - 1]:
        end -= 1
    if end <= first:
        return None
    start = begun = first
    if quoted[end - 1]:
        begun = end - 1
        while begun > 0 and quoted[begun - 1] == quoted[end - 1]:
            begun -= 1
        start = (
            min(begun, max(first, words.first[begun])) if begun < first else max(first, words.first[begun])
        )
    if quoted[end - 1] and begun > start and words.lower[begun - 1] == ":":
        start = begun
    if start < end - 1 and words.lower[start] in _CONJUNCTIONS:
        start += 1
    return (start, end) if end - start > 1 or (end > start and words.words[start][0].isalnum()) else None


def resumed(words: Words, quoted: list[int], at: int) -> tuple[int, int] | None:
    """A quotation that goes on with the next sentence on the same line."""
    if at >= len(words) or at == 0 or words.line[at] != words.line[at - 1]:
        return None
    if words.words[at] not in OPEN_QUOTES or not quoted[at]:
        return None
    stop = at
    while stop < len(words) and quoted[stop] == quoted[at]:
        stop += 1
    return at, stop
