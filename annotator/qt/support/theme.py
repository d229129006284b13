"""Theme: named colours from a TOML file, and the look of every widget made from them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from string import Template
from typing import Any

from PySide6.QtGui import QColor, QFont, QPalette

from annotator.core.errors import BadInput
from annotator.qt.support.style_sheet import STYLE_SHEET

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
FAMILIES = ("Inter", "Noto Sans", "DejaVu Sans", "Segoe UI", "Helvetica Neue")


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme's colours by what they are for, each `#rrggbb`; `images` is the folder of its small pictures."""

    name: str
    is_dark: bool
    images: str
    window: str
    panel: str
    base: str
    alternate: str
    raised: str
    hover: str
    pressed: str
    border: str
    border_strong: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    selection: str
    selection_text: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    ok: str
    ok_soft: str
    scroll: str
    scroll_hover: str
    tooltip: str
    tooltip_text: str

    @classmethod
    def load(cls, path: Path) -> Theme:
        """The theme in a TOML file.

        Raises:
            BadInput: when the file is not a theme; says which colour is missing or odd.
        """
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
            raise BadInput(f"The theme {path.name} cannot be read: {problem}.") from problem
        colours = _colours(table.get("colours", {}), path.name)
        return cls(
            name=str(table.get("name", path.stem)),
            is_dark=bool(table.get("dark", False)),
            images=path.with_suffix("").absolute().as_posix(),
            **colours,
        )

    def colour(self, name: str) -> QColor:
        """A colour by its name in the theme."""
        return QColor(getattr(self, name))

    def palette(self) -> QPalette:
        """The colours as Qt's own widgets take them."""
        palette = QPalette()
        role = QPalette.ColorRole
        for which, name in {
            role.Window: "window",
            role.WindowText: "text",
            role.Base: "base",
            role.AlternateBase: "alternate",
            role.Text: "text",
            role.Button: "raised",
            role.ButtonText: "text",
            role.BrightText: "danger",
            role.Highlight: "selection",
            role.HighlightedText: "selection_text",
            role.Link: "accent",
            role.LinkVisited: "accent",
            role.ToolTipBase: "tooltip",
            role.ToolTipText: "tooltip_text",
            role.PlaceholderText: "muted",
            role.Light: "raised",
            role.Midlight: "hover",
            role.Mid: "border",
            role.Dark: "border_strong",
            role.Shadow: "border_strong",
            role.Accent: "accent",
        }.items():
            palette.setColor(which, self.colour(name))
        for which in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, which, self.colour("disabled"))
        return palette

    def stylesheet(self) -> str:
        """The look of all widgets; set it once, on the application."""
        colours = {field.name: str(getattr(self, field.name)) for field in fields(self)}
        return Template(STYLE_SHEET).substitute(colours)


def interface_font(size: float = 10.0) -> QFont:
    """The font of everything but the articles: the first family that the machine has."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPointSizeF(size)
    return font


def _colours(table: dict[str, Any], where: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for field in fields(Theme):
        if field.name in {"name", "is_dark", "images"}:
            continue
        value = str(table.get(field.name, ""))
        if not _COLOUR.fullmatch(value):
            raise BadInput(f"The theme {where} gives {value!r} for {field.name}; write #rrggbb.")
        found[field.name] = value
    return found
