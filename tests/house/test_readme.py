"""What the README says of the command line is all there is, and there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

from annotator.cli.app import build

COMMANDS = typer.main.get_command(build(lambda _wish: 0)).commands


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_is_in_the_readme_with_its_options(name: str, project_folder: Path) -> None:
    readme = (project_folder / "README.md").read_text("utf-8")
    line = next((one for one in readme.splitlines() if re.match(rf"annotator {name}\b", one)), None)
    assert line is not None, f"README.md does not name `annotator {name}`"
    for parameter in COMMANDS[name].params:
        for option in parameter.opts:
            if option.startswith("--") and option not in ("--help", "--json"):
                assert option in line, f"README.md does not name {option} of `annotator {name}`"


def test_the_readme_names_no_command_that_is_not_there(project_folder: Path) -> None:
    readme = (project_folder / "README.md").read_text("utf-8")
    named = set(re.findall(r"^annotator ([a-z]+)", readme, re.MULTILINE))
    assert named <= set(COMMANDS)
