"""The suggesters there are: the rules that ship, and models by their folders."""

from __future__ import annotations

from annotator.core.ports import Suggester
from annotator.nlp.rules_suggester import NAME
from annotator.workspace.predicting import suggester_of

RULES = NAME
"""The name of the rules that ship."""


def suggester_called(name: str) -> Suggester:
    """The suggester of this name, or the model in this folder; read when it first suggests.

    Raises:
        BadInput: when there is none.
    """
    return suggester_of(name)
