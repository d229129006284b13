"""A zip gives its files one after another, never one outside the folder it was given, and no bomb goes off."""

from __future__ import annotations

import stat
import struct
import zipfile
from pathlib import Path

import pytest

from annotator.core.errors import BadInput
from annotator.formats.archive import Limits, members, walk


def packed(folder: Path, entries: dict[str, str | bytes], name: str = "articles.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in entries.items():
            archive.writestr(entry, data)
    return path


def inside(folder: Path) -> Path:
    into = folder / "into"
    into.mkdir()
    return into


def names(path: Path, into: Path, **limits: int) -> list[str]:
    return [one.relative_to(into).as_posix() for one in members(path, into, Limits(**limits))]


def everything_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_files_are_unpacked_one_after_another_as_they_are_asked_for(tmp_path: Path):
    path = packed(tmp_path, {"a.txt": "one", "sub/b.txt": "two", "sub/": "", "c.zip": "PK"})
    into = inside(tmp_path)
    coming = members(path, into)
    first = next(coming)
    assert (first.name, first.read_text(encoding="utf-8")) == ("a.txt", "one")
    assert everything_in(into) == {"a.txt"}
    first.unlink()
    assert [one.relative_to(into).as_posix() for one in coming] == ["sub/b.txt", "c.zip"]
    assert (into / "sub" / "b.txt").read_text(encoding="utf-8") == "two"


def test_hidden_files_and_what_macos_adds_are_passed_over(tmp_path: Path):
    path = packed(
        tmp_path,
        {"a.txt": "x", ".hidden": "x", "__MACOSX/._a.txt": "x", ".git/config": "x", "b/.DS_Store": "x"},
    )
    assert names(path, inside(tmp_path)) == ["a.txt"]


@pytest.mark.parametrize(
    "name",
    [
        "../up.txt",
        "a/../../up.txt",
        "/etc/up.txt",
        "..\\up.txt",
        "C:\\up.txt",
        "c:up.txt",
        "\\\\host\\share\\up.txt",
        ".",
        "..",
    ],
)
def test_an_entry_that_leads_outside_refuses_the_archive_before_anything_is_unpacked(
    tmp_path: Path, name: str
):
    path = packed(tmp_path, {"good.txt": "x", name: "x"})
    into = inside(tmp_path)
    with pytest.raises(BadInput, match="leads outside the archive") as caught:
        names(path, into)
    assert str(path) in str(caught.value)
    assert everything_in(tmp_path) == {"articles.zip", "into"}


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_refused(tmp_path: Path, kind: int):
    entry = zipfile.ZipInfo("link")
    entry.create_system = 3
    entry.external_attr = (kind | 0o777) << 16
    path = tmp_path / "articles.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    into = inside(tmp_path)
    with pytest.raises(BadInput, match="is a link or a device"):
        names(path, into)
    assert everything_in(into) == set()


def test_an_encrypted_archive_is_refused(tmp_path: Path):
    path = packed(tmp_path, {"a.txt": "words"})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(BadInput, match="is encrypted; unpack it with its password first"):
        names(path, inside(tmp_path))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path):
    path = packed(tmp_path, {"a.txt": b"0" * 20_000_000})
    into = inside(tmp_path)
    with pytest.raises(BadInput, match="would grow to more than 200 times its size"):
        names(path, into)
    with pytest.raises(BadInput, match="would be more than 1 MB when unpacked"):
        names(path, into, total=1_000_000)
    assert everything_in(into) == set()


def test_an_archive_that_lies_about_its_size_writes_no_more_than_it_said(tmp_path: Path):
    path = packed(tmp_path, {"a.txt": b"0" * 20_000_000})
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 1000)
    path.write_bytes(data)
    into = inside(tmp_path)
    with pytest.raises(BadInput, match="broken zip archive"):
        names(path, into)
    assert sum(one.stat().st_size for one in into.rglob("*")) <= 1000


@pytest.mark.parametrize("count", [21, 100_000])
def test_more_entries_than_allowed_are_refused(tmp_path: Path, count: int):
    path = tmp_path / "articles.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}", b"")
    into = inside(tmp_path)
    with pytest.raises(BadInput, match="holds more than 20 files"):
        names(path, into, entries=20)
    if count == 100_000:
        with pytest.raises(BadInput, match="holds more than 20,000 files"):
            names(path, into)
    assert everything_in(into) == set()


