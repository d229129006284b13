"""Session: the project, annotator, open articles and attribution that the window has in hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.annotation_sets import FINISHED, AnnotationSet
from annotator.core.annotators import Annotator
from annotator.core.articles import Article
from annotator.core.attributions import Attribution, reading_order
from annotator.core.changes import ChangeSet
from annotator.core.errors import BrokenLaw
from annotator.core.scheme import StoredScheme
from annotator.core.storing import ArticleCount
from annotator.core.suggestions import pending
from annotator.qt.support.bridge import Bridge
from annotator.workspace.blindness import is_at_work
from annotator.workspace.commands.base import Command
from annotator.workspace.waiting import suggested_in
from annotator.workspace.workspace import Workspace

_LISTEN = 800
"""Milliseconds between looks at what other programs did in the same project."""


@dataclass(slots=True)
class OpenArticle:
    """An article on the desk, with the marks of the annotator in hand, by id."""

    article: Article
    text: str
    set_id: str | None = None
    status: str = "not_started"
    hidden: bool = False
    """Whether the marks are kept from one's eyes: annotators work blind, and one's own are not finished."""
    marks: dict[str, Attribution] = field(default_factory=dict)
    rejected: dict[str, Attribution] = field(default_factory=dict)
    suggested: dict[str, Attribution] = field(default_factory=dict)
    """All that suggesters put beside the article."""
    waiting: dict[str, Attribution] = field(default_factory=dict)
    """Those suggestions that the annotator in hand has not decided on, in reading order."""

    def sort_out(self, *, looking: bool) -> None:
        """See anew which suggestions wait; none does in a finished article, or where marks are only looked at."""
        if looking or not self.suggested or self.status == FINISHED:
            self.waiting = {}
            return
        own = [*self.marks.values(), *self.rejected.values()]
        self.waiting = {one.id: one for one in pending(self.suggested.values(), own)}

    def in_order(self) -> list[Attribution]:
        """The marks in reading order."""
        return sorted(self.marks.values(), key=reading_order)


class Session(QObject):
    """What every part of the window shares, and the way its deeds take to the workspace.

    Signals:
        leaving(): the project is about to be closed; whoever reads it stops now.
        projectChanged(): another project was opened, or none is.
        handChanged(): another annotator's marks are shown.
        articlesChanged(): other articles stand on the desk.
        schemeChanged(): the project's label scheme is another one now.
        changed(ChangeSet): something was committed; the open articles know it already.
        currentChanged(): another attribution is in hand, or none.
        saved(str): a deed was committed, at this time (ISO 8601, UTC).
        notice(str): a sentence to show for a while.
        focusChanged(): another article has the keyboard.
        offerChanged(): words are offered for the attribution in hand, or no longer.
        offerPressed(): the reader pressed on the words that are offered.
    """

    leaving = Signal()
    projectChanged = Signal()
    handChanged = Signal()
    articlesChanged = Signal()
    schemeChanged = Signal()
    changed = Signal(object)
    currentChanged = Signal()
    saved = Signal(str)
    notice = Signal(str)
    focusChanged = Signal()
    offerChanged = Signal()
    offerPressed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.workspace: Workspace | None = None
        self.annotator = ""
        self.looking = False
        self.open: dict[str, OpenArticle] = {}
        self.current: tuple[str, str] | None = None
        self.focused = ""
        self.offer: Attribution | None = None
        self.take: Callable[[str], None] | None = None
        """Makes a suggestion a mark of the annotator in hand; set by the room that knows how."""
        self.waiting = False
        """Whether a deed of some length waits for the worker; no other one comes in between."""
        self._bridge = Bridge(self)
        self._bridge.changed.connect(self._hear)
        self._unsubscribe: Callable[[], None] | None = None
        self._others = QTimer(self)
        self._others.setInterval(_LISTEN)
        self._others.timeout.connect(self._catch_up)

    def set_workspace(
        self, workspace: Workspace | None, annotator: str = "", *, looking: bool = False
    ) -> None:
        """Take another project in hand; the one before is closed."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        if self.workspace is not None and self.workspace is not workspace:
            self.leaving.emit()
            self.workspace.close()
        self._others.stop()
        self.workspace = workspace
        self.open.clear()
        self.current = None
        if workspace is not None:
            self.annotator = annotator or workspace.actor
            self.looking = looking
            self._unsubscribe = workspace.subscribe(self._bridge.hear)
            self._others.start()
        self.projectChanged.emit()

    @property
    def project(self) -> Workspace:
        """The open project.

        Raises:
            BrokenLaw: when none is open.
        """
        if self.workspace is None:
            raise BrokenLaw("No project is open yet.")
        return self.workspace

    def set_hand(self, annotator: str) -> None:
        """Show, and from now on change, this annotator's marks."""
        if annotator == self.annotator and not self.looking:
            return
        self.annotator = annotator
        self.looking = False
        for article_id in list(self.open):
            self.open[article_id] = self._read(self.open[article_id].article)
        self.set_current(None)
        self.handChanged.emit()

    def show_articles(self, articles: list[Article]) -> None:
        """Put these articles on the desk, in this order."""
        self.open = {one.id: self.open.get(one.id) or self._read(one) for one in articles}
        if self.current is not None and self.current[0] not in self.open:
            self.set_current(None)
        self.articlesChanged.emit()

    def _read(self, article: Article) -> OpenArticle:
        project = self.project
        own = project.set_of(article.id, self.annotator)
        opened = OpenArticle(article, project.text(article))
        opened.hidden = self.annotator != project.actor and is_at_work(project, project.actor, article.id)
        if own is not None and not opened.hidden:
            opened.set_id, opened.status = own.id, own.status
            for one in project.attributions(own.id):
                (opened.rejected if one.state == "rejected" else opened.marks)[one.id] = one
        opened.suggested = {one.id: one for one in suggested_in(project, article.id)}
        opened.sort_out(looking=self.looking)
        return opened

    def set_focus(self, article_id: str) -> None:
        """This article has the keyboard now (empty: none has)."""
        if article_id != self.focused:
            self.focused = article_id
            self.focusChanged.emit()

    def attribution(self) -> Attribution | None:
        """The attribution in hand."""
        if self.current is None:
            return None
        opened = self.open.get(self.current[0])
        return opened.marks.get(self.current[1]) if opened else None

    def suggestion(self) -> Attribution | None:
        """The suggestion in hand: it waits, and is nobody's mark yet."""
        opened = self.open.get(self.current[0]) if self.current is not None else None
        return opened.waiting.get(self.current[1]) if opened and self.current else None

    def taken_in_hand(self) -> Attribution | None:
        """The attribution in hand; a suggestion in hand is taken first, so that it can be changed."""
        waiting = self.suggestion()
        if waiting is None or self.current is None:
            return self.attribution()
        if self.take is not None:
            self.take(waiting.id)
        return self.attribution()

    def set_offer(self, offer: Attribution | None) -> None:
        """Offer the words of a suggestion for the attribution in hand, or none."""
        if offer != self.offer:
            self.offer = offer
            self.offerChanged.emit()

    def set_current(self, current: tuple[str, str] | None) -> None:
        """Take an attribution (article's id, its own id) in hand, or none."""
        if current != self.current:
            self.current = current
            self.currentChanged.emit()

    def execute(self, command: Command) -> ChangeSet:
        """Carry out a deed; errors go to whoever called."""
        if self.looking:
            raise BrokenLaw(
                f"You are looking at the marks of {self.annotator}. Choose a name under Annotator to change them."
            )
        self.check_free()
        return self.project.execute(command)

    def check_free(self) -> None:
        """Refuse a deed for which the window would have to wait.

        Raises:
            BrokenLaw: while a longer one is under way.
        """
        if self.waiting or self.project.is_busy():
            raise BrokenLaw(
                "Something longer is under way (see the line at the bottom); try again when it is done."
            )

    def _catch_up(self) -> None:
        if self.workspace is not None:
            self.workspace.catch_up()

    def mark_as_self(self) -> None:
        """Leave another's marks, which were only looked at, and take up one's own."""
        if self.looking:
            before = self.annotator
            self.set_hand(self.project.actor)
            self.notice.emit(
                self.tr("You were looking at the marks of {0}; you now mark as {1}.").format(
                    before, self.annotator
                )
            )

    def _hear(self, news: ChangeSet) -> None:
        self._take_over(news)
        self._leave_removed(news)
        if any(True for _ in news.of(StoredScheme)):
            self.schemeChanged.emit()
        self.changed.emit(news)
        if self.current is not None and self.attribution() is None and self.suggestion() is None:
            self.set_current(None)
        self.saved.emit(news.at)

    def _leave_removed(self, news: ChangeSet) -> None:
        gone = {
            change.thing.id
            for change in news.of(Article)
            if change.after is None and isinstance(change.thing, Article)
        }
        if not gone.isdisjoint(self.open):
            self.show_articles([one.article for one in self.open.values() if one.article.id not in gone])

    def _take_over(self, news: ChangeSet) -> None:
        for change in news.of(AnnotationSet):
            own = change.thing
            if not isinstance(own, AnnotationSet) or own.article_id not in self.open:
                continue
            hand = self.project.registry.get(Annotator, own.annotator_id)
            if hand is None or hand.name != self.annotator:
                continue
            opened = self.open[own.article_id]
            opened.set_id = own.id if change.after is not None else None
            opened.status = own.status if change.after is not None else "not_started"
            opened.sort_out(looking=self.looking)
        for change in news.of(Article):
            article = change.after
            if isinstance(article, Article) and article.id in self.open:
                self.open[article.id].article = article
        self._take_over_marks(news)

    def _take_over_marks(self, news: ChangeSet) -> None:
        touched: set[str] = set()
        anew = False
        by_set = {opened.set_id: opened for opened in self.open.values() if opened.set_id}
        for change in news.of(Attribution):
            mark = change.thing
            if not isinstance(mark, Attribution):
                continue
            opened_in = by_set.get(mark.set_id)
            if opened_in is not None:
                here, elsewhere = opened_in.marks, opened_in.rejected
                if mark.state == "rejected":
                    here, elsewhere = elsewhere, here
                elsewhere.pop(mark.id, None)
                if change.after is not None:
                    here[mark.id] = mark
                else:
                    here.pop(mark.id, None)
                touched.add(opened_in.article.id)
            elif mark.state == "open":
                anew = True
        for article_id, opened in self.open.items():
            if anew:
                opened.suggested = {one.id: one for one in suggested_in(self.project, article_id)}
            if anew or article_id in touched:
                opened.sort_out(looking=self.looking)

    def own_counts(self) -> list[ArticleCount]:
        """How many attributions the annotator in hand has in each article, and how far each is."""
        hands = {one.id for one in self.project.registry.every(Annotator) if one.name == self.annotator}
        return [one for one in self.project.counts() if one.annotator_id in hands]

    def article_of(self, attribution: Attribution) -> OpenArticle | None:
        """The open article in which an attribution stands."""
        return next((one for one in self.open.values() if one.set_id == attribution.set_id), None)
