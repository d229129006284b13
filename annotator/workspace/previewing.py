"""Look before something is written or taken in: the first rows, what would be lost, what would happen."""

from __future__ import annotations

import tempfile
import zipfile
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from annotator.core.articles import Article, clean_text, text_hash
from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.plugins import load_format
from annotator.workspace.choosing import records
from annotator.workspace.exporting import ExportWish
from annotator.workspace.importing import Prepared
from annotator.workspace.passages import passages
from annotator.workspace.workspace import Workspace

_MOST = 100
"""Articles that a preview writes; their losses stand for the rest."""

_LONGEST = 6_000
_FILES = 12


@dataclass(slots=True)
class Preview:
    """What an export would write: the beginning of its first file, and the losses of the articles looked at.

    complete says that these are all there are.
    """

    words: str = ""
    articles: int = 0
    attributions: int = 0
    losses: LossReport = field(default_factory=LossReport)
    complete: bool = True


def preview(workspace: Workspace, wish: ExportWish) -> Preview:
    """What an export would write, from its first articles.

    Raises:
        NotFound, BadInput: as the export itself would.
    """
    writer = load_format(wish.format_name)
    chosen = records(workspace, wish.selection)
    found = Preview()
    first = list(islice(chosen, _MOST))
    if not first:
        raise BadInput("No article matches this choice.")
    found.complete = next(chosen, None) is None
    found.articles = len({record.id for record in first})
    written = first
    if wish.by_sentence:
        written = list(passages(first, wish.negatives, wish.options.seed))
    found.attributions = sum(len(record.attributions or ()) for record in written)
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        out = Path(folder) / ("preview" if writer.folder else f"preview{writer.suffixes[0]}")
        found.losses = writer.write(iter(written), out, wish.options)
        found.words = _beginning(out)
    return found


def _beginning(out: Path) -> str:
    if out.is_dir():
        files = sorted(path for path in out.rglob("*") if path.is_file())
        names = [str(path.relative_to(out)) for path in files]
        more = [f"… {len(names) - _FILES} more"] if len(names) > _FILES else []
        listed = "\n".join([*names[:_FILES], *more])
        shown = "\n\n".join(
            f"── {name} ──\n{_words(path)}" for name, path in zip(names[:3], files[:3], strict=True)
        )
        return f"{listed}\n\n{shown}"
    return _words(out)


def _words(path: Path) -> str:
    data = path.read_bytes()[:_LONGEST]
    if data.startswith(b"PK"):
        return _inside(path)
    if b"\0" in data:
        return f"({path.suffix.removeprefix('.')}, {path.stat().st_size:,} bytes, not text)"
    words = data.decode("utf-8", "ignore").removeprefix("\ufeff")
    return words if path.stat().st_size <= _LONGEST else f"{words} …"


def _inside(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        text = next((name for name in names if name.endswith((".qde", ".xmi", ".json"))), None)
        words = archive.read(text)[:_LONGEST].decode("utf-8", "ignore") if text else ""
    return "\n".join(names[:_FILES]) + (f"\n\n── {text} ──\n{words} …" if text else "")


@dataclass(frozen=True, slots=True)
class Outlook:
    """What an import would do: articles that are new, those whose text is here already, and marks that come."""

    new: int
    joined: int
    marked: int
    attributions: int


def outlook(workspace: Workspace, prepared: Prepared) -> Outlook:
    """What taking in these files would do."""
    hashes: list[str] = []
    by_name = 0
    for record in prepared.records:
        if record.text is None:
            by_name += 1
        else:
            hashes.append(text_hash(clean_text(record.text)))
    here = {one.text_sha256 for one in workspace.reading.find(Article, text_sha256=list(set(hashes)))}
    fresh = set(hashes) - here
    marked = [record for record in prepared.records if record.attributions is not None]
    return Outlook(
        len(fresh),
        len(hashes) - len(fresh) + by_name,
        len(marked),
        sum(len(record.attributions or ()) for record in marked),
    )
