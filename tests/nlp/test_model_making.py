"""A model's folder opens in spaCy and in Annotator, says in its card what it is, and is written whole or not at all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pytest

from annotator.core.articles import Zone
from annotator.core.errors import BadInput
from annotator.core.records import AttributionRecord, Record
from annotator.core.spans import Span
from annotator.nlp.evaluation import MEASURES
from annotator.nlp.finder import Article
from annotator.nlp.model_folder import CARD, CARD_TEXT, WEIGHING, read_card, read_weighing
from annotator.nlp.model_making import Made, Material, make_model
from annotator.nlp.model_suggester import ModelSuggester
from annotator.nlp.pipelines import open_model, woken
from annotator.nlp.rules_suggester import RulesSuggester
from annotator.nlp.weighing import BOTH, MODEL, RULES, unlearnt
from annotator.workspace.paths import resources
from tests.nlp.talking import KINDS, article, articles, small_plan


def rules() -> RulesSuggester:
    return RulesSuggester(resources("lexicons"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("models")
    material = Material(articles(0, 14), articles(100, 4), names=["talk.jsonl"])
    return make_model(material, folder / "talk", small_plan(folder), rules())


def copy_of(made: Made, folder: Path, **weighing: Any) -> Path:
    """The model once more, weighed otherwise."""
    shutil.copytree(made.folder, folder / "copy")
    plain = json.loads((folder / "copy" / WEIGHING).read_text(encoding="utf-8"))
    (folder / "copy" / WEIGHING).write_text(json.dumps({**plain, **weighing}), encoding="utf-8")
    return folder / "copy"


def by(made: Made, folder: Path, way: str) -> ModelSuggester:
    plain = unlearnt(way)
    return ModelSuggester(copy_of(made, folder, way=way, weights=plain.weights, threshold=0.3), rules())


def test_spacy_opens_the_folder_and_finds_attributions(made: Made):
    nlp = woken().load(made.folder)
    doc = nlp(article(200).text)
    assert {span.label_ for span in doc.spans["sc"]} == {"source", "cue", "content"}
    assert nlp.meta["description"] == made.card.sentence
    assert not list(made.folder.parent.glob(".*")), "nothing half done is left beside it"


def test_the_folder_names_no_place_of_the_machine_it_was_made_on(made: Made):
    config = (made.folder / "config.cfg").read_text(encoding="utf-8")
    assert gettempdir() not in config
    assert "train = null" in config


def test_the_card_says_what_it_was_trained_on_how_it_does_and_what_may_be_done_with_it(made: Made):
    card = read_card(made.folder)
    assert (card["trained_on"]["articles"], card["trained_on"]["names"]) == (14, ["talk.jsonl"])
    assert card["trained_on"]["attributions"] == sum(len(one.attributions or ()) for one in articles(0, 14))
    assert set(card["measures"]) == {RULES, MODEL, BOTH}
    assert all(set(measures) == set(MEASURES) for measures in card["measures"].values())
    best = max(card["measures"], key=lambda way: card["measures"][way]["who-said-what overlap"])
    assert card["measures"][card["way"]]["who-said-what overlap"] == pytest.approx(
        card["measures"][best]["who-said-what overlap"], abs=0.001
    )
    assert card["kinds"] == list(KINDS)
    assert "right to pass on" in card["licence"]
    assert card["sentence"].startswith(
        "On the 4 articles kept aside, the rules alone find who said what right"
    )
    text = (made.folder / CARD_TEXT).read_text(encoding="utf-8")
    assert card["sentence"] in text
    assert "| who-said-what overlap |" in text
    assert read_weighing(made.folder).way == card["way"]


@pytest.mark.parametrize("way", [MODEL, BOTH, RULES])
def test_each_way_suggests_whole_attributions_in_reading_order(made: Made, tmp_path: Path, way: str):
    suggester = by(made, tmp_path, way)
    text = article(201).text or ""
    found = suggester.suggest(text)
    assert found
    assert [one.cue[0].start for one in found] == sorted(one.cue[0].start for one in found)
    assert all(one.state == "open" and one.content and 0 < (one.confidence or 0) <= 1 for one in found)
    assert all(one.kind and one.quote for one in found)
    origin = {MODEL: "copy", BOTH: "copy and rules-en", RULES: "rules-en"}[way]
    assert {one.origin for one in found} == {origin}
    several = list(suggester.suggest_all([Article(text), Article(""), Article(text)]))
    assert several == [found, [], found]


def test_captions_and_boilerplate_are_passed_over(made: Made, tmp_path: Path):
    suggester = by(made, tmp_path, MODEL)
    text = article(201).text or ""
    assert suggester.suggest(text, [Zone("body", Span(0, len(text)))])
    assert suggester.suggest(text, [Zone("boilerplate", Span(0, len(text)))]) == []


def test_without_articles_aside_the_ways_are_compared_by_turns(tmp_path: Path):
    material = Material(articles(0, 6), fold_of=[0, 1, 0, 1, 0, 1])
    told: list[tuple[float, float | None]] = []

    def note(done: int, total: int, score: float | None) -> bool:
        told.append((done / total, score))
        return True

    card = make_model(material, tmp_path / "model", small_plan(tmp_path, passes=2), rules(), note).card
    assert card.sentence.startswith("On your 6 articles, the rules alone find")
    assert "cross-validation" in card.measured_on
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)


def test_one_article_is_too_few_to_compare_and_the_rules_are_used(tmp_path: Path):
    card = make_model(
        Material(articles(0, 1)), tmp_path / "model", small_plan(tmp_path, passes=1), rules()
    ).card
    assert (card.way, card.measures) == (RULES, {})
    assert "not compared" in card.sentence
    suggester = ModelSuggester(tmp_path / "model", rules())
    assert suggester.suggest("Lena Brook said that it rained.")[0].origin == "rules-en"


def test_a_stopped_training_leaves_a_model_that_works_and_says_so(tmp_path: Path):
    material = Material(articles(0, 6), fold_of=[0, 1, 0, 1, 0, 1])
    card = make_model(material, tmp_path / "model", small_plan(tmp_path), rules(), lambda *_: False).card
    assert card.stopped
    assert "stopped by the user" in (tmp_path / "model" / CARD_TEXT).read_text(encoding="utf-8")
    ModelSuggester(tmp_path / "model", rules()).warm()


def test_a_model_is_replaced_by_a_new_one_and_stays_when_that_fails(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = copy_of(made, tmp_path)
    make_model(Material(articles(0, 3)), folder, small_plan(tmp_path, passes=1), rules())
    after = (folder / CARD).read_bytes()
    assert read_card(folder)["trained_on"]["articles"] == 3

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("annotator.nlp.model_folder.ModelCard.as_text", full)
    with pytest.raises(BadInput, match="No space left on device"):
        make_model(Material(articles(0, 4)), folder, small_plan(tmp_path, passes=1), rules())
    assert (folder / CARD).read_bytes() == after
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["copy"]


def test_nothing_but_a_model_is_ever_replaced(tmp_path: Path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep me", encoding="utf-8")
    for place in (tmp_path / "mine", tmp_path / "mine" / "letter.txt", tmp_path / "nowhere" / "model"):
        with pytest.raises(BadInput, match="is not a"):
            make_model(Material(articles(0, 2)), place, small_plan(tmp_path), rules())
    assert (tmp_path / "mine" / "letter.txt").read_text(encoding="utf-8") == "keep me"


def _remove(name: str) -> Any:
    def change(folder: Path) -> None:
        place = folder / name
        shutil.rmtree(place) if place.is_dir() else place.unlink()

    return change


def _write(name: str, text: str) -> Any:
    def change(folder: Path) -> None:
        (folder / name).write_text(text, encoding="utf-8")

    return change


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_remove(CARD), "not a model of Annotator"),
        (_write(CARD, "[1]"), "is no card"),
        (
            _write(CARD, '{"format": "annotator-model/99", "annotator": "9.9"}'),
            "another version of Annotator .9.9.",
        ),
        (_remove(WEIGHING), "not complete: weighing.json"),
        (
            _write(WEIGHING, '{"way": "both", "signs": [], "weights": {}, "threshold": 1}'),
            "not complete: weighing.json",
        ),
        (_remove("attributions"), "not complete: attributions is missing"),
        (_remove("meta.json"), "not complete: meta.json is missing"),
        (_write("attributions/model", "nonsense"), "cannot be opened"),
        (_write("config.cfg", "[nlp]\nlang = 7\n"), "cannot be opened"),
    ],
)
def test_a_folder_that_is_no_whole_model_is_refused_in_one_sentence(
    made: Made, tmp_path: Path, change: Any, sentence: str
):
    folder = copy_of(made, tmp_path)
    change(folder)
    with pytest.raises(BadInput, match=sentence) as wrong:
        ModelSuggester(folder, rules()).warm()
    assert "\n" not in str(wrong.value)


def test_another_spacy_pipeline_is_no_model_of_ours(tmp_path: Path):
    woken().blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(BadInput, match="attributions is missing"):
        open_model(tmp_path / "blank")
    with pytest.raises(BadInput, match="not the folder of a model"):
        open_model(tmp_path / "nowhere")


def test_nothing_is_written_when_there_is_nothing_to_learn_from(tmp_path: Path):
    empty = Material([Record(id="a", text="Words.", attributions=(AttributionRecord(state="open"),))])
    with pytest.raises(BadInput, match="nothing to learn from"):
        make_model(empty, tmp_path / "model", small_plan(tmp_path), rules())
    assert not (tmp_path / "model").exists()


def test_a_comparison_that_is_stopped_is_left_out_of_the_card(tmp_path: Path):
    def stop_later(done: int, total: int, *_: object) -> bool:
        return done / total < 0.5

    material = Material(articles(0, 6), fold_of=[0, 1, 0, 1, 0, 1])
    card = make_model(material, tmp_path / "model", small_plan(tmp_path, passes=2), rules(), stop_later).card
    assert not card.stopped
    assert card.measures == {}
    assert "not compared" in card.sentence


def test_a_pipeline_named_by_the_user_comes_first_and_its_entities_are_seen(tmp_path: Path):
    base = woken().blank("en")
    base.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Lena Brook"}])
    base.to_disk(tmp_path / "base")
    plan = small_plan(tmp_path, passes=1, base=str(tmp_path / "base"))
    card = make_model(Material(articles(0, 4), articles(100, 2)), tmp_path / "model", plan, rules()).card
    assert card.base == str(tmp_path / "base")
    nlp = open_model(tmp_path / "model")
    assert nlp.pipe_names == ["entity_ruler", "attributions"]
    assert [one.label_ for one in nlp("Mayor Lena Brook said so.").ents] == ["PERSON"]
    ModelSuggester(tmp_path / "model", rules()).suggest(article(3).text or "")
