"""The prompt, with a window that only notes what it was asked to show."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from annotator.cli.app import run
from annotator.workspace.wishes import WindowWish
from tests.building import FERRY, article_in, marked, opened


@dataclass
class Said:
    """What a command said: its exit code and its words."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert len(self.out.splitlines()) == 1, "one JSON object on stdout"
        return json.loads(self.out)


@dataclass
class FakeWindow:
    """A window that is not drawn; answers with this code."""

    code: int = 0
    wishes: list[WindowWish] = field(default_factory=list)

    def __call__(self, wish: WindowWish) -> int:
        self.wishes.append(wish)
        if wish.screenshot is not None:
            wish.screenshot.write_bytes(b"\x89PNG\r\n\x1a\n")
        return self.code


Prompt = Callable[..., Said]


@pytest.fixture
def window() -> FakeWindow:
    return FakeWindow()


@pytest.fixture
def prompt(capsys: pytest.CaptureFixture[str], window: FakeWindow) -> Prompt:
    """Run a command; no answer ever holds a traceback."""

    def ask(*words: object) -> Said:
        capsys.readouterr()
        code = run([str(word) for word in words], window)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Said(code, out, err)

    return ask


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the ferry article and marks of two hands."""
    place = tmp_path / "ferry.annotator"
    with opened(place) as workspace:
        article_in(workspace, FERRY, outlet="Harbour Post", published="2026-01-12", language="en")
        marked(workspace, "Nobody asked us", kind="named_official")
        marked(workspace, "Sources said", kind="anonymous_source", hand="olena")
    return place
