"""Lists of threads: every platform's front pages, over real sockets, with their pages and the faults of a server."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rumor_tui.model import Entry, Listing, SourceError, Thread
from rumor_tui.readers import as_thread
from rumor_tui.sources import Access, LoadContext, Sites, make_services
from rumor_tui.sources.addresses import platform_name
from rumor_tui.sources.messages import FetchError
from rumor_tui.sources.plan_context import ListingDocument
from rumor_tui.sources.platforms import PLATFORMS
from tests.sources import play_lists, server
from tests.sources.conftest import QUICK, context, opened
from tests.sources.play_lists import COUNTS, LISTS, UNSEARCHED
from tests.sources.server import Play
from tests.sources.threads import START

KEYS = {
    "Hacker News": "hn",
    "Lobsters": "lobsters",
    "Reddit": "reddit",
    "Lemmy": "lemmy",
    "Discourse": "discourse",
    "Mastodon": "mastodon",
    "Bluesky": "bluesky",
    "Stack Exchange": "se",
    "GitHub": "github",
}
"""By the name of a platform, the key of the number of its threads."""

PAGES = {
    "Hacker News": "/hn-api/topstories.json",
    "Lobsters": "/lobsters/page/2.json",
    "Reddit": "/reddit/r/cars/hot.json",
    "Lemmy": "/api/v3/post/list",
    "Discourse": "/latest.json",
    "Mastodon": "/api/v1/timelines/tag/cars",
    "Bluesky": "/bluesky-search-api/app.bsky.feed.searchPosts",
    "Stack Exchange": "/se-api/questions",
    "GitHub": "/github-api/repos/o/r/issues",
}
"""By the name of a platform, the path of its interface that is asked for the second page."""


def fetched(play: Play, path: str) -> Listing:
    """The list at a path, or at an address, in the end."""
    address = path if path.startswith("http") else play.base + path
    found = opened(context(play), address)[-1].content
    assert isinstance(found, Listing)
    return found


def pages(play: Play, path: str) -> list[Listing]:
    """All pages of a list, each by the address that the one before names."""
    found = [fetched(play, path)]
    while found[-1].further:
        found.append(fetched(play, found[-1].further))
    return found


def entries(play: Play, path: str) -> list[Entry]:
    return [entry for page in pages(play, path) for entry in page.entries]


def numbers(found: list[Entry]) -> list[int]:
    """The numbers of threads, which are in their titles."""
    return [int(entry.title.split()[1]) for entry in found]


def test_every_platform_with_lists_is_played() -> None:
    assert set(LISTS) == {platform.name for platform in PLATFORMS if platform.lists} == set(KEYS) == set(PAGES)


@pytest.mark.parametrize("name", LISTS)
def test_all_pages_give_all_threads_in_order(play: Play, name: str) -> None:
    assert platform_name(play.base + LISTS[name], Sites(play.base)) == name
    found = pages(play, LISTS[name])
    assert len(found) > 1
    every = range(1, COUNTS[KEYS[name]] + 1)
    wanted = [n for n in every if n % 4] if name == "GitHub" else list(every)
    assert numbers([entry for page in found for entry in page.entries]) == wanted
    assert len({page.title for page in found}) == 1


@pytest.mark.parametrize("name", LISTS)
def test_an_entry_tells_what_the_platform_tells(play: Play, name: str) -> None:
    listing = fetched(play, LISTS[name])
    about, own = listing.entries[1], listing.entries[2]
    assert (about.comments, about.score, about.published) == (2, 6, START - 2 * 3600)
    assert about.byline == ("cleo.example" if name == "Bluesky" else "cleo")
    if name in ("Stack Exchange", "GitHub"):
        assert (about.link, about.site, own.summary) == ("", "", "Text 3.")
        return
    assert (about.link, about.site) == ("https://www.example.com/page/2", "example.com")
    assert (own.link, own.site) == ("", "r/cars" if name == "Reddit" else "")
    if name not in ("Mastodon", "Bluesky"):  # whose posts have no title, so that their text is it
        assert own.summary.startswith("Text 3")


@pytest.mark.parametrize("name", LISTS)
def test_the_address_of_an_entry_is_that_of_its_discussion(play: Play, name: str) -> None:
    listing = fetched(play, LISTS[name])
    assert listing.elsewhere
    assert all(platform_name(entry.address, Sites(play.base)) == name for entry in listing.entries)
    if name not in ("Mastodon", "Bluesky"):
        thread = opened(context(play), listing.entries[0].address)[-1].content
        assert isinstance(thread, Thread)
        assert len(thread) > 10


@pytest.mark.parametrize(
    ("path", "title", "asked"),
    [
        ("/hn/newest", "Hacker News: new", "/hn-api/newstories.json"),
        ("/hn/best", "Hacker News: best", "/hn-api/beststories.json"),
        ("/hn/ask", "Hacker News: ask", "/hn-api/askstories.json"),
        ("/hn/show", "Hacker News: show", "/hn-api/showstories.json"),
        ("/lobsters/newest", "Lobsters: newest", "/lobsters/newest.json"),
        ("/lobsters/t/python", "Lobsters: python", "/lobsters/t/python.json"),
        ("/reddit/r/cars/top?t=week", "r/cars: top", "/reddit/r/cars/top.json?limit=50&raw_json=1&t=week"),
        (
            "/c/cars?sort=New",
            "cars · {site}",
            "/api/v3/post/list?community_name=cars&type_=All&limit=50&sort=New&page=1",
        ),
        ("/top?period=weekly", "{site}/top", "/top.json?period=weekly"),
        ("/c/support/6", "{site}/c/support/6", "/c/support/6.json"),
        ("/tags/cars", "#cars · {site}", "/api/v1/timelines/tag/cars?limit=40"),
        (
            "/bluesky/hashtag/cars",
            "Bluesky: #cars",
            "/bluesky-search-api/app.bsky.feed.searchPosts?q=%23cars&sort=latest&limit=50",
        ),
        (
            "/se/questions/tagged/c%2b%2b+list?tab=Votes",
            "{site}/se: c++, list",
            "/se-api/questions?site={quoted}%2Fse&tagged=c%2B%2B%3Blist&order=desc&sort=votes&filter=withbody"
            "&pagesize=50&page=1",
        ),
        ("/github/o/r/pulls", "o/r: pull requests", "/github-api/repos/o/r/issues?state=open&per_page=100&page=1"),
    ],
)  # fmt: skip
def test_what_is_asked_for_a_list(play: Play, path: str, title: str, asked: str) -> None:
    site = play.base.removeprefix("http://")
    assert fetched(play, path).title == title.format(site=site)
    assert play.seen[0] == asked.format(quoted=site.replace(":", "%3A"))


@pytest.mark.parametrize("path", ["/hn/newest", "/reddit/r/cars/top?t=week", "/c/cars?sort=New", "/top?period=weekly"])
def test_the_next_page_is_one_of_the_same_list(play: Play, path: str) -> None:
    found = pages(play, path)
    assert {page.title for page in found} == {found[0].title}
    assert sum(len(page.entries) for page in found) == len({e.address for page in found for e in page.entries}) > 50


def test_the_pages_of_an_older_lemmy_are_counted(play: Play) -> None:
    assert numbers(entries(play, "/c/old")) == list(range(1, COUNTS["lemmy"] + 1))
    assert [path.rpartition("page=")[2] for path in play.seen] == ["1", "2", "3"]


def test_the_newest_stories_begin_where_the_address_says(play: Play) -> None:
    assert numbers(list(fetched(play, "/hn/newest?next=9030&n=31").entries))[0] == 31


def test_a_page_of_hacker_news_takes_few_requests(play: Play) -> None:
    """One for the order, one for all of the stories, and one for each that the search does not know."""
    assert len(fetched(play, "/hn/").entries) == 30
    assert len(play.seen) == 2 + len(UNSEARCHED)
    assert fetched(play, "/hn/").entries[3].title == "Thread 4 > says 28"


def test_without_the_search_the_stories_are_fetched_one_by_one(play: Play) -> None:
    play.faults["/hn-search-api/search"] = ("500", 9)
    play.faults["/hn-api/item/9041.json"] = ("500", 9)
    steps = opened(context(play), f"{play.base}/hn/?p=2")
    assert isinstance(steps[-1].content, Listing)
    assert numbers(list(steps[-1].content.entries)) == [n for n in range(31, 61) if n != 41]
    assert steps[-1].status.startswith("1 request was not answered, so a part is missing.")


def test_answers_of_wrong_types_lose_only_themselves(play: Play) -> None:
    found = fetched(play, "/lobsters/t/hostile").entries
    assert [entry.title[:9] for entry in found] == ["a␛]0;owne", "Inside", "xxxxxxxxx"]
    assert [entry.link for entry in found] == ["", "http://127.0.0.1:9/secret", "http://example.com/"]
    assert [entry.byline for entry in found] == [None, None, "ann"]
    assert found[0].address == f"{play.base}/lobsters/s/..%2F..%2F..%2Fetc"
    assert all(entry.published is None and entry.comments is None for entry in found)
    assert max(len(entry.title) for entry in found) <= 400


def test_an_entry_that_points_to_this_machine_is_not_asked(play: Play) -> None:
    """Neither its link, nor an address that a list gives it: only the host that was typed may be private."""
    link = fetched(play, "/lobsters/t/hostile").entries[1].link
    with pytest.raises(SourceError, match="an address of this machine or of a private network"):
        opened(context(play), link)
    access = Access(limits=QUICK, typed=frozenset(), proxies={})
    with pytest.raises(SourceError, match="an address of this machine or of a private network"):
        opened(LoadContext(access, Sites(play.base)), f"{play.base}/hn/")


# Faults.

FAULTS = {
    "cut": "broke off in the middle. Try again later.",
    "429-long": "asks to wait 60 min (HTTP 429). Try again then.",
    "500": "has an internal error (HTTP 500). Try again later.",
    "html": "gave an answer of an unknown kind. Look at the page in a browser.",
    "loop": "redirects in circles: 10 redirects led to no page. Look at the address in a browser.",
    "to-private": "is an address of this machine or of a private network",
    "empty": "answered with nothing to read. Look at the address in a browser.",
    "no-http": "gave an answer that is not valid HTTP. Look at the address in a browser.",
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_cannot_be_had_is_one_sentence(play: Play, name: str, fault: str) -> None:
    """Also where the page itself fails in the same way, which is what is asked next."""
    first = fetched(play, LISTS[name])
    play.faults[PAGES[name]] = (fault, 99)
    page = first.further.removeprefix(play.base).partition("?")[0]
    play.faults[page] = ("500" if fault in ("cut", "html") else fault, 99)
    with pytest.raises(SourceError) as raised:
        opened(context(play), first.further)
    said = str(raised.value)
    assert FAULTS["500" if fault in ("cut", "html") else fault] in said
    assert said.count("\n") == 0


def test_where_the_interface_fails_the_page_is_read(play: Play) -> None:
    play.faults["/latest.json"] = ("500", 9)
    found = opened(context(play), f"{play.base}/latest")[-1].content
    assert isinstance(found, Thread)
    assert found.article.title == "Six hundred cars"


def test_a_host_that_is_no_lemmy_gives_its_page(play: Play) -> None:
    found = opened(context(play), f"{play.base}/c/none")[-1].content
    assert isinstance(found, Thread)
    assert play.seen[-1] == "/c/none"


def test_a_drip_ends(play: Play) -> None:
    play.faults["/lobsters/hottest.json"] = play.faults["/lobsters/"] = ("silent", 9)
    with pytest.raises(SourceError, match="had not sent all of its answer after 1 s"):
        opened(context(play, replace(QUICK, answer=1.0)), f"{play.base}/lobsters/")


@pytest.mark.parametrize("path", ["/tags/members", "/bluesky/hashtag/members"])
def test_a_list_for_members_is_told_to_be_one(play: Play, path: str) -> None:
    """The page of such a list is built by a script, so that it is not read instead."""
    with pytest.raises(FetchError, match="only after a login, and rumor-tui never logs in") as raised:
        opened(context(play), play.base + path)
    assert raised.value.final
    assert len(play.seen) == 1


def test_a_host_that_refuses_connections() -> None:
    access = Access(limits=QUICK, typed=frozenset({("127.0.0.1", 9)}), proxies={})
    with pytest.raises(SourceError, match=r"127\.0\.0\.1 refuses connections"):
        opened(LoadContext(access, Sites("http://127.0.0.1:9")), "http://127.0.0.1:9/hn/")


# What becomes of a list.


def test_a_list_opens_its_entries_through_the_services(play: Play) -> None:
    from threading import Event

    from rumor_tui.ui.screens.listing import opening_of

    listing = fetched(play, "/lobsters/")
    services = make_services(context(play))
    found = [step.content for step in opening_of(listing, 0, services)(Event()) if step.content is not None][-1]
    assert isinstance(found, Thread)
    assert len(found) == server.SIZES["lobsters"]


def test_a_list_as_text_holds_all_that_is_known(play: Play) -> None:
    thread = as_thread(fetched(play, "/reddit/r/cars/"))
    about, own = thread.comment(1), thread.comment(2)
    assert about.body.split("\n") == [
        "Thread 2 says 14 · 2 comments · example.com",
        "",
        "https://www.example.com/page/2",
        f"{play.base}/reddit/r/cars/comments/p2/six/",
    ]
    assert (about.author, about.score, about.url) == ("cleo", 6, f"{play.base}/reddit/r/cars/comments/p2/six/")
    assert own.body.startswith("Thread 3 says 21 · 3 comments · r/cars\n\nText 3.\n\n")


def test_the_progress_of_a_list_counts_threads(play: Play) -> None:
    steps = opened(context(play), f"{play.base}/lobsters/")
    assert steps[0].status in ("25 threads", "")
    assert ListingDocument("x", "A list").total() is None


def test_a_feed_leads_to_the_discussions_that_it_names(play: Play) -> None:
    listing = fetched(play, "/feed.xml")
    assert (listing.title, listing.elsewhere, len(listing.entries)) == ("The feed", True, COUNTS["feed"])
    entry = listing.entries[1]
    assert (entry.title, entry.comments, entry.link) == ("Thread 2 says 14", 2, "https://www.example.com/page/2")
    assert entry.address == f"{play.base}/hn/item?id=1"
    assert play_lists.title(2) == entry.title
