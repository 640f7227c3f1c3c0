"""Waline, Artalk and Twikoo: the comments of a page by its path, page by page.

Waline: https://waline.js.org/en/reference/server/api.html and `packages/api` in https://github.com/walinejs/waline;
servers before version 3 have no `/api` before the path and no envelope. Artalk: https://artalk.js.org/en/http-api.html
(version 2.7 and later). Twikoo: `src/server/function/twikoo` in https://github.com/twikoojs/twikoo.
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
    with_query,
)
from rumor_tui.sources.plan_context import PlanContext
from rumor_tui.sources.platform import Platform, StubLoader

PAGE_SIZE = 50
"""Comments at the top level for each page."""


async def load_waline(work: PlanContext, address: str, stub: Stub) -> None:
    """Load the comments of Waline, oldest first, each with all of its replies."""
    told = settings_of(stub)
    require(told["server"], told["path"])
    server = server_base(told["server"])
    document = CommentRows("Waline", address)

    async def fetch(page: int) -> Page:
        query: dict[str, str | int | None] = {
            "path": told["path"],
            "pageSize": PAGE_SIZE,
            "page": page,
            "lang": "en",
            "sortBy": "insertedAt_asc",
        }
        value = await _waline_answer(work, server, query)
        held = value.get("data") if isinstance(value.get("data"), dict) else value
        comments = json_util.get_path(held, "data")
        if not isinstance(comments, list):
            raise messages.FetchError(messages.unexpected_answer(server))
        document.expected = json_util.as_int(json_util.get_path(held, "count"))
        return _waline_rows(comments), page + 1 if page < as_count(json_util.get_path(held, "totalPages")) else None

    await load_pages(work, document, fetch, 1)


async def _waline_answer(work: PlanContext, server: str, query: dict[str, str | int | None]) -> dict[str, Any]:
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


def _waline_rows(comments: Any) -> list[Row]:
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
        rows += _waline_rows(one.get("children"))
    return rows


async def load_artalk(work: PlanContext, address: str, stub: Stub) -> None:
    """Load the comments of Artalk, flat and oldest first."""
    told = settings_of(stub)
    require(told["server"], told["page"])
    base = f"{server_base(told['server'])}/api/v2/comments"
    document = CommentRows("Artalk", address)

    async def fetch(offset: int) -> Page:
        asked = with_query(
            base,
            page_key=told["page"],
            site_name=told["site"],
            limit=PAGE_SIZE,
            offset=offset,
            flat_mode="true",
            sort_by="date_asc",
        )
        value = await work.value(asked)
        comments = json_util.get_path(value, "comments")
        if not isinstance(comments, list):
            raise messages.FetchError(messages.unexpected_answer(asked))
        document.expected = json_util.as_int(json_util.get_path(value, "count"))
        return _artalk_rows(comments), offset + len(comments) if len(comments) >= PAGE_SIZE else None

    await load_pages(work, document, fetch, 0)


def _artalk_rows(comments: Any) -> list[Row]:
    return [
        row(
            one.get("id"),
            parent=one.get("rid") or None,
            author=one.get("nick"),
            date=one.get("date"),
            html=one.get("content_marked"),
            markdown="" if one.get("content_marked") else one.get("content"),
            score=as_count(one.get("vote_up")) - as_count(one.get("vote_down")),
        )
        for one in json_util.objects_in(comments)
    ]


async def load_twikoo(work: PlanContext, address: str, stub: Stub) -> None:
    """Load the comments of Twikoo on a server of one's own, newest first; `before` is the time of the last one."""
    told = settings_of(stub)
    require(told["server"], told["url"])
    server = server_base(told["server"])
    document = CommentRows("Twikoo", address)

    async def fetch(before: Any) -> Page:
        ask: dict[str, Any] = {"event": "COMMENT_GET", "url": told["url"]}
        value = await work.value(server, ask={**ask, "before": before} if before else ask)
        comments = json_util.get_path(value, "data")
        if not isinstance(comments, list):
            raise messages.FetchError(messages.unexpected_answer(server))
        held = json_util.objects_in(comments)
        last = held[-1].get("created") if held and json_util.get_path(value, "more") is True else None
        return _twikoo_rows(held), last

    await load_pages(work, document, fetch, None)


def _twikoo_rows(comments: Any) -> list[Row]:
    rows: list[Row] = []
    for one in json_util.objects_in(comments):
        rows.append(
            row(
                one.get("id"),
                parent=one.get("pid"),
                author=one.get("nick"),
                date=one.get("created"),
                html=one.get("comment"),
                score=one.get("like"),
            )
        )
        rows += _twikoo_rows(one.get("replies"))
    return rows


PLATFORM = Platform(
    "Waline",
    stubs={"waline": StubLoader(load_waline), "artalk": StubLoader(load_artalk), "twikoo": StubLoader(load_twikoo)},
)
