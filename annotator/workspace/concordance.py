"""Places over a whole project, each in its context: by words, by pattern, by source, by kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from annotator.core.annotation_sets import FINISHED, AnnotationSet
from annotator.core.annotators import Annotator
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.errors import Cancelled
from annotator.core.outlets import Outlet
from annotator.core.ports import Progress
from annotator.core.searching import Hit, Term, places, terms_of
from annotator.core.sources import Source
from annotator.core.spans import Span, hull
from annotator.core.storing import TextBatch
from annotator.workspace.patterns import Pattern
from annotator.workspace.workspace import Workspace

WORDS, PATTERN, SOURCE, KIND, SAME = "words", "pattern", "source", "kind", "same"
MODES = (WORDS, PATTERN, SOURCE, KIND)
_CONTEXT = 90
_LONGEST = 200
_AT_ONCE = 100
_ROLES = ("content", "source", "cue")


@dataclass(frozen=True, slots=True)
class Wish:
    """What to look for (`typed` is a kind's id when looking by kind), where, and whose marks are shown beside it."""

    mode: str
    typed: str
    annotator: str = ""
    story_id: str | None = None
    article_id: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What an annotator has at a place: the attribution's id, the role in which it stands there, its kind."""

    attribution_id: str
    role: str
    kind: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """A hit in its context, in one line; who published it, what the annotator has there, whether that is finished."""

    hit: Hit
    left: str
    words: str
    right: str
    outlet: str = ""
    title: str = ""
    story_id: str = ""
    set_id: str | None = None
    standing: tuple[Standing, ...] = ()
    finished: bool = False


def lines(workspace: Workspace, wish: Wish, progress: Progress | None = None) -> Iterator[list[Line]]:
    """The lines for a wish, some at a time, as soon as they are found.

    Raises:
        BadInput: when a pattern cannot be read or takes too long.
        Cancelled: when progress says so.
    """
    if wish.mode in (SOURCE, KIND):
        yield from _of_attributions(workspace, wish)
        return
    finder = _finder(wish)
    if finder is None:
        return
    terms = () if wish.mode == PATTERN else _terms(wish)
    for batch in _batches(workspace, wish, terms):
        if progress is not None and not progress(batch.done, batch.total):
            raise Cancelled("The search was stopped.")
        found = [(article_id, text, finder(text)) for article_id, text in batch.texts]
        yield _in_context(workspace, wish, [one for one in found if one[2]])


def _terms(wish: Wish) -> tuple[Term, ...]:
    if wish.mode == SAME:
        return (Term(" ".join(wish.typed.split())),) if wish.typed.strip() else ()
    return terms_of(wish.typed)


def _finder(wish: Wish) -> Callable[[str], list[Span]] | None:
    if not wish.typed.strip():
        return None
    if wish.mode == PATTERN:
        return Pattern(wish.typed).places
    terms = _terms(wish)
    return (lambda text: places(terms, text)) if terms else None


def _batches(workspace: Workspace, wish: Wish, terms: Sequence[Term]) -> Iterator[TextBatch]:
    if wish.article_id is None:
        yield from workspace.texts_with(terms, wish.story_id)
        return
    article = workspace.reading.get(Article, wish.article_id)
    if article is not None:
        yield TextBatch([(article.id, workspace.text(article))], 1, 1)


def _in_context(workspace: Workspace, wish: Wish, found: Sequence[tuple[str, str, list[Span]]]) -> list[Line]:
    if not found:
        return []
    ids = list({article_id for article_id, _, _ in found})
    articles = {one.id: one for one in workspace.reading.find(Article, id=ids)}
    sets, standing = _standing(workspace, wish.annotator, ids)
    made = []
    for article_id, text, spans in found:
        if article_id in articles:
            own = sets.get(article_id)
            for span in spans:
                at = standing.get((own.id, span), ()) if own is not None else ()
                made.append(
                    _line(
                        workspace, articles[article_id], text, Hit(article_id, span.start, span.end), own, at
                    )
                )
    return made


def _line(
    workspace: Workspace,
    article: Article,
    text: str,
    hit: Hit,
    own: AnnotationSet | None,
    at: tuple[Standing, ...],
) -> Line:
    return Line(
        hit,
        flat(text[max(0, hit.start - _CONTEXT) : hit.start]),
        flat(text[hit.start : min(hit.end, hit.start + _LONGEST)])
        + ("…" if hit.end - hit.start > _LONGEST else ""),
        flat(text[hit.end : hit.end + _CONTEXT]),
        workspace.registry.name(Outlet, article.outlet_id),
        article.title,
        article.story_id,
        own.id if own is not None else None,
        at,
        own is not None and own.status == FINISHED,
    )


def flat(words: str) -> str:
    """Words in one line; each sign of white space stays one."""
    return "".join(" " if one.isspace() else one for one in words)


def _standing(
    workspace: Workspace, annotator: str, article_ids: list[str]
) -> tuple[dict[str, AnnotationSet], dict[tuple[str, Span], tuple[Standing, ...]]]:
    """An annotator's sets in some articles, and what stands at each place in them."""
    hands = workspace.reading.find(Annotator, name=annotator) if annotator else []
    if not hands:
        return {}, {}
    sets = workspace.reading.find(AnnotationSet, annotator_id=hands[0].id, article_id=article_ids)
    found: dict[tuple[str, Span], tuple[Standing, ...]] = {}
    if sets:
        for mark in workspace.reading.find(Attribution, set_id=[own.id for own in sets]):
            for role, span in standing_places(mark):
                key = (mark.set_id, span)
                found[key] = (*found.get(key, ()), Standing(mark.id, role, mark.kind))
    return {own.article_id: own for own in sets}, found


def standing_places(mark: Attribution) -> Iterator[tuple[str, Span]]:
    """The roles of a kept attribution that stand in one piece, with their places."""
    if mark.state == "kept":
        for role in _ROLES:
            parts = mark.spans(role)
            if len(parts) == 1:
                yield role, parts[0]


def _of_attributions(workspace: Workspace, wish: Wish) -> Iterator[list[Line]]:
    """The attributions of an annotator that name a source, or have a kind, each at its source or its content."""
    reading = workspace.reading
    where = {"kind": wish.typed} if wish.mode == KIND else {"source_id": sources_named(workspace, wish.typed)}
    hands = reading.find(Annotator, name=wish.annotator)
    if not hands or not all(where.values()):
        return
    sets = {own.id: own for own in reading.find(AnnotationSet, annotator_id=hands[0].id)}
    order = {
        article.id: (at, article)
        for at, article in enumerate(workspace.articles(wish.story_id))
        if wish.article_id in (None, article.id)
    }
    marks = [
        (order[sets[mark.set_id].article_id], mark)
        for mark in reading.find(Attribution, **where)
        if mark.set_id in sets and sets[mark.set_id].article_id in order and mark.state != "rejected"
    ]
    marks.sort(key=lambda one: one[0][0])
    for at in range(0, len(marks), _AT_ONCE):
        texts: dict[str, str] = {}
        made = []
        for (_, article), mark in marks[at : at + _AT_ONCE]:
            parts = (mark.source if wish.mode == SOURCE else ()) or mark.content
            around = hull(parts) or mark.extent()
            if around is not None:
                text = texts.setdefault(article.id, "") or workspace.text(article)
                texts[article.id] = text
                hit = Hit(article.id, around.start, around.end, mark.id)
                standing = (Standing(mark.id, "content", mark.kind),)
                made.append(_line(workspace, article, text, hit, sets[mark.set_id], standing))
        yield made


def sources_named(workspace: Workspace, typed: str) -> list[str]:
    """The ids of the sources of this name or alias; where there is none, of those whose name or alias holds it."""
    wanted = " ".join(typed.split()).casefold()
    if not wanted:
        return []
    known = {
        one.id: [" ".join(name.split()).casefold() for name in (one.name, *one.aliases)]
        for one in workspace.registry.every(Source)
    }
    exact = [source_id for source_id, names in known.items() if wanted in names]
    return exact or [source_id for source_id, names in known.items() if any(wanted in name for name in names)]
