"""Six annotators, twenty articles, bundles in any order: all desks end equal and nothing is lost."""

from __future__ import annotations

import tempfile
from functools import lru_cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from annotator.workspace.opening import open_project
from tests.desks import Team
from tests.teamwork import HANDS, Teamwork, copied, fill


@lru_cache(maxsize=1)
def projects() -> tuple[tempfile.TemporaryDirectory[str], list[Path]]:
    """Six desks of one project: some are copies of the first one's file, some came out of its bundle."""
    folder = tempfile.TemporaryDirectory()
    team = Team(Path(folder.name))
    fill(team.first(HANDS[0]))
    for at, name in enumerate(HANDS[1:]):
        make = team.copied if at % 2 else team.born
        make(name, HANDS[0])
    team.close()
    return folder, [team.place(name) for name in HANDS]


class Office(RuleBasedStateMachine):
    """The team; each step is one thing that somebody does."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        into = Path(self.folder.name)
        desks = [open_project(str(path), path.stem) for path in copied(projects()[1], into)]
        self.team = Teamwork(into, desks)

    @rule(seed=st.integers(0, 2**32))
    def somebody_does_something(self, seed: int) -> None:
        chance = Random(seed)
        for _ in range(3):
            self.team.act(chance)

    def teardown(self) -> None:
        if not hasattr(self, "team"):
            return
        try:
            self.team.all_hear()
            self.team.look()
        finally:
            for seat in self.team.seats:
                seat.desk.close()
            self.folder.cleanup()


Office.TestCase.settings = settings(
    max_examples=12, stateful_step_count=16, deadline=None, suppress_health_check=list(HealthCheck)
)
TestTeam = pytest.mark.slow(Office.TestCase)
