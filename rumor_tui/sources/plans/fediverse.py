"""Mastodon and what speaks its API: a status and its context; Lemmy: a post and its pages of comments.

https://docs.joinmastodon.org/methods/statuses/#context and https://join-lemmy.org/api (v3).
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from rumor_tui.sources import jsons, wording
from rumor_tui.sources.plans.documents import Grown
from rumor_tui.sources.work import Work

LEMMY_PAGE = 50
"""Comments a page, the most that Lemmy gives."""


async def mastodon(work: Work, match: re.Match[str]) -> None:
    """Fetch a status and then what was said before and after it."""
    base = f"{match['base']}/api/v1/statuses/{quote(match['id'])}"
    status = await work.value(base)
    if not isinstance(status, dict) or "content" not in status:
        raise wording.FetchError(wording.no_json(match.string))
    context: dict[str, Any] = {"ancestors": [], "descendants": []}
    document = Grown(
        match.string,
        lambda comments: {"status": status, "context": {**context, "descendants": comments}},
        expected=jsons.number(status.get("replies_count")),
    )
    work.came(document)
    value = await work.value(f"{base}/context")
    if isinstance(value, dict):
        context.update(value)
    document.comments.extend(jsons.listed(context.get("descendants")))
    document.expected = None
    work.came(document)


async def lemmy(work: Work, match: re.Match[str]) -> None:
    """Fetch a post, then its comments page after page, oldest first."""
    api = f"{match['base']}/api/v3"
    value = await work.value(f"{api}/post?id={match['id']}")
    post = jsons.inside(value, "post_view")
    if not isinstance(post, dict):
        raise wording.FetchError(wording.no_json(match.string))
    document = Grown(
        match.string,
        lambda comments: {"post_view": post, "comments": comments},
        expected=jsons.number(jsons.inside(post, "counts", "comments")),
    )
    work.came(document)
    asked = f"{api}/comment/list?post_id={match['id']}&type_=All&sort=Old&limit={LEMMY_PAGE}"
    for page in range(1, work.fetcher.limits.pages + 1):
        comments = jsons.listed(jsons.inside(await work.value(f"{asked}&page={page}"), "comments"))
        document.comments.extend(comments)
        work.came(document)
        if len(comments) < LEMMY_PAGE:
            return
