"""The conflicts that wait for a person: what about, who says what, and the deciding of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

from annotator.core.annotation_sets import AnnotationSet
from annotator.core.annotators import Annotator
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.changes import NOUNS, ChangeSet, Noun
from annotator.core.claims import Claim
from annotator.core.comments import Comment
from annotator.core.conflicts import Conflict
from annotator.core.errors import NotFound
from annotator.core.outlets import Outlet
from annotator.core.plain import to_plain
from annotator.core.scheme import StoredScheme
from annotator.core.sources import Source
from annotator.core.spans import Fragments, words
from annotator.core.stories import Story
from annotator.workspace.commands.merging_deciding import STANDING, DecideConflicts
from annotator.workspace.merging_past import past_of
from annotator.workspace.merging_versions import version_from_plain
from annotator.workspace.registry import Registry
from annotator.workspace.workspace import Workspace

OURS, THEIRS = "ours", "theirs"
_LONGEST = 60
_UNTOLD = {"id", "version", "updated", "created", "imported", "set_id", "provenance"}
_WORDS = {"set": "work on an article", "scheme": "label scheme", "setting": "setting of the project"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One version of a thing: its value (None: removed), who made it so (nobody, where it came back by itself) and when.

    place is what decide is told; stands says that it is in the project now.
    """

    place: int
    value: Noun | None
    by: str
    at: str
    stands: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which the versions differ, with its words in each, in the choices' order."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undecided:
    """A conflict: the thing in words, its versions, the one that stands first, and how they differ.

    article_id is that in which the thing is, where it is in one. ours is the place of the version that was made at this
    desk, theirs that of the other; None where it is not clear which is meant.
    """

    id: str
    noun: str
    noun_id: str
    what: str
    article_id: str | None
    choices: tuple[Choice, ...]
    differences: tuple[Difference, ...]
    ours: int
    theirs: int | None


def undecided(workspace: Workspace) -> list[Undecided]:
    """All conflicts, those about articles and marks in the articles' order, others before them."""
    waiting = workspace.reading.find(Conflict)
    if not waiting:
        return []
    past = past_of(workspace.log())
    order = {one.id: at for at, one in enumerate(workspace.articles(versions=True))}
    found = []
    for conflict in waiting:
        known = past.known.get((conflict.noun, conflict.noun_id))
        stored = _stored(workspace, conflict)
        choices = [Choice(STANDING, stored, known.by if known else "", known.at if known else "", True)]
        remains: Noun | None = stored
        for at, plain in enumerate(conflict.versions):
            one = version_from_plain(conflict.noun, plain)
            choices.append(Choice(at, one.value, one.by, one.at, False))
            remains = remains or one.value or one.remains
        found.append(_worded(workspace, conflict, choices, remains))
    return sorted(found, key=lambda one: (order.get(one.article_id or "", -1), one.what, one.id))


def _stored(workspace: Workspace, conflict: Conflict) -> Noun | None:
    cls = NOUNS[conflict.noun]
    if cls is StoredScheme:
        return next(iter(workspace.reading.find(StoredScheme)), None)
    return workspace.reading.get(cls, conflict.noun_id)


def _worded(
    workspace: Workspace, conflict: Conflict, choices: list[Choice], remains: Noun | None
) -> Undecided:
    article_id = _article_of(workspace, remains)
    mine = (
        sorted((one for one in choices if one.by == workspace.actor), key=lambda one: one.at)[-1:]
        or choices[:1]
    )
    others = [one for one in choices if one is not mine[0]]
    return Undecided(
        conflict.id,
        conflict.noun,
        conflict.noun_id,
        _what(workspace, conflict.noun, remains),
        article_id,
        tuple(choices),
        tuple(_differences(workspace, choices, article_id)),
        mine[0].place,
        others[0].place if len(others) == 1 else None,
    )


def _article_of(workspace: Workspace, noun: Noun | None) -> str | None:
    if isinstance(noun, Article):
        return noun.id
    if isinstance(noun, AnnotationSet):
        return noun.article_id
    if isinstance(noun, Attribution | Comment) and noun.set_id is not None:
        own = workspace.reading.get(AnnotationSet, noun.set_id)
        return own.article_id if own is not None else None
    return None


