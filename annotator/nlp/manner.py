"""How something is said: denied or not, hedged, quoted or told, and why nobody is named."""

from __future__ import annotations

import re

from annotator.nlp.found import Found
from annotator.nlp.kinds import is_document
from annotator.nlp.tokens import Words

_HEDGES = frozenset("reportedly allegedly supposedly purportedly apparently".split())
ATTITUDES = frozenset(
    "want wants wanted wanting feel feels felt think thinks thought believe believes believed hope hopes hoped expect expects expected"
    " fear fears feared support supports supported back backs backed oppose opposes opposed favor favors like likes love prefer prefers"
    " doubt doubts worry worries know knows knew consider considers considered intend intends plans planned seeks sought approve approves approved reject rejects".split()
)
_DOCUMENT_VERBS = frozenset(
    "call calls called require requires required propose proposes proposed envision envisions envisage envisages envisaged stipulate stipulates"
    " provide provides include includes".split()
)
_NO_COMMENT = re.compile(
    r"\b(?:(?:declin|refus)(?:ed|es|ing)\b.*\b(?:comment|respond|answer|say|discuss)"
    r"|(?:not|n.t) (?:immediately )?(?:respond|reply|return|answer|comment)|no comment)\b"
)
_SILENT_CUE = re.compile(r"\b(?:declin|refus|not\b|comment|respon|reply|answer)|n[’']t|[’']t\b")
_DENIAL = re.compile(r"\b(?:den(?:y|ies|ied|ying)|dismiss(?:es|ed|ing)?|rejected as false)\b")
_NEGATIVE = re.compile(r"\b(?:not|never|n[’']t)\b|[’']t\b")
_GROUNDS = re.compile(
    r"\b(?:condition of anonymity|not be(?:ing)? (?:identified|named)|anonymously|anonymity)\b,?\s*((?:because|due to|to|since|as)\b[^.;]{3,200})"
)


def is_hedged(words: Words, one: Found) -> bool:
    """Whether the cue itself says that nobody vouches for the content."""
    return one.rule.startswith("hedge") or any(
        words.lower[at] in _HEDGES for start, stop in one.cue for at in range(start, stop)
    )


def type_of(source: str, head: str) -> str:
    """statement, attitude or document, by the word that carries the cue and who or what the source is."""
    if head in ATTITUDES:
        return "attitude"
    return "document" if head in _DOCUMENT_VERBS and is_document(source) else "statement"


def polarity_of(words: Words, one: Found) -> str:
    """positive, negative, denial or no_comment, by the words of the cue and what follows at once."""
    first, stop = one.cue[0]
    cue = words.text[words.starts[first] : words.ends[stop - 1]].lower()
    ahead = words.text[words.starts[first] : words.ends[min(words.last[first], stop + 6) - 1]].lower()
    if _SILENT_CUE.search(cue) and _NO_COMMENT.search(ahead):
        return "no_comment"
    if _DENIAL.search(cue):
        return "denial"
    return "negative" if _NEGATIVE.search(cue) else "positive"


def quote_of(quoted: list[int], one: Found) -> str:
    """direct, mixed or indirect, by how much of the content stands in quotation marks."""
    total = sum(stop - start for start, stop in one.content)
    inside = sum(bool(quoted[at]) for start, stop in one.content for at in range(start, stop))
    if not inside:
        return "indirect"
    return "direct" if inside >= total - 1 else "mixed"


def grounds_of(text: str) -> str | None:
    """The reason that a source's words give for its anonymity."""
    found = _GROUNDS.search(text)
    return found.group(1).strip(" ,") if found else None
