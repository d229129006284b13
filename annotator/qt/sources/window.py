"""The sources window: find a source, correct it, see its mentions, merge, split, remove."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.core.attributions import Attribution
from annotator.core.changes import ChangeSet
from annotator.core.errors import AnnotatorError
from annotator.core.outlets import Outlet
from annotator.core.sources import Source
from annotator.qt.sources.form import SourceForm
from annotator.qt.sources.mentions import MentionsList
from annotator.qt.sources.merging import MergePage
from annotator.qt.sources.model import ANONYMOUS, MENTIONS, NAME, TYPE, SourcesFilter, SourcesModel
from annotator.qt.support.jobs import Job, Jobs
from annotator.qt.support.messages import MessageBar
from annotator.qt.support.session import Session
from annotator.workspace.commands.base import Command
from annotator.workspace.commands.sources import EditSource, MergeSources, RemoveSource, SplitSource
from annotator.workspace.mentions import Mention, SourceMentions, read_mentions, told

_MOST = 1000
_PICK = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class SourcesWindow(QDialog):
    """All sources of the project, beside the main window; it follows whatever happens there.

    Signals:
        placeWanted(object): the mention to show in its article.
    """

    placeWanted = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sources")
        self.setWindowTitle(self.tr("Sources"))
        self.setAccessibleName(self.tr("Sources"))
        self.resize(1120, 760)
        self._session = session
        self._jobs = jobs
        self._mentions: SourceMentions | None = None
        self._unread: list[ChangeSet] | None = None
        self._wanted: str | None = None
        self._asked = 0
        self._choosing = False
        words_of_type = {
            "": self.tr("Not said"),
            "person": self.tr("Person"),
            "group": self.tr("Group"),
            "institution": self.tr("Institution"),
            "outlet": self.tr("Outlet"),
            "document": self.tr("Document"),
        }
        self.model = SourcesModel(words_of_type, self)
        self._shown = SourcesFilter(self)
        self._shown.setSourceModel(self.model)
        self.messages = MessageBar(self)
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(self.tr("Filter by words"))
        self.filter.setAccessibleName(self.tr("Filter sources by words"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._shown.look_for)
        self.types = QComboBox(self)
        self.types.setAccessibleName(self.tr("Filter sources by type"))
        self.types.addItem(self.tr("All"), None)
        self.types.addItem(self.tr("Anonymous"), ANONYMOUS)
        for one, words in words_of_type.items():
            self.types.addItem(words, one)
        self.types.activated.connect(lambda: self._shown.keep_type(self.types.currentData()))
        self.table = self._make_table()
        self.form = SourceForm(words_of_type, self)
        self.form.entered.connect(lambda one, values: self._do(EditSource(one, values)))
        self.mentions = MentionsList(self)
        self.mentions.placeWanted.connect(self.placeWanted)
        self.mentions.splitWanted.connect(self._split)
        self.merging = MergePage(self)
        self.merging.mergeWanted.connect(self._merge)
        self.remove = QPushButton(self.tr("Remove"), self)
        self.remove.setToolTip(self.tr("A source without mentions can be removed"))
        self.remove.setAutoDefault(False)
        self.remove.clicked.connect(self._remove)
        self._lay_out()
        session.changed.connect(self._hear)
        session.leaving.connect(self._forget)
        session.projectChanged.connect(self._load)

    def _make_table(self) -> QTableView:
        table = QTableView(self)
        table.setAccessibleName(self.tr("Sources"))
        table.setModel(self._shown)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSortingEnabled(True)
        table.sortByColumn(NAME, Qt.SortOrder.AscendingOrder)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(28)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.setColumnWidth(TYPE, 150)
        table.setColumnWidth(MENTIONS, 104)
        table.selectionModel().selectionChanged.connect(self._selected)
        return table

    def _lay_out(self) -> None:
        self._empty = QLabel(self)
        self._empty.setProperty("role", "empty")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setAccessibleName(self.tr("No source is chosen"))
        scroll = QScrollArea(self)
        scroll.setAccessibleName(self.tr("Source"))
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self.form)
        one = QSplitter(Qt.Orientation.Vertical, self)
        one.setChildrenCollapsible(False)
        one.addWidget(scroll)
        one.addWidget(self.mentions)
        one.setSizes([470, 260])
        self._one = one
        self._stack = QStackedWidget(self)
        for page in (self._empty, one, self.merging):
            self._stack.addWidget(page)
        row = QHBoxLayout()
        row.addWidget(self.filter, 1)
        row.addWidget(self.types)
        foot = QHBoxLayout()
        hint = QLabel(self.tr("Choose two or more (Ctrl+click) to merge them."), self)
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        foot.addWidget(hint, 1)
        foot.addWidget(self.remove)
        left = QWidget(self)
        box = QVBoxLayout(left)
        box.setContentsMargins(12, 12, 8, 12)
        box.setSpacing(8)
        box.addLayout(row)
        box.addWidget(self.table, 1)
        box.addLayout(foot)
        sides = QSplitter(Qt.Orientation.Horizontal, self)
        sides.setChildrenCollapsible(False)
        sides.addWidget(left)
        sides.addWidget(self._stack)
        sides.setSizes([510, 610])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.messages)
        whole.addWidget(sides, 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._load()
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_source(self, source_id: str | None) -> None:
        """Choose a source; it is shown even where the filter would hide it."""
        self._wanted = source_id
        row = self.model.row_of(source_id) if source_id else None
        if row is None:
            return
        if not self._shown.mapFromSource(self.model.index(row, NAME)).isValid():
            self.filter.clear()
            self.types.setCurrentIndex(0)
            self._shown.keep_type(None)
        self._choose([str(source_id)])
        self._wanted = None

    def chosen(self) -> list[Source]:
        """The sources that are chosen, in the order of the list."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [
            self.model.source(self._shown.mapToSource(self._shown.index(row, NAME)).row()) for row in rows
        ]

    def _count(self, source_id: str) -> int | None:
        return self._mentions.count(source_id) if self._mentions is not None else None

    def _load(self) -> None:
        project = self._session.workspace
        if project is None or not self.isVisible():
            return
        self._fill()
        if self._mentions is not None or self._unread is not None:
            return
        self._unread = []
        reading = project.reading

        def work(_job: Job) -> tuple[object, SourceMentions]:
            return reading, read_mentions(reading)

        self._jobs.run(self.tr("Counting mentions"), work, self._counted, quiet=True)

    def _counted(self, result: tuple[object, SourceMentions]) -> None:
        reading, mentions = result
        project = self._session.workspace
        if project is None or project.reading is not reading:
            return
        for news in self._unread or ():
            mentions.hear(news)
        self._mentions, self._unread = mentions, None
        self.model.counts_changed()
        self._show_chosen()
        self.table.scrollTo(self.table.currentIndex())

    def _forget(self) -> None:
        self._mentions = self._unread = None
        self._asked += 1
        self.model.show_sources([], self._count)
        self.mentions.show_mentions([], 0)

    def _hear(self, news: ChangeSet) -> None:
        if self._mentions is not None:
            self._mentions.hear(news)
        elif self._unread is not None:
            self._unread.append(news)
        if not self.isVisible():
            return
        if any(True for _ in news.of(Source)):
            self._fill()
        elif any(True for _ in news.of(Attribution)):
            self.model.counts_changed()
            self._show_chosen()

    def _fill(self) -> None:
        chosen = [one.id for one in self.chosen()]
        self.model.show_sources(self._session.project.registry.every(Source), self._count)
        self._choose([self._wanted] if self._wanted else chosen)
        self._wanted = None

    def _choose(self, ids: list[str]) -> None:
        picked = self.table.selectionModel()
        self._choosing = True
        picked.clear()
        for source_id in ids:
            row = self.model.row_of(source_id)
            index = self._shown.mapFromSource(self.model.index(row, NAME)) if row is not None else None
            if index is not None and index.isValid():
                picked.select(index, _PICK)
                picked.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
                self.table.scrollTo(index)
        self._choosing = False
        self._show_chosen()

    def _selected(self) -> None:
        if not self._choosing:
            self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.chosen()
        self.remove.setEnabled(len(chosen) == 1 and self._count(chosen[0].id) == 0)
        if len(chosen) == 1:
            self._show_one(chosen[0])
            self._stack.setCurrentWidget(self._one)
        elif chosen:
            self.merging.show_sources([(one, self._count(one.id) or 0) for one in chosen])
            self._stack.setCurrentWidget(self.merging)
        else:
            self._empty.setText(
                self.tr("Choose a source to see and correct what is known of it.")
                if self.model.rowCount()
                else self.tr(
                    "No sources yet. Take an attribution in hand: N says who its source is, Shift+N makes a new one "
                    "of its words."
                )
            )
            self._stack.setCurrentWidget(self._empty)

    def _show_one(self, source: Source) -> None:
        registry = self._session.project.registry
        others = {one.id: one.name for one in registry.every(Source) if one.id != source.id}
        self.form.show_source(source, others, [one.name for one in registry.every(Outlet)])
        self._asked += 1
        asked, count = self._asked, self._count(source.id)
        marks = self._mentions.of(source.id)[:_MOST] if self._mentions is not None else []
        reading = self._session.project.reading

        def work(_job: Job) -> tuple[int, int | None, list[Mention]]:
            return asked, count, told(reading, marks)

        if marks:
            self._jobs.run(self.tr("Reading mentions"), work, self._told, quiet=True)
        else:
            self.mentions.show_mentions([], count)

    def _told(self, result: tuple[int, int | None, list[Mention]]) -> None:
        asked, count, mentions = result
        if asked == self._asked:
            self.mentions.show_mentions(mentions, count)

    def _do(self, command: Command) -> bool:
        try:
            self._session.execute(command)
        except AnnotatorError as refused:
            self.messages.warn(str(refused))
            self._show_chosen()
            return False
        self.messages.hide()
        return True

    def _merge(self, kept: str, merged: tuple[str, ...]) -> None:
        if self._do(MergeSources(kept, merged)):
            self.show_source(kept)
            self.messages.say(self.tr("Merged. Ctrl+Z takes it back."))

    def _split(self, attribution_ids: tuple[str, ...], name: str) -> None:
        chosen = self.chosen()
        if len(chosen) == 1 and self._do(SplitSource(chosen[0].id, attribution_ids, name)):
            self.mentions.name.clear()
            self.messages.say(self.tr("{0} is a source of its own now. Ctrl+Z takes it back.").format(name))

    def _remove(self) -> None:
        chosen = self.chosen()
        if len(chosen) == 1 and self._do(RemoveSource(chosen[0].id)):
            self.messages.say(self.tr("Removed {0}. Ctrl+Z brings it back.").format(chosen[0].name))
