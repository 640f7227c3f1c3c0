"""Waline: the comments of a page by its path, page by page, each with all of its replies.

https://waline.js.org/en/reference/server/api.html and `packages/api` in https://github.com/walinejs/waline. Servers
before version 3 have no `/api` before the path and no envelope.
"""

from __future__ import annotations

from typing import Any

from rumor_tui.model import Stub
from rumor_tui.sources import json_util, messages
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

NAME = "Waline"

PAGE_SIZE = 50
"""Comments at the top level for each page."""


async def load(work: PlanContext, address: str, stub: Stub) -> None:
    """Load the comments of Waline, oldest first, each with all of its replies."""
    told = settings_of(stub)
    require(told["server"], told["path"])
    server = server_base(told["server"])
    document = CommentRows(NAME, address)

    async def fetch(page: int) -> Page:
        query: dict[str, str | int | None] = {
            "path": told["path"],
            "pageSize": PAGE_SIZE,
            "page": page,
            "lang": "en",
            "sortBy": "insertedAt_asc",
        }
        value = await _asked(work, server, query)
        held = value.get("data") if isinstance(value.get("data"), dict) else value
        comments = json_util.get_path(held, "data")
        if not isinstance(comments, list):
            raise messages.FetchError(messages.unexpected_answer(server))
        document.expected = json_util.as_int(json_util.get_path(held, "count"))
        return _rows(comments), page + 1 if page < as_count(json_util.get_path(held, "totalPages")) else None

    await load_pages(work, document, fetch, 1)


async def _asked(work: PlanContext, server: str, query: dict[str, str | int | None]) -> dict[str, Any]:
    """The answer of a server of any version. Raises FetchError."""
    try:
        value = await work.value(with_query(f"{server}/api/comment", **query))
    except messages.FetchError as error:
        if error.status != 404:
            raise
        value = await work.value(with_query(f"{server}/comment", **query))
    if not isinstance(value, dict):
        raise messages.FetchError(messages.unexpected_answer(server))
    return value


def _rows(comments: Any) -> list[Row]:
    rows: list[Row] = []
    for one in json_util.objects_in(comments):
        rows.append(
            row(
                one.get("objectId"),
                parent=one.get("pid") or one.get("rid"),
                author=one.get("nick"),
                date=one.get("time") or one.get("insertedAt") or one.get("createdAt"),
                html=one.get("comment"),
                score=one.get("like"),
            )
        )
        rows += _rows(one.get("children"))
    return rows


PLATFORM = Platform(NAME, stubs={"waline": StubLoader(load)})
