"""Find attributions in texts with a trained network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from annotator.nlp.network.chain_field import best_path
from annotator.nlp.network.features import TokenFeatures, features_of
from annotator.nlp.network.kind_head import pooled, start_from_rules
from annotator.nlp.network.marks import cue_stretches, stretches_of, text_of
from annotator.nlp.network.network import Encoded, Network, softmax
from annotator.nlp.network.one_core import one_core
from annotator.nlp.network.windows import window_around
from annotator.nlp.token_marks import Reading, Stretch, TokenMark

Array: TypeAlias = Any

_WINDOWS_AT_ONCE = 16
_TOKENS_AT_ONCE = 2000
"""As many as a core's cache holds: with four times as many, it is a quarter slower."""

_LEAST = 1e-3


def find(network: Network, docs: Sequence[Any], kinds: Sequence[str], at_least: float) -> list[Reading]:
    """What is an attribution with at least this chance, for each Doc, in reading order."""
    found: list[Reading] = [Reading((), [])] * len(docs)
    texts = [features_of(doc) for doc in docs]
    with one_core():
        for batch in _batches([len(text) for text in texts]):
            own = [texts[at] for at in batch]
            read = _Read.of(network, [docs[at] for at in batch], own, network.encode(own))
            marks: list[list[TokenMark]] = [[] for _ in batch]
            cues = read.cues(at_least)
            for start in range(0, len(cues), _WINDOWS_AT_ONCE):
                for number, mark in read.marks(cues[start : start + _WINDOWS_AT_ONCE], kinds):
                    marks[number].append(mark)
            for number, at in enumerate(batch):
                content = read.rows(read.roles, number)[:, 3:5].sum(axis=1)
                found[at] = Reading(tuple(marks[number]), content.tolist())
    return found


@dataclass(frozen=True, slots=True)
class _Read:
    """Some texts as the network has read them, with the chances of cue labels and of role labels for each token."""

    network: Network
    docs: Sequence[Any]
    texts: Sequence[TokenFeatures]
    encoded: Encoded
    cue: Array
    roles: Array

    @classmethod
    def of(
        cls, network: Network, docs: Sequence[Any], texts: Sequence[TokenFeatures], encoded: Encoded
    ) -> _Read:
        cue, roles = (
            softmax(network.part(name).predict(encoded.vectors)) for name in ("cue_scores", "any_scores")
        )
        return cls(network, docs, texts, encoded, cue, roles)

    def rows(self, values: Array, number: int) -> Array:
        """The part of an array that belongs to one text."""
        begin = self.encoded.begins[number]
        return values[begin : begin + len(self.texts[number])]

    def cues(self, at_least: float) -> list[tuple[int, int, int, float]]:
        """Cues as (number of the text, first token, after the last, chance)."""
        return [
            (number, *cue)
            for number in range(len(self.texts))
            for cue in cue_stretches(self.rows(self.cue, number), at_least)
        ]

    def marks(
        self, cues: Sequence[tuple[int, int, int, float]], kinds: Sequence[str]
    ) -> Iterator[tuple[int, TokenMark]]:
        """The attribution of each cue, with the number of its text."""
        windows = [
            (number, window_around(self.texts[number], first, after)) for number, first, after, _ in cues
        ]
        seen = self.network.look(self.encoded, self.texts, windows)
        paths, sureness = best_path(self.network.moves(), seen.scores, seen.lengths)
        sources, contents = (
            [
                stretches_of(path[: window.stop - window.start], role, window.start)
                for (_, window), path in zip(windows, paths, strict=True)
            ]
            for role in ("source", "content")
        )
        names: Sequence[str | None] = [None] * len(cues)
        if kinds:
            scores = self.network.part("kind_scores").predict(pooled(seen, windows, paths)[0])
            words = [text_of(self.docs[cue[0]], source) for cue, source in zip(cues, sources, strict=True)]
            names = [kinds[at] for at in (scores + start_from_rules(words, kinds)).argmax(axis=1)]
        for (number, first, after, chance), source, content, name, sure in zip(
            cues, sources, contents, names, np.exp(sureness), strict=True
        ):
            cue = first, after
            readings = self._readings(number, cue, source, content)
            yield number, TokenMark(cue, source, content, name, chance, float(sure), readings)

    def _readings(
        self, number: int, cue: Stretch, source: Sequence[Stretch], content: Sequence[Stretch]
    ) -> tuple[float, ...]:
        """The numbers that READINGS names."""
        roles, cues = self.rows(self.roles, number), self.rows(self.cue, number)
        in_content = roles[:, 3] + roles[:, 4]
        in_cue = cues[cue[0] : cue[1], 1:].sum(axis=1).mean()
        cue_in_content = in_content[cue[0] : cue[1]].mean()
        spoken = by = begun = 0.0
        if source:
            by = np.concatenate([roles[start:stop, 1:3] for start, stop in source]).sum(axis=1).mean()
            begun = roles[source[0][0], 1]
        if not content:
            return tuple(map(float, (0, 0, 0, by, 0, 0, 0, 0, in_cue, cue_in_content, 0, begun)))
        first, after = content[0][0], content[-1][1]
        each = np.concatenate([in_content[start:stop] for start, stop in content])
        certain = each.clip(_LEAST, 1 - _LEAST)
        spoken = np.log(certain / (1 - certain)).mean()
        before = in_content[first - 1] if first else 0.0
        behind = in_content[after] if after < len(in_content) else 0.0
        edges = in_content[first], in_content[after - 1]
        numbers = (each.mean(), each.min(), spoken, by, before, behind, *edges, in_cue, cue_in_content)
        return tuple(map(float, (*numbers, roles[first, 3], begun)))


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Numbers of texts that are read at once; empty texts are left out."""
    batch: list[int] = []
    size = 0
    for number, length in enumerate(lengths):
        if not length:
            continue
        batch.append(number)
        size += length
        if size >= _TOKENS_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
