"""The paragraphs of an HTML tree in reading order, with what can be told of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from annotator.core.errors import BadInput
from annotator.formats.article_text import BODY, Paragraph, storable
from annotator.formats.zone_signs import BOILERPLATE, CAPTION, STANDFIRST, is_menu, zone_by_name, zone_of

_INLINE = set(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr o:p q rb ruby s samp small "
    "span strike strong sub sup time tt u var wbr".split()
)
_NEVER_READ = set(
    "script style noscript template head title nav button input select textarea option datalist svg math canvas video "
    "audio object embed iframe frame map dialog menu rp rt".split()
)
_UNREAD_IN_A_LINE = {"script", "style", "noscript", "template", "button", "input", "svg", "math", "rp", "rt"}
_MENU_ROLES = {"navigation", "menu", "menubar", "toolbar", "search", "dialog", "alertdialog"}
_WHOLE = {"html", "body", "main", "article"}
_HOMES = {"article", "main"}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_AROUND_BREAK = re.compile(r" *\n *")
_EMPTY_LINES = re.compile(r"\n{2,}")
_LONGEST_ASIDE = 800
"""A named part of a page with more characters than this is no caption and no prompt, whatever it is called."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a page: its text, the element it stands in, what that is called, and its share of links."""

    text: str
    element: Any
    hint: str
    link_share: float

    @property
    def zone(self) -> str:
        """The zone that the signs speak of; body when they speak of none."""
        return zone_of(self.text, self.hint, self.link_share) or BODY


def tree_of(html: str) -> Any:
    """The tree of a page or of a piece of one; nothing outside it is ever fetched.

    Raises:
        BadInput: when there is no element in it.
    """
    from lxml import etree  # noqa: PLC0415  woken late
    from lxml import html as pages  # noqa: PLC0415  as above

    parser = pages.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = pages.document_fromstring(storable(html).encode("utf-8"), parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as wrong:
        raise BadInput("there is nothing in it that a browser would show") from wrong
    return root


def paragraphs_of_piece(html: str) -> list[Paragraph]:
    """The paragraphs of a piece of HTML that is all article: a mail's body, an entry of a feed."""
    if not html.strip():
        return []
    try:
        root = tree_of(html)
    except BadInput:
        return []
    return [Paragraph(block.text, block.zone) for block in blocks(root, whole_page=False)]


def blocks(root: Any, *, whole_page: bool) -> list[Block]:
    """All paragraphs below an element. On a whole page what frames the article (its header, footer, sides) is left out."""
    return list(_Walk(root, whole_page=whole_page).run())


class _Walk:
    """One walk through a tree: words are gathered until a block begins or ends, and are a paragraph then."""

    def __init__(self, root: Any, *, whole_page: bool) -> None:
        self.root = root
        self.whole_page = whole_page
        self.pieces: list[str] = []
        self.linked = 0
        self.links = 0
        self.kept_as_written = 0
        self.open: list[tuple[Any, str]] = [(root, "")]
        self.home = 0

    def run(self) -> Iterator[Block]:
        from lxml import etree  # noqa: PLC0415  woken late

        walk = etree.iterwalk(self.root, events=("start", "end"))
        passed_over: Any = None
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if self._is_never_read(element, tag):
                    passed_over = element
                    walk.skip_subtree()
                    continue
                yield from self._begin(element, tag)
            else:
                if element is not passed_over:
                    yield from self._end(element, tag)
                elif tag not in _INLINE and tag not in _UNREAD_IN_A_LINE:
                    yield from self._paragraphs()
                if element is not self.root:
                    self._add(element.tail)
        yield from self._paragraphs()

    def _begin(self, element: Any, tag: str) -> Iterator[Block]:
        if tag == "br":
            self.pieces.append("\n")
        elif tag in {"td", "th"}:
            if any(piece.strip() for piece in self.pieces):
                self.pieces.append("\t")
        elif tag not in _INLINE:
            yield from self._paragraphs()
            self.open.append((element, self._hint(element, tag)))
        self.links += tag == "a"
        self.home += tag in _HOMES
        self.kept_as_written += tag == "pre"
        if tag == "q":
            self.pieces.append("“")
        self._add(element.text)

    def _end(self, element: Any, tag: str) -> Iterator[Block]:
        if tag == "q":
            self.pieces.append("”")
        if tag not in _INLINE and tag not in {"br", "td", "th"}:
            yield from self._paragraphs()
            self.open.pop()
        self.links -= tag == "a"
        self.home -= tag in _HOMES
        self.kept_as_written -= tag == "pre"

    def _add(self, text: str | None) -> None:
        if text:
            self.pieces.append(text if self.kept_as_written else _SPACE.sub(" ", text))
            if self.links:
                self.linked += len(text.strip())

    def _paragraphs(self) -> Iterator[Block]:
        whole = _AROUND_BREAK.sub("\n", "".join(self.pieces))
        if not self.kept_as_written:
            whole = re.sub(" {2,}", " ", whole)
        element, hint = self.open[-1]
        length = len(whole.strip())
        share = min(1.0, self.linked / length) if length else 0.0
        for text in _EMPTY_LINES.split(whole):
            if text.strip():
                yield Block(text.strip(" \n\t"), element, hint, share)
        self.pieces.clear()
        self.linked = 0

    def _is_never_read(self, element: Any, tag: str) -> bool:
        if element is self.root or tag in {"html", "body"}:
            return False
        if tag in _NEVER_READ:
            return True
        if self.whole_page and not self.home and tag in {"aside", "footer"}:
            return True
        style = element.get("style") or ""
        if "hidden" in element.attrib or (style and "display:none" in style.replace(" ", "").lower()):
            return True
        if element.get("role") in _MENU_ROLES:
            return True
        names = _names(element)
        return bool(names) and tag not in _WHOLE and is_menu(names) and _is_short(element)

    def _hint(self, element: Any, tag: str) -> str:
        outer = self.open[-1][1]
        if tag in {"figcaption", "caption"}:
            return CAPTION
        if tag in _WHOLE:
            return ""
        found = BOILERPLATE if tag in {"aside", "footer", "form"} else ""
        names = _names(element)
        named = zone_by_name(names) if names else ""
        if (found or named) and not _is_short(element):
            return outer
        if named == STANDFIRST:
            named = "" if outer or found else STANDFIRST
        return named or found or outer


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip().lower()


def _is_short(element: Any) -> bool:
    length = 0
    for text in element.itertext():
        length += len(text.strip())
        if length > _LONGEST_ASIDE:
            return False
    return True
