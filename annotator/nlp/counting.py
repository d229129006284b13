"""Count, over articles with gold, which words carry cues and what belongs to a verb group."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from annotator.core.records import AttributionRecord
from annotator.core.spans import Fragments
from annotator.nlp.contexts import (
    ADVERBS,
    ARTICLES,
    AUXILIARY,
    POSSESSIVE,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
    is_adverb,
    left_class,
)
from annotator.nlp.found import Stretch
from annotator.nlp.lexicon import CueCounts, Lexicon
from annotator.nlp.tokens import Words, words_of

_NO_HEAD = (
    AUXILIARY
    | SUBJECT_PRONOUNS
    | POSSESSIVE
    | ARTICLES
    | PREPOSITIONS
    | frozenset(["that", "to", "and", "or", "but", "there", "who"])
)
_ALWAYS_HEAD = frozenset(["according", "told"])
_FARTHEST = 7


@dataclass(slots=True)
class Gold:
    """A gold attribution in words, with the word that carries its cue."""

    source: list[Stretch]
    cue: list[Stretch]
    content: list[Stretch]
    head: int | None = None


@dataclass(slots=True)
class Counted:
    """An article with its gold attributions."""

    words: Words
    gold: list[Gold]


@dataclass(slots=True)
class _Tallies:
    seen: Counter[str] = field(default_factory=Counter)
    cue: Counter[str] = field(default_factory=Counter)
    sourceless: Counter[str] = field(default_factory=Counter)
    behind: Counter[str] = field(default_factory=Counter)
    follows: dict[str, dict[str, list[int]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(lambda: [0, 0]))
    )
    before: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    after: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))


def counted(articles: Iterable[tuple[str, Sequence[AttributionRecord]]]) -> list[Counted]:
    """Articles as words, with the head of each cue: the word in it that is oftenest part of one."""
    found = []
    for text, attributions in articles:
        words = words_of(text)
        gold = [
            Gold(_stretches(words, one.source), _stretches(words, one.cue), _stretches(words, one.content))
            for one in attributions
        ]
        found.append(Counted(words, gold))
    everywhere: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for article in found:
        everywhere.update(article.words.lower)
        for one in article.gold:
            cue = [article.words.lower[at] for at in _each(one.cue)]
            inside.update(set(cue))
            if len(cue) == 1:
                alone[cue[0]] += 1
    for article in found:
        for one in article.gold:
            one.head = _head(article.words, one, everywhere, inside, alone)
    return found


def _stretches(words: Words, fragments: Fragments) -> list[Stretch]:
    pairs = [words.inside(span.start, span.end) for span in fragments]
    return [(first, stop) for first, stop in pairs if first < stop]


def _each(stretches: Iterable[Stretch]) -> list[int]:
    return [at for first, stop in stretches for at in range(first, stop)]


def _head(
    words: Words, one: Gold, everywhere: Counter[str], inside: Counter[str], alone: Counter[str]
) -> int | None:
    best: tuple[float, int] | None = None
    for at in _each(one.cue):
        form = words.lower[at]
        if form in _NO_HEAD or not form[0].isalpha():
            continue
        if form in _ALWAYS_HEAD:
            return at
        share = (inside[form] + 3 * alone[form]) / (everywhere[form] + 6)
        share += -0.3 if is_adverb(form) else 0.02
        if best is None or share > best[0]:
            best = share, at
    return best[1] if best else None


def lexicon_of(articles: Sequence[Counted]) -> Lexicon:
    """The counts of a lexicon, without weights."""
    tallies = _Tallies()
    inside = {
        article.words.lower[at] for article in articles for one in article.gold for at in _each(one.cue)
    }
    for article in articles:
        _tally(tallies, article, inside)
    lexicon = Lexicon()
    for form, cue in sorted(tallies.cue.items(), key=lambda pair: (-pair[1], pair[0])):
        seen = tallies.seen[form]
        if cue >= 2 or (cue / seen > 0.3 and seen < 20):
            follows = {
                word: part / (part + other)
                for word, (other, part) in sorted(tallies.follows[form].items())
                if part and part + other >= 3
            }
            lexicon.cues[form] = CueCounts(seen, cue, tallies.sourceless[form], tallies.behind[form], follows)
    lexicon.tables = {"before": _table(tallies.before, 1), "after": _table(tallies.after, 2)}
    return lexicon


def _table(tally: dict[str, list[int]], at_least: int) -> dict[str, tuple[int, int]]:
    return {
        word: (part, other)
        for word, (other, part) in sorted(tally.items())
        if part >= at_least and part + other >= 4
    }


def _tally(tallies: _Tallies, article: Counted, inside: set[str]) -> None:
    words = article.words
    heads: dict[int, Gold] = {}
    for one in article.gold:
        if one.head is not None:
            heads.setdefault(one.head, one)
    for at, form in enumerate(words.lower):
        if form not in inside or form in _NO_HEAD or not form[0].isalpha():
            continue
        tallies.seen[form] += 1
        if at not in heads:
            continue
        one = heads[at]
        tallies.cue[form] += 1
        tallies.sourceless[form] += not one.source
        tallies.behind[form] += left_class(words, at) == "quote"
        _tally_group(tallies, words, at, set(_each(one.cue)))


def _tally_group(tallies: _Tallies, words: Words, head: int, cue: set[int]) -> None:
    """What stood in the cue beside its head, and the first words on either side that did not."""
    at = head
    while at + 1 < len(words) and words.line[at + 1] == words.line[at] and at + 1 - head < _FARTHEST:
        lower = words.lower[at + 1]
        hit = at + 1 in cue
        if at == head:
            tallies.follows[words.lower[head]][lower][hit] += 1
        tallies.after[f"{words.lower[at] if at > head else '*'} {lower}"][hit] += 1
        if not hit:
            break
        at += 1
    at = head
    while at - 1 >= words.first[head] and head - at < _FARTHEST:
        lower = words.lower[at - 1]
        hit = at - 1 in cue
        tallies.before["-adverb" if is_adverb(lower) and lower not in ADVERBS else lower][hit] += 1
        if not hit:
            break
        at -= 1
