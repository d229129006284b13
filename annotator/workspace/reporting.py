"""Write a page for a colleague without the program: marks, differences, comments, agreement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.core.annotators import GOLD, MODEL, Annotator
from annotator.core.clock import now, shown
from annotator.core.errors import AnnotatorError, Cancelled
from annotator.core.ports import Progress
from annotator.core.stories import Story
from annotator.core.writing import new_file
from annotator.formats.report_html import page, safe, tag
from annotator.workspace.agreeing import agree
from annotator.workspace.comparing import compare_story
from annotator.workspace.paths import resources
from annotator.workspace.reporting_articles import ArticleWriter
from annotator.workspace.reporting_story import ArticleTold, article_told, hands_told
from annotator.workspace.reporting_tables import agreement_table, claim_table, comment_table
from annotator.workspace.reporting_words import kind_name
from annotator.workspace.workspace import Workspace

_INK = "#5f6672"
"""The colour of marks whose kind the label scheme does not have, or which have none yet."""


@dataclass(frozen=True, slots=True)
class Reported:
    """What a report holds; hidden counts the articles without others' marks, for whoever made it is still at work there."""

    path: Path
    articles: int
    annotators: tuple[str, ...]
    hidden: int


def write_report(
    workspace: Workspace,
    out: Path,
    story: str = "",
    annotators: Sequence[str] = (),
    progress: Progress | None = None,
) -> Reported:
    """Write a report of a story, or of all, with the marks of some annotators, or of all who are no models.

    Raises:
        NotFound: for an unknown story or annotator.
        BadInput: when the file cannot be written.
        Cancelled: when progress asks to stop; nothing was written.
    """
    stories = [workspace.story(story)] if story else workspace.stories()
    hands = hands_told(workspace, annotators)
    writing = _Writing(workspace, hands, progress, named=bool(annotators))
    body = writing.body(stories, story)
    title = f"{workspace.name}: {story}" if story else workspace.name
    folder = resources("report")
    template, style, script = (
        (folder / name).read_text("utf-8") for name in ("page.html", "report.css", "report.js")
    )
    made = page(template, title, body, style + writing.colours(), script)
    with new_file(out) as file:
        file.write(made.encode("utf-8", "replace"))
    return Reported(out, len(writing.told), writing.seen(), sum(one.hidden for one in writing.told))


