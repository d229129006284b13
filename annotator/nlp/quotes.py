"""Find quotations: pairs of quotation marks, also over several paragraphs."""

from __future__ import annotations

from annotator.nlp.tokens import Words

_OPEN = {"“": "”", "«": "»", "„": "“", "‘": "’"}
_CLOSES = {"‘": "’", "``": "''"}
_LONGEST = 400


def quotations(words: Words) -> list[tuple[int, int]]:
    """Outermost quotations as [first word, after the last), marks included, in reading order."""
    found: list[tuple[int, int]] = []
    at = 0
    size = len(words)
    while at < size:
        stop = _closing(words, at)
        if stop:
            found.append((at, stop))
            at = stop
        else:
            at += 1
    return found


def _closing(words: Words, at: int) -> int:
    mark = words.words[at]
    if mark in {'"', "'", "‘", "''", "``"}:
        opens = (
            at == 0 or words.starts[at] > words.ends[at - 1] or words.words[at - 1] in {"(", "[", "—", "–"}
        )
        glued = at + 1 < len(words) and words.starts[at + 1] == words.ends[at]
        if not (opens and glued):
            return 0
        return _same_mark(words, at, _CLOSES.get(mark, mark))
    if mark in _OPEN:
        return _other_mark(words, at, _OPEN[mark], mark)
    return 0


def _same_mark(words: Words, at: int, close: str) -> int:
    """Where a quotation between two equal marks ends; a paragraph that begins with the mark carries it on."""
    single = len(close) == 1 and close != '"'
    for stop in range(at + 1, min(len(words), at + _LONGEST)):
        if words.line[stop] != words.line[stop - 1] and (single or words.words[stop] != close):
            return 0
        if words.words[stop] != close or words.starts[stop] > words.ends[stop - 1]:
            continue
        after = stop + 1
        if (
            single
            and after < len(words)
            and words.starts[after] == words.ends[stop]
            and words.words[after][0].isalnum()
        ):
            continue
        return after
    return 0


def _other_mark(words: Words, at: int, close: str, open_mark: str) -> int:
    depth = 0
    for stop in range(at, min(len(words), at + _LONGEST)):
        word = words.words[stop]
        if stop > at and words.line[stop] != words.line[stop - 1]:
            if word == open_mark:
                continue
            return 0
        if word == open_mark:
            depth += 1
        elif word == close or (word == '"' and close == "”"):
            depth -= 1
            if depth <= 0:
                return stop + 1
    return 0
