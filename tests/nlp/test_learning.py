"""Anyone can make the lexicon of the rules anew from articles of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.core.errors import BadInput
from annotator.core.records import AttributionRecord
from annotator.core.spans import Span, words
from annotator.nlp.counting import counted, lexicon_of
from annotator.nlp.learning import learned
from annotator.nlp.lexicon import Lexicon, lexicon_files, read_lexicon
from annotator.nlp.rules_suggester import RulesSuggester
from annotator.nlp.weights import chance, learn, read_weights, weigh

NAMES = ("Lena Brook", "Tom Field", "Ada Hill", "Jon Stone", "Mia Ford", "Sam Wood")
THINGS = ("bridge", "harbour", "ferry", "lock", "pier", "dam")


def marked(name: str, verb: str, content: str) -> tuple[str, list[AttributionRecord]]:
    start = f"{name} {verb} "
    text = f"{start}{content}. Nobody was there. The rain fell on the town for days."
    return text, [
        AttributionRecord(
            source=(Span(0, len(name)),),
            cue=(Span(len(name) + 1, len(start) - 1),),
            content=(Span(len(start), len(start) + len(content)),),
        )
    ]


def articles() -> list[tuple[str, list[AttributionRecord]]]:
    """Articles in which somebody always says something, with a verb that English does not have."""
    return [
        marked(name, "zogged", f"that the {thing} was {state}")
        for name in NAMES
        for thing in THINGS
        for state in ("safe", "old")
    ]


@pytest.fixture(scope="module")
def own_lexicon() -> Lexicon:
    return learned(counted(articles()))


def test_a_word_is_counted_as_often_as_it_was_seen_and_as_it_carried_a_cue():
    lexicon = lexicon_of(counted([*articles(), ("They zogged.", [])]))
    counts = lexicon.cues["zogged"]
    assert (counts.seen, counts.cue, counts.sourceless) == (73, 72, 0)


def test_a_lexicon_of_ones_own_finds_what_it_was_taught(own_lexicon: Lexicon, tmp_path: Path):
    for name, text in lexicon_files(own_lexicon, "invented articles").items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    text = "Eve North zogged that the tower was cold. Nobody was there."
    (one,) = RulesSuggester(tmp_path).suggest(text)
    assert words(one.source, text) == "Eve North"
    assert words(one.cue, text) == "zogged"
    assert words(one.content, text) == "that the tower was cold"
    assert one.confidence is not None
    assert one.confidence > 0.8


def test_the_same_articles_give_the_same_files(own_lexicon: Lexicon):
    again = lexicon_files(learned(counted(articles())), "invented articles")
    assert again == lexicon_files(own_lexicon, "invented articles")


def test_files_read_back_are_what_was_written(own_lexicon: Lexicon, tmp_path: Path):
    files = lexicon_files(own_lexicon, "invented articles")
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert lexicon_files(read_lexicon(tmp_path), "invented articles") == files


def test_each_file_says_from_what_it_was_counted(own_lexicon: Lexicon):
    for text in lexicon_files(own_lexicon, "invented articles").values():
        assert "invented articles" in text.partition("\n")[0]


def test_signs_that_go_with_yes_weigh_for_it():
    examples = [(["*", "a"], True), (["*", "b"], False), (["*", "a", "b"], True)] * 40
    table = learn(examples, rounds=20)
    assert chance(weigh(table, ["*", "a"])) > 0.8
    assert chance(weigh(table, ["*", "b"])) < 0.3


def test_signs_that_were_hardly_seen_weigh_nothing():
    examples = [(["*", "a"], True), (["*"], False)] * 40 + [(["*", "once"], True)]
    assert "once" not in learn(examples)


@pytest.mark.parametrize("line", ["cue\tf said", "cue\tf said\tmuch"])
def test_a_broken_line_of_weights_is_one_sentence(tmp_path: Path, line: str):
    path = tmp_path / "weights-en.tsv"
    path.write_text(f"# heading\n{line}\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"Line 2 of weights-en\.tsv"):
        read_weights(path)
