"""Find how far a content reaches, before or after its cue, and where it goes on."""

from __future__ import annotations

from annotator.nlp.contexts import OPEN_QUOTES, PREPOSITIONS, QUOTE_MARKS, STOPS
from annotator.nlp.edges import likeliest_edge
from annotator.nlp.reading import Reading
from annotator.nlp.signs import EndSigns
from annotator.nlp.tokens import Words
from annotator.nlp.weights import chance, weigh

LONGEST_GAP = 16
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


def content_after(reading: Reading, start: int, last: int, cue: int) -> tuple[int, int] | None:
    """The content that begins at a word, with no final full stop unless it stands in quotation marks."""
    if start >= last:
        return None
    words, quoted = reading.words, reading.quoted
    while start < last - 1 and words.lower[start] in {",", ":"}:
        start += 1
    end = _likeliest_end(reading, start, last, words.lower[cue])
    if end == last and quoted[end - 1]:
        # a quotation is taken whole, over the ends of sentences
        while end < len(words) and quoted[end] == quoted[last - 1]:
            end += 1
    return _trimmed(words, quoted, start, end)


def content_start(reading: Reading, start: int, last: int, cue: int) -> int:
    """The word at which the content behind a cue most probably begins: past a recipient, a day, a place."""
    stop = min(last, start + LONGEST_GAP)
    if start >= stop:
        return start
    return 1 + likeliest_edge(reading, "content-start", (start - 1, stop - 1), cue, "", LONGEST_GAP)


def _likeliest_end(reading: Reading, start: int, last: int, cue: str) -> int:
    """The word before which the content most probably ends, each word asked in turn."""
    quoted = reading.quoted
    table = reading.lexicon.table("content-end")
    signs = EndSigns(reading.words, quoted, reading.rates, start, opening_of(reading.words, start), cue)
    staying = 1.0
    best = 0.0
    end = last
    for at in range(start + 1, last):
        if quoted[at] and quoted[at] == quoted[at - 1]:
            continue
        leaving = chance(weigh(table, signs.at(at)))
        if staying * leaving > best:
            best = staying * leaving
            end = at
        staying *= 1 - leaving
        if staying <= best:
            return end
    return last


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
