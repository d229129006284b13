"""Desks of a team that send each other bundles, and what they hold, to compare."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from annotator.core.changes import Noun
from annotator.workspace.bundling import write_bundle
from annotator.workspace.merging import Merged, merge_bundle, project_from_bundle
from annotator.workspace.opening import new_project, open_project
from annotator.workspace.workspace import Workspace
from tests.building import state_of


def held(workspace: Workspace) -> dict[str, dict[str, Noun]]:
    """Everything that a desk holds but its log and how it came to know."""
    return {name: nouns for name, nouns in state_of(workspace).items() if name != "learned"}


@dataclass
class Team:
    """Desks in one folder, each in the hand of the annotator it is called after."""

    folder: Path
    desks: dict[str, Workspace] = field(default_factory=dict)
    sent: int = 0

    def first(self, name: str) -> Workspace:
        """The desk that makes the project."""
        self.desks[name] = new_project(str(self.place(name)), name)
        return self.desks[name]

    def born(self, name: str, of: str) -> Workspace:
        """A desk whose project comes out of another's bundle."""
        self.desks[name], _ = project_from_bundle(str(self.place(name)), self.bundle(of), name)
        return self.desks[name]

    def copied(self, name: str, of: str) -> Workspace:
        """A desk whose project is a copy of another's file."""
        self.desks[of].close()
        shutil.copy(self.place(of), self.place(name))
        self.desks[of] = open_project(str(self.place(of)), of)
        self.desks[name] = open_project(str(self.place(name)), name)
        return self.desks[name]

    def place(self, name: str) -> Path:
        """Where a desk's project lies."""
        return self.folder / f"{name}.annotator"

    def bundle(self, name: str, annotator: str = "") -> Path:
        """A bundle of a desk as it is now."""
        self.sent += 1
        return write_bundle(self.desks[name], self.folder / f"{name}-{self.sent}.bundle", annotator).path

    def send(self, name: str, to: str, annotator: str = "") -> Merged:
        """Merge a bundle of one desk at another."""
        return merge_bundle(self.desks[to], self.bundle(name, annotator))

    def all_send(self) -> None:
        """Let everybody hear of everybody."""
        for _ in range(2):
            for name in self.desks:
                for other in self.desks:
                    if name != other:
                        self.send(name, other)

    def close(self) -> None:
        """Close all projects."""
        for desk in self.desks.values():
            desk.close()
