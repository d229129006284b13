"""Find how far the noun phrase of a source reaches, to the left or to the right of its cue."""

from __future__ import annotations

from annotator.nlp.contexts import (
    POSSESSIVE,
    RELATIVE,
    STOPS,
    SUBJECT_PRONOUNS,
    edge_class,
    is_adverb,
    shape_class,
)
from annotator.nlp.lexicon import Lexicon
from annotator.nlp.tokens import Words

_LONGEST = 24
_FINITE = frozenset("is are was were has have had will would could can should did does do".split())
_LINKING = frozenset("however meanwhile too though for on in at as by during after then".split())
_MODIFYING = frozenset("of with for from in at on to about".split())
_MODIFIED = frozenset(
    "familiar spokesman spokeswoman spokesperson briefed professor director adviser advisor people person source sources officials"
    " official member members leader leaders analyst strategist working involved knowledge".split()
)
_LEFT_BIAS = 1.1
_RIGHT_BIAS = 2.5
_NEVER_LAST = frozenset("the a an and or of to for in that but if when because as with at on by from".split())
_APPOSITION = frozenset(
    "a an the who whose one his her its president director chief chairman professor executive".split()
)
_CLITICS = frozenset("’s 's".split())
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday yesterday today later earlier".split()
)


def source_before(words: Words, lexicon: Lexicon, end: int, first: int) -> tuple[int, int] | None:
    """The noun phrase that ends right before a word, looked for down to another word; None when there is none."""
    end = _without_trailing(words, end, first)
    if end <= first:
        return None
    if words.lower[end - 1] == ",":
        return _with_apposition(words, lexicon, end, first)
    if words.words[end - 1] == ")":
        return _with_brackets(words, lexicon, end, first)
    last = words.lower[end - 1]
    if last in SUBJECT_PRONOUNS or last in RELATIVE or last in {"his", "her", "their", "my", "our", "your"}:
        return end - 1, end
    if last in _NEVER_LAST or not words.words[end - 1][0].isalnum():
        return None
    start = _left_edge(words, lexicon, end, first)
    return (start, end) if start < end else None


def _is_cue(words: Words, lexicon: Lexicon, at: int) -> bool:
    """Whether a word nearly always carries a cue, so that no noun phrase reaches over it."""
    counts = lexicon.cues.get(words.lower[at])
    return counts is not None and counts.cue > 0.7 * counts.seen and counts.seen > 5


def _with_brackets(words: Words, lexicon: Lexicon, end: int, first: int) -> tuple[int, int] | None:
    """A noun phrase with a party, an age or the like in brackets behind it."""
    opening = end - 2
    while opening > first and words.words[opening] != "(" and end - opening < 8:
        opening -= 1
    if opening <= first or words.words[opening] != "(":
        return None
    found = source_before(words, lexicon, opening, first)
    return (found[0], end) if found else None


def _with_apposition(words: Words, lexicon: Lexicon, end: int, first: int) -> tuple[int, int] | None:
    """A noun phrase with what stands between commas behind it: a name, a title, and so on."""
    comma = end - 2
    while comma > first and words.lower[comma] != "," and end - comma < _LONGEST:
        comma -= 1
    if comma <= first or words.lower[comma] != "," or not words.words[comma - 1][0].isalnum():
        return None
    if words.lower[comma - 1] in SUBJECT_PRONOUNS or words.lower[comma - 1] in _NEVER_LAST:
        return None
    if words.lower[comma + 1] in {"and", "but", "or"}:
        return None
    start = _left_edge(words, lexicon, comma, first)
    inner = words.lower[comma + 1]
    if inner in SUBJECT_PRONOUNS | _LINKING or inner.endswith("ing"):
        return start, comma
    if start > first + 1 and words.lower[start - 1] == "," and words.lower[start] in _APPOSITION:
        earlier = source_before(words, lexicon, start - 1, first)
        start = earlier[0] if earlier else start
    if words.words[comma - 1][0].isupper() and words.words[comma + 1][0].isupper() and start == comma - 1:
        # a town and its state, or a party: the name stands before them
        earlier = source_before(words, lexicon, comma, first)
        start = earlier[0] if earlier else start
    return start, end - 1


def _left_edge(words: Words, lexicon: Lexicon, end: int, first: int) -> int:
    at = end - 1
    while at > first and end - at < _LONGEST:
        before = words.lower[at - 1]
        if (
            _is_cue(words, lexicon, at - 1)
            or before in STOPS
            or (before in _FINITE and (at < 2 or words.lower[at - 2] not in RELATIVE))
        ):
            break
        inside = lexicon.edge("source-left-in", edge_class(words, at), shape_class(words, at))
        outside = lexicon.edge("source-left-out", edge_class(words, at - 1), shape_class(words, at - 1))
        if inside + outside + _LEFT_BIAS > 0:
            break
        at -= 1
    if at - 2 > first and words.lower[at - 1] in _MODIFYING and words.words[at - 2][0].isalpha():
        earlier = words.lower[at - 2]
        if (
            earlier not in _FINITE
            and end - at < _LONGEST
            and (earlier in _MODIFIED or words.lower[at - 1] == "of")
        ):
            return _left_edge(words, lexicon, at - 1, first) if at - 1 > first else at
    while at < end and (not words.words[at][0].isalnum() and words.words[at][0] not in "@#$"):
        at += 1
    while at < end - 1 and words.lower[at] in {"and", "but", "that", "or"}:
        at += 1
    return at


def _without_trailing(words: Words, end: int, first: int) -> int:
    while end > first and (is_adverb(words.lower[end - 1]) or words.lower[end - 1] in _TIMES):
        end -= 1
    return end


def source_after(words: Words, lexicon: Lexicon, start: int, last: int) -> tuple[int, int] | None:
    """The noun phrase that begins at a word, looked for up to another word; None when there is none."""
    if start >= last or not words.words[start][0].isalnum():
        return None
    if words.lower[start] in SUBJECT_PRONOUNS or words.lower[start] in {"him", "her", "them"}:
        return start, start + 1
    at = start + 1
    while at < last and at - start < _LONGEST:
        lower = words.lower[at]
        if lower in STOPS or words.line[at] != words.line[at - 1]:
            break
        if lower not in _CLITICS:
            outside = lexicon.edge("source-right-out", edge_class(words, at), shape_class(words, at))
            inside = lexicon.edge("source-right-in", edge_class(words, at - 1), shape_class(words, at - 1))
            if outside + inside + _RIGHT_BIAS > 0:
                break
        at += 1
    at = _apposition_after(words, start, at, last)
    while at > start + 1 and (words.lower[at - 1] in _NEVER_LAST or not words.words[at - 1][0].isalnum()):
        at -= 1
    return start, at


def without_clitic(words: Words, start: int, end: int) -> int:
    """The end of a possessor without its 's."""
    while end > start + 1 and words.lower[end - 1] in POSSESSIVE and words.words[end - 1][0] in "'’":
        end -= 1
    return end


def _apposition_after(words: Words, start: int, at: int, last: int) -> int:
    """The end of a noun phrase with the title or clause that follows it between commas."""
    if at + 1 >= last or words.lower[at] != "," or words.lower[at + 1] not in _APPOSITION:
        return at
    stop = at + 1
    while stop < last and words.lower[stop] not in STOPS and stop - start < 2 * _LONGEST:
        if words.lower[stop] == ",":
            break
        stop += 1
    return stop
