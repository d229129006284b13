"""The concordance: ask, read the hits in context, jump to one, tag many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from annotator.core.searching import Hit
from annotator.qt.concordance.asking import ARTICLE, NARROWEST, PROJECT, STORY, Asking
from annotator.qt.concordance.finder import MOST, Finder
from annotator.qt.concordance.model import HitsModel
from annotator.qt.concordance.table import HitsTable
from annotator.qt.support.crash import worded
from annotator.qt.support.icons import swatch
from annotator.qt.support.jobs import Job, Jobs
from annotator.qt.support.session import Session
from annotator.qt.support.wearing import wear
from annotator.workspace.commands.occurrences import ChangeKinds, MarkMany, MarkTally
from annotator.workspace.concordance import KIND, PATTERN, SAME, SOURCE, WORDS, Line, Wish

_MANY = 300
"""Beyond this many places tagging goes to the worker, so that the window stays alive."""

_LEAST = 30
"""Pixels that the hits take at least: a panel that is woken late must not ask for more room than there is."""

_ROLES = ("content", "source", "cue")


class ConcordancePanel(QWidget):
    """Hits over an article, a story or the whole project, and what can be done with them.

    Signals:
        jumpWanted(Hit, bool): a hit to show in its article, and whether the article shall have the keyboard.
    """

    jumpWanted = Signal(object, bool)

    def __init__(
        self,
        session: Session,
        jobs: Jobs,
        here: Callable[[], tuple[str | None, str | None]],
        parent: QWidget | None = None,
    ) -> None:
        """`here` tells the ids of the story and of the article that the reader works in."""
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._here = here
        self._wish: Wish | None = None
        self._go_to_hits = False
        self._in_sight = False
        self._credited: tuple[str, str | None] = ("", None)
        self.model = HitsModel(session, self)
        self.finder = Finder(self)
        self.asking = Asking(session, self)
        self.table = HitsTable(self.model, self)
        self._count = self._label(self.tr("Number of hits"))
        self._empty = self._label(self.tr("What can be looked for"))
        self._empty.setProperty("role", "empty")
        self._stop = self._button(self.tr("Stop"), self.tr("Stop the search"), self._stopped)
        self._all = self._button(self.tr("All"), self.tr("Check all hits"), lambda: self._check(on=True))
        self._none = self._button(
            self.tr("None"), self.tr("Take all checks away"), lambda: self._check(on=False)
        )
        self.kind = QComboBox(self)
        self.kind.setAccessibleName(self.tr("Kind to tag with"))
        self.role = QComboBox(self)
        self.role.setAccessibleName(self.tr("Role of the tagged words"))
        self.tag_button = self._button(
            "", self.tr("Tag hits"), lambda: self.tag(str(self.kind.currentData()))
        )
        self.tag_button.setProperty("role", "primary")
        self._lay_out()
        self._connect()
        self._show_chosen()
        self._say_count()
        self._project_changed()

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setProperty("role", "muted")
        label.setAccessibleName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _button(self, words: str, name: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(words, self)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: do())
        return button

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(8, 6, 8, 0)
        top.addWidget(self.asking, 1)
        top.addWidget(self._stop)
        below = QHBoxLayout()
        below.setContentsMargins(8, 0, 8, 6)
        for widget in (self._all, self._none):
            below.addWidget(widget)
        below.addWidget(self._count, 1)
        for box in (self.role, self.kind):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMinimumWidth(NARROWEST)
            below.addWidget(box)
        below.addWidget(self.tag_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        self._count.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.table)
        for one in (self._empty, self.table):
            one.setMinimumHeight(_LEAST)
        column.addLayout(self._stack, 1)
        column.addLayout(below)
        self.setFocusProxy(self.asking)

    def _connect(self) -> None:
        self.asking.changed.connect(self.look)
        self.asking.entered.connect(self._want_hits)
        self.asking.line.downPressed.connect(self.focus_hits)
        self.table.jumpWanted.connect(self._jump)
        self.table.toggleWanted.connect(self._toggle)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.model.chosenChanged.connect(self._show_chosen)
        self.model.modelReset.connect(self._show_chosen)
        self.finder.found.connect(self._take)
        self.finder.ended.connect(self._ended)
        self.finder.failed.connect(self._failed)
        self._session.leaving.connect(self.finder.stop)
        self._session.projectChanged.connect(self._project_changed)
        self._session.schemeChanged.connect(self._project_changed)
        self._session.handChanged.connect(self.look)

    def _project_changed(self) -> None:
        project = self._session.workspace
        self.kind.clear()
        self.role.clear()
        if project is not None:
            for kind in project.scheme.kinds:
                self.kind.addItem(kind.name, kind.id)
            for role in project.scheme.roles:
                if role.id in _ROLES:
                    self.role.addItem(self.tr("as {0}").format(role.name.lower()), role.id)
        self._dress()
        self.look()

    def _dress(self) -> None:
        dark = self.palette().base().color().lightness() < 128
        project = self._session.workspace
        for at, kind in enumerate(project.scheme.kinds if project is not None else ()):
            self.kind.setItemIcon(at, swatch(kind.colour_dark if dark else kind.colour, kind.glyph))
        self.asking.dress(dark=dark)
        self.model.set_dark(dark=dark)

    def set_in_sight(self, seen: bool) -> None:
        """Whether the panel can be seen: one behind another tab counts as shown to Qt, but need not search."""
        self._in_sight = seen
        if seen and self._wish is None and self.asking.typed().strip():
            self.look()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def search(self, words: str) -> None:
        """Let the reader type what to look for; these words to begin with."""
        if words:
            typed = f"“{words}”" if " " in words else words
            self.asking.ask(WORDS, typed, self.asking.where())
        elif self.asking.what() == SAME:
            self.asking.ask(WORDS, "", PROJECT)
        self.asking.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.asking.line.selectAll()

    def preview(self, words: str, kind: str | None, role: str, source_id: str | None) -> None:
        """Show everywhere these words stand in the article, each with a box to check, before they are tagged."""
        flat = " ".join(words.split())
        self._credited = flat, source_id
        self.kind.setCurrentIndex(max(0, self.kind.findData(kind)))
        self.role.setCurrentIndex(max(0, self.role.findData(role)))
        scope = self.asking.where() if self.asking.what() == SAME else ARTICLE
        self._go_to_hits = True
        self.asking.ask(SAME, flat, scope)

    def look(self) -> None:
        """Begin the search anew."""
        self.finder.drop()
        same = self.asking.what() == SAME
        self.model.clear(checkable=same)
        for widget in (self._all, self._none, self.role):
            widget.setVisible(same)
        project, typed = self._session.workspace, self.asking.typed()
        self._wish = None
        if project is not None and typed.strip() and self._in_sight:
            story_id, article_id = self._here()
            self._wish = Wish(
                self.asking.what(),
                typed,
                self._session.annotator,
                story_id if self.asking.where() == STORY else None,
                article_id if self.asking.where() == ARTICLE else None,
            )
            self.finder.look(project, self._wish)
        self._say_count()
        self._show_chosen()

    def _want_hits(self) -> None:
        self._go_to_hits = True
        if self.model.rowCount():
            self.focus_hits()

    def focus_hits(self) -> None:
        """Give the table the keyboard."""
        if self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if not self.table.currentIndex().isValid():
                self.table.choose(0)
        self._go_to_hits = False

    def _take(self, some: Sequence[Line]) -> None:
        role = str(self.role.currentData())
        self.model.add(some, lambda line: not any(one.role == role for one in line.standing))
        if self._go_to_hits:
            self.focus_hits()
        self._say_count()

    def _ended(self, more: bool) -> None:
        self._say_count(more=more)
        self._go_to_hits = False

    def _failed(self, wrong: object) -> None:
        words = worded(wrong) if isinstance(wrong, BaseException) else str(wrong)
        self._say(self.tr("Not searched"), "danger")
        self._stop.hide()
        self._empty.setText(words)

    def _stopped(self) -> None:
        self.finder.drop()
        self._say_count()

    def _say_count(self, *, more: bool = False) -> None:
        count = self.model.rowCount()
        busy = self.finder.busy()
        self._stop.setVisible(busy)
        if self._wish is None:
            words = ""
        elif more:
            words = self.tr("The first {0} hits; look for less").format(f"{MOST:,}")
        elif busy:
            words = self.tr("{0} …").format(f"{count:,}") if count else ""
        else:
            words = self.tr("1 hit") if count == 1 else self.tr("{0} hits").format(f"{count:,}")
            words = words if count else self.tr("no hits")
        self._say(words, "muted")
        self._stack.setCurrentWidget(self.table if count else self._empty)
        if self._wish is None:
            self._empty.setText(self._advice())
        else:
            self._empty.setText(self.tr("Searching …") if busy else self.tr("Nothing found."))

    def _advice(self) -> str:
        return {
            SAME: self.tr(
                "Select words in an article and press Ctrl+Shift+A: see everywhere they stand, then tag all of them."
            ),
            KIND: self.tr("Everything of one kind that you marked."),
            SOURCE: self.tr("Everything that you credited to one source."),
            PATTERN: self.tr("A regular expression, such as (said|told) reporters; Enter begins the search."),
        }.get(
            self.asking.what(),
            self.tr("Type words, “a phrase” or a prefix*: see every place in the project where they stand."),
        )

    def _say(self, words: str, role: str) -> None:
        self._count.setText(words)
        self._count.setToolTip(words)
        wear(self._count, "role", role)

    def _jump(self, at: int, take_keyboard: bool) -> None:
        self.jumpWanted.emit(self.model.line(at).hit, take_keyboard)

    def _check(self, *, on: bool) -> None:
        self.model.check(range(self.model.rowCount()), on=on)

    def _toggle(self) -> None:
        rows = self.table.selected_rows()
        self.model.check(rows, on=not set(rows) <= set(self.model.checked()))

    def chosen(self) -> list[int]:
        """The rows that a deed would be done on: those checked, or those selected where there are no boxes."""
        return self.model.checked() if self.model.checkable else self.table.selected_rows()

    def _show_chosen(self) -> None:
        count = len(self.chosen())
        if self.asking.what() in (SOURCE, KIND):
            words = self.tr("Change 1 kind") if count == 1 else self.tr("Change {0} kinds").format(count)
        else:
            words = self.tr("Tag 1 place") if count == 1 else self.tr("Tag {0} places").format(count)
        self.tag_button.setText(words)
        self.tag_button.setEnabled(count > 0)
        self.kind.setEnabled(self.model.rowCount() > 0)

    def takes_keys(self) -> bool:
        """Whether the keys of the kinds are meant for the hits."""
        return self.table.hasFocus()

    def tag(self, kind: str) -> None:
        """Tag the chosen places, or give the chosen attributions another kind; one deed, one undo."""
        rows = self.chosen()
        if not rows:
            self._session.notice.emit(self.tr("Choose hits first; then a kind's key tags them all."))
            return
        hits = tuple(line.hit for line in self.model.lines(rows))
        tally = MarkTally()
        if self.asking.what() in (SOURCE, KIND):
            self._session.execute(ChangeKinds(tuple(hit.attribution_id for hit in hits), kind, tally))
            self._tell(tally, self.tr("Changed {0}."))
            return
        checkable = self.model.checkable
        self._session.mark_as_self()
        role = str(self.role.currentData()) if checkable else "content"
        words, source_id = self._credited
        credit = source_id if role == "source" and self.asking.typed() == words else None
        if len(hits) <= _MANY:
            self._session.execute(self._deed(hits, kind, role, credit, tally))
            self._tell(tally, self.tr("Tagged {0}."))
            return

        def work(job: Job) -> MarkTally:
            self._session.execute(self._deed(hits, kind, role, credit, tally, job))
            return tally

        self._jobs.run(self.tr("Tagging"), work, lambda done: self._tell(done, self.tr("Tagged {0}.")))

    def _deed(
        self,
        hits: tuple[Hit, ...],
        kind: str,
        role: str,
        source_id: str | None,
        tally: MarkTally,
        job: Job | None = None,
    ) -> MarkMany:
        report = job.report if job is not None else None
        return MarkMany(hits, self._session.annotator, kind, role, source_id, tally, report)

    def _tell(self, tally: MarkTally, words: str) -> None:
        left = [
            sentence.format(count)
            for count, sentence in (
                (tally.same, self.tr("{0} tagged so already")),
                (tally.finished, self.tr("{0} in finished articles")),
                (tally.unfit, self.tr("{0} with a source or a cue")),
                (tally.gone, self.tr("{0} not there any more")),
                (tally.overlapping, self.tr("{0} overlapping what is marked")),
            )
            if count
        ]
        said = words.format(tally.made)
        if left:
            said += " " + self.tr("Left out: {0}.").format(", ".join(left))
        self._session.notice.emit(said)
        if self.model.checkable:
            self._check(on=False)
