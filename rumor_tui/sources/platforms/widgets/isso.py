"""Isso: the comments of a page by its path, and the replies that an answer hides.

https://isso-comments.de/docs/reference/server-api/#fetching-comments. Comments come oldest first; `after` is the time
of the last one, and `hidden_replies` how many an answer left out.
"""

from __future__ import annotations

from typing import Any

from rumor_tui.model import Stub
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.comment_rows import (
    Branch,
    CommentRows,
    Page,
    Row,
    as_count,
    load_pages,
    load_replies,
    require,
    row,
    server_base,
    settings_of,
)
from rumor_tui.sources.plan_context import PlanContext
from rumor_tui.sources.platform import Platform, StubLoader
from rumor_tui.sources.queries import with_query

NAME = "Isso"

PAGE_SIZE = 100
"""Comments at the top level for each page, and replies for each comment."""

_DELETED = 4
"""The mode of a comment that was deleted, and has replies."""


async def load(work: PlanContext, address: str, stub: Stub) -> None:
    """Load the comments page by page, then the replies that are missing."""
    told = settings_of(stub)
    require(told["server"], told["uri"])
    base = f"{server_base(told['server'])}/"
    document = CommentRows(NAME, address)
    hiding: list[Any] = []

    async def fetch(after: Any) -> Page:
        asked = with_query(base, uri=told["uri"], limit=PAGE_SIZE, nested_limit=PAGE_SIZE, after=after)
        value = await _asked(work, asked)
        replies = json_util.objects_in(value.get("replies"))
        hiding.extend(one.get("id") for one in replies if as_count(one.get("hidden_replies")))
        last = replies[-1].get("created") if replies and as_count(value.get("hidden_replies")) else None
        return _rows(replies), last

    async def fetch_replies(parent: Any) -> Branch:
        value = await _asked(work, with_query(base, uri=told["uri"], parent=as_count(parent)))
        return _rows(json_util.objects_in(value.get("replies"))), []

    await load_pages(work, document, fetch, "")
    await load_replies(work, document, hiding, fetch_replies)


async def _asked(work: PlanContext, address: str) -> dict[str, Any]:
    """The object with `replies`. Raises FetchError."""
    try:
        value = await work.value(address)
    except messages.FetchError as error:
        if error.status == 404:
            raise messages.FetchError(messages.no_embedded_comments(NAME)) from error
        raise
    if not isinstance(value, dict) or not isinstance(value.get("replies"), list):
        raise messages.FetchError(messages.unexpected_answer(address))
    return value


def _rows(replies: list[dict[str, Any]]) -> list[Row]:
    rows: list[Row] = []
    for one in replies:
        rows.append(
            row(
                one.get("id"),
                parent=one.get("parent"),
                author=one.get("author"),
                date=one.get("created"),
                html=one.get("text"),
                score=as_count(one.get("likes")) - as_count(one.get("dislikes")),
                deleted=one.get("mode") == _DELETED,
            )
        )
        below = json_util.objects_in(one.get("replies"))
        rows += _rows([{"parent": one.get("id"), **reply} for reply in below])
    return rows


PLATFORM = Platform(NAME, stubs={"isso": StubLoader(load)})
