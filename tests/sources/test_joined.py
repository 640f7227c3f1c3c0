"""Discussions below one article: one of them, and several as one thread."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import pytest

from rumor_tui.joined import split_thread
from rumor_tui.loading import LoadStep
from rumor_tui.model import Article, Entry, SourceError, Thread, ThreadBuilder
from rumor_tui.sources import LoadContext
from rumor_tui.sources.joined import load_joined
from rumor_tui.sources.loader import load_address
from rumor_tui.sources.stub_loader import load_stub
from tests.sources.conftest import context, last
from tests.sources.server import ADDRESSES, SIZES, Play

ARTICLE = Article("The article", "ada", pieces=["Six hundred cars.", "No more."], url="https://example.com/600")
ORIGIN = ThreadBuilder(ARTICLE).build("plain", source="https://example.com/600")
NAMES = ("Hacker News", "Reddit", "Lobsters", "Lemmy")


def entry(play: Play, name: str) -> Entry:
    return Entry("Six hundred cars", address=play.base + ADDRESSES[name], site=name, comments=7)


def loaded(known: LoadContext, *entries: Entry) -> list[LoadStep]:
    return list(load_joined(known, ORIGIN, entries, Event()))


def alone(play: Play, name: str) -> Thread:
    return last(list(load_address(context(play), play.base + ADDRESSES[name], Event())))


@pytest.mark.parametrize("name", NAMES)
def test_one_discussion_stands_below_the_article(play: Play, name: str) -> None:
    thread = last(loaded(context(play), entry(play, name)))
    whole = alone(play, name)
    assert thread.article == ARTICLE and not thread.is_joined
    assert list(thread.ids) == list(whole.ids) and list(thread.parent) == list(whole.parent)


def test_several_are_one_thread_and_each_is_as_it_was(play: Play) -> None:
    steps = loaded(context(play), *(entry(play, name) for name in NAMES))
    thread = last(steps)
    assert thread.article == ARTICLE and thread.source == ORIGIN.source
    parts = split_thread(thread)
    assert [part.site for part in parts] == list(NAMES)
    for part, name in zip(parts, NAMES, strict=True):
        whole = alone(play, name)
        assert list(part.thread.ids) == list(whole.ids) and list(part.thread.parent) == list(whole.parent)
        assert list(part.thread.authors) == list(whole.authors)
    assert steps[-1].status == ""
    progress = [part for step in steps for part in step.status.split(" · ") if " comments" in part]
    assert progress and all(part.startswith(NAMES) for part in progress)


def test_what_has_come_is_shown_before_the_rest(play: Play) -> None:
    play.faults["/lobsters/s/abc123.json"] = ("held", 9)
    seen = 0
    for step in load_joined(context(play), ORIGIN, [entry(play, name) for name in NAMES], Event()):
        if isinstance(step.content, Thread) and not play.released.is_set():
            sites = {part.site for part in split_thread(step.content)}
            if "Lemmy" in sites and "Reddit" in sites:
                assert "Lobsters" not in sites
                seen += 1
                play.faults.clear()
                play.released.set()
    assert seen


@pytest.mark.parametrize("fault", ["drip", "cut", "429-long", "500", "html", "loop"])
def test_a_discussion_that_fails_costs_the_others_nothing(play: Play, fault: str) -> None:
    known = context(play)
    play.faults["/lobsters/s/abc123.json"] = (fault, 99)
    play.faults["/lobsters/s/abc123/six"] = ("500", 99)
    known.access = replace(known.access, limits=replace(known.access.limits, answer=1.5, total=15.0))
    steps = loaded(known, *(entry(play, name) for name in ("Lemmy", "Lobsters")))
    thread = last(steps)
    assert [part.site for part in split_thread(thread)] == ["Lemmy"]
    assert len(thread) == SIZES["lemmy"] + 1
    assert "internal error" in steps[-1].status and steps[-1].status.count("\n") == 0


def test_nothing_but_failures_is_a_failure(play: Play) -> None:
    missing = [Entry("x", address=f"{play.base}/missing?{n}", site="A site") for n in (1, 2)]
    with pytest.raises(SourceError, match="HTTP 404"):
        loaded(context(play), *missing)


def test_a_list_is_no_discussion(play: Play) -> None:
    with pytest.raises(SourceError, match="is a list, and not a discussion"):
        loaded(context(play), Entry("x", address=f"{play.base}/lobsters/", site="Lobsters"))


def test_missing_replies_are_loaded_into_their_own_discussion(play: Play) -> None:
    known = context(play)
    play.faults["/hn-api/item/500.json"] = ("500", 1)
    thread = last(loaded(known, entry(play, "Hacker News"), entry(play, "Lemmy")))
    stub = next(stub for stub in thread.stubs if stub.via)
    grown = last(list(load_stub(known, thread, stub, Event())))
    assert len(grown) > len(thread)
    hacker_news, lemmy = split_thread(grown)
    assert len(hacker_news.thread) == SIZES["hn"] and len(lemmy.thread) == SIZES["lemmy"]
