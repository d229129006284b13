"""The part of a page that is the article: its headline, its paragraphs, and what stands between them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.formats.article_text import BODY, HEADLINE, Paragraph, squeezed
from annotator.formats.html_text import Block
from annotator.formats.zone_signs import BOILERPLATE, CAPTION, LINK, STANDFIRST, ends_a_sentence

_MOST_COMPARING = 4_000_000_000
"""Characters of a page times its paragraphs: beyond this the page is laid out by its own elements alone."""
_LONG_ENOUGH = 25
_SHORT_LABEL = 80
_LONGEST_STANDFIRST = 300
_BYLINE = re.compile(r"\b\d{1,2}[:.]\d{2}\b|\b(?:19|20)\d{2}\b|^by\s", re.IGNORECASE)
_TRAILING = 3
_MOST = 0.9
_MORE_THAN_HALF = 0.6
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_OF_BODY = {*_HEADINGS, "li", "dd", "dt", "blockquote", "tr", "pre"}


@dataclass(frozen=True, slots=True)
class SaidOfItself:
    """What a page says of its article."""

    title: str = ""
    author: str = ""
    description: str = ""


def article_paragraphs(found: Sequence[Block], extracted: Any, said: SaidOfItself) -> list[Paragraph]:
    """The article's paragraphs among all of a page's; extracted is trafilatura's tree of the main text, or None."""
    page = [block for block in found if block.text]
    votes = _votes(page, extracted)
    inside = _inside(page, votes)
    body = [at for at in inside if votes[at] and not _is_title(page[at], said.title)] or inside
    if not body:
        return []
    headline = _headline(page, body, said.title)
    first, last = _first(page, body, headline), body[-1]
    above = range(headline + 1, first) if headline is not None else ()
    kept = [(page[at], at) for at in inside if first <= at <= last]
    paragraphs = [
        *_headline_line(page, headline, said.title, kept),
        *(Paragraph(page[at].text, zone) for at in above if (zone := _zone_above(page[at], said))),
    ]
    has_begun = False
    has_standfirst = any(paragraph.zone == STANDFIRST for paragraph in paragraphs)
    for block, at in kept:
        if at == headline:
            continue
        zone = block.zone
        if zone == BODY and not has_begun:
            zone = _zone_before_body(block, said, has_standfirst=has_standfirst)
            has_standfirst = has_standfirst or zone == STANDFIRST
            has_begun = zone == BODY
        paragraphs.append(Paragraph(block.text, zone if zone != BODY or votes[at] else _unvoted(block)))
    return [*paragraphs, *_after(page, inside, last)]


def _votes(page: Sequence[Block], extracted: Any) -> list[bool]:
    """Which paragraphs trafilatura took for main text."""
    if extracted is None:
        return [False] * len(page)
    whole = squeezed("".join(extracted.itertext()))
    if len(whole) * len(page) > _MOST_COMPARING:
        return [False] * len(page)
    lines = {squeezed("".join(element.itertext())) for element in extracted.iterdescendants()}
    lines |= {squeezed(text) for text in extracted.itertext()}
    votes = []
    for block in page:
        text = squeezed(block.text)
        votes.append(text in lines or (len(text) >= _LONG_ENOUGH and text in whole))
    return votes


def _inside(page: Sequence[Block], votes: list[bool]) -> list[int]:
    """The paragraphs of the smallest part of the page that holds nearly all of the main text."""
    if not any(votes):
        votes[:] = [block.zone == BODY for block in page]
    weights: dict[Any, int] = defaultdict(int)
    depth: dict[Any, int] = {}
    lines = [_line_of(block.element) for block in page]
    total = 0
    for block, vote, line in zip(page, votes, lines, strict=True):
        if not vote:
            continue
        total += len(block.text)
        for level, element in enumerate(reversed(line)):
            weights[element] += len(block.text)
            depth[element] = level
    if not total:
        return []
    homes = [one for one in weights if _is_home(one) and weights[one] >= total * _MORE_THAN_HALF]
    enough = homes or [one for one in weights if weights[one] >= total * _MOST]
    best = max(enough, key=lambda one: (weights[one] if homes else 0, depth[one]))
    return [at for at, line in enumerate(lines) if any(one is best for one in line)]


def _line_of(element: Any) -> list[Any]:
    return [element, *element.iterancestors()]


