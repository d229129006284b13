"""Merge a colleague's bundle into a project, so that in the end all desks hold the same.

What is merged is *things*: every noun of the project, by its id. Of each thing a log tells which deeds made it what it is
(merging_past). A deed has an id of its own, the same on every desk that hears of it, so two desks compare by these:

- Theirs rests on deeds that are all known here: ours is newer, or the same. Nothing changes.
- Ours rests on deeds that are all known there: theirs is newer. It is taken over.
- Each rests on a deed that the other does not know. If both say the same, they are one. If not, that is a **conflict**:
  both versions are kept, one in its place, the other beside it, until a person decides. Removing a thing and changing it is a
  conflict too, and so is removing what somebody elsewhere points to, or what makes two chains a circle.

The version in its place is the same on every desk: what is there before what was removed, what was done last before what was
done earlier. A merge does nothing itself, it only brings news: it is no deed in the life of a thing, so two desks that have
merged each other hold the same, in whatever order they heard of what, and merging again what is known changes nothing.
A decision is a deed that knows of all versions; it travels, and settles the conflict wherever it comes. Two desks that decide
differently have a conflict again.

Made twice: outlets, sources, stories, annotators of one name, claims of one name in a story, articles of one text, sets of one
annotator in an article, and marks of one such set that say exactly the same were made on two desks and are one thing. The
smaller id is kept, everywhere; that the other one is another name for it travels as well. What only one desk says of it
(a source's office, say) is said by the one that is left.

Undoing a merge takes back what it changed and what it taught, as if it had never been; the same bundle can be merged again.
Undoing a decision does the same: where the decision was passed on already, it comes back from there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from annotator.core.attributions import Attribution
from annotator.core.errors import BadInput, Cancelled, StaleChange
from annotator.core.losses import LossReport
from annotator.core.ports import Progress
from annotator.formats.bundle import Bundle, Head, read_bundle, read_head
from annotator.workspace.commands.merging import MergeBundle
from annotator.workspace.merging_join import joined
from annotator.workspace.merging_plan import Plan, plan
from annotator.workspace.merging_sides import Side, our_side, their_side
from annotator.workspace.merging_versions import conflict_id
from annotator.workspace.opening import born_project, unmade
from annotator.workspace.workspace import Workspace

_STEPS = 4
_TRIES = 5
_STOPPED = "The merge was stopped; nothing of it was kept."


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: how many things of each noun it added, changed and removed.

    listed are the ids of the conflicts that it found, settled of those that it brought a decision for. losses counts marks
    whose kind the project's label scheme does not have. All is empty where everything was known.
    """

    head: Head
    added: Mapping[str, int] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)
    removed: Mapping[str, int] = field(default_factory=dict)
    listed: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    losses: LossReport = field(default_factory=LossReport)

    @property
    def anything(self) -> bool:
        """Whether anything that a person sees was changed."""
        return bool(self.added or self.changed or self.removed or self.listed or self.settled)


def merge_bundle(
    workspace: Workspace,
    path: Path,
    *,
    of_another: bool = False,
    undoable: bool = True,
    progress: Progress | None = None,
) -> Merged:
    """Merge a bundle, as one deed; all of it or nothing.

    Args:
        of_another: whether a bundle of another project may be taken in; its label scheme and settings then stay out.

    Raises:
        BadInput: when the bundle is cut off, altered, hostile, from a newer Annotator, or of another project.
        Cancelled: when progress asks to stop.
    """
    report = _Reporter(progress)
    bundle = read_bundle(path)
    report.step()
    another = bundle.head.project_id != workspace.project_id
    if another and not of_another:
        raise BadInput(
            f"{path} is a bundle of another project ({bundle.head.project or bundle.head.project_id}), not of "
            f"{workspace.name}. Nothing was merged."
        )
    theirs = their_side(bundle, str(path), of_another=another)
    for _ in range(_TRIES):
        after, ours = _our_side(workspace)
        report.step()
        found = plan(ours, joined(ours, theirs, str(path)), after)
        report.step()
        if found:
            whose = bundle.head.annotator or bundle.head.by
            try:
                workspace.execute(MergeBundle(whose, found.changes, bundle.texts), undoable=undoable)
            except StaleChange:
                continue
        return _merged(workspace, bundle, found)
    raise BadInput("The project is being changed all the while; try again in a moment. Nothing was merged.")


def _our_side(workspace: Workspace) -> tuple[int, Side]:
    """Our side, and the line of the log at which it was read."""
    for _ in range(_TRIES):
        seq = workspace.last_seq()
        side = our_side(workspace)
        if workspace.last_seq() == seq:
            return seq, side
    raise BadInput("The project is being changed all the while; try again in a moment. Nothing was merged.")


def _merged(workspace: Workspace, bundle: Bundle, found: Plan) -> Merged:
    losses = LossReport()
    kinds = {kind.id for kind in workspace.scheme.kinds}
    for change in found.changes:
        mark = change.after
        if isinstance(mark, Attribution) and mark.kind is not None and mark.kind not in kinds:
            losses.add(
                f"attribution of the kind {mark.kind!r}, which the label scheme here lacks; kept", mark.id
            )
    return Merged(
        bundle.head,
        found.added,
        found.changed,
        found.removed,
        tuple(conflict_id(*key) for key in found.listed),
        tuple(conflict_id(*key) for key in found.settled),
        losses,
    )


def project_from_bundle(
    place: str, path: Path, annotator: str, progress: Progress | None = None
) -> tuple[Workspace, Merged]:
    """A new project out of a colleague's bundle: the same one, on another desk.

    Raises:
        ProjectError: when something stands at the place already, or it cannot be written.
        BadInput: when the bundle cannot be merged; nothing was made then.
    """
    head = read_head(path)
    workspace = born_project(place, annotator, head.project_id)
    try:
        return workspace, merge_bundle(workspace, path, undoable=False, progress=progress)
    except BaseException:
        unmade(workspace)
        raise


class _Reporter:
    """Tells how far a merge is."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._done = 0

    def step(self) -> None:
        self._done = min(self._done + 1, _STEPS)
        if self._progress is not None and not self._progress(self._done, _STEPS):
            raise Cancelled(_STOPPED)
