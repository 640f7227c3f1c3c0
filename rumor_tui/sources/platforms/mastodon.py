"""Mastodon and compatible servers: a status and its context.

https://docs.joinmastodon.org/methods/statuses/#context.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from rumor_tui.model import Stub
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.plan_context import PagedDocument, PlanContext
from rumor_tui.sources.platform import AddressForm, Platform, StubLoader, stub_keys


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


PLATFORM = Platform(
    "Mastodon",
    threads=(
        AddressForm(
            r"(?:/web|/deck)?/(?:@|users/)[\w.@-]+/(?:statuses/)?(?P<id>[0-9]{10,20}|01[0-9A-Z]{24})/?(?:[?#].*)?",
            fetch_discussion,
        ),
    ),
    stubs={"mastodon": StubLoader(fetch_comments)},
)
