"""Whatever place a user names, what can be read there is found, and nothing else."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from annotator.core.errors import BadInput, Cancelled, NotFound
from annotator.workspace.gathering import gathered, table_head
from annotator.workspace.importing import ImportWish, import_files, read_places
from annotator.workspace.workspace import Workspace

PAGE = (
    "<html><head><title>Ferry to stop in May</title></head><body><article><h1>Ferry to stop in May</h1>"
    "<p>The night ferry will stop in May, two people familiar with the plan told the Harbour Post on Monday.</p>"
    "<p>“Nobody asked us,” said Captain Ida Brandt, who has sailed it for nineteen years.</p></article></body></html>"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of an event, with articles of several kinds and files that are none."""
    place = tmp_path / "Night ferry"
    (place / "more").mkdir(parents=True)
    (place / "one.txt").write_text("Ferry stops\n\nThe port said it would.", "utf-8")
    (place / "page.html").write_text(PAGE, "utf-8")
    (place / "more" / "two.txt").write_text("Ferry goes on\n\nThe port said it would not.", "utf-8")
    (place / "picture.jpg").write_bytes(b"\xff\xd8\xff\xe0 no article")
    (place / ".hidden.txt").write_text("not to be read", "utf-8")
    return place


def found_in(*places: Path | str, **more: str) -> list[tuple[str, str, str]]:
    with gathered([str(place) for place in places], **more) as gathering:
        assert gathering.refused == []
        return [(one.path.name, one.format.name, one.story) for one in gathering.found]


def test_a_folder_gives_what_can_be_read_in_it_and_names_the_story(folder: Path):
    assert found_in(folder) == [
        ("one.txt", "text", "Night ferry"),
        ("page.html", "html", "Night ferry"),
        ("two.txt", "text", "more"),
    ]


def test_a_zip_is_read_like_a_folder_and_leaves_nothing_behind(folder: Path, tmp_path: Path):
    archive = tmp_path / "Bridge.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted(folder.rglob("*.*")):
            packed.write(path, path.relative_to(folder))
    before = set(tmp_path.iterdir())
    assert found_in(archive) == [
        ("two.txt", "text", "more"),
        ("one.txt", "text", "Bridge"),
        ("page.html", "html", "Bridge"),
    ]
    assert set(tmp_path.iterdir()) == before


def test_a_text_beside_its_brat_file_is_not_read_twice(tmp_path: Path):
    (tmp_path / "a.txt").write_text("She said no.", "utf-8")
    (tmp_path / "a.ann").write_text("T1\tCue 4 8\tsaid\n", "utf-8")
    (tmp_path / "annotation.conf").write_text("[entities]\n", "utf-8")
    assert [one[:2] for one in found_in(tmp_path)] == [("a.ann", "brat")]


def test_a_file_that_no_format_knows_is_text_when_it_is_named_itself(tmp_path: Path):
    odd = tmp_path / "notes.odd"
    odd.write_text("The mayor said no.", "utf-8")
    assert [one[1] for one in found_in(odd)] == ["text"]
    with gathered([str(tmp_path)]) as gathering:
        assert gathering.found == []
        assert "holds no file that can be read here" in gathering.refused[0][1]


def test_a_file_that_only_looks_like_one_of_a_format_is_no_article(tmp_path: Path):
    (tmp_path / "deep.json").write_text("[" * 9 + "]" * 9, "utf-8")
    with gathered([str(tmp_path / "deep.json")]) as gathering:
        assert gathering.found == []
        assert "none of the files that end so" in gathering.refused[0][1]


@pytest.mark.parametrize(
    ("place", "says"),
    [("gone.txt", "There is no file"), ("http://127.0.0.1:9/page", "switched off")],
)
def test_a_place_without_anything_is_named_in_a_sentence(tmp_path: Path, place: str, says: str):
    where = place if "://" in place else str(tmp_path / place)
    with gathered([where], may_fetch=False) as gathering:
        ((named, words),) = gathering.refused
    assert named == where
    assert says in words


def test_a_format_can_be_named(tmp_path: Path):
    (tmp_path / "a.csv").write_text("text,title\nShe said no.,No\n", "utf-8")
    assert found_in(tmp_path / "a.csv", format_name="text")[0][1] == "text"
    with pytest.raises(NotFound, match="known: "), gathered([], "nonsense"):
        pass
    with pytest.raises(BadInput, match="is written, not read"), gathered([], "docbin"):
        pass


def test_a_bad_file_among_good_ones_is_named_as_it_lies_in_its_archive(bare: Workspace, tmp_path: Path):
    archive = tmp_path / "mixed.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("good.txt", "A day\n\nThe mayor said no.")
        packed.writestr("bad.jsonl", '{"id": "x", "text": "abc", "attributions": [{"content": [[1, 9]]}]}\n')
        packed.writestr(
            "kind.jsonl",
            '{"id": "y", "text": "abc", "attributions": [{"kind": "rumour", "content": [[0, 3]]}]}',
        )
    result = import_files(bare, [archive])
    assert [article.title for article in bare.articles()] == ["A day"]
    assert [name for name, _ in result.errors] == [f"{archive}: bad.jsonl", f"{archive}: kind.jsonl"]
    assert all("Nothing of this file was imported" in words for _, words in result.errors)
    assert all(f"{archive}: " in words for _, words in result.errors)


def test_ten_files_of_which_some_break_laws_come_in_as_one_deed(bare: Workspace, tmp_path: Path):
    for number in range(10):
        kind = "other" if number % 3 else "rumour"
        (tmp_path / f"{number}.jsonl").write_text(
            f'{{"id": "a{number}", "text": "Day {number}: she said no.", "attributions": '
            f'[{{"kind": "{kind}", "content": [[0, 3]]}}]}}\n',
            "utf-8",
        )
    result = import_files(bare, [tmp_path])
    assert len(result.errors) == 4
    assert (result.tally.articles, result.tally.attributions) == (6, 6)
    bare.undo()
    assert bare.articles() == []


def test_reading_can_be_stopped_and_leaves_nothing(bare: Workspace, folder: Path):
    with pytest.raises(Cancelled):
        read_places(bare, [folder], ImportWish(), lambda done, _total: done < 1)
    assert bare.articles() == []


def test_a_table_shows_its_columns_and_takes_another_choice(bare: Workspace, tmp_path: Path):
    table = tmp_path / "news.csv"
    table.write_text("headline,lead,body\nFerry,short,She said the ferry would stop.\n", "utf-8")
    head = table_head([str(tmp_path / "gone.csv"), str(table)])
    assert head is not None
    assert head.columns == ("headline", "lead", "body")
    assert head.guessed["text"] == "body"
    import_files(bare, [table], ImportWish(columns={"text": "lead"}))
    (article,) = bare.articles()
    assert bare.text(article) == "short"
