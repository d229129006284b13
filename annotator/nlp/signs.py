"""Signs: what is seen around a word when it is asked whether a cue, a content or a source is there."""

from __future__ import annotations

from annotator.nlp.contexts import (
    AUXILIARY,
    OPEN_QUOTES,
    QUOTE_MARKS,
    edge_class,
    is_adverb,
    left_class,
    quote_class,
    right_class,
    shape_class,
)
from annotator.nlp.lexicon import Lexicon
from annotator.nlp.tokens import Words

ORDERS = ("source-behind", "content-before", "subject-told")
"""The questions of order, each with a table of weights of its own."""
_LONG = (1, 2, 3, 5, 8, 12, 18, 26, 40)


def length_class(length: int) -> str:
    """A length in words, in steps that grow."""
    for step in _LONG:
        if length <= step:
            return str(step)
    return "more"


def near(words: Words, at: int, first: int, last: int) -> str:
    """A word of a sentence as it counts as a neighbour, or that the sentence begins or ends there."""
    if at < first:
        return "<"
    if at >= last:
        return ">"
    return edge_class(words, at)


def is_verbal(lower: str) -> bool:
    """Whether a word looks like a verb that could carry a clause."""
    return lower in AUXILIARY or (lower.endswith("ed") and len(lower) > 4)


class Rates:
    """How strongly each word of a text is known as a cue, the strongest on either side in its sentence, and verbs so far."""

    def __init__(self, words: Words, lexicon: Lexicon) -> None:
        known = lexicon.cues
        self.own = [lexicon.rate(form) if form in known else -9.0 for form in words.lower]
        self.verbs = [0] * (len(words) + 1)
        self.left = [-9.0] * len(words)
        self.right = [-9.0] * len(words)
        strongest = -9.0
        for at in range(len(words)):
            if words.first[at] == at:
                strongest = -9.0
            self.left[at] = strongest
            self.verbs[at + 1] = self.verbs[at] + is_verbal(words.lower[at])
            strongest = max(strongest, self.own[at])
        strongest = -9.0
        for at in range(len(words) - 1, -1, -1):
            if words.last[at] == at + 1:
                strongest = -9.0
            self.right[at] = strongest
            strongest = max(strongest, self.own[at])


def cue_signs(words: Words, quoted: list[int], rates: Rates, at: int, group: tuple[int, int]) -> list[str]:
    """What speaks for or against a word carrying a cue; group is the verb group around it, as counted."""
    first, last = words.first[at], words.last[at]
    form = words.lower[at]
    right = right_class(words, at + 1)
    left = left_class(words, at)
    quote = quote_class(words, quoted, at)
    before = near(words, at - 1, first, last)
    after = near(words, at + 1, first, last)
    start, stop = group
    subject = near(words, start - 1, first, last)
    outer = left_class(words, start) if start < at else left
    beyond = right_class(words, stop) if stop > at + 1 else right
    own = round(rates.own[at])
    others = f"{max(-4, round(rates.left[at]))} {max(-4, round(rates.right[at]))}"
    ending = form[-3:]
    shape = "Name" if words.words[at][0].isupper() and at > first else ""
    place = "first" if at == first else "title" if words.line[at] == 0 else ""
    that = "that" if "that" in words.lower[at + 1 : min(last, at + 5)] else ""
    return [
        "*",
        f"f {form}",
        f"fr {form} {right}",
        f"fl {form} {left}",
        f"fq {form} {quote}",
        f"fo {form} {outer}",
        f"fb {form} {beyond}",
        f"fa {form} {after}",
        f"fs {form} {subject}",
        f"f{place}{shape} {form}",
        f"fw {form} {rates.left[at] > 0} {rates.right[at] > 0}",
        f"rl {right} {left}",
        f"rq {right} {quote}",
        f"lq {left} {quote}",
        f"ob {outer} {beyond}",
        f"obe {outer} {beyond} {ending}",
        f"er {ending} {right}",
        f"el {ending} {left}",
        f"eo {ending} {outer} {quote}",
        f"a {after}",
        f"b {before}",
        f"s {subject}",
        f"sa {subject} {after}",
        f"aa {after} {near(words, at + 2, first, last)}",
        f"bb {near(words, start - 2, first, last)} {subject}",
        f"w {own} {others}",
        f"wq {own} {quote}",
        f"wr {own} {beyond}",
        f"wo {own} {outer}",
        f"wt {own} {that}",
        f"p {place} {shape} {quote}",
        f"pf {length_class(start - first)} {outer}",
        f"pl {length_class(last - at)} {right}",
    ]