def _what(workspace: Workspace, name: str, noun: Noun | None) -> str:
    kind = _WORDS.get(name, name)
    if isinstance(noun, Attribution):
        text = _text_of(workspace, _article_of(workspace, noun))
        said = next((words(parts, text) for _, parts in noun.all_spans()), "")
        return f"{kind} “{_short(said)}”"
    if isinstance(noun, Comment):
        return f"{kind} “{_short(noun.text)}”"
    if isinstance(noun, AnnotationSet):
        article = workspace.reading.get(Article, noun.article_id)
        hand = workspace.registry.name(Annotator, noun.annotator_id)
        return f"{hand}'s {kind}: {_short(article.title or article.id) if article is not None else ''}"
    if isinstance(noun, Article):
        return f"{kind} {_short(noun.title or noun.id)}"
    if isinstance(noun, Annotator | Story | Outlet | Source | Claim):
        return f"{kind} {_short(noun.name)}"
    return kind


def _short(said: str) -> str:
    flat = " ".join(said.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"


def _text_of(workspace: Workspace, article_id: str | None) -> str:
    article = workspace.reading.get(Article, article_id) if article_id else None
    return workspace.text(article) if article is not None else ""


def _differences(workspace: Workspace, choices: list[Choice], article_id: str | None) -> list[Difference]:
    """The fields in which versions differ; one row that says what is removed, where one is."""
    values = [one.value for one in choices if one.value is not None]
    if len(values) < len(choices):
        return [Difference("", tuple("removed" if one.value is None else "kept" for one in choices))]
    text = _text_of(workspace, article_id)
    found = []
    for field in fields(values[0]):
        if field.name in _UNTOLD:
            continue
        own = [getattr(one, field.name) for one in values]
        if any(one != own[0] for one in own):
            shown = tuple(_shown(workspace, field.name, one, text) for one in own)
            found.append(Difference(field.name, shown))
    return found


_NAMED: dict[str, Callable[[Registry, str], str]] = {
    "source_id": lambda registry, one: registry.name(Source, one),
    "via_id": lambda registry, one: registry.name(Outlet, one),
    "outlet_id": lambda registry, one: registry.name(Outlet, one),
    "outlet_told": lambda registry, one: registry.name(Outlet, one),
    "claims": lambda registry, one: registry.name(Claim, one),
    "author": lambda registry, one: registry.name(Annotator, one),
}
_PLACES = ("source", "cue", "content", "via_span", "recipient", "place")


def _shown(workspace: Workspace, name: str, value: object, text: str) -> str:
    """A field's value in words; an empty one as an empty text."""
    if value is None or value in ((), ""):
        return ""
    if name in _PLACES and isinstance(value, tuple):
        places: Fragments = value
        return words(places, text)
    named = _NAMED.get(name)
    if named is not None:
        ids = value if isinstance(value, tuple) else (value,)
        return ", ".join(named(workspace.registry, str(one)) or str(one) for one in ids)
    if isinstance(value, bool):
        return "yes" if value else "no"
    plain = to_plain(value)
    return ", ".join(map(str, plain)) if isinstance(plain, list) else str(plain)


def decide(workspace: Workspace, keep: Mapping[str, str]) -> ChangeSet:
    """Decide conflicts, as one deed.

    Args:
        keep: for each conflict's id ours, theirs, the name of who made a version, or its number from 1, as they are listed.

    Raises:
        NotFound: when there is no such conflict, or no such version of it; nothing was decided then.
        BrokenLaw: when a version cannot stand, for what was done since; nothing was decided then.
    """
    waiting = {one.id: one for one in undecided(workspace)}
    choices = []
    for conflict_id, wanted in keep.items():
        found = waiting.get(conflict_id)
        if found is None:
            known = ", ".join(waiting) or "none"
            raise NotFound(f"There is no conflict {conflict_id!r} that waits; those that do: {known}.")
        choices.append((conflict_id, _place(found, wanted)))
    return workspace.execute(DecideConflicts(tuple(choices)))


def _place(found: Undecided, wanted: str) -> int:
    if wanted == OURS:
        return found.ours
    if wanted == THEIRS and found.theirs is not None:
        return found.theirs
    if wanted.isdecimal() and 1 <= int(wanted) <= len(found.choices):
        return found.choices[int(wanted) - 1].place
    named = [one.place for one in found.choices if one.by == wanted]
    if len(named) == 1:
        return named[0]
    hands = ", ".join(f"{at} ({one.by or 'nobody'})" for at, one in enumerate(found.choices, 1))
    raise NotFound(f"Of the conflict {found.id} there is no one version {wanted!r}; there are {hands}.")
