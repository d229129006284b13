"""Where a web annotation points in a text: by position, and by quotation, which is believed."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.spans import Span
from annotator.formats.offsets import IN_UTF16

CONTEXT = 32
"""How many characters before and after a quotation are written."""
POSITION, QUOTE = "TextPositionSelector", "TextQuoteSelector"


def selectors(part: Span, text: str | None) -> list[dict[str, Any]]:
    """Position and quotation of a stretch; the position alone where the text is not known."""
    position = {"type": POSITION, "start": part.start, "end": part.end}
    if text is None:
        return [position]
    quote = {
        "type": QUOTE,
        "exact": part.text(text),
        "prefix": text[max(0, part.start - CONTEXT) : part.start],
        "suffix": text[part.end : part.end + CONTEXT],
    }
    return [position, quote]


@dataclass(slots=True)
class TextFinder:
    """Finds stretches in one article's text; without a text, positions are taken as they are."""

    text: str | None
    article: str
    losses: LossReport
    _units: dict[int, int] = field(default_factory=dict)

    def find(self, given: list[dict[str, Any]], where: str) -> Span | None:
        """The stretch that selectors mean, or None, and counted, when it is not in the text.

        Raises:
            BadInput: for a position that is none, or lies outside the text with no quotation beside it.
        """
        position = next((self._position(one, where) for one in given if one.get("type") == POSITION), None)
        quote = next((one for one in given if one.get("type") == QUOTE), None)
        exact = _text(quote, "exact")
        if self.text is None:
            if position is None:
                self._lose(
                    "annotation without a position, of an article whose text is not in the file; not read"
                )
            return position
        inside = position is not None and position.end <= len(self.text)
        if position is not None and inside and (not exact or position.text(self.text) == exact):
            return position
        if exact and quote is not None:
            return self._quoted(quote, exact, position)
        if position is not None:
            raise BadInput(
                f"{where}: {position.start} to {position.end} lies outside the text, which has {len(self.text)} "
                "characters. Nothing of this file was imported."
            )
        self._lose("annotation that points neither by position nor by quotation, not read")
        return None

    def _lose(self, what: str) -> None:
        self.losses.add(what, self.article)

    def _position(self, one: dict[str, Any], where: str) -> Span:
        start, end = one.get("start"), one.get("end")
        if type(start) is int and type(end) is int and 0 <= start < end:
            return Span(start, end)
        raise BadInput(
            f"{where}: a position should have a start and a later end in whole numbers, not {str(start)[:20]} and "
            f"{str(end)[:20]}. Nothing of this file was imported."
        )

    def _quoted(self, quote: dict[str, Any], exact: str, position: Span | None) -> Span | None:
        text = self.text or ""
        wide = self._from_utf16(position)
        if wide is not None and wide.text(text) == exact:
            self.losses.add(IN_UTF16, self.article, wide.start, wide.end)
            return wide
        near = position.start if position is not None else 0
        prefix, suffix = _text(quote, "prefix"), _text(quote, "suffix")
        for before, after in ((prefix, suffix), (prefix, ""), ("", suffix), ("", "")):
            at = _nearest(text, before + exact + after, near - len(before))
            if at >= 0:
                found = Span(at + len(before), at + len(before) + len(exact))
                if position is not None:
                    what = "position that does not fit its quotation; the quotation was followed"
                    self.losses.add(what, self.article, found.start, found.end)
                return found
        self._lose("quotation that is not in the text, not read")
        return None

    def _from_utf16(self, position: Span | None) -> Span | None:
        if position is None or self.text is None:
            return None
        if not self._units:
            widths = accumulate((2 if char > "\uffff" else 1 for char in self.text), initial=0)
            self._units = {unit: at for at, unit in enumerate(widths)}
        first, last = self._units.get(position.start), self._units.get(position.end)
        return Span(first, last) if first is not None and last is not None and first < last else None


def _text(one: dict[str, Any] | None, key: str) -> str:
    value = one.get(key) if one else None
    return value if isinstance(value, str) else ""


def _nearest(text: str, words: str, near: int) -> int:
    """Where the words stand nearest to an offset; -1 when nowhere."""
    near = max(0, near)
    before, after = text.rfind(words, 0, near + len(words)), text.find(words, near)
    if before < 0 or after < 0:
        return max(before, after)
    return before if near - before <= after - near else after
