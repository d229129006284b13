"""Paint the marks of one paragraph: tints under the words, strokes below them, brackets beside them."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from annotator.qt.article.geometry import Picture, Run
from annotator.qt.article.ink import Ink, manner_of
from annotator.qt.article.margin import Bracket
from annotator.qt.article.measures import Measures
from annotator.qt.support.glyphs import glyph_path


@dataclass(slots=True)
class Sheet:
    """A paragraph's picture sorted by pen, so that it can be painted in a few calls."""

    runs: list[Run]
    hidden: list[Run]
    brackets: list[Bracket]
    more: list[QLineF]
    fills: dict[tuple[str | None, int], list[QRectF]] = field(default_factory=dict)
    strokes: dict[tuple[str | None, str], list[QLineF]] = field(default_factory=dict)
    caps: dict[str | None, list[QRectF]] = field(default_factory=dict)


def make_sheet(
    picture: Picture,
    brackets: list[Bracket],
    ink: Ink,
    measures: Measures,
    dimmed: frozenset[str] = frozenset(),
) -> Sheet:
    """Sort a picture by pen; attributions that are dimmed keep a hairline and nothing else."""
    brackets = [one for one in brackets if one.extent.attribution_id not in dimmed]
    more = [QLineF(left, y + 0.5, right, y + 0.5) for left, right, y in picture.more]
    sheet = Sheet(picture.runs, picture.hidden, brackets, more)
    for run in picture.runs:
        kind, manner = run.mark.kind, manner_of(run.mark)
        if run.mark.attribution_id in dimmed:
            sheet.strokes.setdefault((kind, "dim"), []).append(_stroke(run, ink.width("dim"), ink))
            continue
        sheet.strokes.setdefault((kind, manner), []).append(_stroke(run, ink.width(manner), ink))
        if run.mark.role == "content" and not run.mark.suggested:
            sheet.fills.setdefault((kind, run.lane), []).append(_box(run))
        caps = _caps(run, ink, measures)
        if caps:
            sheet.caps.setdefault(kind, []).extend(caps)
    for joint in picture.joints:
        y = joint.y + ink.hairline + ink.stroke / 2
        line = QLineF(joint.left, y, joint.right, y)
        sheet.strokes.setdefault((joint.mark.kind, "joint"), []).append(line)
    return sheet


