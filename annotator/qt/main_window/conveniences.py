"""The command palette, preferences, help, context menus, and articles from the clipboard."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from annotator import __version__
from annotator.core.errors import BadInput
from annotator.core.records import Record
from annotator.qt.attributions.panel import AttributionsPanel
from annotator.qt.desk.desk import Desk
from annotator.qt.dialogs.command_palette import CommandPalette
from annotator.qt.dialogs.keys import KeysDialog
from annotator.qt.dialogs.page import PageDialog
from annotator.qt.dialogs.preferences import PreferencesDialog
from annotator.qt.main_window.exchanges import Exchanges
from annotator.qt.main_window.look import Look
from annotator.qt.support.actions import Actions
from annotator.qt.support.session import Session
from annotator.workspace.settings import Settings

_ON_SELECTION = ("role.source", "role.cue", "role.content", "role.via", "role.recipient")
_ON_MARK = (
    "mark.edit",
    "mark.split",
    "mark.join",
    "mark.nest",
    "claim.link",
    "source.link",
    "source.new",
    "mark.same_source",
    "mark.comment",
    "mark.remove",
)


class Conveniences(QObject):
    """Whatever makes the window easier to learn and to bend to one's habits."""

    def __init__(
        self,
        session: Session,
        settings: Settings,
        actions: Actions,
        look: Look,
        exchanges: Exchanges,
        desk: Desk,
        rows: AttributionsPanel,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._actions = actions
        self._look = look
        self._exchanges = exchanges
        self._window = window
        self.palette = CommandPalette(actions, window, lambda: list(settings.get("recent_actions")))
        self.palette.used.connect(lambda ids: settings.set("recent_actions", ids))
        self._desk = desk
        self._list = rows
        actions.on("view.dim", self._dim)
        rows.filtered.connect(self._dim)
        for action_id, do in {
            "palette.open": lambda: self.palette.open_over(window),
            "window.preferences": self._show_preferences,
            "articles.paste": self.paste,
            "help.keys": lambda: KeysDialog(actions, window).show(),
            "help.about": self._about,
        }.items():
            actions.on(action_id, do)

    def _dim(self) -> None:
        """Let what the list filters out step back in the articles, if that is wished."""
        wished = self._actions["view.dim"].isChecked()
        self._desk.set_dimmed(self._list.left_out() if wished else frozenset())

    def preferences(self) -> PreferencesDialog:
        """Show what can be set."""
        dialog = PreferencesDialog(self._settings, self._actions, self._window)
        dialog.changed.connect(self._changed)
        dialog.show()
        return dialog

    def _show_preferences(self) -> None:
        self.preferences()

    def _changed(self, name: str) -> None:
        if name == "theme":
            self._look.choose(str(self._settings.get("theme")))
        else:
            self._look.dress()

    def paste(self) -> None:
        """Make an article of the text on the clipboard, in the story at hand."""
        words = QGuiApplication.clipboard().text()
        if not words.strip():
            raise BadInput("There is no text on the clipboard.")
        self.take_text(words)

    def take_text(self, words: str) -> None:
        """Make an article of a text that was pasted or dropped."""
        opened = next(iter(self._session.open.values()), None)
        stories = {one.id: one.name for one in self._session.project.stories()}
        story = stories.get(opened.article.story_id, "") if opened is not None else ""
        made = self._exchanges.take_record(
            Record(text=words, story=story or self.tr("Untitled story"), where="clipboard")
        )
        self._desk.focus(made)

    def menu(self, selected: bool) -> QMenu:
        """What can be done at a place in an article: with the selection, with the attribution there."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if selected:
            for kind in self._session.project.scheme.kinds:
                menu.addAction(self._actions[f"kind.{kind.id}"])
            menu.addSeparator()
            known = {f"role.{role.id}" for role in self._session.project.scheme.roles}
            for action_id in _ON_SELECTION:
                if action_id in known:
                    menu.addAction(self._actions[action_id])
            menu.addSeparator()
        if self._session.attribution() is not None:
            for action_id in _ON_MARK:
                menu.addAction(self._actions[action_id])
        elif self._session.suggestion() is not None:
            menu.addAction(self._actions["suggest.take"])
            menu.addAction(self._actions["suggest.reject"])
        elif not selected:
            menu.addAction(self._actions["text.find"])
            menu.addAction(self._actions["article.finish"])
        return menu

    def show_menu(self, selected: bool, where: QPoint) -> None:
        """Show the context menu at a point of the screen."""
        self.menu(selected).popup(where)

    def _about(self) -> None:
        words = self.tr(
            "Annotator {0}\n\nMark who said what in news text, review it together, train on it.\n\nApache License 2.0"
        )
        PageDialog(self.tr("About Annotator"), words.format(__version__), self._window).show()
