"""A full disk, a killed program, two programs on one file: what was acknowledged is safe."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from annotator.core.attributions import Attribution
from annotator.core.errors import ProjectError, StaleChange
from annotator.core.sources import Source
from annotator.store import project
from annotator.store.project import SqlStore
from annotator.workspace.commands.attributions import ChangeFields, NameSource, RemoveAttributions
from annotator.workspace.workspace import Workspace
from tests.building import FERRY, HAND, article_in, marked, opened, state_of

TAGGING = """
import sys
from annotator.core.spans import Span
from annotator.core.attributions import Attribution
from annotator.workspace.commands.attributions import MarkSpan
from annotator.workspace.opening import open_project

workspace = open_project(sys.argv[1], "maria")
at = 0
while True:
    at += 1
    start = at % 150
    news = workspace.execute(MarkSpan("ferry", "maria", "other", (Span(start, start + 5),)))
    print(next(change.thing.id for change in news.of(Attribution)), flush=True)
"""


def test_a_killed_program_has_lost_nothing_that_it_acknowledged(tmp_path: Path, project_folder: Path):
    place = tmp_path / "ferry.annotator"
    with opened(place) as workspace:
        article_in(workspace)
    chance = random.Random(7)
    acknowledged: set[str] = set()
    for round_ in range(1, 6):
        child = subprocess.Popen(
            [sys.executable, "-c", TAGGING, str(place)], stdout=subprocess.PIPE, text=True, cwd=project_folder
        )
        assert child.stdout is not None
        for _ in range(chance.randint(1, 60)):
            acknowledged.add(child.stdout.readline().strip())
        child.send_signal(signal.SIGKILL) if sys.platform != "win32" else child.kill()
        acknowledged.update(line.strip() for line in child.stdout if line.endswith("\n"))
        child.stdout.close()
        child.wait()
        with opened(place) as workspace:
            there = {mark.id for mark in workspace.reading.find(Attribution)}
            assert workspace.check() == []
            deeds = [deed for deed in workspace.history() if deed.label == "Mark attribution"]
        assert acknowledged <= there
        assert len(there - acknowledged) <= round_, "at most the one that was under way, each time"
        assert len(deeds) == len(there)


FULL = """
import resource, signal, sys
from annotator.core.attributions import Attribution
from annotator.core.errors import ProjectError
from annotator.workspace.commands.importing import ImportRecords, Tally
from annotator.core.records import Record
from annotator.workspace.opening import open_project
from pathlib import Path

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
place = Path(sys.argv[1])
workspace = open_project(str(place), "maria")
room = sum(path.stat().st_size for path in place.parent.iterdir()) + 20_000
resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
try:
    workspace.execute(ImportRecords.of((Record(text="long " * 100_000, story="Long"),), Tally()))
except ProjectError as wrong:
    print(wrong)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(len(workspace.articles()), len(workspace.history()))
workspace.execute(ImportRecords.of((Record(text="short", story="Short"),), Tally()))
print(len(workspace.articles()), len(workspace.check()))
workspace.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_a_write_that_the_disk_refuses_is_one_sentence_and_the_next_deed_works(
    tmp_path: Path, project_folder: Path
):
    place = tmp_path / "ferry.annotator"
    with opened(place) as workspace:
        article_in(workspace)
        deeds = len(workspace.history())
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(place)],
        capture_output=True,
        text=True,
        cwd=project_folder,
        check=False,
    )
    assert done.stderr == ""
    sentence, after, at_the_end = done.stdout.splitlines()
    assert "everything before it is safe" in sentence
    assert after == f"1 {deeds}"
    assert at_the_end == "2 0"


def limit(store: SqlStore, pages: int) -> None:
    """Let the project grow by so many pages and no more."""

    def set_limit(connection: sqlite3.Connection, *_: object) -> None:
        size = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {size + pages}")

    event.listen(store._engine, "checkout", set_limit)


def test_a_full_disk_in_the_middle_of_a_deed_leaves_all_as_before(tmp_path: Path):
    place = tmp_path / "ferry.annotator"
    with opened(place) as workspace:
        article_in(workspace)
        marked(workspace, "Nobody asked us")
        before = state_of(workspace)
        store = workspace.reading
        assert isinstance(store, SqlStore)
        limit(store, 5)
        with pytest.raises(ProjectError, match=r"The disk is full: the last change .* was not saved"):
            article_in(workspace, "long " * 20_000, "long")
        assert state_of(workspace) == before
        assert workspace.check() == []
        marked(workspace, "Ferry to stop")
        workspace.undo()
        assert state_of(workspace) == before


