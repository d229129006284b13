"""A record as a UIMA CAS with INCEpTION's layers, and back, by means of dkpro-cassis."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import orjson

from annotator.core.articles import Zone
from annotator.core.boundaries import sentence_bounds
from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import ReadOptions
from annotator.core.records import Record
from annotator.core.spans import Span
from annotator.formats.annotator_folders import Owner
from annotator.formats.flat import Relation, owners
from annotator.formats.tokens import tokens
from annotator.formats.uima_layers import (
    FEATURES,
    JSON_FEATURES,
    LINK_LAYER,
    ROLE,
    SPAN_LAYER,
    ZONE_LAYER,
    LayerSpan,
    chosen_layers,
    features_of,
    json_features_of,
    put_together,
    taken_apart,
)
from annotator.formats.values import ARTICLE_WORDS, lose_comments

ARTICLE_LAYER = "webanno.custom.Article"
"""What is known of the article and its marks; a layer of the document, not of a place in it."""
_DOCUMENT = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
_SEGMENTATION = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type."
_SENTENCE, _TOKEN = f"{_SEGMENTATION}Sentence", f"{_SEGMENTATION}Token"
_EXPECTED = {_DOCUMENT, _SENTENCE, _TOKEN, ZONE_LAYER, ARTICLE_LAYER}
_ANNOTATION, _TEXT = "uima.tcas.Annotation", "uima.cas.String"
_BUILT_IN = {"begin", "end", "sofa"}
_ENDS = ("Governor", "Dependent")
_OBJECTS = ("extra", "set_extra")
_ARTICLE_FEATURES = ("annotator", *ARTICLE_WORDS)
CANNOT_CARRY = (
    "comments",
    "suggestions that nobody has accepted (left out, and counted)",
)


def type_system() -> Any:
    """The types that we write: DKPro's for text, sentences and tokens, and custom layers for all else."""
    from cassis import TypeSystem  # noqa: PLC0415  woken late

    types = TypeSystem()
    texts = {
        _DOCUMENT: ("documentTitle", "documentId", "documentUri"),
        SPAN_LAYER: (*FEATURES, *JSON_FEATURES),
        LINK_LAYER: (ROLE,),
        ZONE_LAYER: ("zone",),
        ARTICLE_LAYER: _ARTICLE_FEATURES,
        _SENTENCE: (),
        _TOKEN: (),
    }
    parents = {_DOCUMENT: "uima.tcas.DocumentAnnotation", ARTICLE_LAYER: "uima.cas.AnnotationBase"}
    for name, features in texts.items():
        made = types.create_type(name, parents.get(name, _ANNOTATION))
        for feature in features:
            types.create_feature(made, feature, _TEXT)
    for end in _ENDS:
        types.create_feature(types.get_type(LINK_LAYER), end, _ANNOTATION)
    return types


def cas_of(record: Record, types: Any, losses: LossReport, plain: Callable[[str], str] = str) -> Any:
    """The CAS of a record; plain is what a value goes through on its way in. The record must have its text."""
    from cassis import Cas  # noqa: PLC0415  woken late

    text = record.text or ""
    flat = taken_apart(record, losses, JSON_FEATURES)
    lose_comments(record, losses)
    cas = Cas(types)
    cas.sofa_string = plain(text)
    cas.sofa_mime = "text/plain"

    def put(name: str, start: int, end: int, **features: Any) -> Any:
        values = {key: plain(value) if isinstance(value, str) else value for key, value in features.items()}
        made = types.get_type(name)(begin=start, end=end, **values)
        cas.add(made)
        return made

    put(
        _DOCUMENT,
        0,
        len(text),
        language=record.language or "x-unspecified",
        documentTitle=record.title or record.id,
        documentId=record.id,
        documentUri=record.url or None,
    )
    known = {name: getattr(record, name) for name in _ARTICLE_FEATURES}
    known |= {name: _json(known[name]) for name in _OBJECTS}
    article = types.get_type(ARTICLE_LAYER)
    cas.add(article(**{name: plain(value) for name, value in known.items() if value}))
    for start, end in sentence_bounds(text):
        put(_SENTENCE, start, end)
    for token in tokens(text, {span.start for span in flat.spans}, {span.end for span in flat.spans}):
        if not text[token.start : token.end].isspace():
            put(_TOKEN, token.start, token.end)
    for zone in record.zones:
        put(ZONE_LAYER, zone.span.start, zone.span.end, zone=zone.zone)
    made = {}
    owner_of = owners(flat)
    for span in flat.spans:
        features = features_of(flat, span, owner_of[span.id].kind)
        if span.id in flat.anchors:
            features |= json_features_of(flat.anchors[span.id])
        made[span.id] = put(SPAN_LAYER, span.start, span.end, **features)
    for link in flat.relations:
        head, child = made[link.head], made[link.child]
        # INCEpTION expects a link to stand where the one that depends stands.
        put(LINK_LAYER, child.begin, child.end, role=link.label, Governor=head, Dependent=child)
    return cas


