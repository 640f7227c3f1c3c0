"""Bluesky: the API returns a thread in one answer, after the author's handle was resolved.

https://docs.bsky.app/docs/api/app-bsky-feed-get-post-thread.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from rumor_tui.model import Stub
from rumor_tui.sources import json_util
from rumor_tui.sources.config import Site
from rumor_tui.sources.plan_context import PlanContext, require_key
from rumor_tui.sources.platform import AddressForm, Platform, StubLoader, stub_keys

SITE = Site("bluesky", ("bsky.app",), "https://public.api.bsky.app/xrpc")

DEPTH = 1000
"""Levels of replies to request, the maximum of the API."""


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


PLATFORM = Platform(
    "Bluesky",
    SITE,
    threads=(
        AddressForm(
            r"/profile/(?P<author>[\w.:%-]{1,260})/post/(?P<id>\w{1,64})/?(?:[?#].*)?",
            fetch_discussion,
        ),
    ),
    stubs={"bluesky": StubLoader(fetch_comments)},
)
