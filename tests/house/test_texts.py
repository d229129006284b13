"""What we ship is finished, is our own, and names no machine and no registry."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import PROJECT, shown, text_files

HERE = Path(__file__).resolve().parent
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError|\bnot (yet )?implemented\b")
MACHINE = re.compile(
    r"""
    index-url | trusted-host | find-links            # a registry of somebody's own
    | https?://[^\s"']*(pypi|pythonhosted|/simple/)   # or the public one, by address
    | (?<![\w.~])/(home|Users)/\w+ | (?<![\w.])/root/ | [A-Z]:\\Users\\ # somebody's folders
    """,
    re.VERBOSE,
)
SCRIPTS = {
    "packaging/setup/lock.py"
}  # tells pip-compile to leave the registry out, and has to name it for that
WORDS_IN_A_ROW = 10


def lines_with(pattern: re.Pattern[str], folders: tuple[str, ...] = ()) -> list[str]:
    found = []
    for path in text_files():
        if (
            HERE in path.parents
            or shown(path) in SCRIPTS
            or (folders and not shown(path).startswith(folders))
        ):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if pattern.search(line):
                found.append(f"{shown(path)}:{number}: {line.strip()[:100]}")
    return found


def test_nothing_in_the_program_waits_to_be_finished():
    assert lines_with(UNFINISHED, ("annotator/", "benchmarks/", "packaging/", "tests/", "Makefile")) == []


def test_no_file_names_a_registry_or_a_folder_of_one_machine():
    assert lines_with(MACHINE) == []


def test_no_file_names_the_folder_it_was_written_in():
    assert lines_with(re.compile(re.escape(str(PROJECT)) + r"\b")) == []


def test_the_requirements_hold_every_package_to_its_hashes_and_name_no_address():
    for path in sorted((PROJECT / "requirements").glob("*.txt")):
        pins = re.split(r"\n(?=[a-z0-9])", path.read_text(encoding="utf-8"))[1:]
        assert pins
        assert [pin.splitlines()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
        assert "://" not in path.read_text(encoding="utf-8")


@pytest.mark.slow
def test_no_passage_of_the_corpora_beside_the_project_has_found_its_way_in(shared_data: Path):
    theirs = {row for text in corpus_texts(shared_data) for row in rows_of_words(text)}
    assert theirs
    found = [
        f"{shown(path)}: {row}"
        for path in text_files()
        for row in rows_of_words(path.read_text(encoding="utf-8"))
        if row in theirs
    ]
    assert found == []


def corpus_texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.txt")):
        yield path.read_text(encoding="utf-8")
    for path in sorted(folder.rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line).get("text", "")


def rows_of_words(text: str) -> Iterator[str]:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    for start in range(len(words) - WORDS_IN_A_ROW + 1):
        yield " ".join(words[start : start + WORDS_IN_A_ROW])
