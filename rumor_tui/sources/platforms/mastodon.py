"""Mastodon and compatible servers: a status and its context, and the statuses with a hashtag.

https://docs.joinmastodon.org/methods/statuses/#context and /methods/timelines/#tag. A server may show its timelines
only to those who are logged in; `max_id` is the last status of the page before.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, unquote

from rumor_tui.model import Entry, Stub
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.config import Site
from rumor_tui.sources.entries import EntryPaths, Text, identified, present, read_entry
from rumor_tui.sources.plan_context import ListingDocument, PagedDocument, PlanContext
from rumor_tui.sources.platform import HOST, AddressForm, Platform, ShortName, StubLoader, stub_keys
from rumor_tui.sources.queries import path_part, query_of, with_query

LIST_SIZE = 40
"""Statuses of one page of a timeline, the maximum of the API."""

SEARCH = Site("mastodon-search", ("mastodon.social",))
"""The server that is asked for posts: the largest one."""

POSTS = EntryPaths("content", "account.acct", "created_at", "replies_count", "favourites_count", "card.url")
"""Where a status has the fields of an entry."""


async def fetch_discussion(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch a status, then its ancestors and replies."""
    await fetch_status(work, match["base"], match["id"], match.string)


async def fetch_comments(work: PlanContext, address: str, stub: Stub) -> None:
    """Fetch a status and what answers it; the keys are the origin of its server and its identifier."""
    origin, number = stub_keys(stub, 2)
    await fetch_status(work, origin, number, address)


async def fetch_status(work: PlanContext, origin: str, number: str, address: str) -> None:
    """Fetch a status of a server, then its ancestors and replies, as the document of an address."""
    base = f"{origin}/api/v1/statuses/{quote(number, safe='')}"
    status = await work.value(base)
    if not isinstance(status, dict) or "content" not in status:
        raise messages.FetchError(messages.unexpected_answer(address))
    context: dict[str, Any] = {"ancestors": [], "descendants": []}
    document = PagedDocument(
        address,
        lambda comments: {"status": status, "context": {**context, "descendants": comments}},
        expected=json_util.as_int(status.get("replies_count")),
    )
    work.publish(document)
    value = await work.value(f"{base}/context")
    if isinstance(value, dict):
        context.update(value)
    document.comments.extend(json_util.objects_in(context.get("descendants")))
    document.expected = None
    work.publish(document)


async def fetch_list(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch one page of the statuses with a hashtag, newest first."""
    before = query_of(match).get("max_id")
    asked = f"{match['base']}/api/v1/timelines/tag/{match['tag']}"
    try:
        statuses = await work.value(with_query(asked, limit=LIST_SIZE, max_id=before))
    except messages.FetchError as error:
        if error.status in (401, 422):
            raise messages.FetchError(messages.needs_login(match["site"]), status=error.status, final=True) from error
        raise
    if not isinstance(statuses, list):
        raise messages.FetchError(messages.unexpected_answer(match.string))
    document = ListingDocument(match.string, f"#{unquote(match['tag'])} · {match['site']}")
    found = identified(statuses, "id")
    document.entries = present(_entry(status, match["base"]) for status in found)
    if len(statuses) >= LIST_SIZE and found:
        document.further = with_query(f"{match['base']}/tags/{match['tag']}", max_id=path_part(found[-1].get("id")))
    work.publish(document)


def _entry(status: dict[str, Any], base: str) -> Entry | None:
    """A status, with the page that its preview card shows; a content warning stands before its text."""
    author = path_part(json_util.get_path(status, "account", "acct"))
    return read_entry(
        status,
        POSTS._replace(title="spoiler_text"),
        address=f"{base}/@{author}/{path_part(status.get('id'))}",
        text=Text(json_util.as_str(status.get("content")), "html"),
    )


async def find_posts(work: PlanContext, address: str) -> list[Entry]:
    """Find the posts that link to a page, that were answered, and whose authors let others find them.

    https://docs.joinmastodon.org/methods/timelines/#link, since version 4.3: only for pages that many link to at the
    time, others are unknown (404). A search of all posts needs a login.
    """
    try:
        posts = await work.value(f"{work.api(SEARCH)}/api/v1/timelines/link?url={quote(address, safe='')}&limit=40")
    except messages.FetchError as error:
        if error.status == 404:
            return []
        raise
    if not isinstance(posts, list):
        raise messages.FetchError(messages.unexpected_answer(work.api(SEARCH)))
    entries = (_post_entry(post) for post in json_util.objects_in(posts))
    return [entry for entry in entries if entry and entry.comments]


def _post_entry(post: dict[str, Any]) -> Entry | None:
    from rumor_tui.blocks import body_text

    text = body_text(json_util.as_str(post.get("content"))[:_LONGEST], "html")
    return read_entry(post, POSTS, site="Mastodon", address=json_util.as_str(post.get("url")), title=text)


_LONGEST = 20_000
"""Characters of a post that are looked at for the first words of its text."""


PLATFORM = Platform(
    "Mastodon",
    threads=(
        AddressForm(
            r"(?:/web|/deck)?/(?:@|users/)[\w.@-]+/(?:statuses/)?(?P<id>[0-9]{10,20}|01[0-9A-Z]{24})/?(?:[?#].*)?",
            fetch_discussion,
        ),
    ),
    lists=(AddressForm(r"/tags/(?P<tag>(?:\w|%[0-9A-Fa-f]{2}){1,300})(?:[?#].*)?", fetch_list),),
    short_names=(ShortName("HOST/tags/NAME", rf"{HOST}/tags/(?P<tag>\w{{1,100}})", "/tags/{tag}"),),
    find=find_posts,
    stubs={"mastodon": StubLoader(fetch_comments)},
)
