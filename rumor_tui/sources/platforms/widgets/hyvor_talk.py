"""Hyvor Talk: the data API, which answers without a key where the site has opened it to everybody.

https://talk.hyvor.com/docs/api-data. Otherwise it wants the key of the site, or to be asked from the site's own pages.
"""

from __future__ import annotations

from typing import Any

from rumor_tui.model import Stub
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.comment_rows import CommentRows, Page, Row, as_count, load_pages, require, row, settings_of
from rumor_tui.sources.config import Site
from rumor_tui.sources.plan_context import PlanContext
from rumor_tui.sources.platform import Platform, StubLoader
from rumor_tui.sources.queries import with_query

NAME = "Hyvor Talk"
SITE = Site("hyvor-talk", ("talk.hyvor.com",), "https://talk.hyvor.com")

PAGE_SIZE = 50
"""Comments for each page, the maximum of the API."""

_REFUSALS = frozenset({400, 401, 402, 403, 422})
"""Statuses of the answer to who has no key."""


async def load(work: PlanContext, address: str, stub: Stub) -> None:
    """Load the comments page by page."""
    told = settings_of(stub)
    require(told["website"], told["page"])
    document = CommentRows(NAME, address)

    async def fetch(offset: int) -> Page:
        asked = with_query(
            f"{work.api(SITE)}/api/data/v1/comments",
            website_id=told["website"],
            page_identifier=told["page"],
            limit=PAGE_SIZE,
            offset=offset,
        )
        comments = await _asked(work, asked)
        return _rows(comments), offset + PAGE_SIZE if len(comments) >= PAGE_SIZE else None

    await load_pages(work, document, fetch, 0)


async def _asked(work: PlanContext, address: str) -> list[Any]:
    """The list of comments. Raises FetchError."""
    try:
        value = await work.value(address)
    except messages.FetchError as error:
        if error.status in _REFUSALS:
            raise messages.FetchError(messages.wants_key(NAME)) from error
        raise
    comments = json_util.get_path(value, "data") if isinstance(value, dict) else value
    if not isinstance(comments, list):
        raise messages.FetchError(messages.unexpected_answer(address))
    return comments


def _rows(comments: list[Any]) -> list[Row]:
    return [
        row(
            one.get("id"),
            parent=one.get("parent_id") or json_util.get_path(one, "parent", "id"),
            author=json_util.get_path(one, "user", "name") or json_util.get_path(one, "user", "username"),
            date=one.get("created_at"),
            html=one.get("body_html") or one.get("html"),
            markdown="" if one.get("body_html") or one.get("html") else one.get("markdown") or one.get("body"),
            score=as_count(one.get("upvotes")) - as_count(one.get("downvotes")),
            url=json_util.as_str(one.get("url")),
        )
        for one in json_util.objects_in(comments)
    ]


PLATFORM = Platform(NAME, SITE, stubs={"hyvor-talk": StubLoader(load)})
