"""The user's preferences: a table of names, types, defaults and words, kept in one JSON file."""

from __future__ import annotations

import getpass
import json
import logging
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.core.errors import BadInput
from annotator.workspace.paths import settings_file

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Setting:
    """One preference: its name, its default (which gives the type), what it means, and the values it may take.

    between gives the smallest and the largest number.
    """

    name: str
    default: Any
    words: str
    choices: tuple[Any, ...] = ()
    internal: bool = False
    between: tuple[float, float] | None = None

    @property
    def wanted(self) -> str:
        """What a value should be, in words."""
        if self.choices:
            return " or ".join(map(str, self.choices))
        if self.between:
            return f"a number from {self.between[0]:g} to {self.between[1]:g}"
        return _KINDS[type(self.default)]


_KINDS = {str: "text", int: "a whole number", float: "a number", list: "a list", dict: "an object"}

TABLE: tuple[Setting, ...] = (
    Setting("annotator", "", "The name under which you mark; empty: your name on this computer"),
    Setting("theme", "system", "Colours of the window", ("system", "light", "dark", "contrast")),
    Setting("font_family", "", "Typeface of the articles; empty: the system's"),
    Setting("font_size", 11.5, "Size of the articles' text in points", between=(5, 96)),
    Setting("line_height", 1.5, "Line height of the articles, as a factor", between=(0.8, 4)),
    Setting(
        "columns",
        0,
        "How many articles are shown side by side when a story opens (2 to 6; 0: as many as fit)",
        (0, 2, 3, 4, 5, 6),
    ),
    Setting(
        "fetch_pages",
        "yes",
        "Whether a page may be fetched whose address you give to an import",
        ("yes", "no"),
    ),
    Setting(
        "suggestion_confidence",
        0.8,
        "From which confidence on suggestions are taken all at once (0 to 1)",
        between=(0, 1),
    ),
    Setting("columns_of_tables", {}, "Which column held which field, by a table's columns", internal=True),
    Setting("recent_projects", [], "Projects opened last, newest first", internal=True),
    Setting("recent_actions", [], "Actions chosen last in the command palette, newest first", internal=True),
    Setting("window", {}, "Size, place and layout of the window", internal=True),
    Setting("open_articles", {}, "Which articles of which project stood open", internal=True),
    Setting("models", [], "Folders of models that were trained from the window", internal=True),
    Setting("comments_seen", {}, "When a project's comments were last looked at", internal=True),
    Setting("keys", {}, "Keys that you changed, by action", internal=True),
)
_BY_NAME = {setting.name: setting for setting in TABLE}
_RECENT = 10


class Settings:
    """The preferences of one user, read when made and written at every change."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or settings_file()
        self._values: dict[str, Any] = {}
        self._not_ours: dict[str, Any] = {}
        self._saved = True
        self._read()

    def _read(self) -> None:
        """Take over what the file says; what is not ours, or does not fit, is passed over, the former kept."""
        try:
            found = json.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return
        except (OSError, ValueError, RecursionError) as wrong:
            _log.warning("the settings in %s cannot be read (%s); the defaults hold", self._path, wrong)
            return
        if isinstance(found, dict):
            self._values = {name: value for name, value in found.items() if _fits(_BY_NAME.get(name), value)}
            self._not_ours = {name: value for name, value in found.items() if name not in _BY_NAME}

    def get(self, name: str) -> Any:
        """The value of a preference, or its default."""
        return self._values.get(name, _setting(name).default)

    def set(self, name: str, value: Any) -> None:
        """Change a preference and write it down.

        Raises:
            BadInput: when there is no such preference, or the value does not fit it.
        """
        setting = _setting(name)
        if not _fits(setting, value):
            raise BadInput(f"{name} should be {setting.wanted}, not {value!r}.")
        if self._saved:
            self._read()
        self._values[name] = float(value) if isinstance(setting.default, float) else value
        self._write()

    def set_from_words(self, name: str, words: str) -> None:
        """Change a preference to what was typed at a prompt."""
        setting = _setting(name)
        try:
            value = words if isinstance(setting.default, str) else json.loads(words)
        except (ValueError, RecursionError) as wrong:
            raise BadInput(f"{name} should be {setting.wanted}, not {words!r}.") from wrong
        self.set(name, value)

    def annotator_name(self) -> str:
        """The name under which this user marks."""
        chosen = self.get("annotator")
        if chosen:
            return str(chosen)
        try:
            return getpass.getuser()
        except (OSError, KeyError, ImportError):
            return "annotator"

    def note_project(self, place: str) -> None:
        """Put a project first in the list of recent ones."""
        known = self.get("recent_projects")
        if known[:1] != [place]:
            self.set("recent_projects", [place, *(one for one in known if one != place)][:_RECENT])

    def _write(self) -> None:
        half = ""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, half = tempfile.mkstemp(dir=self._path.parent, prefix=".settings.")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump({**self._not_ours, **self._values}, file, ensure_ascii=False, indent=1)
            Path(half).replace(self._path)
            self._saved = True
        except OSError as wrong:
            self._saved = False
            _log.warning("the settings cannot be written to %s: %s", self._path, wrong)
            if half:
                Path(half).unlink(missing_ok=True)


def _setting(name: str) -> Setting:
    if name not in _BY_NAME:
        known = ", ".join(setting.name for setting in TABLE if not setting.internal)
        raise BadInput(f"There is no setting called {name!r}; known: {known}.")
    return _BY_NAME[name]


def _fits(setting: Setting | None, value: Any) -> bool:
    if setting is None:
        return False
    kinds = (int, float) if isinstance(setting.default, float) else type(setting.default)
    if not isinstance(value, kinds) or isinstance(value, bool):
        return False
    if setting.choices:
        return value in setting.choices
    return setting.between is None or setting.between[0] <= value <= setting.between[1]
