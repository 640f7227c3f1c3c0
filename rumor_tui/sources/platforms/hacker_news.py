"""Hacker News: the Firebase API returns one item for each request, with the identifiers of its replies (`kids`).

https://github.com/HackerNews/API. The document is an array of items in pre-order, the story first.

A list is an array of identifiers in the order of the page, up to 500 for the front page, 200 for others. Algolia's
search (https://hn.algolia.com/api) gives the stories of a whole page in one answer; those that it does not know yet
are fetched one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import quote

from rumor_tui.canonical import search_key
from rumor_tui.model import Entry, Stub
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.config import Site
from rumor_tui.sources.entries import EntryPaths, Text, present, read_entry
from rumor_tui.sources.plan_context import ListingDocument, PlanContext
from rumor_tui.sources.platform import ID, AddressForm, Platform, ShortName, StubLoader
from rumor_tui.sources.queries import page_of, query_of, with_query

SITE = Site("hn", ("news.ycombinator.com",), "https://hacker-news.firebaseio.com/v0")
SEARCH = Site("hn-search", ("hn.algolia.com",), "https://hn.algolia.com/api/v1")
"""https://hn.algolia.com/api: the search, which the site itself leads to."""

LIST_SIZE = 30
"""Stories of one page of a list, as on the site."""

_LISTS = {
    "": ("topstories", "Hacker News"),
    "news": ("topstories", "Hacker News"),
    "newest": ("newstories", "Hacker News: new"),
    "best": ("beststories", "Hacker News: best"),
    "ask": ("askstories", "Hacker News: ask"),
    "show": ("showstories", "Hacker News: show"),
    "jobs": ("jobstories", "Hacker News: jobs"),
}
"""By the path of a page: the name of its list in the API, and its title."""

STORIES = EntryPaths(
    "title story_title", "author", "created_at_i created_at", "num_comments", "points", "url story_url"
)
"""Where a story that the search has found has the fields of an entry."""

ITEMS = EntryPaths("title", "by", "time", "descendants", "score", "url")
"""Where an item of the Firebase API has them."""


@dataclass(slots=True, eq=False)
class Items:
    """The items received, by identifier."""

    address: str
    story: dict[str, Any]
    by_id: dict[int, dict[str, Any]] = field(default_factory=dict)

    def data(self) -> bytes:
        """The items as an array in pre-order, replies in the order of `kids`."""
        options = [self.by_id[option] for option in _options(self.story) if option in self.by_id]
        ordered = [self.story, *options]
        seen: set[int] = set()
        waiting = list(reversed(_kids(self.story)))
        while waiting:
            identity = waiting.pop()
            item = self.by_id.get(identity)
            if item is not None and identity not in seen:
                seen.add(identity)
                ordered.append(item)
                waiting.extend(reversed(_kids(item)))
        return json_util.encode_json(ordered)

    def loaded(self) -> int:
        """The number of comments received."""
        return len(self.by_id.keys() - _options(self.story))

    def total(self) -> int | None:
        """The number of comments that the story states."""
        return json_util.as_int(self.story.get("descendants"))


def _kids(item: dict[str, Any]) -> list[int]:
    kids = item.get("kids")
    return _numbers(kids) if isinstance(kids, list) else []


def _options(story: dict[str, Any]) -> list[int]:
    """The identifiers of the options of a poll."""
    parts = story.get("parts")
    return _numbers(parts) if isinstance(parts, list) else []


def _numbers(written: Iterable[Any]) -> list[int]:
    return [number for number in map(json_util.as_int, written) if number is not None]


