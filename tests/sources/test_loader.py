"""Openings: what arrives when, how they are stopped, what they fall back on, and the cache."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from threading import Event, Timer

import httpx2
import pytest

from rumor_tui.model import SourceError, Thread
from rumor_tui.sources import LoadContext
from rumor_tui.sources.addresses import plans_for
from rumor_tui.sources.fetch import Answer
from rumor_tui.sources.loader import load_address
from rumor_tui.sources.plan_context import PagedDocument, SnapshotBuffer
from rumor_tui.sources.platform import Plan
from rumor_tui.sources.platforms.web_page import to_utf8
from rumor_tui.sources.transport import RECEIVED_HEADER
from tests.sources import replies, server
from tests.sources.conftest import QUICK, context, last, opened
from tests.sources.server import ADDRESSES, PAGE, SIZES, Play, playing


def test_a_thread_shows_as_it_arrives(play: Play) -> None:
    arrivals = opened(context(play), play.base + ADDRESSES["Hacker News"])
    threads = [one.content for one in arrivals if isinstance(one.content, Thread)]
    sizes = list(map(len, threads))
    assert sizes == sorted(sizes)
    assert sizes[0] < 10
    assert len(sizes) > 3
    assert arrivals[0].status == "0 of 1,000 comments"
    assert arrivals[-1].status == ""
    assert set(threads[2].ids) <= set(threads[-1].ids)


def test_all_readings_of_a_growing_thread_cost_about_two() -> None:
    """Unless time passes: then there is one more at most each time that some has."""
    buffer, document, read = SnapshotBuffer(), PagedDocument("x", lambda comments: comments), 0
    for number in range(1000):
        document.comments.append(number)
        buffer.publish(document)
        buffer.next_due = float("inf")
        part = buffer.take()
        read += part.loaded if part else 0
    assert read < 2 * 1000


def test_a_stopped_opening_keeps_what_came(play: Play) -> None:
    stop = Event()
    arrivals = []
    play.answered = 100
    for arrival in load_address(context(play), play.base + ADDRESSES["Hacker News"], stop):
        arrivals.append(arrival)
        if isinstance(arrival.content, Thread) and len(arrival.content) >= 8:
            stop.set()
    thread = last(arrivals)
    assert 8 <= len(thread) < SIZES["hn"]
    assert arrivals[-1].status == f"Stopped: {len(thread):,} of 1,000 comments."
    assert len(play.seen) < SIZES["hn"] / 2


def test_an_opening_is_stopped_amid_a_request(play: Play) -> None:
    """It ends while the server still holds its answer back."""
    play.faults["/t/1/posts.json"] = ("held", 100)
    stop = Event()
    arrivals = []
    for arrival in load_address(context(play), play.base + ADDRESSES["Discourse"], stop):
        arrivals.append(arrival)
        stop.set()
    assert not play.released.is_set()
    assert (len(last(arrivals)), arrivals[-1].status) == (19, "Stopped: 19 of 200 comments.")


def test_an_opening_is_stopped_before_anything_came(play: Play) -> None:
    stop = Event()
    Timer(0.1, stop.set).start()
    with pytest.raises(SourceError, match="It was stopped before anything was loaded"):
        list(load_address(context(play), f"{play.base}/fault/held", stop))
    assert not play.released.is_set()


def test_an_opening_that_nobody_waits_for_ends(play: Play) -> None:
    steps = load_address(context(play), play.base + ADDRESSES["Hacker News"], Event())
    next(steps)
    steps.close()
    asked = len(play.seen)
    assert asked < SIZES["hn"]


@pytest.mark.parametrize(
    ("name", "path", "fault"),
    [
        ("Hacker News", "/hn-api/item/1.json", "controls"),
        ("Reddit", "/reddit/comments/abc.json", "controls"),
        ("Reddit", "/reddit/comments/abc.json", "html"),
        ("Lobsters", "/lobsters/s/abc123.json", "429-long"),
        ("Discourse", "/t/1.json", "500"),
        ("Mastodon", "/api/v1/statuses/109000000000000001", "html"),
        ("Lemmy", "/api/v3/post", "no-http"),
        ("Bluesky", "/bluesky-api/com.atproto.identity.resolveHandle", "empty"),
        ("WordPress", "/wp/wp-json/wp/v2/comments", "controls"),
        ("WordPress", "/wp/wp-json/wp/v2/posts/5", "500"),
        ("Stack Exchange", "/se-api/questions/3", "429-long"),
        ("GitHub", "/github-api/repos/o/r/issues/9", "controls"),
    ],
)
def test_an_api_that_fails_gives_way_to_the_page(play: Play, name: str, path: str, fault: str) -> None:
    play.faults[path] = (fault, 100)
    thread = last(opened(context(play), play.base + ADDRESSES[name]))
    assert list(thread.authors) == ["ann", "ben", None]


def test_an_answer_of_an_unknown_shape_gives_way_to_the_page(play: Play) -> None:
    """It is JSON, and even of the right outermost kind, but no reader makes a thread of it."""
    play.faults["/lobsters/s/abc123.json"] = ("odd", 1)
    with pytest.MonkeyPatch.context() as patch:
        from tests.sources import replies, server

        patch.setitem(server.FAULTS, "odd", lambda handler: handler.send(replies.as_json({"comments": 7})))
        thread = last(opened(context(play), play.base + ADDRESSES["Lobsters"]))
    assert len(thread) == 3


DEEP = b'{"id": 1, "title": "x", "a": ' + b"[" * 5_000 + b"]" * 5_000 + b', "post_stream": {"stream": [], "posts": []}}'


def test_an_answer_that_is_too_deep_gives_way_to_the_page(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(server.FAULTS, "deep", lambda handler: handler.send(replies.Reply(DEEP)))
    play.faults["/t/1.json"] = ("deep", 9)
    thread = last(opened(context(play), play.base + ADDRESSES["Discourse"]))
    assert list(thread.authors) == ["ann", "ben", None]


def test_an_answer_that_is_too_deep_amid_a_thread_leaves_what_came(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    posts = b'{"post_stream": {"posts": [{"id": 1, "a": ' + b"[" * 5_000 + b"]" * 5_000 + b"}]}}"
    monkeypatch.setitem(server.FAULTS, "deep", lambda handler: handler.send(replies.Reply(posts)))
    play.faults["/t/1/posts.json"] = ("deep", 99)
    arrivals = opened(context(play), play.base + ADDRESSES["Discourse"])
    assert len(last(arrivals)) == 19
    assert "A part is missing (19 of" in arrivals[-1].status
    assert "in a form that is not known (RecursionError)" in arrivals[-1].status


def test_a_plan_that_fails_in_any_way_gives_way_to_the_page(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(work: object, match: object) -> None:
        raise TypeError("unhashable type: 'list'")

    def odd(address: str, sites: object) -> list[Plan]:
        return [lambda work: broken(work, None), *plans_for(address, context(play).sites)]

    monkeypatch.setattr("rumor_tui.sources.loader.plans_for", odd)
    assert len(last(opened(context(play), f"{play.base}/page"))) == 3
    monkeypatch.setattr("rumor_tui.sources.loader.plans_for", lambda address, sites: odd(address, sites)[:1])
    with pytest.raises(SourceError, match=r"^An answer came in a form that is not known \(TypeError\)\."):
        opened(context(play), f"{play.base}/page")


@pytest.mark.parametrize("odd", [[1], {"a": 1}, None, "x"])
def test_identifiers_of_an_unknown_kind(play: Play, monkeypatch: pytest.MonkeyPatch, odd: object) -> None:
    comments = replies.as_json({"items": [{"post_id": odd, "body": "An odd comment", "comment_id": 5}]})
    monkeypatch.setitem(server.FAULTS, "odd", lambda handler: handler.send(comments))
    play.faults["/se-api/questions/3/comments"] = ("odd", 1)
    bodies = last(opened(context(play), play.base + ADDRESSES["Stack Exchange"])).bodies
    assert any("An odd comment" in body for body in bodies)


def test_a_page_that_only_looks_like_a_platforms(play: Play) -> None:
    """`/post/8` may be anything; the API that is asked first is not there."""
    play.faults["/api/v3/post"] = ("204", 1)
    assert len(last(opened(context(play), f"{play.base}/post/8"))) == 3


def test_a_short_address_leads_to_the_api_too(play: Play) -> None:
    assert len(last(opened(context(play), f"{play.base}/fault/to-topic"))) == SIZES["discourse"]


def test_comments_that_the_api_keeps_are_read_from_the_page(play: Play) -> None:
    thread = last(opened(context(play), f"{play.base}/wp/closed/"))
    assert "600" in " ".join(thread.article.pieces) or len(thread) == 3


# The cache.


def test_the_second_opening_asks_whether_anything_changed(play: Play, tmp_path: Path) -> None:
    known = context(play, cache=tmp_path)
    first = last(opened(known, f"{play.base}/page"))
    again = last(opened(known, f"{play.base}/page"))
    assert list(again.bodies) == list(first.bodies)
    assert [asked.get("if-none-match") for asked in play.asked] == [None, '"page"']


def offline(tmp_path: Path, path: str) -> tuple[LoadContext, str]:
    """An address that was opened once, whose server is gone."""
    with playing() as play:
        known = context(play, cache=tmp_path)
        address = play.base + path
        opened(known, address)
    return known, address


@pytest.mark.parametrize(
    "name",
    [pytest.param("Hacker News", marks=pytest.mark.slow), "Discourse", "WordPress", "Stack Exchange", "a page"],
)
def test_offline_the_copy_opens_and_says_how_old_it_is(tmp_path: Path, name: str) -> None:
    known, address = offline(tmp_path, ADDRESSES[name])
    arrivals = opened(known, address)
    assert len(last(arrivals)) >= 3
    assert name != "Hacker News" or len(last(arrivals)) == SIZES["hn"]
    assert arrivals[-1].status == "Offline: a copy of just now."


def test_an_old_copy_tells_its_age(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr("rumor_tui.sources.transport.time.time", lambda: now - 3 * 86_400 - 60)
    known, address = offline(tmp_path, "/page")
    monkeypatch.undo()
    assert opened(known, address)[-1].status == "Offline: a copy of 3 days ago."


def test_offline_without_a_copy(tmp_path: Path) -> None:
    known, address = offline(tmp_path, "/page")
    with pytest.raises(SourceError, match=r"^127\.0\.0\.1 refuses connections\. Check the address"):
        opened(known, f"{address}2")


def test_a_copy_stands_in_for_a_server_in_trouble(play: Play, tmp_path: Path) -> None:
    known = context(play, cache=tmp_path)
    opened(known, f"{play.base}/page")
    play.faults["/page"] = ("503", 100)
    arrivals = opened(known, f"{play.base}/page")
    assert len(last(arrivals)) == 3
    assert arrivals[-1].status == (
        "127.0.0.1 has an internal error (HTTP 503). Try again later. Here is a copy of just now."
    )


def test_a_broken_cache_is_done_without(play: Play, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "answers"
    folder.mkdir()
    (folder / "answers.sqlite").write_bytes(b"no database at all" * 99)
    assert len(last(opened(context(play, cache=folder), f"{play.base}/page"))) == 3
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert len(last(opened(context(play, cache=blocked / "answers"), f"{play.base}/page"))) == 3
    assert capfd.readouterr() == ("", "")


def test_what_must_not_be_kept_is_not(play: Play, tmp_path: Path) -> None:
    play.faults["/page"] = ("secret", 100)
    known = context(play, cache=tmp_path)
    with pytest.MonkeyPatch.context() as patch:
        from tests.sources import replies, server

        reply = replies.Reply(PAGE.encode(), headers={"Cache-Control": "no-store", "ETag": '"x"'})
        patch.setitem(server.FAULTS, "secret", lambda handler: handler.send(reply))
        opened(known, f"{play.base}/page")
    assert b"600" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_the_cache_is_for_its_owner_only(play: Play, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "answers"
    opened(context(play, cache=folder), f"{play.base}/page")
    assert folder.stat().st_mode & 0o077 == 0
    assert RECEIVED_HEADER.encode() in b"".join(file.read_bytes() for file in folder.iterdir())


# Encodings.


@pytest.mark.parametrize(
    ("kind", "data", "text"),
    [
        ("text/html; charset=iso-8859-2", "łódź".encode("iso-8859-2"), "łódź"),
        ('text/html; charset="Shift_JIS"', "日本".encode("shift_jis"), "日本"),
        ("text/html; charset=iso-8859-1", "łódź".encode(), "łódź"),
        ("text/html; charset=nonsense", b"\xe9", None),
        ("text/html; charset=utf-7", b"\xe9", None),
        ("text/html; charset=hex", b"\xe9", None),
        ("text/html; charset=utf-8", b"\xe9", None),
        ("text/html; charset=cp1250", b'<meta charset="iso-8859-2">\xe9', None),
        ("text/html", b"\xe9", None),
    ],
)
def test_the_charset_of_the_header(kind: str, data: bytes, text: str | None) -> None:
    answer = Answer("https://example.com/", data, httpx2.Headers({"content-type": kind}))
    assert to_utf8(answer) == (data if text is None else text.encode())


def test_the_limits_of_an_opening_are_its_own(play: Play) -> None:
    known = context(play, replace(QUICK, pages=2))
    arrivals = opened(known, play.base + ADDRESSES["GitHub"])
    assert len(last(arrivals)) == 200
