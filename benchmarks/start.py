"""How long until the window is there, and the sample story can be read, next to the least."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from annotator.core.annotators import GOLD, Annotator
from annotator.workspace.sample import sample_project
from annotator.workspace.settings import Settings
from benchmarks import Figure
from benchmarks._window import own_home

REPEATS = 7
WINDOW_TIMES, PROJECT_TIMES = 1.5, 1.3
_SOURCES = Path(__file__).resolve().parents[1]
KINDS = ("bare", "window", "bare with database", "project")


def run() -> list[Figure]:
    """Fresh processes by turns, so that a busy moment of the machine weighs on all of them."""
    with own_home() as home:
        _prepare()
        costs: dict[str, list[dict[str, float]]] = {kind: [] for kind in KINDS}
        for number in range(REPEATS + 1):
            for kind in KINDS:
                cost = _start(kind, home)
                if number:
                    costs[kind].append(cost)
    figures = []
    for what, words, limited in (("cpu", "CPU", True), ("clock", "on the clock", False)):
        found = {kind: median(cost[what] for cost in costs[kind]) for kind in KINDS}
        for name, kind, floor, limit in (
            ("window painted", "window", "bare", WINDOW_TIMES),
            ("sample story readable", "project", "bare with database", PROJECT_TIMES),
        ):
            figures.append(
                Figure(f"{name}, {words}", found[kind], "s", found[floor], floor, limit if limited else None)
            )
    return figures


def _prepare() -> None:
    """A copy of the sample story that was open last, with the gold marks on show."""
    settings = Settings()
    workspace = sample_project(settings.annotator_name())
    place = str(Path(workspace.place).resolve())
    gold = next(one.name for one in workspace.registry.every(Annotator) if one.role == GOLD)
    workspace.close()
    settings.note_project(place)
    settings.set("open_articles", {place: {"articles": [], "story": "", "annotator": gold}})


def _start(kind: str, home: Path) -> dict[str, float]:
    # Compiled modules are kept as in an installed program, whatever this shell says; the first round makes them.
    environment = {one: value for one, value in os.environ.items() if one != "PYTHONDONTWRITEBYTECODE"}
    environment |= {
        "PYTHONPATH": str(_SOURCES),
        "PYTHONPYCACHEPREFIX": str(home / "compiled"),
        "ANNOTATOR_BENCH_BEGAN": str(time.time()),
    }
    ended = subprocess.run(
        [sys.executable, str(_SOURCES / "benchmarks" / "_starting.py"), kind],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=60,
        check=True,
        text=True,
    )
    cost: dict[str, float] = json.loads(ended.stdout)
    return cost
