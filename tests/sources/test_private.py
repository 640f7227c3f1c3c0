"""Addresses of this machine and of private networks stay unreachable, whatever way strangers have to name one.

Each way of the table is tried with each spelling. That nothing was asked shows on a socket that nobody connects to;
that the ways are real shows in one test, where the other server was typed, and is asked.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from ipaddress import ip_address
from threading import Event
from typing import Any, NamedTuple

import httpcore2
import pytest

from rumor_tui.canonical import addresses_of
from rumor_tui.joined import split_thread
from rumor_tui.loading import LoadJob, LoadStep
from rumor_tui.model import Article, Entry, Listing, SourceError, Stub, Thread, ThreadBuilder
from rumor_tui.readers import Hint
from rumor_tui.sources import LoadContext, make_services, messages
from rumor_tui.ui.screens.listing import opening_of
from tests.reading import read_source
from tests.sources import play_linked, play_own_comments, play_widgets, server, threads
from tests.sources.conftest import context
from tests.sources.play_discussions import SEARCHES
from tests.sources.play_lists import LISTS
from tests.sources.replies import as_html, as_json
from tests.sources.server import ADDRESSES, FAULTS, Handler, Play, playing
from tests.sources.test_lists import PAGES as LIST_INTERFACES
from tests.sources.test_own_comments import CASES as OWN
from tests.sources.test_widgets import CASES as WIDGETS

REFUSED = " is an address of this machine or of a private network"
"""What is said in any case; the whole sentence is shortened where several platforms are spoken of."""

NAME = "intranet.example"
"""A name that means this machine."""

SPELLINGS = (
    "http://127.0.0.1:{port}", "http://127.1:{port}", "http://127.8.8.8:{port}", "http://2130706433:{port}",
    "http://0x7f.1:{port}", "http://0.0.0.0:{port}", "http://0:{port}",
    "http://[::1]:{port}", "http://[::]:{port}", "http://[::ffff:127.0.0.1]:{port}", "http://localhost:{port}",
    "http://LOCALHOST.:{port}", "http://a.localhost:{port}", f"http://{NAME}:{{port}}", "http://10.0.0.1",
    "http://172.16.0.1", "http://192.168.0.1", "http://169.254.169.254", "https://192.168.0.1",
)  # fmt: skip


class Try(NamedTuple):
    """A way that is tried: the server that plays the web, what is known there, and the origin that it leads to."""

    play: Play
    known: LoadContext
    origin: str
    patch: pytest.MonkeyPatch

    def points(self, path: str) -> None:
        """Have the answer to a path name the origin wherever it would name the server itself."""

        def send(handler: Handler) -> None:
            handler.send(server.answer(handler.path, self.origin, None, handler.question))

        self.strike(path, send)

    def redirects(self, path: str) -> None:
        """Have a path lead to the origin."""
        self.strike(path, server.redirect(f"{self.origin}/secret"))

    def strike(self, path: str, send: Callable[[Handler], None]) -> None:
        """Have a path answered so."""
        self.patch.setitem(FAULTS, path, send)
        self.play.faults[path] = (path, 10_000)

    def open(self, path: str) -> str:
        """What is said of a path in the end, which gets all that it points to."""
        return said(make_services(self.known).open(f"{self.play.base}{path}" if path.startswith("/") else path))


def steps_of(job: LoadJob) -> tuple[list[LoadStep], str]:
    """What came, and the sentence that ended it, if any."""
    steps: list[LoadStep] = []
    try:  # what came before a failure is in the list even so
        steps.extend(job(Event()))
    except SourceError as error:
        return steps, str(error)
    return steps, ""


def content_of(job: LoadJob) -> Thread | Listing:
    """What came in the end."""
    return next(step.content for step in reversed(steps_of(job)[0]) if step.content is not None)


def said(job: LoadJob) -> str:
    """All that is said in the end: the failure, the status, and what stands in place of the linked page."""
    steps, failure = steps_of(job)
    content = next((step.content for step in reversed(steps) if step.content is not None), None)
    linked = content.article.linked if isinstance(content, Thread) else None
    return " ".join(filter(None, (failure, steps[-1].status if steps else "", linked.problem if linked else "")))


Way = Callable[[Try], str]
"""Goes a way, and gives what is said in the end."""


def opened(path: str, *, pointing: str = "", redirected: str = "") -> Way:
    """Open a path, while one answer points to the origin, or another one redirects there."""

    def way(tried: Try) -> str:
        if pointing:
            tried.points(pointing)
        if redirected:
            tried.redirects(redirected)
        return tried.open(path)

    return way


def saved(path: str) -> Way:
    """A page of a public site that somebody saved: what it points to is loaded on a key."""

    def way(tried: Try) -> str:
        thread = read_source(server.answer(path, tried.origin).body, Hint("https://blog.example/six/"))
        return said(make_services(tried.known).beside(thread))

    return way


def linked(tried: Try) -> str:
    """A thread of any source whose post links there."""
    thread = ThreadBuilder(Article("Six", link=f"{tried.origin}/secret")).build("plain", source="six.json")
    return said(make_services(tried.known).beside(thread))


PAGE = """<!doctype html><html><head><title>Six hundred cars</title>{head}</head><body>
<article><h1>Six hundred cars</h1><p>There are six hundred cars in the town, says the council, which counted them.</p>
<p>Nobody believes it, and everybody has another figure, which is why they are going to be counted again.</p></article>
{body}</body></html>"""

HEADS = {
    "a canonical link": '<link rel="canonical" href="{origin}/six">',
    "og:url": '<meta property="og:url" content="{origin}/six">',
}

SUBSTACK = '<script>window._preloads = JSON.parse("{\\"post\\":{\\"id\\":77}}")</script>'
"""Comments that are asked for at the address that the page calls its own."""


def canonical(head: str, body: str) -> Way:
    """Open a page that calls an address there its own, and has comments that are to be found by that."""

    def way(tried: Try) -> str:
        page = PAGE.format(head=head.format(origin=tried.origin), body=body)
        tried.strike("/page", lambda handler: handler.send(as_html(page)))
        return tried.open("/page")

    return way


def entry_of_feed(tried: Try) -> str:
    """Open an entry of a feed, whose discussion is there."""
    tried.points("/feed.xml")
    services = make_services(tried.known)
    listing = content_of(services.open(f"{tried.play.base}/feed.xml"))
    assert isinstance(listing, Listing)
    return said(opening_of(listing, 0, services))


def entry_of_page(tried: Try) -> str:
    """Open an entry of a front page without an interface."""
    rows = "".join(
        f'<li class="item"><h2><a href="{tried.origin}/t/{n}">The {n}th thing that is told of six hundred cars</a></h2>'
        f'<span>by ann</span> <a href="{tried.origin}/t/{n}#c">{n} comments</a></li>'
        for n in range(1, 13)
    )
    body = f"<!doctype html><title>Front page</title><ul>{rows}</ul>"
    tried.strike("/page", lambda handler: handler.send(as_html(body)))
    services = make_services(tried.known)
    listing = content_of(services.open(f"{tried.play.base}/page"))
    assert isinstance(listing, Listing) and listing.elsewhere
    return said(opening_of(listing, 3, services))


def link_of_entry(tried: Try) -> str:
    """Open an entry of a list, whose page is there."""
    tried.points("/hn-api/item/2900.json")
    entry = Entry("Six", address=f"{tried.play.base}/hn/item?id=2900", link=f"{tried.origin}/linked/article")
    listing = Listing("A list", (entry,), lambda _: ThreadBuilder(Article()).build("plain"), elsewhere=True)
    return said(opening_of(listing, 0, make_services(tried.known)))


def further(tried: Try) -> str:
    """Ask for the next page of a list that names one there."""
    listing = Listing(
        "A list", (), lambda _: ThreadBuilder(Article()).build("plain"), further=f"{tried.origin}/lobsters/page/2"
    )
    return said(make_services(tried.known).open(listing.further))


def joined(*names: str) -> Way:
    """Read a discussion there, alone or together with others, of which everything comes."""

    def way(tried: Try) -> str:
        entries = [Entry("It", address=tried.play.base + ADDRESSES[name], site=name) for name in names]
        article = ThreadBuilder(Article("Six")).build("plain")
        job = make_services(tried.known).joined(article, [Entry("x", address=f"{tried.origin}/post/8"), *entries])
        told = said(job)
        if names:
            thread = content_of(job)
            assert isinstance(thread, Thread)
            assert {part.site for part in split_thread(thread)} >= set(names)
        return told

    return way


def found(tried: Try) -> str:
    """Open the discussion there that a search has found."""

    def hit(handler: Handler) -> None:
        post = {"name": "Six", "id": 8, "url": f"{tried.play.base}/article", "ap_id": f"{tried.origin}/post/8"}
        handler.send(as_json({"posts": [{"post": post, "counts": {"comments": 9}}]}))

    tried.strike(SEARCHES["Lemmy"], hit)
    services = make_services(tried.known)
    listing = content_of(services.discussions([f"{tried.play.base}/article"]))
    assert isinstance(listing, Listing)
    row = next(row for row, entry in enumerate(listing.entries) if entry.site.startswith("Lemmy"))
    return said(opening_of(listing, row, services))


def search(name: str) -> Way:
    """Ask a platform for discussions, whose search leads there."""

    def way(tried: Try) -> str:
        tried.redirects(SEARCHES[name])
        return said(make_services(tried.known).discussions([f"{tried.play.base}/article"]))

    return way


def list_redirected(name: str) -> Way:
    """Open the second page of a list, whose interface leads there, and so does its page, which is tried next."""

    def way(tried: Try) -> str:
        listing = content_of(make_services(tried.known).open(tried.play.base + LISTS[name]))
        assert isinstance(listing, Listing)
        tried.redirects(LIST_INTERFACES[name])
        tried.redirects(listing.further.removeprefix(tried.play.base).partition("?")[0])
        return tried.open(listing.further)

    return way


def next_page(tried: Try) -> str:
    """Load the next page of a topic by hand."""
    thread = ThreadBuilder(Article("Six")).build("html", source=f"{tried.play.base}/viewtopic.php?t=1")
    stub = Stub(-1, 0, "page", (f"{tried.origin}/viewtopic.php?t=1&start=5",))
    return said(make_services(tried.known).more(thread, stub))


def embed(name: str) -> str:
    """The path of a page with a widget."""
    return play_widgets.ADDRESSES[f"a page with {name}"]


SELF_HOSTED = [name for name, snippet in play_widgets.SNIPPETS.items() if "{base}" in snippet]
OWN_SERVERS = ("Blogger", "Ghost", "Mastodon below a blog")
OWN_PAGES = play_own_comments.ADDRESSES
STORY = "/hn/item?id=2900"

FIRST = {"Viafoura": WIDGETS["Viafoura"].further}
"""The answer that redirects, where another one than the first: Viafoura's first one is asked for at two addresses."""

