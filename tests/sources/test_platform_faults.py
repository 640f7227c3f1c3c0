"""The faults of a server, amid the threads of every platform, and hosts that refuse connections on every way."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from threading import Event
from typing import NamedTuple
from urllib.parse import quote

import pytest

from rumor_tui.loading import LoadJob
from rumor_tui.model import Article, Entry, Listing, SourceError, Stub, Thread, ThreadBuilder
from rumor_tui.sources import LoadContext, make_services
from tests.sources import play_linked, play_own_comments, play_widgets, server, threads
from tests.sources.conftest import QUICK, context, last, opened
from tests.sources.play_discussions import ANNOTATIONS, SEARCHES
from tests.sources.play_lists import LISTS
from tests.sources.replies import Reply
from tests.sources.server import ADDRESSES, FAULTS, SIZES, Handler, Play, head
from tests.sources.test_faults import AMID
from tests.sources.test_lists import PAGES as LIST_INTERFACES

HN_SIZE = 60
"""Comments of a story of Hacker News here: each is a request."""


class Case(NamedTuple):
    """The paths of a platform's first answer about a thread and of one that holds more of it, and how much there is.

    Where both are one path, the second answer is meant.
    """

    first: str
    further: str
    size: int


CASES = {
    "Hacker News": Case("/hn-api/item/1.json", "/hn-api/item/3.json", HN_SIZE),
    "Reddit": Case("/reddit/comments/abc.json", "/reddit/api/morechildren.json", SIZES["reddit"]),
    "Discourse": Case("/t/1.json", "/t/1/posts.json", SIZES["discourse"]),
    "WordPress": Case("/wp/wp-json/wp/v2/comments", "/wp/wp-json/wp/v2/comments", SIZES["wordpress"]),
    "Mastodon": Case("/api/v1/statuses/109000000000000001", "", SIZES["mastodon"]),
    "Lemmy": Case("/api/v3/post", "/api/v3/comment/list", SIZES["lemmy"]),
    "Bluesky": Case("/bluesky-api/app.bsky.feed.getPostThread", "", SIZES["bluesky"]),
    "Lobsters": Case("/lobsters/s/abc123.json", "", SIZES["lobsters"]),
    "Stack Exchange": Case("/se-api/questions/3", "/se-api/questions/3/answers", 360 + 3),
    "GitHub": Case("/github-api/repos/o/r/issues/9", "/github-api/repos/o/r/issues/9/comments", SIZES["github"]),
    "a forum": Case("", "/viewtopic.php", 19),
}
PAGED = [name for name, case in CASES.items() if case.further]
WITH_INTERFACE = [name for name, case in CASES.items() if case.first]
FAULTY = ("drip", "cut", "429-long", "500", "html", "loop")
SENTENCES = {**AMID, "drip": "had not sent all of its answer"}
IMPATIENT = replace(QUICK, answer=1.5)


def content_of(job: LoadJob) -> Thread | Listing:
    """What came in the end."""
    return next(step.content for step in reversed(list(job(Event()))) if step.content is not None)


@pytest.fixture(autouse=True)
def _few_comments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SIZES, "hn", HN_SIZE)
    items = threads.hn_items(HN_SIZE)
    monkeypatch.setattr(play_linked, "_items", lambda: items)


def known(play: Play, fault: str) -> LoadContext:
    return context(play, IMPATIENT if fault == "drip" else QUICK)


def after_one(strike: Callable[[Handler], None]) -> Callable[[Handler], None]:
    """A good answer, and then the fault."""
    count = itertools.count()

    def send(handler: Handler) -> None:
        if next(count) == 0:
            handler.send(server.answer(handler.path, handler.server.base, None, handler.question))
        else:
            strike(handler)

    return send


def test_every_platform_is_tested() -> None:
    assert set(CASES) == set(ADDRESSES) - {"a page"}


@pytest.mark.parametrize("fault", FAULTY)
@pytest.mark.parametrize("name", WITH_INTERFACE)
def test_the_page_stands_in_for_its_interface(play: Play, name: str, fault: str) -> None:
    play.faults[CASES[name].first] = (fault, 10_000)
    thread = last(opened(known(play, fault), play.base + ADDRESSES[name]))
    assert (thread.article.title, list(thread.authors)) == ("Six hundred cars", ["ann", "ben", None])


@pytest.mark.parametrize("fault", FAULTY)
def test_a_post_whose_replies_do_not_come_stays(play: Play, fault: str) -> None:
    play.faults[f"{CASES['Mastodon'].first}/context"] = (fault, 10_000)
    steps = opened(known(play, fault), play.base + ADDRESSES["Mastodon"])
    assert (last(steps).article.byline, last(steps).article.pieces) == ("bob", ["<p>How many cars?</p>"])
    assert SENTENCES[fault] in steps[-1].status and "missing" in steps[-1].status


@pytest.mark.parametrize("fault", ["429-long", "500", "loop"])
@pytest.mark.parametrize("name", WITH_INTERFACE)
def test_neither_the_interface_nor_the_page_can_be_had(play: Play, name: str, fault: str) -> None:
    play.faults[CASES[name].first] = (fault, 10_000)
    play.faults[ADDRESSES[name].partition("?")[0]] = (fault, 10_000)
    with pytest.raises(SourceError) as raised:
        opened(context(play), play.base + ADDRESSES[name])
    assert SENTENCES[fault] in str(raised.value)
    assert str(raised.value).endswith(".") and "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("name", "fault"), [case for case in itertools.product(PAGED, FAULTY) if case != ("a forum", "html")]
)
def test_what_came_of_a_thread_stays(play: Play, monkeypatch: pytest.MonkeyPatch, name: str, fault: str) -> None:
    case = CASES[name]
    monkeypatch.setitem(FAULTS, "after one", after_one(FAULTS[fault]))
    play.faults[case.further] = (fault if name in ("Hacker News", "Reddit", "Discourse") else "after one", 10_000)
    steps = opened(known(play, fault), play.base + ADDRESSES[name])
    assert 0 < len(last(steps)) < case.size
    assert SENTENCES[fault] in steps[-1].status
    assert "missing" in steps[-1].status


@pytest.mark.parametrize("fault", FAULTY)
def test_what_came_of_annotations_stays(play: Play, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    monkeypatch.setitem(FAULTS, "after one", after_one(FAULTS[fault]))
    play.faults["/hypothesis-api/search"] = ("after one", 10_000)
    address = f"{play.base}/hypothesis/search?q=url:{quote(f'{play.base}/article', safe='')}"
    steps = opened(known(play, fault), address)
    assert 0 < len(last(steps)) < ANNOTATIONS
    assert SENTENCES[fault] in steps[-1].status and "missing" in steps[-1].status


# Lists, and searches for discussions.


@pytest.mark.parametrize("fault", ["drip", "cut"])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_whose_next_page_is_cut_or_drips(play: Play, name: str, fault: str) -> None:
    """The faults that are not among those of `test_lists`."""
    first = content_of(make_services(context(play)).open(play.base + LISTS[name]))
    assert isinstance(first, Listing)
    play.faults[LIST_INTERFACES[name]] = (fault, 99)
    play.faults[first.further.removeprefix(play.base).partition("?")[0]] = ("silent" if fault == "drip" else "500", 99)
    with pytest.raises(SourceError) as raised:
        opened(known(play, fault), first.further)
    assert ("had not sent all of its answer" if fault == "drip" else "(HTTP 500)") in str(raised.value)


@pytest.mark.parametrize("fault", FAULTY)
@pytest.mark.parametrize("name", SEARCHES)
def test_a_search_that_fails_costs_the_others_nothing(play: Play, name: str, fault: str) -> None:
    job = make_services(known(play, fault)).discussions([f"{play.base}/article"])
    whole = content_of(job)
    play.faults[SEARCHES[name]] = (fault, 10_000)
    steps = list(job(Event()))
    assert isinstance(whole, Listing) and isinstance(steps[-1].content, Listing)
    others = {entry for entry in whole.entries if not entry.site.startswith((name, "Stack Overflow"))}
    assert others <= set(steps[-1].content.entries)
    assert steps[-1].status.startswith(f"No full answer from {name} (")
    assert SENTENCES[fault] in steps[-1].status and ";" not in steps[-1].status


# What is linked.


@pytest.mark.parametrize("fault", ["429-long", "500", "html", "loop", "empty", "no-http"])
def test_a_linked_page_that_fails_says_why_in_its_place(play: Play, fault: str) -> None:
    play.faults["/linked/article"] = (fault, 10_000)
    thread = content_of(make_services(known(play, fault)).open(f"{play.base}/hn/item?id=2900"))
    assert isinstance(thread, Thread) and len(thread) == HN_SIZE and thread.article.linked is not None
    sentence = "has no text that could be read as an article" if fault == "html" else SENTENCES[fault]
    assert sentence in thread.article.linked.problem


def test_a_linked_page_that_drips_is_shown_as_far_as_it_came(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    def drip(handler: Handler) -> None:
        handler.raw(head("200 OK", Content_Type="text/html") + play_linked.ARTICLE.encode()[:-400])
        handler.server.released.wait(60)

    monkeypatch.setitem(FAULTS, "drip of an article", drip)
    play.faults["/linked/article"] = ("drip of an article", 9)
    steps = list(make_services(context(play, IMPATIENT)).open(f"{play.base}/hn/item?id=2900")(Event()))
    thread = last(steps)
    assert len(thread) == HN_SIZE and play_linked.QUOTED in "".join(thread.article.pieces)
    assert (
        steps[-1].status
        == "127.0.0.1 had not sent all of its answer after 1.5 s. Try again later. What came of it (1 kB) is shown."
    )


# Hosts that refuse connections: at once, and after a first answer.

EMPTY = ThreadBuilder(Article("Six")).build("html", source="six.html")
EMBEDS = {**play_widgets.ADDRESSES, **play_own_comments.ADDRESSES}
del EMBEDS["WordPress with pages of comments"]  # its comments come with the page, as those of any WordPress


def entry(play: Play, name: str) -> Entry:
    return Entry("Six", address=play.base + ADDRESSES[name], site=name)


def jobs(play: Play) -> dict[str, LoadJob]:
    """All ways to ask a host."""
    run = make_services(context(play))
    paths = {**ADDRESSES, **{f"the list of {name}": path for name, path in LISTS.items()}}
    return {
        **{name: run.open(play.base + path) for name, path in paths.items()},
        "the discussions of a page": run.discussions([f"{play.base}/article"]),
        "a discussion": run.joined(EMPTY, [entry(play, "Lemmy")]),
        "two discussions": run.joined(EMPTY, [entry(play, "Lemmy"), entry(play, "Reddit")]),
        "the next page of a topic": run.more(EMPTY, Stub(-1, 0, "page", (f"{play.base}/viewtopic.php",))),
    }


def close(play: Play) -> None:
    """Refuse connections from now on."""
    play.shutdown()
    play.server_close()


def test_all_ways_to_a_host_that_refuses_connections(play: Play) -> None:
    close(play)
    for name, job in jobs(play).items():
        with pytest.raises(SourceError, match=r"127\.0\.0\.1 refuses connections\. Check the address") as raised:
            list(job(Event()))
        assert "\n" not in str(raised.value), name


@pytest.mark.parametrize("name", EMBEDS)
def test_the_server_of_a_pages_comments_refuses_connections(play: Play, name: str) -> None:
    """The page is there, and then the host of the comments is not."""
    known = context(play)
    page = last(opened(known, play.base + EMBEDS[name]))
    assert page.stubs, name
    close(play)
    with pytest.raises(SourceError, match=r"127\.0\.0\.1 refuses connections\. Check the address"):
        list(make_services(known).more(page, page.stubs[0])(Event()))


def test_the_host_of_a_linked_page_refuses_connections(play: Play) -> None:
    known = context(play)
    saved = last(opened(known, f"{play.base}/hn/item?id=2900"))
    close(play)
    thread = content_of(make_services(known).beside(saved))
    assert isinstance(thread, Thread) and thread.article.linked is not None
    assert "127.0.0.1 refuses connections." in thread.article.linked.problem
    assert len(thread) == HN_SIZE


IN_TURN = [name for name in PAGED if name != "Hacker News"]
"""Platforms whose requests follow each other; those of Hacker News overtake each other."""


@pytest.mark.parametrize("name", IN_TURN)
def test_a_host_that_goes_away_amid_a_thread(play: Play, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def gone(*_: object) -> Reply:
        raise RuntimeError("connections that are still open break off")

    def last_answer(handler: Handler) -> None:
        reply = server.answer(handler.path, handler.server.base, None, handler.question)
        monkeypatch.setattr(server, "answer", gone)
        handler.close_connection = True
        close(handler.server)
        handler.send(reply)

    monkeypatch.setitem(FAULTS, "last answer", last_answer)
    before = "/wp/wp-json/wp/v2/posts/5" if name == "WordPress" else CASES[name].further  # asked after the first page
    play.faults[before] = ("last answer", 1)
    steps = opened(context(play), play.base + ADDRESSES[name])
    assert 0 < len(last(steps)) < CASES[name].size
    assert "127.0.0.1 refuses connections." in steps[-1].status and "missing" in steps[-1].status
