"""Substack: all comments of a post are one nested answer of its publication's own host.

The interface has no documentation; what is known is what the site's pages ask, and what clients do
(https://github.com/jakub-k-slys/substack-api): `/api/v1/post/ID/comments` with `all_comments`, whose comments have
`children`. A post that only subscribers may read has comments that only they may read.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from rumor_tui.model import Stub
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.plan_context import PagedDocument, PlanContext
from rumor_tui.sources.platform import Platform, StubLoader, stub_keys


async def fetch_comments(work: PlanContext, address: str, stub: Stub) -> None:
    """Fetch the comments of a post; the keys are the origin of the publication and the number of the post."""
    origin, number = stub_keys(stub, 2)
    asked = f"{origin}/api/v1/post/{quote(number, safe='')}/comments?token=&all_comments=true&sort=oldest_first"
    try:
        value = await work.value(asked)
    except messages.FetchError as error:
        if error.status in (401, 402, 403):
            raise messages.FetchError(messages.comments_for_members(origin), status=error.status) from error
        raise
    comments = json_util.get_path(value, "comments")
    if not isinstance(comments, list):
        raise messages.FetchError(messages.unexpected_answer(origin))
    page = address.partition("?")[0].partition("#")[0].rstrip("/")
    work.publish(PagedDocument(address, lambda found: {"comments": found}, comments=flatten(comments, page)))


def flatten(comments: list[Any], page: str) -> list[Any]:
    """Nested comments one after the other, each before its replies, with the addresses of their own pages."""
    waiting: list[tuple[dict[str, Any], Any]] = [(comment, None) for comment in json_util.objects_in(comments)][::-1]
    found: list[Any] = []
    while waiting:
        comment, above = waiting.pop()
        number = json_util.as_int(comment.get("id"))
        body = json_util.as_str(comment.get("body"))
        found.append(
            {
                "id": number,
                "parent_id": above,
                "author": json_util.as_str(comment.get("name")),
                "created_at": json_util.as_str(comment.get("date")),
                "body_text": body,
                "score": json_util.as_int(comment.get("reaction_count")),
                "url": f"{page}/comment/{number}" if page and number is not None else None,
                "deleted": bool(comment.get("deleted")) or not body,
            }
        )
        waiting.extend((child, number) for child in reversed(json_util.objects_in(comment.get("children"))))
    return found


PLATFORM = Platform("Substack", stubs={"substack": StubLoader(fetch_comments, whole=True)})
