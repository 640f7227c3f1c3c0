"""Comments that a site's pages load by a script: each system end to end, its faults, and what is never asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Event
from typing import NamedTuple

import pytest

from rumor_tui import blocks
from rumor_tui.loading import LoadStep
from rumor_tui.model import SourceError, Stub, Thread
from rumor_tui.readers import Hint
from rumor_tui.sources.beside import load_with_beside
from rumor_tui.sources.stub_loader import load_stub
from tests.reading import read_source
from tests.sources import server, threads
from tests.sources.conftest import QUICK, context, last
from tests.sources.play_own_comments import ADDRESSES, BLOGGER_POST, GHOST_POST, SIZES
from tests.sources.server import Play
from tests.sources.test_platforms import NUMBERS, as_made, tree


class Case(NamedTuple):
    """A system: its name in stubs, the number of a comment by its identifier, and the path of its interface."""

    via: str
    number: Callable[[str], int]
    asked: str


CASES = {
    "Blogger": Case("blogger", lambda identity: int(identity) - 9000, f"/feeds/{BLOGGER_POST}/comments/default"),
    "Substack": Case("substack", lambda identity: int(identity) - 8000, "/api/v1/post/77/comments"),
    "Ghost": Case("ghost", lambda identity: int(identity, 16), f"/own/ghost/members/api/comments/post/{GHOST_POST}/"),
    "webmention.io": Case("webmention", lambda identity: int(identity) - 700_000, "/webmention-api/mentions.jf2"),
    "Mastodon below a blog": Case("mastodon", NUMBERS["Mastodon"], "/api/v1/statuses/109000000000000001"),
    "Bluesky below a blog": Case("bluesky", NUMBERS["Bluesky"], "/bluesky-api/app.bsky.feed.getPostThread"),
    "Telegram below a blog": Case("telegram", lambda identity: int(identity) - 5000, "/telegram-api/cars/9"),
    "WordPress with pages of comments": Case("wordpress", int, "/wp/wp-json/wp/v2/comments"),
}
PAGED = {
    "Blogger": 150,
    "Ghost": 40,
    "webmention.io": 50,
    "Telegram below a blog": 25,
    "WordPress with pages of comments": 100,
}
"""How many comments of a system come with the first answer, at least."""


def saved(play: Play, path: str) -> Thread:
    """The page as it is read from a file that a browser saved, with its one stub."""
    reply = server.answer(path, play.base)
    thread = read_source(reply.body, Hint(play.base + path))
    assert len(thread.stubs) == 1 and not len(thread)
    return thread


def loaded(play: Play, name: str) -> list[LoadStep]:
    """All steps of loading what the page of a system points to."""
    thread = saved(play, ADDRESSES[name])
    assert thread.stubs[0].via == CASES[name].via
    return list(load_stub(context(play, QUICK), thread, thread.stubs[0], Event()))


def test_every_system_is_tested() -> None:
    assert CASES.keys() == ADDRESSES.keys()


@pytest.mark.parametrize("name", CASES)
def test_all_comments_come(play: Play, name: str) -> None:
    steps = loaded(play, name)
    thread, size = last(steps), SIZES[CASES[name].via]
    if name == "webmention.io":
        assert tree(thread, CASES[name].number) == dict.fromkeys(range(1, size + 1), 0)
    else:
        assert tree(thread, CASES[name].number) == as_made(size)
    assert (steps[-1].status, list(thread.stubs)) == ("", [])
    assert thread.article.title == "Six hundred cars" and "four hundred and fourteen" in "".join(thread.article.pieces)


@pytest.mark.parametrize("name", CASES)
def test_each_comment_is_read_as_it_was_made(play: Play, name: str) -> None:
    thread = last(loaded(play, name))
    rows = {CASES[name].number(identity or ""): row for row, identity in enumerate(thread.ids)}
    for one in threads.made(SIZES[CASES[name].via]):
        row = rows[one.number]
        if thread.deleted[row]:
            assert one.number % 50 == 0
            continue
        text = blocks.body_text(thread.bodies[row], thread.format)
        assert text.split("\n")[0].startswith(one.body)
        assert (thread.authors[row] or "").removesuffix(".example") == one.author
        assert thread.published[row] == one.moment
        assert (thread.urls[row] or "").startswith("http")


@pytest.mark.parametrize("name", ["Blogger", "Substack", "Ghost"])
def test_what_was_taken_away_is_marked(play: Play, name: str) -> None:
    thread = last(loaded(play, name))
    numbers = map(CASES[name].number, map(str, thread.ids))
    gone = {number for number, deleted in zip(numbers, thread.deleted, strict=True) if deleted}
    assert gone == set(range(50, SIZES[CASES[name].via] + 1, 50))


@pytest.mark.parametrize("name", ["Substack", "Ghost"])
def test_points_come_with_it(play: Play, name: str) -> None:
    thread = last(loaded(play, name))
    assert all(CASES[name].number(str(key)) == points for key, points in zip(thread.ids, thread.scores, strict=True))


def test_an_older_ghost_is_asked_by_a_filter(play: Play) -> None:
    thread = saved(play, "/own/ghost-old/six/")
    thread = last(list(load_stub(context(play), thread, thread.stubs[0], Event())))
    assert tree(thread, CASES["Ghost"].number) == as_made(SIZES["ghost"])


@pytest.mark.parametrize("name", CASES)
def test_a_page_that_is_opened_gets_its_comments(play: Play, name: str) -> None:
    steps = list(load_with_beside(context(play), play.base + ADDRESSES[name], Event()))
    assert len(last(steps)) == SIZES[CASES[name].via]
    assert steps[-1].status == ""


# Faults.

FAULTS = {
    "429-long": "(HTTP 429)",
    "500": "(HTTP 500)",
    "cut": "broke off in the middle",
    "loop": "redirects in circles",
    "html": "an answer of an unknown kind",
    "to-private": "192.168.0.1",
    "to-loopback": "127.0.0.1 is an address of this machine",
    "controls": "",
    "empty": "nothing to read",
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_can_be_had(play: Play, name: str, fault: str) -> None:
    play.faults[CASES[name].asked] = (fault, 99)
    with pytest.raises(SourceError) as raised:
        loaded(play, name)
    assert FAULTS[fault] in str(raised.value)
    assert str(raised.value).endswith(".") and "\n" not in str(raised.value)


@pytest.mark.parametrize("name", CASES)
def test_a_drip_ends(play: Play, name: str) -> None:
    play.faults[CASES[name].asked] = ("drip", 99)
    thread = saved(play, ADDRESSES[name])
    known = context(play, replace(QUICK, answer=1.5))
    with pytest.raises(SourceError, match=r"had not sent all of its answer after 1\.5 s"):
        list(load_stub(known, thread, thread.stubs[0], Event()))


@pytest.mark.parametrize("name", PAGED)
@pytest.mark.parametrize("fault", [*FAULTS, "drip"])
def test_what_had_come_is_kept(play: Play, name: str, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first page is answered, the second one is not."""
    path = CASES[name].asked
    strike = server.FAULTS[fault]
    seen: list[str] = []

    def second(handler: server.Handler) -> None:
        first = handler.path if not seen else seen[0]
        seen.append(handler.path)
        if handler.path == first:
            handler.send(server.answer(handler.path, handler.server.base))
        else:
            strike(handler)

    monkeypatch.setitem(server.FAULTS, "second", second)
    play.faults[path] = ("second", 99)
    thread = saved(play, ADDRESSES[name])
    limits = replace(QUICK, answer=1.5) if fault == "drip" else QUICK
    steps = list(load_stub(context(play, limits), thread, thread.stubs[0], Event()))
    assert PAGED[name] <= len(last(steps)) < SIZES[CASES[name].via]
    sentence = FAULTS.get(fault, "had not sent all of its answer")
    assert sentence in steps[-1].status and "A part is missing" in steps[-1].status


