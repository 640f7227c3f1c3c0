"""`rumor-tui add` and `rumor-tui list`: what comes into the library, what is said, and what is left when it fails."""

from __future__ import annotations

import gzip
import json
import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest

from rumor_tui.cli import main
from rumor_tui.cli.library.adding import Adding
from rumor_tui.library import bulk
from rumor_tui.library.folder import library_path
from rumor_tui.library.keeper import Keeper
from rumor_tui.loading import LoadJob, LoadStep
from rumor_tui.model import Article, Entry, Listing, SourceError, Thread
from tests.library.made_threads import a_thread
from tests.readers.test_dumps import own, reddit, write
from tests.sources.server import playing

Content = Thread | Listing


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))


def titles() -> list[str]:
    keeper = Keeper()
    try:
        return sorted(entry.title for entry in keeper.entries())
    finally:
        keeper.close()


def page(path: Path, title: str, *comments: str) -> Path:
    bodies = [{"index": row, "author": f"a{row}", "text": text} for row, text in enumerate(comments)]
    path.write_text(json.dumps({"version": 1, "article": {"title": title}, "comments": bodies}), encoding="utf-8")
    return path


def test_files_and_folders_are_added(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "pages"
    (folder / "below").mkdir(parents=True)
    page(folder / "one.json", "One", "first")
    page(folder / "below" / "two.json", "Two", "second", "third")
    (folder / "below" / "three.json.gz").write_bytes(gzip.compress(page(tmp_path / "3", "Three").read_bytes()))
    page(folder / ".hidden.json", "Hidden")
    assert main(["add", str(folder), str(page(tmp_path / "four.json", "Four"))]) == 0
    assert titles() == ["Four", "One", "Three", "Two"]
    assert capsys.readouterr().out == "4 new threads with 3 comments\n"


def test_what_is_there_is_not_added_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = page(tmp_path / "one.json", "One", "first")
    assert main(["add", str(file)]) == 0
    moved = file.rename(tmp_path / "moved.json")
    assert main(["add", str(moved)]) == 0
    assert titles() == ["One"]
    assert capsys.readouterr().out.splitlines()[1] == "0 new threads with 0 comments, 1 thread known already"


def test_a_copy_that_was_added_is_known_by_its_own_path_too(tmp_path: Path) -> None:
    file = page(tmp_path / "one.json", "One", "first")
    main(["add", str(file)])
    moved = file.rename(tmp_path / "moved.json")
    main(["add", str(moved)])
    assert main(["forget", str(moved)]) == 0
    assert titles() == []


def test_a_file_that_grew_updates_its_thread(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = page(tmp_path / "one.json", "One", "first")
    main(["add", str(file)])
    page(file, "One", "first", "second")
    main(["add", str(file)])
    keeper = Keeper()
    (entry,) = keeper.entries()
    assert (entry.comments, entry.unread) == (2, 2)
    keeper.close()
    told = capsys.readouterr().out.splitlines()[1]
    assert told == "0 new threads with 0 comments, 1 thread known already (1 new comment)"


def test_each_thread_of_a_mailbox_is_one(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "list.mbox")
    for number, subject, answered in ((1, "Cars", 0), (2, "Re: Cars", 1), (3, "Boats", 0), (4, "Re: Boats", 3)):
        message = EmailMessage()
        message["From"], message["Subject"] = f"a{number}@h.test", subject
        message["Message-ID"], message["Date"] = f"<{number}@h.test>", "Mon, 02 Jan 2023 10:00:00 +0000"
        if answered:
            message["In-Reply-To"] = f"<{answered}@h.test>"
        message.set_content(f"Message {number}.")
        box.add(message)
    box.close()
    for _ in range(2):
        assert main(["add", str(tmp_path / "list.mbox")]) == 0
        assert titles() == ["Boats", "Cars"]


def test_dumps_are_added_and_go_on_where_they_were(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    comments = [reddit("a1", "aaa", "t3_aaa"), reddit("b1", "bbb", "t3_bbb"), reddit("a2", "aaa", "t1_a1")]
    dump = write(tmp_path / "RC.jsonl", comments, ".zst")
    threads = write(tmp_path / "own.jsonl", [own(1), own(2)], ".gz")
    assert main(["add", dump, threads]) == 0
    assert main(["add", write(tmp_path / "own.jsonl", [own(1), own(2), own(3)])]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "4 new threads with 5 comments",
        "1 new thread with 1 comment, 2 threads known already",
    ]


def test_what_cannot_be_read_is_told_and_the_rest_is_added(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "broken.json").write_text('{"version": 1, "article": {"tit', encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    page(tmp_path / "good.json", "Good", "text")
    assert main(["add", str(tmp_path / "nothing.txt"), str(tmp_path)]) == 1
    assert "Good" in titles()
    told = capsys.readouterr()
    assert told.out.endswith(", 3 could not be added\n")
    assert [name in told.err for name in ("nothing.txt", "broken.json", "picture.png")] == [True] * 3


def test_a_run_that_is_stopped_leaves_whole_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    dump = write(tmp_path / "own.jsonl", [own(number) for number in range(6)])
    add = bulk.BulkRecorder.add

    def stop_at_the_fourth(self: bulk.BulkRecorder, *given: object) -> None:
        if given[0].article.title == "Thread 3":  # type: ignore[attr-defined]
            raise KeyboardInterrupt
        add(self, *given)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(bulk.BulkRecorder, "add", stop_at_the_fourth)
        assert main(["add", dump]) == 130
    assert "Stopped: 3 new threads with 3 comments" in capsys.readouterr().err
    assert titles() == ["Thread 0", "Thread 1", "Thread 2"]
    assert main(["add", dump]) == 0
    assert len(titles()) == 6


def test_tags_are_put_on_all_of_it_also_on_what_was_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = page(tmp_path / "1.json", "One", "x"), page(tmp_path / "2.json", "Two", "y")
    main(["add", str(one)])
    main(["add", str(one), str(two), "--tag", "cars", "--tag", "  old\ntimes "])
    capsys.readouterr()
    assert main(["list", "--tag", "cars", "--json"]) == 0
    assert {row["title"]: row["tags"] for row in json.loads(capsys.readouterr().out)} == {
        "One": ["cars", "old times"],
        "Two": ["cars", "old times"],
    }


def test_list_tells_what_there_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["add", str(page(tmp_path / "1.json", "One\x1b]0;x\x07", "x"))])
    capsys.readouterr()
    assert main(["list", "one"]) == 0
    date, *fields = capsys.readouterr().out.rstrip("\n").split("\t")
    assert date.endswith("Z")
    assert fields[:4] == ["1", "1", "0", ""]
    assert fields[4].startswith("One")
    assert "\x1b" not in fields[4]
    assert main(["list", "nothing-like-this"]) == 1


def test_list_without_a_library_makes_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 1
    assert not library_path().exists()


# Addresses

FRONT, FIRST, SECOND, MISSING = (f"https://forum.example/{name}" for name in ("", "1", "2", "missing"))


def on_the_web(address: str) -> Content:
    """A list of two threads and one that is missing."""
    if address == FRONT:
        entries = [Entry(f"T{number}", address=one) for number, one in enumerate((FIRST, SECOND, MISSING))]
        return Listing("Front page", entries, lambda number: a_thread([], source=FRONT), elsewhere=True)
    if address == MISSING:
        raise SourceError("There is no such page.")
    return a_thread(["one"], ids=["1"], article=Article(address[-1]), source=address)


def adding(keeper: Keeper) -> Adding:
    def open_address(address: str) -> LoadJob:
        return lambda stop: iter([LoadStep(None, "loading"), LoadStep(on_the_web(address))])

    return Adding(keeper, 1_000.0, [], open_address, lambda words: None)


def test_of_a_list_on_the_web_its_threads_are_added() -> None:
    keeper = Keeper()
    job = adding(keeper)
    job.add([], [FRONT])
    assert sorted(entry.address for entry in keeper.entries()) == [FIRST, SECOND]
    assert [(problem.name, problem.sentence) for problem in job.problems] == [(MISSING, "There is no such page.")]
    assert (job.added.new, job.added.comments) == (2, 2)
    keeper.close()


def test_an_address_on_a_host_of_ones_own_is_added(capsys: pytest.CaptureFixture[str]) -> None:
    with playing() as server:
        assert main(["add", f"{server.base}/page", "http://[bad/"]) == 1
    assert capsys.readouterr().out.startswith("1 new thread with 3 comments")


def test_what_is_not_loaded_to_its_end_is_not_added() -> None:
    keeper = Keeper()
    job = adding(keeper)
    job.stop.set()
    job.add([], [FIRST])
    assert keeper.entries() == []
    keeper.close()
