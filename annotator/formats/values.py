"""Further fields of an attribution as short texts; and what a format leaves behind."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import MISSING, fields, replace
from typing import Any

from annotator.core.losses import LossReport
from annotator.core.records import AttributionRecord, Record
from annotator.core.spans import hull

TEXTS = (
    "type",
    "source_name",
    "via",
    "recipient_name",
    "medium",
    "polarity",
    "quote",
    "grounds",
    "note",
    "origin",
)
FLAGS = ("hedge", "implicit_source", "self_citation")
LISTS = ("claims", "inherited")
SIMPLE = ("kind", *TEXTS, *FLAGS, *LISTS)
"""Fields of an attribution that a short text can hold; the spans, the chain and what only a database needs are others."""

WORDS = {
    "kind": "kind",
    "type": "type",
    "source_name": "source name",
    "source_id": "source id",
    "via": "via outlet",
    "recipient_name": "recipient's name",
    "parent": "nesting (parent)",
    "antecedent": "antecedent",
    "medium": "medium",
    "claims": "claims",
    "polarity": "polarity",
    "hedge": "hedge",
    "quote": "quote type",
    "grounds": "grounds for anonymity",
    "implicit_source": "implicit source",
    "inherited": "inherited fields",
    "self_citation": "self-citation",
    "note": "note",
    "origin": "origin",
    "state": "state (suggestions)",
    "confidence": "confidence",
    "provenance": "provenance",
    "features": "features",
    "comments": "comments",
    "extra": "further keys",
    "more_roles": "further roles",
}
"""How each field is called in a loss report."""

_DEFAULTS = {
    one.name: one.default if one.default is not MISSING else None for one in fields(AttributionRecord)
}
_DEFAULTS |= {"more_roles": {}, "provenance": {}, "features": {}, "extra": {}}


def simple_values(one: AttributionRecord) -> dict[str, str]:
    """The simple fields that are not at their default, as texts: flags as "true", lists joined by "; "."""
    found = {}
    for name in SIMPLE:
        value = getattr(one, name)
        if not value or value == _DEFAULTS[name]:
            continue
        found[name] = "true" if value is True else "; ".join(value) if isinstance(value, tuple) else value
    return found


def with_simple_values(one: AttributionRecord, values: Mapping[str, str]) -> AttributionRecord:
    """The attribution with simple fields read from texts; names that are none of ours become features."""
    known: dict[str, Any] = {}
    features = dict(one.features)
    for name, value in values.items():
        if name in LISTS:
            known[name] = tuple(item for item in value.split("; ") if item)
        elif name in FLAGS:
            known[name] = value.casefold() in ("true", "yes", "1")
        elif name in SIMPLE:
            known[name] = value
        else:
            features[name] = value
    return replace(one, features=features, **known)


def filled_in(one: AttributionRecord, other: AttributionRecord) -> AttributionRecord:
    """The attribution with each field that says nothing taken from the other; features of both."""
    taken = {
        name: getattr(other, name)
        for name in _DEFAULTS
        if getattr(one, name) in (None, "", (), _DEFAULTS[name])
    }
    return replace(one, **{**taken, "features": {**other.features, **one.features}})


def lose_fields(record: Record, one: AttributionRecord, carried: Collection[str], losses: LossReport) -> None:
    """Count every field of an attribution that holds something and is not among those that a format carries.

    source_id, created, updated and version are not counted: another program cannot use them, and they are made anew.
    """
    around = hull([*one.source, *one.cue, *one.content])
    place = (around.start, around.end) if around else (None, None)
    for name, words in WORDS.items():
        value = getattr(one, name)
        if name not in carried and name != "source_id" and value and value != _DEFAULTS[name]:
            losses.add(f"{words}, not carried", record.id or record.where, *place)


def lose_comments(record: Record, losses: LossReport) -> None:
    """Count the comments of a record that stand on no attribution."""
    for _ in record.comments:
        losses.add("comment, not carried", record.id or record.where)


def lose_zones(record: Record, losses: LossReport) -> None:
    """Count the zones of an article."""
    for zone in record.zones:
        losses.add("zone, not carried", record.id or record.where, zone.span.start, zone.span.end)


ARTICLE_WORDS = {
    "story": "story of an article",
    "outlet": "outlet of an article",
    "title": "title of an article",
    "author": "author of an article",
    "url": "web address of an article",
    "published": "date of an article",
    "language": "language of an article",
    "split": "split of an article (train, dev, test)",
    "duplicate_group": "group of duplicates of an article",
    "note": "note on an article",
    "extra": "further keys of an article",
    "status": "status of an article's marks",
    "scheme": "name of the label scheme",
    "set_extra": "further keys of an article's marks",
}
"""How each field of a record is called in a loss report; its text's hash and its file's name are made anew."""


def lose_article(record: Record, carried: Collection[str], losses: LossReport) -> None:
    """Count every field of a record, its marks, zones and comments aside, that holds something and is not carried."""
    for name, words in ARTICLE_WORDS.items():
        if name not in carried and getattr(record, name):
            losses.add(f"{words}, not carried", record.id or record.where)