class EndSigns:
    """Gives the signs at each word after a content has begun; it must be asked in order."""

    def __init__(
        self, words: Words, quoted: list[int], rates: Rates, start: int, opening: str, cue: str
    ) -> None:
        self.words = words
        self.quoted = quoted
        self.rates = rates
        self.start = start
        self.opening = opening
        self.cue = cue
        self.verbs = 0
        self.clauses = 0
        self.commas = 0
        self.brackets = 0
        self.seen = start

    def _read(self, stop: int) -> None:
        words = self.words
        for at in range(self.seen, stop):
            lower = words.lower[at]
            if is_verbal(lower):
                self.verbs += 1
            elif lower in {"who", "which", "that", "when", "where", "if", "because", "what"}:
                self.clauses += 1
            elif lower == ",":
                self.commas += 1
            elif lower == "(":
                self.brackets += 1
            elif lower == ")":
                self.brackets -= 1
        self.seen = stop

    def at(self, at: int) -> list[str]:
        """What speaks for or against the content ending before a word."""
        self._read(at)
        words, quoted = self.words, self.quoted
        first, last = words.first[at], words.last[at]
        opening = self.opening
        here = near(words, at, first, last)
        before = near(words, at - 1, first, last)
        after = near(words, at + 1, first, last)
        shape = shape_class(words, at)
        if is_adverb(words.lower[at]):
            shape = "-adverb"
        key, further = here, near(words, at + 2, first, last)
        if here in {",", "—", "–", "--", "-"}:
            key = f"{here} {after}"
            shape = f"{here} {shape_class(words, at + 1) if at + 1 < last else '>'}"
            if at + 1 < last and self.rates.own[at + 1] > -1:
                shape += " cue"
            further = f"{key} {further}"
        else:
            further = f"{here} {after}"
        length = length_class(at - self.start)
        verbs = min(self.verbs, 2)
        state = f"{verbs} {min(self.clauses, 2)} {min(self.commas, 2)}"
        closes = "close" if quoted[at - 1] and not quoted[at] else "open" if quoted[at] else ""
        marks = words.lower[at - 2] if closes == "close" and at - 2 >= self.start else ""
        whole = "whole" if closes == "close" and quoted[at - 1] == quoted[self.start] else closes
        cue = "cue" if self.rates.own[at] > 0 else "some" if self.rates.own[at] > -2 else ""
        coming = round(self.rates.right[at])
        return [
            "*",
            f"o {opening}",
            f"k {key}",
            f"ok {opening} {key}",
            f"s {shape}",
            f"os {opening} {shape}",
            f"ol {opening} {length}",
            f"ov {opening} {verbs} {shape}",
            f"kv {key} {verbs}",
            f"kl {key} {length}",
            f"st {shape} {state}",
            f"bs {before} {shape}",
            f"bk {before} {key}",
            f"f {further}",
            f"c {self.cue}",
            f"ck {self.cue} {key}",
            f"cs {self.cue} {shape}",
            f"co {self.cue} {opening} {verbs}",
            f"q {whole} {opening} {key}",
            f"qm {whole} {marks} {opening}",
            f"qs {whole} {shape}",
            f"br {self.brackets > 0} {shape}",
            f"u {cue} {shape} {verbs}",
            f"uk {coming} {key}",
            f"re {length_class(last - at)} {shape}",
        ]


