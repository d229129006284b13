"""Every icon is one small drawing that takes the theme's ink."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtGui import QImage

from tests.house.tree import PROJECT, shown

FOLDER = PROJECT / "resources" / "icons"
OWN = "annotator"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)


@pytest.mark.parametrize(
    "drawing", [path for path in sorted(FOLDER.glob("*.svg")) if OWN not in path.stem], ids=shown
)
def test_an_icon_is_drawn_on_the_grid_in_the_ink_of_the_theme(drawing: Path):
    picture = ET.fromstring(drawing.read_text(encoding="utf-8"))
    assert picture.get("viewBox") == "0 0 20 20"
    assert picture.get("stroke") == "currentColor"
    inks = {part.get(name) for part in picture.iter() for name in ("stroke", "fill")} - {None, "none"}
    assert inks == {"currentColor"}


@pytest.mark.parametrize("size", SIZES)
def test_the_programs_own_icon_comes_in_every_size_a_desktop_asks_for(size: int):
    picture = QImage(str(FOLDER / f"{OWN}-{size}.png"))
    assert (picture.width(), picture.height()) == (size, size)
    assert picture.hasAlphaChannel()
