"""What was read online is read offline: the same articles, comments and lists, whichever way they came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from rumor_tui.joined import split_thread
from rumor_tui.loading import LoadStep, Services
from rumor_tui.model import COLUMNS, Entry, Listing, SourceError, Thread
from rumor_tui.sources import make_services
from rumor_tui.sources.fetch import REDIRECTS
from rumor_tui.sources.transport import TEMPORARY_REDIRECTS
from tests.sources import play_linked, play_own_comments, play_widgets, threads
from tests.sources.conftest import QUICK, context
from tests.sources.play_lists import LISTS
from tests.sources.replies import Reply
from tests.sources.server import ADDRESSES, FAULTS, SIZES, Handler, Play, head, playing

SMALL_SIZE = 60
"""Comments of a story of Hacker News here: each is a request."""

PAGES = {
    **ADDRESSES,
    **play_widgets.ADDRESSES,
    **play_own_comments.ADDRESSES,
    "a story about a page": "/hn/item?id=2900",
    "a story about a PDF whose address does not say so": "/hn/item?id=2908",
    "a story about a page for members": "/hn/item?id=2903",
    "a story about a page that a script fills": "/hn/item?id=2905",
    "a blog with the closed interface of WordPress": "/wp/closed/",
}


@pytest.fixture(autouse=True)
def _few_comments(monkeypatch: pytest.MonkeyPatch) -> None:
    items = threads.hn_items(SMALL_SIZE)
    monkeypatch.setitem(SIZES, "hn", SMALL_SIZE)
    monkeypatch.setattr(play_linked, "_items", lambda: items)


@pytest.fixture
def server() -> Iterator[Play]:
    """A server that a test may shut down; at the end it is in any case."""
    with playing() as play:
        yield play


def services(play: Play, cache: Path) -> Services:
    """The services of a new run, with the answers that earlier ones kept."""
    return make_services(context(play, QUICK, cache))


def shut_down(play: Play) -> None:
    """Refuse connections from now on."""
    play.shutdown()
    play.server_close()


def facts(content: Thread | Listing) -> dict[str, object]:
    """All that is shown of a thread or a list."""
    if isinstance(content, Listing):
        return {
            "title": content.title, "entries": sorted(content.entries, key=lambda entry: entry.address),
            "further": content.further, "noun": content.noun, "source": content.source,
        }  # fmt: skip
    columns = {name: list(getattr(content, name)) for name in ("parent", *COLUMNS)}
    return {**columns, "article": content.article, "stubs": content.stubs, "format": content.format}


def last_of(steps: list[LoadStep]) -> Thread | Listing:
    return next(step.content for step in reversed(steps) if step.content is not None)


def assert_same(online: list[LoadStep], offline: list[LoadStep]) -> None:
    """The content is the same, and the last step says that it is a copy, and then what was said online."""
    assert facts(last_of(offline)) == facts(last_of(online))
    assert offline[-1].status == " ".join(filter(None, ["Offline: a copy of just now.", online[-1].status]))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_with_all_that_it_points_to(server: Play, tmp_path: Path, name: str) -> None:
    address = server.base + PAGES[name]
    online = list(services(server, tmp_path).open(address)(Event()))
    shut_down(server)
    assert_same(online, list(services(server, tmp_path).open(address)(Event())))


@pytest.mark.parametrize("name", LISTS)
def test_a_list_and_its_next_page(server: Play, tmp_path: Path, name: str) -> None:
    first = list(services(server, tmp_path).open(server.base + LISTS[name])(Event()))
    listing = last_of(first)
    assert isinstance(listing, Listing) and listing.further
    further = list(services(server, tmp_path).open(listing.further)(Event()))
    shut_down(server)
    assert_same(first, list(services(server, tmp_path).open(server.base + LISTS[name])(Event())))
    assert_same(further, list(services(server, tmp_path).open(listing.further)(Event())))


JOINED = ("Hacker News", "Reddit", "Lemmy")


def test_the_discussions_of_a_page_and_three_of_them_as_one(server: Play, tmp_path: Path) -> None:
    page = server.base + PAGES["a page"]
    entries = [Entry("Six", address=server.base + ADDRESSES[name], site=name) for name in JOINED]

    def all_steps() -> list[list[LoadStep]]:
        """What comes of the page, of the search for its discussions, and of these as one thread."""
        run = services(server, tmp_path)
        article = list(run.open(page)(Event()))
        thread = last_of(article)
        assert isinstance(thread, Thread)
        found = list(run.discussions([f"{server.base}/article"])(Event()))
        return [article, found, list(run.joined(thread, entries)(Event()))]

    online = all_steps()
    shut_down(server)
    for before, after in zip(online, all_steps(), strict=True):
        assert_same(before, after)
    joined = last_of(online[-1])
    assert isinstance(joined, Thread)
    assert [part.site for part in split_thread(joined)] == list(JOINED)


@pytest.mark.parametrize("status", sorted(REDIRECTS))
@pytest.mark.parametrize(
    "headers", [{}, {"Last-Modified": "Tue, 01 Mar 2011 00:00:00 GMT"}, {"Cache-Control": "must-revalidate"}]
)
def test_a_page_that_a_redirect_led_to(
    server: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int, headers: dict[str, str]
) -> None:
    reply = Reply(b"<p>It moved.", status, {"Location": "/page", **headers})
    monkeypatch.setitem(FAULTS, "moved", lambda handler: handler.send(reply))
    server.faults["/old"] = ("moved", 9)
    online = list(services(server, tmp_path).open(f"{server.base}/old")(Event()))
    shut_down(server)
    assert_same(online, list(services(server, tmp_path).open(f"{server.base}/old")(Event())))


@pytest.mark.parametrize("status", sorted(TEMPORARY_REDIRECTS))
def test_a_temporary_redirect_is_asked_for_again_and_kept_only_where_it_may_be(
    server: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    headers = {"Location": "/page", "Last-Modified": "Tue, 01 Mar 2011 00:00:00 GMT"}
    kept, secret = Reply(b"", status, headers), Reply(b"", status, {**headers, "Cache-Control": "no-store"})
    monkeypatch.setitem(FAULTS, "kept", lambda handler: handler.send(kept))
    monkeypatch.setitem(FAULTS, "secret", lambda handler: handler.send(secret))
    server.faults.update({"/kept": ("kept", 9), "/secret": ("secret", 9)})
    run = services(server, tmp_path)
    for path in ("/kept", "/kept", "/secret"):
        list(run.open(server.base + path)(Event()))
    assert server.seen.count("/kept") == 2
    shut_down(server)
    with pytest.raises(SourceError, match="refuses connections"):
        list(services(server, tmp_path).open(f"{server.base}/secret")(Event()))


@pytest.mark.parametrize("size", [0, 200_000])
def test_a_redirect_counts_before_its_body_ends(server: Play, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    def endless(handler: Handler) -> None:
        handler.raw(head("302 Found", Location="/page") + b"x" * size)
        handler.server.released.wait(60)

    monkeypatch.setitem(FAULTS, "endless", endless)
    server.faults["/old"] = ("endless", 9)
    steps = list(make_services(context(server, replace(QUICK, answer=4.0))).open(f"{server.base}/old")(Event()))
    assert steps[-1].status == "" and isinstance(last_of(steps), Thread)
