"""Values that others gave to fields of our names: kept as features where the field does not take them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from annotator.core.attributions import POLARITIES, QUOTES, TYPES
from annotator.core.losses import LossReport

_TAKEN = {"type": TYPES, "polarity": POLARITIES, "quote": QUOTES}


def understood(
    values: Mapping[str, str], kinds: Collection[str], article: str, losses: LossReport
) -> dict[str, str]:
    """The values, those that no field of ours takes under another name, so that they become features; and counted.

    Args:
        kinds: the ids of the kinds that the project knows; when none are given, every kind is taken.
    """
    found = {}
    for name, value in values.items():
        allowed = kinds if name == "kind" else _TAKEN.get(name, ())
        if allowed and value not in allowed:
            losses.add(f"{name} {value!r} is not known here; kept as a feature", article)
            found[f"their_{name}"] = value
        else:
            found[name] = value
    return found
