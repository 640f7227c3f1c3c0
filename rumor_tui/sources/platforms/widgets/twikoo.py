"""Twikoo on a server of one's own: the comments of a page by its path, newest first, page by page.

`src/server` in https://github.com/twikoojs/twikoo (`COMMENT_GET`). Servers in Tencent's cloud want a login.
"""

from __future__ import annotations

from typing import Any

from rumor_tui.model import Stub
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.comment_rows import CommentRows, Page, Row, load_pages, require, row, server_base, settings_of
from rumor_tui.sources.plan_context import PlanContext
from rumor_tui.sources.platform import Platform, StubLoader

NAME = "Twikoo"


async def load(work: PlanContext, address: str, stub: Stub) -> None:
    """Load the comments of Twikoo on a server of one's own, newest first; `before` is the time of the last one."""
    told = settings_of(stub)
    require(told["server"], told["url"])
    server = server_base(told["server"])
    document = CommentRows(NAME, address)

    async def fetch(before: Any) -> Page:
        ask: dict[str, Any] = {"event": "COMMENT_GET", "url": told["url"]}
        value = await work.value(server, ask={**ask, "before": before} if before else ask)
        comments = json_util.get_path(value, "data")
        if not isinstance(comments, list):
            raise messages.FetchError(messages.unexpected_answer(server))
        held = json_util.objects_in(comments)
        last = held[-1].get("created") if held and json_util.get_path(value, "more") is True else None
        return _rows(held), last

    await load_pages(work, document, fetch, None)


def _rows(comments: Any) -> list[Row]:
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
        rows += _rows(one.get("replies"))
    return rows


PLATFORM = Platform(NAME, stubs={"twikoo": StubLoader(load)})
