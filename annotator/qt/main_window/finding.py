"""What the keys for searching the project and for tagging all occurrences do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from annotator.core.attributions import Attribution
from annotator.core.errors import BrokenLaw
from annotator.core.searching import Hit
from annotator.core.spans import Span
from annotator.qt.article.panel import ArticlePanel
from annotator.qt.concordance.panel import ConcordancePanel
from annotator.qt.desk.desk import Desk
from annotator.qt.main_window.gestures import Gestures
from annotator.qt.support.actions import Actions
from annotator.qt.support.session import Session

_LONGEST = 200
"""Longer words than these are not looked for: no other text has them."""


class Finding(QObject):
    """Connects the concordance with the desk."""

    def __init__(
        self,
        session: Session,
        desk: Desk,
        actions: Actions,
        gestures: Gestures,
        panel: ConcordancePanel,
        show: Callable[[], None],
        window: QWidget,
    ) -> None:
        """`show` brings the panel to the front."""
        super().__init__(window)
        self._session = session
        self._desk = desk
        self._gestures = gestures
        self._panel = panel
        self._show = show
        actions.on("text.concordance", self.search)
        actions.on("mark.occurrences", self.occurrences)
        panel.jumpWanted.connect(self.jump)
        gestures.elsewhere = self._tag_hits

    def search(self) -> None:
        """Open the concordance; the selected words to begin with."""
        self._show()
        column = self._desk.panel()
        span = column.view.selection() if column is not None else None
        words = ""
        if column is not None and span is not None and len(span) <= _LONGEST and column.view.hasFocus():
            words = " ".join(span.text(column.opened().text).split())
        self._panel.search(words)

    def occurrences(self) -> None:
        """Show everywhere the selected words stand, or those of the attribution in hand."""
        column = self._desk.panel()
        if column is None:
            raise BrokenLaw("No article is open. Choose one at the left, or import some (Ctrl+I).")
        mark = self._session.attribution()
        here = mark if mark is not None and mark.id in column.opened().marks else None
        span, role = self._what(column, here)
        words = span.text(column.opened().text)
        if len(words) > _LONGEST:
            raise BrokenLaw("These words are too long to stand anywhere else. Select fewer.")
        kind = here.kind if here is not None else self._gestures.last_kind
        self._show()
        self._panel.preview(words, kind, role, here.source_id if here is not None else None)

    def _what(self, column: ArticlePanel, mark: Attribution | None) -> tuple[Span, str]:
        span = column.view.selection()
        if span is not None:
            roles = [role for role, parts in mark.all_spans() if span in parts] if mark is not None else []
            return span, roles[0] if roles else "content"
        if mark is not None:
            for role in ("content", "source", "cue"):
                parts = mark.spans(role)
                if len(parts) == 1 and len(parts[0]) <= _LONGEST:
                    return parts[0], role
        raise BrokenLaw("Select words first, or choose an attribution; then all their occurrences are shown.")

    def jump(self, hit: object, take_keyboard: bool) -> None:
        """Show a hit in its article, which is opened if need be."""
        if not isinstance(hit, Hit):
            return
        self._gestures.open_article(hit.article_id)
        column = self._desk.panels.get(hit.article_id)
        if column is None:
            self._session.notice.emit(self.tr("This article is not in the project any more."))
            return
        if hit.attribution_id and hit.attribution_id in column.opened().marks:
            self._session.set_current((hit.article_id, hit.attribution_id))
        self._desk.show_place(hit.article_id, hit.span)
        if take_keyboard:
            column.view.select(hit.span)
        else:
            self._panel.table.setFocus(Qt.FocusReason.OtherFocusReason)
        column.view.flash(hit.span)

    def _tag_hits(self, kind: str) -> bool:
        """Tag the hits, when they have the keyboard."""
        if not self._panel.takes_keys():
            return False
        self._panel.tag(kind)
        return True
