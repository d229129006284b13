"""A folder or file that may not be written is a sentence, and reading goes on where it can."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.building import article_in, opened

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="rights to files are another matter there")

ACTS = """
import json, os, sys, tempfile
from pathlib import Path
from annotator.core.errors import AnnotatorError
from annotator.core.records import Record
from annotator.workspace.commands.importing import ImportRecords, Tally
from annotator.workspace.opening import new_project, open_project

place = sys.argv[1]

def read():
    return len(open_project(place, "ana").articles())

def write():
    open_project(place, "ana").execute(ImportRecords.of((Record(text="More.", story="s"),), Tally()))

def make():
    new_project(place + ".new", "ana")

def copy(target):
    open_project(place, "ana").backup(target)

# Once with every right, so that all modules are awake; then without those of the superuser, who may write anywhere.
with tempfile.TemporaryDirectory() as folder:
    before, place = place, str(Path(folder) / "x.annotator")
    new_project(place, "ana").close()
    write(), read(), copy(Path(folder) / "y.annotator")
    place = before
if os.geteuid() == 0:
    os.setresuid(65534, 65534, 65534)
kept = tempfile.TemporaryDirectory()
aside = Path(kept.name)
said = {}
for name, act in (("read", read), ("write", write), ("make", make), ("copy", lambda: copy(aside / "copy.annotator"))):
    try:
        said[name] = act()
    except AnnotatorError as wrong:
        said[name] = str(wrong)
kept.cleanup()
print(json.dumps(said))
"""


@pytest.fixture
def place() -> Iterator[Path]:
    """A project with one article, in a folder that others may enter."""
    folder = Path(tempfile.mkdtemp(prefix="annotator-"))
    folder.chmod(0o755)
    found = folder / "ferry.annotator"
    with opened(found) as workspace:
        article_in(workspace)
    yield found
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize(("of_file", "of_folder"), [(0o444, 0o555), (0o444, 0o777), (0o666, 0o555)])
def test_what_may_not_be_written_says_so_and_stays_as_it_was(
    place: Path, project_folder: Path, of_file: int, of_folder: int
):
    before = place.read_bytes()
    place.chmod(of_file)
    place.parent.chmod(of_folder)
    done = subprocess.run(
        [sys.executable, "-c", ACTS, str(place)],
        capture_output=True,
        text=True,
        cwd=project_folder,
        check=False,
    )
    assert done.stderr == ""
    said = json.loads(done.stdout)
    assert "cannot be" in said["write"]
    assert all("\n" not in words for words in map(str, said.values()))
    assert (said["make"] is None) == bool(of_folder & 0o002)
    place.parent.chmod(0o755)
    assert place.read_bytes() == before
    assert said["read"] == 1 or "cannot be opened" in said["read"] or "cannot be written" in said["read"]
    assert said["copy"] is None or "cannot be" in said["copy"] or "could not be" in said["copy"]
