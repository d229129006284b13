"""Where things lie: what ships with the program, and what belongs to the user."""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path

from platformdirs import PlatformDirs

from annotator.core.errors import ProjectError

_PACKAGE = Path(__file__).resolve().parents[1]


@lru_cache(maxsize=1)
def _shipped() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [Path(frozen)] if frozen else []
    candidates += [_PACKAGE.parent, _PACKAGE / "_data"]
    for candidate in candidates:
        if (candidate / "resources" / "schemes").is_dir():
            return candidate
    raise ProjectError("Annotator's own files (resources) are missing; install it again.")


def resources(*parts: str) -> Path:
    """A file or folder that ships with the program."""
    return _shipped().joinpath("resources", *parts)


def sample_docs() -> Path:
    """The folder of the sample story; never written to."""
    return _shipped() / "sample_docs"


def _dirs() -> PlatformDirs:
    return PlatformDirs("annotator", appauthor=False)


def settings_file() -> Path:
    """Where the user's preferences are kept."""
    return Path(_dirs().user_config_dir) / "settings.json"


def projects_folder() -> Path:
    """Where new projects go unless the user says otherwise."""
    return Path(_dirs().user_data_dir) / "projects"


def models_folder() -> Path:
    """Where models go that are trained from the window."""
    return Path(_dirs().user_data_dir) / "models"


def log_file() -> Path:
    """Where unexpected errors are written down."""
    return Path(_dirs().user_state_dir) / "annotator.log"
