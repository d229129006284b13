"""What the reader's gestures in an article mean: deeds on the attribution in hand, or a new one."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.core.attributions import UNATTRIBUTED, Attribution
from annotator.core.errors import BrokenLaw
from annotator.core.ids import new_id
from annotator.core.mentions import mention_place
from annotator.core.spans import Fragments, Span
from annotator.qt.support.session import OpenArticle, Session
from annotator.workspace.commands.attributions import (
    ChangeFields,
    MarkSpan,
    Nest,
    RemoveAttributions,
    RemoveFragment,
    SetRole,
)


class Controller:
    """Turns keys and buttons into commands, for the article that has the focus."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def kind(self, article_id: str, selection: Span | None, kind: str, around: Sequence[str] = ()) -> bool:
        """A kind's key: tag the selection as content, or change the kind of the attribution in hand.

        Args:
            around: the attributions over the selection's first character; the selection nests in the closest one
                whose content goes beyond it on either side.

        Returns whether the selection was used.
        """
        if selection is not None:
            self._mark(article_id, (selection,), kind, "content", around)
            return True
        current = self._session.taken_in_hand()
        if current is None:
            raise BrokenLaw("Select the words that are attributed first, then press the kind's key.")
        if kind == UNATTRIBUTED and (current.source or current.cue):
            raise BrokenLaw("This attribution has a source or a cue; words without attribution have neither.")
        if current.kind != kind:
            self._session.execute(ChangeFields((current.id,), {"kind": kind}))
        return False

    def role(self, article_id: str, selection: Span | None, role: str) -> bool:
        """A role's key: give the selection to the attribution in hand, as its first or as a further fragment.

        Returns whether the selection was used.
        """
        if selection is None:
            raise BrokenLaw("Select words first; then they can become the source, the cue or the content.")
        current = self._session.taken_in_hand()
        if current is None or self._session.current is None or self._session.current[0] != article_id:
            self._mark(article_id, (selection,), None, role)
            return True
        extend = bool(current.spans(role))
        link = self._sure_link(current, selection) if role == "source" and current.source_id is None else None
        self._session.execute(SetRole(current.id, role, (selection,), extend=extend, link=link))
        return True

    def _sure_link(self, mark: Attribution, selection: Span) -> tuple[str, str | None] | None:
        opened = self._session.article_of(mark)
        if opened is None:
            return None
        said = selection.text(opened.text)
        known = self._session.project.registry.sources_called(said)
        if len(known) != 1:
            return None
        before = [
            one
            for one in opened.marks.values()
            if one.source_id == known[0].id and one.id != mark.id and mention_place(one) < selection.start
        ]
        return known[0].id, max(before, key=mention_place).id if before else None

    def _mark(
        self, article_id: str, place: Fragments, kind: str | None, role: str, around: Sequence[str] = ()
    ) -> None:
        self._session.mark_as_self()
        made = new_id()
        parent = self._parent(article_id, place[0], around)
        self._session.execute(MarkSpan(article_id, self._session.annotator, kind, place, role, made, parent))
        self._session.set_current((article_id, made))

    def _parent(self, article_id: str, place: Span, around: Sequence[str]) -> str | None:
        marks = self._session.open[article_id].marks
        holding = [
            (len(part), one)
            for one in around
            if one in marks
            for part in marks[one].content
            if part.covers(place) and part != place
        ]
        return min(holding)[1] if holding else None

    def remove(self) -> None:
        """Remove the attribution in hand."""
        current = self._session.attribution()
        if current is not None:
            self._session.execute(RemoveAttributions((current.id,)))

    def remove_fragment(self, role: str, fragment: Span) -> None:
        """Take a fragment away from the attribution in hand."""
        current = self._session.attribution()
        if current is not None:
            self._session.execute(RemoveFragment(current.id, role, fragment))

    def step(self, article_id: str, caret: int, direction: int) -> Attribution | None:
        """Take the next or previous attribution of an article in hand, seen from the one in hand or the caret."""
        opened = self._session.open.get(article_id)
        marks = opened.in_order() if opened else []
        if not marks:
            return None
        current = self._session.attribution()
        ids = [mark.id for mark in marks]
        if current is not None and current.id in ids:
            at = (ids.index(current.id) + direction) % len(ids)
        else:
            starts = [mark.extent() for mark in marks]
            after = [i for i, around in enumerate(starts) if around is not None and around.start >= caret]
            at = (
                (after[0] if after else 0)
                if direction > 0
                else ((after[0] if after else len(marks)) - 1) % len(marks)
            )
        self._session.set_current((article_id, ids[at]))
        return marks[at]

    def nest(self) -> None:
        """Put the attribution in hand under the smallest one whose content holds it; again: take it out."""
        current = self._session.attribution()
        opened = self._session.article_of(current) if current is not None else None
        if current is None or opened is None:
            raise BrokenLaw("Choose an attribution first; then it can be nested under another.")
        if current.parent is not None:
            self._session.execute(Nest(current.id, None))
            return
        outer = enclosing(current, opened)
        if outer is None:
            raise BrokenLaw(
                "No other attribution's content holds this one; choose its parent in the inspector."
            )
        self._session.execute(Nest(current.id, outer.id))


def enclosing(inner: Attribution, opened: OpenArticle) -> Attribution | None:
    """The attribution with the smallest content around (or equal to) the inner one's, that does not stand inside it."""
    around = _reach(inner)
    if around is None:
        return None
    below = {inner.id}
    grown = True
    while grown:
        more = {mark.id for mark in opened.marks.values() if mark.parent in below} - below
        grown = bool(more)
        below |= more
    found = [
        (len(reach), mark.id, mark)
        for mark in opened.marks.values()
        if mark.id not in below and (reach := _reach(mark)) is not None and reach.covers(around)
    ]
    return min(found, key=lambda one: one[:2])[2] if found else None


def _reach(mark: Attribution) -> Span | None:
    parts = mark.content or mark.source or mark.cue
    return Span(parts[0].start, parts[-1].end) if parts else None