class MarkPainter:
    """Paints sheets with one ink; `current` is the attribution that stands out, before which the rest recede."""

    def __init__(self, ink: Ink, measures: Measures, current: str | None) -> None:
        self._ink = ink
        self._measures = measures
        self._current = current

    def under(self, painter: QPainter, sheet: Sheet) -> None:
        """What lies behind the words."""
        painter.setPen(Qt.PenStyle.NoPen)
        faded = self._current is not None
        for (kind, lane), boxes in sheet.fills.items():
            painter.setBrush(self._ink.tint(kind, current=False, faded=faded, lane=lane))
            painter.drawRects(boxes)
        for run in self._own(sheet):
            painter.fillRect(_box(run), self._ground(run))

    def over(self, painter: QPainter, sheet: Sheet) -> None:
        """What lies over and below the words."""
        faded = self._current is not None
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for (kind, manner), lines in sheet.strokes.items():
            painter.setPen(self._ink.pen(kind, manner, faded=faded or manner == "dim"))
            painter.drawLines(lines)
        painter.setPen(Qt.PenStyle.NoPen)
        for kind, caps in sheet.caps.items():
            painter.setBrush(self._ink.colour(kind, 120 if faded else 255))
            painter.drawRects(caps)
        if sheet.more:
            pen = QPen(self._ink.muted, self._ink.whole(2))
            pen.setDashPattern([1, 1.5])
            painter.setPen(pen)
            painter.drawLines(sheet.more)
        for run in self._own(sheet):
            self._emphasise(painter, run)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def brackets(self, painter: QPainter, sheet: Sheet) -> None:
        """The margin; the painter stands at the paragraph's own left edge."""
        for bracket in sheet.brackets:
            if bracket.crowded and bracket.extent.attribution_id != self._current:
                continue
            self._bracket(painter, bracket)

    def _own(self, sheet: Sheet) -> list[Run]:
        if self._current is None:
            return []
        return [run for run in (*sheet.runs, *sheet.hidden) if run.mark.attribution_id == self._current]

    def _ground(self, run: Run) -> QBrush:
        ink, kind = self._ink, run.mark.kind
        if run.mark.role == "content":
            return QBrush(ink.tint(kind, current=True, faded=False, lane=0))
        return QBrush(ink.colour(kind, 30 if ink.dark else 20))

    def _emphasise(self, painter: QPainter, run: Run) -> None:
        """The current attribution: thicker, its source in a frame, its cue between posts."""
        ink, kind, manner = self._ink, run.mark.kind, manner_of(run.mark)
        painter.setPen(ink.pen(kind, manner, current=True))
        painter.drawLine(_stroke(run, ink.width(manner, current=True), ink))
        painter.setPen(Qt.PenStyle.NoPen)
        colour = ink.colour(kind)
        for cap in _caps(run, ink, self._measures):
            painter.fillRect(cap, colour)
        if run.mark.role == "source":
            self._frame(painter, run, colour)
        elif run.mark.role == "cue":
            self._posts(painter, run, colour)

    def _frame(self, painter: QPainter, run: Run, colour: QColor) -> None:
        box, thin = _box(run), self._ink.hairline
        painter.fillRect(QRectF(box.left(), box.top(), box.width(), thin), colour)
        painter.fillRect(QRectF(box.left(), box.bottom() - thin, box.width(), thin), colour)
        self._posts(painter, run, colour)

    def _posts(self, painter: QPainter, run: Run, colour: QColor) -> None:
        box, thin = _box(run), self._ink.hairline
        if run.opens:
            painter.fillRect(_post(run.first_x, box, thin), colour)
        if run.closes:
            painter.fillRect(_post(run.last_x, box, thin), colour)

    def _bracket(self, painter: QPainter, bracket: Bracket) -> None:
        ink, measures, extent = self._ink, self._measures, bracket.extent
        own = extent.attribution_id == self._current
        faded = self._current is not None and not own
        colour = ink.colour(extent.kind, 110 if faded else 255)
        width = ink.whole(measures.stroke + 1) if own else ink.whole(measures.stroke * 0.75)
        sign = measures.bracket - (1 if own else 2)
        middle = 6 - measures.left + bracket.lane * measures.bracket + measures.bracket / 2
        x = round((middle - width / 2) * ink.ratio) / ink.ratio
        top = bracket.top + (sign + 1 if extent.opens else 0)
        if top < bracket.bottom:
            self._stem(painter, extent.suggested, QRectF(x, top, width, bracket.bottom - top), colour)
        if extent.closes and top + 3 < bracket.bottom:
            foot = measures.bracket * 0.5
            painter.fillRect(QRectF(x, bracket.bottom - ink.hairline, foot, ink.hairline), colour)
        if extent.opens:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
            path = glyph_path(ink.style(extent.kind).glyph, QPointF(middle, bracket.top + sign / 2), sign)
            if extent.suggested:
                painter.strokePath(path, QPen(colour, 1.0))
            else:
                painter.fillPath(path, colour)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _stem(self, painter: QPainter, suggested: bool, box: QRectF, colour: QColor) -> None:
        if not suggested:
            painter.fillRect(box, colour)
            return
        y = box.top()
        while y < box.bottom():
            painter.fillRect(QRectF(box.left(), y, box.width(), min(2.0, box.bottom() - y)), colour)
            y += 4


def _box(run: Run) -> QRectF:
    return QRectF(run.segment.left, run.top, run.segment.right - run.segment.left, run.bottom - run.top)


def _post(x: float, box: QRectF, thin: float) -> QRectF:
    return QRectF(x if x == box.left() else x - thin, box.top(), thin, box.height())


def _stroke(run: Run, width: float, ink: Ink) -> QLineF:
    """The underline: half a pixel short at both ends, so that neighbours in one lane stay apart."""
    y = run.y + ink.hairline + width / 2
    return QLineF(run.segment.left + 0.5, y, run.segment.right - 0.5, y)


def _caps(run: Run, ink: Ink, measures: Measures) -> list[QRectF]:
    """The square at a source's beginning; the ticks at both ends of a cue."""
    tall = measures.lane - ink.hairline
    if run.mark.role == "source" and run.opens:
        left = run.first_x - tall if run.segment.backwards else run.first_x
        return [QRectF(left, run.y, tall, tall)]
    if run.mark.role != "cue":
        return []
    thin = ink.whole(1.5)
    ends = [run.first_x] if run.opens else []
    if run.closes:
        ends.append(run.last_x)
    return [QRectF(x if x == run.segment.left else x - thin, run.y, thin, tall) for x in ends]
