"""Compare the outlets of a story as one annotator marked it, now and after each change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from annotator.compare.comparison import Comparison, TextsCompared, compare, read_texts
from annotator.compare.lexicons import Lexicons, read_lexicons
from annotator.compare.telling import Names, Telling
from annotator.core.annotation_sets import AnnotationSet, only_assigned
from annotator.core.annotators import GOLD, MODEL, Annotator
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.claims import Claim
from annotator.core.errors import BadInput, NotFound
from annotator.core.outlets import Outlet
from annotator.core.ports import Progress
from annotator.core.sources import Source
from annotator.core.stories import Story
from annotator.workspace.paths import resources
from annotator.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class StoryTold:
    """A story as it goes into a comparison: its articles with the marks of one annotator, and the names behind them."""

    story: Story
    annotator: str
    tellings: tuple[Telling, ...]
    names: Names


@lru_cache(maxsize=1)
def lexicons() -> Lexicons:
    """The word lists that ship with the program."""
    return read_lexicons(resources("lexicons"))


def annotator_to_compare(
    workspace: Workspace, story: Story, annotator: str = "", *, gold: bool = False
) -> Annotator:
    """Whose marks of a story are compared: whoever is named; else the gold, where it has marks; else who has most of them.

    Raises:
        NotFound: when nobody is called so, when there is no gold, or when nobody has begun the story.
        BadInput: when both somebody is named and the gold is asked for.
    """
    if annotator and gold:
        raise BadInput("Name an annotator, or ask for the gold, not both.")
    hands = {one.id: one for one in workspace.registry.every(Annotator)}
    if annotator:
        for one in hands.values():
            if one.name == annotator:
                return one
        known = ", ".join(one.name for one in hands.values()) or "none yet"
        raise NotFound(f"There is no annotator called {annotator!r} in this project; annotators: {known}.")
    totals: dict[str, int] = {}
    for count in workspace.counts(story.id):
        totals[count.annotator_id] = totals.get(count.annotator_id, 0) + count.attributions
    marked = sorted(
        (hands[one] for one, total in totals.items() if total), key=lambda one: (-totals[one.id], one.name)
    )
    golds = [one for one in marked if one.role == GOLD]
    if gold and not golds:
        raise NotFound(f"There is no gold in the story {story.name!r} yet.")
    if golds:
        return golds[0]
    people = [one for one in marked if one.role != MODEL] or marked
    if not people:
        raise NotFound(f"Nobody has marked anything in the story {story.name!r} yet.")
    return people[0]


def story_told(workspace: Workspace, story: Story, annotator: Annotator) -> StoryTold:
    """A story's articles as one annotator marked them, in their order; what that annotator rejected or only was offered is left out.

    A model's own suggestions count when the model is the annotator.
    """
    reading = workspace.reading
    articles = workspace.articles(story.id)
    texts = workspace.texts(articles)
    sets = {
        own.article_id: own
        for own in (
            reading.find(AnnotationSet, article_id=[one.id for one in articles], annotator_id=annotator.id)
            if articles
            else ()
        )
    }
    marks: dict[str, list[Attribution]] = {own.id: [] for own in sets.values()}
    for mark in reading.find(Attribution, set_id=list(marks)) if marks else ():
        if mark.state == "kept" or (annotator.role == MODEL and mark.state == "open"):
            marks[mark.set_id].append(mark)
    tellings = tuple(
        _telling(workspace, article, texts[article.text_sha256], sets.get(article.id), marks)
        for article in articles
    )
    return StoryTold(story, annotator.name, tellings, _names(workspace, story, tellings))


def _telling(
    workspace: Workspace,
    article: Article,
    text: str,
    own: AnnotationSet | None,
    marks: dict[str, list[Attribution]],
) -> Telling:
    kept = tuple(marks[own.id]) if own is not None else ()
    return Telling(
        article.id,
        workspace.outlet_name(article),
        text,
        kept,
        article.published,
        article.title,
        article.zones,
        looked=own is not None and (bool(kept) or not only_assigned(own)),
    )


def _names(workspace: Workspace, story: Story, tellings: tuple[Telling, ...]) -> Names:
    registry = workspace.registry
    used = {mark.source_id for telling in tellings for mark in telling.marks if mark.source_id}
    sources = {one: found for one in sorted(used) if (found := registry.get(Source, one)) is not None}
    outlets = {one.id: one for one in registry.every(Outlet)}
    return Names(sources, outlets, tuple(workspace.reading.find(Claim, story_id=story.id)))


def texts_of(told: StoryTold, progress: Progress | None = None) -> TextsCompared:
    """What the texts of a story bring out by themselves; keep it while the story has the same articles.

    Raises:
        Cancelled: when progress asks to stop.
    """
    return read_texts(told.tellings, lexicons(), progress)


def compared(told: StoryTold, texts: TextsCompared, before: Comparison | None = None) -> Comparison:
    """The comparison of a story; with the one before, what has not changed is taken over."""
    return compare(told.tellings, told.names, texts, before)


def compare_story(
    workspace: Workspace,
    story: str = "",
    annotator: str = "",
    *,
    gold: bool = False,
    progress: Progress | None = None,
) -> tuple[StoryTold, Comparison]:
    """Compare a story by its name, or the only one that there is.

    Raises:
        NotFound: for an unknown story or annotator, or when nobody has marked anything in it.
        BadInput: when there are several stories and none is named; when an annotator and the gold are both asked for.
        Cancelled: when progress asks to stop.
    """
    chosen = workspace.story(story) if story else _only_story(workspace)
    hand = annotator_to_compare(workspace, chosen, annotator, gold=gold)
    told = story_told(workspace, chosen, hand)
    return told, compared(told, texts_of(told, progress))


def _only_story(workspace: Workspace) -> Story:
    stories = workspace.stories()
    if not stories:
        raise NotFound("There is no story in this project yet.")
    if len(stories) > 1:
        raise BadInput(f"Name a story with --story: {', '.join(one.name for one in stories)}.")
    return stories[0]