@pytest.mark.parametrize("name", PAGED)
def test_no_more_pages_than_are_allowed(play: Play, name: str) -> None:
    thread = saved(play, ADDRESSES[name])
    steps = list(load_stub(context(play, replace(QUICK, pages=1)), thread, thread.stubs[0], Event()))
    assert PAGED[name] <= len(last(steps)) < SIZES[CASES[name].via]
    pages = [path for path in play.seen if path.startswith(CASES[name].asked)]
    assert len(pages) == 1


def test_replies_that_are_not_answered_leave_the_others(play: Play) -> None:
    path = f"/own/ghost/members/api/comments/{1:024x}/replies/"
    play.faults[path] = ("500", 99)
    steps = loaded(play, "Ghost")
    assert SIZES["ghost"] - 20 < len(last(steps)) < SIZES["ghost"]
    assert "1 request was not answered" in steps[-1].status


def test_comments_that_only_members_may_read(play: Play) -> None:
    thread = saved(play, ADDRESSES["Substack"])
    stub = replace(thread.stubs[0], keys=(play.base, "78"))
    with pytest.raises(SourceError, match="shows these comments to its members only"):
        list(load_stub(context(play), thread, stub, Event()))


def test_an_interface_that_is_closed(play: Play) -> None:
    thread = saved(play, "/own/wordpress/closed/")
    with pytest.raises(SourceError, match="does not give its comments to programs"):
        list(load_stub(context(play), thread, thread.stubs[0], Event()))


