"""The hits as a table, each in its context, with what the annotator in hand has at the place."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from annotator.core.annotation_sets import FINISHED, AnnotationSet
from annotator.core.annotators import Annotator
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.changes import ChangeSet
from annotator.core.spans import Span
from annotator.qt.support.icons import swatch
from annotator.qt.support.session import Session
from annotator.workspace.concordance import Line, Standing, standing_places

Index = QModelIndex | QPersistentModelIndex
STATE, LEFT, WORDS, RIGHT, OUTLET = range(5)
_ROLE = Qt.ItemDataRole
LEFTWARD_ROLE = Qt.ItemDataRole.UserRole
"""Whether a hit is read from right to left: what is before it then stands to its right."""


class HitsModel(QAbstractTableModel):
    """One row a hit. The lines come ready from the worker; nothing is read from the store to show them.

    Signals:
        chosenChanged(): other rows are checked.
    """

    chosenChanged = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[Line] = []
        self._checked: set[int] | None = None
        self._article_of_set: dict[str, str] = {}
        self._finished: set[str] = set()
        self._standing: dict[tuple[str, Span], dict[str, Standing]] = {}
        self._dark = False
        session.changed.connect(self._hear)

    def clear(self, *, checkable: bool) -> None:
        """Begin anew; rows have boxes to check, or none."""
        self.beginResetModel()
        self._rows = []
        self._checked = set() if checkable else None
        self._article_of_set.clear()
        self._finished.clear()
        self._standing.clear()
        self.endResetModel()

    def add(self, lines: Sequence[Line], wanted: Callable[[Line], bool]) -> None:
        """Add rows at the end; of rows with boxes, those that are wanted are checked."""
        if not lines:
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(lines) - 1)
        for at, line in enumerate(lines, first):
            self._rows.append(line)
            if line.set_id is not None:
                self._article_of_set[line.set_id] = line.hit.article_id
                if line.finished:
                    self._finished.add(line.hit.article_id)
            if not line.hit.attribution_id:
                self._standing.setdefault((line.hit.article_id, line.hit.span), {}).update(
                    (one.attribution_id, one) for one in line.standing
                )
            if self._checked is not None and not line.finished and wanted(line):
                self._checked.add(at)
        self.endInsertRows()
        self.chosenChanged.emit()

    def set_dark(self, *, dark: bool) -> None:
        """Draw the kinds' signs for a dark or a light ground."""
        self._dark = dark
        self._touch(range(len(self._rows)))

    def line(self, at: int) -> Line:
        """What stands in a row."""
        return self._rows[at]

    def lines(self, rows: Iterable[int]) -> list[Line]:
        """What stands in some rows."""
        return [self._rows[at] for at in rows]

    @property
    def checkable(self) -> bool:
        """Whether rows have boxes to check."""
        return self._checked is not None

    def checked(self) -> list[int]:
        """The rows that are checked, in order."""
        return sorted(self._checked or ())

    def check(self, rows: Iterable[int], *, on: bool) -> None:
        """Check rows, or take the check away; rows of finished articles stay unchecked."""
        if self._checked is None:
            return
        some = [at for at in rows if not (on and self.is_finished(at))]
        if on:
            self._checked.update(some)
        else:
            self._checked.difference_update(some)
        self._touch(some)
        self.chosenChanged.emit()

    def is_finished(self, at: int) -> bool:
        """Whether the annotator has declared the article of this row finished."""
        return self._rows[at].hit.article_id in self._finished

    def standing(self, at: int) -> list[Standing]:
        """What the annotator has at exactly this place."""
        line = self._rows[at]
        if line.hit.attribution_id:
            return list(line.standing)
        return list(self._standing.get((line.hit.article_id, line.hit.span), {}).values())

    def _touch(self, rows: Iterable[int]) -> None:
        found = list(rows)
        if found:
            self.dataChanged.emit(self.index(min(found), 0), self.index(max(found), OUTLET))

    def _hear(self, news: ChangeSet) -> None:
        if not self._rows:
            return
        for change in news.of(AnnotationSet):
            own = change.thing
            if isinstance(own, AnnotationSet) and self._is_mine(own):
                self._article_of_set[own.id] = own.article_id
                done = change.after is not None and own.status == FINISHED
                (self._finished.add if done else self._finished.discard)(own.article_id)
        touched = False
        by_id: dict[str, Attribution | None] = {}
        for change in news.of(Attribution):
            touched = True
            for mark, there in ((change.before, False), (change.after, True)):
                if isinstance(mark, Attribution):
                    self._note(mark, there=there)
            by_id[change.thing.id] = change.after if isinstance(change.after, Attribution) else None
        gone = {change.thing.id for change in news.of(Article) if change.after is None}
        if gone:
            self._drop(gone)
        if by_id and any(line.hit.attribution_id for line in self._rows[:1]):
            self._follow(by_id)
        if touched or any(True for _ in news.of(AnnotationSet)):
            self._touch((0, len(self._rows) - 1) if self._rows else ())

    def _is_mine(self, own: AnnotationSet) -> bool:
        hand = self._session.project.registry.get(Annotator, own.annotator_id)
        return hand is not None and hand.name == self._session.annotator

    def _note(self, mark: Attribution, *, there: bool) -> None:
        article_id = self._article_of_set.get(mark.set_id)
        if article_id is None:
            return
        for role, span in standing_places(mark):
            at_place = self._standing.setdefault((article_id, span), {})
            if there:
                at_place[mark.id] = Standing(mark.id, role, mark.kind)
            else:
                at_place.pop(mark.id, None)

    def _follow(self, changed: dict[str, Attribution | None]) -> None:
        """Rows that stand for attributions show their kinds of now."""
        for at, line in enumerate(self._rows):
            if line.hit.attribution_id in changed:
                mark = changed[line.hit.attribution_id]
                standing = (Standing(mark.id, "content", mark.kind),) if mark is not None else ()
                self._rows[at] = replace(line, standing=standing)

    def _drop(self, gone: set[str]) -> None:
        """Leave out the rows of articles that are no more."""
        kept = [at for at, line in enumerate(self._rows) if line.hit.article_id not in gone]
        if len(kept) == len(self._rows):
            return
        self.beginResetModel()
        if self._checked is not None:
            self._checked = {new for new, at in enumerate(kept) if at in self._checked}
        self._rows = [self._rows[at] for at in kept]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own signature
        return 0 if parent.isValid() else OUTLET + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        boxed = self._checked is not None and index.isValid() and index.column() == STATE
        if boxed and not self.is_finished(index.row()):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(self, index: Index, value: Any, role: int = _ROLE.EditRole) -> bool:
        if role != _ROLE.CheckStateRole or not index.isValid() or self._checked is None:
            return False
        self.check([index.row()], on=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _ROLE.DisplayRole:
            return [
                self.tr("Tagged"),
                self.tr("Before"),
                self.tr("Words"),
                self.tr("After"),
                self.tr("Outlet"),
            ][section]
        if role == _ROLE.TextAlignmentRole and section == LEFT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        if not index.isValid():
            return None
        at, column = index.row(), index.column()
        line = self._rows[at]
        if column == STATE:
            return self._state(at, role)
        if role == LEFTWARD_ROLE:
            return _is_leftward(line.words)
        if role == _ROLE.DisplayRole:
            around = (line.right, line.left) if _is_leftward(line.words) else (line.left, line.right)
            return {LEFT: around[0], WORDS: line.words, RIGHT: around[1], OUTLET: line.outlet}[column]
        if role == _ROLE.ToolTipRole:
            if column == OUTLET:
                return " – ".join(part for part in (line.outlet, line.title) if part)
            return f"… {line.left[-60:]}{line.words}{line.right[:60]} …"
        return None

    def _state(self, at: int, role: int) -> Any:
        if role == _ROLE.CheckStateRole and self._checked is not None:
            if self.is_finished(at):
                return None
            return Qt.CheckState.Checked if at in self._checked else Qt.CheckState.Unchecked
        standing = self.standing(at)
        scheme = self._session.project.scheme
        if role == _ROLE.DecorationRole and standing:
            kind = scheme.kind(standing[0].kind)
            return swatch(kind.colour_dark if self._dark else kind.colour, kind.glyph) if kind else None
        if role == _ROLE.DisplayRole and self.is_finished(at):
            return "✓"
        if role in (_ROLE.ToolTipRole, _ROLE.AccessibleTextRole):
            names = [
                kind.name if (kind := scheme.kind(one.kind)) else self.tr("No kind yet") for one in standing
            ]
            if self.is_finished(at):
                names.append(self.tr("this article is finished"))
            return ", ".join(names) or self.tr("not tagged")
        return None


def _is_leftward(words: str) -> bool:
    """Whether the first letter that has a direction is of a script written from right to left."""
    directions = (unicodedata.bidirectional(one) for one in words)
    return next((one for one in directions if one in ("L", "R", "AL")), "L") != "L"