async def fetch_discussion(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch the item, then its replies level by level, several in parallel."""
    story = await work.value(_address(work, match["id"]))
    if not isinstance(story, dict) or "type" not in story:
        raise messages.FetchError(messages.unexpected_answer(match.string))
    items = Items(match.string, story)
    work.publish(items)
    await _fetch_items(work, items, [*_options(story), *_kids(story)])


async def load_more(work: PlanContext, document: Items, stub: Stub) -> None:
    """Fetch the items that a stub names, and everything below them."""
    await _fetch_items(work, document, _numbers(stub.keys))


async def load_detached(work: PlanContext, address: str, stub: Stub) -> None:
    """The same without their thread: below an empty story."""
    keys = _numbers(stub.keys)
    await _fetch_items(work, Items(address, {"id": 0, "type": "story", "by": "", "time": 0, "kids": keys}), keys)


async def _fetch_items(work: PlanContext, items: Items, kids: list[int]) -> None:
    async def visit(identity: int) -> Iterable[int]:
        item = await work.try_request(work.value(_address(work, identity)))
        if not isinstance(item, dict) or identity in items.by_id:
            return ()
        items.by_id[identity] = item
        work.publish(items)
        return _kids(item)

    await work.crawl(kids, visit)


def _address(work: PlanContext, identity: int | str) -> str:
    return f"{work.api(SITE)}/item/{identity}.json"


async def fetch_list(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch the identifiers of a list, then the stories of one page of it."""
    path, query = match["list"] or "", query_of(match)
    name, title = _LISTS[path]
    value = await work.value(f"{work.api(SITE)}/{name}.json")
    if not isinstance(value, list):
        raise messages.FetchError(messages.unexpected_answer(match.string))
    identities, page = _numbers(value), _page_number(query)
    wanted = identities[(page - 1) * LIST_SIZE : page * LIST_SIZE]
    document = ListingDocument(match.string, title)
    if page * LIST_SIZE < len(identities):
        document.further = with_query(f"{match['base']}/{path or 'news'}", p=page + 1)
    found: dict[int, Entry | None] = {}

    def publish() -> None:
        document.entries = present(map(found.get, wanted))
        work.publish(document)

    async def visit(identity: int) -> Iterable[int]:
        item = await work.try_request(work.value(_address(work, identity)))
        if isinstance(item, dict) and item.get("title"):
            found[identity] = _entry_of_item(item, f"{match['base']}/item?id={identity}")
            publish()
        return ()

    for hit in await _search_stories(work, wanted):
        identity = json_util.as_int(hit.get("objectID"))
        if identity in wanted:
            found[identity] = _entry_of_hit(hit, f"{match['base']}/item?id={identity}")
    if found:
        publish()
    await work.crawl([identity for identity in wanted if identity not in found], visit)
    publish()


def _page_number(query: dict[str, str]) -> int:
    """The page of a list: `p`, or for the newest stories `n`, the number of its first story."""
    if "p" in query:
        return page_of(query, "p")
    return (page_of(query, "n") - 1) // LIST_SIZE + 1


async def _search_stories(work: PlanContext, identities: Sequence[int]) -> list[dict[str, Any]]:
    """What the search knows of some stories; nothing if it does not answer, since there is another way."""
    stories = ",".join(f"story_{identity}" for identity in identities)
    value = None
    if stories:
        with suppress(messages.FetchError):
            tags = f"(story,poll,job),({stories})"
            value = await work.value(f"{work.api(SEARCH)}/search?tags={tags}&hitsPerPage={2 * LIST_SIZE}")
    return [hit for hit in json_util.objects_in(json_util.get_path(value, "hits")) if hit.get("title")]


def _entry_of_hit(hit: dict[str, Any], address: str) -> Entry | None:
    return read_entry(hit, STORIES, address=address, text=Text(json_util.as_str(hit.get("story_text")), "html"))


def _entry_of_item(item: dict[str, Any], address: str) -> Entry | None:
    title = unescape(json_util.as_str(item.get("title")))
    text = Text(json_util.as_str(item.get("text")), "html")
    return read_entry(item, ITEMS, address=address, title=title, text=text)


async def find_stories(work: PlanContext, address: str) -> list[Entry]:
    """Find the stories about a page: the search takes an address apart into words, and all of them have to be there."""
    words = quote(search_key(address).lstrip("-"), safe="")
    asked = f"search?query={words}&restrictSearchableAttributes=url&tags=story&hitsPerPage=100"
    hits = json_util.get_path(await work.value(f"{work.api(SEARCH)}/{asked}"), "hits")
    if not isinstance(hits, list):
        raise messages.FetchError(messages.unexpected_answer(work.api(SEARCH)))
    pages = f"{work.sites.page(SITE)}/item?id="
    entries = (
        read_entry(hit, STORIES, site="Hacker News", address=f"{pages}{number}")
        for hit in json_util.objects_in(hits)
        if (number := json_util.as_int(hit.get("objectID")))
    )
    return [entry for entry in entries if entry and entry.link]


PLATFORM = Platform(
    "Hacker News",
    SITE,
    threads=(AddressForm(rf"/item/?\?(?:[^#]*&)?id={ID}(?:[&#].*)?", fetch_discussion),),
    lists=(AddressForm(rf"(?:/(?P<list>{'|'.join(filter(None, _LISTS))})?/?)?(?:[?#].*)?", fetch_list),),
    short_names=(
        ShortName("hn", "hn", "/"),
        ShortName("hn/new", "hn/(?:new|newest)", "/newest"),
        *(ShortName(f"hn/{name}", f"hn/{name}", f"/{name}") for name in ("best", "ask", "show")),
    ),
    find=find_stories,
    stubs={"hackernews": StubLoader(load_detached, Items, load_more)},
)
