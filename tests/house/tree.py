"""The files of the project's tree, as the rules of the house look at them."""

from __future__ import annotations

import subprocess
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
CODE = ("annotator", "benchmarks", "packaging", "tests")
BINARY = {
    ".png",
    ".ico",
    ".icns",
    ".ttf",
    ".otf",
    ".woff2",
    ".db",
    ".annotator",
    ".spacy",
    ".bundle",
    ".docx",
    ".pdf",
    ".zip",
    ".qm",
}


def shown(path: Path) -> str:
    """A path as a reader of a failure wants it."""
    return path.relative_to(PROJECT).as_posix()


def modules(*folders: str) -> list[Path]:
    """Every Python module below the named folders."""
    return sorted(path for folder in folders for path in (PROJECT / folder).rglob("*.py"))


def text_files() -> list[Path]:
    """Every text file that is tracked, or would be if it were added now."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=PROJECT,
        capture_output=True,
        check=False,
    )
    if listing.returncode == 0:
        paths = [PROJECT / name for name in listing.stdout.decode().split("\0") if name]
    else:  # an unpacked source archive
        hidden = {".venv", ".git", "build", "dist", "out"}
        paths = [
            path for path in PROJECT.rglob("*") if not hidden.intersection(path.relative_to(PROJECT).parts)
        ]
    return sorted(path for path in paths if path.is_file() and path.suffix not in BINARY)