def edge_signs(
    words: Words, inner: int, outer: int, end: int, cue: str, beyond: str, rates: Rates
) -> list[str]:
    """What speaks for or against a phrase having its edge between two neighbours.

    end is its other edge, beyond the class of what follows the cue.
    """
    low, high = min(inner, outer), max(inner, outer)
    first, last = words.first[end], words.last[end]
    inside = near(words, inner, first, last)
    outside = near(words, outer, first, last)
    step = outer - inner
    further = near(words, outer + step, first, last)
    deeper = near(words, inner - step, first, last)
    in_shape = shape_class(words, inner)
    out_shape = shape_class(words, outer) if first <= outer < last else "none"
    if is_adverb(outside):
        out_shape = "-adverb"
    if outside in QUOTE_MARKS:
        out_shape = "open" if words.words[outer] in OPEN_QUOTES else "mark"
    length = length_class(high - low + abs(end - inner))
    strength = max(-4, round(rates.own[outer])) if first <= outer < last else -9
    farther = min(2, rates.verbs[low] - rates.verbs[first]) if step < 0 else 0
    within = min(2, abs(rates.verbs[high] - rates.verbs[end]))
    return [
        "*",
        f"i {inside}",
        f"o {outside}",
        f"io {inside} {outside}",
        f"so {in_shape} {outside}",
        f"is {inside} {out_shape}",
        f"ss {in_shape} {out_shape}",
        f"ff {further} {outside}",
        f"sf {in_shape} {outside} {further}",
        f"di {deeper} {inside}",
        f"l {length} {out_shape}",
        f"lo {length} {outside}",
        f"r {strength} {out_shape}",
        f"rs {strength} {outside}",
        f"c {cue} {out_shape}",
        f"v {farther} {within} {outside}",
        f"vs {farther} {within} {in_shape} {out_shape}",
        f"b {beyond} {outside} {farther}",
        f"bi {beyond} {inside} {outside}",
        f"e {edge_class(words, end)} {outside}",
    ]


def order_signs(
    words: Words, quoted: list[int], rates: Rates, cue: tuple[int, int, int], bounds: tuple[int, int]
) -> list[str]:
    """What speaks for or against source or content standing on one side of a cue; cue is its head, start and end."""
    head, start, stop = cue
    first, last = bounds
    form = words.lower[head]
    left = left_class(words, start) if start > first else "start"
    right = right_class(words, head + 1) if head + 1 < last else "end"
    beyond = right_class(words, stop) if stop < last else "end"
    subject = near(words, start - 1, first, last)
    opened = near(words, first, first, last)
    closed = next(
        (at for at in range(start - 1, max(first, start - 30) - 1, -1) if quoted[at] and not quoted[head]),
        None,
    )
    gap = "none" if closed is None else length_class(start - closed)
    mark = (
        words.lower[closed - 1]
        if closed is not None and closed > first and words.lower[closed - 1] in {",", "?", "!", "."}
        else ""
    )
    comma = next((at for at in range(start - 1, first, -1) if words.lower[at] == ","), first)
    since = length_class(start - comma) if comma > first else "none"
    verbs = min(rates.verbs[comma] - rates.verbs[first], 3)
    earlier = round(rates.left[head])
    period = "stop" if last - stop <= 1 else length_class(last - stop)
    following = next(
        (at for at in range(stop, min(last, stop + 20)) if words.lower[at] == "," or quoted[at]), None
    )
    coming = (
        "none" if following is None else f"{length_class(following - stop + 1)} {bool(quoted[following])}"
    )
    outer = left_class(words, comma) if comma > first else "none"
    auxiliary = words.lower[start] if start < head else ""
    return [
        "*",
        f"f {form}",
        f"fl {form} {left}",
        f"fb {form} {beyond}",
        f"fa {form} {auxiliary}",
        f"fs {form} {bool(mark)} {gap == 'none'}",
        f"lb {left} {beyond}",
        f"lr {left} {right} {bool(closed)}",
        f"gm {gap} {mark} {left}",
        f"gb {gap} {mark} {beyond}",
        f"gr {left} {right} {gap} {mark}",
        f"s {since} {beyond} {left}",
        f"sv {since} {beyond} {verbs}",
        f"p {period} {beyond} {left}",
        f"o {opened} {beyond}",
        f"ov {opened} {verbs} {gap == 'none'}",
        f"sb {subject} {beyond}",
        f"su {subject}",
        f"e {earlier} {left}",
        f"c {coming} {beyond} {gap == 'none'}",
        f"cl {coming} {left} {right}",
        f"ou {outer} {left} {right}",
        f"au {auxiliary} {left} {beyond}",
        f"en {form[-3:]} {auxiliary} {left}",
        f"ll {length_class(start - first + 1)} {left} {right}",
    ]
