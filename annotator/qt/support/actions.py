"""Every action of the window as Qt has it: one QAction an id, with the user's own keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from annotator.core.scheme import LabelScheme
from annotator.qt.support.action_table import TABLE, ActionSpec
from annotator.qt.support.icons import icon, swatch


def scheme_specs(scheme: LabelScheme) -> Iterator[ActionSpec]:
    """The actions that a label scheme adds: a key for each kind and each role."""
    for kind in scheme.kinds:
        keys = (kind.key,) if kind.key and not kind.hidden else ()
        yield ActionSpec(f"kind.{kind.id}", kind.name, keys, "Mark/Kind", tip=kind.description)
    for role in scheme.roles:
        keys = (role.key,) if role.key else ()
        yield ActionSpec(f"role.{role.id}", role.name, keys, "Mark/Role", role.id, role.description)


class Actions(QObject):
    """One QAction for each id, living on the window, with the user's own keys where there are any."""

    def __init__(self, window: QWidget, own_keys: Mapping[str, list[str]]) -> None:
        super().__init__(window)
        self._window = window
        self._own_keys = own_keys
        self._actions: dict[str, QAction] = {}
        self._specs: dict[str, ActionSpec] = {}
        self._deeds: dict[str, list[Callable[[], object]]] = {}
        self._groups: dict[str, Callable[[str], None]] = {}
        self.wake: Callable[[], None] | None = None
        """Called before an action for which nobody has come forward yet: what does it may still be asleep."""
        for spec in TABLE:
            self._make(spec)

    def _make(self, spec: ActionSpec) -> QAction:
        words = QCoreApplication.translate("Actions", spec.text)
        action = QAction(words, self._window)
        action.setObjectName(spec.id)
        action.setCheckable(spec.checkable)
        # A menu shows either a picture or whether something is on.
        action.setIconVisibleInMenu(not spec.checkable)
        keys = self._own_keys.get(spec.id, spec.keys)
        action.setShortcuts([QKeySequence(key) for key in keys])
        context = Qt.ShortcutContext
        action.setShortcutContext(context.WidgetShortcut if spec.in_article else context.WindowShortcut)
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        plain = words.rstrip("…")
        tip = QCoreApplication.translate("Actions", spec.tip) if spec.tip else ""
        action.setToolTip(
            " – ".join(part for part in (f"{plain} ({shown})" if shown else plain, tip) if part)
        )
        action.triggered.connect(lambda _checked=False: self._do(spec.id))
        if not spec.in_article:
            self._window.addAction(action)
        self._actions[spec.id] = action
        self._specs[spec.id] = spec
        return action

    def adopt(self, spec: ActionSpec, action: QAction) -> None:
        """Have an action in the list that Qt made, such as one that shows and hides a panel."""
        action.setObjectName(spec.id)
        self._actions[spec.id] = action
        self._specs[spec.id] = spec

    def keys(self, action_id: str) -> list[str]:
        """The keys of an action, as they are written."""
        native = QKeySequence.SequenceFormat.NativeText
        return [key.toString(native) for key in self._actions[action_id].shortcuts()]

    def who_has(self, key: str) -> str | None:
        """The action to which a key belongs, or None; those that decide in a review share theirs with marking."""
        wanted = QKeySequence(key)
        return next(
            (
                one
                for one, action in self._actions.items()
                if wanted in action.shortcuts() and not self._decides(one)
            ),
            None,
        )

    def _decides(self, action_id: str) -> bool:
        """Whether an action acts in a review alone, where nothing is marked."""
        spec = self._specs[action_id]
        return spec.menu == "Review" and spec.in_article

    def set_keys(self, action_id: str, keys: list[str] | None) -> None:
        """Give an action other keys; None: its usual ones."""
        wanted = self._specs[action_id].keys if keys is None else keys
        self._actions[action_id].setShortcuts([QKeySequence(key) for key in wanted])

    def set_scheme(self, scheme: LabelScheme) -> None:
        """Have the actions of this scheme's kinds and roles, and no other's."""
        for action_id in [one for one in self._actions if one.startswith(("kind.", "role."))]:
            action = self._actions.pop(action_id)
            self._specs.pop(action_id)
            self._window.removeAction(action)
            # It is gone only when Qt gets round to it; its key belongs to another one now.
            action.setShortcuts([])
            action.deleteLater()
        for spec in scheme_specs(scheme):
            self._make(spec)
        for kind in scheme.kinds:
            if kind.hidden:
                self._actions[f"kind.{kind.id}"].setVisible(False)
                self._actions[f"kind.{kind.id}"].setEnabled(False)

    def dress_kinds(self, scheme: LabelScheme, *, dark: bool) -> None:
        """Give the kinds' actions their signs, in the colours for a dark or a light ground."""
        for kind in scheme.kinds:
            self._actions[f"kind.{kind.id}"].setIcon(
                swatch(kind.colour_dark if dark else kind.colour, kind.glyph)
            )

    def set_ink(self, ink: str, muted: str) -> None:
        """Draw the icons in the theme's ink."""
        for action_id, spec in self._specs.items():
            if spec.icon:
                self._actions[action_id].setIcon(icon(spec.icon, ink, muted))

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def specs(self) -> list[ActionSpec]:
        """All actions there are now, in their order."""
        return list(self._specs.values())

    def on(self, action_id: str, do: Callable[[], object]) -> None:
        """Call this when the action is triggered."""
        self._deeds.setdefault(action_id, []).append(do)

    def on_each(self, group: str, do: Callable[[str], None]) -> None:
        """Call this with the rest of the id when an action whose id begins with the group and a point is triggered."""
        self._groups[group] = do

    def _do(self, action_id: str) -> None:
        group, _, rest = action_id.partition(".")
        if action_id not in self._deeds and group not in self._groups and self.wake is not None:
            self.wake()
        for do in self._deeds.get(action_id, ()):
            do()
        if group in self._groups:
            self._groups[group](rest)
