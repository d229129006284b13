"""All that one desk knows: every thing in its versions, and what it was found to be another name for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from annotator.core.annotation_sets import AnnotationSet
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.changes import NOUNS, Noun
from annotator.core.comments import Comment
from annotator.core.conflicts import Conflict
from annotator.core.errors import BadInput
from annotator.core.learned import Learned
from annotator.core.plain import from_plain
from annotator.core.project_settings import ProjectSetting
from annotator.core.scheme import StoredScheme
from annotator.core.spans import hull
from annotator.formats.bundle import Bundle
from annotator.workspace.merging_past import Key, Past, key_of_noun, past_of
from annotator.workspace.merging_versions import Version, version_from_plain
from annotator.workspace.workspace import Workspace

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Side:
    """One desk: what is there, in which conflicts, what its log tells, and all of it as versions of things."""

    live: dict[Key, Noun]
    conflicts: dict[Key, Conflict]
    past: Past
    versions: dict[Key, tuple[Version, ...]] = field(default_factory=dict)

    def of(self, name: str) -> list[tuple[Key, tuple[Version, ...]]]:
        """The things of one noun in their versions."""
        if not self._of:
            for key, versions in self.versions.items():
                self._of.setdefault(key[0], []).append((key, versions))
        return self._of.get(name, [])

    _of: dict[str, list[tuple[Key, tuple[Version, ...]]]] = field(
        default_factory=dict, repr=False, compare=False
    )


def _side(nouns: Iterable[Noun], past: Past) -> Side:
    live: dict[Key, Noun] = {}
    conflicts: dict[Key, Conflict] = {}
    for noun in nouns:
        if isinstance(noun, Conflict):
            conflicts[noun.noun, noun.noun_id] = noun
        elif not isinstance(noun, Learned):
            live[key_of_noun(noun)] = noun
    side = Side(live, conflicts, past)
    for key, noun in live.items():
        known = past.known.get(key)
        first = Version(noun, _NOTHING) if known is None else Version(noun, known.events, known.at, known.by)
        side.versions[key] = (first, *_others(conflicts.get(key)))
    for key, known in past.known.items():
        if known.removed and key not in live and known.remains is not None:
            remains = from_plain(NOUNS[key[0]], known.remains)
            gone = Version(None, known.events, known.at, known.by, remains)
            side.versions[key] = (gone, *_others(conflicts.get(key)))
    return side


def _others(conflict: Conflict | None) -> tuple[Version, ...]:
    if conflict is None:
        return ()
    return tuple(version_from_plain(conflict.noun, one) for one in conflict.versions)


def our_side(workspace: Workspace) -> Side:
    """The side of an open project."""
    nouns = [noun for cls in NOUNS.values() if cls is not Learned for noun in workspace.reading.find(cls)]
    return _side(nouns, past_of(workspace.log()))


def their_side(bundle: Bundle, where: str, *, of_another: bool = False) -> Side:
    """The side of a bundle; of one of another project, without the label scheme and the settings.

    Raises:
        BadInput: when a mark leaves its text.
    """
    past = past_of(bundle.log)
    nouns: Iterable[Noun] = bundle.nouns
    if of_another:
        nouns = [one for one in nouns if not isinstance(one, StoredScheme | ProjectSetting)]
        for key in [key for key in past.known if key[0] in ("scheme", "setting")]:
            del past.known[key]
    _require_inside(bundle.nouns, where)
    return _side(nouns, past)


def _require_inside(nouns: Collection[Noun], where: str) -> None:
    lengths = {one.id: one.length for one in nouns if isinstance(one, Article)}
    article_of = {one.id: one.article_id for one in nouns if isinstance(one, AnnotationSet)}
    for one in nouns:
        if isinstance(one, Attribution):
            places = [part for _, parts in one.all_spans() for part in parts]
        elif isinstance(one, Comment):
            places = list(one.place)
        else:
            continue
        around = hull(places)
        length = lengths.get(article_of.get(one.set_id or "", ""))
        if around is not None and length is not None and around.end > length:
            raise BadInput(
                f"{where}: {type(one).__name__.lower()} {one.id} leaves its article's text. Nothing was merged."
            )
