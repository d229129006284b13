"""Attributions as INCEpTION's layers hold them: spans with features, links between them; and back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

from annotator.core.labels import read_label
from annotator.core.losses import LossReport
from annotator.core.ports import ReadOptions
from annotator.core.records import AttributionRecord, Record
from annotator.formats.flat import Flat, FlatSpan, Relation, flatten, gather
from annotator.formats.values import SIMPLE, lose_fields, simple_values, with_simple_values

SPAN_LAYER = "webanno.custom.Attribution"
LINK_LAYER = "webanno.custom.AttrLink"
ZONE_LAYER = "webanno.custom.Zone"
ROLE = "role"
"""The feature of a span that says its role, and of a link that says what it is for."""

_RENAMED = {"type": "attribution_type", "id": "attribution_id"}
"""Fields whose own names UIMA or its readers use for something else."""
_FIELD_OF = {feature: name for name, feature in _RENAMED.items()}
_FURTHER = ("confidence", "antecedent", "id")
FEATURES = (ROLE, *(_RENAMED.get(name, name) for name in (*SIMPLE, *_FURTHER)))
"""The features of our span layer that a table has columns for."""
JSON_FEATURES = ("features", "provenance", "extra")
"""The features, JSON inside, that only a CAS has besides."""
CARRIED = frozenset({*SIMPLE, *_FURTHER, "parent", "more_roles"})

_LINGUISTIC = "de.tudarmstadt.ukp.dkpro.core.api."
_OF_INTEREST = f"{_LINGUISTIC}ner."
_LIKELY = (ROLE, "label", "kind", "value", "identifier")
"""Where other people's layers have the label of a span, the likeliest first."""


@dataclass(slots=True)
class LayerSpan:
    """An annotation of a span layer: [start, end) in code points, and its features that have a value."""

    id: str
    start: int
    end: int
    layer: str
    features: dict[str, str] = field(default_factory=dict)


def taken_apart(record: Record, losses: LossReport, more: Collection[str] = ()) -> Flat:
    """A record's attributions as spans and links; counts the fields that the layers have no feature for."""
    flat = flatten(record, ROLE, losses)
    for one in flat.anchors.values():
        lose_fields(record, one, {*CARRIED, *more}, losses)
    return flat


def features_of(flat: Flat, span: FlatSpan, kind: str | None) -> dict[str, str]:
    """The features of a span: its role and kind, and on an attribution's anchor all else that is known of it."""
    found = {ROLE: span.role, **({"kind": kind} if kind else {})}
    one = flat.anchors.get(span.id)
    if one is None:
        return found
    values = simple_values(one)
    if one.confidence is not None:
        values["confidence"] = repr(one.confidence)
    values |= {name: value for name, value in (("antecedent", one.antecedent), ("id", one.id)) if value}
    return found | {_RENAMED.get(name, name): value for name, value in values.items()}


def json_features_of(one: AttributionRecord) -> dict[str, str]:
    """The fields that are objects themselves, as JSON."""
    found = ((name, getattr(one, name)) for name in JSON_FEATURES)
    return {name: orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode() for name, value in found if value}


def is_of_interest(layer: str) -> bool:
    """Whether a layer that is not ours may hold attributions: custom ones and named entities, not words and syntax."""
    return not layer.startswith(_LINGUISTIC) or layer.startswith(_OF_INTEREST)


def chosen_layers(layers: Collection[str]) -> set[str]:
    """The span layers to read: ours where it is there, else all that may hold attributions."""
    return {SPAN_LAYER} if SPAN_LAYER in layers else {one for one in layers if is_of_interest(one)}


def put_together(
    spans: Iterable[LayerSpan],
    links: Iterable[Relation],
    options: ReadOptions,
    article: str,
    losses: LossReport,
) -> tuple[AttributionRecord, ...]:
    """Attributions from annotations of layers, ours or others'."""
    flat: list[FlatSpan] = []
    values: dict[str, AttributionRecord] = {}
    for span in spans:
        label, role, rest = _label(span)
        flat.append(FlatSpan(span.id, span.start, span.end, label, role))
        if rest:
            values[span.id] = with_features(rest)
    return gather(flat, links, kinds=options.kinds, article=article, losses=losses, values=values)


def _label(span: LayerSpan) -> tuple[str, str, dict[str, str]]:
    """Label and role of a span, and its other features."""
    rest = dict(span.features)
    if span.layer == SPAN_LAYER and ROLE in rest:
        label = rest.pop(ROLE)
        return label, read_label(label, ())[0] or label, rest
    names = [*(name for name in _LIKELY if name in rest), *rest]
    label = rest.pop(names[0]) if names else span.layer.rpartition(".")[2]
    return label, "", rest


def with_features(features: Mapping[str, str]) -> AttributionRecord:
    """What the features of a span say of its attribution; those that are none of ours are kept as they are."""
    values = {_FIELD_OF.get(name, name): value for name, value in features.items()}
    one = AttributionRecord(id=values.pop("id", None), antecedent=values.pop("antecedent", None))
    objects: dict[str, Any] = {}
    for name in JSON_FEATURES:
        found = _object(values.get(name, ""))
        if found is not None:
            objects[name] = found
            del values[name]
    confidence = _number(values.get("confidence", ""))
    if confidence is not None:
        one = replace(one, confidence=confidence)
        del values["confidence"]
    # What is not understood comes after, so that it joins the features that are kept.
    return with_simple_values(replace(one, **objects), values)


def _object(value: str) -> dict[str, object] | None:
    if not value.startswith("{"):
        return None
    try:
        found = orjson.loads(value)
    except (orjson.JSONDecodeError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _number(value: str) -> float | None:
    try:
        found = float(value)
    except ValueError:
        return None
    return found if 0 <= found <= 1 else None
