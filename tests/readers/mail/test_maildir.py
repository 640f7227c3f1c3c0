"""Folders of mail."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from rumor_tui.model import Listing, Thread
from rumor_tui.readers import SourceError, open_if_single, read_path
from rumor_tui.readers.mail.maildir import read_folder, sniff_folder
from tests.readers.mail.samples import message, outline


def opened(folder: Path) -> Thread:
    content = open_if_single(read_path(str(folder)))
    assert isinstance(content, Thread)
    return content


def listing_of(content: Thread | Listing) -> Listing:
    assert isinstance(content, Listing)
    return content


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "cur" / "1767258000.1.host:2,S").write_bytes(message("a"))
    (tmp_path / "new" / "1767258001.2.host").write_bytes(message("b", to="a"))
    (tmp_path / "new" / "99.3.host").write_bytes(message("c", to="a").replace(b"1 Jan", b"2 Jan"))
    (tmp_path / "tmp" / "1767258003.3.host").write_bytes(message("d", to="a"))
    (tmp_path / "maildirfolder").touch()
    return tmp_path


def test_a_maildir(maildir: Path) -> None:
    assert sniff_folder(str(maildir))
    content = opened(maildir)
    assert (content.article.byline, outline(content)) == ("a", "b c")
    assert list(content.bodies) == ["I am b.", "I am c."]


def test_a_message_that_is_moved_or_renamed_or_gone(maildir: Path) -> None:
    content = opened(maildir)
    (maildir / "new" / "1767258001.2.host").rename(maildir / "cur" / "1767258001.2.host:2,RS")
    (maildir / "new" / "99.3.host").unlink()
    assert list(content.bodies) == ["I am b.", "(This message is no longer in the folder.)"]


def test_a_folder_that_moved_is_listed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
    for nth in range(40):
        (tmp_path / "new" / f"{nth}.x.host").write_bytes(message(f"m{nth}", to="m0" if nth else ""))
    content = opened(tmp_path)
    for nth in range(40):
        (tmp_path / "new" / f"{nth}.x.host").rename(tmp_path / "cur" / f"{nth}.x.host:2,S")
    (tmp_path / "cur" / "39.x.host:2,S").unlink()
    listed: list[Path] = []
    iterdir = Path.iterdir

    def noted(folder: Path) -> Iterator[Path]:
        listed.append(folder)
        return iterdir(folder)

    monkeypatch.setattr(Path, "iterdir", noted)
    expected = [f"I am m{nth}." for nth in range(1, 39)] + ["(This message is no longer in the folder.)"]
    assert list(content.bodies) == list(content.bodies) == expected
    assert listed == [tmp_path / "new", tmp_path / "cur"]
    (tmp_path / "cur" / "5.x.host:2,S").rename(tmp_path / "cur" / "5.x.host:2,RS")
    os.utime(tmp_path / "cur", ns=(1, 1))  # a file system may not tell two changes within a moment apart
    assert list(content.bodies) == expected
    assert len(listed) == 4


def test_a_folder_of_mh_in_the_order_of_dates(tmp_path: Path) -> None:
    for nth, name in enumerate(("10", "9", "100")):
        (tmp_path / name).write_bytes(
            message("abc"[nth], to="a" if nth else "").replace(b"1 Jan", b"%d Jan" % (nth + 1))
        )
    (tmp_path / ".mh_sequences").write_text("cur: 9\n")
    assert outline(opened(tmp_path)) == "b c"


def test_a_folder_of_messages(tmp_path: Path) -> None:
    (tmp_path / "x.eml").write_bytes(message("a"))
    (tmp_path / "y.EML").write_bytes(message("b", to="a").replace(b"\n", b"\r\n"))
    content = opened(tmp_path)
    assert content.article.byline == "a"
    assert list(content.bodies) == ["I am b."]


def test_what_is_no_folder_of_mail(tmp_path: Path) -> None:
    assert not sniff_folder(str(tmp_path))
    (tmp_path / "x.eml").write_text("No message.")
    assert not sniff_folder(str(tmp_path))
    (tmp_path / "x.eml").write_bytes(message("a"))
    (tmp_path / "page.html").write_text("<p>")
    assert not sniff_folder(str(tmp_path))
    assert [entry.title for entry in listing_of(read_path(str(tmp_path))).entries] == ["page.html", "x.eml"]


def test_a_maildir_without_mail(tmp_path: Path) -> None:
    for name in ("cur", "new"):
        (tmp_path / name).mkdir()
    with pytest.raises(SourceError, match="without any mail"):
        read_folder(str(tmp_path))


def test_a_folder_of_apple_mail(tmp_path: Path) -> None:
    for number, (name, to) in enumerate((("a", ""), ("b", "a"))):
        inside = message(name, to=to)
        data = b"%d   \n%b<?xml version='1.0'?>\n<!DOCTYPE plist>\n<plist/>" % (len(inside), inside)
        (tmp_path / f"{number}{'.partial' * number}.emlx").write_bytes(data)
    result = opened(tmp_path)
    assert (result.article.byline, outline(result)) == ("a", "b")
    assert "plist" not in result.bodies[0]
