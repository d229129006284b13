"""The review page: one article, a column an annotator, the cases, and the buttons that decide."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QSplitter,
    QTableView,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.changes import ChangeSet
from annotator.core.spans import Span, hull
from annotator.qt.article.marks import KindStyle
from annotator.qt.review.agreement import AgreementPanel
from annotator.qt.review.cases import ALL, DECIDED, DIFFERENT, DIFFERS, OPEN, PLACE, STATE, CasesModel
from annotator.qt.review.columns import GOLD_COLUMN, ReviewColumns
from annotator.qt.review.wording import tr
from annotator.qt.support.columns import Share, SharedWidth
from annotator.qt.support.empty_words import EmptyWords
from annotator.qt.support.fact import Fact
from annotator.qt.support.jobs import Job, Jobs
from annotator.qt.support.session import Session
from annotator.qt.support.tables import make_plain
from annotator.review.adjudication import ALL_AGREE, MAJORITY, WHO_ANNOTATED
from annotator.review.disagreements import WHAT
from annotator.workspace.adjudicating import CaseList, CaseToReview, case_list
from annotator.workspace.blindness import is_at_work

_SHARES = {STATE: Share(0.03, 28, 36), DIFFERS: Share(0.24, 120, 360), DECIDED: Share(0.2, 110, 340)}


class ReviewPage(QWidget):
    """Two to six annotators face to face, gold last."""

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._cases: CaseList | None = None
        self._text = ""
        self._story: str | None = None
        self._asked = 0
        self._pending: str | None = None
        self._accepting: list[QToolButton] = []
        self.columns = ReviewColumns(self)
        self.model = CasesModel(self)
        self.agreement = AgreementPanel(session, jobs, self)
        self.agreement.placeWanted.connect(self._show_disagreement)
        self.article = QComboBox(self)
        self.article.setAccessibleName(self.tr("Article under review"))
        self.article.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.article.setMinimumContentsLength(10)
        self.article.activated.connect(lambda: self.open_article(str(self.article.currentData())))
        self._names = QCheckBox(self.tr("Show names"), self)
        self._names.setToolTip(
            self.tr("Hidden, the annotators stand in an order that is random for each article")
        )
        self._names.toggled.connect(self._show)
        self._filter = QComboBox(self)
        self._filter.setAccessibleName(self.tr("Which cases are listed"))
        for words, value in (
            (self.tr("Differences"), DIFFERENT),
            (self.tr("Not decided"), OPEN),
            (self.tr("All cases"), ALL),
            *((tr("Only: {0}").format(one.replace("_", " ")), one) for one in WHAT),
        ):
            self._filter.addItem(words, value)
        self._filter.currentIndexChanged.connect(self._refilter)
        self._state = Fact(self)
        self._state.setProperty("role", "muted")
        self._state.setAccessibleName(self.tr("State of the review"))
        self.table = QTableView(self)
        self.table.setAccessibleName(self.tr("Cases"))
        self.table.setModel(self.model)
        make_plain(self.table)
        SharedWidth(self.table, self.table.horizontalHeader(), _SHARES, PLACE)
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        self._empty = EmptyWords(self.table, self.tr("No cases are listed"))
        self._told = QLabel(self)
        self._told.setWordWrap(True)
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._told.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._told.setAccessibleName(self.tr("How the annotators differ"))
        self.reason = QLineEdit(self)
        self.reason.setAccessibleName(self.tr("Reason or comment"))
        self.reason.setPlaceholderText(self.tr("Reason, or a comment"))
        self.strategy = QComboBox(self)
        self.strategy.setAccessibleName(self.tr("What counts as agreed"))
        for words, value in (
            (self.tr("All agree"), ALL_AGREE),
            (self.tr("All who marked it agree"), WHO_ANNOTATED),
            (self.tr("At least so many agree"), MAJORITY),
        ):
            self.strategy.addItem(words, value)
        self.votes = QSpinBox(self)
        self.votes.setRange(0, 6)
        self.votes.setSpecialValueText(self.tr("most"))
        self.votes.setAccessibleName(self.tr("Votes needed; 0: more than half"))
        self.strategy.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.strategy.setMinimumContentsLength(12)
        self.strategy.currentIndexChanged.connect(
            lambda: self.votes.setEnabled(self.strategy.currentData() == MAJORITY)
        )
        self.votes.setEnabled(False)
        self._lay_out()
        self.columns.pressed.connect(self._pressed)
        session.changed.connect(self._hear)
        session.projectChanged.connect(self._forget)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 6, 8, 6)
        head.addWidget(self.article, 1)
        head.addWidget(self._names)
        head.addStretch(1)
        head.addWidget(self._state)
        self._decide = QHBoxLayout()
        self._decide.setContentsMargins(8, 0, 8, 6)
        self._decide.setSpacing(6)
        self._merge = QHBoxLayout()
        self._merge.setContentsMargins(8, 6, 8, 0)
        self._merge.addWidget(self._filter)
        self._merge.addStretch(1)
        lists = QSplitter(Qt.Orientation.Horizontal, self)
        lists.addWidget(self.table)
        lists.addWidget(self._told)
        lists.setSizes([700, 300])
        differences = QWidget(self)
        box = QVBoxLayout(differences)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(self._merge)
        box.addWidget(lists, 1)
        box.addLayout(self._decide)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(differences, self.tr("Differences"))
        self.tabs.addTab(self.agreement, self.tr("Agreement"))
        both = QSplitter(Qt.Orientation.Vertical, self)
        both.setChildrenCollapsible(False)
        both.addWidget(self.columns)
        both.addWidget(self.tabs)
        both.setSizes([560, 320])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(both, 1)

    def set_actions(self, decide: Sequence[QAction], merge: QAction, keys: Sequence[QAction]) -> None:
        """Have buttons for these actions, and their keys where the columns or the cases have the keyboard."""
        for action in decide:
            button = self._button(action)
            self._decide.addWidget(button)
            if action.objectName()[:-1] == "review.accept_":
                self._accepting.append(button)
                button.hide()
            if action.objectName() == "review.nothing":
                self._decide.addWidget(self.reason, 1)
        self._merge.addWidget(self.strategy)
        self._merge.addWidget(self.votes)
        self._merge.addWidget(self._button(merge))
        self.columns.set_keys(keys)
        self.table.addActions(list(keys))

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("step")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setDefaultAction(action)
        button.setAccessibleName(action.text())
        return button

    def set_look(self, kinds: dict[str, KindStyle], reading: tuple[str, float, float]) -> None:
        """How kinds look, and how the text is set."""
        self.columns.set_look(kinds, reading)

    def enter(self, article_id: str | None) -> None:
        """Show an article; the first of the project where none is named."""
        project = self._session.project
        articles = project.articles()
        if not articles:
            self._forget()
            return
        chosen = next((one for one in articles if one.id == article_id), articles[0])
        self.article.clear()
        for one in project.articles(chosen.story_id):
            self.article.addItem(self._title(one), one.id)
        self._story = chosen.story_id
        self.agreement.set_story(chosen.story_id)
        self.open_article(chosen.id)

    def _title(self, article: Article) -> str:
        return " – ".join(
            part for part in (self._session.project.outlet_name(article), article.title) if part
        )

    def open_article(self, article_id: str) -> None:
        """Compare the annotators of an article."""
        at = self.article.findData(article_id)
        if at < 0:
            self.enter(article_id)
            return
        self.article.setCurrentIndex(at)
        self._read(article_id)

    def _read(self, article_id: str) -> None:
        project = self._session.project
        if is_at_work(project, project.actor, article_id):
            self._forget_cases()
            self._empty.say(
                self.tr(
                    "Annotators work blind here, and you have not finished this article: the others' marks stay hidden "
                    "until you have (Ctrl+D), or until the project is opened for all (Review menu)."
                )
            )
            return
        self._asked += 1
        number = self._asked

        def work(_job: Job) -> tuple[CaseList, str]:
            article = project.reading.get(Article, article_id)
            return case_list(project, article_id), project.text(article) if article is not None else ""

        def then(found: tuple[CaseList, str]) -> None:
            if number == self._asked and self._session.workspace is project:
                self._cases, self._text = found
                self._show()

        self._jobs.run(self.tr("Comparing annotators"), work, then, quiet=True)

    def named(self, hand: str) -> str:
        """The name under which an annotator is shown."""
        if hand == GOLD_COLUMN:
            return self.tr("Gold")
        hands = self._cases.hands if self._cases is not None else ()
        if self._names.isChecked() or hand not in hands:
            return hand
        return self.tr("Annotator {0}").format("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[hands.index(hand) % 26])

    def _show(self) -> None:
        found = self._cases
        if found is None:
            return
        shown = [hand for hand in found.hands if any(hand in one.case.candidates for one in found.cases)]
        titles = {hand: self._column_title(hand) for hand in (shown or found.hands)[:6]}
        titles[GOLD_COLUMN] = self.named(GOLD_COLUMN)
        self.columns.show_article(self._text, titles)
        for number, button in enumerate(self._accepting, 1):
            button.setVisible(number < len(titles))
        marks: dict[str, list[Attribution]] = {hand: [] for hand in titles}
        for one in found.cases:
            for hand, mark in one.case.candidates.items():
                if hand in marks:
                    marks[hand].append(mark)
        gold = [mark for one in found.cases for mark in one.gold if mark.state == "kept"]
        marks[GOLD_COLUMN] = [*gold, *(mark for mark in found.loose if mark.state == "kept")]
        self.columns.show_marks(marks)
        kept = self.case()
        row = self.table.currentIndex().row()
        self.model.show(found.cases, self._text, self._session.project, self.named)
        wanted = self._pending or (kept.case.id if kept is not None else None)
        self._pending = None
        at = self.model.row_of(wanted) if wanted is not None else None
        self._choose(at if at is not None else min(max(row, 0), self.model.rowCount() - 1))
        self._tell_state(found)

    def _column_title(self, hand: str) -> str:
        assert self._cases is not None
        name = self.named(hand)
        return self.tr("{0} – not finished").format(name) if hand in self._cases.unfinished else name

    def _tell_state(self, found: CaseList) -> None:
        differ = sum(not one.agreed for one in found.cases)
        words = self.tr("{0} cases, {1} differ, {2} not decided").format(
            len(found.cases), differ, found.open_cases
        )
        if found.gold_status == "finished":
            words = self.tr("adjudicated · {0}").format(words)
        self._state.say(words)
        if self.model.rowCount():
            self._empty.say("")
        elif len(found.hands) < 2:
            self._empty.say(
                self.tr("Fewer than two people have marked this article; there is nothing to compare yet.")
            )
        else:
            self._empty.say(self.tr("No case fits the filter."))

    def case(self) -> CaseToReview | None:
        """The case in hand."""
        at = self.table.currentIndex().row()
        return self.model.case(at) if 0 <= at < self.model.rowCount() else None

    def _choose(self, row: int) -> None:
        if 0 <= row < self.model.rowCount():
            index = self.model.index(row, PLACE)
            self.table.setCurrentIndex(index)
            self.table.scrollTo(index)
        self._show_case()

    def _row_chosen(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._show_case()

    def _show_case(self) -> None:
        one = self.case()
        if one is None:
            self._told.setText("")
            self.columns.show_case({}, None)
            return
        ids = {hand: mark.id for hand, mark in one.case.candidates.items()}
        if one.gold:
            ids[GOLD_COLUMN] = one.gold[0].id
        around = hull(
            part
            for mark in one.case.candidates.values()
            if (extent := mark.extent()) is not None
            for part in (extent,)
        )
        self._told.setText(self.model.told(one) or self.tr("Everybody agrees here."))
        self.columns.show_case(ids, around)

    def _refilter(self) -> None:
        self.model.keep(str(self._filter.currentData()))
        self._choose(0)
        if self._cases is not None:
            self._tell_state(self._cases)

    def _pressed(self, attribution_id: str) -> None:
        at = self.model.row_of(attribution_id)
        if at is None:
            self._filter.setCurrentIndex(self._filter.findData(ALL))
            at = self.model.row_of(attribution_id)
        if at is not None:
            self._choose(at)

    def _show_disagreement(self, article_id: str, attribution_id: str, place: object) -> None:
        self.tabs.setCurrentIndex(0)
        if self._cases is not None and self._cases.article_id == article_id:
            self._pressed(attribution_id)
        else:
            self._pending = attribution_id
            self._filter.setCurrentIndex(self._filter.findData(ALL))
            self.open_article(article_id)
        if isinstance(place, Span) and self.columns.columns:
            next(iter(self.columns.columns.values())).view.show_span(place)

    def step(self, by: int) -> None:
        """Go to the next or previous case that is listed."""
        count = self.model.rowCount()
        if count:
            self._choose((self.table.currentIndex().row() + by) % count)

    def story(self) -> str | None:
        """The id of the story whose articles are reviewed."""
        return self._story

    def cases(self) -> CaseList | None:
        """The cases of the article under review."""
        return self._cases

    def go_on(self, *, stay: bool) -> None:
        """After a decision: have the next case in hand once the list is read anew, or the same one."""
        following = self.table.currentIndex().row() + (0 if stay else 1)
        self._pending = self.model.case(following).case.id if following < self.model.rowCount() else None

    def _hear(self, news: ChangeSet) -> None:
        shown = self.article.currentData()
        if shown and self.isVisible() and news.changes:
            self._read(str(shown))

    def _forget(self) -> None:
        self._forget_cases()
        self.article.clear()

    def _forget_cases(self) -> None:
        self._cases = None
        self._asked += 1
        self.columns.show_article("", {})
        if self._session.workspace is not None:
            self.model.show((), "", self._session.workspace, self.named)
        self._told.setText("")
        self._state.say("")
