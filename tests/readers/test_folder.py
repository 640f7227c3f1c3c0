from __future__ import annotations

import os
from pathlib import Path

import pytest

from rumor_tui import readers
from rumor_tui.model import Listing, Thread
from rumor_tui.readers import SourceError, as_thread, folder

ITEM = b'{"id": 1, "title": "T", "created_at_i": 5, "children": [{"id": 2, "text": "hi", "children": []}]}'


def listing(path: Path) -> Listing:
    content = readers.read_path(str(path))
    assert isinstance(content, Listing)
    return content


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with something of everything."""
    (tmp_path / "b.json").write_bytes(ITEM)
    (tmp_path / "A text.txt").write_text("A title\n\nand a text.")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\0")
    (tmp_path / "empty.txt").touch()
    (tmp_path / ".hidden").write_text("secret")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "c.txt").write_text("Another.")
    (tmp_path / "nowhere").symlink_to(tmp_path / "no such file")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    (tmp_path / "below" / "up").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    os.utime(tmp_path / "b.json", (5, 5))
    return tmp_path


def test_a_folder_lists_what_can_be_read_by_name(place: Path) -> None:
    result = listing(place)
    assert result.title == place.name
    assert [entry.title for entry in result.entries] == ["A text.txt", "b.json", "below/"]
    entry = result.entries[1]
    assert (entry.published, entry.summary, entry.address) == (5, f"{len(ITEM)} bytes", str(place / "b.json"))


def test_entries_open_and_count(place: Path) -> None:
    result = listing(place)
    text, item, below = (result.open(index) for index in range(3))
    assert isinstance(text, Thread) and isinstance(item, Thread) and isinstance(below, Listing)
    assert (text.article.title, list(item.bodies)) == ("A title", ["hi"])
    assert [entry.title for entry in below.entries] == ["c.txt"]
    assert result.count is not None
    assert [result.count(index) for index in range(3)] == [0, 1, None]
    assert len(as_thread(result)) == 3


def test_a_file_that_is_gone_is_a_sentence(place: Path) -> None:
    result = listing(place)
    (place / "b.json").unlink()
    with pytest.raises(SourceError, match="no such file"):
        result.open(1)
    assert result.count is not None
    assert result.count(1) is None


def test_a_link_to_another_folder_is_followed(place: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "d.txt").write_text("Elsewhere.")
    (place / "link").symlink_to(other)
    assert [entry.title for entry in listing(place).entries][-1] == "link/"


def test_nothing_to_open_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\0")
    with pytest.raises(SourceError, match="is a folder without anything that could be opened"):
        readers.read_path(str(tmp_path))


def test_a_folder_that_may_not_be_read_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(_: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.scandir", denied)
    with pytest.raises(SourceError, match="you may not read it"):
        readers.read_path(str(tmp_path))


def test_only_so_many_are_listed_and_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MAX_ENTRIES", 3)
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text("x")
    result = listing(tmp_path)
    assert len(result.entries) == 3
    assert result.title.endswith("(only the first 3 of 5 names are looked at)")


def test_names_of_any_bytes(tmp_path: Path) -> None:
    strange = os.fsencode(tmp_path) + b"/n\xff\x1b[2J\n.txt"
    with open(strange, "wb") as file:  # noqa: PTH123 (a path of bytes)
        file.write(b"A text.")
    result = listing(tmp_path)
    assert result.entries[0].title.isprintable()
    assert isinstance(result.open(0), Thread)


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1_000, "1.0 kB"), (999_960, "1.0 MB"), (10**16, "10,000 TB")],
)
def test_sizes(tmp_path: Path, count: int, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    result = folder.FolderEntry(tmp_path, "x", False, count, 0)
    monkeypatch.setattr(folder, "_folder_entry", lambda _: result)
    (tmp_path / "x").write_text("x")
    assert listing(tmp_path).entries[0].summary == said
