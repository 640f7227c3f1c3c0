"""Mastodon and compatible servers: a status and its context.

https://docs.joinmastodon.org/methods/statuses/#context.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from rumor_tui.sources import json_util, messages
from rumor_tui.sources.plan_context import PagedDocument, PlanContext
from rumor_tui.sources.platform import AddressForm, Platform


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


PLATFORM = Platform(
    "Mastodon",
    threads=(
        AddressForm(
            r"(?:/web|/deck)?/(?:@|users/)[\w.@-]+/(?:statuses/)?(?P<id>[0-9]{10,20}|01[0-9A-Z]{24})/?(?:[?#].*)?",
            fetch_discussion,
        ),
    ),
)
