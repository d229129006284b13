"""What the keys for shaping do: boundaries, split, join, ditto, features, zones, guided marking."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator.core.articles import ZONES
from annotator.core.attributions import POLARITIES, TYPES, Attribution
from annotator.core.errors import BrokenLaw
from annotator.core.ids import new_id
from annotator.core.spans import Span
from annotator.qt.article.panel import ArticlePanel
from annotator.qt.desk.desk import Desk
from annotator.qt.main_window.gestures import Gestures
from annotator.qt.support.actions import Actions
from annotator.qt.support.session import OpenArticle, Session
from annotator.workspace.commands.attributions import ChangeFields, SetRole
from annotator.workspace.commands.shaping import (
    JoinAttributions,
    ReplaceFragment,
    SplitAttribution,
    TakeSourceFrom,
)
from annotator.workspace.commands.zones import MarkLines

_SEQUENCE = ("content", "source", "cue")


class Shaping(QObject):
    """Connects the actions that change the shape of what is marked."""

    def __init__(
        self, session: Session, desk: Desk, actions: Actions, gestures: Gestures, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session = session
        self._desk = desk
        self._actions = actions
        self._gestures = gestures
        self._step = 0
        self._once = ""
        for action_id, do in {
            "mark.edit": self.edit,
            "mark.split": self.split,
            "mark.join": self.join,
            "mark.same_source": self.same_source,
            "mark.repeat": self.repeat,
            "mark.hedge": lambda: self._flip("hedge"),
            "mark.implicit": lambda: self._flip("implicit_source"),
            "mark.self": lambda: self._flip("self_citation"),
            "mark.polarity": lambda: self._next("polarity", POLARITIES),
            "mark.type": lambda: self._next("type", TYPES),
            "mark.guided": self._guided,
            "article.next_unfinished": self.next_unfinished,
            "zone.clear": lambda: self.zone(None),
        }.items():
            actions.on(action_id, do)
        for role in _SEQUENCE:
            actions.on(f"replace.{role}", lambda role=role: self.replace(role))  # type: ignore[misc]
        for zone in ZONES:
            actions.on(f"zone.{zone}", lambda zone=zone: self.zone(zone))  # type: ignore[misc]
        actions.on("view.hide_asides", lambda: desk.hide_asides(actions["view.hide_asides"].isChecked()))
        desk.boundaryMoved.connect(self._boundary_moved)
        desk.selectionTaken.connect(self._selection_taken)
        session.currentChanged.connect(self._restart)

    def _mark(self) -> Attribution:
        mark = self._session.taken_in_hand()
        if mark is None:
            raise BrokenLaw("Choose an attribution first: click it, or press ].")
        return mark

    def _panel(self) -> ArticlePanel:
        panel = self._desk.panel()
        if panel is None:
            raise BrokenLaw("No article is open.")
        return panel

    def _selected(self) -> tuple[ArticlePanel, Span]:
        panel = self._panel()
        span = panel.view.selection()
        if span is None:
            raise BrokenLaw("Select words first.")
        return panel, span

    def _opened(self, mark: Attribution) -> OpenArticle:
        opened = self._session.article_of(mark)
        if opened is None:
            raise BrokenLaw("The article of this attribution is not open.")
        return opened

    def edit(self) -> None:
        """Move the boundaries of the attribution in hand."""
        mark = self._mark()
        article_id = self._opened(mark).article.id
        self._desk.focus(article_id)
        self._desk.panels[article_id].boundaries.begin()

    def _boundary_moved(self, role: str, fragment: object, place: object) -> None:
        if isinstance(fragment, Span) and isinstance(place, Span):
            self._session.execute(ReplaceFragment(self._mark().id, role, fragment, place))

    def replace(self, role: str) -> None:
        """Put the selected words in place of a role's."""
        panel, span = self._selected()
        self._session.execute(SetRole(self._mark().id, role, (span,)))
        panel.view.set_caret(span.end)

    def split(self) -> None:
        """Let the content from the caret on be an attribution of its own."""
        mark, panel = self._mark(), self._panel()
        made = new_id()
        self._session.execute(SplitAttribution(mark.id, panel.view.caret_position(), made))
        self._session.set_current((panel.article_id, made))

    def join(self) -> None:
        """Make one of the attribution in hand and the next one."""
        mark = self._mark()
        order = self._opened(mark).in_order()
        at = [one.id for one in order].index(mark.id)
        if at + 1 >= len(order):
            raise BrokenLaw("There is no attribution after this one to join it with.")
        self._session.execute(JoinAttributions(mark.id, order[at + 1].id))

    def same_source(self) -> None:
        """Take the source over from the attribution before."""
        mark = self._mark()
        order = self._opened(mark).in_order()
        before = order[: [one.id for one in order].index(mark.id)]
        model = next((one for one in reversed(before) if one.source or one.source_id), None)
        if model is None:
            raise BrokenLaw("No attribution before this one has a source to take over.")
        self._session.execute(TakeSourceFrom(mark.id, model.id))

    def repeat(self) -> None:
        """Tag the selection with the kind that was used last."""
        self._selected()
        if self._gestures.last_kind is None:
            raise BrokenLaw("Tag something first; then R tags the next selection in the same way.")
        self._gestures.kind(self._gestures.last_kind)

    def _flip(self, name: str) -> None:
        mark = self._mark()
        self._session.execute(ChangeFields((mark.id,), {name: not getattr(mark, name)}))
        self._say(name, "yes" if not getattr(mark, name) else "no")

    def _next(self, name: str, values: tuple[str, ...]) -> None:
        mark = self._mark()
        value = values[(values.index(getattr(mark, name)) + 1) % len(values)]
        self._session.execute(ChangeFields((mark.id,), {name: value}))
        self._say(name, value)

    def _say(self, name: str, value: str) -> None:
        self._session.notice.emit(f"{name.replace('_', ' ').capitalize()}: {value.replace('_', ' ')}")

    def zone(self, zone: str | None) -> None:
        """Say what the selected lines, or the caret's, are."""
        panel = self._panel()
        caret = panel.view.caret_position()
        place = panel.view.selection() or Span(max(0, caret - 1), max(1, caret))
        self._session.project.execute(MarkLines(panel.article_id, place, zone))

    def next_unfinished(self) -> None:
        """Open the next article that is not finished, after the one in hand, in all stories."""
        project = self._session.project
        done = {one.article_id for one in self._session.own_counts() if one.status == "finished"}
        articles = [one.id for one in project.articles()]
        panel = self._desk.panel()
        here = articles.index(panel.article_id) if panel is not None and panel.article_id in articles else -1
        after = [*articles[here + 1 :], *articles[: here + 1]]
        wanted = next((one for one in after if one not in done), None)
        if wanted is None:
            self._session.notice.emit(self.tr("All articles are finished."))
        else:
            self._gestures.open_article(wanted)

    def _guided(self) -> None:
        self._step = 0
        self._gestures.guide = self._wanted if self._actions["mark.guided"].isChecked() else None
        self._session.notice.emit(
            self.tr(
                "Guided: select content, its source, its cue; each is taken at once. With Ctrl: one more piece of the "
                "last. S, C, X and W choose what comes next."
            )
            if self._gestures.guide
            else self.tr("Guided marking is off.")
        )

    def _wanted(self, role: str) -> None:
        """The next selection shall be this role's."""
        if role in _SEQUENCE:
            self._step = _SEQUENCE.index(role)
        else:
            self._once = role
        self._session.notice.emit(self.tr("Next: {0}").format(role))

    def _restart(self) -> None:
        if self._session.current is None:
            self._step = 0

    def _selection_taken(self, further: bool) -> None:
        """In guided marking a finished selection becomes content, source and cue by turns."""
        if self._gestures.guide is None or self._desk.selection() is None:
            return
        if further and self._session.attribution() is not None:
            self._gestures.role(_SEQUENCE[(self._step - 1) % len(_SEQUENCE)])
            return
        if self._once:
            aside, self._once = self._once, ""
            self._gestures.role(aside)
            return
        role = _SEQUENCE[self._step]
        self._step = (self._step + 1) % len(_SEQUENCE)
        if role == "content":
            self._gestures.kind(self._gestures.last_kind or self._session.project.scheme.kinds[0].id)
        else:
            self._gestures.role(role)
