"""The linked page beside its discussion: what is loaded, what it becomes, and what is said where it cannot be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from rumor_tui.linked_page import unread_link
from rumor_tui.loading import LoadStep
from rumor_tui.model import Article, SourceError, Thread, ThreadBuilder
from rumor_tui.readers import Hint, read_source
from rumor_tui.sources import LoadContext
from rumor_tui.sources.beside import load_beside, load_with_beside
from rumor_tui.sources.loader import load_address
from tests.sources.conftest import context, last
from tests.sources.play_linked import QUOTED, SIZE
from tests.sources.server import Play, playing


def opened(known: LoadContext, address: str) -> list[LoadStep]:
    return list(load_with_beside(known, address, Event()))


def words_of(thread: Thread) -> str:
    return " ".join(thread.article.pieces)


def test_a_story_gets_the_page_that_it_links_to(play: Play) -> None:
    steps = opened(context(play), f"{play.base}/hn/item?id=2900")
    thread = last(steps)
    linked = thread.article.linked
    assert linked is not None and not linked.problem and linked.url == f"{play.base}/linked/article"
    assert (linked.title, linked.byline) == ("Leipzig builds six hundred cars", "Ada Winter")
    assert linked.published == 1_299_585_600 and linked.first == len(thread.article.own_pieces) == 0
    assert QUOTED in words_of(thread) and "Home" not in words_of(thread)
    assert thread.article.title == "Six hundred cars" and thread.article.score == 99
    assert len(thread) == SIZE and not unread_link(thread)
    assert steps[-1].status == ""


def test_the_comments_do_not_wait_for_the_page(play: Play) -> None:
    play.faults["/linked/article"] = ("held", 9)
    seen: list[LoadStep] = []
    for step in load_with_beside(context(play), f"{play.base}/hn/item?id=2900", Event()):
        seen.append(step)
        if isinstance(step.content, Thread) and len(step.content) == SIZE and not play.released.is_set():
            assert step.content.article.linked is None
            play.faults.clear()
            play.released.set()
    assert play.released.is_set()
    linked = last(seen).article.linked
    assert linked is not None and linked.title
    assert any("reading 127.0.0.1" in step.status and "comments" in step.status for step in seen)


PROBLEMS = {
    2901: "is a PDF, which is not shown here. Open it in a browser.",
    2902: "is a video, which is not shown here. Open it in a browser.",
    2903: "is behind a log-in, which is not shown here. Open it in a browser.",
    2904: "has no such page (HTTP 404). Check the address.",
    2905: "has no text that could be read as an article. Look at it in a browser.",
    2907: "redirects in circles",
    2908: "is a PDF file.",
    2909: "has an internal error (HTTP 500). Try again later.",
    2910: "asks to wait 60 min (HTTP 429). Try again then.",
    2911: "sent an answer that cannot be decompressed.",
}


@pytest.mark.parametrize("number", PROBLEMS)
def test_what_is_no_article_is_told_in_one_sentence(play: Play, number: int) -> None:
    steps = opened(context(play), f"{play.base}/hn/item?id={number}")
    thread = last(steps)
    linked = thread.article.linked
    assert linked is not None and PROBLEMS[number] in linked.problem, linked
    assert linked.problem.count("\n") == 0 and len(thread) == SIZE and not thread.article.pieces
    assert steps[-1].status == ""


@pytest.mark.parametrize("number", [2906, 2912, 2913])
def test_private_addresses_are_not_asked(play: Play, number: int) -> None:
    linked = last(opened(context(play), f"{play.base}/hn/item?id={number}")).article.linked
    assert linked is not None and "is an address of this machine or of a private network" in linked.problem


def test_a_page_that_is_cut_off_is_shown_as_far_as_it_came(play: Play) -> None:
    steps = opened(context(play), f"{play.base}/hn/item?id=2914")
    thread = last(steps)
    assert thread.article.linked is not None and not thread.article.linked.problem
    assert QUOTED in words_of(thread) and len(thread) == SIZE
    assert steps[-1].status == "127.0.0.1 broke off in the middle. Try again later. What came of it (1 kB) is shown."


def test_a_saved_thread_gets_its_page_when_asked(play: Play) -> None:
    known = context(play)
    saved = last(list(load_address(known, f"{play.base}/hn/item?id=2900", Event())))
    assert saved.article.linked is None and unread_link(saved) == f"{play.base}/linked/article"
    thread = last(list(load_beside(known, saved, Event())))
    assert thread.article.linked is not None and list(thread.ids) == list(saved.ids)
    with pytest.raises(SourceError, match="links to no page"):
        load_beside(known, thread, Event())


def test_a_page_that_could_not_be_had_is_asked_for_again(play: Play) -> None:
    known = context(play)
    play.faults["/linked/article"] = ("500", 1)
    thread = last(opened(known, f"{play.base}/hn/item?id=2900"))
    assert thread.article.linked is not None and "HTTP 500" in thread.article.linked.problem
    again = last(list(load_beside(known, thread, Event())))
    assert again.article.linked is not None and not again.article.linked.problem
    assert QUOTED in words_of(again)


def test_a_list_has_nothing_beside(play: Play) -> None:
    page = read_source(b"Just a text.\n\nOf two paragraphs.", Hint("text"))
    assert isinstance(page, Thread)
    with pytest.raises(SourceError, match="links to no page"):
        load_beside(context(play), page, Event())


def test_offline_the_page_comes_from_the_cache(play: Play, tmp_path: Path) -> None:
    known = context(play, cache=tmp_path)
    address = f"{play.base}/hn/item?id=2900"
    online = last(opened(known, address))
    play.shutdown()
    play.server_close()
    steps = opened(context(play, cache=tmp_path), address)
    offline = last(steps)
    assert offline.article == online.article and list(offline.bodies) == list(online.bodies)
    assert steps[-1].status.startswith("Offline: a copy of just now.")


def test_stopping_ends_all_strands(play: Play) -> None:
    play.faults["/linked/article"] = ("held", 9)
    stop = Event()
    steps = load_with_beside(context(play), f"{play.base}/hn/item?id=2900", stop)
    for step in steps:
        if isinstance(step.content, Thread) and len(step.content) == SIZE:
            stop.set()
    assert stop.is_set()


def test_the_failure_of_the_discussion_is_the_failure(play: Play) -> None:
    with pytest.raises(SourceError, match="HTTP 404"):
        opened(context(play), f"{play.base}/missing")


def test_a_page_of_which_there_is_only_a_copy_says_so(play: Play, tmp_path: Path) -> None:
    with playing() as other:
        target = f"{other.base}/linked/article"
        known = context(play, cache=tmp_path)
        known.access = replace(known.access, typed=known.access.typed | {("127.0.0.1", other.server_port)})
        saved = replace(post(), article=Article("A post", link=target))
        online = last(list(load_beside(known, saved, Event())))
    steps = list(load_beside(known, saved, Event()))
    assert last(steps).article == online.article
    assert steps[-1].status == "The linked page is a copy of just now."


def post() -> Thread:
    return ThreadBuilder(Article("A post")).build("plain")
