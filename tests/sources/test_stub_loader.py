"""Loading what a stub stands for, into a thread that was opened and into one from a file."""

from __future__ import annotations

import json
from dataclasses import replace
from threading import Event

import pytest

from rumor_tui.joined import join_threads, make_part, split_thread
from rumor_tui.model import Article, SourceError, Stub, Thread
from rumor_tui.readers import READERS, Hint
from rumor_tui.row_map import RowMap
from rumor_tui.sources import make_services
from rumor_tui.sources.loader import load_address
from rumor_tui.sources.stub_loader import load_stub
from tests.reading import read_source as read_thread
from tests.sources import replies, server, threads
from tests.sources.conftest import QUICK, context, last, opened
from tests.sources.server import ADDRESSES, SIZES, Play
from tests.sources.test_platforms import NUMBERS, as_made, tree

FEW = replace(QUICK, pages=1)


def loaded_whole(play: Play, name: str, thread: Thread, limit: int = 400) -> Thread:
    """The thread after all of its stubs were loaded, one after the other."""
    known = context(play, FEW)
    ask = make_services(known)
    for _ in range(limit):
        stub = next((stub for stub in thread.stubs if stub.via), None)
        if stub is None:
            return thread
        thread = last(list(ask.more(thread, stub)(Event())))
    raise AssertionError(f"{len(thread.stubs)} stubs are left of {name}")


@pytest.mark.parametrize(("name", "size"), [("Reddit", "reddit"), ("Discourse", "discourse")])
def test_the_rest_of_a_thread_is_loaded_stub_by_stub(play: Play, name: str, size: str) -> None:
    known = context(play, FEW)
    arrivals = opened(known, play.base + ADDRESSES[name])
    thread = last(arrivals)
    assert len(thread) < SIZES[size]
    assert arrivals[-1].status.endswith("more can be loaded.")
    for _ in range(400):
        stub = next((stub for stub in thread.stubs if stub.via), None)
        if stub is None:
            break
        thread = last(list(load_stub(known, thread, stub, Event())))
    assert tree(thread, NUMBERS[name]) == as_made(SIZES[size])


def test_the_rest_of_joined_discussions_is_loaded_into_each(play: Play) -> None:
    known = context(play, FEW)
    names = {"Reddit": "reddit", "Discourse": "discourse"}
    addresses = {name: play.base + ADDRESSES[name] for name in names}
    parts = [make_part(name, last(opened(known, at)), at) for name, at in addresses.items()]
    thread = join_threads(Article("The article", pieces=["Text."]), parts)
    before = thread
    for _ in range(400):
        stub = next((stub for stub in thread.stubs if stub.via), None)
        if stub is None:
            break
        thread = last(list(load_stub(known, thread, stub, Event())))
    assert thread.article == before.article
    assert -1 not in RowMap.between(before, thread).every()
    for part, (name, size) in zip(split_thread(thread), names.items(), strict=True):
        assert part.label == name
        assert tree(part.thread, NUMBERS[name]) == as_made(SIZES[size])


def test_a_lost_item_can_be_loaded_later(play: Play) -> None:
    play.faults["/hn-api/item/2.json"] = ("500", 1)
    known = context(play)
    thread = last(opened(known, play.base + ADDRESSES["Hacker News"]))
    assert len(thread) < SIZES["hn"]
    (stub,) = thread.stubs
    thread = last(list(load_stub(known, thread, stub, Event())))
    assert tree(thread, NUMBERS["Hacker News"]) == as_made(SIZES["hn"])


def test_a_saved_reddit_thread_is_completed(play: Play) -> None:
    data = json.dumps(threads.Reddit(SIZES["reddit"]).first()).encode()
    thread = loaded_whole(play, "Reddit", read_thread(data, Hint("saved.json")))
    found = tree(thread, NUMBERS["Reddit"])
    assert found == as_made(SIZES["reddit"])


def test_a_saved_hacker_news_item_is_completed(play: Play) -> None:
    items = threads.hn_items(SIZES["hn"])
    data = json.dumps([items[1], items[2]]).encode()
    thread = read_thread(data, Hint("saved.json"))
    stub = next(stub for stub in thread.stubs if stub.parent < 0)
    thread = last(list(load_stub(context(play), thread, stub, Event())))
    assert len([parent for parent in thread.parent if parent < 0]) == len(items[1]["kids"])
    assert thread.article.title == "Six hundred cars"


def test_a_saved_discourse_topic_is_opened_anew(play: Play) -> None:
    data = json.dumps(threads.discourse_topic(SIZES["discourse"])).encode()
    thread = read_thread(data, Hint("saved.json"))
    thread.article.url = play.base + ADDRESSES["Discourse"]
    thread = last(list(load_stub(context(play), thread, thread.stubs[0], Event())))
    assert len(thread) == SIZES["discourse"]


def test_what_cannot_be_loaded(play: Play) -> None:
    thread = read_thread(b"# A title\n\ntext\n", Hint("a.md"))
    for stub in (Stub(-1, 3), Stub(-1, 3, "unknown", ("x",)), Stub(-1, 3, "reddit", ("x",)), Stub(-1, 3, "page")):
        with pytest.raises(SourceError):
            list(load_stub(context(play), thread, stub, Event()))


