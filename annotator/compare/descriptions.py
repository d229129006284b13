"""How a reader is told who a source is: the fullest words, how many, and what they say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.compare.telling import Telling
from annotator.compare.word_keys import Keys, folded
from annotator.core.attributions import Attribution, reading_order
from annotator.core.mentions import anaphor, said_by

ANONYMOUS = "anonymous_source"
NAMED = "named_official"
_COUNTS = {
    **dict.fromkeys(("a", "an", "one", "another", "1"), 1),
    **{word: at for at, word in enumerate("two three four five six seven eight nine ten".split(), 2)},
    "both": 2,
    "neither": 2,
}
_PLURAL = frozenset(
    "people sources officials diplomats aides insiders advisers advisors engineers lawmakers they".split()
)
_HEADS = frozenset("person people source sources individual individuals somebody someone".split())
_NOT_PLURAL = ("ss", "us", "is")
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_GROUND = re.compile(
    r"\b(?:anonym\w+|not (?:to )?be (?:named|identified)|unnamed)\b.*?\b(because|due to|owing to|given|since|as|so as|for fear|to (?:discuss|speak|avoid))\b",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"\b(?:anonym\w+|not (?:to )?be (?:named|identified))\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r",?\s*\bwho (?:spoke|asked|declined|requested|insisted|was not|were not|talked)\b.*|,?\s*\b(?:speaking )?on (?:the )?condition of anonymity\b.*",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Description:
    """What the reader is given about a source at one spot.

    words are those at the spot or, where these only point ("the sources", "he"), those that they point to in the same article.
    number is how many, 0 where nobody can tell; plural says that there are several. keys are the words that describe.
    pointing says that the words only point to somebody who is not marked before them. bare says that nothing describes them; condition that anonymity is spoken of, ground that a reason is given for it.
    """

    words: str = ""
    number: int = 0
    plural: bool = False
    keys: frozenset[str] = frozenset()
    bare: bool = False
    condition: bool = False
    ground: bool = False
    pointing: bool = False


class Descriptions:
    """Finds the descriptions of one article's marks."""

    def __init__(self, telling: Telling, keys: Keys) -> None:
        self._telling, self._keys = telling, keys
        self._order: Sequence[Attribution] = sorted(telling.marks, key=reading_order)
        self._place = {mark.id: at for at, mark in enumerate(self._order)}

    def of(self, mark: Attribution) -> Description:
        """What is said of a mark's source."""
        said = self.words(mark)
        if not said:
            return Description()
        return described(said, self._keys, grounds=mark.grounds)

    def words(self, mark: Attribution) -> str:
        """The words for a mark's source, followed to what they point to."""
        seen: set[str] = set()
        at = mark
        while True:
            seen.add(at.id)
            said = said_by(at, self._telling.text)
            if said and not _points(said):
                return said
            before = self._earlier(at, seen)
            if before is None:
                return said or said_by(mark, self._telling.text)
            at = before

    def _earlier(self, mark: Attribution, seen: set[str]) -> Attribution | None:
        by_id = self._place.get(mark.antecedent or "")
        if by_id is not None and mark.antecedent not in seen:
            return self._order[by_id]
        if mark.source_id is None or mark.id not in self._place:
            return None
        for one in reversed(self._order[: self._place[mark.id]]):
            if one.source_id == mark.source_id and one.id not in seen:
                return one
        return None


def _points(said: str) -> bool:
    """Whether words only point back; bare "sources" do not: they may mean anyone."""
    plain = _WORD.findall(said)
    if len(plain) == 1 and folded(plain[0]) in _PLURAL and folded(plain[0]) != "they":
        return False
    return anaphor(_CLAUSE.sub("", said)) is not None


def described(said: str, keys: Keys, grounds: str | None = None) -> Description:
    """A description out of the words for a source."""
    core = _CLAUSE.sub("", said).strip(" ,") or said
    number, plural = _how_many(core)
    telling = frozenset(
        token.key
        for token in keys.tokens(core)
        if folded(token.word) not in _HEADS
        and not keys.is_common(token.word)
        and folded(token.word) not in _COUNTS
    )
    heads = frozenset(keys.key(word) for word in _PLURAL)
    return Description(
        said,
        number,
        plural,
        telling,
        bare=plural and telling <= heads,
        condition=bool(_CONDITION.search(said)),
        ground=bool(grounds) or bool(_GROUND.search(said)),
        pointing=_points(said),
    )


def says_several(words: str) -> bool:
    """Whether words for people mean more than one of them."""
    return _how_many(words)[1]


def _how_many(words: str) -> tuple[int, bool]:
    plain = [folded(word) for word in _WORD.findall(words)]
    number = next((_COUNTS[word] for word in plain[:2] if word in _COUNTS), 0)
    if number == 1:
        return 1, False
    return number, number > 1 or any(_is_plural(word) for word in plain[:4])


def _is_plural(word: str) -> bool:
    if word in _PLURAL:
        return True
    return len(word) > 4 and word.endswith("s") and not word.endswith(_NOT_PLURAL)


def same_number(one: Description, other: Description) -> bool:
    """Whether two descriptions can mean equally many people."""
    if one.number and other.number:
        return one.number == other.number
    return one.plural == other.plural
