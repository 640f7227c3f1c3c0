"""giscus: a discussion on GitHub, which giscus's own interface hands out without a login.

The interface is the one that its frame uses: `pages/api/discussions/index.ts` and `lib/types/adapter.ts` in
https://github.com/giscus/giscus. Comments come up to 100 a page, each with its replies.
"""

from __future__ import annotations

from typing import Any

from rumor_tui.model import Stub
from rumor_tui.sources import json_util, messages, notices
from rumor_tui.sources.comment_rows import (
    CommentRows,
    Page,
    Row,
    as_count,
    load_pages,
    require,
    row,
    server_base,
    settings_of,
)
from rumor_tui.sources.config import Site
from rumor_tui.sources.plan_context import PlanContext
from rumor_tui.sources.platform import Platform, StubLoader
from rumor_tui.sources.queries import with_query

NAME = "giscus"
SITE = Site("giscus", ("giscus.app",), "https://giscus.app")

PAGE_SIZE = 100
"""Comments for each page, the maximum of GitHub."""


async def load(work: PlanContext, address: str, stub: Stub) -> None:
    """Load the comments of the discussion that belongs to the page."""
    told = settings_of(stub)
    require(told["repo"], told["term"] or told["number"])
    base = server_base(told["server"]) if told["server"] else work.api(SITE)
    document = CommentRows(NAME, address)
    left_out = 0

    async def fetch(cursor: str) -> Page:
        nonlocal left_out
        asked = with_query(
            f"{base}/api/discussions",
            repo=told["repo"],
            term=told["term"],
            number=told["number"],
            category=told["category"],
            strict="true" if told["strict"] else "false",
            first=PAGE_SIZE,
            after=cursor,
        )
        discussion = json_util.get_path(await _asked(work, asked), "discussion")
        comments = json_util.get_path(discussion, "comments")
        if not isinstance(comments, list):
            raise messages.FetchError(messages.unexpected_answer(asked))
        totals = (json_util.get_path(discussion, name) for name in ("totalCommentCount", "totalReplyCount"))
        document.expected = sum(map(as_count, totals)) or None
        rows, missing = _rows(comments)
        left_out += missing
        page = json_util.get_path(discussion, "pageInfo")
        has_more = json_util.get_path(page, "hasNextPage") is True
        return rows, json_util.as_str(json_util.get_path(page, "endCursor")) if has_more else None

    await load_pages(work, document, fetch, "")
    if left_out:
        work.buffer.notices.append(notices.replies_left_out(NAME, left_out))


async def _asked(work: PlanContext, address: str) -> Any:
    """The answer; a page without a discussion has none. Raises FetchError."""
    try:
        return await work.value(address)
    except messages.FetchError as error:
        if error.status == 404:
            raise messages.FetchError(messages.no_embedded_comments(NAME)) from error
        raise


def _rows(comments: Any) -> tuple[list[Row], int]:
    """The comments with their replies, and how many replies are left out: GitHub gives up to 100 of each comment."""
    rows: list[Row] = []
    missing = 0
    for comment in json_util.objects_in(comments):
        replies = json_util.objects_in(comment.get("replies"))
        missing += max(as_count(comment.get("replyCount")) - len(replies), 0)
        rows.append(_row(comment, None))
        rows += [_row(reply, comment.get("id")) for reply in replies]
    return rows, missing


def _row(comment: dict[str, Any], parent: Any) -> Row:
    return row(
        comment.get("id"),
        parent=parent,
        author=json_util.get_path(comment, "author", "login"),
        date=comment.get("createdAt"),
        html=comment.get("bodyHTML"),
        score=comment.get("upvoteCount"),
        url=json_util.as_str(comment.get("url")),
        deleted=comment.get("deletedAt"),
    )


PLATFORM = Platform(NAME, SITE, stubs={"giscus": StubLoader(load)})
