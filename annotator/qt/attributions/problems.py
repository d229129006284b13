"""The problems panel: what looks wrong in the open articles, each a click from its place."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from annotator.core.problems import CODES, Marked, Problem, problems
from annotator.qt.support.columns import Share, SharedWidth
from annotator.qt.support.jobs import Job, Jobs
from annotator.qt.support.session import Session

_WAIT = 350
_WHAT = Share(0.78, 200, 1000)
_DATA = Qt.ItemDataRole.UserRole


class ProblemsPanel(QWidget):
    """A tree of problems by kind, looked for anew a moment after each change, in the worker, while it is shown.

    Signals:
        placeWanted(str, str, object): an article's id, an attribution's id (or empty), and the span to show.
        counted(int): how many problems there are.
    """

    placeWanted = Signal(str, str, object)
    counted = Signal(int)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._in_sight = False
        self._tree = QTreeWidget(self)
        self._tree.setAccessibleName(self.tr("Problems"))
        self._tree.setColumnCount(2)
        self._tree.setHeaderLabels([self.tr("What"), self.tr("Where")])
        self._tree.setUniformRowHeights(True)
        self._tree.setIndentation(16)
        self._tree.header().setStretchLastSection(False)
        SharedWidth(self._tree, self._tree.header(), {0: _WHAT}, 1)
        self._tree.itemActivated.connect(self._chosen)
        self._tree.itemClicked.connect(self._chosen)
        self._none = QLabel(self.tr("Nothing looks wrong in the open articles."), self)
        self._none.setProperty("role", "empty")
        self._none.setAccessibleName(self.tr("No problems"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._none)
        box.addWidget(self._tree, 1)
        self._tree.hide()
        self.setFocusProxy(self._tree)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT)
        self._wait.timeout.connect(self.look)
        session.projectChanged.connect(lambda: self.show_problems([]))
        for signal in (session.changed, session.articlesChanged, session.handChanged, session.projectChanged):
            signal.connect(self._soon)

    def set_in_sight(self, seen: bool) -> None:
        """Whether the panel can be seen: one behind another tab counts as shown to Qt, but need not work."""
        self._in_sight = seen
        self._soon()

    def _soon(self) -> None:
        if self._in_sight:
            self._wait.start()

    def look(self) -> None:
        """Look for problems now."""
        if self._session.workspace is None:
            return
        articles = [
            Marked(article_id, opened.text, tuple(opened.in_order()))
            for article_id, opened in self._session.open.items()
        ]

        scheme = self._session.project.scheme

        def work(_job: Job) -> list[Problem]:
            return problems(articles, scheme)

        self._jobs.run(self.tr("Looking for problems"), work, self.show_problems, quiet=True)

    def show_problems(self, found: list[Problem]) -> None:
        """Show these problems, by kind."""
        closed = {
            str(item.data(0, _DATA))
            for item in (self._tree.topLevelItem(at) for at in range(self._tree.topLevelItemCount()))
            if item is not None and not item.isExpanded()
        }
        self._tree.clear()
        for code, words in CODES.items():
            own = [one for one in found if one.code == code]
            if not own:
                continue
            top = QTreeWidgetItem(self._tree, [self.tr(words), str(len(own))])
            top.setData(0, _DATA, code)
            font = top.font(0)
            font.setBold(True)
            top.setFont(0, font)
            for problem in own:
                item = QTreeWidgetItem(top, [problem.detail.replace("\n", " ")[:160], self._outlet(problem)])
                item.setData(0, _DATA, problem)
            top.setExpanded(code not in closed)
        self._none.setVisible(not found)
        self._tree.setVisible(bool(found))
        self.counted.emit(len(found))

    def _outlet(self, problem: Problem) -> str:
        opened = self._session.open.get(problem.article_id)
        return self._session.project.outlet_name(opened.article) if opened is not None else ""

    def _chosen(self, item: QTreeWidgetItem) -> None:
        problem = item.data(0, _DATA)
        if isinstance(problem, Problem):
            self.placeWanted.emit(problem.article_id, problem.attribution_id or "", problem.span)