def test_two_programs_on_one_file_see_each_others_deeds_and_lose_none(tmp_path: Path):
    place = tmp_path / "ferry.annotator"
    with opened(place, "maria") as first:
        article_in(first)
        with opened(place, "olena") as second:
            mine = marked(first, "Nobody asked us", hand="maria")
            theirs = marked(second, "Ferry to stop", hand="olena")
            for workspace in (first, second):
                assert {mark.id for mark in workspace.reading.find(Attribution)} == {mine.id, theirs.id}
            assert [deed.actor for deed in first.history(limit=2)] == ["olena", "maria"]
            assert first.check() == second.check() == []


def test_news_of_another_program_reach_who_listens_and_names_are_known_then(tmp_path: Path):
    place = tmp_path / "ferry.annotator"
    with opened(place, "maria") as first, opened(place, "olena") as second:
        article_in(first)
        second.catch_up()
        heard: list[str] = []
        second.subscribe(lambda news: heard.append(news.label))
        mark = marked(first, "Nobody asked us")
        assert second.registry.every(Source) == []
        first.execute(NameSource((mark.id,), "Ida Brandt"))
        assert second.catch_up() == 2
        assert second.catch_up() == 0
        marked(first, "Ferry to stop")
        marked(second, "Sources said")
        assert heard == ["Mark attribution", "Link source", "Mark attribution", "Mark attribution"]
        assert [source.name for source in second.registry.every(Source)] == ["Ida Brandt"]
        assert second.catch_up() == 0
        assert first.catch_up() == 1


def test_an_undo_that_would_trample_on_a_later_change_is_refused_and_changes_nothing(tmp_path: Path):
    place = tmp_path / "ferry.annotator"
    with opened(place, "maria") as first, opened(place, "olena") as second:
        article_in(first)
        mark = marked(first, "Nobody asked us")
        _behind_undo(second, mark.id)
        before, deeds = state_of(first), len(first.history())
        with pytest.raises(StaleChange, match="has been changed since"):
            first.undo()
        assert state_of(first) == before
        assert len(first.history()) == deeds
        waiting = first.next_undo()
        assert waiting is not None
        assert waiting.label == "Mark attribution"


def _behind_undo(workspace: Workspace, mark_id: str) -> None:
    """A change of another hand that undo passes over, as on a server."""
    store = workspace.reading
    assert isinstance(store, SqlStore)
    with store.unit("olena", "Change kind", undoable=False) as unit:
        from dataclasses import replace

        unit.put(replace(unit.need(Attribution, mark_id), kind="institution"))


def test_the_same_deed_is_not_undone_twice_by_two_programs(tmp_path: Path):
    place = tmp_path / "ferry.annotator"
    with opened(place) as first, opened(place) as second:
        article_in(first)
        mark = marked(first, "Nobody asked us")
        second.undo()
        assert first.reading.find(Attribution) == []
        first.redo()
        assert [one.id for one in second.reading.find(Attribution)] == [mark.id]
        second.execute(RemoveAttributions((mark.id,)))
        first.undo()
        first.execute(ChangeFields((mark.id,), {"note": "kept"}))


def test_a_writer_that_waits_too_long_says_so_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("annotator.store.database.BUSY_SECONDS", 0)
    place = tmp_path / "ferry.annotator"
    with opened(place) as workspace, closing(sqlite3.connect(place, isolation_level=None)) as other:
        article_in(workspace)
        before = state_of(workspace)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ProjectError, match="is busy in another program"):
            marked(workspace, "Nobody asked us")
        assert state_of(workspace) == before
        other.execute("ROLLBACK")
        marked(workspace, "Nobody asked us")


def test_a_reader_sees_a_whole_deed_or_none_of_it(tmp_path: Path):
    place = str(tmp_path / "ferry.annotator")
    with opened(place) as workspace:
        article_in(workspace)
    writer, reader = project.open_existing(place), project.open_existing(place)
    with writer.unit(HAND, "Half way") as unit:
        unit.keep_text("another")
        unit.add(Source("s", "Ida"))
        assert unit.find(Source)
        assert reader.find(Source) == []
    assert [one.name for one in reader.find(Source)] == ["Ida"]
    assert len(reader.text(reader.find(type(article_of(reader)))[0].text_sha256)) == len(FERRY)
    writer.close()
    reader.close()


def article_of(store: SqlStore) -> object:
    from annotator.core.articles import Article

    return store.find(Article)[0]
