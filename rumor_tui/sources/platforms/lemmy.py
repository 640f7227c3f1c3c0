"""Lemmy: a post and its pages of comments.

https://join-lemmy.org/api (v3).
"""

from __future__ import annotations

import re

from rumor_tui.sources import json_util, messages
from rumor_tui.sources.plan_context import PagedDocument, PlanContext
from rumor_tui.sources.platform import ID, AddressForm, Platform

PAGE_SIZE = 50
"""Comments for each page, the maximum of Lemmy."""


async def fetch_discussion(work: PlanContext, match: re.Match[str]) -> None:
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
    asked = f"{api}/comment/list?post_id={match['id']}&type_=All&sort=Old&limit={PAGE_SIZE}"
    for page in range(1, work.fetcher.limits.pages + 1):
        comments = json_util.objects_in(json_util.get_path(await work.value(f"{asked}&page={page}"), "comments"))
        document.comments.extend(comments)
        work.publish(document)
        if len(comments) < PAGE_SIZE:
            return


PLATFORM = Platform("Lemmy", threads=(AddressForm(rf"/post/{ID}/?(?:[/?#].*)?", fetch_discussion),))
