"""The colours and pens that marks are drawn with, for one theme and one screen."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette, QPen

from annotator.qt.article.marks import ASIDES, NEUTRAL, KindStyle, Mark

_DASHES = {"suggested": (3.0, 3.0), "aside": (1.5, 2.5), "suggested aside": (1.5, 5.5), "joint": (1.0, 3.0)}

_FADED, _STARK = 120, 200
"""How opaque the strokes of marks that step back are, and in a theme of high contrast."""

_HIGH = 12

_USED = (
    QPalette.ColorRole.Base,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.Highlight,
    QPalette.ColorRole.PlaceholderText,
)


def colours_of(palette: QPalette) -> tuple[int, ...]:
    """The colours that ink is made from; QTextEdit hands over another palette, of the same colours, at every paint."""
    return tuple(palette.color(role).rgba() for role in _USED)


class Ink:
    """Answers, for a kind and a manner, with a colour or a pen; keeps what it mixed.

    Manners: "own" (the kind's dash), "suggested", "aside" (via and recipient), "suggested aside", "joint".
    """

    def __init__(self, kinds: Mapping[str, KindStyle], palette: QPalette, ratio: float, stroke: int) -> None:
        self._kinds = kinds
        self.base, self.text, self.accent, self.muted = (palette.color(role) for role in _USED)
        self.dark = self.base.lightness() < 128
        # Where even the second voice is nearly black on white, nothing is pale.
        self._faded = _STARK if contrast(self.muted, self.base) > _HIGH else _FADED
        self.ratio = ratio
        self.stroke = self.whole(stroke)
        self.hairline = self.whole(1)
        self._colours: dict[tuple[str | None, int], QColor] = {}
        self._pens: dict[tuple[str | None, str, bool, bool], QPen] = {}

    def whole(self, width: float) -> float:
        """A width in whole pixels of the screen: else strokes are two and three pixels by turns."""
        return max(1, round(width * self.ratio)) / self.ratio

    def style(self, kind: str | None) -> KindStyle:
        return self._kinds.get(kind, NEUTRAL) if kind else NEUTRAL

    def colour(self, kind: str | None, opacity: int = 255) -> QColor:
        """A kind's colour in this theme, moved towards the text's until it can be told from the page (3:1)."""
        found = self._colours.get((kind, opacity))
        if found is None:
            style = self.style(kind)
            found = legible(QColor(style.colour_dark if self.dark else style.colour_light), self.base)
            found.setAlpha(opacity)
            self._colours[kind, opacity] = found
        return found

    def tint(self, kind: str | None, *, current: bool, faded: bool, lane: int) -> QColor:
        """The ground behind content; weaker in inner lanes, so that four tints over each other stay a tint."""
        if current:
            return self.colour(kind, 92 if self.dark else 64)
        full = (22 if self.dark else 16) if faded else (44 if self.dark else 30)
        return self.colour(kind, max(6, full // (lane + 1)))

    def pen(self, kind: str | None, manner: str, *, current: bool = False, faded: bool = False) -> QPen:
        """The pen of a stroke; its width is what `width` answers."""
        key = kind, manner, current, faded
        found = self._pens.get(key)
        if found is None:
            width = self.width(manner, current=current)
            found = QPen(self.colour(kind, self._faded if faded else 255), width)
            found.setCapStyle(Qt.PenCapStyle.FlatCap)
            dash = self._dash(kind, manner)
            if dash:
                found.setDashPattern([part / width for part in dash])
            self._pens[key] = found
        return found

    def width(self, manner: str, *, current: bool = False) -> float:
        if manner in {"aside", "suggested aside", "joint", "dim"}:
            return self.whole(1.5) if current else self.hairline
        return self.whole(self.stroke + 1) if current else self.stroke

    def _dash(self, kind: str | None, manner: str) -> tuple[float, ...]:
        if manner in _DASHES:
            return _DASHES[manner]
        dash = self.style(kind).dash
        return dash if len(dash) % 2 == 0 and all(part > 0 for part in dash) else ()


def manner_of(mark: Mark) -> str:
    """How a mark's stroke is drawn."""
    if mark.role in ASIDES:
        return "suggested aside" if mark.suggested else "aside"
    return "suggested" if mark.suggested else "own"


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def legible(colour: QColor, ground: QColor, ratio: float = 3.0) -> QColor:
    """The colour, made darker or lighter until it stands out from the ground by this contrast ratio."""
    hue, saturation, lightness = colour.hslHueF(), colour.hslSaturationF(), colour.lightnessF()
    step = -0.02 if _luminance(ground) > 0.18 else 0.02
    found = QColor(colour)
    while contrast(found, ground) < ratio and 0.0 <= lightness + step <= 1.0:
        lightness += step
        found = QColor.fromHslF(max(hue, 0.0), saturation, lightness)
    return found


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())
