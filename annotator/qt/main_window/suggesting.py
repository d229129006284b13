"""What the keys for suggestions do: find, step, take, reject; what is offered for a new mark."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.errors import BrokenLaw
from annotator.core.ids import new_id
from annotator.core.suggestions import fitting
from annotator.qt.article.panel import OFFERED, ArticlePanel
from annotator.qt.desk.desk import Desk
from annotator.qt.main_window.gestures import Gestures
from annotator.qt.suggestions.panel import SuggestionsPanel
from annotator.qt.support.actions import Actions
from annotator.qt.support.jobs import Job, Jobs
from annotator.qt.support.session import Session
from annotator.workspace.commands.suggestions import (
    FillRoles,
    PutSuggestions,
    RejectSuggestions,
    TakeSuggestions,
)
from annotator.workspace.suggesters import RULES, suggester_called
from annotator.workspace.suggesting import Found, look, sure, unsure_first

_LONGEST = 200_000
"""Code points; in longer texts nothing is offered until suggestions are looked for."""

_IN_ARTICLE = (
    "suggest.next",
    "suggest.previous",
    "suggest.take",
    "suggest.reject",
    "suggest.take_all",
)


class Suggesting(QObject):
    """Connects suggestions with the desk, the list of them, and the session."""

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        desk: Desk,
        actions: Actions,
        gestures: Gestures,
        panel: SuggestionsPanel,
        show: Callable[[], None],
        window: QWidget,
    ) -> None:
        """`show` brings the panel to the front."""
        super().__init__(window)
        self._session = session
        self._jobs = jobs
        self._desk = desk
        self._actions = actions
        self._gestures = gestures
        self._panel = panel
        self._show = show
        self._read: dict[str, list[Attribution]] = {}
        self._reading: set[str] = set()
        self._declined: set[str] = set()
        session.take = self._take_one
        panel.who.addItem(self.tr("Rules for English"), RULES)
        for action_id, do in {
            "suggest.find": self.find,
            "suggest.find_story": self.find_in_story,
            "suggest.find_all": self.find_in_all,
            "suggest.next": lambda: self.step(1),
            "suggest.previous": lambda: self.step(-1),
            "suggest.take": self.take,
            "suggest.reject": self.reject,
            "suggest.take_all": self.take_all,
            "suggest.take_sure": self.take_sure,
            "suggest.show": self._toggle,
            "article.next_unsure": self.next_unsure,
        }.items():
            actions.on(action_id, do)
        actions["suggest.show"].setChecked(True)
        desk.set_keys([actions[one] for one in _IN_ARTICLE])
        panel.set_buttons(
            actions["suggest.find"],
            actions["suggest.take_sure"],
        )
        panel.jumpWanted.connect(self._jump)
        gestures.decline = self.decline
        session.currentChanged.connect(self._current_changed)
        session.changed.connect(lambda _news: self._offer())
        session.projectChanged.connect(self._forget)
        session.articlesChanged.connect(self._read_along)
        session.offerPressed.connect(self.take)
        desk.selectionChanged.connect(self._enable)
        desk.focusMoved.connect(lambda _id: self._enable())
        self._read_along()
        self._enable()

    def _column(self) -> ArticlePanel:
        column = self._desk.panel()
        if column is None:
            raise BrokenLaw("No article is open. Choose one at the left, or import some (Ctrl+I).")
        return column

    def find(self) -> None:
        """Look for attributions in the open articles."""
        self._column()
        self._find([opened.article for opened in self._session.open.values()])

    def find_in_story(self) -> None:
        """Look for attributions in all articles of the story that is open."""
        story_id, _ = self._desk.here()
        if story_id is None:
            raise BrokenLaw("No article is open. Choose one at the left, or import some (Ctrl+I).")
        self._find(self._session.project.articles(story_id))

    def find_in_all(self) -> None:
        """Look for attributions in every article of the project."""
        self._find(self._session.project.articles())

    def _find(self, articles: list[Article]) -> None:
        self._session.check_free()
        project = self._session.project
        name = str(self._panel.who.currentData())

        def work(job: Job) -> tuple[str, Found]:
            suggester = suggester_called(name)
            return suggester.name, look(project, suggester, articles, job.report)

        def then(result: tuple[str, Found]) -> None:
            if self._session.workspace is not project:
                return
            self._session.project.execute(PutSuggestions(*result))
            self._show()
            count = self._panel.waiting()
            self._session.notice.emit(
                self.tr("{0} suggestions wait in the open articles. Tab: the next, Enter: take it.").format(
                    count
                )
                if count
                else self.tr("Nothing new was found.")
            )

        self._jobs.run(self.tr("Looking for attributions"), work, then)

    def step(self, by: int) -> None:
        """Take the next or previous suggestion of the focused article in hand, from the one in hand or the caret on."""
        column = self._column()
        waiting = list(column.opened().waiting.values())
        if not waiting:
            self._session.notice.emit(self.tr("No suggestion waits in this article (F9 looks for some)."))
            return
        ids = [one.id for one in waiting]
        current = self._session.current
        if current is not None and current[1] in ids:
            at = (ids.index(current[1]) + by) % len(ids)
        else:
            caret = column.view.caret_position()
            after = [at for at, one in enumerate(waiting) if (around := one.extent()) and around.end > caret]
            at = (
                (after[0] if after else 0) if by > 0 else (after[0] - 1 if after else len(ids) - 1) % len(ids)
            )
        column.view.clear_selection()
        self._session.set_current((column.article_id, ids[at]))

    def take(self) -> None:
        """Take the suggestion in hand, or the words that are offered for the attribution in hand."""
        waiting = self._session.suggestion()
        if waiting is not None:
            following = self._after(waiting.id)
            self._session.taken_in_hand()
            self._go_on(following)
            return
        mark, offer = self._session.attribution(), self._session.offer
        if mark is not None and offer is not None:
            roles = {
                role: offer.spans(role) for role in OFFERED if offer.spans(role) and not mark.spans(role)
            }
            self._session.execute(FillRoles(mark.id, roles, offer.origin))

    def _take_one(self, suggestion_id: str) -> None:
        current = self._session.current
        if current is None:
            return
        made = new_id()
        self._session.execute(TakeSuggestions((suggestion_id,), self._session.annotator, (made,)))
        self._session.set_current((current[0], made))

    def reject(self) -> None:
        """Reject the suggestion in hand, or decline the words that are offered; the next suggestion comes to hand."""
        waiting = self._session.suggestion()
        if waiting is None:
            self.decline()
            return
        following = self._after(waiting.id)
        self._session.execute(RejectSuggestions((waiting.id,), self._session.annotator))
        self._go_on(following)

    def _after(self, suggestion_id: str) -> list[tuple[str, str]]:
        """The suggestions of the same article after one, and then those before it."""
        current = self._session.current
        if current is None:
            return []
        ids = list(self._session.open[current[0]].waiting)
        at = ids.index(suggestion_id)
        return [(current[0], one) for one in (*ids[at + 1 :], *ids[:at])]

    def _go_on(self, following: list[tuple[str, str]]) -> None:
        """Take in hand the first of these that still waits."""
        for article_id, suggestion_id in following:
            if suggestion_id in self._session.open[article_id].waiting:
                self._session.set_current((article_id, suggestion_id))
                return

    def take_all(self) -> None:
        """Take all suggestions of the focused article."""
        self._take_many([one.id for one in self._column().opened().waiting.values()])

    def take_sure(self) -> None:
        """Take, in the open articles, all suggestions from the confidence on that the panel names."""
        least = self._panel.least.value() / 100
        self._take_many(
            [
                one.id
                for opened in self._session.open.values()
                if opened.status != "finished"
                for one in opened.waiting.values()
                if sure(one, least)
            ]
        )

    def _take_many(self, chosen: list[str]) -> None:
        if not chosen:
            raise BrokenLaw("No suggestion waits here that is as sure as that.")
        self._session.mark_as_self()
        self._session.execute(TakeSuggestions(tuple(chosen), self._session.annotator))
        self._session.notice.emit(
            self.tr("Took {0} suggestions. Undo (Ctrl+Z) gives all of them back.").format(len(chosen))
        )

    def next_unsure(self) -> None:
        """Open the unfinished article of whose suggestions the suggester is least sure, after the one in hand."""
        project, hand = self._session.project, self._session.annotator

        def then(ids: list[str]) -> None:
            if not ids:
                self._session.notice.emit(
                    self.tr("No unfinished article has suggestions (F9 looks for some).")
                )
                return
            _, here = self._desk.here()
            at = ids.index(here) + 1 if here in ids else 0
            self._gestures.open_article(ids[at % len(ids)])
            self.step(1)

        self._jobs.run(
            self.tr("Looking for unsure articles"),
            lambda _job: unsure_first(project, hand),
            then,
            quiet=True,
        )

    def _toggle(self) -> None:
        self._desk.show_suggestions(show=self._actions["suggest.show"].isChecked())

    def _jump(self, article_id: str, suggestion_id: str) -> None:
        self._session.set_current((article_id, suggestion_id))

    def _current_changed(self) -> None:
        waiting = self._session.suggestion()
        if waiting is not None:
            share = "" if waiting.confidence is None else f", {round(100 * waiting.confidence)} %"
            rule = str(waiting.provenance.get("rule") or waiting.origin)
            self._session.notice.emit(
                self.tr("Suggestion ({0}{1}). Enter takes it, Backspace rejects it, Tab goes on.").format(
                    rule, share
                )
            )
        self._offer()

    def decline(self) -> bool:
        """Withdraw the words that are offered for the attribution in hand; False when there are none."""
        if self._session.offer is None or self._session.current is None:
            return False
        self._declined.add(self._session.current[1])
        self._offer()
        return True

    def _offer(self) -> None:
        mark, current = self._session.attribution(), self._session.current
        offer = None
        if mark is not None and current is not None and mark.id not in self._declined and mark.content:
            near = [*self._session.open[current[0]].suggested.values(), *self._read.get(current[0], ())]
            offer = fitting(mark, near)
        self._session.set_offer(offer)
        self._enable()

    def _enable(self) -> None:
        """Keys that decide are free for other uses while there is nothing to decide on."""
        column = self._desk.panel()
        free = column is None or (column.view.selection(snap=False) is None and not column.boundaries.active)
        waiting = bool(
            column is not None and column.article_id in self._session.open and column.opened().waiting
        )
        decided = self._session.suggestion() is not None
        offered = self._session.offer is not None
        for action_id, on in {
            "suggest.next": waiting,
            "suggest.previous": waiting,
            "suggest.take": free and (decided or offered),
            "suggest.reject": free and (decided or offered),
            "suggest.take_all": free and waiting,
            "suggest.take_sure": self._panel.waiting() > 0,
        }.items():
            self._actions[action_id].setEnabled(on)

    def _forget(self) -> None:
        self._read.clear()
        self._reading.clear()
        self._declined.clear()

    def _read_along(self) -> None:
        """Read the open articles in the worker, so that words can be offered the moment something is marked."""
        self._enable()
        project = self._session.workspace
        new = {
            one: opened
            for one, opened in self._session.open.items()
            if one not in self._read and one not in self._reading
        }
        if project is None or not new:
            return
        self._reading |= set(new)
        wanted = {one: (opened.text, opened.article.zones) for one, opened in new.items()}

        def work(_job: Job) -> dict[str, list[Attribution]]:
            suggester = suggester_called(RULES)
            return {
                one: [
                    Attribution(
                        id=f"offer {at}",
                        set_id="",
                        source=found.source,
                        cue=found.cue,
                        content=found.content,
                        origin=suggester.name,
                    )
                    for at, found in enumerate(suggester.suggest(text, zones))
                ]
                for one, (text, zones) in wanted.items()
                if len(text) <= _LONGEST
            }

        def then(found: dict[str, list[Attribution]]) -> None:
            if self._session.workspace is project:
                self._read.update(found)
                self._offer()

        self._jobs.run(self.tr("Reading along"), work, then, quiet=True)