NAMED = {"a page with Mastodon below a blog", "a saved page with Mastodon below a blog"}
"""Ways that only names with dots are taken for: other spellings are not even recognised, and so not spoken of."""

WAYS: dict[str, Way] = {
    **{f"a page with {name}": opened(embed(name), pointing=embed(name)) for name in SELF_HOSTED},
    **{f"a page with {name}": opened(OWN_PAGES[name], pointing=OWN_PAGES[name]) for name in OWN_SERVERS},
    **{f"a saved page with {name}": saved(embed(name)) for name in SELF_HOSTED},
    **{f"a saved page with {name}": saved(OWN_PAGES[name]) for name in OWN_SERVERS},
    **{
        f"a redirect of {name}": opened(embed(name), redirected=FIRST.get(name, case.first))
        for name, case in WIDGETS.items()
    },
    **{f"a redirect of {name}": opened(OWN_PAGES[name], redirected=case.asked) for name, case in OWN.items()},
    **{f"{name} of a page with comments": canonical(head, SUBSTACK) for name, head in HEADS.items()},
    "the page of a story": opened(STORY, pointing="/hn-api/item/2900.json"),
    "a redirect of the page of a story": opened(STORY, redirected="/linked/article"),
    "the page of a saved thread": linked,
    "an entry of a feed": entry_of_feed,
    "an entry of a front page": entry_of_page,
    "the page of an entry": link_of_entry,
    "the next page of a list": further,
    "the next page of a topic, by hand": next_page,
    "a discussion alone": joined(),
    "a discussion among others": joined("Lemmy", "Lobsters"),
    "a discussion that a search found": found,
    **{f"a redirect of the search of {name}": search(name) for name in SEARCHES},
    **{f"a redirect of the list of {name}": list_redirected(name) for name in LISTS},
}
"""What leads somewhere, and says that this was refused."""


