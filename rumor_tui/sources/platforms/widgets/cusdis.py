"""Cusdis: the comments of a page, ten a page, newest first, each with up to ten replies.

`pages/api/open/comments.ts` and `service/comment.service.ts` in https://github.com/djyde/cusdis. There is no address
for further replies.
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
from rumor_tui.sources.plan_context import PlanContext
from rumor_tui.sources.platform import Platform, StubLoader
from rumor_tui.sources.queries import with_query

NAME = "Cusdis"


async def load(work: PlanContext, address: str, stub: Stub) -> None:
    """Load the comments page by page."""
    told = settings_of(stub)
    require(told["server"], told["app"], told["page"])
    base = f"{server_base(told['server'])}/api/open/comments"
    document = CommentRows(NAME, address)
    left_out = 0

    async def fetch(page: int) -> Page:
        nonlocal left_out
        asked = with_query(base, appId=told["app"], pageId=told["page"], page=page)
        held = json_util.get_path(await work.value(asked), "data")
        comments = json_util.get_path(held, "data")
        if not isinstance(comments, list):
            raise messages.FetchError(messages.unexpected_answer(asked))
        rows, missing = _rows(comments, None)
        left_out += missing
        return rows, page + 1 if page < as_count(json_util.get_path(held, "pageCount")) else None

    await load_pages(work, document, fetch, 1)
    if left_out:
        work.buffer.notices.append(notices.replies_left_out(NAME, left_out))


def _rows(comments: Any, parent: Any) -> tuple[list[Row], int]:
    """The comments with all that is below them, and the number of replies that are left out."""
    rows: list[Row] = []
    missing = 0
    for one in json_util.objects_in(comments):
        rows.append(
            row(
                one.get("id"),
                parent=parent,
                author=one.get("by_nickname") or json_util.get_path(one, "moderator", "displayName"),
                date=one.get("createdAt"),
                html=one.get("parsedContent"),
                text="" if one.get("parsedContent") else one.get("content"),
            )
        )
        replies = json_util.get_path(one, "replies", "data")
        missing += max(
            as_count(json_util.get_path(one, "replies", "commentCount")) - len(json_util.objects_in(replies)), 0
        )
        below, fewer = _rows(replies, one.get("id"))
        rows += below
        missing += fewer
    return rows, missing


PLATFORM = Platform(NAME, stubs={"cusdis": StubLoader(load)})
