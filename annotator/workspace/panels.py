"""Articles as several annotators marked them, read from a project: what review compares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from annotator.core.annotation_sets import AnnotationSet, only_assigned
from annotator.core.annotators import GOLD, MODEL, PERSON, Annotator
from annotator.core.articles import Article
from annotator.core.attributions import Attribution, reading_order
from annotator.core.errors import NotFound
from annotator.core.storing import Reading
from annotator.review.adjudication import decision_of
from annotator.review.panels import Panel


def annotators_named(reading: Reading, names: Iterable[str] = ()) -> list[Annotator]:
    """The annotators of these names; without names, all persons, by name.

    Raises:
        NotFound: when one is not in the project.
    """
    known = {one.name: one for one in reading.find(Annotator)}
    chosen = list(dict.fromkeys(names))
    for name in chosen:
        if name not in known:
            raise NotFound(
                f"There is no annotator called {name!r} in this project; annotators: {', '.join(known) or 'none yet'}."
            )
    return [known[name] for name in chosen] or [one for one in known.values() if one.role == PERSON]


def gold_annotator(reading: Reading) -> Annotator | None:
    """The annotator whose sets are the adjudicated ones; the first by name, where there are several."""
    found = reading.find(Annotator, role=GOLD)
    return found[0] if found else None


def panels(
    reading: Reading,
    articles: Sequence[Article],
    hands: Sequence[Annotator],
    texts: Mapping[str, str],
    *,
    states: Sequence[str] = (),
) -> list[Panel]:
    """A panel for each article, with those of the annotators who have begun it.

    Only what annotators stand by counts: suggestions that nobody accepted and what was rejected do not, but that of a model
    its suggestions are all it has.

    Args:
        texts: the articles' texts, by hash.
        states: the states of sets that count; all, where none are named. A set that was only assigned never does.
    """
    by_id = {one.id: one for one in hands}
    sets: dict[str, AnnotationSet] = {}
    for own in reading.find(AnnotationSet, article_id=[one.id for one in articles]) if articles else ():
        if own.annotator_id in by_id and (own.status in states if states else True):
            sets[own.id] = own
    marks: dict[str, list[Attribution]] = {own: [] for own in sets}
    for mark in reading.find(Attribution, set_id=list(sets)) if sets else ():
        hand = by_id[sets[mark.set_id].annotator_id]
        if mark.state == "kept" or (hand.role == MODEL and mark.state == "open"):
            marks[mark.set_id].append(mark)
    of_article: dict[str, dict[str, tuple[Attribution, ...]]] = {}
    for own in sets.values():
        if marks[own.id] or not only_assigned(own):
            in_order = tuple(sorted(marks[own.id], key=reading_order))
            of_article.setdefault(own.article_id, {})[by_id[own.annotator_id].name] = in_order
    names = [one.name for one in hands]
    return [
        Panel(
            article.id,
            article.story_id,
            texts[article.text_sha256],
            {name: found[name] for name in names if name in (found := of_article.get(article.id, {}))},
        )
        for article in articles
    ]


def panel_of(reading: Reading, article: Article, hands: Sequence[Annotator]) -> Panel:
    """One article's panel."""
    text = reading.text(article.text_sha256)
    return panels(reading, [article], hands, {article.text_sha256: text})[0]


def gold_marks(marks: Iterable[Attribution]) -> list[Attribution]:
    """What counts in a gold set: what it keeps, and what it notes as rejected; suggestions do not."""
    return [
        one
        for one in marks
        if one.state == "kept" or (one.state == "rejected" and decision_of(one) is not None)
    ]