def of_its_own(head: str) -> Way:
    """A page that calls an address there its own, and the search for its discussions."""

    def way(tried: Try) -> str:
        page = PAGE.format(head=head.format(origin=tried.origin), body="")
        tried.strike("/page", lambda handler: handler.send(as_html(page)))
        services = make_services(tried.known)
        thread = content_of(services.open(f"{tried.play.base}/page"))
        assert isinstance(thread, Thread) and "council" in "".join(thread.article.pieces)
        return said(services.discussions(addresses_of(thread)))

    return way


QUIET: dict[str, Way] = {
    **{f"{name} of a page": of_its_own(head) for name, head in HEADS.items()},
    "the next page of a topic": opened(ADDRESSES["a forum"], pointing="/viewtopic.php"),
    "the next page of an issue": opened(ADDRESSES["GitHub"], pointing="/github-api/repos/o/r/issues/9/comments"),
    "the interface of a blog": opened(ADDRESSES["WordPress"], pointing=ADDRESSES["WordPress"]),
    "the interface of a blog with pages of comments": opened(
        OWN_PAGES["WordPress with pages of comments"], pointing=OWN_PAGES["WordPress with pages of comments"]
    ),
    "the frame of a forum": opened(embed("Discourse embedding"), pointing="/embed/comments"),
}
"""What is never followed, because it is no more than a claim, or only followed on its own host."""


