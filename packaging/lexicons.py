"""Make the lexicons of rules-en anew from a JSONL file of articles with gold attributions."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from annotator.core.errors import AnnotatorError
from annotator.core.losses import LossReport
from annotator.core.records import AttributionRecord
from annotator.formats.jsonl import lines, record_of
from annotator.nlp.counting import counted
from annotator.nlp.learning import learned
from annotator.nlp.lexicon import lexicon_files


def articles(path: Path, without: frozenset[str]) -> list[tuple[str, Sequence[AttributionRecord]]]:
    """The articles of a file that have a text, but for those with given ids."""
    found: list[tuple[str, Sequence[AttributionRecord]]] = []
    for line in lines(path):
        if str(line.values.get("id")) in without:
            continue
        record = record_of(line, LossReport())
        if record.text is not None:
            found.append((record.text, record.attributions or ()))
    return found


def main() -> int:
    """Read the gold, count and learn, and write the files into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, help="JSONL with text and attributions, as annotator exports it")
    parser.add_argument(
        "folder", type=Path, help="where the lexicon files go, resources/lexicons for the program's own"
    )
    parser.add_argument(
        "--origin", default="", help="in words, what was counted; stands in the heading of each file"
    )
    parser.add_argument("--without", type=Path, help="a file of ids, one a line, of articles to leave out")
    given = parser.parse_args()
    without = frozenset(given.without.read_text(encoding="utf-8").split()) if given.without else frozenset()
    try:
        lexicon = learned(counted(articles(given.gold, without)))
    except AnnotatorError as error:
        print(error, file=sys.stderr)
        return 1
    for name, text in lexicon_files(lexicon, given.origin or given.gold.name).items():
        (given.folder / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