def _json(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode() if value else ""


class _Reading:
    """Goes through one CAS."""

    def __init__(self, cas: Any, where: str, owner: Owner, losses: LossReport) -> None:
        self._cas = cas
        self._where = where
        self._owner = owner
        self._losses = losses
        if not isinstance(cas.sofa_string, str):
            raise BadInput(f"{where} holds no text. Nothing of this file was imported.")
        self._text: str = cas.sofa_string

    def record(self, options: ReadOptions) -> Record:
        by_layer: dict[str, list[Any]] = defaultdict(list)
        for one in self._cas.select_all_fs():
            by_layer[one.type.name].append(one)
        links = {name for name in by_layer if self._is_link(name)}
        spans = {
            name
            for name in set(by_layer) - links - _EXPECTED
            if self._cas.typesystem.is_instance_of(name, _ANNOTATION)
        }
        chosen = chosen_layers({name for name in spans if not name.startswith("uima.")})
        found = [self._span(one) for name in sorted(chosen) for one in by_layer[name]]
        relations = [self._relation(one) for name in sorted(links) for one in by_layer[name]]
        for name in sorted(spans - chosen):
            if not name.startswith("uima."):
                for _ in by_layer[name]:
                    self._lose(f"annotation of the layer {name}, not read")
        known = self._known(by_layer)
        article = known.get("id") or self._owner.article
        marks = put_together(
            [one for one in found if one], [one for one in relations if one], options, article, self._losses
        )
        annotator = known.get("annotator") or self._owner.annotator
        record = Record(
            text=self._text,
            zones=tuple(self._zone(one) for one in by_layer[ZONE_LAYER]),
            attributions=marks if marks or annotator is not None else None,
            has_offsets=True,
            where=self._where,
        )
        return replace(record, **{**known, "id": article, "annotator": annotator})

    def _lose(self, what: str) -> None:
        self._losses.add(what, self._owner.article)

    def _is_link(self, name: str) -> bool:
        features = {feature.name for feature in self._cas.typesystem.get_type(name).all_features}
        return features.issuperset(_ENDS)

    def _known(self, by_layer: dict[str, list[Any]]) -> dict[str, Any]:
        """What the document's own layers say of the article."""
        known: dict[str, Any] = {}
        for one in by_layer[_DOCUMENT]:
            language = one.language if one.language != "x-unspecified" else None
            said = {
                "id": one.documentId,
                "title": one.documentTitle,
                "language": language,
                "url": one.documentUri,
            }
            if said["title"] == said["id"] or by_layer[ARTICLE_LAYER]:
                del said["title"]
            known |= {name: value for name, value in said.items() if isinstance(value, str) and value}
        for one in by_layer[ARTICLE_LAYER]:
            for name in _ARTICLE_FEATURES:
                value = getattr(one, name, None)
                if isinstance(value, str) and value:
                    known[name] = self._object(name, value) if name in _OBJECTS else value
        return known

    def _object(self, name: str, value: str) -> dict[str, Any]:
        try:
            found = orjson.loads(value)
        except (orjson.JSONDecodeError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise BadInput(
                f"{self._where}: {name} of {ARTICLE_LAYER} is not a JSON object. Nothing was imported."
            )
        return found

    def _place(self, one: Any) -> Span | None:
        start, end = one.begin, one.end
        if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start <= end <= len(self._text):
            raise BadInput(
                f"{self._where}: an annotation of {one.type.name} from {start} to {end} lies outside the text, which "
                f"has {len(self._text)} characters. Nothing of this file was imported."
            )
        if start == end:
            self._lose(f"annotation of the layer {one.type.name} that is empty, not read")
            return None
        return Span(start, end)

    def _zone(self, one: Any) -> Zone:
        place = self._place(one)
        if place is None or not isinstance(one.zone, str):
            raise BadInput(
                f"{self._where}: a zone has no place or no name. Nothing of this file was imported."
            )
        return Zone(one.zone, place)

    def _span(self, one: Any) -> LayerSpan | None:
        place = self._place(one)
        if place is None:
            return None
        features = self._features(one, _BUILT_IN)
        return LayerSpan(str(one.xmiID), place.start, place.end, one.type.name, features)

    def _features(self, one: Any, besides: set[str]) -> dict[str, str]:
        found = {}
        for feature in one.type.all_features:
            value = getattr(one, feature.name, None)
            name = feature.name.rstrip("_")
            if name in besides or value is None or value == "":
                continue
            if isinstance(value, str | int | float):
                found[name] = str(value)
            else:
                self._lose("slots of an annotation, not read")
        return found

    def _relation(self, one: Any) -> Relation | None:
        head, child = one.Governor, one.Dependent
        if head is None or child is None:
            self._lose("link from or to a span that is not in the file")
            return None
        features = self._features(one, {*_BUILT_IN, *_ENDS})
        label = features.get(ROLE) or next(iter(features.values()), ROLE)
        return Relation(str(head.xmiID), str(child.xmiID), label)


def record_of_cas(cas: Any, where: str, owner: Owner, losses: LossReport, options: ReadOptions) -> Record:
    """The record of a CAS.

    Raises:
        BadInput: when it has no text, or an annotation lies outside it.
    """
    return _Reading(cas, where, owner, losses).record(options)
