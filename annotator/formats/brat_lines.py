"""The lines of a brat .ann file taken apart, each checked against the text."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.spans import Fragments, Span
from annotator.formats.brat_text import mended
from annotator.formats.offsets import alike, shown

_BOUND = re.compile(r"(\S+) +(\d+ \d+(?:;\d+ \d+)*) *")
_EVENT = re.compile(r"([^\s:]+):(T\S+)((?: +[^\s:]+:[TE]\S+)*) *")
_RELATION = re.compile(r"(\S+) +[^\s:]+:([TE]\S+) +[^\s:]+:([TE]\S+) *")
_ATTRIBUTE = re.compile(r"(\S+) +([TER]\S+)(?: +(.+?))? *")
_NOTE = re.compile(r"(\S+) +(\S+) *")
_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Bound:
    """A text-bound annotation: its type and where it stands."""

    type: str
    parts: Fragments


@dataclass(frozen=True, slots=True)
class Event:
    """An event: its type, its trigger, and the ids of its arguments with their names."""

    type: str
    trigger: str
    arguments: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Lines:
    """Everything that an .ann file says, by ids; values and notes by the id of what they are about."""

    bounds: dict[str, Bound] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    values: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    notes: list[tuple[str, str, str]] = field(default_factory=list)


def taken_apart(content: str, text: str, where: str, article: str, losses: LossReport) -> Lines:
    """The lines of an .ann file.

    Raises:
        BadInput: names the first line that is not brat's, or whose offsets do not fit the text.
    """
    found = Lines()
    for number, line in enumerate(content.split("\n"), 1):
        if line.strip():
            _take(line, text, f"{where}, line {number}", article, found, losses)
    for event_id, event in found.events.items():
        for name, target in (("trigger", event.trigger), *event.arguments):
            if target not in found.bounds and target not in found.events:
                raise BadInput(
                    f"{where}: the {name} of {event_id} is {target}, which the file does not have. "
                    "Nothing of this file was imported."
                )
    return found


def _take(line: str, text: str, where: str, article: str, found: Lines, losses: LossReport) -> None:
    own_id, _, rest = line.partition("\t")
    data, _, words = rest.partition("\t")
    match own_id[:1]:
        case "T":
            _once(own_id, found.bounds, where)
            found.bounds[own_id] = _bound(data, words, text, where)
        case "E":
            match = _matched(_EVENT, data, where)
            arguments = tuple(_pair(one) for one in match[3].split())
            _once(own_id, found.events, where)
            found.events[own_id] = Event(match[1], match[2], arguments)
        case "R":
            match = _matched(_RELATION, data, where)
            found.relations.append((match[1], match[2], match[3]))
        case "A" | "M":
            match = _matched(_ATTRIBUTE, data, where)
            found.values[match[2]][match[1]] = match[3] or "true"
        case "#":
            match = _matched(_NOTE, data, where)
            found.notes.append((match[1], match[2], words))
        case "N":
            losses.add("reference to a database, not imported", article)
        case "*":
            losses.add("statement that spans are equivalent, not imported", article)
        case _:
            raise _not_brat(line, where)


def _once(own_id: str, known: dict[str, Bound] | dict[str, Event], where: str) -> None:
    if own_id in known:
        raise BadInput(f"{where}: the id {own_id} stands twice. Nothing of this file was imported.")


def _pair(argument: str) -> tuple[str, str]:
    name, _, target = argument.partition(":")
    return name, target


def _matched(pattern: re.Pattern[str], data: str, where: str) -> re.Match[str]:
    match = pattern.fullmatch(data)
    if match is None:
        raise _not_brat(data, where)
    return match


def _not_brat(line: str, where: str) -> BadInput:
    return BadInput(f"{where} is no line of brat's: {shown(line)}. Nothing of this file was imported.")


def _bound(data: str, words: str, text: str, where: str) -> Bound:
    match = _matched(_BOUND, data, where)
    pairs = [tuple(map(int, pair.split(" "))) for pair in match[2].split(";")]
    if any(start >= end or end > _LARGEST for start, end in pairs):
        raise BadInput(
            f"{where}: {match[2]} is no stretch of a text (it is empty or backwards). Nothing of this file was imported."
        )
    covered = _covered(text, pairs)
    if covered is None or (words.strip() and not any(alike(one, words) for one in covered)):
        raise BadInput(f"{where}: {_why(text, pairs, words)} Nothing of this file was imported.")
    return Bound(match[1], mended((Span(*pair) for pair in pairs), text))


def _covered(text: str, pairs: list[tuple[int, ...]]) -> tuple[str, str] | None:
    """What the fragments read, joined by a space and, as older versions of brat did, without; None outside the text."""
    if max(end for _, end in pairs) > len(text):
        return None
    parts = [text[start:end] for start, end in pairs]
    return " ".join(parts), "".join(parts)


def _why(text: str, pairs: list[tuple[int, ...]], words: str) -> str:
    """Why offsets do not fit the text, as far as the words that should stand there tell."""
    first, last = pairs[0][0], pairs[-1][1]
    covered = _covered(text, pairs)
    reads = f"reads {shown(covered[0])}" if covered else f"lies outside the text of {len(text)} characters"
    said = f"{first} to {last} {reads}, not {shown(words)}" if words else f"{first} to {last} {reads}"
    wide = text.encode("utf-16-le")
    parts = [wide[2 * start : 2 * end].decode("utf-16-le", "replace") for start, end in pairs]
    if words and alike(" ".join(parts), words):
        return f"{said}; the offsets count UTF-16 units, as JavaScript does, and brat counts characters."
    for form, reason in (
        (text.replace("\n", "\r\n"), "the offsets count each Windows line end as two characters"),
        (f"\ufeff{text}", "the offsets count a byte order mark at the start of the text"),
    ):
        if words and _fits(_covered(form, pairs), words):
            return f"{said}; {reason}."
    return f"{said}; the .txt beside it is another text."


def _fits(covered: tuple[str, str] | None, words: str) -> bool:
    return covered is not None and any(alike(one, words) for one in covered)
