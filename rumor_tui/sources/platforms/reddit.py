"""Reddit: the `.json` of a thread, and the branches that it omits as `more` stubs.

https://www.reddit.com/dev/api#GET_comments_{article}. A stub with children is loaded by `/api/morechildren`, a hundred
at a time; one without ("continue this thread") by fetching its parent comment. The results are appended flat to the
comments of the listing, each with the name of its parent.

The list of a community is its address with `.json` (https://www.reddit.com/dev/api#GET_hot), and `after` names the last
post of the page before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from rumor_tui.canonical import search_key
from rumor_tui.model import Entry, Stub
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.config import Site
from rumor_tui.sources.entries import EntryPaths, Text, identified, present, read_entry
from rumor_tui.sources.plan_context import ListingDocument, PlanContext
from rumor_tui.sources.platform import AddressForm, Platform, ShortName, StubLoader
from rumor_tui.sources.queries import query_of, with_query

SITE = Site(
    "reddit",
    tuple(f"{name}reddit.com" for name in ("www.", "", "old.", "new.", "np.", "m.", "sh.", "i.")),
)

MAX_CHILDREN = 100
"""Identifiers that one request to `/api/morechildren` accepts."""

LIST_SIZE = 50
"""Posts of one page of a list; the API gives at most 100."""

_SORTS = "hot|new|top|best|rising|controversial"

POSTS = EntryPaths("title", "author", "created_utc", "num_comments", "score", "url_overridden_by_dest url")
"""Where the data of a post in a listing have the fields of an entry."""

_LINK = re.compile(r"/comments/(\w{1,16})")


class MoreStub(NamedTuple):
    """A `more` stub and the array that contains it."""

    stub: dict[str, Any]
    holder: list[Any]

    @property
    def children(self) -> list[str]:
        """The identifiers of the missing comments; empty if the stub names only its parent."""
        return [
            child for child in map(json_util.as_str, json_util.get_path(self.stub, "data", "children") or ()) if child
        ]

    @property
    def parent(self) -> str:
        """The name of the parent, with its kind (`t1_…`)."""
        return json_util.as_str(json_util.get_path(self.stub, "data", "parent_id"))


@dataclass(slots=True, eq=False)
class Listings:
    """The two listings of a thread; `things` is the growing array of the second."""

    address: str
    post: Any
    comments: dict[str, Any]
    things: list[Any]
    seen: set[str] = field(default_factory=set)

    def data(self) -> bytes:
        """Both listings as an array."""
        return json_util.encode_json([self.post, self.comments])

    def loaded(self) -> int:
        """The number of comments received."""
        return len(self.seen)

    def total(self) -> int | None:
        """The number of comments that the post states."""
        return json_util.as_int(json_util.get_path(self.post, "data", "children", 0, "data", "num_comments"))

    def add(self, things: Sequence[Any]) -> list[MoreStub]:
        """Append new things and return all stubs in them."""
        fresh = [thing for thing in json_util.objects_in(things) if _name(thing) not in self.seen]
        stubs: list[MoreStub] = []
        for holder, thing in _walk(fresh):
            if thing.get("kind") == "more":
                stubs.append(MoreStub(thing, self.things if holder is fresh else holder))
            elif name := _name(thing):
                self.seen.add(name)
        self.things.extend(fresh)
        return stubs

    def stubs(self) -> list[MoreStub]:
        """The stubs that are left."""
        return [MoreStub(thing, holder) for holder, thing in _walk(self.things) if thing.get("kind") == "more"]


def _name(thing: dict[str, Any]) -> str:
    """The identifier of a comment; empty for anything else."""
    return json_util.as_str(json_util.get_path(thing, "data", "id")) if thing.get("kind") == "t1" else ""


def _walk(things: list[Any]) -> Iterator[tuple[list[Any], dict[str, Any]]]:
    """All things below in pre-order, each with the array that contains it."""
    waiting = [(things, thing) for thing in reversed(json_util.objects_in(things))]
    while waiting:
        holder, thing = waiting.pop()
        yield holder, thing
        below = json_util.get_path(thing, "data", "replies", "data", "children")
        waiting.extend((below, one) for one in reversed(json_util.objects_in(below)))


async def fetch_discussion(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch the thread, then its stubs as far as the limits allow; the others remain stubs."""
    base = work.api(SITE)
    within = f"/_/{match['comment']}" if match["comment"] else ""
    value = await work.value(f"{base}/comments/{match['id']}{within}.json?raw_json=1&limit=500")
    listings = parse_listings(match.string, value)
    stubs = listings.add(take_things(listings))
    work.publish(listings)
    await load_stubs(work, listings, stubs)


