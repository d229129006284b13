"""A scheme in use can be changed without losing a mark, says beforehand what it would affect, and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotator.core.attributions import Attribution
from annotator.core.errors import AnnotatorError, BadInput, BrokenLaw
from annotator.core.scheme import scheme_from_plain, scheme_to_plain
from annotator.workspace.commands.attributions import SetRole
from annotator.workspace.schemes import ChangeScheme, Effect, effects, kinds_in_use
from annotator.workspace.workspace import Workspace
from tests.building import marked, place_of, state_of


def _changed(desk: Workspace, change: Callable[[dict[str, dict[str, Any]]], None]) -> dict[str, Any]:
    plain = scheme_to_plain(desk.scheme)
    kinds = {kind["id"]: dict(kind) for kind in plain["kinds"]}
    change(kinds)
    return {**plain, "kinds": list(kinds.values())}


def _without(*names: str) -> Callable[[dict[str, dict[str, Any]]], None]:
    def change(kinds: dict[str, dict[str, Any]]) -> None:
        for name in names:
            del kinds[name]

    return change


def test_a_kind_is_renamed_and_the_project_follows_at_once_and_on_undo(desk: Workspace):
    mark = marked(desk, "Nobody asked us")
    plain = _changed(desk, lambda kinds: kinds["other"].update(name="Anything else", colour="#123456"))
    desk.execute(ChangeScheme(plain))
    assert [kind.name for kind in desk.scheme.kinds if kind.id == mark.kind] == ["Anything else"]
    desk.undo()
    assert [kind.name for kind in desk.scheme.kinds if kind.id == mark.kind] == ["Other"]
    desk.redo()
    assert [kind.name for kind in desk.scheme.kinds if kind.id == mark.kind] == ["Anything else"]


def test_a_kind_that_marks_have_cannot_be_removed_from_under_them(desk: Workspace):
    marked(desk, "Nobody asked us")
    marked(desk, "Sources said")
    before = state_of(desk)
    with pytest.raises(BrokenLaw, match="2 attributions have the kind Other"):
        desk.execute(ChangeScheme(_changed(desk, _without("other"))))
    assert state_of(desk) == before
    assert desk.scheme.kind("other") is not None


def test_marks_move_to_another_kind_in_the_same_step_that_removes_theirs(desk: Workspace):
    mark = marked(desk, "Nobody asked us")
    before = state_of(desk)
    desk.execute(ChangeScheme(_changed(desk, _without("other")), {"other": "institution"}))
    after = desk.reading.get(Attribution, mark.id)
    assert after is not None
    assert after.kind == "institution"
    assert desk.scheme.kind("other") is None
    desk.undo()
    assert state_of(desk) == before
    assert desk.scheme.kind("other") is not None


def test_a_kind_that_is_hidden_stays_on_its_marks(desk: Workspace):
    mark = marked(desk, "Nobody asked us")
    desk.execute(ChangeScheme(_changed(desk, lambda kinds: kinds["other"].update(hidden=True))))
    after = desk.reading.get(Attribution, mark.id)
    assert after is not None
    assert after.kind == "other"


def test_marks_are_not_moved_to_a_kind_that_is_not_there(desk: Workspace):
    marked(desk, "Nobody asked us")
    with pytest.raises(BrokenLaw, match="no such kind"):
        desk.execute(ChangeScheme(_changed(desk, _without("other")), {"other": "rumour"}))


def test_a_role_in_use_stays(desk: Workspace):
    plain = scheme_to_plain(desk.scheme)
    wider = {**plain, "roles": [*plain["roles"], {"id": "witness", "name": "Witness"}]}
    desk.execute(ChangeScheme(wider))
    mark = marked(desk, "Nobody asked us")
    desk.execute(SetRole(mark.id, "witness", place_of("Captain")))
    with pytest.raises(BrokenLaw, match="'witness' is in use"):
        desk.execute(ChangeScheme(plain))


def test_a_scheme_that_contradicts_itself_is_refused_and_the_old_one_stays(desk: Workspace):
    for change, says in (
        (lambda kinds: kinds["other"].update(key="1"), "two labels: Named official and Other"),
        (lambda kinds: kinds["other"].update(colour="blue"), "write #rrggbb"),
    ):
        with pytest.raises(BadInput, match=says):
            desk.execute(ChangeScheme(_changed(desk, change)))
    with pytest.raises(AnnotatorError):
        desk.execute(ChangeScheme({}))
    assert desk.scheme.kind("other") is not None


def test_what_a_change_would_affect_is_told_kind_by_kind_beforehand(desk: Workspace):
    marked(desk, "Nobody asked us")
    marked(desk, "Sources said", kind="institution")
    used = kinds_in_use(desk.reading)
    assert used == {"other": 1, "institution": 1}

    def change(kinds: dict[str, dict[str, Any]]) -> None:
        del kinds["other"], kinds["unattributed"]
        kinds["institution"]["hidden"] = True

    after = scheme_from_plain(_changed(desk, change), "new")
    hidden = Effect("institution", "Institution", 1, "hidden")
    assert effects(used, desk.scheme, after, {}) == [hidden, Effect("other", "Other", 1, "stuck")]
    moved = Effect("other", "Other", 1, "moved", "Named official")
    assert effects(used, desk.scheme, after, {"other": "named_official"}) == [hidden, moved]


def test_a_scheme_of_another_name_takes_the_place_of_the_old_one(desk: Workspace):
    plain = {**scheme_to_plain(desk.scheme), "name": "ours"}
    desk.execute(ChangeScheme(plain))
    assert desk.scheme.name == "ours"
    desk.undo()
    assert desk.scheme.name == "source-attribution"
