"""Read W3C Web Annotations, ours or another program's: articles, marks and links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import orjson

from annotator.core.articles import Zone, text_hash
from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import ReadOptions
from annotator.core.records import AttributionRecord, CommentRecord, Record, with_place
from annotator.core.spans import Span
from annotator.formats.flat import FRAGMENT, FlatSpan, Relation, gather
from annotator.formats.json_document import document
from annotator.formats.uima_layers import with_features
from annotator.formats.web_selectors import TextFinder
from annotator.formats.web_words import ARTICLE_LABELS, OURS, PARENTS

_TAGS = {"tagging", "classifying", ""}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in _listed(value) if isinstance(one, dict)]


def _words(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _reference(value: Any) -> str:
    """The identifier that a target or a source is, or has."""
    return _words(value.get("id") or value.get("source")) if isinstance(value, dict) else _words(value)


def _parts(iri: str, sort: str) -> list[str]:
    """The parts of one of our identifiers of a sort; none when it is another's."""
    start = f"{OURS}{sort}:"
    return [unquote(part) for part in iri.removeprefix(start).split("/")] if iri.startswith(start) else []


def _creator(item: dict[str, Any]) -> str | None:
    for one in _listed(item.get("creator")):
        if isinstance(one, dict):
            return _words(one.get("name") or one.get("nickname") or one.get("id")) or None
        if isinstance(one, str) and one:
            return one
    return None


@dataclass(slots=True)
class _Labelled:
    """The bodies of an annotation: those that have a label, by it, and the words of those that have none."""

    values: dict[str, list[str]] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)

    def one(self, label: str) -> str:
        return self.values.get(label, [""])[0]


def _bodies(item: dict[str, Any]) -> _Labelled:
    found = _Labelled()
    for body in [*_listed(item.get("body")), *_listed(item.get("bodyValue"))]:
        if isinstance(body, str):
            found.tags.append(body)
        elif isinstance(body, dict):
            value = _words(body.get("value")) or _reference(body)
            purposes = {_words(one) for one in _listed(body.get("purpose"))} or {""}
            label = _words(body.get("label"))
            if label:
                found.values.setdefault(label, []).append(value)
            elif "describing" in purposes:
                found.descriptions.append(value)
            elif purposes & {"commenting", "replying"} or (
                "" in purposes and "commenting" in _listed(item.get("motivation"))
            ):
                found.remarks.append(value)
            elif purposes & _TAGS and value:
                found.tags.append(value)
    return found


@dataclass(slots=True)
class _Set:
    """What one creator has marked in one article."""

    known: dict[str, Any] = field(default_factory=dict)
    marks: dict[str, tuple[str, list[Span]]] = field(default_factory=dict)
    attributions: dict[str, AttributionRecord] = field(default_factory=dict)
    comments: list[tuple[str, CommentRecord]] = field(default_factory=list)
    spans: list[FlatSpan] = field(default_factory=list)
    links: list[Relation] = field(default_factory=list)
    values: dict[str, AttributionRecord] = field(default_factory=dict)


@dataclass(slots=True)
class _Article:
    """An article: what is known of it, and a set for each creator."""

    record: Record
    finder: TextFinder
    sets: dict[str | None, _Set] = field(default_factory=dict)
    zones: list[Zone] = field(default_factory=list)