def test_a_page_whose_interface_is_closed_serves_itself(play: Play) -> None:
    steps = list(load_with_beside(context(play), f"{play.base}/own/wordpress/closed/", Event()))
    assert "four hundred and fourteen" in "".join(last(steps).article.pieces)
    assert steps[-1].status.endswith(
        "does not give its comments to programs. Open the page in a browser to see all of them."
    )


# What is never asked.


def test_wordpress_markup_that_points_to_a_private_address(play: Play) -> None:
    api = "http://192.168.0.1/wp-json/"
    text = (
        f'<!doctype html><title>Six</title><link rel="https://api.w.org/" href="{api}"><link rel="alternate" '
        f'type="application/json" href="{api}wp/v2/posts/5"><p>{"Six hundred cars. " * 20}</p><a href="?cpage=1">x</a>'
    )
    thread = read_source(text.encode(), Hint("https://blog.example/six"))
    (stub,) = thread.stubs
    with pytest.raises(SourceError, match="cannot be loaded from here"):
        list(load_stub(context(play), thread, stub, Event()))
    assert play.seen == []


def test_an_interface_on_another_host_than_the_page_is_not_asked(play: Play) -> None:
    thread = saved(play, ADDRESSES["WordPress with pages of comments"])
    thread.article.url = "https://blog.example/six/"
    with pytest.raises(SourceError, match="cannot be loaded from here"):
        list(load_stub(context(play), thread, thread.stubs[0], Event()))
    assert play.seen == []


@pytest.mark.parametrize(
    ("via", "keys", "asked"),
    [
        ("substack", ("{base}", "77/../../../x?y#z"), "/api/v1/post/77%2F..%2F..%2F..%2Fx%3Fy%23z/comments"),
        ("mastodon", ("{base}", "1/../../x?y=@evil.example"), "/api/v1/statuses/1%2F..%2F..%2Fx%3Fy%3D%40evil.example"),
        ("blogger", ("{base}", "@evil.example/"), "/feeds/%40evil.example%2F/comments/default"),
        ("ghost", ("{base}", "a/../../b"), "/members/api/comments/post/a%2F..%2F..%2Fb/"),
        ("bluesky", ("did:x:1&depth=0#", "k/../l"), "/bluesky-api/app.bsky.feed.getPostThread"),
    ],
)
def test_keys_do_not_change_where_it_is_asked(play: Play, via: str, keys: tuple[str, ...], asked: str) -> None:
    thread = saved(play, ADDRESSES["Blogger"])
    filled = tuple(key.format(base=play.base) for key in keys)
    with pytest.raises(SourceError):
        list(load_stub(context(play), thread, Stub(-1, 0, via, filled), Event()))
    assert play.seen[0].partition("?")[0] == asked


@pytest.mark.parametrize("via", [case.via for case in CASES.values()])
@pytest.mark.parametrize("keys", [(), ("",), ("a", "b", "c"), ("", "")])
def test_stubs_without_their_keys(play: Play, via: str, keys: tuple[str, ...]) -> None:
    thread = saved(play, ADDRESSES["Blogger"])
    with pytest.raises(SourceError, match="cannot be loaded from here"):
        list(load_stub(context(play), thread, Stub(-1, 0, via, keys), Event()))
    assert play.seen == []
