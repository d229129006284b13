"""Find cues: the word that carries one, and the verb group around it."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.nlp.contexts import DASHES, is_adverb
from annotator.nlp.edges import likeliest_edge
from annotator.nlp.lexicon import Lexicon
from annotator.nlp.reading import Reading
from annotator.nlp.signs import cue_signs
from annotator.nlp.tokens import Words
from annotator.nlp.weights import chance, weigh

MEDIUM_WORDS = frozenset(
    "statement interview interviews email e-mail tweet tweets post posts speech remarks letter memo news conference twitter facebook"
    " x telegram instagram call briefing report editorial column essay release op-ed blog appearance debate rally radio"
    " podcast video message testimony article press truth social phone television tv town hall".split()
)
_MEDIUM_OPENERS = frozenset("in on at during via by through".split())
_MEDIUM_JOINERS = frozenset(
    "a an the his her their its to with on joint written separate brief recent".split()
)
_SMALLEST = -8.0
LONGEST_CUE = 12


@dataclass(slots=True)
class Cue:
    """A found cue: the words from start to before end, the word that carries it, and how likely it is one."""

    head: int
    start: int
    end: int
    odds: float

    @property
    def chance(self) -> float:
        return chance(self.odds)


def find_cues(reading: Reading, at_least: float) -> list[Cue]:
    """All cues whose odds (as a logarithm) reach a threshold, in reading order, none in another."""
    words, lexicon, rates = reading.words, reading.lexicon, reading.rates
    table = lexicon.table("cue")
    found: list[Cue] = []
    for at, own in enumerate(rates.own):
        if own < _SMALLEST:
            continue
        start, end = group_start(words, lexicon, at), group_end(words, lexicon, at)
        odds = weigh(table, cue_signs(words, reading.quoted, rates, at, (start, end)))
        if odds < at_least:
            continue
        cue = Cue(at, *group_of(reading, at), odds)
        if found and found[-1].end > cue.start:
            if found[-1].odds >= cue.odds:
                continue
            found.pop()
        found.append(cue)
    return found


def group_of(reading: Reading, head: int) -> tuple[int, int]:
    """The verb group around the head of a cue, with a medium phrase or a colon that belongs to it."""
    words = reading.words
    first = likeliest_edge(reading, "cue-start", (head, words.first[head]), head, "", LONGEST_CUE)
    last = likeliest_edge(reading, "cue-end", (head, words.last[head] - 1), head, "", LONGEST_CUE)
    while last > head and (words.lower[last] in {",", "."} or words.words[last] in DASHES):
        last -= 1
    return first, last + 1


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
