"""Mastodon and compatible servers: a status and its context; Lemmy: a post and its pages of comments.

https://docs.joinmastodon.org/methods/statuses/#context and https://join-lemmy.org/api (v3).
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from rumor_tui.sources import json_util, messages
from rumor_tui.sources.plan_context import PagedDocument, PlanContext

LEMMY_PAGE = 50
"""Comments for each page, the maximum of Lemmy."""


async def mastodon(work: PlanContext, match: re.Match[str]) -> None:
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


async def lemmy(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch a post, then its comments page by page, oldest first."""
    api = f"{match['base']}/api/v3"
    value = await work.value(f"{api}/post?id={match['id']}")
    post = json_util.get_path(value, "post_view")
    if not isinstance(post, dict):
        raise messages.FetchError(messages.unexpected_answer(match.string))
    document = PagedDocument(
        match.string,
        lambda comments: {"post_view": post, "comments": comments},
        expected=json_util.as_int(json_util.get_path(post, "counts", "comments")),
    )
    work.publish(document)
    asked = f"{api}/comment/list?post_id={match['id']}&type_=All&sort=Old&limit={LEMMY_PAGE}"
    for page in range(1, work.fetcher.limits.pages + 1):
        comments = json_util.objects_in(json_util.get_path(await work.value(f"{asked}&page={page}"), "comments"))
        document.comments.extend(comments)
        work.publish(document)
        if len(comments) < LEMMY_PAGE:
            return