def test_names_of_any_encoding_become_names_that_every_system_keeps(tmp_path: Path):
    entries = {
        "новини/паром.txt": "x",
        "a<b>:c?.txt": "x",
        "con.txt": "x",
        "dots. . ": "x",
        "n" * 300 + ".txt": "x",
        "☃" * 90 + ".txt": "x",
    }
    path = packed(tmp_path, entries)
    data = path.read_bytes()
    into = inside(tmp_path)
    found = names(path, into)
    assert found[:4] == ["новини/паром.txt", "a_b__c_.txt", "_con.txt", "dots"]
    assert all(name.endswith(".txt") and len(name.encode()) <= 200 for name in found[4:])
    # The same archive without the mark that its names are UTF-8, as some programs write it.
    unmarked = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = unmarked.find(mark)
        struct.pack_into("<H", unmarked, at + offset, 0)
    path.write_bytes(unmarked)
    other = tmp_path / "other"
    other.mkdir()
    assert names(path, other)[0] == "новини/паром.txt"


def test_two_entries_of_one_name_are_both_kept(tmp_path: Path):
    path = tmp_path / "articles.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ab:.txt", "one")
        archive.writestr("ab?.txt", "two")
        archive.writestr("AB_.txt", "three")
    into = inside(tmp_path)
    found = list(members(path, into))
    assert [one.name for one in found] == ["ab_.txt", "ab_ (2).txt", "AB_ (3).txt"]
    assert [one.read_text(encoding="utf-8") for one in found] == ["one", "two", "three"]


@pytest.mark.parametrize(
    "data", [b"", b"words", bytes(range(256)) * 40, b"PK\x05\x06" + b"\xff" * 18, b"PK\x03\x04" * 9]
)
def test_what_is_no_archive_is_refused_in_a_sentence(tmp_path: Path, data: bytes):
    path = tmp_path / "articles.zip"
    path.write_bytes(data)
    with pytest.raises(BadInput) as caught:
        names(path, inside(tmp_path))
    assert str(path) in str(caught.value)


def test_an_entry_without_a_name_refuses_the_archive(tmp_path: Path):
    path = packed(tmp_path, {"a": "x"})
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<H", data, at + 28, 0)
    struct.pack_into("<H", data, at + 32, 1)
    path.write_bytes(data)
    with pytest.raises(BadInput, match=r"broken zip archive|leads outside"):
        names(path, inside(tmp_path))


def test_a_file_and_a_folder_of_one_name_are_refused_in_a_sentence(tmp_path: Path):
    path = packed(tmp_path, {"a": "x", "a/b": "x"})
    with pytest.raises(BadInput, match="cannot be unpacked"):
        names(path, inside(tmp_path))


def test_a_damaged_entry_says_that_what_came_before_was_kept(tmp_path: Path):
    path = packed(tmp_path, {"a.txt": "one", "b.txt": "words " * 500})
    data = bytearray(path.read_bytes())
    at = data.find(b"b.txt") + 10
    data[at : at + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(data)
    coming = members(path, inside(tmp_path))
    assert next(coming).name == "a.txt"
    with pytest.raises(BadInput, match="No more was imported from it"):
        next(coming)


def test_a_missing_archive_and_an_unknown_packing_are_refused(tmp_path: Path):
    with pytest.raises(BadInput, match="cannot be unpacked"):
        names(tmp_path / "gone.zip", inside(tmp_path))
    path = packed(tmp_path, {"a.txt": "x"})
    data = bytearray(path.read_bytes())
    struct.pack_into("<H", data, 8, 99)
    struct.pack_into("<H", data, data.rindex(b"PK\x01\x02") + 10, 99)
    path.write_bytes(data)
    with pytest.raises(BadInput, match="broken zip archive"):
        names(path, tmp_path / "into")


def test_a_folder_is_walked_in_order_without_hidden_files_and_ways_out(tmp_path: Path):
    folder = tmp_path / "articles"
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", ".hidden", ".git/x", "__MACOSX/y"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")
    (tmp_path / "outside.txt").write_text("x", encoding="utf-8")
    (folder / "out.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "in.txt").symlink_to(folder / "b.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "gone.txt").symlink_to(folder / "nothing")
    found = [path.relative_to(folder).as_posix() for path in walk(folder)]
    assert found == ["b.txt", "in.txt", "a/z.txt", "a/b/c.txt"]
    with pytest.raises(BadInput, match="is not a folder"):
        list(walk(folder / "b.txt"))
