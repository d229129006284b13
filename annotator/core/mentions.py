"""Who is meant by the words of a source: the likeliest candidates first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.core.attributions import Attribution
from annotator.core.sources import Source
from annotator.core.spans import words

_PERSON = frozenset("he she him her who".split())
_PLURAL = frozenset("they them one another both some others".split())
_HEAD_OF_PEOPLE = frozenset(
    "source sources people person official officials diplomat diplomats aide aides insider insiders man woman "
    "spokesman spokeswoman spokesperson minister president leader engineer engineers adviser advisers".split()
)
_BARE = frozenset("sources officials people insiders diplomats aides".split())
"""Words that alone describe nobody: they may mean anyone, and are never learned as a name."""
_HEAD_OF_OUTLET = frozenset(
    "publication outlet newspaper paper agency broadcaster site portal newsroom magazine channel station media".split()
)
_HEAD_OF_BODY = frozenset(
    "ministry company office department government administration inspectorate body group".split()
)
_POINTING = frozenset("the this that these those its his her their another".split())
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_LONGEST_ANAPHOR = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source that a mention may mean: how sure (0 to 1), why, and the earlier attribution that it was read from."""

    source: Source
    score: float
    why: str
    antecedent: str | None = None


def normal(said: str) -> str:
    """A name without case, articles and punctuation, for comparing."""
    found = [word.casefold().replace("’", "'").removesuffix("'s") for word in _WORD.findall(said)]
    while found and found[0] in ("the", "a", "an"):
        found.pop(0)
    return " ".join(found)


def anaphor(said: str) -> str | None:
    """What a short pointing phrase can mean: person, people, outlet or institution; None when it names somebody."""
    found = [word.casefold() for word in _WORD.findall(said)]
    if not found or len(found) > _LONGEST_ANAPHOR:
        return None
    if len(found) == 1 and found[0] in _PERSON:
        return "person"
    if found[0] in _PLURAL or (len(found) == 1 and found[0] in _BARE):
        return "people"
    if found[0] not in _POINTING:
        return None
    last = found[-1]
    for heads, meaning in (
        (_HEAD_OF_OUTLET, "outlet"),
        (_HEAD_OF_BODY, "institution"),
        (_HEAD_OF_PEOPLE, "people"),
    ):
        if last in heads:
            return meaning
    return None


def _fits(source: Source, meaning: str) -> bool:
    if meaning == "person":
        return source.type in ("", "person")
    if meaning == "people":
        return source.type in ("", "person", "group")
    return source.type in ("", meaning)


def candidates(said: str, sources: Iterable[Source], earlier: Sequence[Attribution]) -> list[Candidate]:
    """Sources that the words may mean, the likeliest first.

    Args:
        said: the words of the mention.
        sources: all sources of the project.
        earlier: the article's attributions before the mention, in reading order.

    A name or alias that is the same comes first, then a part of a name; a pointing phrase means the source that was
    credited last and fits it; whoever was credited in this article stands before strangers.
    """
    by_id = {one.id: one for one in sources}
    last: dict[str, str] = {
        mark.source_id: mark.id for mark in earlier if mark.source_id in by_id and mark.source_id
    }
    recent = list(
        dict.fromkeys(
            mark.source_id for mark in reversed(earlier) if mark.source_id in by_id and mark.source_id
        )
    )
    meaning = anaphor(said)
    found: dict[str, Candidate] = {}
    if meaning is not None:
        fitting = [one for one in recent if _fits(by_id[one], meaning)]
        anonymous_first = sorted(fitting, key=lambda one: meaning == "people" and not by_id[one].anonymous)
        for at, source_id in enumerate(anonymous_first):
            score = max(0.3, 0.85 - 0.15 * at)
            found[source_id] = Candidate(by_id[source_id], score, "mentioned last", last[source_id])
    wanted = normal(said)
    parts = set(wanted.split())
    for source in by_id.values():
        score, why = _by_name(source, wanted, parts)
        if score > (found[source.id].score if source.id in found else 0):
            bonus = 0.04 if source.id in last else 0.0
            found[source.id] = Candidate(source, min(1.0, score + bonus), why, last.get(source.id))
    for at, source_id in enumerate(recent):
        found.setdefault(
            source_id,
            Candidate(by_id[source_id], max(0.05, 0.25 - 0.02 * at), "in this article", last[source_id]),
        )
    if meaning in ("person", "people"):
        for source in by_id.values():
            if _fits(source, meaning) and (source.anonymous or meaning == "person"):
                found.setdefault(source.id, Candidate(source, 0.04, "in this project"))
    return sorted(found.values(), key=lambda one: (-one.score, one.source.name.casefold()))


def _by_name(source: Source, wanted: str, parts: set[str]) -> tuple[float, str]:
    if not wanted or anaphor(wanted) is not None:
        return 0.0, ""
    best, why = 0.0, ""
    for name in (source.name, *source.aliases):
        known = normal(name)
        if known == wanted:
            return 0.96, "same name" if name == source.name else "alias"
        known_parts = set(known.split())
        if not known_parts or not parts:
            continue
        share = len(parts & known_parts) / len(parts | known_parts)
        inside = parts <= known_parts or known_parts <= parts
        score = 0.4 + share / 2 if inside else share * 0.8
        if score > best:
            best, why = score, "part of the name" if inside else "similar words"
    return best, why


def sure(found: Sequence[Candidate]) -> Candidate | None:
    """The first candidate when its name or an alias is the mention itself, and no other's is."""
    named = [one for one in found if one.why in ("same name", "alias")]
    return named[0] if len(named) == 1 else None


class SourcesByName:
    """Sources by what they are called: name or alias, whatever case and article."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._called: dict[str, list[Source]] = {}
        for source in sources:
            self.add(source)

    def add(self, source: Source) -> None:
        """Know one more."""
        for name in {normal(one) for one in (source.name, *source.aliases)}:
            self._called.setdefault(name, []).append(source)

    def called(self, said: str) -> list[Source]:
        """Those whose name or alias these words are; none for words that only point."""
        wanted = normal(said)
        return self._called.get(wanted, []) if wanted and anaphor(said) is None else []


def worth_learning(said: str, source: Source) -> bool:
    """Whether the words of a mention should become an alias: they name, and are not known yet."""
    known = {normal(name) for name in (source.name, *source.aliases)}
    return anaphor(said) is None and bool(normal(said)) and normal(said) not in known and len(said) <= 120


def mention_place(mark: Attribution) -> int:
    """Where the source of an attribution is mentioned; where it begins, when the text leaves the source out."""
    around = mark.extent()
    return mark.source[0].start if mark.source else (around.start if around is not None else 0)


def said_by(mark: Attribution, text: str) -> str:
    """The words of an attribution's source."""
    return words(mark.source, text, " ")
