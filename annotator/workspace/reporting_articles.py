"""An article in a report: its text with all marks in place, as each annotator has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from annotator.core.annotators import Annotator
from annotator.core.attributions import Attribution
from annotator.core.clock import shown
from annotator.core.comments import Comment
from annotator.core.spans import words
from annotator.formats.report_html import safe, tag
from annotator.workspace.reporting_story import ArticleTold, hand_of, in_cases, marks_of
from annotator.workspace.reporting_words import difference, kind_name, particulars
from annotator.workspace.workspace import Workspace

GLYPHS = {
    "circle": "●",
    "square": "■",
    "diamond": "◆",
    "triangle": "▲",
    "ring": "○",
    "bar": "▬",
    "cross": "✚",
    "star": "★",
}
NO_GLYPH = "□"
"""The sign of a mark that has no kind yet."""
_LETTERS = {"content": "t", "source": "s", "cue": "c"}
_OTHER = "o"
_INNERMOST_FIRST = {"t": 0, "s": 1, "c": 2, _OTHER: 3}


class ArticleWriter:
    """Writes articles; hands and kinds are numbered once for the whole report, by which the filters know them."""

    def __init__(self, workspace: Workspace, hands: Sequence[Annotator]) -> None:
        self._workspace = workspace
        self.hands = [one.name for one in hands]
        self.kinds: list[str | None] = [kind.id for kind in workspace.scheme.kinds]
        self._numbers: dict[str, int] = {}
        self._kind_of: dict[int, int] = {}

    def number(self, mark_id: str) -> int:
        """The number of a mark in this report."""
        return self._numbers.setdefault(mark_id, len(self._numbers))

    def kind_number(self, kind: str | None) -> int:
        """The number of a kind."""
        if kind not in self.kinds:
            self.kinds.append(kind)
        return self.kinds.index(kind)

    def glyph(self, kind: str | None) -> str:
        """The sign of a kind."""
        found = self._workspace.scheme.kind(kind) if kind is not None else None
        return GLYPHS.get(found.glyph, NO_GLYPH) if found is not None else NO_GLYPH

    def article(self, told: ArticleTold) -> str:
        """One column: the head, the text, the attributions."""
        article = told.article
        about = " · ".join(
            part for part in (article.published[:10], article.author, article.language) if part
        )
        head = [
            tag("p", safe(told.outlet), class_="outlet"),
            tag("h3", safe(article.title or article.id), dir="auto"),
            tag("p", safe(about), class_="about") if about else "",
            tag("p", safe(article.url), class_="about address", title=article.url) if article.url else "",
            tag("p", safe(_counted(told)), class_="about"),
        ]
        if told.hidden:
            head.append(
                tag(
                    "p",
                    "Others' marks are left out: whoever made this report is still annotating this article.",
                    class_="hidden-marks",
                )
            )
        remarks = self._comments(told.comments.get("", ()))
        return tag(
            "article",
            tag("header", *head),
            tag("div", self._text(told), class_="text", dir="auto"),
            remarks,
            tag("details", tag("summary", "Attributions"), self._cases(told), open=True, class_="marks"),
            class_="column",
            id=f"article-{article.id}",
        )

    def _text(self, told: ArticleTold) -> str:
        text = told.panel.text
        parts = []
        for start, end, roles, begun in self._segments(told):
            marks = " ".join(f"{number}{letter}" for number, letter in roles)
            for kind, numbers in begun:
                sign = tag(
                    "sup",
                    safe(self.glyph(self.kinds[kind])),
                    class_=f"g g{kind}",
                    data_m=" ".join(f"{one}t" for one in numbers),
                    aria_hidden="true",
                )
                parts.append(sign)
            words_here = safe(text[start:end])
            parts.append(
                tag("span", words_here, class_=self._look(roles), data_m=marks) if roles else words_here
            )
        return "".join(parts)

    def _segments(
        self, told: ArticleTold
    ) -> Iterator[tuple[int, int, list[tuple[int, str]], list[tuple[int, list[int]]]]]:
        """The text in pieces: where each is, which marks it belongs to in which role, and of what kinds some begin there."""
        marks = marks_of(told)
        edges = {0, len(told.panel.text)}
        over: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        gone: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        begun: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for mark in marks.values():
            number, size = self.number(mark.id), sum(map(len, mark.content))
            self._kind_of[number] = self.kind_number(mark.kind)
            for role, spans in mark.all_spans():
                letter = _LETTERS.get(role, _OTHER)
                for span in spans:
                    edges |= {span.start, span.end}
                    over[span.start].append((size, number, letter))
                    gone[span.end].append((size, number, letter))
            if mark.content:
                begun[mark.content[0].start][self._kind_of[number]].append(number)
        here: set[tuple[int, int, str]] = set()
        ordered = sorted(edges)
        for start, end in pairwise(ordered):
            here.difference_update(gone[start])
            here.update(over[start])
            inside = sorted(here, key=lambda one: (_INNERMOST_FIRST[one[2]], one[0], one[1]))
            yield (
                start,
                end,
                [(number, letter) for _, number, letter in inside],
                sorted(begun[start].items()) if start in begun else [],
            )

    def _look(self, roles: Sequence[tuple[int, str]]) -> str:
        """The classes of a piece as long as nothing is filtered: of each role, the kind of the innermost mark."""
        found = {"m": "m"}
        for number, letter in roles:
            if letter != _OTHER:
                found.setdefault(letter, f"{letter}{self._kind_of[number]}")
        return " ".join(found.values())

    def _cases(self, told: ArticleTold) -> str:
        hands, marks = hand_of(told), marks_of(told)
        differing = {}
        for case in told.cases.cases if told.cases is not None else ():
            for one in case.case.ids:
                differing[one] = case.differences
        items = []
        for ids in in_cases(told):
            found = next((differing[one] for one in ids if one in differing), ())
            said = [difference(one, told.panel.text, self._workspace) for one in found]
            notes = "".join(
                tag(
                    "li",
                    tag("b", safe(name)),
                    "".join(
                        f"<br>{safe(hand)}: {tag('q', safe(value), dir='auto')}" for hand, value in values
                    ),
                )
                for name, values in said
            )
            cards = "".join(self._card(told, alike) for alike in self._alike(told, ids, hands, marks))
            differs = tag("ul", notes, class_="differences") if notes else ""
            items.append(tag("li", cards, differs, class_="case differs" if notes else "case"))
        return tag("ol", *items) if items else tag("p", "Nothing is marked here.", class_="empty")

    def _alike(
        self,
        told: ArticleTold,
        ids: Sequence[str],
        hands: Mapping[str, str],
        marks: Mapping[str, Attribution],
    ) -> list[list[tuple[str, Attribution]]]:
        """The marks of a case with whose they are, those together that say the same."""
        groups: dict[object, list[tuple[str, Attribution]]] = {}
        for one in ids:
            mark = marks[one]
            said = (
                mark.kind,
                mark.state,
                tuple(mark.all_spans()),
                tuple(particulars(mark, self._workspace, told.panel.text)),
            )
            groups.setdefault(repr(said), []).append((hands[one], mark))
        return list(groups.values())

    def _card(self, told: ArticleTold, alike: Sequence[tuple[str, Attribution]]) -> str:
        text = told.panel.text
        mark = alike[0][1]
        kind = self.kind_number(mark.kind)
        head = tag(
            "p",
            tag("span", safe(self.glyph(mark.kind)), class_=f"g{kind}", aria_hidden="true"),
            " ",
            tag("b", safe(kind_name(self._workspace, mark.kind))),
            {"open": " suggested", "rejected": " rejected"}.get(mark.state, ""),
            tag("span", safe(", ".join(hand for hand, _ in alike)), class_="hand"),
        )
        rows = [
            *((role, words(parts, text)) for role, parts in mark.all_spans()),
            *particulars(mark, self._workspace, text),
            *((f"note ({hand})" if len(alike) > 1 else "note", one.note) for hand, one in alike if one.note),
        ]
        listed = "".join(f"<dt>{safe(name)}</dt>{tag('dd', safe(value), dir='auto')}" for name, value in rows)
        places = "".join(tag("span", id=f"m{self.number(one.id)}") for _, one in alike)
        return tag(
            "div",
            places,
            head,
            tag("dl", listed),
            *(self._comments(told.comments.get(one.id, ())) for _, one in alike),
            class_=f"card b{kind}",
            tabindex="0",
            data_marks=" ".join(f"{self.number(one.id)}:{self.hands.index(hand)}" for hand, one in alike),
            data_k=str(kind),
            data_c=" ".join(mark.claims),
        )

    def _comments(self, comments: Sequence[Comment]) -> str:
        return "".join(
            tag(
                "p",
                tag("b", safe(self._workspace.registry.name(Annotator, one.author))),
                f" {safe(shown(one.created))}{' (settled)' if one.resolved else ''}<br>",
                tag("span", safe(one.text), dir="auto"),
                class_="comment settled" if one.resolved else "comment",
            )
            for one in comments
        )


def _counted(told: ArticleTold) -> str:
    counts = [f"{hand} {len(own)}" for hand, own in told.panel.marks.items()]
    differ = sum(bool(one.differences) for one in told.cases.cases) if told.cases is not None else 0
    marks = f"Attributions: {', '.join(counts)}" if counts else "Not annotated"
    several = told.cases is not None and len(told.cases.hands) > 1
    return f"{marks} · {differ} {'difference' if differ == 1 else 'differences'}" if several else marks
