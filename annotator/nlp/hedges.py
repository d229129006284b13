"""Attributions to nobody: "reportedly", "it is noted", and the reported or alleged thing."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.nlp.contents import content_after
from annotator.nlp.contexts import ARTICLES, AUXILIARY, POSSESSIVE, PREPOSITIONS
from annotator.nlp.found import Found
from annotator.nlp.reading import Reading
from annotator.nlp.signs import is_verbal
from annotator.nlp.sources import phrase_before

ADVERBS = frozenset("reportedly allegedly supposedly purportedly".split())
ADJECTIVES = frozenset("reported alleged purported".split())
IMPERSONAL = frozenset("noted reported said indicated emphasized emphasised specified added".split())
_LONGEST = 5
_BEFORE_ADJECTIVE = ARTICLES | POSSESSIVE | frozenset(["new", "other", "of"])


def hedged(reading: Reading) -> Iterator[Found]:
    """The attributions that name nobody, by their form."""
    words = reading.words
    for at, lower in enumerate(words.lower):
        if lower in ADVERBS:
            one = _adverb(reading, at)
        elif lower in ADJECTIVES and not _follows_it(reading, at):
            one = _adjective(reading, at)
        elif lower in IMPERSONAL:
            one = _impersonal(reading, at)
        else:
            continue
        if one is not None:
            yield one


def _follows_it(reading: Reading, at: int) -> bool:
    words = reading.words
    return at >= words.first[at] + 2 and words.lower[at - 1] in {"is", "was"} and words.lower[at - 2] == "it"


def _impersonal(reading: Reading, at: int) -> Found | None:
    """An "it is noted" between commas, behind its content, or before "that": somebody says so, and nobody is named."""
    words = reading.words
    if not _follows_it(reading, at) or at + 1 >= len(words):
        return None
    first, last = reading.bounds(at)
    one = Found("impersonal", at, [], [(at - 1, at + 1)])
    start, after = at - 2, words.lower[at + 1]
    if after == "that" and start == first:
        one.content = [part for part in [content_after(reading, at + 1, last, at)] if part]
    elif start > first and words.lower[start - 1] == "," and after in {",", "."}:
        one.content = [(first, start - 1)]
        rest = content_after(reading, at + 2, last, at) if after == "," else None
        if rest is not None:
            one.content.append(rest)
    return one if one.content else None


def _adverb(reading: Reading, at: int) -> Found | None:
    """The clause around an adverb, whose subject and auxiliaries stand before it."""
    words = reading.words
    first, last = reading.bounds(at)
    one = Found("hedge adverb", at, [], [(at, at + 1)])
    verb = at
    while verb > first and words.lower[verb - 1] in AUXILIARY:
        verb -= 1
    subject = phrase_before(reading, verb, first, at)
    if subject is not None:
        one.content.append((subject[0], at))
    start = at + 1
    while start < last and words.lower[start] == ",":
        start += 1
    rest = content_after(reading, start, last, at)
    if rest is not None:
        one.content.append(rest)
    return one if one.content else None


def _adjective(reading: Reading, at: int) -> Found | None:
    """The noun phrase behind an adjective that stands in one itself."""
    words = reading.words
    first, last = reading.bounds(at)
    if at == first or words.lower[at - 1] not in _BEFORE_ADJECTIVE:
        return None
    stop = at + 1
    while stop < last and stop - at <= _LONGEST:
        lower = words.lower[stop]
        if not lower[0].isalpha() or lower in PREPOSITIONS | ARTICLES | POSSESSIVE | AUXILIARY:
            break
        if lower in {"and", "or", "to", "that", "who", "which"} or (is_verbal(lower) and stop > at + 1):
            break
        stop += 1
    return Found("hedge adjective", at, [], [(at, at + 1)], [(at + 1, stop)]) if stop > at + 1 else None
