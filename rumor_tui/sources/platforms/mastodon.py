"""Mastodon and compatible servers: a status and its context.

https://docs.joinmastodon.org/methods/statuses/#context.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from rumor_tui.model import Entry
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.config import Site
from rumor_tui.sources.entries import EntryPaths, make_entry
from rumor_tui.sources.plan_context import PagedDocument, PlanContext
from rumor_tui.sources.platform import AddressForm, Platform

SEARCH = Site("mastodon-search", ("mastodon.social",))
"""The server that is asked for posts: the largest one."""

POSTS = EntryPaths("content", "account.acct", "created_at", "replies_count", "favourites_count", "card.url")
"""Where a status has the fields of an entry."""


async def fetch_discussion(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch a status, then its ancestors and replies."""
    base = f"{match['base']}/api/v1/statuses/{quote(match['id'])}"
    status = await work.value(base)
    if not isinstance(status, dict) or "content" not in status:
        raise messages.FetchError(messages.unexpected_answer(match.string))
    context: dict[str, Any] = {"ancestors": [], "descendants": []}
    document = PagedDocument(
        match.string,
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
    return make_entry(post, POSTS, site="Mastodon", address=json_util.as_str(post.get("url")), title=text)


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
    find=find_posts,
)
