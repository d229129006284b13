"""A trained model's folder: a spaCy pipeline with its card and weighing, written in one piece."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from annotator.core.errors import BadInput
from annotator.nlp.model_card import FORMAT, ModelCard
from annotator.nlp.weighing import SIGNS, WAYS, Weighing

CARD, CARD_TEXT, WEIGHING = "card.json", "README.md", "weighing.json"


def write_model(nlp: Any, card: ModelCard, weighing: Weighing, folder: Path) -> None:
    """Write all of a model beside its place, then put it there; a model that stands there is replaced only then.

    Raises:
        BadInput: when something that is not a model stands there, or it cannot be written.
    """
    refuse_other_things(folder)
    half: Path | None = None
    try:
        half = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
        nlp.to_disk(half)
        plain = {
            "way": weighing.way,
            "signs": SIGNS,
            "weights": weighing.weights,
            "threshold": weighing.threshold,
        }
        (half / WEIGHING).write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")
        (half / CARD).write_text(card.as_json(), encoding="utf-8")
        (half / CARD_TEXT).write_text(card.as_text(), encoding="utf-8")
        half.chmod(0o755)
        _put(half, folder)
    except OSError as wrong:
        raise BadInput(
            f"{folder} cannot be written: {wrong.strerror or wrong}. The model was not kept; one that stood there is unchanged."
        ) from wrong
    finally:
        if half is not None:
            shutil.rmtree(half, ignore_errors=True)


def _put(half: Path, folder: Path) -> None:
    """Rename the new folder into place; the old one goes only when the new one stands."""
    if not folder.exists():
        half.rename(folder)
        return
    old = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.old."))
    folder.rename(old / folder.name)
    try:
        half.rename(folder)
    except OSError:
        (old / folder.name).rename(folder)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def refuse_other_things(folder: Path) -> None:
    """Make sure that a model may be written here.

    Raises:
        BadInput: when there is something else, or no folder to write it into.
    """
    if not folder.parent.is_dir():
        raise BadInput(f"{folder.parent} is not a folder, so no model can be written into it.")
    if folder.exists() and not (folder.is_dir() and (not any(folder.iterdir()) or (folder / CARD).is_file())):
        raise BadInput(
            f"{folder} exists and is not a model of Annotator; choose another name. Nothing was written."
        )


def read_weighing(folder: Path) -> Weighing:
    """How the model of a folder is weighed against the rules.

    Raises:
        BadInput: when the folder holds no model of ours, or one of another version.
    """
    if not folder.is_dir():
        raise BadInput(f"{folder} is not the folder of a model.")
    card = read_card(folder)
    if card.get("format") != FORMAT:
        raise BadInput(
            f"The model in {folder} was made by another version of Annotator ({card.get('annotator', 'unknown')}); train it again."
        )
    try:
        plain = json.loads((folder / WEIGHING).read_text(encoding="utf-8"))
        weights = {side: tuple(float(one) for one in values) for side, values in plain["weights"].items()}
        weighing = Weighing(str(plain["way"]), weights, float(plain["threshold"]))
        if (
            tuple(plain["signs"]) != SIGNS
            or weighing.way not in WAYS
            or any(len(one) != len(SIGNS) for one in weights.values())
        ):
            raise ValueError(plain["signs"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise BadInput(
            f"The model in {folder} is not complete: {WEIGHING} is missing or cannot be read."
        ) from wrong
    return weighing


def read_card(folder: Path) -> dict[str, Any]:
    """The card of a model, as it is written.

    Raises:
        BadInput: when there is none.
    """
    try:
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        raise BadInput(f"{folder} is not a model of Annotator: it has no {CARD} that can be read.") from wrong
    if not isinstance(card, dict):
        raise BadInput(f"{folder} is not a model of Annotator: its {CARD} is no card.")
    return card
