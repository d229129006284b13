"""spaCy's DocBin: every span of every attribution in doc.spans, ready for `spacy train`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import ExportOptions
from annotator.core.records import AttributionRecord, Record
from annotator.core.writing import new_file

SPANS_KEY = "sc"
"""The group in doc.spans; spaCy's span categorizer looks there unless told otherwise."""

_ROLES = (
    ("source", "source"),
    ("cue", "cue"),
    ("content", "content"),
    ("via", "via_span"),
    ("recipient", "recipient"),
)


def span_label(role: str, kind: str | None, wish: str) -> str:
    """The label of a span: its role, its attribution's kind, or kind/role."""
    if wish == "role":
        return role
    return (kind or "no_kind") if wish == "kind" else f"{kind or 'no_kind'}/{role}"


class DocBinFormat:
    """Write .spacy files; one Doc for each article and annotator, every fragment a span with its attribution's id."""

    name = "docbin"
    title = "spaCy DocBin, spans in doc.spans['sc']"
    suffixes = (".spacy",)
    reads = False
    writes = True
    cannot_carry = (
        "which fragments are one span (each is a span of its own; they share span_id)",
        "source names, via, parent, claims, comments and further fields (kept in doc.user_data, which training ignores)",
        "spans that begin or end inside a spaCy token (widened, and counted)",
    )

    def read(self, path: Path, losses: LossReport) -> Iterator[Record]:
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
    return code.split("-", maxsplit=1)[0].lower() or "en"


def _blank(spacy: Any, language: str) -> Any:
    try:
        return spacy.blank(language)
    except ImportError:
        return spacy.blank("xx")


def _doc(nlp: Any, record: Record, label: str, losses: LossReport) -> Any:
    text = record.text or ""
    doc = nlp.make_doc(text)
    found = []
    for one in record.attributions or ():
        for role, field in _ROLES:
            for part in getattr(one, field):
                name = span_label(role, one.kind, label)
                span = doc.char_span(part.start, part.end, label=name, span_id=one.id or "")
                if span is None:
                    span = doc.char_span(
                        part.start, part.end, label=name, span_id=one.id or "", alignment_mode="expand"
                    )
                    losses.add("span widened to whole spaCy tokens", record.id or "", part.start, part.end)
                found.append(span)
            if len(getattr(one, field)) > 1:
                parts = getattr(one, field)
                losses.add(
                    f"{role} in several fragments, written as separate spans",
                    record.id or "",
                    parts[0].start,
                    parts[-1].end,
                )
    doc.spans[SPANS_KEY] = found
    doc.user_data["article"] = record.id
    doc.user_data["annotator"] = record.annotator
    doc.user_data["attributions"] = [_relation(one) for one in record.attributions or ()]
    return doc


def _relation(one: AttributionRecord) -> dict[str, Any]:
    pairs = {role: [[part.start, part.end] for part in getattr(one, field)] for role, field in _ROLES}
    return {
        "id": one.id,
        "kind": one.kind,
        "type": one.type,
        **pairs,
        "source_name": one.source_name,
        "via_name": one.via,
        "parent": one.parent,
        "claims": list(one.claims),
    }


FORMAT = DocBinFormat()
