"""A team at work that exchanges bundles in any order, and a book of who knew of what, against which desks are held."""

from __future__ import annotations

import shutil
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TypeAlias

from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.changes import ChangeSet, Noun
from annotator.core.claims import Claim
from annotator.core.conflicts import Conflict
from annotator.core.errors import AnnotatorError
from annotator.core.plain import from_plain
from annotator.core.records import Record
from annotator.core.sources import Source
from annotator.core.spans import Span
from annotator.workspace.bundling import write_bundle
from annotator.workspace.commands.articles import EditArticle, RemoveArticles
from annotator.workspace.commands.attributions import (
    ChangeFields,
    MarkSpan,
    NameSource,
    Nest,
    RemoveAttributions,
)
from annotator.workspace.commands.base import Command
from annotator.workspace.commands.claims import NameClaims
from annotator.workspace.commands.comments import AddComment
from annotator.workspace.conflicts import decide, undecided
from annotator.workspace.merging import merge_bundle
from annotator.workspace.workspace import Workspace
from tests.building import take
from tests.desks import held

HANDS = ("ana", "ben", "cleo", "dora", "emil", "fay")
ARTICLES = 20
TEXTS = tuple(f"Article {at}: the harbour sleeps, the mayor said, and 🚢 waits." for at in range(ARTICLES))
LATE = ("A late report about the tide.", "Another late one, with a gull 🐦.")
NAMES = ("the mayor", "a captain", "two sailors")


def fill(workspace: Workspace) -> None:
    """Twenty articles, each with a mark."""
    take(workspace, *(Record(id=f"a{at}", text=text, story=f"S{at % 4}") for at, text in enumerate(TEXTS)))
    for at in range(ARTICLES):
        workspace.execute(MarkSpan(f"a{at}", HANDS[at % 6], "other", (Span(0, 7),), new_id=f"first-{at}"))


Words: TypeAlias = tuple[str, str, tuple[str, ...], str | None] | None
"""What a mark says: its note, the names of its source and claims, the mark around it; None where it was removed."""


@dataclass(frozen=True)
class Writing:
    """One thing that somebody wrote on a mark, knowing of these writings before."""

    mark: str
    words: Words
    instead_of: frozenset[int]


@dataclass
class Seat:
    """A desk, the writings that it knows of, and what its last deeds added to them, for undo."""

    desk: Workspace
    knows: set[int] = field(default_factory=set)
    done: list[tuple[str, set[int]]] = field(default_factory=list)


@dataclass
class Sent:
    """A bundle on its way, with the writings that it tells of."""

    path: Path
    knows: frozenset[int]


