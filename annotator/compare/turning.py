"""Words that turn the sense: negation, doubt, limits, opposites, and who is given something."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotator.compare.lexicons import Lexicons
from annotator.compare.word_keys import Keys, Token, folded, stem

_SCOPE = 5
"""How many words behind a negation or a doubt are taken to be what it is about."""

_NOT_REALLY = frozenset("more less fewer later earlier longer only just least".split())
"""Behind a negation these make a limit, or nothing, of it: no more than, no longer, not only."""

_UNTIL = frozenset("before until till".split())
_POINTERS = frozenset("the a an its their his her our".split())
_NAME_NEAR = 6


@dataclass(frozen=True, slots=True)
class Turn:
    """A word that turns the sense, and the keys of the words that it is about; denied when a negation stands before it."""

    word: str
    about: frozenset[str]
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Turns:
    """All that turns the sense of one mark's words. opposites holds, for each pair of the lists, what stands on each side."""

    negations: tuple[Turn, ...] = ()
    doubts: tuple[Turn, ...] = ()
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    opposites: Mapping[int, tuple[tuple[Turn, ...], tuple[Turn, ...]]] | None = None
    given_to: tuple[tuple[str, str], ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether nothing turns the sense."""
        return not (
            self.negations or self.doubts or self.above or self.below or self.opposites or self.given_to
        )


class TurningWords:
    """Finds the words that turn the sense."""

    def __init__(self, lexicons: Lexicons, keys: Keys) -> None:
        self._keys = keys
        self._classes = lexicons.turning
        self._sides: dict[str, list[tuple[int, int]]] = {}
        for at, pair in enumerate(lexicons.opposites):
            for side, words in enumerate(pair):
                for word in words:
                    self._sides.setdefault(stem(folded(word)), []).append((at, side))
        self._transfer = lexicons.turning.get("transfer", frozenset())
        self._receipt = lexicons.turning.get("receipt", frozenset())

    def of(self, content: Sequence[Token], cue: Sequence[Token] = ()) -> Turns:
        """What turns the sense of a content, the words of its cue included: may propose, did not say."""
        words = [folded(token.word) for token in content]
        negations, doubts = [], []
        opposites: dict[int, tuple[list[Turn], list[Turn]]] = {}
        for at, word in enumerate(words):
            if self._is("negation", word) and self._negates(words, at):
                negations.append(Turn(word, self._about(content, at)))
            if self._is("doubt", word) and content[at].word != "May":
                doubts.append(Turn(word, self._about(content, at)))
            for pair, side in self._sides.get(stem(word), ()):
                about = self._about(content, at) | self._about(content, max(-1, at - _SCOPE - 1))
                denied = any(self._is("negation", one) for one in words[max(0, at - 3) : at])
                turn = Turn(word, about - {content[at].key}, denied)
                opposites.setdefault(pair, ([], []))[side].append(turn)
        every = frozenset(token.key for token in content)
        doubts += [Turn(token.word, every) for token in cue if self._is("doubt", folded(token.word))]
        above, below = self._limits(words)
        return Turns(
            tuple(negations),
            tuple(doubts),
            above,
            below,
            {pair: (tuple(one), tuple(other)) for pair, (one, other) in opposites.items()},
            tuple(self._given(content, words)),
        )

    def _limits(self, words: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Limits from above and from below; the longer phrase first, so that "no more than" is not read as "more than"."""
        said = f" {' '.join(words)} "
        found: dict[str, list[str]] = {"bound-above": [], "bound-below": []}
        phrases = [(one, kind) for kind in found for one in self._classes.get(kind, ())]
        for one, kind in sorted(phrases, key=lambda pair: (-len(pair[0]), pair[0])):
            if f" {one} " in said:
                found[kind].append(one)
                said = said.replace(f" {one} ", " | ")
        return tuple(found["bound-above"]), tuple(found["bound-below"])

    def _is(self, kind: str, word: str) -> bool:
        return word in self._classes.get(kind, ()) or (kind == "negation" and word.endswith("n't"))

    def _negates(self, words: Sequence[str], at: int) -> bool:
        after = words[at + 1 : at + 2]
        if after and after[0] in _NOT_REALLY:
            return False
        return not _UNTIL & set(words[at + 1 : at + 1 + _SCOPE])

    def _about(self, content: Sequence[Token], at: int) -> frozenset[str]:
        return frozenset(
            token.key for token in content[at + 1 : at + 1 + _SCOPE] if not self._keys.is_common(token.word)
        )

    def _given(self, content: Sequence[Token], words: Sequence[str]) -> Iterable[tuple[str, str]]:
        """(word, key of the name) for each name that is given something."""
        for at, word in enumerate(words):
            if word in self._transfer:
                receiver = _receiver(content, words, at)
                if receiver is not None:
                    yield receiver.word, receiver.key
            elif word in self._receipt and at and content[at - 1].word[:1].isupper():
                yield content[at - 1].word, content[at - 1].key


def _receiver(content: Sequence[Token], words: Sequence[str], at: int) -> Token | None:
    """The name right behind a word of giving, or behind its "to"; none when that follows "up"."""
    near = at + 1
    if near < len(words) and words[near] == "up":
        return None
    if near < len(words) and words[near] in _POINTERS:
        near += 1
    if near < len(words) and content[near].word[:1].isupper() and words[near] not in _POINTERS:
        return content[near]
    for step in range(at + 1, min(len(words) - 1, at + _NAME_NEAR)):
        if words[step] == "to":
            behind = step + 1 + (words[step + 1] in _POINTERS)
            if behind < len(words) and content[behind].word[:1].isupper():
                return content[behind]
    return None


@dataclass(frozen=True, slots=True)
class Side:
    """One of two statements to be compared: what its outlet is called, what turns its sense, and the keys of all its words."""

    name: str
    turns: Turns
    keys: frozenset[str]


def turned(one: Side, other: Side) -> tuple[str, ...]:
    """What turns the sense of one statement against the other, in words; nothing when they say it the same way round.

    A negation or a doubt counts when it is about something that the other statement speaks of as well.
    """
    if one.turns.is_plain and other.turns.is_plain:
        return ()
    found = []
    for here, there in ((one, other), (other, one)):
        for left, right in (
            (here.turns.negations, there.turns.negations),
            (here.turns.doubts, there.turns.doubts),
        ):
            said = [turn.word for turn in left if _shared(turn, there)]
            answered = any(_shared(turn, here) for turn in right)
            if said and not answered and not (left is here.turns.doubts and right):
                found.append(f"“{said[0]}” in {here.name} only")
    for mine, its in ((one.turns.above, other.turns.below), (one.turns.below, other.turns.above)):
        if mine and its:
            found.append(_contrast(one, mine[0], other, its[0]))
    found += _opposed(one, other)
    receivers, others = {key for _, key in one.turns.given_to}, {key for _, key in other.turns.given_to}
    if receivers and others and not receivers & others:
        pair = one.turns.given_to[0][0], other.turns.given_to[0][0]
        found.append(f"given to {pair[0]} in {one.name}, to {pair[1]} in {other.name}")
    return tuple(dict.fromkeys(found))


def _shared(turn: Turn, side: Side) -> bool:
    """Whether a statement speaks of what a word in another is about: of half of it at least."""
    return bool(turn.about) and 2 * len(turn.about & side.keys) >= len(turn.about)


def _contrast(one: Side, left: str, other: Side, right: str) -> str:
    return f"“{left}” in {one.name}, “{right}” in {other.name}"


def _opposed(one: Side, other: Side) -> list[str]:
    found = []
    for pair, sides in (one.turns.opposites or {}).items():
        against = (other.turns.opposites or {}).get(pair)
        if against is None:
            continue
        for side in (0, 1):
            if sides[1 - side] or against[side]:
                continue
            here = [turn.word for turn in sides[side] if not turn.denied and turn.about & other.keys]
            there = [turn.word for turn in against[1 - side] if not turn.denied and turn.about & one.keys]
            if here and there:
                found.append(_contrast(one, here[0], other, there[0]))
    return found
