"""A change can be written down, read again, and turned round, for every noun."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.changes import NOUNS, Change, ChangeSet, changes_from_plain, changes_to_plain, same
from annotator.core.plain import from_plain, to_plain
from tests.building import nouns

any_noun = st.sampled_from(sorted(NOUNS)).flatmap(lambda name: nouns(NOUNS[name]))
changes = any_noun.flatmap(
    lambda noun: st.one_of(
        st.just(Change(None, noun)),
        st.just(Change(noun, None)),
        nouns(type(noun)).map(lambda other: Change(noun, other)),
    )
)


@pytest.mark.parametrize("name", sorted(NOUNS))
@given(st.data())
def test_every_noun_comes_back_from_json_as_it_went(name: str, data: st.DataObject):
    noun = data.draw(nouns(NOUNS[name]))
    written = orjson.dumps(to_plain(noun))
    assert from_plain(NOUNS[name], orjson.loads(written)) == noun


@given(st.lists(changes, max_size=4))
def test_the_log_gives_back_every_change_in_order(done: list[Change]):
    written = orjson.dumps(changes_to_plain(tuple(done)))
    assert changes_from_plain(orjson.loads(written)) == tuple(done)


@given(st.lists(changes, max_size=4))
def test_a_change_set_turned_round_twice_is_itself(done: list[Change]):
    news = ChangeSet(tuple(done), "Mark", "maria", seq=3)
    assert news.inverse.inverse == news
    assert [change.before for change in news.inverse.changes] == [change.after for change in reversed(done)]


@given(any_noun)
def test_a_value_says_the_same_as_itself_and_not_as_nothing(noun: object):
    assert same(noun, noun)  # type: ignore[arg-type]
    assert not same(noun, None)  # type: ignore[arg-type]
    assert same(None, None)


def test_a_change_is_of_something():
    with pytest.raises(ValueError, match="before or an after"):
        _ = Change(None, None).thing


def test_a_line_from_a_later_program_is_read_without_the_fields_that_this_one_does_not_know():
    plain = {"id": "s", "name": "Ferry", "mood": "calm"}
    assert from_plain(NOUNS["story"], plain) == NOUNS["story"](id="s", name="Ferry")