class _Reading:
    """Goes through the annotations of one file: first those that bring texts, then what points into them."""

    def __init__(self, path: Path, losses: LossReport, options: ReadOptions) -> None:
        self._path = path
        self._losses = losses
        self._options = options
        self._articles: dict[str, _Article] = {}
        self._home: dict[str, _Set] = {}
        """The set that each annotation of another program stands in, by its id."""

    def records(self, items: list[dict[str, Any]]) -> Iterator[Record]:
        for number, item in enumerate(items, 1):
            if _parts(_words(item.get("id")), "text"):
                self._describe(item, f"{self._path}, annotation {number}")
        later = []
        for number, item in enumerate(items, 1):
            where = f"{self._path}, annotation {number}"
            if not self._ours(item, where) and not self._point(item, where):
                later.append(item)
        for item in later:
            self._link(item)
        for article in self._articles.values():
            yield from self._of(article)

    def _article(self, iri: str) -> _Article:
        if iri not in self._articles:
            parts = _parts(iri, "article")
            own_id = parts[0] if parts else iri
            url = iri if iri.startswith(("http://", "https://")) else ""
            record = Record(
                id=own_id,
                url=url,
                has_offsets=True,
                file_name=self._path.name,
                where=f"{self._path}, {own_id}",
            )
            self._articles[iri] = _Article(record, TextFinder(None, own_id, self._losses))
        return self._articles[iri]

    def _describe(self, item: dict[str, Any], where: str) -> None:
        article = self._article(next((_reference(one) for one in _listed(item.get("target"))), ""))
        said = _bodies(item)
        known: dict[str, Any] = {name: said.one(name) for name in ARTICLE_LABELS if said.one(name)}
        if said.values.get("extra"):
            known["extra"] = self._object(said.one("extra"), where)
        text = said.descriptions[0] if said.descriptions else None
        sha256 = known.get("text_sha256")
        if text is not None and sha256 and sha256 != text_hash(text):
            raise BadInput(
                f"{where}: the text is not the one its text_sha256 was made from. Nothing was imported."
            )
        article.record = replace(article.record, text=text, **known)
        article.finder.text = text

    def _object(self, written: str, where: str) -> dict[str, Any]:
        try:
            found = orjson.loads(written)
        except (orjson.JSONDecodeError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise BadInput(f"{where}: a body in JSON is not an object. Nothing of this file was imported.")
        return found

    def _places(self, targets: list[dict[str, Any]], where: str) -> tuple[str, list[Span]]:
        """The article that targets lie in, and where; targets in a second article are counted and left."""
        pointing = [one for one in targets if one.get("selector") is not None]
        iris = [_reference(one.get("source")) for one in pointing]
        if not pointing:
            return "", []
        finder = self._article(iris[0]).finder
        found = []
        for iri, target in zip(iris, pointing, strict=True):
            if iri != iris[0]:
                self._losses.add("target in a second article, not read", finder.article)
                continue
            place = finder.find(_objects(target.get("selector")), where)
            if place is not None:
                found.append(place)
        return iris[0], found

    def _ours(self, item: dict[str, Any], where: str) -> bool:
        """Whether an annotation is one that we wrote; it is read then."""
        iri = _words(item.get("id"))
        targets = _listed(item.get("target"))
        if _parts(iri, "text"):
            return True
        if _parts(iri, "zone"):
            source, spans = self._places(_objects(targets), where)
            name = _bodies(item).one("zone") or "body"
            self._article(source).zones.extend(Zone(name, span) for span in spans)
            return True
        for sort in ("set", "mark", "attribution", "comment"):
            parts = _parts(iri, sort)
            if len(parts) >= 2:
                article = self._article(f"{OURS}article:{iri.removeprefix(f'{OURS}{sort}:').split('/')[0]}")
                own = article.sets.setdefault(parts[1] or None, _Set())
                getattr(self, f"_read_{sort}")(own, item, parts, where)
                return True
        return False

    def _read_set(self, own: _Set, item: dict[str, Any], parts: list[str], where: str) -> None:
        said = _bodies(item)
        own.known |= {name: said.one(name) for name in ("status", "scheme") if said.one(name)}
        if said.one("set_extra"):
            own.known["set_extra"] = self._object(said.one("set_extra"), where)

    def _read_mark(self, own: _Set, item: dict[str, Any], parts: list[str], where: str) -> None:
        _, spans = self._places(_objects(item.get("target")), where)
        own.marks[_words(item.get("id"))] = (parts[-1], spans)

    def _read_attribution(self, own: _Set, item: dict[str, Any], parts: list[str], where: str) -> None:
        said = _bodies(item)
        single = {
            name: found[0] for name, found in said.values.items() if name not in {"claims", "inherited"}
        }
        for name in PARENTS:
            other = _parts(single.get(name, ""), "attribution")
            if other:
                single[name] = other[-1]
        parent = single.pop("parent", None)
        one = with_features({**single, "id": parts[-1]})
        one = replace(
            one,
            parent=parent,
            claims=tuple(
                _parts(claim, "claim")[0] for claim in said.values.get("claims", ()) if _parts(claim, "claim")
            ),
            inherited=tuple(said.values.get("inherited", ())),
            created=_words(item.get("created")),
            updated=_words(item.get("modified")),
        )
        for mark in _listed(item.get("target")):
            role, spans = own.marks.get(_reference(mark), ("", []))
            if role:
                one = with_place(one, role, spans)
        own.attributions[_words(item.get("id"))] = one

    def _read_comment(self, own: _Set, item: dict[str, Any], parts: list[str], where: str) -> None:
        said = _bodies(item)
        targets = _listed(item.get("target"))
        _, place = self._places(_objects(targets), where)
        reply = _parts(said.one("reply_to"), "comment")
        claim = _parts(said.one("claim"), "claim")
        remark = CommentRecord(
            text="\n".join(said.remarks),
            author=_creator(item) or "unknown",
            id=parts[-1],
            place=tuple(place),
            claim=claim[0] if claim else None,
            created=_words(item.get("created")),
            resolved=said.one("resolved") == "true",
            reply_to=reply[-1] if reply else None,
            mentions=tuple(name for one in said.values.get("mentions", ()) for name in _parts(one, "person")),
        )
        own.comments.append((_reference(targets[0]) if targets else "", remark))

    def _point(self, item: dict[str, Any], where: str) -> bool:
        """Whether an annotation of another program points into an article; it is read then."""
        source, spans = self._places(_objects(item.get("target")), where)
        if not source:
            return False
        own = self._article(source).sets.setdefault(_creator(item), _Set())
        said = _bodies(item)
        if not spans:
            return True
        iri = _words(item.get("id")) or where
        if not said.tags and said.remarks:
            author = _creator(item) or "unknown"
            own.comments += [
                ("", CommentRecord(text=text, author=author, place=tuple(spans[:1]))) for text in said.remarks
            ]
            return True
        tags = said.tags or ["content"]
        self._home[iri] = own
        for number, span in enumerate(spans):
            span_id = f"{iri} {number}" if number else iri
            own.spans.append(FlatSpan(span_id, span.start, span.end, tags[0]))
            if number:
                own.links.append(Relation(iri, span_id, FRAGMENT))
        more = {"tags": "; ".join(tags[1:])} if tags[1:] else {}
        labelled = {name: found[0] for name, found in said.values.items()}
        own.values[iri] = replace(with_features({**more, **labelled}), note="\n".join(said.remarks))
        return True

    def _link(self, item: dict[str, Any]) -> None:
        """Read an annotation that joins two others."""
        ends = [_reference(one) for one in _listed(item.get("target"))]
        ends += [_reference(one) for one in _objects(item.get("body")) if _reference(one) in self._home]
        known = [end for end in ends if end in self._home]
        if len(known) == 2 and self._home[known[0]] is self._home[known[1]]:
            label = next(iter(_bodies(item).tags), "")
            self._home[known[0]].links.append(Relation(known[0], known[1], label))
        else:
            self._losses.add(
                "annotation of neither a stretch of text nor a link between two, not read", str(self._path)
            )

    def _of(self, article: _Article) -> Iterator[Record]:
        record = replace(article.record, zones=tuple(article.zones))
        if not article.sets:
            yield record
        for creator, own in article.sets.items():
            remarks: dict[str, list[CommentRecord]] = {}
            for about, remark in own.comments:
                remarks.setdefault(about if about in own.attributions else "", []).append(remark)
            marks = [
                replace(one, comments=tuple(remarks.get(iri, ()))) for iri, one in own.attributions.items()
            ]
            others = gather(
                own.spans,
                own.links,
                kinds=self._options.kinds,
                article=record.id or "",
                losses=self._losses,
                values=own.values,
            )
            yield replace(
                record,
                annotator=creator,
                attributions=(*marks, *others),
                comments=tuple(remarks.get("", ())),
                **own.known,
            )


def records_of(path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
    """A record for each article and creator in a file: one annotation, a list, a page or a collection of them.

    Raises:
        BadInput: when it is none of these, or a position is none.
    """
    value = document(path)
    if isinstance(value, dict):
        first = value.get("first")
        inside = (
            value.get("items")
            or value.get("@graph")
            or (first.get("items") if isinstance(first, dict) else None)
        )
        items = [value] if value.get("target") is not None else inside
    else:
        items = value
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise BadInput(f"{path} holds no web annotations. Nothing was imported from it.")
    if not any(item.get("target") is not None for item in items):
        raise BadInput(f"{path} holds no web annotations. Nothing was imported from it.")
    yield from _Reading(path, losses, options).records(items)