def parse_listings(address: str, value: Any) -> Listings:
    """The document of the first answer. Raises FetchError if its structure is unknown."""
    comments = json_util.get_path(value, 1)
    things = json_util.get_path(comments, "data", "children")
    if not isinstance(things, list) or json_util.get_path(value, 0, "kind") != "Listing":
        raise messages.FetchError(messages.unexpected_answer(address))
    return Listings(address, value[0], comments, things)


def take_things(listings: Listings) -> list[Any]:
    """Remove the things of a new document, so that they can be added like all others."""
    things = list(listings.things)
    listings.things.clear()
    return things


async def load_more(work: PlanContext, document: Listings, stub: Stub) -> None:
    """Load the stubs of the document that a stub of the thread stands for, and the stubs below them."""
    keys = set(stub.keys)
    await load_stubs(work, document, [one for one in document.stubs() if not keys.isdisjoint(_keys(one))])


def _keys(stubs: MoreStub) -> set[str]:
    return set(stubs.children) or {stubs.parent, stubs.parent.removeprefix("t1_")}


async def load_detached(work: PlanContext, address: str, stub: Stub) -> None:
    """Load the things of a stub below a post that has only an identifier. Raises FetchError."""
    link = _LINK.search(address)
    if link is None or not stub.keys:
        raise messages.FetchError(messages.cannot_load_stub())
    post = {"kind": "Listing", "data": {"children": [{"kind": "t3", "data": {"id": link[1], "title": ""}}]}}
    things: list[Any] = []
    listings = Listings(address, post, {"kind": "Listing", "data": {"children": things}}, things)
    more = {"id": "_", "parent_id": stub.keys[0], "children": list(stub.keys), "count": stub.count}
    if stub.keys[0].startswith("t1_"):
        more["children"] = []
    things.append({"kind": "more", "data": more})
    await load_stubs(work, listings, listings.stubs())


async def load_stubs(work: PlanContext, listings: Listings, stubs: list[MoreStub]) -> None:
    """Load stubs, and the stubs in the results, one request after the other, up to the limit of pages.

    Reddit allows one request to `/api/morechildren` at a time, so each request loads the children of many stubs.
    """
    for _ in range(work.fetcher.limits.pages):
        if not stubs:
            return
        batch = _batch(stubs)
        things = await work.try_request(
            fetch_things(work, post_id(listings.post), [name for _, now in batch for name in now], batch[0][0])
        )
        for left, now in batch:
            if things is not None and (rest := _remove_loaded(left, now)) is not None:
                stubs.insert(0, rest)
        if things is not None:
            stubs.extend(listings.add(things))
            work.publish(listings)


def _batch(stubs: list[MoreStub]) -> list[tuple[MoreStub, list[str]]]:
    """Take as many stubs as one request can load, each with the children to request; a stub without any comes alone."""
    first = stubs.pop(0)
    batch = [(first, first.children[:MAX_CHILDREN])]
    room = MAX_CHILDREN - len(first.children)
    while stubs and first.children and stubs[0].children and room > 0:
        left = stubs.pop(0)
        batch.append((left, left.children[:room]))
        room -= len(left.children)
    return batch


def _remove_loaded(stubs: MoreStub, done: list[str]) -> MoreStub | None:
    """Remove the loaded children from a stub, or the stub from the document if no children are left."""
    later = stubs.children[len(done) :]
    if later:
        count = json_util.as_int(stubs.stub["data"].get("count")) or 0
        stubs.stub["data"].update(children=later, count=max(count - len(done), len(later)))
        return stubs
    stubs.holder[:] = [one for one in stubs.holder if one is not stubs.stub]
    return None


def post_id(post: Any) -> str:
    """The identifier of the post in its listing."""
    return json_util.as_str(json_util.get_path(post, "data", "children", 0, "data", "id"))


async def fetch_things(work: PlanContext, link: str, children: Sequence[str], first: MoreStub) -> list[Any]:
    """Fetch the children of stubs or, if the first names none, what is below its parent."""
    if children:
        wanted = f"api_type=json&raw_json=1&link_id=t3_{quote(link)}&children={quote(','.join(children), safe=',')}"
        value = await work.value(f"{work.api(SITE)}/api/morechildren.json?{wanted}")
        things = json_util.get_path(value, "json", "data", "things")
    else:
        within = f"/comments/{quote(link)}/_/{quote(first.parent.removeprefix('t1_'))}.json?raw_json=1"
        value = await work.value(f"{work.api(SITE)}{within}")
        top = json_util.get_path(value, 1, "data", "children", 0, "data")
        things = (json_util.get_path(top, "replies", "data", "children") or []) if isinstance(top, dict) else None
    if not isinstance(things, list):
        raise messages.FetchError(messages.unexpected_answer(work.api(SITE)))
    return things


