"""Prove that the built program works: it starts, opens the sample, marks, exports, draws and quits.

    python packaging/check.py [PROGRAM]

It runs without a screen, in an empty home, from an empty folder, with no Python in reach of it.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
BUILT = PROJECT / "dist" / "annotator" / ("annotator.exe" if sys.platform == "win32" else "annotator")
LONGEST = 180
SMALLEST_PICTURE = 20_000
KEPT = ("SYSTEMROOT", "TEMP", "TMP", "LANG", "DISPLAY")


class Failed(Exception):  # noqa: N818 -- the name is the verdict
    """The built program did not do what it should; says what."""


def run(program: Path, home: Path, *words: str) -> str:
    """Run the program with these words; returns what it printed."""
    return _run(program, home, words, (0,))


def run_with_losses(program: Path, home: Path, *words: str) -> str:
    """Run the program where losses are no fault (they end it with 1)."""
    return _run(program, home, words, (0, 1))


def _run(program: Path, home: Path, words: tuple[str, ...], fine: tuple[int, ...]) -> str:
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    environment |= {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "APPDATA": str(home),
        "LOCALAPPDATA": str(home),
    }
    environment |= {"PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [str(program), *words],
        cwd=home,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST,
        check=False,
    )
    if done.returncode not in fine:
        said = (done.stdout + done.stderr).strip()[-1500:]
        raise Failed(f"`annotator {' '.join(words)}` ended with {done.returncode}:\n{said}")
    return done.stdout


def require(fact: object, words: str) -> None:
    """Stop where something that must be so is not."""
    if not fact:
        raise Failed(words)


def check_picture(path: Path) -> None:
    """A picture of the window is a PNG of a window's size with something on it."""
    require(path.is_file(), f"{path.name} was not drawn")
    head = path.read_bytes()[:24]
    require(head.startswith(b"\x89PNG"), f"{path.name} is not a PNG")
    width, height = struct.unpack(">II", head[16:24])
    require(width >= 800 and height >= 500, f"{path.name} is {width} x {height}: too small for a window")
    require(path.stat().st_size > SMALLEST_PICTURE, f"{path.name} is all but empty")


def check_training_set(path: Path) -> int:
    """Each line is an article whose spans lie in its text; returns how many attributions there are."""
    count = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        for attribution in article["attributions"]:
            count += 1
            for role in ("source", "cue", "content"):
                for start, end in attribution[role]:
                    require(
                        0 <= start < end <= len(article["text"]),
                        f"{path.name}: a {role} lies outside its text",
                    )
    require(count, f"{path.name} holds no attribution")
    return count


PAGE = (
    "<html><head><title>Ferry to stop</title></head><body><article><h1>Ferry to stop</h1><p>The night ferry will stop in "
    "May, two people familiar with the plan said on Monday.</p><p>Nobody had asked the crew, its captain said, before the "
    "office made up its mind about the line.</p></article></body></html>"
)


def check_formats(program: Path, home: Path, project: str, formats: set[str]) -> None:
    """Every format that is written can be written, and a saved page can be read."""
    listed = json.loads(run(program, home, "formats", "--json"))["items"]
    for item in listed:
        if item["writes"]:
            run_with_losses(program, home, "export", project, f"out-{item['name']}", "--format", item["name"])
            require((home / f"out-{item['name']}").exists(), f"{item['name']} was not written")
    (home / "page.html").write_text(PAGE, encoding="utf-8")
    said = run(program, home, "import", project, "page.html", "--json")
    require(json.loads(said)["done"]["articles"] == 1, "a saved page was not read")
    print(f"formats: {len(formats)} of them; each that writes has written, a web page was read")


def check(program: Path, home: Path) -> None:
    """The whole job, once."""
    require(program.is_file(), f"{program} is not there; build it with packaging/build.py")
    print(run(program, home, "--version").strip())
    formats = {item["name"] for item in json.loads(run(program, home, "formats", "--json"))["items"]}
    require(
        formats >= {"jsonl", "text", "docbin"}, f"formats are missing: there are {', '.join(sorted(formats))}"
    )

    run(program, home, "demo", "demo")
    marked = check_training_set(home / "demo" / "training.jsonl")
    require((home / "demo" / "training.spacy").stat().st_size > 0, "training.spacy is empty")
    check_picture(home / "demo" / "window.png")
    print(f"demo: the sample opened, {marked} attributions marked and exported, the window drawn")

    project = str(Path("demo", "demo.annotator"))
    run(program, home, "open", project, "--screenshot", "window.png")
    check_picture(home / "window.png")
    print("open: the window drew the project again, and quit")

    run(program, home, "export", project, "out.jsonl", "--format", "jsonl", "--annotator", "demo")
    require(
        check_training_set(home / "out.jsonl") == marked, "an export of the project holds other attributions"
    )
    check_formats(program, home, project, formats)
    require(json.loads(run(program, home, "check", project, "--json"))["ok"], "the project has faults")
    print("export, check: the same attributions, no faults")


def main() -> int:
    """Check the built program, or the one named."""
    program = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else BUILT
    try:
        with tempfile.TemporaryDirectory() as home:
            check(program, Path(home))
    except Failed as failure:
        print(f"The built program does not hold: {failure}", file=sys.stderr)
        return 1
    print("The built program works.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
