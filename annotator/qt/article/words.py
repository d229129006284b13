"""Snap a rough selection to whole words, and find the sentence around a place, a paragraph at a time."""

from __future__ import annotations

from annotator.core.boundaries import sentence_bounds, snap_to_tokens, trim
from annotator.core.graphemes import is_boundary, snap_to_graphemes
from annotator.core.spans import Span

_NEAR = 8000


class Words:
    """Words and sentences of one text; asks only about the paragraphs in question, so length costs nothing."""

    def __init__(self, text: str) -> None:
        self._text = text

    def whole_words(self, span: Span) -> Span | None:
        """The tokens that a selection touches; None when it holds white space alone."""
        rough = self.without_space(span)
        if rough is None:
            return None
        first = self._snapped(self._paragraph(rough.start), Span(rough.start, rough.start + 1))
        last = self._snapped(self._paragraph(rough.end - 1), Span(rough.end - 1, rough.end))
        return Span(min(first.start, rough.start), max(last.end, rough.end))

    def without_space(self, span: Span) -> Span | None:
        """The selection as it is, but for white space at its ends; never through a grapheme."""
        text = self._text
        start, end = snap_to_graphemes(text, span.start, min(span.end, len(text)))
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        return trim(text, Span(start, end)) if start < end else None

    def sentence_at(self, position: int) -> Span | None:
        """The sentence that holds a position, or else the one before it in the paragraph."""
        found = None
        for sentence in self._sentences(position):
            if sentence.start > position and found:
                break
            found = sentence
        return found

    def sentence_end_after(self, position: int) -> int:
        """The nearest end of a sentence after a position; the end of the text when there is none."""
        while position < len(self._text):
            for sentence in self._sentences(position):
                if sentence.end > position:
                    return sentence.end
            position = self._paragraph(position).stop + 1
        return len(self._text)

    def sentence_start_after(self, position: int) -> int:
        """The nearest beginning of a sentence after a position; the end of the text when there is none."""
        while position < len(self._text):
            for sentence in self._sentences(position):
                if sentence.start > position:
                    return sentence.start
            place = self._paragraph(position)
            position = place.stop
            while position < len(self._text) and self._text[position].isspace():
                position += 1
            if position < len(self._text):
                return position
        return len(self._text)

    def sentence_start_before(self, position: int) -> int:
        """The nearest beginning of a sentence before a position; the beginning of the text when there is none."""
        while position > 0:
            place = self._paragraph(position - 1)
            starts = [
                sentence.start for sentence in self._sentences(position - 1) if sentence.start < position
            ]
            if starts:
                return starts[-1]
            position = place.start
        return 0

    def _sentences(self, position: int) -> list[Span]:
        place = self._paragraph(position)
        bounds = sentence_bounds(self._text[place.start : place.stop])
        return [Span(place.start + start, place.start + end) for start, end in bounds]

    def _snapped(self, place: range, span: Span) -> Span:
        inside = Span(span.start - place.start, span.end - place.start)
        found = snap_to_tokens(self._text[place.start : place.stop], inside)
        return Span(found.start + place.start, found.end + place.start) if found else span

    def _paragraph(self, position: int) -> range:
        """The paragraph around a position, or what of it is near when it is very long."""
        text = self._text
        start = text.rfind("\n", max(0, position - _NEAR), position) + 1
        if not start:
            start = max(0, position - _NEAR)
            floor = max(0, start - 200)
            while start > floor and not (text[start - 1].isspace() and is_boundary(text, start)):
                start -= 1
        end = text.find("\n", position, position + _NEAR)
        return range(start, end if end >= 0 else min(len(text), position + _NEAR))
