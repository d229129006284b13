"""Say with one key who a source is, likeliest first; link attributions as one claim."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from annotator.core.attributions import Attribution
from annotator.core.errors import BrokenLaw
from annotator.core.mentions import Candidate, candidates, mention_place, said_by
from annotator.core.sources import Source
from annotator.qt.desk.desk import Desk
from annotator.qt.support.actions import Actions
from annotator.qt.support.session import Session
from annotator.workspace.commands.claims import LinkAsClaim
from annotator.workspace.commands.sources import LinkSource, NewSource


class Linking(QObject):
    """Connects the keys that link mentions with sources, and attributions with claims."""

    def __init__(self, session: Session, desk: Desk, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._offered: tuple[str, list[Candidate]] = ("", [])
        self._at = 0
        actions.on("source.link", self.link)
        actions.on("source.new", self.new)
        actions.on("claim.link", self.claim)
        desk.linkWanted.connect(self._drawn)
        self._desk = desk
        self._begun: str | None = None

    def _mark(self) -> Attribution:
        mark = self._session.taken_in_hand()
        if mark is None:
            raise BrokenLaw("Choose an attribution first; then N says who its source is.")
        return mark

    def candidates(self, mark: Attribution) -> list[Candidate]:
        """Who the source of an attribution may be, the likeliest first."""
        opened = self._session.article_of(mark)
        if opened is None:
            return []
        here = mention_place(mark)
        others = (one for one in opened.marks.values() if one.id != mark.id and mention_place(one) <= here)
        earlier = sorted(others, key=mention_place)
        return candidates(said_by(mark, opened.text), self._session.project.registry.every(Source), earlier)

    def guesses(self) -> list[Candidate]:
        """Who the source of the attribution in hand may be, the likeliest first; nobody when none is in hand."""
        mark = self._session.attribution()
        return self.candidates(mark) if mark is not None else []

    def take(self, chosen: object) -> None:
        """Link the attribution in hand with a source that was offered."""
        if isinstance(chosen, Candidate):
            self._session.execute(LinkSource(self._mark().id, chosen.source.id, chosen.antecedent))

    def link(self) -> None:
        """Link the likeliest source; pressed again for the same attribution, the next one."""
        mark = self._mark()
        if self._offered[0] == mark.id and self._offered[1]:
            self._at = (self._at + 1) % len(self._offered[1])
        else:
            self._offered, self._at = (mark.id, self.candidates(mark)), 0
        found = self._offered[1]
        if not found:
            self.new()
            return
        chosen = found[self._at]
        self._session.execute(LinkSource(mark.id, chosen.source.id, chosen.antecedent))
        self._session.notice.emit(
            self.tr("Source: {0} ({1}), {2} of {3}. N: the next one. Shift+N: a new source.").format(
                chosen.source.name, chosen.why, self._at + 1, len(found)
            )
        )

    def claim(self) -> None:
        """The first press remembers the attribution in hand, the second links it with the one in hand then."""
        mark = self._mark()
        if self._begun is None or self._begun == mark.id:
            self._begun = mark.id
            self._session.notice.emit(
                self.tr(
                    "Take the attribution in hand that makes the same claim, in any column, and press L again."
                )
            )
            return
        first, self._begun = self._begun, None
        self._session.execute(LinkAsClaim(first, mark.id))

    def _drawn(self, _article_id: str, attribution_id: str, on_screen: QPoint) -> None:
        """A line was drawn from one attribution to another."""
        found = self._desk.attribution_at(on_screen)
        if found is not None and found[1] != attribution_id:
            self._session.execute(LinkAsClaim(attribution_id, found[1]))

    def new(self) -> None:
        """Make a new source of the mention's words."""
        mark = self._mark()
        self._session.execute(NewSource(mark.id))
        self._session.notice.emit(
            self.tr("New source: {0}").format(
                self._session.project.registry.name(Source, self._mark().source_id)
            )
        )
