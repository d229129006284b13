"""A newcomer can read any module in one sitting, and its first line says its job."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import CODE, PROJECT, modules, shown

LONGEST_MODULE = 400
LONGEST_CAPTION = 100


@pytest.mark.parametrize("module", modules(*CODE), ids=shown)
def test_a_module_fits_in_one_sitting(module: Path):
    lines = len(module.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_MODULE, f"{shown(module)} has {lines} lines: split it by noun or deed"


@pytest.mark.parametrize("module", modules("annotator", "benchmarks", "packaging"), ids=shown)
def test_the_first_line_of_a_module_is_its_caption(module: Path):
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")), clean=False)
    assert docstring, f"{shown(module)} has no docstring: its first line says the module's job"
    caption, _, rest = docstring.partition("\n")
    assert caption.endswith("."), f"the caption of {shown(module)} is one sentence on one line: {caption!r}"
    assert len(caption) <= LONGEST_CAPTION, (
        f"the caption of {shown(module)} is {len(caption)} characters long"
    )
    assert not rest or rest.startswith("\n"), f"an empty line follows the caption of {shown(module)}"


def test_the_packaging_folder_never_hides_the_library_of_that_name():
    assert not (PROJECT / "packaging" / "__init__.py").exists()


def test_every_lint_rule_that_is_ignored_has_a_reason_beside_it():
    lines = (PROJECT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index("[tool.ruff.lint]")
    end = lines.index("[tool.ruff.lint.flake8-tidy-imports]")
    rules = [
        line
        for line in lines[start:end]
        if line.startswith('  "') or ('= ["' in line and "select" not in line)
    ]
    assert rules
    assert [line for line in rules if " # " not in line] == []


def test_every_format_on_the_board_can_be_loaded():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    board = project["entry-points"]["annotator.formats"]
    missing = []
    for name, place in board.items():
        module, _, attribute = place.partition(":")
        path = PROJECT / (module.replace(".", "/") + ".py")
        names = _names_at_top(path) if path.is_file() else set()
        if attribute not in names:
            missing.append(f"{name} = {place}")
    assert missing == []


def _names_at_top(module: Path) -> set[str]:
    found = set()
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign):
            found.update(target.id for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return found
