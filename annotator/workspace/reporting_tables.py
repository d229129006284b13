"""The tables of a report: agreement, claims by outlets, comments."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotator.compare.comparison import Comparison
from annotator.compare.matrix import Cell, in_order
from annotator.core.annotators import Annotator
from annotator.core.clock import shown
from annotator.formats.report_html import safe, table, tag
from annotator.review.agreement import Agreement, Figure
from annotator.workspace.comparing import StoryTold
from annotator.workspace.reporting_story import ArticleTold, marks_of
from annotator.workspace.reporting_words import between_pairs, pooled, short
from annotator.workspace.workspace import Workspace

_ROLES = ("source", "cue", "content")


def agreement_table(found: Agreement) -> str:
    """How far all annotators agree, by measure and role; and each two of them, where there are more."""
    rows = []
    for called, figures in pooled(found):
        by_role = {one.role: one for one in figures}
        whole = by_role.get(None) or by_role.get("source-content")
        rows.append([safe(called), *(_figure(by_role.get(role)) for role in _ROLES), _figure(whole)])
    head = ["Measure", "Source", "Cue", "Content", "Whole"]
    articles = f"{len(found.articles)} {'article' if len(found.articles) == 1 else 'articles'}"
    said = tag(
        "p",
        safe(f"Between {', '.join(found.annotators)}, in {articles} that several of them annotated."),
        class_="about",
    )
    return said + tag("div", table(head, rows, class_="figures"), class_="wide") + _pairs(found)


def _figure(one: Figure | None) -> str:
    if one is None or one.value is None:
        return '<td class="none">–</td>'
    bounds = (
        f"95 of 100 draws of stories: {one.low:.2f} to {one.high:.2f}; "
        if one.low is not None and one.high is not None
        else ""
    )
    return tag("td", f"{one.value:.2f}", class_="figure", title=f"{bounds}n = {one.n}")


def _pairs(found: Agreement) -> str:
    pairs = between_pairs(found)
    if not pairs:
        return ""
    rows = []
    for one in found.annotators:
        cells = [
            '<td class="none"></td>'
            if one == other
            else _figure(pairs.get((one, other)) or pairs.get((other, one)))
            for other in found.annotators
        ]
        rows.append([safe(one), *cells])
    head = ["Contents that overlap (F1)", *map(safe, found.annotators)]
    return tag("div", table(head, rows, class_="figures"), class_="wide")


def claim_table(told: StoryTold, found: Comparison) -> str:
    """Claims by articles, as one annotator marked them; absence included."""
    head = ["Claim", *(safe(_column(outlet, published)) for _, outlet, published in found.matrix.articles)]
    rows = []
    for row in in_order(found.matrix.rows, "order"):
        name = tag("a", safe(row.claim.name), href="#", class_="claim", data_claim=row.claim.id)
        meaning = (
            f"<br>{tag('span', safe(row.claim.text), class_='about', dir='auto')}" if row.claim.text else ""
        )
        rows.append([name + meaning, *(_cell(cell) for cell in row.cells)])
    said = tag(
        "p", safe(f"Who is named as the source of each claim, as {told.annotator} marked it."), class_="about"
    )
    return said + tag("div", table(head, rows, class_="claims"), class_="wide")


def _column(outlet: str, published: str) -> str:
    return f"{outlet}, {published[:10]}" if outlet and published else outlet or published[:10] or "article"


def _cell(cell: Cell) -> str:
    signs = "".join(tag("span", f"⚠ {safe(sign.words)}", class_="sign") for sign in cell.signs)
    return tag("td", safe(cell.words), signs, class_=cell.status)


def comment_table(workspace: Workspace, told: Sequence[ArticleTold], number: Callable[[str], int]) -> str:
    """All comments, oldest first, each with the way to what it is about."""
    rows = []
    for article in told:
        marks = marks_of(article)
        for about, comments in article.comments.items():
            mark = marks.get(about)
            words = "the article" if mark is None else _said(article, about)
            link = f"#m{number(about)}" if mark is not None else f"#article-{article.article.id}"
            for one in comments:
                author = workspace.registry.name(Annotator, one.author)
                cells = [
                    safe(shown(one.created)),
                    safe(author),
                    tag("span", safe(one.text), dir="auto"),
                    tag("a", safe(words), href=link, dir="auto"),
                    safe(article.outlet),
                    "settled" if one.resolved else "open",
                ]
                rows.append((one.created, one.id, cells))
    if not rows:
        return ""
    head = ["When (UTC)", "Who", "Says", "About", "In", ""]
    return tag("div", table(head, [cells for *_, cells in sorted(rows)], class_="remarks"), class_="wide")


def _said(article: ArticleTold, mark_id: str) -> str:
    mark = marks_of(article)[mark_id]
    parts = mark.content or mark.source or mark.cue
    return short(" … ".join(part.text(article.panel.text) for part in parts)) or "a mark"
