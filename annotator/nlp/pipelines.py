"""Wake spaCy with our component, use pipelines the user names, and open trained models."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from annotator.core.errors import BadInput

COMPONENT = "attributions"
PARTS = ("config.cfg", "meta.json", COMPONENT)


def woken() -> Any:
    """spaCy, knowing our component also where the package's entry points are not installed."""
    import spacy

    import_module("annotator.nlp.network.pipe")
    return spacy


def base_pipeline(name: str) -> Any:
    """The installed pipeline of a name, or in a folder; with no name, one that only knows English tokens.

    Raises:
        BadInput: when there is none.
    """
    spacy = woken()
    if not name:
        nlp = spacy.blank("en")
    else:
        try:
            nlp = spacy.load(name)
        except Exception as wrong:
            raise BadInput(
                f"There is no spaCy pipeline called {name!r} that can be loaded ({_first_line(wrong)})."
            ) from wrong
    nlp.max_length = sys.maxsize
    return nlp


def with_base(config: Any, name: str) -> Any:
    """The config with the components of a named pipeline before ours; they are used as they are, and not trained."""
    base = base_pipeline(name)
    names = [part for part in base.pipe_names if part != COMPONENT]
    if not names:
        raise BadInput(f"The spaCy pipeline {name!r} holds no component that could be used.")
    components = {part: {"source": name} for part in names}
    config["components"] = {**components, **config["components"]}
    config["nlp"]["lang"] = base.lang
    config["nlp"]["pipeline"] = [*names, COMPONENT]
    config["training"]["frozen_components"] = names
    config["training"]["annotating_components"] = names
    copied = {"@callbacks": "spacy.copy_from_base_model.v1", "tokenizer": name, "vocab": name}
    config["initialize"]["before_init"] = copied
    return config


def open_model(folder: Path) -> Any:
    """The pipeline in the folder of a trained model.

    Raises:
        BadInput: when it is not such a folder, is incomplete, or was made for another version of spaCy or of ours.
    """
    spacy = woken()
    if not folder.is_dir():
        raise BadInput(f"{folder} is not the folder of a model.")
    missing = [part for part in PARTS if not (folder / part).exists()]
    if missing == list(PARTS):
        raise BadInput(f"{folder} is not the folder of a model; a model has {', '.join(PARTS)}.")
    if missing:
        raise BadInput(f"The model in {folder} is not complete: {', '.join(missing)} is missing.")
    try:
        nlp = spacy.load(folder)
    except Exception as wrong:
        raise BadInput(
            f"The model in {folder} cannot be opened; it is damaged, or made by another version of spaCy or "
            f"Annotator ({_first_line(wrong)}). Train it again."
        ) from wrong
    component = nlp.get_pipe(COMPONENT) if COMPONENT in nlp.pipe_names else None
    if not hasattr(component, "candidates"):
        raise BadInput(f"The spaCy pipeline in {folder} has no component that finds attributions.")
    nlp.max_length = sys.maxsize
    return nlp


def _first_line(wrong: Exception) -> str:
    text = str(wrong).strip() or type(wrong).__name__
    return " ".join(text.split())[:160]
