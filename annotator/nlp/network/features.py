"""What the network is told of each token: its form, and its place in quotation, sentence and line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from spacy.attrs import DEP, ENT_TYPE, LOWER, NORM, SHAPE, TAG
from spacy.strings import get_string_id

from annotator.nlp.quotes import quotations
from annotator.nlp.tokens import Words, words_of

Array: TypeAlias = Any

COLUMNS = ("norm", "prefix", "suffix", "shape", "short suffix", "place", "quotation", "tag", "arc", "entity")
"""The columns of features; the last three are empty unless a pipeline named by the user has filled the Doc."""

UNKNOWN = np.uint64(0)
COMMA, BREAK = 1, 2
_BREAKS = frozenset([";", ":", "-", "--", "—", "–"])
_STOPS = frozenset(".!?\"”'’;")


@dataclass(slots=True)
class TokenFeatures:
    """A text as the network sees it.

    hashes has a row a token and a column for each of COLUMNS; quotation numbers the quotation that a token stands in
    (0: none); sentence numbers its sentence, whose first token is in sentence_starts, with the text's length at the end;
    marks says COMMA or BREAK. heads (the token above each) and arcs (the hash of its arc) are None without a parse.
    """

    hashes: Array
    quotation: Array
    sentence: Array
    sentence_starts: Array
    marks: Array
    heads: Array | None = None
    arcs: Array | None = None

    def __len__(self) -> int:
        return len(self.hashes)


def features_of(doc: Any) -> TokenFeatures:
    """The features of a spaCy Doc."""
    words = words_of(doc.text)
    if not len(doc) or not len(words):
        return _nothing(len(doc))
    given = doc.to_array([NORM, LOWER, SHAPE, TAG, DEP, ENT_TYPE]).astype("uint64")
    at_word = np.searchsorted(np.asarray(words.ends), [token.idx for token in doc], side="right")
    at_word = np.minimum(at_word, len(words) - 1)
    first = np.asarray(words.first)[at_word]
    sentence = np.cumsum(np.concatenate([[0], (np.diff(first) != 0).astype("int64")]))
    starts = np.concatenate([[0], np.flatnonzero(np.diff(sentence)) + 1, [len(doc)]])
    quotation = np.asarray(_quoted(words))[at_word]
    forms, form_of = np.unique(given[:, 1], return_inverse=True)
    lower = [doc.vocab.strings[form] for form in forms]
    parts = np.asarray(
        [(get_string_id(form[:3]), get_string_id(form[-3:]), get_string_id(form[-2:])) for form in lower],
        dtype="uint64",
    )[form_of]
    marks = np.asarray([_mark(form) for form in lower], dtype="int8")[form_of]
    place = _place(doc, np.asarray(words.line)[at_word], sentence, starts)
    columns = (
        given[:, 0],
        parts[:, 0],
        parts[:, 1],
        given[:, 2],
        parts[:, 2],
        place,
        _in_quotation(quotation),
    )
    parsed = doc.has_annotation("DEP")
    return TokenFeatures(
        np.column_stack([*columns, *given[:, 3:].T]),
        quotation,
        sentence,
        starts,
        marks,
        np.asarray([token.head.i for token in doc]) if parsed else None,
        given[:, 4] if parsed else None,
    )


def _nothing(size: int) -> TokenFeatures:
    empty = np.zeros(size, dtype="int64")
    hashes = np.zeros((size, len(COLUMNS)), dtype="uint64")
    return TokenFeatures(hashes, empty, empty, np.asarray([0, size]), empty.astype("int8"))


def _mark(form: str) -> int:
    return COMMA if form == "," else BREAK if form in _BREAKS else 0


def _quoted(words: Words) -> list[int]:
    quoted = [0] * len(words)
    for number, (start, stop) in enumerate(quotations(words), 1):
        quoted[start:stop] = [number] * (stop - start)
    return quoted


def _place(doc: Any, line: Array, sentence: Array, starts: Array) -> Array:
    """Distance to the sentence's edges, its length, and whether the line ends with no stop, as headlines do."""
    at = np.arange(len(doc))
    position = at - starts[sentence]
    left = starts[sentence + 1] - 1 - at
    ends = np.concatenate([np.flatnonzero(np.diff(line)), [len(doc) - 1]])
    text = doc.text
    bare = np.asarray([text[doc[int(end)].idx] not in _STOPS for end in ends])
    headline = bare[np.searchsorted(ends, at)]
    length = np.minimum(size_class(position + left + 1), 9)
    state = 1 + np.minimum(position, 4) + 5 * np.minimum(left, 3) + 20 * length + 200 * headline
    return state.astype("uint64")


def _in_quotation(quotation: Array) -> Array:
    """Outside or inside, near the beginning, near the end, and how long this stretch is."""
    size = len(quotation)
    change = np.concatenate([[True], np.diff(quotation) != 0])
    run = np.cumsum(change) - 1
    begins = np.flatnonzero(change)
    ends = np.concatenate([begins[1:], [size]])
    from_start = np.arange(size) - begins[run]
    to_end = ends[run] - 1 - np.arange(size)
    length = np.minimum(size_class((ends - begins)[run]), 9)
    inside = quotation > 0
    state = 1 + np.minimum(from_start, 3) + 4 * np.minimum(to_end, 3) + 16 * length + 160 * inside
    return state.astype("uint64")


def size_class(sizes: Array) -> Array:
    """Logarithmic classes of sizes: 1, 2, 3, 4, 5–7 and so on."""
    return np.floor(2.5 * np.log(np.maximum(sizes, 1))).astype("int64")
