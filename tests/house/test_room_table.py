"""The map that CONTRIBUTING.md gives a newcomer leads to rooms that exist."""

from __future__ import annotations

import re

import pytest

from tests.house.tree import PROJECT


def rooms_on_the_map() -> list[str]:
    text = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    chapter = text.split("## How a reader finds their room", 1)[1].split("\n## ", 1)[0]
    rows = [line.split("|")[2] for line in chapter.splitlines() if line.startswith("|")]
    return [path for row in rows for path in re.findall(r"`([^`]+)`", row)]


def test_the_map_is_not_empty():
    assert len(rooms_on_the_map()) > 10


@pytest.mark.parametrize("path", sorted(set(rooms_on_the_map())))
def test_each_room_on_the_map_exists(path: str):
    assert list(PROJECT.glob(re.sub(r"<\w+>", "*", path))), (
        f"CONTRIBUTING.md leads to {path}, which is not there"
    )


def test_each_room_of_the_package_is_on_the_map():
    known = " ".join(rooms_on_the_map())
    rooms = [folder.parent for folder in (PROJECT / "annotator").glob("*/__init__.py")]
    assert [room.name for room in rooms if f"annotator/{room.name}/" not in known] == []
