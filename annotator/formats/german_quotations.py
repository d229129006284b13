"""The JSON of the corpus of quotations in German news: who said what, how, to whom, a file a document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport
from annotator.core.ports import BY_CONTENT, NO, ExportOptions, ReadOptions
from annotator.core.records import AttributionRecord, Record
from annotator.core.spans import Fragments, joined, words
from annotator.formats.json_document import article_text, one_object
from annotator.formats.jsonl_fields import Fields
from annotator.formats.offsets import Ruler

_SIGNS = (b'"charBegin"', b'"tokenIds"', b'"originalText"', b'"documentName"')
_NAME = re.compile(r"(\d+) - (.+) \((\d{4}-\d{2}-\d{2})\)")
_QUOTE_OF = {
    "Direct": "direct",
    "Indirect": "indirect",
    "FreeIndirect": "indirect",
    "IndirectFreeIndirect": "indirect",
    "Reported": "indirect",
}
_FIELD_OF = {"speaker": "source", "cue": "cue", "quote": "content", "addressee": "recipient"}


class GermanQuotations:
    """Read only. The frame's words, the type of the quotation and its medium are kept as features of an attribution."""

    name = "german-quotations"
    title = "German news quotations JSON, one file a document"
    suffixes = (".json",)
    reads = True
    writes = False
    folder = False
    cannot_carry = ("anything: this format is read, not written",)

    def recognises(self, path: Path, head: bytes) -> int:
        if path.suffix.lower() not in self.suffixes:
            return NO
        return BY_CONTENT if sum(sign in head for sign in _SIGNS) > 1 else NO

    def read(self, path: Path, losses: LossReport, options: ReadOptions) -> Iterator[Record]:
        """The one record of a document."""
        whole = one_object(path)
        text = article_text(whole, "originalText")
        name = whole.text("documentName") or path.stem
        match = _NAME.fullmatch(name)
        article, title, published = match.groups() if match else (path.stem, name, "")
        ruler = Ruler(text, article, losses)
        marks = tuple(_mark(item, ruler, number) for number, item in enumerate(whole.objects("annotations")))
        # sentences and tokens follow from the text
        whole.asked.update(("sentences", "tokens"))
        yield Record(
            id=article,
            text=text,
            title=title,
            published=published,
            language="de",
            attributions=marks,
            extra=whole.left_over(),
            file_name=path.name,
            has_offsets=True,
            where=str(path),
        )

    def write(self, records: Iterable[Record], out: Path, options: ExportOptions) -> LossReport:
        """This format is read, not written."""
        raise BadInput("German news quotations are read, not written; choose another format to export.")


def _mark(item: Fields, ruler: Ruler, number: int) -> AttributionRecord:
    places: dict[str, Any] = {field: _place(item, key, ruler) for key, field in _FIELD_OF.items()}
    if not (places["source"] or places["cue"] or places["content"]):
        raise BadInput(
            f"{item.where} has no speaker, no cue and no quote. Nothing of this file was imported."
        )
    kind = item.text("type")
    features: dict[str, Any] = {
        "quotation_type": kind,
        "quotation_medium": item.text("medium"),
        "frame": words(_place(item, "frame", ruler), ruler.text),
        "nested": item.flag("isNested"),
    }
    return AttributionRecord(
        id=f"q{item.whole('id', number)}",
        quote=_QUOTE_OF.get(kind),
        features={key: value for key, value in features.items() if value},
        **places,
    )


def _place(item: Fields, key: str, ruler: Ruler) -> Fragments:
    """The fragments of one role; an empty list stands for a role that is absent."""
    if item.raw(key) in (None, []):
        return ()
    part = Fields(item.mapping(key), f"{item.where}, {key}")
    return joined(
        ruler.span(one.where, one.whole("charBegin", -1), one.whole("charEnd", -1))
        for one in part.objects("spans")
    )


FORMAT = GermanQuotations()
