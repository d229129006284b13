"""What the rules suggest for a text, in words, for the tests of the rules."""

from __future__ import annotations

from functools import lru_cache

from annotator.core.articles import Zone
from annotator.core.records import AttributionRecord
from annotator.core.spans import words
from annotator.nlp.rules_suggester import RulesSuggester
from annotator.workspace.paths import resources


@lru_cache(maxsize=1)
def rules() -> RulesSuggester:
    """The rules with the lexicon that ships."""
    return RulesSuggester(resources("lexicons"))


def found(text: str, zones: tuple[Zone, ...] = (), outlet: str = "") -> list[AttributionRecord]:
    """All suggestions for a text."""
    return rules().suggest(text, zones, outlet)


def parts(one: AttributionRecord, text: str) -> tuple[str, str, str]:
    """Source, cue and content of a suggestion as printed."""
    return words(one.source, text), words(one.cue, text), words(one.content, text)


def said(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of all suggestions for a text."""
    return [parts(one, text) for one in found(text)]


def by_cue(text: str, cue: str, outlet: str = "") -> AttributionRecord:
    """The suggestion whose cue has these words."""
    return next(one for one in found(text, outlet=outlet) if words(one.cue, text) == cue)
