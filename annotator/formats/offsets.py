"""Other programs' offsets checked against the text, whether they count code points or UTF-16 units."""

from __future__ import annotations

from itertools import accumulate

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.spans import Span

IN_UTF16 = "offsets that counted UTF-16 units, converted to characters"


class Ruler:
    """Measures one text: finds the stretch that a pair of offsets means, and says what is wrong with those that mean none."""

    def __init__(self, text: str, article: str, losses: LossReport) -> None:
        self.text = text
        self._article = article
        self._losses = losses
        self._units: dict[int, int] | None = None

    def span(self, where: str, start: int, end: int, words: str | None = None) -> Span:
        """The stretch from start to end, which reads as words where these are known.

        Offsets that fit the words only when they count UTF-16 units are converted, and that is said in the losses.

        Raises:
            BadInput: when there is no such stretch, or it reads otherwise.
        """
        inside = 0 <= start < end <= len(self.text)
        if inside and (words is None or alike(self.text[start:end], words)):
            return Span(start, end)
        wide = self._from_utf16(start, end)
        if words and wide is not None and alike(wide.text(self.text), words):
            self._losses.add(IN_UTF16, self._article, wide.start, wide.end)
            return wide
        if inside and words is not None:
            raise BadInput(
                f"{where}: {start} to {end} reads {shown(self.text[start:end])} in the text, not {shown(words)}; "
                "the offsets belong to another text. Nothing of this file was imported."
            )
        hint = "; its offsets may count UTF-16 units" if wide is not None and 0 <= start < end else ""
        raise BadInput(
            f"{where}: {start} to {end} is no stretch of the text, which has {len(self.text)} characters{hint}. "
            "Nothing of this file was imported."
        )

    def _from_utf16(self, start: int, end: int) -> Span | None:
        if self._units is None:
            widths = accumulate((2 if char > "\uffff" else 1 for char in self.text), initial=0)
            self._units = {unit: at for at, unit in enumerate(widths)}
        first, last = self._units.get(start), self._units.get(end)
        if first is None or last is None or first >= last or (first, last) == (start, end):
            return None
        return Span(first, last)


def alike(found: str, words: str) -> bool:
    """Whether two readings of a stretch are the same, however each program writes white space."""
    return found == words or found.split() == words.split()


def shown(words: str) -> str:
    """Words as an error sentence shows them."""
    short = words if len(words) <= 40 else words[:39] + "…"
    return repr(short)
