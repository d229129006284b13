"""How sure the rules are of an attribution as a whole: its signs, weighed as a chance."""

from __future__ import annotations

from annotator.nlp.contents import opening_of
from annotator.nlp.contexts import RELATIVE, SUBJECT_PRONOUNS
from annotator.nlp.found import Found
from annotator.nlp.reading import Reading
from annotator.nlp.signs import length_class, near
from annotator.nlp.weights import chance, weigh


def sure_signs(reading: Reading, one: Found) -> list[str]:
    """What speaks for or against source, cue and content all being right."""
    words, quoted = reading.words, reading.quoted
    form = words.lower[one.head]
    first, last = words.first[one.head], words.last[one.head]
    odds = round(2 * one.odds) / 2
    shape, length, before = "none", "0", ""
    if one.source:
        start, stop = one.source[0]
        length = length_class(stop - start)
        before = near(words, start - 1, words.first[start], words.last[start])
        opened = words.lower[start]
        shape = (
            "pronoun"
            if opened in SUBJECT_PRONOUNS
            else "relative"
            if opened in RELATIVE
            else "name"
            if words.words[stop - 1][0].isupper()
            else "word"
        )
    start, stop = one.content[0][0], one.content[-1][1]
    size = length_class(sum(end - begin for begin, end in one.content))
    inside = sum(bool(quoted[at]) for at in range(start, stop))
    marks = "none" if not inside else "whole" if inside >= stop - start - 1 else "some"
    after = near(words, stop, words.first[stop - 1], words.last[stop - 1])
    opening = opening_of(words, start)
    rule = one.rule
    head = "quoted" if quoted[one.head] else ""
    gap = length_class(max(0, start - one.cue[0][1]) + 1)
    return [
        "*",
        f"r {rule}",
        f"o {odds}",
        f"ro {rule} {odds}",
        f"f {form}",
        f"rf {rule} {form}",
        f"rs {rule} {shape}",
        f"so {shape} {odds}",
        f"l {length} {shape}",
        f"b {before} {rule}",
        f"c {size} {rule}",
        f"cm {marks} {rule} {size}",
        f"m {marks} {odds}",
        f"a {after} {opening}",
        f"ar {after} {rule}",
        f"op {opening} {rule}",
        f"h {head} {rule} {marks}",
        f"p {words.line[one.head] == 0} {len(one.content)}",
        f"g {gap} {rule}",
        f"w {one.cue[0][1] - one.cue[0][0]} {rule}",
        f"e {length_class(last - first)} {rule}",
        f"y {round(one.order)} {rule}",
    ]


def sureness(reading: Reading, one: Found) -> float:
    """The chance that source, cue and content are all right, each by at least half."""
    return chance(weigh(reading.lexicon.table("sure"), sure_signs(reading, one)))
