"""WordPress: a page links to the REST API of its site and to its own entry there; comments are fetched page by page.

https://developer.wordpress.org/rest-api/using-the-rest-api/discovery/ and /reference/comments/. The number of pages is
in the X-WP-TotalPages header. Many a site closes its API or keeps its comments elsewhere; then the page itself serves.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from rumor_tui.model import Stub
from rumor_tui.sources import fetch, json_util, messages
from rumor_tui.sources.fetch import Answer, origin_of
from rumor_tui.sources.plan_context import PagedDocument, PlanContext, decode_answer
from rumor_tui.sources.platform import Platform, StubLoader, stub_keys

API_RELATION = "https://api.w.org/"

PAGE_SIZE = 100
"""Comments for each page, the maximum of the API."""

_HEAD = 200_000
"""Bytes of a page that are searched for links."""

_TAG = re.compile(rb"<link\b[^<>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""(?<![a-z-])([a-z-]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ENTRY = re.compile(r"/wp/v2/(?:posts|pages)/([0-9]{1,18})/?$")
_SHORT = re.compile(r"[?&]p=([0-9]{1,18})\b")


class ApiEntry(NamedTuple):
    """Where to fetch the entry and the comments of a page: the base of the API, the address and number of the entry."""

    api: str
    entry: str
    number: str


def discover_api(page: Answer) -> ApiEntry | None:
    """Find the entry of a page in the REST API of its site, by Link headers and the links in its head; None without."""
    found = [*fetch.parse_link_header(page.headers), *_link_tags(page.data[:_HEAD])]
    api = next((address for address, told in found if told.get("rel") == API_RELATION), None)
    if api is None:
        return None
    for address, parameters in found:
        entry = _ENTRY.search(_path(address))
        if entry and "alternate" in parameters.get("rel", "") and parameters.get("type") == "application/json":
            return _api_entry(page.address, api, address, entry[1])
    for address, parameters in found:
        short = _SHORT.search(address) if parameters.get("rel") == "shortlink" else None
        if short:
            return _api_entry(page.address, api, f"{_route(api, 'wp/v2/posts/')}{short[1]}", short[1])
    return None


def _api_entry(page: str, api: str, entry: str, number: str) -> ApiEntry | None:
    """The entry, if all of it is on the host of the page."""
    try:
        place = ApiEntry(urljoin(page, api), urljoin(page, entry), number)
        same = {origin_of(page)[0], origin_of(place.api)[0], origin_of(place.entry)[0]}
    except (ValueError, messages.FetchError):
        return None
    return place if len(same) == 1 else None


def _path(address: str) -> str:
    """The route of an address: its path, or `rest_route` on a site without pretty permalinks."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    _, found, route = parts.query.partition("rest_route=")
    return route.partition("&")[0].replace("%2F", "/") if found else parts.path


def _link_tags(head: bytes) -> list[tuple[str, dict[str, str]]]:
    """The `link` elements in the head of a page: address and attributes of each."""
    from html import unescape

    tags = []
    for tag in _TAG.findall(head)[:500]:
        attributes = {
            name.decode().lower(): unescape((double or single or bare).decode("utf-8", "replace"))
            for name, double, single, bare in _ATTRIBUTE.findall(tag)
        }
        if "href" in attributes:
            tags.append((attributes["href"].strip(), attributes))
    return tags


def _route(api: str, route: str) -> str:
    """The address of a route of the API, whose base is a path or a query with `rest_route`."""
    return f"{api.rstrip('/')}/{route}"


def comments_address(place: ApiEntry, page: int) -> str:
    """The address of one page of comments, oldest first."""
    address = _route(place.api, "wp/v2/comments")
    mark = "&" if "?" in address else "?"
    return f"{address}{mark}post={place.number}&per_page={PAGE_SIZE}&order=asc&orderby=date&page={page}"


async def fetch_discussion(work: PlanContext, address: str, place: ApiEntry) -> None:
    """Fetch the comments and the post. Raises FetchError, before anything is published, if that is impossible."""
    first = await work.get(comments_address(place, 1))
    comments = decode_answer(first)
    if not json_util.objects_in(comments):
        raise messages.FetchError(messages.unexpected_answer(first.address))
    post = await work.value(place.entry)
    document = PagedDocument(
        address,
        lambda found: {"post": post, "comments": found},
        comments=json_util.objects_in(comments),
        expected=json_util.as_int(first.headers.get("x-wp-total")),
    )
    work.publish(document)
    pages = json_util.as_int(first.headers.get("x-wp-totalpages")) or 1
    for page in range(2, min(pages, work.fetcher.limits.pages) + 1):
        document.comments.extend(json_util.objects_in(decode_answer(await work.get(comments_address(place, page)))))
        work.publish(document)


async def fetch_comments(work: PlanContext, address: str, stub: Stub) -> None:
    """Fetch the comments of a page that has only some of them; the keys are the interface and the post's number.

    The interface must be on the page's own host. A site that keeps it closed says so in one sentence.
    """
    api, number = stub_keys(stub, 2)
    place = _api_entry(address, api, f"{_route(api, 'wp/v2/posts/')}{number}", number) if number.isdigit() else None
    if place is None:
        raise messages.FetchError(messages.cannot_load_stub())
    try:
        await fetch_discussion(work, address, place)
    except messages.FetchError as error:
        if error.status not in (401, 403, 404) or work.buffer.document is not None:
            raise
        raise messages.FetchError(messages.comments_closed(address), status=error.status) from error


PLATFORM = Platform("WordPress", stubs={"wordpress": StubLoader(fetch_comments, whole=True)})
