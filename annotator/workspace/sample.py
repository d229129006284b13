"""A copy of the sample story, for the first start and for whoever wants to try something."""

from __future__ import annotations

from annotator.workspace.importing import import_files
from annotator.workspace.opening import SUFFIX, new_project, open_upgraded
from annotator.workspace.paths import projects_folder, sample_docs
from annotator.workspace.workspace import Workspace

SAMPLE_NAME = "Sample story"


def sample_project(annotator: str, place: str | None = None) -> Workspace:
    """A project with a copy of the sample story: articles, both annotators' sets and the gold."""
    if place is None:
        folder = projects_folder()
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{SAMPLE_NAME}{SUFFIX}"
        if target.exists():
            return open_upgraded(str(target), annotator)[0]
        place = str(target)
    workspace = new_project(place, annotator)
    # Undo on a fresh copy must not take the story itself away.
    import_files(workspace, sorted(sample_docs().glob("*.txt")), undoable=False)
    sets = sorted(sample_docs().glob("*.jsonl"))
    if sets:
        import_files(workspace, sets, undoable=False)
    return workspace
