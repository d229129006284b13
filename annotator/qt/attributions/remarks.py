"""The comments panel: what colleagues said in the project, what is for me, a line to answer."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.core.changes import ChangeSet
from annotator.core.comments import Comment
from annotator.core.errors import BrokenLaw
from annotator.qt.support.columns import Share, SharedWidth
from annotator.qt.support.empty_words import EmptyWords
from annotator.qt.support.jobs import Job, Jobs
from annotator.qt.support.session import Session
from annotator.workspace.commands.comments import AddComment, ResolveComment
from annotator.workspace.remarks import Remark, remarks
from annotator.workspace.settings import Settings

_WAIT = 300
_DATA = Qt.ItemDataRole.UserRole
_WORDS, _ABOUT, _WHO, _WHEN = range(4)
_SHARES = {_ABOUT: Share(0.3, 120, 500), _WHO: Share(0.16, 90, 220), _WHEN: Share(0.12, 128, 140)}
FOR_ME, OPEN, ALL = "me", "open", "all"


class RemarksPanel(QWidget):
    """Comments, the newest first; those that came since one last looked are bold.

    Signals:
        placeWanted(str, str, str, object): an article's id, the annotator whose mark it is, an attribution's id (or
            empty), and the span to show.
        counted(int): how many are for whoever works here.
    """

    placeWanted = Signal(str, str, str, object)
    counted = Signal(int)

    def __init__(
        self, session: Session, jobs: Jobs, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._settings = settings
        self._found: list[Remark] = []
        self._in_sight = False
        self.filter = QComboBox(self)
        self.filter.setAccessibleName(self.tr("Which comments are listed"))
        for words, value in (
            (self.tr("For me"), FOR_ME),
            (self.tr("Open"), OPEN),
            (self.tr("All"), ALL),
        ):
            self.filter.addItem(words, value)
        self.filter.currentIndexChanged.connect(self._list)
        self.line = QLineEdit(self)
        self.line.setAccessibleName(self.tr("Answer"))
        self.line.setPlaceholderText(self.tr("Answer; @name mentions a colleague"))
        self.line.returnPressed.connect(self.answer)
        self.resolve_button = QPushButton(self.tr("Resolve"), self)
        self.resolve_button.setAutoDefault(False)
        self.resolve_button.clicked.connect(self.resolve)
        self.tree = QTreeWidget(self)
        self.tree.setAccessibleName(self.tr("Comments"))
        self.tree.setHeaderLabels([self.tr("Comment"), self.tr("About"), self.tr("Who"), self.tr("When")])
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.header().setStretchLastSection(False)
        SharedWidth(self.tree, self.tree.header(), _SHARES, _WORDS)
        self.tree.itemActivated.connect(self._jump)
        self.tree.itemClicked.connect(self._jump)
        self.tree.currentItemChanged.connect(lambda _now, _before: self._tell())
        self._empty = EmptyWords(self.tree, self.tr("No comments are listed"))
        row = QHBoxLayout()
        row.setContentsMargins(8, 6, 8, 0)
        row.addWidget(self.filter)
        row.addWidget(self.line, 1)
        row.addWidget(self.resolve_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(row)
        box.addWidget(self.tree, 1)
        self.setFocusProxy(self.tree)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT)
        self._wait.timeout.connect(self.look)
        session.projectChanged.connect(self._wait.start)
        session.changed.connect(self._hear)
        self._wait.start()

    def set_in_sight(self, seen: bool) -> None:
        """Whether the panel can be seen; what was seen is no longer new the next time."""
        if self._in_sight and not seen and self._session.workspace is not None:
            self._note_seen()
        self._in_sight = seen
        if seen:
            self._list()

    def _note_seen(self) -> None:
        place = self._session.project.place
        newest = max((one.comment.created for one in self._found), default="")
        seen = dict(self._settings.get("comments_seen"))
        if newest > str(seen.get(place, "")):
            self._settings.set("comments_seen", {**seen, place: newest})

    def _hear(self, news: ChangeSet) -> None:
        if any(True for _ in news.of(Comment)):
            self._wait.start()

    def look(self) -> None:
        """Read the comments anew, in the worker."""
        project = self._session.workspace
        if project is None:
            self._found = []
            self._list()
            return

        def work(_job: Job) -> list[Remark]:
            return remarks(project, project.actor)

        def then(found: list[Remark]) -> None:
            if self._session.workspace is project:
                self._found = found
                self.counted.emit(sum(one.for_me for one in found))
                self._list()

        self._jobs.run(self.tr("Reading comments"), work, then, quiet=True)

    def _list(self) -> None:
        kept = self.chosen()
        wanted = self.filter.currentData()
        self.tree.clear()
        project = self._session.workspace
        seen = str(self._settings.get("comments_seen").get(project.place, "")) if project else ""
        for one in self._found:
            if (wanted == FOR_ME and not one.for_me) or (wanted == OPEN and one.comment.resolved):
                continue
            item = QTreeWidgetItem(
                self.tree,
                [
                    " ".join(one.comment.text.split()),
                    " · ".join(part for part in (one.outlet, " ".join(one.words.split())) if part),
                    one.author,
                    one.comment.created[:16].replace("T", " "),
                ],
            )
            item.setData(0, _DATA, one)
            item.setToolTip(_WORDS, one.comment.text)
            font = item.font(0)
            font.setBold(one.comment.created > seen and project is not None and one.author != project.actor)
            font.setStrikeOut(one.comment.resolved)
            item.setFont(0, font)
            if kept is not None and one.comment.id == kept.comment.id:
                self.tree.setCurrentItem(item)
        self._empty.say("" if self.tree.topLevelItemCount() else self._nothing(str(wanted)))
        self._tell()

    def _nothing(self, wanted: str) -> str:
        if wanted == FOR_ME:
            return self.tr(
                "Nothing waits for you. M comments on the attribution in hand; @name calls a colleague."
            )
        return self.tr("There is no comment yet. M comments on the attribution in hand.")

    def chosen(self) -> Remark | None:
        """The comment in hand."""
        item = self.tree.currentItem()
        found = item.data(0, _DATA) if item is not None else None
        return found if isinstance(found, Remark) else None

    def _tell(self) -> None:
        one = self.chosen()
        self.resolve_button.setEnabled(one is not None)
        resolved = one is not None and one.comment.resolved
        self.resolve_button.setText(self.tr("Reopen") if resolved else self.tr("Resolve"))

    def _needed(self) -> Remark:
        one = self.chosen()
        if one is None:
            raise BrokenLaw("Choose a comment first; then it can be answered or resolved.")
        return one

    def answer(self) -> None:
        """Answer the comment in hand."""
        one, project = self._needed(), self._session.project
        project.execute(AddComment("", project.actor, self.line.text(), reply_to=one.comment.id))
        self.line.clear()

    def resolve(self) -> None:
        """Settle the comment in hand, or open it again."""
        one = self._needed()
        self._session.project.execute(ResolveComment(one.comment.id, not one.comment.resolved))

    def _jump(self, item: QTreeWidgetItem) -> None:
        one = item.data(0, _DATA)
        if isinstance(one, Remark):
            span = one.place[0] if one.place else None
            self.placeWanted.emit(one.article_id, one.hand, one.comment.attribution_id or "", span)
