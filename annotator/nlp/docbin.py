"""spaCy's DocBin: every span in doc.spans, those that fit in doc.ents, ready for `spacy train`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from annotator.core.errors import BadInput
from annotator.core.labels import span_label
from annotator.core.losses import LossReport
from annotator.core.ports import BY_NAME, NO, ExportOptions, ReadOptions
from annotator.core.records import AttributionRecord, Record, kept, places
from annotator.core.spans import Span
from annotator.core.writing import new_file

SPANS_KEY = "sc"
"""The group in doc.spans; spaCy's span categorizer looks there unless told otherwise."""


class DocBinFormat:
    """Write .spacy files; one Doc for each article and annotator, every fragment a span with its attribution's id."""

    name = "docbin"
    title = "spaCy DocBin, spans in doc.spans['sc'] and doc.ents"
    suffixes = (".spacy",)
    reads = False
    writes = True
    folder = False
    cannot_carry = (
        "which fragments are one span (each is a span of its own; they share span_id)",
        "source names, via, parent, claims, comments and further fields (kept in doc.user_data, which training ignores)",
        "suggestions that nobody has accepted (left out, and counted)",
        "spans that lie over longer ones, in doc.ents (all are in doc.spans)",
        "spans that begin or end inside a spaCy token (widened, and counted)",
    )

    def recognises(self, path: Path, head: bytes) -> int:
        return BY_NAME if path.suffix.lower() in self.suffixes else NO

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """DocBin files are written, not read."""
        raise BadInput(f"{path}: spaCy files are written, not read.")

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """Write all records that somebody annotated."""
        import spacy
        from spacy.tokens import DocBin

        losses = LossReport()
        if options.without_text:
            raise BadInput("A DocBin holds the text; it cannot be written without. Nothing was written.")
        languages: dict[str, Any] = {}
        # user_data carries what spans cannot, and costs little
        bin_ = DocBin(store_user_data=True)
        for record in records:
            if record.attributions is None or record.text is None:
                continue
            language = _language(record.language)
            if language not in languages:
                languages[language] = _blank(spacy, language)
            bin_.add(_doc(languages[language], record, options.label, losses))
        if not len(bin_):
            raise BadInput(
                "There is nothing to export: nobody has annotated these articles. Nothing was written."
            )
        with new_file(out) as file:
            file.write(bin_.to_bytes())
        return losses


def _language(code: str) -> str:
    short = re.split(r"[-_]", code, maxsplit=1)[0].lower()
    return short if re.fullmatch(r"[a-z]{2,3}", short) else "en" if not code else "xx"


def _blank(spacy: Any, language: str) -> Any:
    try:
        nlp = spacy.blank(language)
    except ImportError:
        nlp = spacy.blank("xx")
    nlp.max_length = sys.maxsize
    return nlp


def _doc(nlp: Any, record: Record, label: str, losses: LossReport) -> Any:
    doc = nlp.make_doc(record.text or "")
    article = record.id or ""
    found = []
    marks = kept(record, losses)
    for one in marks:
        for role, parts in places(one):
            found += [
                _span(doc, part, span_label(role, one.kind, label), one, article, losses) for part in parts
            ]
            if len(parts) > 1:
                what = f"{role} in several fragments, written as separate spans"
                losses.add(what, article, parts[0].start, parts[-1].end)
    doc.spans[SPANS_KEY] = found
    doc.ents = _apart(found, article, losses)
    doc.user_data["article"] = record.id
    doc.user_data["annotator"] = record.annotator
    doc.user_data["attributions"] = [_relation(one) for one in marks]
    return doc


def _apart(found: list[Any], article: str, losses: LossReport) -> list[Any]:
    """Spans that share no token, the longest first, as named entities must be."""
    from spacy.util import filter_spans

    kept = filter_spans(found)
    for span in found:
        if not any(span is one for one in kept):
            what = "span over a longer one: in doc.spans, not in doc.ents"
            losses.add(what, article, span.start_char, span.end_char)
    return kept


def _span(doc: Any, part: Span, name: str, one: AttributionRecord, article: str, losses: LossReport) -> Any:
    given = {"label": name, "span_id": one.id or "", "kb_id": one.kind or ""}
    found = doc.char_span(part.start, part.end, **given)
    if found is not None:
        return found
    losses.add("span widened to whole spaCy tokens", article, part.start, part.end)
    return doc.char_span(part.start, part.end, alignment_mode="expand", **given)


def _relation(one: AttributionRecord) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "type": one.type,
        **{role: [[part.start, part.end] for part in parts] for role, parts in places(one)},
        "source_name": one.source_name,
        "via_name": one.via,
        "parent": one.parent,
        "claims": list(one.claims),
    }


FORMAT = DocBinFormat()
