"""How something is said is told from the words of its cue, its content and its source."""

from __future__ import annotations

import pytest

from tests.nlp.suggesting import by_cue, found


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The minister said that the pier was safe.", "positive"),
        ("The minister did not say when the pier would open.", "negative"),
        ("The minister denied that she had signed the lease.", "denial"),
        ("The ministry declined to comment.", "no_comment"),
        ("The ministry did not respond to a request for comment.", "no_comment"),
    ],
)
def test_silence_denial_and_negation_are_told_apart(text: str, polarity: str):
    assert found(text)[0].polarity == polarity


def test_a_statement_about_silence_is_no_silence():
    (one, *_) = found("The minister said that the bank would not comment.")
    assert one.polarity == "positive"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The mayor said that the pier was safe.", "statement"),
        ("The mayor wants the pier to be closed.", "attitude"),
        ("The plan calls for the sale of two piers.", "document"),
        ("The mayor called for the sale of two piers.", "statement"),
    ],
)
def test_statements_attitudes_and_documents_are_told_apart(text: str, wanted: str):
    assert found(text)[0].type == wanted


def test_the_reason_for_anonymity_is_kept_where_one_is_given():
    with_reason, without = (
        "The sources, who spoke on condition of anonymity because they feared for their jobs, said the lease would end.",
        "The sources, who spoke on condition of anonymity, said the lease would end.",
    )
    assert by_cue(with_reason, "said").grounds == "because they feared for their jobs"
    assert by_cue(without, "said").grounds is None
