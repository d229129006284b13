"""Lock what we run on: one file of exact versions and hashes for every Python and system we support.

Run by `make lock` with Python 3.11, 3.12 and 3.13 at hand. pip-compile answers for the interpreter and the system it
stands on, so it is asked once for each Python, and the packages that other systems alone need are named below.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PYTHONS = ("3.11", "3.12", "3.13")

# Asked for only on Windows or macOS by packages of ours; a lock compiled on Linux would leave them out.
ELSEWHERE = {
    "lock": {"colorama": 'sys_platform == "win32"'},
    "dev": {
        "colorama": 'sys_platform == "win32"',
        "pefile": 'sys_platform == "win32"',
        "pywin32-ctypes": 'sys_platform == "win32"',
        "macholib": 'sys_platform == "darwin"',
    },
}
EXTRAS = {
    "dev": ("parquet", "postgres", "keyring", "dask", "dev"),
    "lock": ("parquet", "postgres", "keyring"),
}
HEADS = {
    "lock": "What the program runs on.",
    "dev": "What the program runs on, and what it is tested, checked and packaged with.",
}
QUIET = (
    "--no-emit-index-url",
    "--no-emit-trusted-host",
    "--no-emit-find-links",
    "--no-emit-options",
    "--no-header",
)


@dataclass
class Pin:
    """One package at one version, and the Pythons for which it was chosen."""

    name: str
    version: str
    hashes: set[str] = field(default_factory=set)
    pythons: list[str] = field(default_factory=list)

    def words(self, elsewhere: dict[str, str]) -> str:
        """The pin as requirement lines, with the marker it needs."""
        conditions = []
        if len(self.pythons) < len(PYTHONS):
            conditions.append(" or ".join(f'python_version == "{python}"' for python in self.pythons))
        if self.name in elsewhere:
            conditions.append(elsewhere[self.name])
        marker = " and ".join(
            f"({condition})" if " or " in condition else condition for condition in conditions
        )
        first = f"{self.name}=={self.version}" + (f" ; {marker}" if marker else "")
        return " \\\n    ".join([first, *(f"--hash={digest}" for digest in sorted(self.hashes))])


def compile_for(python: str, kind: str, tools: Path, constraint: str) -> str:
    """Ask pip-compile, on one Python, for the exact versions of one kind of lock."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    extra_packages = tools / f"{kind}.in"
    extra_packages.write_text(
        "\n".join([*project["build-system"]["requires"], *ELSEWHERE[kind]]), encoding="utf-8"
    )
    pins = tools / f"{kind}-{python}.txt"
    held = tools / f"{kind}-{python}.held"
    held.write_text(constraint, encoding="utf-8")
    command = [str(tools / python / "bin" / "pip-compile"), "--quiet", "--generate-hashes", "--strip-extras"]
    command += ["--allow-unsafe", *QUIET, "--no-annotate", f"--constraint={held}"]
    command += [f"--extra={extra}" for extra in EXTRAS[kind]]
    command += [f"--output-file={pins}", str(PROJECT / "pyproject.toml"), str(extra_packages)]
    subprocess.run(command, check=True, cwd=PROJECT)
    return pins.read_text(encoding="utf-8")


def read_pins(text: str, python: str, pins: dict[tuple[str, str], Pin]) -> None:
    """Add the pins of one compiled file to those of the other Pythons."""
    for block in re.split(r"\n(?=[A-Za-z0-9])", text):
        found = re.match(r"([A-Za-z0-9._-]+)==(\S+)", block)
        if found is None:
            continue
        pin = pins.setdefault((found[1], found[2]), Pin(found[1], found[2]))
        pin.hashes.update(re.findall(r"--hash=(\S+)", block))
        pin.pythons.append(python)


def versions_alone(text: str) -> str:
    """The pins of a compiled file without hashes, to hold another file to the same versions."""
    return "\n".join(re.findall(r"^[A-Za-z0-9._-]+==[^\s;\\]+", text, flags=re.MULTILINE)) + "\n"


def write(kind: str, pins: dict[tuple[str, str], Pin]) -> None:
    """Write one lock file, sorted by name."""
    lines = [f"# {HEADS[kind]} Written by `make lock` from pyproject.toml; do not edit by hand."]
    lines += [pins[key].words(ELSEWHERE[kind]) for key in sorted(pins)]
    (PROJECT / "requirements" / f"{kind}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    """Lock both files on every Python; the run lock holds to the versions of the dev lock."""
    with tempfile.TemporaryDirectory() as folder:
        tools = Path(folder)
        found: dict[str, dict[tuple[str, str], Pin]] = {kind: {} for kind in EXTRAS}
        for python in PYTHONS:
            subprocess.run([f"python{python}", "-m", "venv", str(tools / python)], check=True)
            installed = [str(tools / python / "bin" / "pip"), "install", "--quiet", "pip-tools>=7.5", "pip"]
            subprocess.run([*installed, "--upgrade"], check=True)
            constraint = ""
            for kind in EXTRAS:
                text = compile_for(python, kind, tools, constraint)
                read_pins(text, python, found[kind])
                constraint = versions_alone(text)
                print(f"{kind}, Python {python}: done", file=sys.stderr)
        for kind, pins in found.items():
            write(kind, pins)
    return 0


if __name__ == "__main__":
    sys.exit(main())
