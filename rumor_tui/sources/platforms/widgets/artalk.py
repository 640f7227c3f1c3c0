"""Artalk: the comments of a page by its key, flat, page by page.

https://artalk.js.org/en/http-api.html (version 2.7 and later; older servers are asked by POST and not read).
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

NAME = "Artalk"

PAGE_SIZE = 50
"""Comments at the top level for each page."""


async def load(work: PlanContext, address: str, stub: Stub) -> None:
    """Load the comments of Artalk, flat and oldest first."""
    told = settings_of(stub)
    require(told["server"], told["page"])
    base = f"{server_base(told['server'])}/api/v2/comments"
    document = CommentRows(NAME, address)

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
        return _rows(comments), offset + len(comments) if len(comments) >= PAGE_SIZE else None

    await load_pages(work, document, fetch, 0)


def _rows(comments: Any) -> list[Row]:
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


PLATFORM = Platform(NAME, stubs={"artalk": StubLoader(load)})
