"""Find how far the noun phrase of a source reaches, to the left or to the right of its cue."""

from __future__ import annotations

from annotator.nlp.contexts import POSSESSIVE, RELATIVE, SUBJECT_PRONOUNS, is_adverb, right_class
from annotator.nlp.cues import Cue
from annotator.nlp.edges import likeliest_edge
from annotator.nlp.found import Stretch
from annotator.nlp.reading import Reading
from annotator.nlp.tokens import Words

_LONGEST = 40
_INCIDENTAL = frozenset(
    "however meanwhile too though for on in at as by during after then and but or".split()
)
_NEVER_LAST = frozenset("the a an and or of to for in that but if when because as with at on by from".split())
_CLITICS = frozenset("'s ’s ' ’".split())
_POSSESSORS = frozenset("his her their my our your".split())
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday yesterday today later earlier".split()
)


def source_before(reading: Reading, end: int, first: int, cue: Cue) -> Stretch | None:
    """The noun phrase that ends right before a word, looked for down to another word; None when there is none."""
    words = reading.words
    end = _without_trailing(words, end, first)
    if end <= first:
        return None
    if words.lower[end - 1] == ",":
        return _before_comma(reading, end, first, cue)
    if words.lower[end - 1] in _CLITICS and end - 1 > first:
        end -= 1
    last = words.lower[end - 1]
    if last in SUBJECT_PRONOUNS or last in RELATIVE or last in _POSSESSORS:
        return end - 1, end
    bracket = last == ")"
    if last in _NEVER_LAST or not (words.words[end - 1][0].isalnum() or bracket):
        return None
    start = source_start(reading, end, first, cue)
    return (start, end) if start < end else None


def phrase_before(reading: Reading, end: int, first: int, head: int) -> Stretch | None:
    """The noun phrase right before a word that is no cue itself, such as the subject of a verb."""
    return source_before(reading, end, first, Cue(head, end, head + 1, 0.0))


def _before_comma(reading: Reading, end: int, first: int, cue: Cue) -> Stretch | None:
    """A noun phrase with its apposition between commas, or without what is only put in there."""
    words = reading.words
    comma = end - 2
    while comma > first and words.lower[comma] != "," and end - comma < _LONGEST:
        comma -= 1
    if comma <= first or words.lower[comma] != "," or not words.words[comma - 1][0].isalnum():
        return None
    if words.lower[comma - 1] in SUBJECT_PRONOUNS or words.lower[comma - 1] in _NEVER_LAST:
        return None
    inner = words.lower[comma + 1]
    if inner in SUBJECT_PRONOUNS | _INCIDENTAL or inner.endswith("ing"):
        return source_start(reading, comma, first, cue), comma
    start = source_start(reading, end - 1, first, cue)
    if start > comma:
        start = source_start(reading, comma, first, cue)
    return start, end - 1


def source_start(reading: Reading, end: int, first: int, cue: Cue) -> int:
    """The likeliest first word of a noun phrase that ends before a word."""
    words = reading.words
    at = likeliest_edge(
        reading,
        "source-start",
        (end - 1, max(first, words.first[end - 1])),
        cue.head,
        right_class(words, cue.end),
        _LONGEST,
    )
    for comma in range(end - 1, at, -1):
        if words.lower[comma] == "," and _is_clause(reading, at, comma):
            # what stands before the comma is a clause of its own, and no part of a noun phrase
            at = comma + 1
            break
    while at < end and (not words.words[at][0].isalnum() and words.words[at][0] not in "@#$"):
        at += 1
    return at


def _is_clause(reading: Reading, start: int, stop: int) -> bool:
    words, verbs = reading.words, reading.rates.verbs
    return verbs[stop] > verbs[start] and not any(
        lower in RELATIVE or lower in {"whose", "whom"} or lower == "(" for lower in words.lower[start:stop]
    )


def _without_trailing(words: Words, end: int, first: int) -> int:
    while end > first and (is_adverb(words.lower[end - 1]) or words.lower[end - 1] in _TIMES):
        end -= 1
    return end


def source_after(reading: Reading, start: int, last: int, cue: int) -> Stretch | None:
    """The noun phrase that begins at a word, looked for up to another word; None when there is none."""
    words = reading.words
    if start >= last or not words.words[start][0].isalnum():
        return None
    if words.lower[start] in SUBJECT_PRONOUNS or words.lower[start] in {"him", "her", "them"}:
        return start, start + 1
    line = next((at for at in range(start + 1, last) if words.line[at] != words.line[start]), last)
    at = 1 + likeliest_edge(reading, "source-end", (start, line - 1), cue, "", _LONGEST)
    while at > start + 1 and words.lower[at - 1] in _NEVER_LAST | {",", ".", ":", ";"}:
        at -= 1
    return start, at


def without_clitic(words: Words, start: int, end: int) -> int:
    """The end of a possessor without its 's."""
    while end > start + 1 and words.lower[end - 1] in POSSESSIVE and words.words[end - 1][0] in "'’":
        end -= 1
    return end
