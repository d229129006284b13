"""A regular expression over texts, with a limit of time, so that no pattern can hold the program up."""

from __future__ import annotations

import regex

from annotator.core.boundaries import trim
from annotator.core.errors import BadInput
from annotator.core.spans import Span

_SECONDS = 1.0
"""How long one text may take; an article is through in a thousandth of that, unless the pattern runs wild."""

_MOST = 5000
"""How many hits of one text are looked for; more help nobody."""


class Pattern:
    """A compiled pattern. Case does not count, unless the pattern says so: `(?-i:…)`.

    Raises:
        BadInput: when it cannot be read; says where.
    """

    def __init__(self, typed: str, seconds: float = _SECONDS) -> None:
        self.typed = typed
        self._seconds = seconds
        try:
            self._compiled = regex.compile(typed, regex.IGNORECASE | regex.MULTILINE)
        except regex.error as wrong:
            raise BadInput(f"The regular expression {typed!r} cannot be read: {wrong}.") from wrong

    def places(self, text: str) -> list[Span]:
        """Where the pattern matches, without white space at the ends and never through a character.

        Raises:
            BadInput: when the text takes too long.
        """
        found: list[Span] = []
        try:
            # With concurrent, other threads go on meanwhile: the window stays alive.
            for match in self._compiled.finditer(text, timeout=self._seconds, concurrent=True):
                start, end = match.span()
                place = trim(text, Span(start, end)) if start < end else None
                if place is not None and (not found or place != found[-1]):
                    found.append(place)
                if len(found) >= _MOST:
                    break
        except TimeoutError as wrong:
            raise BadInput(
                f"The regular expression {self.typed!r} takes too long: it can match the same words in too many ways. "
                "Say more exactly what repeats."
            ) from wrong
        return found