class Teamwork:
    """Desks that work and write to each other; every deed is entered in the book."""

    def __init__(self, folder: Path, desks: list[Workspace]) -> None:
        self.folder = folder
        self.seats = [Seat(desk) for desk in desks]
        self.sent: list[Sent] = []
        self.names: dict[str, str] = {}
        self.book: list[Writing] = [
            Writing(one.id, self._said(one), frozenset()) for one in desks[0].reading.find(Attribution)
        ]
        for seat in self.seats:
            seat.knows = set(range(len(self.book)))

    def do(self, seat: Seat, command: Command) -> None:
        """One deed; what the program refuses changes nothing."""
        try:
            news = seat.desk.execute(command)
        except AnnotatorError:
            return
        if news:
            seat.done.append(("deed", self._enter(seat, news)))

    def _enter(self, seat: Seat, news: ChangeSet) -> set[int]:
        """Enter what a deed wrote: it stands instead of what this desk saw in its place."""
        written: set[int] = set()
        for change in news.changes:
            if isinstance(change.thing, Source | Claim):
                self.names[change.thing.id] = change.thing.name
        for change in news.of(Attribution):
            seen = {self._said(change.before)}
            instead = frozenset(self._open(seat.knows, change.thing.id, seen))
            words = self._said(change.after)
            written.add(self._write(seat, Writing(change.thing.id, words, instead)))
        return written

    def _said(self, mark: Noun | None) -> Words:
        """What a mark says, with the names that were ever given to what it points to."""
        if not isinstance(mark, Attribution):
            return None
        source = self.names[mark.source_id] if mark.source_id else ""
        return (mark.note, source, tuple(sorted(self.names[one] for one in mark.claims)), mark.parent)

    def _write(self, seat: Seat, writing: Writing) -> int:
        self.book.append(writing)
        seat.knows.add(len(self.book) - 1)
        return len(self.book) - 1

    def _open(self, knows: set[int], mark: str, words: set[Words] | None = None) -> set[int]:
        """The writings on a mark that none of those known stands instead of."""
        past = {old for one in knows for old in self.book[one].instead_of}
        return {
            one
            for one in knows - past
            if self.book[one].mark == mark and (words is None or self.book[one].words in words)
        }

    def act(self, chance: Random) -> None:
        """One thing that somebody does."""
        seat = chance.choice(self.seats)
        reading = seat.desk.reading
        marks = reading.find(Attribution)
        articles = reading.find(Article)
        hand = seat.desk.actor
        one = chance.choice(marks) if marks else None
        what = chance.choice(
            "mark mark change change change remove nest source claim comment article late gone undo send send merge merge "
            "merge decide".split()
        )
        if what == "send":
            self.send(seat)
        elif what == "merge" and self.sent:
            self.merge(seat, chance.choice(self.sent))
        elif what == "decide":
            self.decide(seat, chance)
        elif what == "undo":
            self.undo(seat)
        elif what == "late":
            text = chance.choice(LATE)
            found = Record(id=f"{hand}-{len(text)}", text=text, story=chance.choice(("S1", "Late")))
            line = seat.desk.last_seq()
            take(seat.desk, found)
            if seat.desk.last_seq() != line:
                seat.done.append(("deed", set()))
        elif what == "mark" and articles:
            start = chance.randrange(10)
            place = (Span(start, start + chance.randint(1, 9)),)
            self.do(seat, MarkSpan(chance.choice(articles).id, hand, "other", place))
        elif what == "article" and articles:
            self.do(seat, EditArticle(chance.choice(articles).id, {"outlet": f"{hand} Post"}))
        elif what == "gone" and articles and chance.random() < 0.3:
            self.do(seat, RemoveArticles((chance.choice(articles).id,)))
        elif one is not None:
            self._on_mark(seat, what, one, chance.choice(marks), chance)

    def _on_mark(self, seat: Seat, what: str, one: Attribution, other: Attribution, chance: Random) -> None:
        if what == "change":
            self.do(seat, ChangeFields((one.id,), {"note": f"{seat.desk.actor} {len(self.book)}"}))
        elif what == "remove":
            self.do(seat, RemoveAttributions((one.id,)))
        elif what == "nest":
            self.do(seat, Nest(one.id, other.id))
        elif what == "source":
            self.do(seat, NameSource((one.id,), chance.choice(NAMES)))
        elif what == "claim":
            self.do(seat, NameClaims(one.id, (chance.choice(NAMES),)))
        elif what == "comment":
            self.do(seat, AddComment(one.id, seat.desk.actor, f"On this {len(self.book)}: sure?"))

    def undo(self, seat: Seat) -> None:
        """Take back the last deed; of a merge and of a decision, what they made known too."""
        if not seat.done:
            return
        try:
            news = seat.desk.undo()
        except AnnotatorError:
            return
        what, written = seat.done.pop()
        if what == "deed":
            self._enter(seat, news)
        else:
            seat.knows -= written

    def send(self, seat: Seat) -> Sent:
        """Write a bundle."""
        path = self.folder / f"{len(self.sent)}.bundle"
        self.sent.append(Sent(write_bundle(seat.desk, path).path, frozenset(seat.knows)))
        return self.sent[-1]

    def merge(self, seat: Seat, sent: Sent) -> None:
        """Merge a bundle."""
        line = seat.desk.last_seq()
        merge_bundle(seat.desk, sent.path)
        new = set(sent.knows - seat.knows)
        seat.knows |= new
        if seat.desk.last_seq() != line:
            seat.done.append(("merge", new))
        else:
            assert not new, "what a bundle told was not noted"

    def decide(self, seat: Seat, chance: Random) -> None:
        """Decide the first conflict about a mark."""
        found = next((one for one in undecided(seat.desk) if one.noun == "attribution"), None)
        if found is None:
            return
        at = chance.randrange(len(found.choices))
        try:
            news = decide(seat.desk, {found.id: str(at + 1)})
        except AnnotatorError:
            return
        words = self._said(found.choices[at].value)
        open_before = frozenset(self._open(seat.knows, found.noun_id))
        others = [change for change in news.of(Attribution) if change.thing.id != found.noun_id]
        written = self._enter(seat, ChangeSet(tuple(others)))
        written.add(self._write(seat, Writing(found.noun_id, words, open_before)))
        seat.done.append(("decision", written))

    def all_hear(self) -> None:
        """Everybody writes to the first desk, which writes to everybody."""
        first, *others = self.seats
        for seat in others:
            self.merge(first, self.send(seat))
        sent = self.send(first)
        for seat in others:
            self.merge(seat, sent)

    def look(self) -> None:
        """Hold the desks against each other and against the book.

        All hold the same; what nobody has written something else instead of stands or is kept beside; each conflict is
        listed once; and hearing all of it again changes nothing.
        """
        first, *others = self.seats
        for seat in others:
            assert seat.knows == first.knows
            assert held(seat.desk) == held(first.desk)
        shown = self._shown(first.desk)
        wanted: dict[str, set[Words]] = defaultdict(set)
        past = {old for one in first.knows for old in self.book[one].instead_of}
        for one in first.knows - past:
            wanted[self.book[one].mark].add(self.book[one].words)
        for mark, open_words in wanted.items():
            found = shown.get(mark, {None})
            assert open_words <= found, f"{mark}: {open_words - found} was lost"
            loose = {(*one[:3], None) for one in open_words if one is not None}
            came_back = found - open_words - loose
            assert not came_back or None in open_words, f"{mark}: {came_back} came back and was not removed"
        conflicts = first.desk.reading.find(Conflict)
        assert len({(one.noun, one.noun_id) for one in conflicts}) == len(conflicts)
        assert first.desk.check() == []
        sent = self.sent[-1]
        for seat in self.seats:
            line = seat.desk.last_seq()
            merge_bundle(seat.desk, sent.path)
            assert seat.desk.last_seq() == line

    def _shown(self, desk: Workspace) -> dict[str, set[Words]]:
        """What stands of every mark, and what is kept beside."""
        shown = {one.id: {self._said(one)} for one in desk.reading.find(Attribution)}
        for conflict in desk.reading.find(Conflict):
            if conflict.noun == "attribution":
                own = shown.setdefault(conflict.noun_id, {None})
                for version in conflict.versions:
                    value = version.get("value")
                    own.add(None if value is None else self._said(from_plain(Attribution, value)))
        return shown


def copied(projects: list[Path], into: Path) -> list[Path]:
    """Copies of project files, for desks of their own."""
    return [Path(shutil.copy(path, into / path.name)) for path in projects]