# The tests.


@pytest.fixture(scope="module")
def web() -> Iterator[Play]:
    """The server that plays the web."""
    with playing() as play:
        yield play


class Inside(NamedTuple):
    """What must not be asked: a port of this machine that was not typed, and all other machines."""

    listener: socket.socket
    elsewhere: list[str]
    """The machines to which a connection was to be made."""

    def is_untouched(self) -> bool:
        """Whether nobody has connected."""
        try:
            self.listener.accept()
        except BlockingIOError:
            return not self.elsewhere
        return False


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    """A port at all addresses of this machine."""
    both = socket.has_dualstack_ipv6()
    family = socket.AF_INET6 if both else socket.AF_INET
    with closing(socket.create_server(("", 0), family=family, dualstack_ipv6=both)) as found:
        found.setblocking(False)
        yield found


@pytest.fixture
def inside(listener: socket.socket, monkeypatch: pytest.MonkeyPatch) -> Inside:
    """What must not be asked. Connections to other machines are noted and never made, whatever is broken."""
    connect = httpcore2.AnyIOBackend.connect_tcp
    found = Inside(listener, [])

    async def connect_here(backend: httpcore2.AnyIOBackend, host: str, *rest: Any) -> httpcore2.AsyncNetworkStream:
        if not ip_address(host).is_loopback and host not in ("0.0.0.0", "::"):
            found.elsewhere.append(host)
            raise httpcore2.ConnectError(host)
        return await connect(backend, host, *rest)

    monkeypatch.setattr(httpcore2.AnyIOBackend, "connect_tcp", connect_here)
    return found


@pytest.fixture(autouse=True)
def _few_comments(web: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    web.faults.clear()
    items = threads.hn_items(5)
    monkeypatch.setattr(play_linked, "_items", lambda: items)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name."""
    if host == NAME:
        return ["127.0.0.1"]
    raise OSError(f"{host} is not known")


@pytest.fixture
def trying(web: Play, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Try]:
    """Makes a try: the server that plays the web may be asked, and whatever is public."""
    known = context(web)
    known.access = replace(known.access, resolve=resolve)
    return lambda origin: Try(web, known, origin, monkeypatch)


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_inside(trying: Callable[[str], Try], inside: Inside, way: str, spelling: str) -> None:
    told = WAYS[way](trying(spelling.format(port=inside.listener.getsockname()[1])))
    assert told.count(REFUSED) == 1 or (way in NAMED and told in ("", messages.nothing_beside()))
    assert "\n" not in told
    assert inside.is_untouched()


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("way", QUIET)
def test_what_is_not_followed(trying: Callable[[str], Try], inside: Inside, way: str, spelling: str) -> None:
    QUIET[way](trying(spelling.format(port=inside.listener.getsockname()[1])))
    assert inside.is_untouched()


@pytest.mark.parametrize("way", WAYS)
def test_the_ways_are_real(trying: Callable[[str], Try], way: str) -> None:
    """Each leads there if the address was typed, which says that it may be asked."""
    with playing() as other:
        tried = trying(other.base)
        access = tried.known.access
        tried.known.access = replace(access, typed=access.typed | {("127.0.0.1", other.server_port)})
        WAYS[way](tried)
    assert other.seen
