"""What every test stands on: no screen, a home of its own, the same examples each time, no thread left behind."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

PROJECT = Path(__file__).resolve().parents[1]

HOME_FOLDERS = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
}


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder, so that no test reads or writes the settings and projects of whoever runs it."""
    folder = tmp_path_factory.mktemp("home")
    for variable, below in HOME_FOLDERS.items():
        monkeypatch.setenv(variable, str(folder / below))
    return folder


@pytest.fixture(autouse=True)
def no_thread_left_behind() -> Iterator[None]:
    """Fail a test after which a thread of its making still runs and would keep the program from ending."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    for thread in left:
        thread.join(timeout=5)
    still_running = [thread.name for thread in left if thread.is_alive()]
    if still_running:
        pytest.fail(f"Threads left running: {', '.join(still_running)}")


@pytest.fixture(scope="session")
def project_folder() -> Path:
    """The root of the project's source tree."""
    return PROJECT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The corpora that stand beside the project and are not ours to pass on; tests of them skip without."""
    folder = PROJECT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs the corpora in ../shared/data, which are not part of the project")
    return folder
