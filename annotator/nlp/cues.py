"""Find cues: the word that carries one, and the verb group around it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from annotator.nlp.contexts import DASHES, is_adverb, left_class, quote_class, right_class
from annotator.nlp.lexicon import Lexicon
from annotator.nlp.tokens import Words

MEDIUM_WORDS = frozenset(
    "statement interview interviews email e-mail tweet tweets post posts speech remarks letter memo news conference twitter facebook"
    " x telegram instagram call briefing report editorial column essay release op-ed blog appearance debate rally radio"
    " podcast video message testimony article press truth social phone television tv town hall".split()
)
_MEDIUM_OPENERS = frozenset("in on at during via by through".split())
_MEDIUM_JOINERS = frozenset(
    "a an the his her their its to with on joint written separate brief recent".split()
)
_PRIOR = -0.7
_WEIGHTS = (0.7, 0.7, 0.4)
_SMALLEST = -3.0


@dataclass(slots=True)
class Cue:
    """A found cue: the words from start to before end, the word that carries it, and how likely it is one."""

    head: int
    start: int
    end: int
    odds: float

    @property
    def chance(self) -> float:
        return 1 / (1 + math.exp(-self.odds))


def find_cues(words: Words, quoted: list[int], lexicon: Lexicon, at_least: float) -> list[Cue]:
    """All cues whose odds (as a logarithm) reach a threshold, in reading order, none in another."""
    found: list[Cue] = []
    known = lexicon.cues
    for at, form in enumerate(words.lower):
        if form not in known:
            continue
        odds = _PRIOR + lexicon.rate(form)
        if odds < at_least + _SMALLEST:
            continue
        odds += _WEIGHTS[0] * lexicon.odds(form, "right", right_class(words, at + 1))
        odds += _WEIGHTS[1] * lexicon.odds(form, "left", left_class(words, at))
        odds += _WEIGHTS[2] * lexicon.odds(form, "quote", quote_class(words, quoted, at))
        if odds < at_least:
            continue
        cue = Cue(at, group_start(words, lexicon, at), group_end(words, lexicon, at), odds)
        if found and found[-1].end > cue.start:
            if found[-1].odds >= cue.odds:
                continue
            found.pop()
        found.append(cue)
    return found


def group_start(words: Words, lexicon: Lexicon, head: int) -> int:
    """Where the verb group begins: auxiliaries, adverbs and negation before the head."""
    before = lexicon.tables["before"]
    at = head
    while at > words.first[head] and head - at < 7:
        lower = words.lower[at - 1]
        counts = before.get(lower)
        if counts is None and is_adverb(lower):
            counts = before.get("-adverb")
        if counts is None or counts[0] <= counts[1]:
            break
        at -= 1
    return at


def group_end(words: Words, lexicon: Lexicon, head: int) -> int:
    """Where the cue ends: particles, prepositions, a medium phrase and a colon after the head."""
    follows = lexicon.cues[words.lower[head]].follows if words.lower[head] in lexicon.cues else {}
    after = lexicon.tables["after"]
    at = head + 1
    limit = min(words.last[head], head + 7)
    while at < limit:
        lower = words.lower[at]
        share = follows.get(lower) if at == head + 1 else None
        if share is None:
            counts = after.get(f"{words.lower[at - 1] if at > head + 1 else '*'} {lower}", (0, 1))
            share = counts[0] / (counts[0] + counts[1] + 1)
        if lower in _MEDIUM_OPENERS:
            stop = medium_phrase(words, at)
            if stop:
                at = stop
                continue
        if share <= 0.5:
            break
        at += 1
    if at < words.last[head] and words.words[at] == ":":
        at += 1
    while at > head + 1 and (words.lower[at - 1] in {",", "."} or words.words[at - 1] in DASHES):
        at -= 1
    return at


def medium_phrase(words: Words, at: int) -> int:
    """After the last word of a phrase like "in a statement" that begins at a word, or 0."""
    if words.lower[at] not in _MEDIUM_OPENERS:
        return 0
    stop = at + 1
    last = min(words.last[at], at + 7)
    named = 0
    while stop < last:
        lower = words.lower[stop]
        if lower in MEDIUM_WORDS:
            named = stop + 1
        elif lower not in _MEDIUM_JOINERS:
            break
        stop += 1
    return named
