"""Labels of spans: role, kind or both; how they are written, and how other programs' are read."""

from __future__ import annotations

import re
from collections.abc import Collection

from annotator.core.attributions import ROLES

NO_KIND = "no_kind"
"""Stands for the kind where nobody has said yet."""


def span_label(role: str, kind: str | None, wish: str) -> str:
    """The label of a span: its role, its attribution's kind, or kind/role."""
    if wish == "role":
        return role
    return (kind or NO_KIND) if wish == "kind" else f"{kind or NO_KIND}/{role}"


_PARTS = re.compile(r"[/_:.\-\s]+")
_OTHER_WORDS = {
    "quote": "content",
    "quotation": "content",
    "speaker": "source",
    "verb": "cue",
    "outlet": "via",
    "addressee": "recipient",
}


def read_label(label: str, kinds: Collection[str]) -> tuple[str, str | None, bool]:
    """Role, kind, and whether the label was understood to the end.

    Knows our own labels (role, kind, kind/role), the same in other cases and orders, and the words that other corpora
    use for the roles. The role of a label that names none is "".
    """
    plain = label.strip().casefold().replace(" ", "_")
    by_name = {kind.casefold(): kind for kind in kinds}
    if plain in by_name:
        return "", by_name[plain], True
    if plain == NO_KIND:
        return "", None, True
    left, slash, right = plain.rpartition("/")
    if slash and (left in by_name or left == NO_KIND):
        role = role_named(right)
        return role, by_name.get(left), bool(role)
    role = role_named(plain)
    if role:
        return role, None, True
    for part in _PARTS.split(plain):
        role = role_named(part)
        if role:
            rest = plain.replace(part, "", 1).strip("/_:.- ")
            kind = by_name.get(rest)
            return role, kind, kind is not None
    return "", None, False


def role_named(word: str) -> str:
    """The role that a word in lower case means, in our words or another corpus's; "" when it means none."""
    return word if word in ROLES else _OTHER_WORDS.get(word, "")
