"""Play an annotation back through the window, gesture by gesture, and count the gestures."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.attributions import POLARITIES, TYPES, Attribution
from annotator.core.records import AttributionRecord
from annotator.core.spans import Span
from annotator.qt.attributions.fields import Line
from annotator.qt.main_window.window import MainWindow
from tests.journeys.driving import point_at

ALT, NONE, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
KEY_OF_ROLE = {
    "content": Qt.Key.Key_X,
    "source": Qt.Key.Key_S,
    "cue": Qt.Key.Key_C,
    "via": Qt.Key.Key_W,
    "recipient": Qt.Key.Key_O,
}


@dataclass
class Player:
    """A pair of hands in one article of a window; with_mouse chooses how words are selected."""

    window: MainWindow
    article_id: str
    with_mouse: bool = True
    gestures: int = 0
    made: dict[str, str] = field(default_factory=dict)

    def select(self, span: Span) -> None:
        """Select words; where they do not end at word boundaries, with Alt held."""
        view = self.window.desk.panels[self.article_id].view
        self.gestures += 1
        if self.with_mouse:
            self._drag(span, NONE)
            if view.selection() != span:
                self._drag(span, ALT)
        else:
            view.set_caret(span.start)
            text = view.text()
            units = 0
            while view.selection(snap=False) != span and units < 2 * len(span) + 4:
                QTest.keyClick(view, Qt.Key.Key_Right, SHIFT)
                units += 1
            if view.selection() != span:
                view.select(span)
            assert text[span.start : span.end]
        assert view.selection() == span, (view.selection(), span)

    def _drag(self, span: Span, held: Qt.KeyboardModifier) -> None:
        panel = self.window.desk.panels[self.article_id]
        panel.view.show_span(Span(span.end - 1, span.end))
        panel.view.show_span(Span(span.start, span.start + 1))
        QApplication.processEvents()
        viewport = panel.view.viewport()
        left = Qt.MouseButton.LeftButton
        start = point_at(panel, span.start)
        QTest.mousePress(viewport, left, held, start)
        end = point_at(panel, span.end)
        QTest.mouseMove(viewport, (start + end) / 2)
        QTest.mouseMove(viewport, end)
        QTest.mouseRelease(viewport, left, held, end)

    def key(self, key: Qt.Key) -> None:
        """Press a key in the article."""
        self.gestures += 1
        QTest.keyClick(self.window.desk.panels[self.article_id].view, key)

    def field(self, line: Line, words: str) -> None:
        """Fill in a field of the form."""
        self.gestures += 2
        line.setFocus()
        line.selectAll()
        # As if pasted: a list of names that pops up needs a window system to take the keyboard.
        line.setText(words)
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.window.desk.focus(self.article_id)

    def current(self) -> Attribution:
        """The attribution in hand."""
        mark = self.window.session.attribution()
        assert mark is not None
        return mark

    def play(self, model: AttributionRecord) -> Attribution:
        """Make an attribution as the model says."""
        session = self.window.session
        session.set_current(None)
        scheme = session.project.scheme
        kind = scheme.kind(model.kind)
        first, *more = model.content or model.cue or model.source
        self.select(first)
        assert kind is not None
        if model.content:
            self.key(getattr(Qt.Key, f"Key_{kind.key}"))
        for part in more:
            self.select(part)
            self.key(KEY_OF_ROLE["content"])
        for role, parts in (
            ("source", model.source),
            ("cue", model.cue),
            ("via", model.via_span),
            ("recipient", model.recipient),
        ):
            for part in parts:
                self.select(part)
                self.key(KEY_OF_ROLE[role])
        self._features(model)
        self._chain(model)
        self.made[model.id or ""] = self.current().id
        return self.current()

    def _features(self, model: AttributionRecord) -> None:
        form = self.window.inspector
        while self.current().type != model.type:
            assert model.type in TYPES
            self.key(Qt.Key.Key_T)
        while self.current().polarity != model.polarity:
            assert model.polarity in POLARITIES
            self.key(Qt.Key.Key_P)
        for wanted, name, key in (
            (model.hedge, "hedge", Qt.Key.Key_H),
            (model.implicit_source, "implicit_source", Qt.Key.Key_I),
            (model.self_citation, "self_citation", Qt.Key.Key_U),
        ):
            if getattr(self.current(), name) != wanted:
                self.key(key)
        registry = self.window.session.project.registry
        if (model.source_name or "") != registry.source_name(self.current()):
            self.field(form.source, model.source_name or "")
        if (model.via or "") != registry.via_name(self.current()):
            self.field(form.via, model.via or "")
        if (self.current().medium or "") != (model.medium or ""):
            self.field(form.medium, model.medium or "")
        if model.grounds:
            self.field(form.grounds, model.grounds)
        if model.claims:
            self.field(form.claims, ", ".join(model.claims))

    def _chain(self, model: AttributionRecord) -> None:
        wanted = self.made.get(model.parent or "")
        if self.current().parent == wanted:
            return
        if self.current().parent is not None:
            self.key(Qt.Key.Key_V)
        if wanted is not None:
            self.key(Qt.Key.Key_V)
        if self.current().parent != wanted:
            self.gestures += 2
            box = self.window.inspector.parent_mark
            box.gather()
            box.activated.emit(next(at for at, (one, _) in enumerate(box.offered()) if one == wanted))
