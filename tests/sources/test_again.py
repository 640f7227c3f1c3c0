"""What an address shows now is loaded past the cache, whole, and nothing else counts as its newest state."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from rumor_tui.loading import LoadStep
from rumor_tui.model import Article, Entry, SourceError, Thread, ThreadBuilder
from rumor_tui.sources import LoadContext, make_services
from rumor_tui.sources.again import load_again
from rumor_tui.sources.joined import load_joined
from rumor_tui.sources.loader import load_address
from tests.sources import server
from tests.sources.conftest import context as make_context
from tests.sources.replies import Query, Reply
from tests.sources.server import ADDRESSES, Play


@pytest.fixture
def context(play: Play, tmp_path: Path) -> LoadContext:
    return make_context(play, cache=tmp_path / "cache")


def thread_of(steps: list[LoadStep]) -> Thread:
    threads = [step.content for step in steps if isinstance(step.content, Thread)]
    return threads[-1]


@pytest.mark.parametrize("name", ["Hacker News", "Discourse", "a forum", "a page"])
def test_the_newest_state_is_what_was_loaded(play: Play, context: LoadContext, name: str) -> None:
    thread = thread_of(list(load_address(context, play.base + ADDRESSES[name], Event())))
    asked = len(play.seen)
    steps = list(load_again(context, thread, Event()))
    again = thread_of(steps)
    assert list(again.bodies) == list(thread.bodies)
    assert again.source == thread.source
    assert len(play.seen) > asked
    assert not steps[-1].partial


def test_an_answer_that_may_be_kept_is_asked_for_anew(
    play: Play, context: LoadContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = server.answer

    def kept(path: str, base: str, tag: str | None = None, asked: Query | None = None) -> Reply:
        reply = answer(path, base, tag, asked)
        return replace(reply, headers={**reply.headers, "Cache-Control": "max-age=3600"})

    monkeypatch.setattr(server, "answer", kept)
    for _ in range(2):
        thread = thread_of(list(load_address(context, play.base + "/page", Event())))
    assert play.seen == ["/page"]
    list(load_again(context, thread, Event()))
    assert play.seen == ["/page", "/page"]


def test_the_cache_keeps_what_was_loaded_again(play: Play, context: LoadContext) -> None:
    """Otherwise the next opening would show an older state than this one."""
    address = play.base + "/page"
    thread = thread_of(list(load_address(context, address, Event())))
    list(load_again(context, thread, Event()))
    play.faults["/page"] = ("503", 99)
    copied = list(load_address(context, address, Event()))
    assert list(thread_of(copied).bodies) == list(thread.bodies)
    assert copied[-1].partial


def test_a_copy_is_no_newest_state(play: Play, context: LoadContext) -> None:
    thread = thread_of(list(load_address(context, play.base + "/page", Event())))
    play.faults["/page"] = ("503", 99)
    with pytest.raises(SourceError):
        list(load_again(context, thread, Event()))


def test_joined_discussions_are_all_loaded_again(play: Play, context: LoadContext) -> None:
    addresses = [play.base + ADDRESSES[name] for name in ("Lobsters", "Lemmy")]
    entries = [Entry("One", site="Lobsters", address=addresses[0]), Entry("Two", site="Lemmy", address=addresses[1])]
    page = ThreadBuilder(Article("A page", url="https://example.com/600")).build("html", source=play.base + "/page")
    joined = thread_of(list(load_joined(context, page, entries, Event())))
    again = thread_of(list(load_again(context, joined, Event())))
    assert (list(again.ids), list(again.bodies)) == (list(joined.ids), list(joined.bodies))
    assert again.article.title == "A page"


def test_what_comes_from_no_address_is_not_asked_for(context: LoadContext, play: Play) -> None:
    """The addresses in a file are the file's: opening it is no reason to contact them."""
    article = Article("A file", url=play.base + "/page", discussion_url=play.base + "/page")
    thread = ThreadBuilder(article).build("html", source="saved.html")
    with pytest.raises(SourceError, match="not loaded from an address"):
        list(make_services(context).again(thread)(Event()))
    assert play.seen == []


def test_a_part_says_that_it_is_one(play: Play, context: LoadContext) -> None:
    thread = thread_of(list(load_address(context, play.base + ADDRESSES["Discourse"], Event())))
    stop = Event()
    steps = []
    for step in load_again(context, replace(thread), stop, beside=False):
        steps.append(step)
        stop.set()
    assert steps[-1].partial
