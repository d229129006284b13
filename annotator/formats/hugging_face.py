"""A folder that Hugging Face's `datasets` loads: rows in splits, a card with declared types."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import orjson

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import NO, ExportOptions, ReadOptions
from annotator.core.records import Record
from annotator.core.writing import new_folder
from annotator.formats.typed_rows import FLAG, NUMBER, ROW, TEXT, WHOLE, Shape, row_of

SPLITS = ("train", "validation", "test")
_OTHER_NAMES = {"dev": "validation", "development": "validation", "valid": "validation", "val": "validation"}
_TYPES = {TEXT: "string", WHOLE: "int64", NUMBER: "float64", FLAG: "bool"}
MANIFEST = "MANIFEST.sha256"


class HuggingFace:
    """data/train.jsonl, and validation and test where articles have such a split; README.md declares every column.

    The declared types let a split be loaded in which nobody marked anything. Rows hold all of a record. They are not
    read back: `datasets` reads them, and our own JSONL or Parquet is what goes out and comes in.
    """

    name = "hugging-face"
    title = "Hugging Face dataset, a folder with a card"
    suffixes = (".jsonl",)
    reads = False
    writes = True
    folder = True
    files_splits = True
    cannot_carry = ("the way back: rows are written, not read (JSONL and Parquet come back)",)

    def recognises(self, path: Path, head: bytes) -> int:
        return NO

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """The folders are written, not read."""
        raise BadInput(f"{path}: Hugging Face datasets are written, not read. Nothing was imported.")

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """A row a record in the file of its split, a card, and the hash of each file."""
        losses = LossReport()
        counts: Counter[str] = Counter()
        languages: set[str] = set()
        split_articles: set[bool] = set()
        with new_folder(out) as folder:
            data = folder / "data"
            data.mkdir()
            with ExitStack() as open_files:
                files: dict[str, IO[bytes]] = {}
                for record in records:
                    split = _split(record, losses)
                    if split not in files:
                        files[split] = open_files.enter_context((data / f"{split}.jsonl").open("wb"))
                    row = row_of(record, options.label, without_text=options.without_text)
                    files[split].write(orjson.dumps(row, option=orjson.OPT_SORT_KEYS) + b"\n")
                    counts[split] += 1
                    split_articles.add(bool(record.split))
                    if record.language:
                        languages.add(record.language)
            if not counts:
                raise BadInput("There is nothing to write. Nothing was written.")
            splits = [split for split in SPLITS if split in counts]
            card = _card(splits, counts, sorted(languages), options, has_splits=True in split_articles)
            (folder / "README.md").write_text(card, encoding="utf-8", newline="\n")
            written = ["README.md", *(f"data/{split}.jsonl" for split in splits)]
            (folder / MANIFEST).write_text(
                "".join(f"{_sha256(folder / name)}  {name}\n" for name in written),
                encoding="utf-8",
                newline="\n",
            )
        return losses


def _split(record: Record, losses: LossReport) -> str:
    wanted = (record.split or "train").strip().casefold()
    split = _OTHER_NAMES.get(wanted, wanted)
    if split in SPLITS:
        return split
    losses.add(
        f"split {record.split!r}, written as train (the column keeps the name)", record.id or record.where
    )
    return "train"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _features(columns: dict[str, Shape], indent: str) -> Iterator[str]:
    """The declaration of columns in the card's YAML, as `datasets` writes it."""
    for name, shape in columns.items():
        yield f"{indent}- name: {name}"
        if isinstance(shape, list):
            inner = shape[0]
            if isinstance(inner, dict):
                yield f"{indent}  list:"
                yield from _features(inner, f"{indent}  ")
            else:
                yield f"{indent}  list: {_TYPES[inner]}"
        elif isinstance(shape, str):
            yield f"{indent}  dtype: {_TYPES[shape]}"


def _card(
    splits: list[str], counts: Counter[str], languages: list[str], options: ExportOptions, *, has_splits: bool
) -> str:
    languages = languages or ["und"]
    yaml = [
        "---",
        "license: other",
        "license_name: unknown  # say here what the texts and the marks may be used for",
        "language:",
        *(f"- {orjson.dumps(language).decode()}" for language in languages),
        "task_categories:",
        "- token-classification",
        "configs:",
        "- config_name: default",
        "  data_files:",
        *(line for split in splits for line in (f"  - split: {split}", f"    path: data/{split}.jsonl")),
        "dataset_info:",
        "  features:",
        *_features(ROW, "  "),
        "---",
    ]
    how_split = (
        "Articles stand in the split that the project gave them (column `split`); those without one are in train. "
        f"Articles of one `duplicate_group` belong together. The seed of the export was {options.seed}."
        if has_splits
        else "The project had not divided its articles; all are in train."
    )
    text = (
        "Left out: the articles may not be ours to pass on. Each span has its words in `quote`, and `text_sha256` says "
        "which text it was."
        if options.without_text
        else "In the column `text`."
    )
    rows = "\n".join(f"| {split} | {counts[split]} |" for split in splits)
    return "\n".join(yaml) + _BODY.format(rows=rows, text=text, how_split=how_split, label=options.label)


_BODY = """

# Source attributions in news articles

Who said what, by which cue, through which outlet: attributions marked by people in news articles with Annotator.

| split | rows |
|---|---|
{rows}

## A row

One article as one annotator marked it. Offsets count Unicode code points of `text` from 0; `end` is exclusive.

- `attributions`: each with its fragments in `source`, `cue`, `content`, `via_span` and `recipient`, its `kind`, and what
  else is known of it. Null where nobody has marked the article; an empty list where somebody found nothing to mark.
  `state` is `kept`, or it is a suggestion that nobody has accepted.
- `spans` and `relations`: the same, flat, without suggestions. A label is made of: {label}. `attribution` is the id of
  the attribution; `head` and `tail` are positions in `spans`. The head of a relation is the attribution's cue (or its
  content); the label is the tail's role, `fragment` for a further fragment, or `parent` for the attribution in whose
  content this one stands.
- `extra`, `features`, `provenance`: JSON in a text.
- `published`: as the project has it. Where every article has a full date, `datasets` takes the column for dates on its
  way in and gives back text with a time, `2026-01-12 00:00:00`; the first ten characters are the date.

## The text

{text}

## The split

{how_split}

## Licence

Unknown. Whoever passes this dataset on says here what the texts and the marks may be used for, and in the first lines
of this card as well.

## Check

`sha256sum --check MANIFEST.sha256`
"""

FORMAT = HuggingFace()
