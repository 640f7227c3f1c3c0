"""Bluesky: the API returns a thread in one answer, after the author's handle was resolved.

https://docs.bsky.app/docs/api/app-bsky-feed-get-post-thread.

The posts with a hashtag are a search (https://docs.bsky.app/docs/api/app-bsky-feed-search-posts), which is often closed
to those who are not logged in, above all from its second page on (https://github.com/bluesky-social/atproto/pull/3844).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote

from rumor_tui.canonical import canonical_address
from rumor_tui.model import Entry, Stub
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.config import Site
from rumor_tui.sources.entries import EntryPaths, Text, identified, present, read_entry
from rumor_tui.sources.plan_context import ListingDocument, PlanContext, require_key
from rumor_tui.sources.platform import AddressForm, Platform, ShortName, StubLoader, stub_keys
from rumor_tui.sources.queries import path_part, query_of, with_query

SITE = Site("bluesky", ("bsky.app",), "https://public.api.bsky.app/xrpc")

SEARCH = Site("bluesky-search", ("bsky.app",), "https://api.bsky.app/xrpc")
"""The host for searches; the public one refuses them without a login: bluesky-social/atproto, issue 3423."""

POSTS = EntryPaths("record.text", "author.handle", "record.createdAt indexedAt", "replyCount", "likeCount")
"""Where a view of a post has the fields of an entry, which is about the page that the post links to."""

_POST_URI = re.compile(r"at://(?P<author>did:[\w.:%-]{1,250})/app\.bsky\.feed\.post/(?P<id>\w{1,64})")
_EMBEDS = (("record", "embed"), ("embed",), ("embed", "media"))
"""Where a view of a post may have what is embedded in it."""

DEPTH = 1000
"""Levels of replies to request, the maximum of the API."""
_INVALID_HANDLE = "handle.invalid"
"""What stands for the handle of an author who has none that is valid."""

LIST_SIZE = 50
"""Posts of one page of a search; the API gives at most 100."""


async def fetch_discussion(work: PlanContext, match: re.Match[str]) -> None:
    """Resolve the author and fetch the thread below the post."""
    await fetch_thread(work, match["author"], match["id"], match.string)


async def fetch_comments(work: PlanContext, address: str, stub: Stub) -> None:
    """Fetch the thread below a post; the keys are its author and its key in the author's repository."""
    author, key = stub_keys(stub, 2)
    await fetch_thread(work, author, key, address)


async def fetch_thread(work: PlanContext, author: str, key: str, address: str) -> None:
    """Fetch the thread below a post of an author, given by a handle or a DID, as the document of an address."""
    api = work.api(SITE)
    if not author.startswith("did:"):
        value = await work.value(f"{api}/com.atproto.identity.resolveHandle?handle={quote(author, safe='')}")
        author = json_util.as_str(json_util.get_path(value, "did"))
    uri = quote(f"at://{author}/app.bsky.feed.post/{key}", safe="")
    answer = await work.get(f"{api}/app.bsky.feed.getPostThread?uri={uri}&depth={DEPTH}&parentHeight=0")
    work.publish(require_key(answer, address, "thread"))


async def fetch_list(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch one page of the newest posts with a hashtag."""
    tag, cursor = unquote(match["tag"]), query_of(match).get("cursor")
    asked = with_query(
        f"{work.api(SEARCH)}/app.bsky.feed.searchPosts", q=f"#{tag}", sort="latest", limit=LIST_SIZE, cursor=cursor
    )
    try:
        value = await work.value(asked)
    except messages.FetchError as error:
        if error.status in (401, 403):
            raise messages.FetchError(messages.needs_login(match["site"]), status=error.status, final=True) from error
        raise
    posts = json_util.get_path(value, "posts")
    if not isinstance(posts, list):
        raise messages.FetchError(messages.unexpected_answer(match.string))
    document = ListingDocument(match.string, f"Bluesky: #{tag}")
    document.entries = present(_entry(post, match["base"]) for post in identified(posts, "uri"))
    following = json_util.as_str(value.get("cursor"))
    if following and posts and following != cursor:
        document.further = with_query(f"{match['base']}/hashtag/{match['tag']}", cursor=following)
    work.publish(document)


def _entry(post: dict[str, Any], base: str) -> Entry | None:
    """A post, with the page that it embeds; the last part of its `uri` names it."""
    handle = json_util.as_str(json_util.get_path(post, "author", "handle"))
    did = json_util.as_str(json_util.get_path(post, "author", "did"))
    name = path_part(handle if handle and handle != _INVALID_HANDLE else did)
    return read_entry(
        post,
        POSTS._replace(title=""),
        address=f"{base}/profile/{name}/post/{path_part(json_util.as_str(post.get('uri')).rpartition('/')[2])}",
        link=json_util.as_str(json_util.get_path(post, "embed", "external", "uri")),
        text=Text(json_util.as_str(json_util.get_path(post, "record", "text")), "plain"),
    )


async def find_posts(work: PlanContext, address: str) -> list[Entry]:
    """Find the posts that link to a page and were answered.

    https://docs.bsky.app/docs/api/app-bsky-feed-search-posts: `url` filters by links, and `q` must not be missing.
    """
    asked = f"app.bsky.feed.searchPosts?q=*&url={quote(address, safe='')}&sort=top&limit=100"
    posts = json_util.get_path(await work.value(f"{work.api(SEARCH)}/{asked}"), "posts")
    if not isinstance(posts, list):
        raise messages.FetchError(messages.unexpected_answer(work.api(SEARCH)))
    entries = (_post_entry(work, post, address) for post in json_util.objects_in(posts))
    return [entry for entry in entries if entry and entry.comments]


def _post_entry(work: PlanContext, post: dict[str, Any], page: str) -> Entry | None:
    place = _POST_URI.fullmatch(json_util.as_str(post.get("uri")))
    if place is None:
        return None
    author = json_util.as_str(json_util.get_path(post, "author", "handle"))
    # A handle that its owner's domain does not confirm is shown as this one, for all accounts.
    author = place["author"] if author in ("", "handle.invalid") else author
    address = f"{work.sites.page(SITE)}/profile/{quote(author, safe=':')}/post/{place['id']}"
    links = list(_links(post))
    wanted = canonical_address(page)
    link = next((link for link in links if canonical_address(link) == wanted), links[0] if links else "")
    return read_entry(post, POSTS, site="Bluesky", address=address, link=link)


def _links(post: dict[str, Any]) -> Iterator[str]:
    """What a post links to: the page embedded in it, and links in its text."""
    for path in _EMBEDS:
        if uri := json_util.as_str(json_util.get_path(post, *path, "external", "uri")):
            yield uri
    for facet in json_util.objects_in(json_util.get_path(post, "record", "facets")):
        for feature in json_util.objects_in(facet.get("features")):
            if uri := json_util.as_str(feature.get("uri")):
                yield uri


PLATFORM = Platform(
    "Bluesky",
    SITE,
    threads=(
        AddressForm(
            r"/profile/(?P<author>[\w.:%-]{1,260})/post/(?P<id>\w{1,64})/?(?:[?#].*)?",
            fetch_discussion,
        ),
    ),
    lists=(AddressForm(r"/hashtag/(?P<tag>(?:[\w-]|%[0-9A-Fa-f]{2}){1,300})/?(?:[?#].*)?", fetch_list),),
    short_names=(ShortName("bsky/TAG", r"bsky/(?P<tag>[\w-]{1,100})", "/hashtag/{tag}"),),
    find=find_posts,
    stubs={"bluesky": StubLoader(fetch_comments)},
)
