"""W3C Web Annotation (JSON-LD): annotations that point into articles, by position and by quotation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson

from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, BY_NAME, NO, ExportOptions, ReadOptions
from annotator.core.records import AttributionRecord, CommentRecord, Record, kept, places
from annotator.core.spans import Fragments
from annotator.core.writing import new_file
from annotator.formats.values import LISTS, lose_fields, simple_values
from annotator.formats.web_annotation_reading import records_of
from annotator.formats.web_selectors import selectors
from annotator.formats.web_words import ARTICLE_LABELS, OBJECTS, OURS, PARENTS

_CONTEXT = b"http://www.w3.org/ns/anno.jsonld"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_HEAD = {
    "@context": _CONTEXT.decode(),
    "id": f"{OURS}page:1",
    "type": "AnnotationPage",
    "partOf": {"id": f"{OURS}collection:1", "type": "AnnotationCollection", "label": "Source attributions"},
    "startIndex": 0,
}
_ALL_FIELDS = frozenset({*OBJECTS, *PARENTS, "more_roles", "confidence", "comments", "state"})


class WebAnnotation:
    """One AnnotationPage with everything in it, an annotation a line.

    Each role of an attribution is an annotation with a target for each fragment; one with the motivation "linking" holds
    them together and has the fields as bodies with labels. A claim is a resource that the linking annotations of
    several articles point to. A text is the body of an annotation that describes its article; without texts, the
    quotations find their places when the articles are in the project.
    """

    name = "web-annotation"
    title = "W3C Web Annotation, JSON-LD"
    suffixes = (".jsonld",)
    reads = True
    writes = True
    folder = False
    cannot_carry = ("suggestions that nobody has accepted (left out, and counted)",)

    def recognises(self, path: Path, head: bytes) -> int:
        if _CONTEXT in head and head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
            return BY_CONTENT
        return BY_NAME if path.suffix.lower() in self.suffixes else NO

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """A record for each article and each creator of annotations on it."""
        yield from records_of(path, losses, options)

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """Write the annotations of each record as it comes."""
        losses = LossReport()
        described: set[str] = set()
        with new_file(out) as file:
            # The head without its last brace; the list of annotations follows in it.
            file.write(orjson.dumps(_HEAD)[:-1] + b',"items":[')
            between = b"\n"
            for number, record in enumerate(records, 1):
                article = record.id or f"article {number}"
                items = _Items(record, article, losses)
                if article not in described:
                    described.add(article)
                    file.writelines(_lines(items.of_article(without_text=options.without_text), between))
                    between = b",\n"
                if record.attributions is not None:
                    file.writelines(_lines(items.of_set(), between))
            file.write(b"\n]}\n")
        return losses


def _lines(items: Iterable[dict[str, Any]], between: bytes) -> Iterator[bytes]:
    for item in items:
        yield between + orjson.dumps({key: value for key, value in item.items() if value not in (None, [])})
        between = b",\n"


def _iri(sort: str, *parts: str) -> str:
    return f"{OURS}{sort}:{'/'.join(quote(part, safe='') for part in parts)}"


def _body(label: str, value: str, purpose: str = "tagging") -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "label": label, "value": value}


def _object(label: str, value: Any) -> dict[str, str]:
    written = orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    return {**_body(label, written), "format": "application/json"}


def _resource(label: str, source: str, purpose: str = "linking") -> dict[str, str]:
    return {"type": "SpecificResource", "purpose": purpose, "label": label, "source": source}


def _moment(written: str) -> str | None:
    return written if _MOMENT.fullmatch(written) else None


class _Items:
    """The annotations of one record."""

    def __init__(self, record: Record, article: str, losses: LossReport) -> None:
        self._record = record
        self._article = article
        self._losses = losses
        self._source = _iri("article", article)
        self._owner = record.annotator or ""
        self._set = _iri("set", article, self._owner)

    def _annotation(
        self, iri: str, motivation: str, body: list[Any], target: Any, **more: Any
    ) -> dict[str, Any]:
        creator = self._person(self._owner) if self._owner else None
        return {
            "id": iri,
            "type": "Annotation",
            "motivation": motivation,
            "creator": creator,
            **more,
            "body": body,
            "target": target,
        }

    def _person(self, name: str) -> dict[str, str]:
        return {"id": _iri("person", name), "type": "Person", "name": name}

    def _targets(self, parts: Fragments) -> list[dict[str, Any]]:
        return [{"source": self._source, "selector": selectors(part, self._record.text)} for part in parts]

    def of_article(self, *, without_text: bool) -> Iterator[dict[str, Any]]:
        """What is known of the article, and its zones."""
        record = self._record
        body: list[dict[str, Any]] = []
        if record.text is not None and not without_text:
            language = {"language": record.language} if record.language else {}
            said = {
                "type": "TextualBody",
                "purpose": "describing",
                "value": record.text,
                "format": "text/plain",
            }
            body.append({**said, **language})
        body += [_body(name, getattr(record, name)) for name in ARTICLE_LABELS if getattr(record, name)]
        body += [_object("extra", record.extra)] if record.extra else []
        target = {"id": self._source, "type": "Text"}
        yield self._annotation(_iri("text", self._article), "describing", body, target, creator=None)
        for number, zone in enumerate(record.zones, 1):
            iri = _iri("zone", self._article, str(number))
            body = [_body("zone", zone.zone, "classifying")]
            yield self._annotation(iri, "classifying", body, self._targets((zone.span,)), creator=None)

    def of_set(self) -> Iterator[dict[str, Any]]:
        """The marks of the annotator: that there are any, each attribution, each comment."""
        record = self._record
        body = [_body(name, getattr(record, name)) for name in ("status", "scheme") if getattr(record, name)]
        body += [_object("set_extra", record.set_extra)] if record.set_extra else []
        yield self._annotation(self._set, "assessing", body, self._source)
        for number, one in enumerate(kept(record, self._losses), 1):
            yield from self._attribution(one, one.id or f"attribution {number}")
        for number, remark in enumerate(record.comments, 1):
            yield self._comment(remark, self._set, f"comment {number}")

    def _attribution(self, one: AttributionRecord, own_id: str) -> Iterator[dict[str, Any]]:
        lose_fields(self._record, one, {*simple_values(one), *_ALL_FIELDS}, self._losses)
        iri = _iri("attribution", self._article, self._owner, own_id)
        marks = []
        for role, parts in places(one):
            mark = _iri("mark", self._article, self._owner, own_id, role)
            marks.append(mark)
            body: list[dict[str, Any]] = [{"type": "TextualBody", "purpose": "classifying", "value": role}]
            if one.kind:
                body.append({"type": "TextualBody", "purpose": "tagging", "value": one.kind})
            yield self._annotation(mark, "classifying", body, self._targets(parts))
        dates = {"created": _moment(one.created), "modified": _moment(one.updated)}
        yield self._annotation(iri, "linking", self._fields(one), marks or self._source, **dates)
        for number, remark in enumerate(one.comments, 1):
            yield self._comment(remark, iri, f"{own_id}, comment {number}")

    def _fields(self, one: AttributionRecord) -> list[dict[str, Any]]:
        texts = {name: value for name, value in simple_values(one).items() if name not in LISTS}
        body: list[dict[str, Any]] = [
            _body(name, value, "commenting" if name == "note" else "tagging") for name, value in texts.items()
        ]
        body += [_body("inherited", name) for name in one.inherited]
        body += [_resource("claims", _iri("claim", claim), "identifying") for claim in one.claims]
        if one.confidence is not None:
            body.append(_body("confidence", repr(one.confidence)))
        for name in PARENTS:
            other = getattr(one, name)
            if other:
                body.append(_resource(name, _iri("attribution", self._article, self._owner, other)))
        body += [_object(name, getattr(one, name)) for name in OBJECTS if getattr(one, name)]
        return body

    def _comment(self, remark: CommentRecord, about: str, own_id: str) -> dict[str, Any]:
        body: list[dict[str, Any]] = [{"type": "TextualBody", "purpose": "commenting", "value": remark.text}]
        body += [_body("resolved", "true")] if remark.resolved else []
        body += [_resource("claim", _iri("claim", remark.claim), "identifying")] if remark.claim else []
        body += [_resource("mentions", _iri("person", name), "identifying") for name in remark.mentions]
        if remark.reply_to:
            body.append(_resource("reply_to", _iri("comment", self._article, self._owner, remark.reply_to)))
        return self._annotation(
            _iri("comment", self._article, self._owner, remark.id or own_id),
            "replying" if remark.reply_to else "commenting",
            body,
            [about, *self._targets(remark.place)],
            creator=self._person(remark.author),
            created=_moment(remark.created),
        )


FORMAT = WebAnnotation()
