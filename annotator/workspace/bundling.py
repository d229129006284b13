"""Write a project, or one annotator's part of it, as a bundle that a colleague's desk can merge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator import __version__
from annotator.core.annotation_sets import AnnotationSet
from annotator.core.annotators import Annotator
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.changes import NAME_OF, NOUNS, Noun
from annotator.core.claims import Claim
from annotator.core.clock import now
from annotator.core.comments import Comment
from annotator.core.conflicts import Conflict
from annotator.core.errors import BadInput, Cancelled
from annotator.core.outlets import Outlet
from annotator.core.plain import from_plain
from annotator.core.ports import Progress
from annotator.core.project_settings import ProjectSetting
from annotator.core.scheme import StoredScheme
from annotator.core.sources import Source
from annotator.core.stories import Story
from annotator.core.storing import LogLine
from annotator.formats.bundle import SUFFIX, BundleWriter, Head, new_bundle
from annotator.workspace.merging_past import Key, in_scope, key_of_noun, past_of, without_adopted
from annotator.workspace.panels import annotators_named
from annotator.workspace.workspace import Workspace

__all__ = ["SUFFIX", "Bundled", "write_bundle"]

_AT_ONCE = 200
_SHARED: tuple[tuple[str, type[Noun]], ...] = (
    ("schemes", StoredScheme),
    ("settings", ProjectSetting),
    ("annotators", Annotator),
    ("stories", Story),
    ("outlets", Outlet),
    ("sources", Source),
    ("claims", Claim),
)
_OWN = (AnnotationSet, Attribution, Comment)
"""What belongs to one annotator; the rest is everybody's."""


@dataclass(frozen=True, slots=True)
class Bundled:
    """What a bundle holds."""

    path: Path
    articles: int
    sets: int
    attributions: int
    comments: int


def write_bundle(
    workspace: Workspace, out: Path, annotator: str = "", progress: Progress | None = None
) -> Bundled:
    """Write a bundle; with an annotator, of the sets only hers, with the comments in them.

    Raises:
        NotFound: for an unknown annotator.
        BadInput: when the file cannot be written, or somebody goes on changing the project; nothing was written.
        Cancelled: when progress asks to stop.
    """
    hands = {one.id for one in annotators_named(workspace.reading, [annotator])} if annotator else None
    for _ in range(_TRIES):
        seq = workspace.last_seq()
        head = Head(workspace.project_id, workspace.name, now(), workspace.actor, annotator, __version__)
        try:
            with new_bundle(out, head) as writer:
                made = _Packing(workspace, writer, out, hands, progress).pack()
                if workspace.last_seq() != seq:
                    raise _Moved
        except _Moved:
            continue
        return made
    raise BadInput("The project is being changed all the while; try again in a moment. Nothing was written.")


_TRIES = 5


class _Moved(Exception):  # noqa: N818  # the fact itself; never leaves this module
    """Somebody did something while a bundle was written: what was read does not belong together."""


class _Packing:
    """One bundle in the making."""

    def __init__(
        self,
        workspace: Workspace,
        writer: BundleWriter,
        out: Path,
        hands: set[str] | None,
        progress: Progress | None,
    ) -> None:
        self._workspace = workspace
        self._reading = workspace.reading
        self._writer = writer
        self._out = out
        self._hands = hands
        self._progress = progress
        self._keys: set[Key] = set()
        self._made = dict.fromkeys((Article, *_OWN), 0)

    def pack(self) -> Bundled:
        """Write everything but the manifest."""
        for name, cls in _SHARED:
            self._put(f"{name}.jsonl", list(self._reading.find(cls)))
        articles = self._reading.find(Article)
        self._pack_articles(articles)
        for at in range(0, len(articles), _AT_ONCE):
            if self._progress is not None and not self._progress(at, len(articles)):
                raise Cancelled("The bundle was stopped; nothing was written.")
            self._pack_sets(articles[at : at + _AT_ONCE])
        self._put("comments.jsonl", list(self._reading.find(Comment, set_id=None)))
        wanted = self._wanted()
        conflicts = self._reading.find(Conflict)
        chosen = [one for one in conflicts if wanted is None or (one.noun, one.noun_id) in wanted]
        self._writer.nouns("conflicts.jsonl", chosen)
        self._writer.log(self._log(wanted))
        made = self._made
        return Bundled(self._out, made[Article], made[AnnotationSet], made[Attribution], made[Comment])

    def _put(self, name: str, nouns: list[Noun], texts: dict[str, str] | None = None) -> None:
        self._writer.nouns(name, nouns, texts)
        for noun in nouns:
            self._keys.add(key_of_noun(noun))
            if type(noun) in self._made:
                self._made[type(noun)] += 1

    def _pack_articles(self, articles: list[Article]) -> None:
        for at in range(0, len(articles), _AT_ONCE):
            some = articles[at : at + _AT_ONCE]
            number = at // _AT_ONCE + 1
            self._put(f"articles/{number:04}.jsonl", list(some), self._workspace.texts(some))

    def _pack_sets(self, articles: list[Article]) -> None:
        ids = [one.id for one in articles]
        sets = [
            own
            for own in self._reading.find(AnnotationSet, article_id=ids)
            if self._hands is None or own.annotator_id in self._hands
        ]
        inside: dict[str, list[Noun]] = {own.id: [own] for own in sets}
        for mark in self._reading.find(Attribution, set_id=list(inside)) if inside else ():
            inside[mark.set_id].append(mark)
        for comment in self._reading.find(Comment, set_id=list(inside)) if inside else ():
            inside[comment.set_id or ""].append(comment)
        for nouns in inside.values():
            self._put(f"sets/{self._made[AnnotationSet] + 1:06}.jsonl", nouns)

    def _wanted(self) -> set[Key] | None:
        """The things of which the bundle tells, those removed too; None for all."""
        if self._hands is None:
            return None
        past = past_of(self._workspace.log())
        gone = {
            key: from_plain(NOUNS[key[0]], known.remains)
            for key, known in past.known.items()
            if known.removed and known.remains is not None
        }
        own = {key[1] for key in self._keys if key[0] == NAME_OF[AnnotationSet]}
        own |= {
            one.id
            for one in gone.values()
            if isinstance(one, AnnotationSet) and one.annotator_id in self._hands
        }
        return self._keys | {key for key, one in gone.items() if self._is_wanted(one, own)}

    @staticmethod
    def _is_wanted(gone: Noun, own: set[str]) -> bool:
        if isinstance(gone, AnnotationSet):
            return gone.id in own
        if isinstance(gone, Attribution | Comment):
            return gone.set_id is None or gone.set_id in own
        return True

    def _log(self, wanted: set[Key] | None) -> Iterator[LogLine]:
        for line in self._workspace.log():
            told = without_adopted(line)
            if wanted is None:
                yield told
            elif (narrowed := in_scope(told, wanted)) is not None:
                yield narrowed