def _is_home(element: Any) -> bool:
    return (
        element.tag in {"article", "main"}
        or element.get("role") in {"article", "main"}
        or element.get("itemprop") == "articleBody"
    )


def _is_title(block: Block, title: str) -> bool:
    return bool(title) and block.element.tag in _HEADINGS and squeezed(block.text) == squeezed(title)


def _headline(page: Sequence[Block], body: Sequence[int], title: str) -> int | None:
    """The paragraph that is the headline: a first-order heading that says the title, or else one above the body."""
    wanted = squeezed(title)
    headings = [at for at, block in enumerate(page) if block.element.tag in _HEADINGS and at <= body[-1]]
    for at in headings:
        text = squeezed(page[at].text)
        if wanted and (
            text == wanted or (page[at].element.tag == "h1" and (text in wanted or wanted in text))
        ):
            return at
    above = [at for at in headings if page[at].element.tag == "h1" and at <= body[0]]
    if above:
        return above[-1]
    return body[0] if wanted and squeezed(page[body[0]].text) == wanted else None


def _first(page: Sequence[Block], body: Sequence[int], headline: int | None) -> int:
    """Where the body begins: labels above the headline, and lines of names and dates below it, are not part of it."""
    if headline is None:
        return body[0]
    for at in body:
        if at > headline or len(page[at].text) > _SHORT_LABEL or ends_a_sentence(page[at].text):
            return at
    return body[0]


def _headline_line(
    page: Sequence[Block], headline: int | None, title: str, kept: Sequence[tuple[Block, int]]
) -> Iterator[Paragraph]:
    if headline is not None:
        yield Paragraph(" ".join(page[headline].text.split("\n")), HEADLINE)
    elif title and not (kept and squeezed(kept[0][0].text).startswith(squeezed(title))):
        yield Paragraph(title, HEADLINE)


def _zone_above(block: Block, said: SaidOfItself) -> str:
    """The zone of what stands between headline and body; nothing for bylines, dates and buttons, which are no text."""
    if _is_standfirst(block, said) or (
        block.element.tag == "h2" and len(block.text) > _SHORT_LABEL and block.zone == BODY
    ):
        return STANDFIRST
    return CAPTION if block.zone == CAPTION else ""


def _zone_before_body(block: Block, said: SaidOfItself, *, has_standfirst: bool) -> str:
    """The zone of a paragraph before which no other of the body stands."""
    if not has_standfirst and _is_standfirst(block, said):
        return STANDFIRST
    if ends_a_sentence(block.text) or len(block.text) > _LONGEST_STANDFIRST:
        return BODY
    if _is_byline(block.text, said.author):
        return BOILERPLATE
    is_standfirst = not has_standfirst and len(block.text) > _SHORT_LABEL // 2 and block.element.tag != "li"
    return STANDFIRST if is_standfirst else BODY


def _is_byline(text: str, author: str) -> bool:
    """Whether a line that is no sentence says who wrote the article, or when."""
    if len(text) > _SHORT_LABEL:
        return False
    names = [squeezed(name) for name in author.split(",") if name.strip()]
    return any(name in squeezed(text) for name in names) or bool(_BYLINE.search(text))


def _is_standfirst(block: Block, said: SaidOfItself) -> bool:
    description = squeezed(said.description)
    return (block.hint == STANDFIRST and len(block.text) > _SHORT_LABEL // 2) or (
        len(description) >= _LONG_ENOUGH and squeezed(block.text) == description
    )


def _unvoted(block: Block) -> str:
    """What a paragraph amid the article is that trafilatura passed over, and no sign explains."""
    if block.link_share > 0.5:
        return LINK
    is_text = block.element.tag in _OF_BODY or len(block.text) >= _SHORT_LABEL or ends_a_sentence(block.text)
    return BODY if is_text else BOILERPLATE


def _after(page: Sequence[Block], inside: Sequence[int], last: int) -> Iterator[Paragraph]:
    """The few captions, link lines and prompts that end the article; a row of its topics is none."""
    for at in [one for one in inside if one > last][:_TRAILING]:
        if page[at].zone == BODY or (page[at].zone == LINK and len(page[at].text) < _LONG_ENOUGH):
            return
        yield Paragraph(page[at].text, page[at].zone)
