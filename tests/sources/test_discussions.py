"""Where a page is discussed: who is asked, what is found, and what is said of those who do not answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from threading import Event
from urllib.parse import quote

import pytest

from rumor_tui.blocks import parse_body
from rumor_tui.canonical import addresses_of
from rumor_tui.loading import LoadStep
from rumor_tui.model import Entry, Listing, SourceError, Thread
from rumor_tui.sources import Access, LoadContext, Sites, discussions, make_services
from rumor_tui.sources.addresses import platform_name
from rumor_tui.sources.discussions import FindResult, Search, find_discussions
from rumor_tui.sources.loader import load_address
from rumor_tui.sources.platforms import PLATFORMS
from tests.sources import server
from tests.sources.conftest import QUICK, context
from tests.sources.play_discussions import ANNOTATIONS, QUOTED, SEARCHES
from tests.sources.replies import Reply
from tests.sources.server import Play, playing

FOUND = {
    "Hacker News": ["/hn/item?id=2900", "/hn/item?id=1"],
    "Reddit": ["/reddit/r/cars/comments/abc/six/", "/reddit/r/bmw/comments/abd/six/"],
    "Lobsters": ["/lobsters/s/abc123"],
    "Bluesky": ["/bluesky/profile/bob.example/post/p0", "/bluesky/profile/bob.example/post/p3"],
    "Stack Exchange": ["/se/questions/3/six"],
    "GitHub": ["/github/o/r/issues/9"],
    "Wikipedia": ["/wikipedia/wiki/Talk:BMW_1M"],
    "Hypothesis": ["/hypothesis/search?q=url:{}"],
    "Mastodon": ["/@bob/109000000000000001"],
    "Lemmy": ["/post/7", "http://192.168.0.1/post/8"],
}
"""What each platform has of the page, those with most comments first."""


def steps_of(known: LoadContext, *addresses: str) -> list[LoadStep]:
    return list(find_discussions(known, addresses, Event()))


def listing_of(steps: Sequence[LoadStep]) -> Listing:
    content = steps[-1].content
    assert isinstance(content, Listing)
    return content


def places(play: Play, entries: Sequence[Entry]) -> list[str]:
    return [place_of(play, entry) for entry in entries]


def place_of(play: Play, entry: Entry) -> str:
    """Where a discussion is on the played server; the address of the page inside its own is left out."""
    return entry.address.removeprefix(play.base).replace(quote(f"{play.base}/article", safe=""), "{}")


def test_every_platform_that_finds_is_played() -> None:
    assert [platform.name for platform in PLATFORMS if platform.find] == list(SEARCHES) == list(FOUND)


def test_all_platforms_are_asked_and_each_discussion_is_listed_once(play: Play) -> None:
    steps = steps_of(context(play), f"{play.base}/article")
    listing = listing_of(steps)
    found = places(play, listing.entries)
    assert sorted(found) == sorted(place for of_platform in FOUND.values() for place in of_platform)
    for of_platform in FOUND.values():
        assert [place for place in found if place in of_platform] == of_platform
    assert (listing.title, listing.noun, listing.elsewhere) == (
        f"Discussions of 127.0.0.1:{play.server_port}/article", "discussion", True,
    )  # fmt: skip
    assert steps[-1].status == ""


@pytest.mark.parametrize("platform", [name for name in FOUND if name != "Wikipedia"])
def test_what_is_found_is_read_by_its_platform(play: Play, platform: str) -> None:
    known = context(play)
    address = play.base + FOUND[platform][0].format(quote(f"{play.base}/article", safe=""))
    assert platform_name(address, known.sites) == platform
    *_, last = load_address(known, address, Event())
    assert isinstance(last.content, Thread) and len(last.content) > 20


def test_what_is_told_of_a_discussion(play: Play) -> None:
    entries = {place_of(play, entry): entry for entry in listing_of(
        steps_of(context(play), f"{play.base}/article")
    ).entries}  # fmt: skip
    start = 1_299_585_600.0
    base, page = play.base, f"{play.base}/article"
    told = {place: (entry.site, entry.title, entry.byline, entry.published, entry.comments, entry.score, entry.link)
            for place, entry in entries.items()}  # fmt: skip
    title = "Six hundred cars"
    assert told["/hn/item?id=2900"] == ("Hacker News", title, "bob", start, 1000, 99, page)
    assert told["/reddit/r/cars/comments/abc/six/"] == ("Reddit r/cars", title, "bob", start, 300, 12, page)
    assert told["/lobsters/s/abc123"] == ("Lobsters", title, "bob", start, 60, 5, page)
    assert told["/bluesky/profile/bob.example/post/p0"] == (
        "Bluesky", "Six hundred cars?", "bob.example", start, 40, 4, f"{page}#top",
    )  # fmt: skip
    assert told["/bluesky/profile/bob.example/post/p3"][-1] == page
    assert told["/se/questions/3/six"] == ("Stack Overflow", 'Six hundred "cars"?', "bob", start, 120, 4, "")
    assert told["/github/o/r/issues/9"] == ("GitHub o/r", title, "bob", start, 250, 6, "")
    assert told["/wikipedia/wiki/Talk:BMW_1M"] == ("Wikipedia", "Talk:BMW 1M", None, None, None, None, page)
    assert told["/@bob/109000000000000001"] == ("Mastodon", "How many cars?", "bob", start, 30, 0, page)
    assert told["/post/7"] == ("Lemmy lemmy.example", title, "bob", start, 120, 3, page)
    assert told["/hypothesis/search?q=url:{}"] == ("Hypothesis", title, None, start + 60, 250, None, page)
    assert base not in "".join(entry.site for entry in entries.values())


def test_annotations_are_read_with_what_they_are_about(play: Play) -> None:
    address = f"{play.base}/hypothesis/search?q=url:{quote(f'{play.base}/article', safe='')}"
    *_, last = load_address(context(play), address, Event())
    thread = last.content
    assert isinstance(thread, Thread) and last.status == ""
    assert (len(thread), thread.article.title) == (ANNOTATIONS, "Six hundred cars")
    assert [(block.text, block.quote) for block in parse_body(thread.bodies[0], thread.format)] == [
        (QUOTED, 1),
        ("Comment 1 says 7.", 0),
    ]
    assert (thread.bodies[1], list(thread.parent[:3])) == ("Comment 2 says 14.", [-1, 0, 1])
    assert [path.rpartition("offset=")[2].partition("&")[0] for path in play.seen] == ["0", "200"]


@pytest.mark.parametrize(
    "form", ["/article/", "/article?utm_source=x&fbclid=1", "/article#comments", "/./article/index.html"]
)
def test_other_forms_of_the_address_find_the_same(play: Play, form: str) -> None:
    found = places(play, listing_of(steps_of(context(play), play.base + form)).entries)
    assert {"/hn/item?id=2900", "/post/7", "/lobsters/s/abc123"} <= set(found)


def test_a_story_asks_for_the_page_that_it_is_about(play: Play) -> None:
    *_, last = load_address(context(play), f"{play.base}/hn/item?id=2900", Event())
    assert isinstance(last.content, Thread)
    addresses = addresses_of(last.content)
    assert addresses[0] == f"{play.base}/linked/article"
    play.seen.clear()
    found = places(play, listing_of(steps_of(context(play), *addresses)).entries)
    assert "/reddit/r/cars/comments/abc/six/" in found
    assert not any("item%3Fid" in path for path in play.seen)


def test_a_page_with_several_addresses_is_asked_for_with_all(play: Play) -> None:
    found = places(play, listing_of(steps_of(context(play), f"{play.base}/a/b", f"{play.base}/article")).entries)
    assert "/lobsters/s/abc123" in found


def test_a_page_that_nobody_discusses(play: Play) -> None:
    steps = steps_of(context(play), f"{play.base}/page")
    assert listing_of(steps).entries == ()
    assert steps[-1].status == "None of the 10 that answered knows a discussion of this page."


def test_the_list_grows_and_no_row_moves(play: Play) -> None:
    play.faults[SEARCHES["Reddit"]] = ("held", 9)
    seen: list[LoadStep] = []
    for step in find_discussions(context(play), [f"{play.base}/article"], Event()):
        seen.append(step)
        if step.status == "asked 9 of 10 · Reddit to come":
            assert isinstance(step.content, Listing) and "/lobsters/s/abc123" in places(play, step.content.entries)
            play.faults.clear()
            play.released.set()
    assert seen[0] == LoadStep(None, f"asked 0 of 10 · {', '.join(SEARCHES)} to come")
    lists = [step.content.entries for step in seen if isinstance(step.content, Listing)]
    assert len(lists) >= 2
    assert all(tuple(later)[: len(earlier)] == tuple(earlier) for earlier, later in pairwise(lists))


def test_stopping_keeps_what_was_found(play: Play) -> None:
    play.faults[SEARCHES["Reddit"]] = ("held", 9)
    stop = Event()
    steps = []
    for step in find_discussions(context(play), [f"{play.base}/article"], stop):
        steps.append(step)
        if step.status.startswith("asked 9 of 10"):
            stop.set()
    assert steps[-1].status == "Stopped: 9 of 10 had answered."
    assert "/lobsters/s/abc123" in places(play, listing_of(steps).entries)


FAULTS = {
    "drip": "127.0.0.1 had not sent all of its answer after 1 s",
    "silent": "127.0.0.1 had not sent all of its answer after 1 s",
    "cut": "127.0.0.1 broke off in the middle",
    "chunk": "127.0.0.1 broke off in the middle",
    "429": "127.0.0.1 asks to wait 1 s (HTTP 429)",
    "429-long": "127.0.0.1 asks to wait 60 min (HTTP 429)",
    "500": "127.0.0.1 has an internal error (HTTP 500)",
    "503": "127.0.0.1 has an internal error (HTTP 503)",
    "html": "gave an answer of an unknown kind",
    "loop": "127.0.0.1 redirects in circles: 10 redirects led to no page",
    "to-file": "127.0.0.1 redirects to file:///etc/passwd, which is not an http or https address",
    "to-private": "192.168.0.1 is an address of this machine or of a private network",
    "to-spelled": "2130706433 is an address of this machine or of a private network",
    "bomb": "unpacks to more than 2 MB",
    "bad-gzip": "127.0.0.1 sent an answer that cannot be decompressed",
    "controls": "127.0.0.1 does not let rumor-tui read it (HTTP 403)",
    "empty": "127.0.0.1 answered with nothing to read",
    "no-http": "127.0.0.1 gave an answer that is not valid HTTP",
}
SMALL = replace(QUICK, wire=1_000_000, decoded=2_000_000)
IMPATIENT = replace(QUICK, answer=1.0)


@pytest.mark.parametrize("name", FAULTS)
def test_one_that_fails_is_named_and_what_others_found_stays(play: Play, name: str) -> None:
    if name == "bomb":
        server.bomb()  # it takes longer to make than to send
    play.faults[SEARCHES["Lobsters"]] = (name, 10_000)
    steps = steps_of(context(play, IMPATIENT if name in ("drip", "silent") else SMALL), f"{play.base}/article")
    found = places(play, listing_of(steps).entries)
    assert sorted(found) == sorted(place for key in FOUND if key != "Lobsters" for place in FOUND[key])
    status = steps[-1].status
    assert status.startswith("No full answer from Lobsters (") and status.endswith(").")
    assert FAULTS[name] in status


@pytest.mark.parametrize("platform", SEARCHES)
@pytest.mark.parametrize(
    "body", [b"[]", b"{}", b"7", b'{"hits": {}, "posts": [7], "items": [[]], "data": {"children": 1}}']
)
def test_an_answer_in_a_wrong_form_harms_only_its_platform(play: Play, platform: str, body: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(server.FAULTS, "wrong", lambda handler: handler.send(Reply(body)))
        play.faults[SEARCHES[platform]] = ("wrong", 10_000)
        steps = steps_of(context(play), f"{play.base}/article")
    found = places(play, listing_of(steps).entries)
    assert {place for key in FOUND if key != platform for place in FOUND[key]} <= set(found)
    status = steps[-1].status
    assert status.startswith(f"No full answer from {platform} (") or (status == "" and body not in (b"{}", b"7"))
    assert ";" not in status


def test_a_platform_that_is_asked_twice_keeps_the_other_answer(play: Play) -> None:
    play.faults[SEARCHES["Reddit"]] = ("500", 10_000)
    steps = steps_of(context(play), f"{play.base}/article")
    assert "/reddit/r/cars/comments/abc/six/" in places(play, listing_of(steps).entries)
    assert steps[-1].status == "No full answer from Reddit (127.0.0.1 has an internal error (HTTP 500))."


def test_a_platform_has_a_deadline(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discussions, "DEADLINE", 4.0)  # all others must answer in this time
    play.faults[SEARCHES["Lobsters"]] = ("held", 9)
    steps = steps_of(context(play), f"{play.base}/article")
    assert steps[-1].status == "No full answer from Lobsters (Lobsters did not answer within 4 s)."
    assert "/hn/item?id=2900" in places(play, listing_of(steps).entries)


def test_an_answer_that_breaks_a_platform_is_told(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(work: object, address: str) -> list[Entry]:
        raise KeyError("x")

    rows = tuple(row._replace(find=broken) if row.name == "Lobsters" else row for row in PLATFORMS)
    monkeypatch.setattr(discussions, "PLATFORMS", rows)
    steps = steps_of(context(play), f"{play.base}/article")
    assert steps[-1].status == "No full answer from Lobsters (An answer came in a form that is not known (KeyError))."


def test_nobody_answers(tmp_path: Path) -> None:
    with playing() as play:
        known = context(play)
    with pytest.raises(SourceError) as raised:
        steps_of(known, f"{play.base}/article")
    assert str(raised.value) == (
        "None of 10 platforms could be asked. 127.0.0.1 refuses connections. Check the address, or try again later."
    )


def test_those_who_fail_are_named_in_the_order_of_the_table(play: Play) -> None:
    play.faults[SEARCHES["Lemmy"]] = ("500", 9)
    play.faults[SEARCHES["Hacker News"]] = ("429", 9)
    steps = steps_of(context(play), f"{play.base}/article")
    assert steps[-1].status == (
        "No full answer from Hacker News (127.0.0.1 asks to wait 1 s (HTTP 429)); "
        "Lemmy (127.0.0.1 has an internal error (HTTP 500))."
    )


def test_offline_the_same_list_comes_from_the_cache(tmp_path: Path) -> None:
    with playing() as play:
        known = context(play, cache=tmp_path)
        online = listing_of(steps_of(known, f"{play.base}/article"))
    steps = steps_of(known, f"{play.base}/article")
    assert set(listing_of(steps).entries) == set(online.entries)
    assert steps[-1].status == "Offline: a copy of just now."


def test_the_discussions_that_are_found_are_not_asked_themselves(play: Play) -> None:
    steps_of(context(play), f"{play.base}/article")
    assert {path.partition("?")[0] for path in play.seen} == {*SEARCHES.values(), "/reddit/api/info.json"}


@pytest.mark.parametrize(
    "address",
    [
        *("http://127.0.0.1/a", "http://localhost:8000/", "http://192.168.0.1/x", "http://10.1/", "http://[::1]/a"),
        *("http://wiki/page", "https://nas.local./x", "https://git.corp.internal/a", "http://abcdefgh.onion/"),
        *("http://nas.home/a", "http://wiki.private/a", "http://pi.localdomain/", "http://a.invalid/"),
    ],
)
def test_nobody_is_told_a_private_address(play: Play, address: str) -> None:
    known = LoadContext(Access(limits=QUICK, proxies={"all": play.base}), Sites())
    with pytest.raises(SourceError, match=r"is on this machine or in a private network"):
        steps_of(known, address)
    assert play.seen == []


def test_of_several_addresses_the_private_ones_are_kept_back() -> None:
    known = LoadContext(Access(), Sites())
    addresses = ["http://192.168.0.1/a", "https://news.ycombinator.com/item?id=1", "https://example.com/a?utm_source=x"]
    assert discussions._known_to_others(known, addresses) == ["https://example.com/a"]
    assert discussions._known_to_others(known, addresses[:2]) == ["https://news.ycombinator.com/item?id=1"]


@pytest.mark.parametrize("addresses", [[], ["notes.txt"], ["mailto:ann@example.com"]])
def test_without_an_address_there_is_nobody_to_ask(play: Play, addresses: list[str]) -> None:
    with pytest.raises(SourceError, match=r"^This has no address on the web"):
        steps_of(context(play), *addresses)


def test_the_interface_is_handed_the_search(play: Play) -> None:
    job = make_services(context(play)).discussions([f"{play.base}/article"])
    assert "/lobsters/s/abc123" in places(play, listing_of(list(job(Event()))).entries)


def test_an_entry_without_a_link_is_kept_and_the_page_itself_is_not() -> None:
    search = Search(["https://example.com/a"], ["GitHub"])
    entries = [
        Entry("the page", address="https://www.example.com/a/"),
        Entry("one", address="https://github.com/o/r/issues/1", comments=1),
        Entry("many", address="https://github.com/o/r/issues/2", comments=5),
        Entry("once more", address="https://github.com/O/R/issues/2#issuecomment-1", comments=5),
        Entry("of another page", address="https://github.com/o/r/issues/3", link="https://example.com/b"),
    ]
    search.take("GitHub", FindResult(entries, "why"))
    assert [entry.title for entry in search.entries] == ["many", "one"]
    assert (search.waiting, search.problems) == ([], {"GitHub": "why"})
