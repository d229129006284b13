"""The agreement panel: every measure with its interval, its disagreements a click away, two pictures."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.core.articles import Article
from annotator.core.spans import Span, words
from annotator.qt.review.heat import HeatMap
from annotator.qt.support.columns import Share, SharedWidth
from annotator.qt.support.empty_words import EmptyWords
from annotator.qt.support.jobs import Job, Jobs
from annotator.qt.support.session import Session
from annotator.qt.support.tables import make_plain
from annotator.review.agreement import Agreement, Figure
from annotator.review.measures import Disagreement
from annotator.workspace.agreeing import agree, as_csv, write_csv

MEASURE, OF, WHO, VALUE, BETWEEN, UNITS = range(6)
_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_MOST_PLACES = 500
_LONGEST = 60
_SHARES = {
    OF: Share(0.2, 90, 220),
    WHO: Share(0.2, 100, 260),
    VALUE: Share(0.1, 70, 110),
    BETWEEN: Share(0.14, 90, 140),
    UNITS: Share(0.08, 50, 90),
}
_WORDS = {
    "span_f1_exact": "Same span (F1)",
    "span_f1_overlap": "Overlap of half or more (F1)",
    "span_f1_relaxed": "Any overlap (F1)",
    "token_alpha": "Tokens, Krippendorff's alpha",
    "token_kappa": "Tokens, Cohen's kappa",
    "kind_alpha": "Kind, Krippendorff's alpha",
    "kind_kappa": "Kind, Cohen's kappa",
    "feature_alpha": "Feature, Krippendorff's alpha",
    "feature_kappa": "Feature, Cohen's kappa",
    "alpha_u": "Spans, Krippendorff's alpha-U",
    "gamma": "Gamma",
    "relation_f1": "Source and content joined (F1)",
    "relation_f1_given_ends": "Joined, where both ends agree (F1)",
    "matrix_alpha": "Claims by outlets, alpha",
    "agr": "Found again by the other (agr)",
}


class FiguresModel(QAbstractTableModel):
    """One row a figure."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[Figure] = []

    def show(self, figures: list[Figure]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = figures
        self.endResetModel()

    def figure(self, row: int) -> Figure:
        """The figure of a row."""
        return self._rows[row]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 6

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return (
                self.tr("Measure"),
                self.tr("Of"),
                self.tr("Between"),
                self.tr("Value"),
                self.tr("95 %"),
                self.tr("Units"),
            )[section]
        return None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        one, column = self._rows[index.row()], index.column()
        if role == _Role.ToolTipRole and one.note:
            return one.note
        if role == _Role.TextAlignmentRole and column in (VALUE, BETWEEN, UNITS):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role not in (_Role.DisplayRole, _Role.ToolTipRole):
            return None
        match column:
            case 0:
                return self.tr(_WORDS.get(one.measure, one.measure))
            case 1:
                said = [part.replace("_", " ") for part in (one.role, one.kind, one.feature) if part]
                return ", ".join(said) or self.tr("all")
            case 2:
                return " / ".join(one.annotators) if one.annotators else self.tr("all pairs together")
            case 3:
                return self.tr("not defined") if one.value is None else f"{one.value:.3f}"
            case 4:
                return "" if one.low is None or one.high is None else f"{one.low:.2f} – {one.high:.2f}"
            case _:
                return str(one.n)


class AgreementPanel(QWidget):
    """Figures at the left, what is behind the one chosen at the right.

    Signals:
        placeWanted(str, str, object): an article's id, an attribution's id in it, the span to show.
    """

    placeWanted = Signal(str, str, object)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._jobs = jobs
        self._found: Agreement | None = None
        self._story: str | None = None
        self.model = FiguresModel(self)
        self._whole = QComboBox(self)
        self._whole.setAccessibleName(self.tr("Articles that are measured"))
        self._whole.addItem(self.tr("This story"), "story")
        self._whole.addItem(self.tr("All articles"), "all")
        self._finished = QCheckBox(self.tr("Only finished"), self)
        self._detail = QComboBox(self)
        self._detail.setAccessibleName(self.tr("Which figures are listed"))
        for label, value in (
            (self.tr("All together"), "all"),
            (self.tr("Each pair"), "pairs"),
            (self.tr("Each kind"), "kinds"),
        ):
            self._detail.addItem(label, value)
        self._detail.currentIndexChanged.connect(self._list)
        measure = QPushButton(self.tr("Measure"), self)
        measure.clicked.connect(self.measure)
        save = QPushButton(self.tr("Save as CSV…"), self)
        save.clicked.connect(self._save)
        picture = QPushButton(self.tr("Save picture…"), self)
        picture.clicked.connect(self._save_picture)
        self.table = QTableView(self)
        self.table.setAccessibleName(self.tr("Agreement"))
        self.table.setModel(self.model)
        make_plain(self.table)
        SharedWidth(self.table, self.table.horizontalHeader(), _SHARES, MEASURE)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._chosen(now.row()))
        self._empty = EmptyWords(self.table, self.tr("No figures yet"))
        self._empty.say(self.tr("“Measure” works out how far the annotators agree."))
        self.heat = HeatMap(self.tr("Agreement between pairs"), self)
        self.places = QListWidget(self)
        self.places.setAccessibleName(self.tr("Where they disagree"))
        self.places.itemActivated.connect(self._jump)
        self.places.itemClicked.connect(self._jump)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.heat)
        scroll.setAccessibleName(self.tr("Picture of the figure"))
        right = QSplitter(Qt.Orientation.Vertical, self)
        right.addWidget(scroll)
        right.addWidget(self.places)
        right.setSizes([150, 150])
        both = QSplitter(Qt.Orientation.Horizontal, self)
        both.addWidget(self.table)
        both.addWidget(right)
        both.setSizes([640, 420])
        row = QHBoxLayout()
        row.setContentsMargins(8, 6, 8, 0)
        for widget in (measure, self._whole, self._finished, self._detail):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(save)
        row.addWidget(picture)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(row)
        box.addWidget(both, 1)

    def set_story(self, story_id: str) -> None:
        """Measure the articles of this story, unless all are wanted."""
        self._story = story_id

    def measure(self) -> None:
        """Work the figures out, in the worker."""
        project = self._session.project
        story = self._story or "" if self._whole.currentData() == "story" else ""
        finished = self._finished.isChecked()

        def work(_job: Job) -> Agreement:
            return agree(project, story=story, finished=finished)

        def then(found: Agreement) -> None:
            if self._session.workspace is project:
                self._found = found
                self._list()

        self._jobs.run(self.tr("Measuring agreement"), work, then, stoppable=False)

    def _list(self) -> None:
        if self._found is None:
            return
        detail = self._detail.currentData()
        rows = [
            one
            for one in self._found.figures
            if one.article is None
            and (one.annotators is not None) == (detail == "pairs")
            and (detail == "kinds" or one.kind is None)
        ]
        self.model.show(rows)
        self._empty.say("" if rows else self.tr("There is no such figure."))
        if rows:
            self.table.selectRow(0)

    def _chosen(self, row: int) -> None:
        if self._found is None or not 0 <= row < self.model.rowCount():
            return
        figure = self.model.figure(row)
        self._draw(figure)
        self.places.clear()
        read: dict[str, tuple[str, str]] = {}
        for at, place in enumerate(self._found.disagreements(figure)):
            if at >= _MOST_PLACES:
                self.places.addItem(self.tr("… and more; the CSV has all."))
                break
            self._add_place(place, read)
        if not self.places.count():
            self.places.addItem(self.tr("No disagreement stands behind this figure."))

    def _add_place(self, place: Disagreement, read: dict[str, tuple[str, str]]) -> None:
        project = self._session.project
        if place.article_id not in read:
            article = project.reading.get(Article, place.article_id)
            read[place.article_id] = (
                (project.outlet_name(article), project.text(article)) if article is not None else ("", "")
            )
        outlet, text = read[place.article_id]
        said = []
        for hand in place.annotators:
            if hand in place.values:
                said.append(f"{hand}: {place.values[hand] or self.tr('nothing')}")
            else:
                parts = place.spans.get(hand, ())
                said.append(f"{hand}: {_short(words(parts, text)) or self.tr('nothing')}")
        item = QListWidgetItem(f"{outlet} · " + " · ".join(said).replace("_", " "))
        item.setData(_Role.UserRole, place)
        self.places.addItem(item)

    def _draw(self, figure: Figure) -> None:
        """Between pairs, as a grid; what is confused with what, for measures of labels."""
        assert self._found is not None
        if figure.measure.startswith(("kind_", "feature_")):
            confused: Counter[tuple[str, str]] = Counter()
            for place in self._found.disagreements(figure):
                said = [str(place.values.get(hand) or "–").replace("_", " ") for hand in place.annotators]
                confused.update((one, other) for one in said for other in said if one < other)
            rows = sorted({one for one, _ in confused})
            columns = sorted({other for _, other in confused})
            values = {pair: float(count) for pair, count in confused.items()}
            self.heat.show_values(rows, columns, values, "{:.0f}")
            return
        names = list(self._found.annotators)
        values = {}
        for one in self._found.figures:
            if (
                (one.measure, one.role, one.kind, one.feature, one.article)
                == (figure.measure, figure.role, figure.kind, figure.feature, None)
                and one.annotators is not None
                and one.value is not None
            ):
                left, right = one.annotators
                values[left, right] = one.value
                values.setdefault((right, left), one.value)
        if not values and len(names) == 2 and figure.value is not None:
            values = {(names[0], names[1]): figure.value, (names[1], names[0]): figure.value}
        self.heat.show_values(names, names, values)

    def _jump(self, item: QListWidgetItem) -> None:
        place = item.data(_Role.UserRole)
        if not isinstance(place, Disagreement):
            return
        ids = [one for own in place.attributions.values() for one in own]
        spans: list[Span] = [part for parts in place.spans.values() for part in parts]
        self.placeWanted.emit(place.article_id, ids[0] if ids else "", spans[0] if spans else None)

    def _save(self) -> None:
        if self._found is None:
            self.measure()
            return
        place, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save figures"), "agreement.csv", self.tr("Table (*.csv)")
        )
        if place:
            write_csv(as_csv(self._found), Path(place))
            self._session.notice.emit(self.tr("The figures are in {0}.").format(place))

    def _save_picture(self) -> None:
        place, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save picture"), "agreement.png", self.tr("Picture (*.png)")
        )
        if place and self.heat.save(Path(place)):
            self._session.notice.emit(self.tr("The picture is in {0}.").format(place))


def _short(said: str) -> str:
    flat = " ".join(said.split())
    return flat if len(flat) <= _LONGEST else flat[:_LONGEST] + "…"
