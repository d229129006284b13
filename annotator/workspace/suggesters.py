"""The suggesters there are: the rules that ship, and what else has a name."""

from __future__ import annotations

from annotator.core.errors import BadInput
from annotator.nlp.rules_suggester import NAME
from annotator.workspace.predicting import rules
from annotator.workspace.suggesting import Suggester

RULES = NAME
"""The name of the rules that ship."""


def suggester_called(name: str) -> Suggester:
    """The suggester of this name.

    Raises:
        BadInput: when there is none.
    """
    if name == RULES:
        return rules()
    raise BadInput(f"There is no suggester called {name!r}; there is {RULES}.")