def old_reddit(address: str) -> str:
    """The same thread in the old markup of Reddit, which needs no scripts."""
    return re.sub(r"^https?://(?:[\w-]+\.)?reddit\.com/", "https://old.reddit.com/", address)


async def fetch_list(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch one page of the posts of a community."""
    query, sort = query_of(match), match["sort"] or "hot"
    of, after = query.get("t"), query.get("after")
    asked = with_query(
        f"{work.api(SITE)}/r/{match['name']}/{sort}.json", limit=LIST_SIZE, raw_json=1, t=of, after=after
    )
    data = json_util.get_path(await work.value(asked), "data")
    if not isinstance(json_util.get_path(data, "children"), list):
        raise messages.FetchError(messages.unexpected_answer(match.string))
    document = ListingDocument(match.string, ": ".join(filter(None, (f"r/{unquote(match['name'])}", match["sort"]))))
    document.entries = present(
        _entry(thing["data"], match) for thing in identified(data["children"], "data", "permalink")
    )
    following = json_util.as_str(data.get("after"))
    if following and following != after:
        where = f"{match['base']}/r/{match['name']}/{match['sort'] or ''}".rstrip("/")
        document.further = with_query(where, t=of, after=following)
    work.publish(document)


def _entry(post: dict[str, Any], match: re.Match[str]) -> Entry | None:
    """A post; one that is a text has no link, and its community as its site."""
    own = post.get("is_self") is True
    return read_entry(
        post,
        POSTS._replace(link="") if own else POSTS,
        address=f"{match['base']}/{quote(json_util.as_str(post.get('permalink')).lstrip('/'))}",
        site=f"r/{json_util.as_str(post.get('subreddit')) or match['name']}" if own else "",
        text=Text(json_util.as_str(post.get("selftext")), "markdown"),
    )


async def find_posts(work: PlanContext, address: str) -> list[Entry]:
    """Find the posts about a page: by the address as posted, and by the search for a part of addresses.

    https://www.reddit.com/dev/api#GET_api_info, https://www.reddit.com/dev/api#GET_search.
    """
    whole, part = quote(address, safe=""), quote(f'url:"{search_key(address)}"', safe="")
    return await work.gather(
        _fetch_posts(work, asked)
        for asked in (
            f"api/info.json?url={whole}&raw_json=1&limit=100",
            f"search.json?q={part}&type=link&sort=comments&t=all&raw_json=1&limit=100",
        )
    )


async def _fetch_posts(work: PlanContext, asked: str) -> list[Entry]:
    children = json_util.get_path(await work.value(f"{work.api(SITE)}/{asked}"), "data", "children")
    if not isinstance(children, list):
        raise messages.FetchError(messages.unexpected_answer(work.api(SITE)))
    posts = (child.get("data") for child in json_util.objects_in(children) if child.get("kind") == "t3")
    entries = (
        read_entry(
            post,
            POSTS,
            site=f"Reddit r/{json_util.as_str(post.get('subreddit'))}",
            address=f"{work.sites.page(SITE)}{quote(json_util.as_str(post.get('permalink')))}",
        )
        for post in posts
        if isinstance(post, dict) and json_util.as_str(post.get("permalink")).startswith("/")
    )
    return [entry for entry in entries if entry and entry.link]


PLATFORM = Platform(
    "Reddit",
    SITE,
    threads=(
        AddressForm(
            r"(?:/(?:r|user)/[\w.-]+)?/comments/(?P<id>\w{1,16})(?:/[^/?#]*(?:/(?P<comment>\w{1,16}))?)?/?(?:\.json)?(?:[?#].*)?",
            fetch_discussion,
            old_reddit,
        ),
    ),
    lists=(
        AddressForm(
            rf"/r/(?P<name>(?:[\w+]|%2[Bb]){{1,200}})(?:/(?P<sort>{_SORTS}))?/?(?:\.json)?(?:[?#].*)?",
            fetch_list,
            old_reddit,
        ),
    ),
    short_names=(
        ShortName("r/NAME", r"r/(?P<name>[\w+]{1,200})", "/r/{name}/"),
        ShortName("r/NAME/top|new|hot", rf"r/(?P<name>[\w+]{{1,200}})/(?P<sort>{_SORTS})", "/r/{name}/{sort}/"),
    ),
    find=find_posts,
    stubs={"reddit": StubLoader(load_detached, Listings, load_more)},
)
