"""The form of the attribution in hand: every field, each change at once on disk."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.core.annotators import GOLD, Annotator
from annotator.core.attributions import POLARITIES, QUOTES, TYPES, Attribution
from annotator.core.changes import ChangeSet
from annotator.core.claims import Claim
from annotator.core.errors import BrokenLaw
from annotator.core.outlets import Outlet
from annotator.core.sources import Source
from annotator.core.spans import words
from annotator.qt.attributions.article_form import ArticleForm
from annotator.qt.attributions.comments_box import CommentsBox
from annotator.qt.attributions.fields import Choice, Flag, FreeChoice, LateChoice, Line, Names, NoteBox
from annotator.qt.attributions.role_list import RoleList
from annotator.qt.attributions.source_field import SourceField
from annotator.qt.support.session import OpenArticle, Session
from annotator.workspace.commands.attributions import ChangeFields, NameSource, NameVia, Nest
from annotator.workspace.commands.claims import NameClaims

_LEAST = 268
"""Pixels in which every field of the form can be read; it is never cut off at its side."""


class Inspector(QWidget):
    """What is known of the attribution in hand, to read and to change.

    Signals:
        placeWanted(str, object): an article's id and a span in it to show.
        fragmentUnwanted(str, object): a role and the fragment to take away from it.
        sourceWanted(): show all about the source.
    """

    placeWanted = Signal(str, object)
    fragmentUnwanted = Signal(str, object)
    sourceWanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: Attribution | None = None
        self._empty = QLabel(self)
        self._empty.setProperty("role", "empty")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setAccessibleName(self.tr("How to mark"))
        self._make_fields()
        self.roles = RoleList(self)
        self.roles.placeWanted.connect(self._place_wanted)
        self.roles.fragmentUnwanted.connect(self.fragmentUnwanted)
        self.comments = CommentsBox(session, self)
        page = QFrame(self)
        box = QVBoxLayout(page)
        box.setContentsMargins(14, 10, 14, 14)
        box.setSpacing(12)
        box.addWidget(self.roles)
        box.addLayout(self._form())
        box.addWidget(self.comments)
        box.addStretch(1)
        self.setMinimumWidth(_LEAST)
        self._scroll = QScrollArea(self)
        self._scroll.setAccessibleName(self.tr("Attribution"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(page)
        self._stack = QStackedLayout(self)
        nothing = QWidget(self)
        rest = QVBoxLayout(nothing)
        rest.setContentsMargins(0, 0, 0, 0)
        rest.addWidget(self._empty)
        self.article = ArticleForm(session, nothing)
        rest.addWidget(self.article)
        rest.addStretch(1)
        self._nothing = QScrollArea(self)
        self._nothing.setAccessibleName(self.tr("Article and how to mark"))
        self._nothing.setWidgetResizable(True)
        self._nothing.setFrameShape(QFrame.Shape.NoFrame)
        self._nothing.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing.setWidget(nothing)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._scroll)
        self.setFocusProxy(self.kind)
        session.projectChanged.connect(self.show_current)
        session.currentChanged.connect(self.show_current)
        session.articlesChanged.connect(self.show_current)
        session.handChanged.connect(self.show_current)
        session.changed.connect(self._hear)
        self.show_current()

    def _make_fields(self) -> None:
        self.kind = Choice(self.tr("Kind"), self)
        self.kind.chosen.connect(lambda value: self._set("kind", value))
        self.source = SourceField(self.tr("Source"), self.tr("Who it is"), self)
        self.source.entered.connect(self._name_source)
        self.via = FreeChoice(self.tr("Via"), self.tr("Outlet in between"), self)
        self.via.entered.connect(self._name_via)
        self.medium = FreeChoice(self.tr("Medium"), self.tr("Interview, X, report …"), self)
        self.medium.entered.connect(lambda value: self._set("medium", value or None))
        self.parent_mark = LateChoice(self.tr("Stands in"), self)
        self.parent_mark.chosen.connect(self._nest)
        self.claims = Names(self.tr("Claims"), self.tr("Names, with commas"), self)
        self.claims.entered.connect(self._name_claims)
        self.type = Choice(self.tr("Type"), self)
        self.type.chosen.connect(lambda value: self._set("type", value))
        self.polarity = Choice(self.tr("Polarity"), self)
        self.polarity.chosen.connect(lambda value: self._set("polarity", value))
        self.quote = Choice(self.tr("Quotation"), self)
        self.quote.chosen.connect(lambda value: self._set("quote", value))
        self.grounds = Line(self.tr("Grounds"), self.tr("Why it is not named"), self)
        self.grounds.entered.connect(lambda value: self._set("grounds", value or None))
        self.hedge = Flag(self.tr("Hedged"), self.tr("reportedly, alleged"), self)
        self.hedge.chosen.connect(lambda value: self._set("hedge", value))
        self.implicit = Flag(self.tr("Source not named"), self.tr("the text leaves it out"), self)
        self.implicit.chosen.connect(lambda value: self._set("implicit_source", value))
        self.self_citation = Flag(
            self.tr("Outlet names itself"), self.tr("does not count as a second outlet"), self
        )
        self.self_citation.chosen.connect(lambda value: self._set("self_citation", value))
        self.note = NoteBox(self.tr("Note"), self)
        self.note.entered.connect(lambda value: self._set("note", value))
        self.type.offer([(one, self._word(one)) for one in TYPES])
        self.polarity.offer([(one, self._word(one)) for one in POLARITIES])
        self.quote.offer([(None, "–"), *((one, self._word(one)) for one in QUOTES)])

    def _word(self, value: str) -> str:
        return {
            "statement": self.tr("Statement"),
            "attitude": self.tr("Attitude"),
            "document": self.tr("Document"),
            "positive": self.tr("Affirmed"),
            "negative": self.tr("Negated"),
            "denial": self.tr("Denied"),
            "no_comment": self.tr("No comment"),
            "direct": self.tr("Direct"),
            "mixed": self.tr("Mixed"),
            "indirect": self.tr("Indirect"),
        }[value]

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for field in (
            self.kind,
            self.source,
            self.via,
            self.medium,
            self.parent_mark,
            self.claims,
            self.type,
            self.quote,
            self.polarity,
            self.grounds,
        ):
            label = QLabel(field.title, self)
            label.setProperty("role", "muted")
            label.setBuddy(field)
            form.addRow(label, self._with_details(field) if field is self.source else field)
        for flag in (self.hedge, self.implicit, self.self_citation):
            form.addRow("", flag)
        label = QLabel(self.note.title, self)
        label.setProperty("role", "muted")
        label.setBuddy(self.note)
        form.addRow(label, self.note)
        return form

    def _with_details(self, field: QWidget) -> QHBoxLayout:
        details = QToolButton(self)
        details.setObjectName("narrow")
        details.setText("…")
        details.setAccessibleName(self.tr("Details of the source"))
        details.setToolTip(self.tr("All that is known of this source, and its mentions (Ctrl+R)"))
        details.clicked.connect(self.sourceWanted)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(field, 1)
        row.addWidget(details)
        return row

    def show_current(self) -> None:
        """Fill the form from the attribution in hand."""
        mark = self._session.attribution()
        self._shown = mark
        if mark is None or self._session.workspace is None:
            self._empty.setText(self._hint())
            self._stack.setCurrentWidget(self._nothing)
            return
        self._stack.setCurrentWidget(self._scroll)
        project = self._session.project
        registry = project.registry
        self.kind.offer(
            [
                (None, self.tr("No kind yet")),
                *(
                    (one.id, one.name)
                    for one in project.scheme.kinds
                    if not one.hidden or one.id == mark.kind
                ),
            ]
        )
        self.kind.show_value(mark.kind)
        self.source.offer([one.name for one in registry.every(Source)])
        self.source.show_value(registry.name(Source, mark.source_id))
        self.via.offer([one.name for one in registry.every(Outlet)])
        self.via.show_value(registry.name(Outlet, mark.via_id), inherited="via" in mark.inherited)
        feature = project.scheme.feature("medium")
        self.medium.offer(list(feature.values) if feature else [])
        self.medium.show_value(mark.medium or "", inherited="medium" in mark.inherited)
        self._show_parents(mark)
        opened = self._session.article_of(mark)
        if opened is not None:
            self.claims.offer([one.name for one in registry.claims_of(opened.article.story_id)])
            self.roles.show_mark(mark, opened.text, project.scheme)
        self.claims.show_value(", ".join(registry.names(Claim, mark.claims)))
        for field, value in (
            (self.type, mark.type),
            (self.polarity, mark.polarity),
            (self.quote, mark.quote),
        ):
            field.show_value(value)
        self.grounds.show_value(mark.grounds or "")
        self.hedge.show_value(mark.hedge)
        self.implicit.show_value(mark.implicit_source)
        self.self_citation.show_value(mark.self_citation)
        self.note.show_value(mark.note)
        self.comments.show_for(mark)

    def _show_parents(self, mark: Attribution) -> None:
        opened = self._session.article_of(mark)
        if opened is None:
            return
        outer = opened.marks.get(mark.parent or "")
        none: tuple[str | None, str] = (None, "–")
        self.parent_mark.offer_late(
            [none, _named(outer, opened)] if outer is not None else [none],
            lambda: [none, *(_named(one, opened) for one in opened.in_order() if one.id != mark.id)],
        )
        self.parent_mark.show_value(mark.parent)

    def _hint(self) -> str:
        if self._session.workspace is None:
            return self.tr("Opening…")
        if any(opened.marks for opened in self._session.open.values()):
            return self.tr("Click a mark, or press ] for the next one, to see and change all about it.")
        if not self._session.open:
            return self.tr("Once an article is open, all about the attribution in hand stands here.")
        scheme = self._session.workspace.scheme
        keys = ", ".join(one.key for one in scheme.kinds if one.key and not one.hidden)
        words = self.tr(
            "Nothing is marked here yet.\n\nSelect the words that are credited to someone and press the key of the "
            "kind of source ({0}). Then select the source and press S, the cue and press C."
        ).format(keys)
        gold = [one.name for one in self._session.workspace.registry.every(Annotator) if one.role == GOLD]
        if gold:
            words += "\n\n" + self.tr(
                "To see how a finished story looks, choose {0} under Annotator."
            ).format(gold[0])
        return words

    def _hear(self, news: ChangeSet) -> None:
        current = self._session.attribution()
        if current is None and self._shown is None:
            self._empty.setText(self._hint())
        elif current != self._shown or any(not isinstance(one.thing, Attribution) for one in news.changes):
            self.show_current()

    def _current(self) -> Attribution:
        mark = self._session.attribution()
        if mark is None:
            raise BrokenLaw("Choose an attribution first.")
        return mark

    def _set(self, name: str, value: object) -> None:
        mark = self._current()
        if getattr(mark, name) != value:
            self._do(lambda: self._session.execute(ChangeFields((mark.id,), {name: value})))

    def _name_source(self, name: str) -> None:
        mark = self._current()
        if name != self._session.project.registry.name(Source, mark.source_id):
            self._do(lambda: self._session.execute(NameSource((mark.id,), name)))

    def _name_via(self, name: str) -> None:
        mark = self._current()
        if name != self._session.project.registry.name(Outlet, mark.via_id):
            self._do(lambda: self._session.execute(NameVia((mark.id,), name)))

    def _name_claims(self, typed: str) -> None:
        mark = self._current()
        names = tuple(dict.fromkeys(part.strip() for part in typed.split(",") if part.strip()))
        if names != self._session.project.registry.names(Claim, mark.claims):
            self._do(lambda: self._session.execute(NameClaims(mark.id, names)))

    def _nest(self, parent: str | None) -> None:
        mark = self._current()
        if parent != mark.parent:
            self._do(lambda: self._session.execute(Nest(mark.id, parent)))

    def _do(self, deed: object) -> None:
        """Carry out a deed; when it is refused, the form shows again what is stored."""
        try:
            if callable(deed):
                deed()
        except BrokenLaw:
            self.show_current()
            raise

    def _place_wanted(self, span: object) -> None:
        if self._session.current is not None:
            self.placeWanted.emit(self._session.current[0], span)

    def comment(self) -> None:
        """Put the caret where a comment is written."""
        self.comments.begin()
        self._scroll.ensureWidgetVisible(self.comments)


def _named(mark: Attribution, opened: OpenArticle) -> tuple[str | None, str]:
    """An attribution as something to choose: its id, and the words that tell it from others."""
    said = words(mark.source or mark.cue or mark.content, opened.text)
    more = words(mark.content, opened.text)
    return mark.id, f"{said[:32]}: {more[:40]}".replace("\n", " ")
