"""A thread's newest state is read from where it was read before: a file, a part of one, or several files."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from zipfile import ZipFile

import pytest

from rumor_tui import cli
from rumor_tui.cli.again import read_again
from rumor_tui.library.keeper import Keeper
from rumor_tui.model import Listing, SourceError, Thread
from rumor_tui.readers import open_if_single, read_path
from rumor_tui.readers.several import group_sources
from rumor_tui.settings import Settings

PAGE = """# Six hundred cars

How many cars?

## 2 comments

- **ann** · #1

  The page itself says 600.

  - **ben** · #2

    414, I hear.
"""
MORE = PAGE.replace("## 2", "## 3") + "\n- **cy** · #3\n\n  One more.\n"
MAIL = """From ann Mon Jan  4 10:00:00 2010
From: {author} <{author}@example.com>
Date: Mon, 4 Jan 2010 10:00:00 +0000
Message-ID: <{id}@example.com>
Subject: {subject}
{more}
{text}

"""


def load(sources: Sequence[str]) -> Thread | Listing:
    if len(sources) == 1:
        return read_path(sources[0])
    return group_sources([open_if_single(read_path(source)) for source in sources])


def again(thread: Thread, *sources: str) -> Thread:
    threads = [step.content for step in read_again(thread, sources, load)(Event()) if step.content is not None]
    assert isinstance(threads[-1], Thread)
    return threads[-1]


def opened(path: Path, row: int | None = None) -> Thread:
    content = read_path(str(path))
    content = content.open(row) if isinstance(content, Listing) and row is not None else content
    assert isinstance(content, Thread)
    return content


def test_a_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(PAGE)
    thread = opened(path)
    path.write_text(MORE)
    assert list(again(thread, str(path)).authors) == ["ann", "ben", "cy"]
    assert list(again(thread).authors) == ["ann", "ben", "cy"]


def test_a_packed_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "page.md.gz"
    path.write_bytes(gzip.compress(PAGE.encode()))
    thread = opened(path)
    path.write_bytes(gzip.compress(MORE.encode()))
    assert len(again(thread)) == 3


def test_a_thread_of_a_mailbox_is_found_in_it(tmp_path: Path) -> None:
    path = tmp_path / "list.mbox"
    first = MAIL.format(author="ann", id="a", subject="Cars", more="", text="How many?")
    other = MAIL.format(author="bob", id="b", subject="Boats", more="", text="None.")
    path.write_text(first + other)
    rows = {entry.title: row for row, entry in enumerate(load([str(path)]).entries)}  # type: ignore[union-attr]
    thread = opened(path, rows["Cars"])
    answer = MAIL.format(author="cy", id="c", subject="Re: Cars", more="In-Reply-To: <a@example.com>\n", text="600.")
    path.write_text(other + first + answer)
    assert list(again(thread, str(path)).authors) == [*thread.authors, "cy"]


def test_a_page_of_an_archive_is_found_in_it(tmp_path: Path) -> None:
    path = tmp_path / "pages.zip"

    def write(text: str) -> None:
        with ZipFile(path, "w") as archive:
            archive.writestr("cars.md", text)
            archive.writestr("other.txt", "Another text altogether, which is about nothing.")

    write(PAGE)
    thread = opened(path, 0)
    assert thread.article.title == "Six hundred cars"
    write(MORE)
    assert len(again(thread, str(path))) == 3


def test_several_files_are_all_read_again(tmp_path: Path) -> None:
    paths = [str(tmp_path / "one.json"), str(tmp_path / "two.json")]
    for number, path in enumerate(paths):
        story = {"id": number, "type": "story", "author": "ann", "title": "Cars", "url": "https://example.com/600"}
        comment = {"id": number + 10, "type": "comment", "author": "bob", "text": f"Comment {number}", "children": []}
        Path(path).write_text(json.dumps({**story, "points": 1, "created_at_i": 1, "children": [comment]}))
    joined = load(paths)
    assert isinstance(joined, Thread)
    Path(paths[1]).write_text(Path(paths[1]).read_text().replace("Comment 1", "Comment one"))
    assert [body for body in again(joined, *paths).bodies if "Comment" in body][-1] == "Comment one"


@pytest.mark.parametrize(
    ("source", "sources", "words"),
    [
        ("-", ("-",), "standard input"),
        ("", (), "neither from a file nor from an address"),
        ("gone.md", ("gone.md",), "gone.md is not there any more"),
    ],
)
def test_what_cannot_be_read_again_says_why(source: str, sources: tuple[str, ...], words: str, tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(PAGE)
    thread = opened(path)
    thread.source = source
    with pytest.raises(SourceError, match=words):
        again(thread, *sources)


def test_a_thread_that_is_gone_from_a_mailbox_says_so(tmp_path: Path) -> None:
    path = tmp_path / "list.mbox"
    mails = [MAIL.format(author="ann", id=n, subject=f"Subject {n}", more="", text="Text.") for n in range(3)]
    path.write_text("".join(mails))
    thread = opened(path, 0)
    path.write_text("".join(mail for mail in mails if thread.article.title not in mail))
    with pytest.raises(SourceError, match=f"“{thread.article.title}” is not in .* any more"):
        again(thread, str(path))


def test_a_file_that_says_where_it_is_from_is_not_asked_for_there(tmp_path: Path) -> None:
    path = tmp_path / "saved.json"
    path.write_text(json.dumps({"rumor-tui": 1}))
    from rumor_tui import export

    page = tmp_path / "page.md"
    page.write_text(PAGE)
    thread = opened(page)
    thread.source = "http://192.0.2.1/thread"
    with path.open("w") as out:
        export.write(thread, "json", out)
    saved = opened(path)
    assert saved.source == "http://192.0.2.1/thread"
    steps = list(cli.services_for(Settings(), None, (str(path),), lambda: saved).again(saved)(Event()))
    assert isinstance(steps[-1].content, Thread)
    assert list(steps[-1].content.authors) == ["ann", "ben"]


def test_a_file_is_found_from_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread that the library gives back was perhaps read by a path from where one was then."""
    (tmp_path / "there").mkdir()
    (tmp_path / "page.md").write_text(PAGE)
    keeper = Keeper(tmp_path / "library.sqlite3")
    monkeypatch.chdir(tmp_path)
    remembered = keeper.visit(opened(Path("page.md")), 1_000.0)
    monkeypatch.chdir(tmp_path / "there")
    (tmp_path / "page.md").write_text(MORE)
    assert len(again(keeper.stored(remembered.thread_id))) == 3
    keeper.close()


def test_a_file_that_names_another_one_as_its_source_is_read_again_itself(tmp_path: Path) -> None:
    other, path = tmp_path / "secret.md", tmp_path / "thread.json"
    other.write_text(PAGE, encoding="utf-8")
    comment = {"index": 0, "author": "ann", "text": "Look here."}
    path.write_text(json.dumps({"version": 1, "source": str(other), "article": {"title": "T"}, "comments": [comment]}))
    thread = opened(path)
    services = cli.services_for(Settings(), sources=[str(path)], content=lambda: thread)
    (*_, last) = services.again(thread)(Event())
    assert isinstance(last.content, Thread)
    assert list(last.content.bodies) == ["Look here."]
