"""How things point to each other and by what they are known as one: names, hashes, pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from annotator.core.annotation_sets import AnnotationSet
from annotator.core.annotators import Annotator
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.changes import Noun
from annotator.core.claims import Claim
from annotator.core.comments import Comment
from annotator.core.outlets import Outlet
from annotator.core.plain import Json
from annotator.core.sources import Source
from annotator.core.stories import Story
from annotator.workspace.merging_past import Key

_HARD: dict[type[Noun], dict[str, str]] = {
    Source: {"outlet_told": "outlet"},
    Claim: {"story_id": "story"},
    Article: {"story_id": "story", "outlet_id": "outlet", "previous": "article"},
    AnnotationSet: {"article_id": "article", "annotator_id": "annotator"},
    Attribution: {
        "set_id": "set",
        "source_id": "source",
        "via_id": "outlet",
        "parent": "attribution",
        "claims": "claim",
    },
    Comment: {
        "set_id": "set",
        "author": "annotator",
        "attribution_id": "attribution",
        "claim_id": "claim",
        "reply_to": "comment",
    },
}
"""The fields that point to a thing which has to be there, and what it is."""

_SOFT: dict[type[Noun], dict[str, str]] = {
    Claim: {"absent_in": "article"},
    Attribution: {"antecedent": "attribution"},
    Comment: {"mentions": "annotator"},
}
"""The fields that point to what may be gone."""

ABOVE: dict[type[Noun], str] = {Attribution: "parent", Article: "previous", Comment: "reply_to"}
"""The field by which things of one kind hang from each other; never in a circle."""

Aliases: TypeAlias = Mapping[Key, str]


def links(noun: Noun) -> Iterator[Key]:
    """The things that have to be there for this one."""
    for name, kind in _HARD.get(type(noun), {}).items():
        value = getattr(noun, name)
        if isinstance(value, tuple):
            yield from ((kind, one) for one in value)
        elif value is not None:
            yield (kind, value)


def pointing(kind: str) -> Iterator[tuple[type[Noun], str]]:
    """The nouns, and their fields, that point to things of a kind which have to be there."""
    for cls, named in _HARD.items():
        yield from ((cls, name) for name, to in named.items() if to == kind)


def relinked(noun: Noun, aliases: Aliases) -> Noun:
    """The value with every id that is now called by another replaced; the same object where there is none."""
    if not aliases:
        return noun
    changed: dict[str, Any] = {}
    cls = type(noun)
    for name, kind in (*_HARD.get(cls, {}).items(), *_SOFT.get(cls, {}).items()):
        before = getattr(noun, name)
        if isinstance(before, tuple):
            after: Any = tuple(dict.fromkeys(aliases.get((kind, one), one) for one in before))
        else:
            after = aliases.get((kind, before), before)
        if after != before:
            changed[name] = after
    if isinstance(noun, Source) and noun.perhaps_same:
        pairs = {aliases.get(("source", one), one): sure for one, sure in noun.perhaps_same}
        pairs.pop(aliases.get(("source", noun.id), noun.id), None)
        if tuple(pairs.items()) != noun.perhaps_same:
            changed["perhaps_same"] = tuple(pairs.items())
    if isinstance(noun, Attribution) and noun.provenance:
        provenance = _renamed(noun.provenance, aliases)
        if provenance != noun.provenance:
            changed["provenance"] = provenance
    return replace(noun, **changed) if changed else noun


def _renamed(value: Json, aliases: Aliases) -> Json:
    """A JSON value in which ids of attributions are the ones that hold now."""
    if isinstance(value, str):
        return aliases.get(("attribution", value), value)
    if isinstance(value, Mapping):
        return {key: _renamed(item, aliases) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_renamed(item, aliases) for item in value]
    return value


def unlinked(noun: Noun, gone: Key) -> Noun | None:
    """The value without its link to a thing that goes; None where it cannot be without."""
    changed: dict[str, Any] = {}
    for name, kind in _HARD.get(type(noun), {}).items():
        value = getattr(noun, name)
        if kind != gone[0]:
            continue
        if isinstance(value, tuple):
            changed[name] = tuple(one for one in value if one != gone[1])
        elif value == gone[1]:
            changed[name] = None
    if any(name in _NEEDED[type(noun)] and value is None for name, value in changed.items()):
        return None
    return replace(noun, **changed)


_NEEDED: dict[type[Noun], frozenset[str]] = {
    Source: frozenset(),
    Claim: frozenset(("story_id",)),
    Article: frozenset(("story_id",)),
    AnnotationSet: frozenset(("article_id", "annotator_id")),
    Attribution: frozenset(("set_id",)),
    Comment: frozenset(("set_id", "author", "attribution_id", "claim_id")),
}
"""Links without which a thing would say something else, or nothing."""

_BY: dict[type[Noun], Callable[[Any], tuple[str, ...]]] = {
    Annotator: lambda one: (one.name,),
    Story: lambda one: (one.name,),
    Outlet: lambda one: (one.name,),
    Source: lambda one: (one.name,),
    Claim: lambda one: (one.story_id, one.name),
    AnnotationSet: lambda one: (one.article_id, one.annotator_id),
}


def called(noun: Noun) -> tuple[str, ...] | None:
    """By what a thing is known, once in a project; None where it may stand twice."""
    by = _BY.get(type(noun))
    return by(noun) if by is not None else None


_UNTOLD: dict[str, Any] = {"id": "", "created": "", "updated": "", "version": 0}


def twin(noun: Noun) -> Noun | None:
    """What two things have in common that were made on two desks and are one: an article's text, all that a mark says."""
    if isinstance(noun, Article):
        return Article("", "", noun.text_sha256, noun.length)
    if isinstance(noun, Attribution):
        return replace(noun, **_UNTOLD)
    return None
