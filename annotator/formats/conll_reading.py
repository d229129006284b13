"""Documents in CoNLL columns: their comments, their text made of tokens, and its labelled spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.core.errors import BadInput
from annotator.core.losses import LossReport

DOCUMENT = "-DOCSTART-"
COMMENT = "# {key} = {value}\tO"
"""A comment, which is also a row labelled O for readers that know no comments."""

_COMMENT = re.compile(r"#\s+([\w.:-]+)\s*=\s*(.*?)(?:\tO)?\s*")
_LABEL = re.compile(r"O|[BIESLUM]-\S+")


@dataclass(slots=True)
class Document:
    """One document: its first line's number, its comments, its text, and [start, end, label] of its spans."""

    line: int
    comments: dict[str, str] = field(default_factory=dict)
    text: str = ""
    spans: list[tuple[int, int, str]] = field(default_factory=list)


def documents(content: str, where: str, losses: LossReport) -> Iterator[Document]:
    """The documents of a file; one that begins with no `-DOCSTART-` and names no document is one document.

    Labels may be IOB1, IOB2, BILOU or IOBES; a span begins at B, S or U, or where its label changes.

    Raises:
        BadInput: when a row has no label; names the line.
    """
    current = _Growing(Document(1))
    for number, line in enumerate(content.split("\n"), 1):
        comment = _COMMENT.fullmatch(line)
        if comment:
            if comment[1] == "doc_id" and current.has_rows:
                yield current.done()
                current = _Growing(Document(number))
            current.document.comments[comment[1]] = comment[2]
        elif line.startswith(DOCUMENT):
            if current.has_rows:
                yield current.done()
            current = _Growing(Document(number))
        elif not line.strip():
            current.end_sentence()
        else:
            token, label = _row(line, f"{where}, line {number}", losses)
            current.add(token, label)
    if current.has_rows:
        yield current.done()


def _row(line: str, where: str, losses: LossReport) -> tuple[str, str]:
    columns = line.split("\t") if "\t" in line else line.split()
    columns = [column.strip() for column in columns if column.strip()]
    if len(columns) < 2 or not _LABEL.fullmatch(columns[-1]):
        raise BadInput(
            f"{where}: a row should be a token and a label such as B-source or O, not {line[:60]!r}. "
            "Nothing of this file was imported."
        )
    if len(columns) > 2:
        losses.add("column between token and label, not imported", where)
    return columns[0], columns[-1]


class _Growing:
    """A document under way."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.has_rows = False
        self._parts: list[str] = []
        self._length = 0
        self._between = ""
        self._open: tuple[int, int, str] | None = None

    def add(self, token: str, label: str) -> None:
        self.has_rows = True
        self._parts += [self._between, token]
        start = self._length + len(self._between)
        self._length = start + len(token)
        self._between = " "
        mark, _, name = label.partition("-")
        goes_on = self._open is not None and mark in "IELM" and self._open[2] == name
        if not goes_on:
            self._close()
        if mark != "O":
            first = self._open[0] if self._open is not None else start
            self._open = (first, self._length, name)
        if mark in "ESLU":
            self._close()

    def end_sentence(self) -> None:
        self._close()
        if self.has_rows:
            self._between = "\n"

    def done(self) -> Document:
        self._close()
        self.document.text = "".join(self._parts)
        return self.document

    def _close(self) -> None:
        if self._open is not None:
            self.document.spans.append(self._open)
        self._open = None