class _Writing:
    """One report in the making."""

    def __init__(
        self, workspace: Workspace, hands: list[Annotator], progress: Progress | None, *, named: bool
    ) -> None:
        self._workspace = workspace
        self._hands = hands
        self._named = named
        self._progress = progress
        self._writer = ArticleWriter(workspace, hands)
        self.told: list[ArticleTold] = []

    def body(self, stories: Sequence[Story], only: str) -> str:
        """Everything between the page's first and last line."""
        total = sum(len(self._workspace.articles(one.id)) for one in stories)
        sections = [self._story(one, total) for one in stories]
        agreement = self._agreement(only)
        comments = comment_table(self._workspace, self.told, self._writer.number)
        after = [
            tag("section", tag("h2", heading), inside, id=name)
            for name, heading, inside in (
                ("agreement", "Agreement", agreement),
                ("comments", "Comments", comments),
            )
            if inside
        ]
        ways = [(f"story-{one.id}", one.name) for one in stories]
        ways += [
            (name, name.capitalize())
            for name, there in (("agreement", agreement), ("comments", comments))
            if there
        ]
        head = self._head(stories, only, ways)
        return "\n".join((head, self._filters(), tag("main", *sections, *after)))

    def seen(self) -> tuple[str, ...]:
        """The annotators of whom something is shown, by name."""
        there = {hand for one in self.told for hand in one.panel.marks}
        return tuple(one.name for one in self._hands if one.name in there)

    def _head(self, stories: Sequence[Story], only: str, ways: Sequence[tuple[str, str]]) -> str:
        marks = sum(len(own) for one in self.told for own in one.panel.marks.values())
        facts = [
            f"{len(self.told)} {'article' if len(self.told) == 1 else 'articles'}",
            f"{len(stories)} {'story' if len(stories) == 1 else 'stories'}",
            f"{marks} {'attribution' if marks == 1 else 'attributions'} by {', '.join(self.seen()) or 'nobody'}",
            f"label scheme {self._workspace.scheme.name}",
            f"written {shown(now())} UTC",
        ]
        return tag(
            "header",
            tag("p", "Source attribution report", class_="outlet"),
            tag("h1", safe(only or self._workspace.name), dir="auto"),
            tag("p", safe(" · ".join(facts)), class_="about"),
            tag(
                "nav",
                *(tag("a", safe(name), href=f"#{place}") for place, name in ways),
                aria_label="Contents",
            ),
            class_="top",
        )

    def _filters(self) -> str:
        hands = "".join(
            self._box("a", str(at), safe(one.name))
            for at, one in enumerate(self._hands)
            if one.name in self.seen()
        )
        kinds = "".join(
            self._box(
                "k",
                str(at),
                tag("span", safe(self._writer.glyph(kind)), class_=f"g{at}", aria_hidden="true")
                + " "
                + safe(kind_name(self._workspace, kind)),
            )
            for at, kind in enumerate(self._writer.kinds)
            if any(mark.kind == kind for one in self.told for own in one.panel.marks.values() for mark in own)
        )
        rest = (
            '<label class="words">Words <input type="search" id="words" placeholder="in an attribution"></label>'
            '<label><input type="checkbox" id="differs"> differences only</label>'
            '<button type="button" id="all">Show all</button><output id="shown" aria-live="polite"></output>'
        )
        legend = (
            '<p class="legend"><span class="m content">content</span> <span class="m source">source</span> '
            '<span class="m cue">cue</span></p>'
        )
        return tag(
            "form",
            tag("fieldset", tag("legend", "Annotators"), hands),
            tag("fieldset", tag("legend", "Kinds"), kinds),
            tag("fieldset", tag("legend", "Show"), rest),
            legend,
            id="filters",
        )

    @staticmethod
    def _box(group: str, value: str, label: str) -> str:
        return f'<label><input type="checkbox" name="{group}" value="{safe(value)}" checked> {label}</label>'

    def _story(self, story: Story, total: int) -> str:
        told: list[ArticleTold] = []
        for article in self._workspace.articles(story.id):
            if self._progress is not None and not self._progress(len(self.told) + len(told), total):
                raise Cancelled("The report was stopped; nothing was written.")
            told.append(article_told(self._workspace, article, self._hands))
        self.told += told
        columns = tag("div", *(self._writer.article(one) for one in told), class_="columns")
        inside = [tag("h2", safe(story.name), dir="auto")]
        if story.note:
            inside.append(tag("p", safe(story.note), class_="about", dir="auto"))
        inside.append(columns if told else tag("p", "No articles.", class_="empty"))
        claims = self._claims(story, told)
        if claims:
            inside.append(
                tag("details", tag("summary", "Claims by outlets"), claims, open=True, class_="matrix")
            )
        return tag("section", *inside, class_="story", id=f"story-{story.id}")

    def _claims(self, story: Story, told: Sequence[ArticleTold]) -> str:
        """The claim matrix as one annotator marked it: gold where it names claims, else whoever names most of them."""
        named = Counter(
            hand for one in told for hand, own in one.panel.marks.items() for mark in own if mark.claims
        )
        if not named:
            return ""
        gold = {one.name for one in self._hands if one.role == GOLD}
        hand = max(sorted(named), key=lambda name: (name in gold, named[name]))
        return claim_table(*compare_story(self._workspace, story.id, hand))

    def _agreement(self, only: str) -> str:
        if any(one.hidden for one in self.told):
            return tag(
                "p",
                "Left out: whoever made this report is still annotating, and works without seeing others' marks.",
                class_="empty",
            )
        names = [one.name for one in self._hands if one.role != MODEL or self._named]
        people = [one for one in names if one in self.seen()] if self._named else []
        if self._named and len(people) < 2:
            return ""
        try:
            return agreement_table(agree(self._workspace, people, only))
        except AnnotatorError as wrong:
            return tag("p", safe(wrong), class_="empty")

    def colours(self) -> str:
        """The look of every kind: a tint for contents, a line for sources, dots for cues; in print as on a screen."""
        rules = []
        for at, kind in enumerate(self._writer.kinds):
            found = self._workspace.scheme.kind(kind) if kind is not None else None
            ink = found.colour if found is not None else _INK
            red, green, blue = (int(ink[place : place + 2], 16) for place in (1, 3, 5))
            rules.append(
                f".t{at}{{background:rgba({red},{green},{blue},.16)}}.s{at}{{border-bottom-color:{ink};border-bottom-style:solid}}"
                f".c{at}{{border-bottom-color:{ink};border-bottom-style:dotted}}.g{at}{{color:{ink}}}.b{at}{{border-left-color:{ink}}}"
            )
        return "\n".join(("", *rules))
