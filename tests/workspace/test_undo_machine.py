"""Whatever is done, undone and redone, in whatever order: the project is where it was at that step."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from annotator.core.annotators import Annotator
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.comments import Comment
from annotator.core.errors import AnnotatorError, NothingToUndo
from annotator.core.graphemes import snap_to_graphemes
from annotator.core.records import Record
from annotator.core.spans import Span
from annotator.workspace.commands.articles import EditArticle, RemoveArticles, SetStatus
from annotator.workspace.commands.attributions import (
    ChangeFields,
    MarkSpan,
    NameSource,
    NameVia,
    Nest,
    RemoveAttributions,
    SetRole,
)
from annotator.workspace.commands.base import Command
from annotator.workspace.commands.claims import NameClaims
from annotator.workspace.commands.comments import AddComment, RemoveComment, ResolveComment
from annotator.workspace.commands.importing import ImportRecords, Tally
from annotator.workspace.opening import new_project, open_project
from tests.building import NASTY, state_of

TEXTS = (
    NASTY[1] + " said the 🇺🇦 minister, and نعم too.",
    "A second text about the ferry, with enough words.",
)
hands = st.sampled_from(["maria", "olena"])
kinds = st.sampled_from([None, "other", "institution", "anonymous_source"])
roles = st.sampled_from(["source", "cue", "content", "via", "recipient"])
names = st.sampled_from(["", "Ida", "Harbour Post", "👩‍🚀", "Zażółć"])


class Desk(RuleBasedStateMachine):
    """A project, and the states it was in after each deed that stands."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.place = str(Path(self.folder.name) / "machine.annotator")
        self.workspace = new_project(self.place, "maria")
        records = tuple(Record(id=f"a{at}", text=text, story="Ferry") for at, text in enumerate(TEXTS))
        self.workspace.execute(ImportRecords.of(records, Tally()))
        self.states = [state_of(self.workspace)]
        self.at = 0

    def teardown(self) -> None:
        if hasattr(self, "workspace"):
            try:
                while self.at:
                    self.undo()
                while self.at < len(self.states) - 1:
                    self.redo()
                assert self.workspace.check() == []
            finally:
                self.workspace.close()
                self.folder.cleanup()

    def do(self, command: Command) -> None:
        before = state_of(self.workspace)
        try:
            news = self.workspace.execute(command)
        except AnnotatorError:
            assert state_of(self.workspace) == before
            return
        if news:
            del self.states[self.at + 1 :]
            self.states.append(state_of(self.workspace))
            self.at += 1
        else:
            assert state_of(self.workspace) == before

    def some(self, data: st.DataObject, cls: type[Attribution | Comment]) -> str:
        found = self.workspace.reading.find(cls)
        return data.draw(st.sampled_from([one.id for one in found] or ["none"]))

    def place_in(self, data: st.DataObject, text: str) -> Span:
        start = data.draw(st.integers(0, len(text) - 1))
        return Span(*snap_to_graphemes(text, start, data.draw(st.integers(start + 1, len(text)))))

    @rule(data=st.data(), hand=hands, kind=kinds, role=roles, at=st.sampled_from([0, 1]))
    def mark(self, data: st.DataObject, hand: str, kind: str | None, role: str, at: int) -> None:
        self.do(MarkSpan(f"a{at}", hand, kind, (self.place_in(data, TEXTS[at]),), role))

    @rule(data=st.data(), role=roles, extend=st.booleans())
    def set_role(self, data: st.DataObject, role: str, extend: bool) -> None:
        mark = self.workspace.reading.get(Attribution, self.some(data, Attribution))
        place = () if mark is None or data.draw(st.booleans()) else (self.place_in(data, TEXTS[1][:20]),)
        self.do(SetRole(mark.id if mark else "none", role, place, extend))

    @rule(data=st.data(), kind=kinds, hedge=st.booleans())
    def change(self, data: st.DataObject, kind: str | None, hedge: bool) -> None:
        ids = tuple({self.some(data, Attribution), self.some(data, Attribution)})
        self.do(ChangeFields(ids, {"kind": kind, "hedge": hedge}))

    @rule(data=st.data(), name=names)
    def name(self, data: st.DataObject, name: str) -> None:
        mark = self.some(data, Attribution)
        how = data.draw(st.sampled_from(["source", "via", "claim"]))
        self.do(
            NameSource((mark,), name)
            if how == "source"
            else NameVia((mark,), name)
            if how == "via"
            else NameClaims(mark, (name, "ends-in-may"))
        )

    @rule(data=st.data())
    def nest(self, data: st.DataObject) -> None:
        self.do(
            Nest(self.some(data, Attribution), data.draw(st.none() | st.just(self.some(data, Attribution))))
        )

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        self.do(RemoveAttributions(tuple({self.some(data, Attribution), self.some(data, Attribution)})))

    @rule(data=st.data(), hand=hands, how=st.sampled_from(["say", "settle", "take back"]))
    def comment(self, data: st.DataObject, hand: str, how: str) -> None:
        about = self.some(data, Attribution if how == "say" else Comment)
        self.do(
            AddComment(about, hand, "Sure? 🤔")
            if how == "say"
            else ResolveComment(about)
            if how == "settle"
            else RemoveComment(about)
        )

    @rule(hand=hands, status=st.sampled_from(["finished", "reopened", "in_progress"]))
    def status(self, hand: str, status: str) -> None:
        self.do(SetStatus("a1", hand, status))

    @rule(name=names)
    def edit(self, name: str) -> None:
        self.do(EditArticle("a0", {"outlet": name, "title": name}))

    @precondition(lambda self: len(self.workspace.reading.find(Article)) > 1)
    @rule()
    def remove_article(self) -> None:
        self.do(RemoveArticles(("a0",)))

    @rule()
    def bring_article_again(self) -> None:
        self.do(ImportRecords.of((Record(id="a0", text=TEXTS[0], story="Ferry"),), Tally()))

    @rule()
    def undo(self) -> None:
        if self.at:
            self.workspace.undo()
            self.at -= 1

    @rule()
    def redo(self) -> None:
        if self.at < len(self.states) - 1:
            self.workspace.redo()
            self.at += 1
        else:
            try:
                self.workspace.redo()
            except NothingToUndo:
                return
            raise AssertionError("There was nothing to redo, and something was redone.")

    @rule(hand=hands)
    def reopen(self, hand: str) -> None:
        self.workspace.close()
        self.workspace = open_project(self.place, hand)

    @invariant()
    def the_project_is_where_this_step_left_it(self) -> None:
        if hasattr(self, "states"):
            assert state_of(self.workspace) == self.states[self.at]

    @invariant()
    def every_name_is_known_by_its_id(self) -> None:
        if hasattr(self, "workspace"):
            stored = {one.id: one.name for one in self.workspace.reading.find(Annotator)}
            assert {one.id: one.name for one in self.workspace.registry.every(Annotator)} == stored


Desk.TestCase.settings = settings(max_examples=25, stateful_step_count=22, deadline=None)
TestUndo = Desk.TestCase
