"""Lines as a PDF breaks them, made paragraphs again where that is safe."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from annotator.formats.article_text import BODY, Paragraph
from annotator.formats.zone_signs import BOILERPLATE, ends_a_sentence, zone_of

_EDGE = 2
"""How many lines at the top and the foot of a page may be its header and footer."""
_MOST = 0.6
_FULL = 0.75
_NUMBERS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN_WORD = re.compile(r"([^\W\d_]+)-$")
_BEGINNING = re.compile(r"[^\W\d_]+")
_ITEM = re.compile(r"(?:[•▪‣·–—*-]|\d{1,2}[.)])\s")
_SOFT_HYPHEN = "\u00ad"
_SPACES = re.compile(r"[ \t]{2,}")


@dataclass(slots=True)
class Mending:
    """How often something was put together that stood in two lines."""

    hyphens: int = 0
    lines: int = 0
    words: Counter[str] = field(default_factory=Counter)

    def notes(self) -> list[str]:
        """What was done, in words."""
        notes = []
        if self.lines:
            notes.append("lines were joined into paragraphs")
        if self.hyphens:
            notes.append(f"{self.hyphens} words divided at line ends were put together")
        return notes


def paragraphs_of_pages(pages: Sequence[str], mending: Mending) -> list[Paragraph]:
    """The paragraphs of all pages; a header or footer that cuts a paragraph in two stands after it."""
    lines_of = [[_SPACES.sub(" ", line).rstrip() for line in page.split("\n")] for page in pages]
    repeated = _repeated(lines_of)
    body = [line for lines in lines_of for line in lines if line.strip()]
    mending.words.update(word.casefold() for line in body for word in _WORD.findall(line.removesuffix("-")))
    full = _full_width([len(line) for line in body])
    return list(_paragraphs(lines_of, repeated, full, mending))


def _paragraphs(
    lines_of: Sequence[Sequence[str]], repeated: set[str], full: float, mending: Mending
) -> Iterator[Paragraph]:
    current: list[str] = []
    waiting: list[Paragraph] = []
    for lines in lines_of:
        body, edges = _without_edges(lines, repeated)
        waiting += [Paragraph(line.strip(), BOILERPLATE) for line in edges]
        for at, line in enumerate(body):
            if current and (not line.strip() or _begins_anew(current[-1], line, full)):
                yield _joined(current, mending)
                current = []
            if not current:
                yield from waiting
                waiting = []
            if line.strip():
                current.append(line.strip() if at else line.lstrip())
        if current and ends_a_sentence(current[-1]):
            yield _joined(current, mending)
            current = []
            yield from waiting
            waiting = []
    if current:
        yield _joined(current, mending)
    yield from waiting


def _begins_anew(before: str, line: str, full: float) -> bool:
    """Whether a line begins a paragraph: the one before ends early, or this one is an item of a list."""
    if _ITEM.match(line.lstrip()):
        return True
    if line[:1] in {" ", "\t"} and ends_a_sentence(before):
        return True
    if len(before) >= full:
        return False
    goes_on = line.lstrip()[:1].islower() or before.endswith(("-", _SOFT_HYPHEN, ","))
    return not goes_on


def _joined(lines: list[str], mending: Mending) -> Paragraph:
    text = lines[0]
    for line in lines[1:]:
        mending.lines += 1
        text = _mended(text, line, mending)
    return Paragraph(text, zone_of(text, "", 0.0) or BODY)


def _mended(text: str, line: str, mending: Mending) -> str:
    if text.endswith(_SOFT_HYPHEN):
        mending.hyphens += 1
        return text[:-1] + line
    broken, beginning = _BROKEN_WORD.search(text), _BEGINNING.match(line)
    if broken is None or beginning is None:
        return f"{text}{line}" if text.endswith(("/", "—")) else f"{text} {line}"
    if not beginning[0][0].islower() or _is_compound(broken[1], beginning[0], mending.words):
        return text + line
    mending.hyphens += 1
    return text[:-1] + line


def _is_compound(first: str, second: str, words: Counter[str]) -> bool:
    """Whether a word's hyphen is its own: so it stands elsewhere in the text, or both halves are words of it."""
    first, second = first.casefold(), second.casefold()
    if words[first + second]:
        return False
    # Each half was counted once where the line breaks; a word of its own is found once more.
    return bool(words[f"{first}-{second}"]) or (words[first] > 1 and words[second] > 1)


def _full_width(lengths: list[int]) -> float:
    """From how many characters on a line is a full one."""
    ordered = sorted(lengths)
    return ordered[int(len(ordered) * 0.9)] * _FULL if ordered else 0.0


def _key(line: str) -> str:
    return _NUMBERS.sub("#", line.strip().casefold())


def _edges(lines: Sequence[str]) -> tuple[list[int], list[int]]:
    filled = [at for at, line in enumerate(lines) if line.strip()]
    top = filled[:_EDGE]
    return top, [at for at in filled[-_EDGE:] if at not in top]


def _repeated(lines_of: Sequence[Sequence[str]]) -> set[str]:
    """What stands at the top or foot of most pages, whatever the numbers in it."""
    counts: Counter[str] = Counter()
    for lines in lines_of:
        top, foot = _edges(lines)
        counts.update({_key(lines[at]) for at in [*top, *foot]})
    least = max(2, len(lines_of) * _MOST)
    return {key for key, count in counts.items() if count >= least}


def _without_edges(lines: Sequence[str], repeated: set[str]) -> tuple[list[str], list[str]]:
    top, foot = _edges(lines)
    edges = {at for at in [*top, *foot] if _key(lines[at]) in repeated}
    return (
        [line for at, line in enumerate(lines) if at not in edges],
        [lines[at] for at in sorted(edges)],
    )
