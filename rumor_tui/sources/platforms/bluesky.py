"""Bluesky: the API returns a thread in one answer, after the author's handle was resolved.

https://docs.bsky.app/docs/api/app-bsky-feed-get-post-thread.

The posts with a hashtag are a search (https://docs.bsky.app/docs/api/app-bsky-feed-search-posts), which is often closed
to those who are not logged in, above all from its second page on (https://github.com/bluesky-social/atproto/pull/3844).
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, unquote

from rumor_tui.model import Entry
from rumor_tui.readers.api.values import to_timestamp
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.config import Site
from rumor_tui.sources.list_entries import Text, identified, make_entry, path_part, query_of, web_link, with_query
from rumor_tui.sources.plan_context import ListingDocument, PlanContext, require_key
from rumor_tui.sources.platform import AddressForm, Platform, ShortName

SITE = Site("bluesky", ("bsky.app",), "https://public.api.bsky.app/xrpc")

DEPTH = 1000
"""Levels of replies to request, the maximum of the API."""
_INVALID_HANDLE = "handle.invalid"
"""What stands for the handle of an author who has none that is valid."""

LIST_SIZE = 50
"""Posts of one page of a search; the API gives at most 100."""


async def fetch_discussion(work: PlanContext, match: re.Match[str]) -> None:
    """Resolve the author and fetch the thread below the post."""
    api, author = work.api(SITE), match["author"]
    if not author.startswith("did:"):
        value = await work.value(f"{api}/com.atproto.identity.resolveHandle?handle={quote(author)}")
        author = json_util.as_str(json_util.get_path(value, "did"))
    uri = quote(f"at://{author}/app.bsky.feed.post/{match['id']}", safe="")
    answer = await work.get(f"{api}/app.bsky.feed.getPostThread?uri={uri}&depth={DEPTH}&parentHeight=0")
    work.publish(require_key(answer, match.string, "thread"))


async def fetch_list(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch one page of the newest posts with a hashtag."""
    tag, cursor = unquote(match["tag"]), query_of(match).get("cursor")
    asked = with_query(
        f"{work.api(SITE)}/app.bsky.feed.searchPosts", q=f"#{tag}", sort="latest", limit=LIST_SIZE, cursor=cursor
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
    document.entries = [_entry(post, match["base"]) for post in identified(posts, "uri")]
    following = json_util.as_str(value.get("cursor"))
    if following and posts and following != cursor:
        document.further = with_query(f"{match['base']}/hashtag/{match['tag']}", cursor=following)
    work.publish(document)


def _entry(post: dict[str, Any], base: str) -> Entry:
    """A post, with the page that it embeds; the last part of its `uri` names it."""
    author = json_util.as_str(json_util.get_path(post, "author", "handle"))
    did = json_util.as_str(json_util.get_path(post, "author", "did"))
    name = author if author and author != _INVALID_HANDLE else did
    return make_entry(
        "",
        f"{base}/profile/{path_part(name)}/post/{path_part(json_util.as_str(post.get('uri')).rpartition('/')[2])}",
        author=author,
        published=to_timestamp(json_util.get_path(post, "record", "createdAt")),
        comments=post.get("replyCount"),
        score=post.get("likeCount"),
        link=web_link(json_util.get_path(post, "embed", "external", "uri")),
        text=Text(json_util.as_str(json_util.get_path(post, "record", "text")), "plain"),
    )


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
)
