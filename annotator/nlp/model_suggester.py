"""ModelSuggester: attributions by a trained model, the rules, or both, whichever did best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from annotator.core.articles import Zone
from annotator.core.ports import Suggester
from annotator.core.records import AttributionRecord
from annotator.nlp.completing import completed
from annotator.nlp.finder import Article, Finder
from annotator.nlp.model_folder import read_weighing
from annotator.nlp.pipelines import open_model
from annotator.nlp.weighing import BOTH, RULES, Weighing


class ModelSuggester:
    """Suggests attributions with the model of a folder, which is opened when it is first needed.

    rules are what suggests beside the model where its folder says that both together, or the rules alone, do better.
    """

    def __init__(self, folder: Path, rules: Suggester) -> None:
        self.name = folder.resolve().name
        self._folder = folder
        self._rules = rules
        self._finder: Finder | None = None
        self._weighing: Weighing | None = None

    def warm(self) -> None:
        """Open the model now.

        Raises:
            BadInput: when the folder holds no model, or one that cannot be used.
        """
        if self._finder is None:
            self._weighing = read_weighing(self._folder)
            self._finder = Finder(open_model(self._folder), self._rules)
            self._rules.warm()

    def suggest(self, text: str, zones: Sequence[Zone] = (), outlet: str = "") -> list[AttributionRecord]:
        """The attributions found in a text, in reading order, as open suggestions."""
        return next(self.suggest_all([Article(text, zones, outlet)]))

    def suggest_all(self, articles: Sequence[Article]) -> Iterator[list[AttributionRecord]]:
        """The attributions of several articles, which are read together, and so faster."""
        self.warm()
        assert self._finder is not None
        assert self._weighing is not None
        weighing = self._weighing
        if weighing.way == RULES:
            for one in articles:
                yield list(self._rules.suggest(one.text, one.zones, one.outlet))
            return
        origin = f"{self.name} and {self._rules.name}" if weighing.way == BOTH else self.name
        seen = self._finder.see(articles, with_rules=weighing.way == BOTH)
        for one, own in zip(articles, seen, strict=True):
            chosen = weighing.chosen(own.candidates(weighing.way))
            yield completed(one.text, own.finished(chosen), origin, one.outlet)