@pytest.mark.parametrize("row", [-1, 0, 3])
def test_comments_that_are_missing_in_no_discussion_of_a_saved_thread(play: Play, row: int) -> None:
    """A file may say so of the top level, or of a comment that stands beside the discussions."""
    loose: dict[str, object] = {"author": "ann", "text": "Beside."}
    held = [loose, {"text": "", "discussion": {"site": "Reddit"}}, {"text": "In it.", "parent": 1}, loose]
    written = {"version": 1, "article": {}, "comments": held, "stubs": []}
    thread = replace(read_thread(json.dumps(written).encode(), Hint("saved.json")), stubs=[Stub(row, 3, "reddit")])
    assert thread.is_joined
    with pytest.raises(SourceError, match=r"^These comments cannot be loaded from here"):
        list(load_stub(context(play), thread, thread.stubs[0], Event()))


def test_a_stub_of_a_saved_thread_that_names_nothing(play: Play) -> None:
    thread = read_thread(b"# A title\n\ntext\n", Hint("a.md"))
    thread.article.url = "https://www.reddit.com/r/x/comments/abc/y/"
    with pytest.raises(SourceError, match=r"^These comments cannot be loaded from here\."):
        list(load_stub(context(play), thread, Stub(-1, 3, "reddit", ()), Event()))


def test_a_thread_that_still_comes_is_left_alone(play: Play) -> None:
    known = context(play)
    arrivals = load_address(known, play.base + ADDRESSES["Hacker News"], Event())
    thread = next(arrivals).content
    assert isinstance(thread, Thread)
    with pytest.raises(SourceError, match="loaded already"):
        load_stub(known, thread, thread.stubs[0], Event())
    arrivals.close()
    assert len(last(list(load_stub(known, thread, thread.stubs[0], Event())))) == SIZES["hn"]


def paged(data: bytes, hint: Hint) -> Thread:
    """Reads the made pages `page N of M`: a comment each, and a stub for the next page."""
    name, number, _, size = data.decode().split()
    assert name == "page"
    base = hint.name.partition("?")[0]
    stubs = [Stub(-1, 0, "page", (f"{base}?{int(number) + 1}",))] if int(number) < int(size) else []
    thread = read_thread(f"# T\n\nx\n\n## 1 comment\n\n- **a{number}** · #1\n\n  b{number}\n".encode(), Hint("x.md"))
    return replace(thread, source=hint.name, stubs=stubs, ids=[number])


@pytest.fixture
def pages(play: Play, monkeypatch: pytest.MonkeyPatch) -> Play:
    def send(handler: server.Handler, broken: str = "") -> None:
        number = handler.path.partition("?")[2] or "1"
        if number == broken:
            return server.fault_error(handler)
        handler.send(replies.Reply(f"page {number} of 5".encode()))

    monkeypatch.setitem(server.FAULTS, "paged", send)
    monkeypatch.setitem(server.FAULTS, "paged-to-2", lambda handler: send(handler, "3"))
    monkeypatch.setattr("rumor_tui.sources.loader.read_source", paged)
    play.faults["/topic"] = ("paged", 100)
    return play


def test_the_pages_of_a_thread_are_followed(pages: Play) -> None:
    arrivals = opened(context(pages), f"{pages.base}/topic")
    assert list(last(arrivals).authors) == ["a1", "a2", "a3", "a4", "a5"]
    assert [one.status for one in arrivals if not one.status.endswith("0 comments")] == [
        "page 2 · 1 comment", "page 3 · 2 comments", "page 4 · 3 comments", "page 5 · 4 comments", "",
    ]  # fmt: skip


def test_pages_beyond_the_limit_are_loaded_when_asked_for(pages: Play) -> None:
    known = context(pages, replace(QUICK, pages=3))
    thread = last(opened(known, f"{pages.base}/topic"))
    assert (len(thread), len(thread.stubs)) == (3, 1)
    thread = last(list(load_stub(known, thread, thread.stubs[0], Event())))
    assert (len(thread), len(thread.stubs)) == (4, 1)


def test_a_page_that_fails_leaves_the_others(pages: Play) -> None:
    pages.faults["/topic"] = ("paged-to-2", 9)
    arrivals = opened(context(pages), f"{pages.base}/topic")
    assert len(last(arrivals)) == 2
    assert arrivals[-1].status.startswith("A part is missing (2 comments loaded): ")
    assert len(last(arrivals).stubs) == 1


def test_pages_of_other_hosts_are_not_followed(pages: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    def elsewhere(data: bytes, hint: Hint) -> Thread:
        return replace(paged(data, hint), stubs=[Stub(-1, 0, "page", ("https://other.example/2",))])

    monkeypatch.setattr("rumor_tui.sources.loader.read_source", elsewhere)
    assert len(last(opened(context(pages), f"{pages.base}/topic"))) == 1
    assert pages.seen == ["/topic"]


def test_pages_in_a_circle_end(pages: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    def circle(data: bytes, hint: Hint) -> Thread:
        return replace(paged(data, hint), stubs=[Stub(-1, 0, "page", (f"{pages.base}/topic?2",))])

    monkeypatch.setattr("rumor_tui.sources.loader.read_source", circle)
    assert len(last(opened(context(pages), f"{pages.base}/topic"))) == 2


@pytest.mark.skipif(all(reader.module != "html" for reader in READERS), reason="there is no reader of web pages")
def test_the_pages_of_a_forum_are_followed(play: Play) -> None:
    """The first post of each further page is no article."""
    thread = last(opened(context(play), play.base + ADDRESSES["a forum"]))
    assert [int(body.split("Post ")[1].split()[0]) for body in thread.bodies] == list(range(2, 21))
    assert "Post 1 says" in "".join(thread.article.pieces)
    assert not thread.stubs
