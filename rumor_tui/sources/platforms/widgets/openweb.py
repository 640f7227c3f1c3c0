"""OpenWeb, once Spot.IM: a conversation, page by page, each comment with its first replies.

Nothing of the interface is documented for readers. It is asked as the site's script asks it: by POST, with the site and
the post in headers, too; the fields are those of `SpotImCore` in https://github.com/SpotIM/spotim-ios-sdk-pod.
"""

from __future__ import annotations

import re
from typing import Any

from rumor_tui.model import Stub
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.comment_rows import (
    Branch,
    CommentRows,
    Page,
    Row,
    as_count,
    as_id,
    load_pages,
    load_replies,
    require,
    row,
    settings_of,
)
from rumor_tui.sources.config import Site
from rumor_tui.sources.plan_context import PlanContext
from rumor_tui.sources.platform import Platform, StubLoader

NAME = "OpenWeb"
SITE = Site("openweb", ("spot.im",), "https://api-2-0.spot.im")

PAGE_SIZE = 100
"""Comments at the top level for each page, and replies for each comment."""

_DEPTH = 15
"""Levels of replies that are asked for."""

_IDENTIFIER = re.compile(r"[\w$.:-]{1,200}", re.ASCII)
"""What may stand in a header."""


async def load(work: PlanContext, address: str, stub: Stub) -> None:
    """Load the conversation page by page, then the replies that are missing."""
    told = settings_of(stub)
    spot, post = told["spot"], told["post"].replace("_", "$")
    require(*(name if _IDENTIFIER.fullmatch(name) else "" for name in (spot, post)))
    document = CommentRows(NAME, address)
    unread: list[tuple[str, int]] = []

    async def ask(offset: int, parent: str = "") -> Any:
        asked = f"{work.api(SITE)}/v1.0.0/conversation/read"
        wanted = {
            "conversation_id": f"{spot}_{post}",
            "sort_by": "oldest",
            "offset": offset,
            "count": PAGE_SIZE,
            "child_count": PAGE_SIZE,
            "depth": _DEPTH,
            **({"parent_id": parent} if parent else {}),
        }
        value = await work.value(asked, ask=wanted, headers={"x-spot-id": spot, "x-post-id": post})
        conversation = json_util.get_path(value, "conversation")
        if not isinstance(conversation, dict):
            raise messages.FetchError(messages.unexpected_answer(asked))
        return conversation

    async def fetch(offset: int) -> Page:
        conversation = await ask(offset)
        document.expected = json_util.as_int(conversation.get("messages_count"))
        rows = _rows(conversation.get("comments"), conversation.get("users"), unread)
        return rows, _following(conversation, offset)

    async def fetch_replies(cursor: tuple[str, int]) -> Branch:
        parent, offset = cursor
        conversation = await ask(offset, parent)
        further: list[tuple[str, int]] = []
        rows = _rows(conversation.get("comments"), conversation.get("users"), further, parent)
        following = _following(conversation, offset)
        return rows, [*further, (parent, following)] if following else further

    await load_pages(work, document, fetch, 0)
    await load_replies(work, document, unread, fetch_replies)


def _following(holder: dict[str, Any], offset: int) -> int | None:
    """Where the next page begins: as it is told, or behind this one."""
    told = as_count(holder.get("offset"))
    return (told if told > offset else offset + PAGE_SIZE) if holder.get("has_next") is True else None


def _rows(comments: Any, users: Any, unread: list[tuple[str, int]], parent: str = "") -> list[Row]:
    """The comments with their replies; those with further replies are added to `unread`."""
    rows: list[Row] = []
    for one in json_util.objects_in(comments):
        replies = json_util.objects_in(one.get("replies"))
        rows.append(_row(one, users, parent))
        rows += _rows(replies, users, unread, as_id(one.get("id")))
        if one.get("has_next") is True:
            unread.append((as_id(one.get("id")), as_count(one.get("offset")) or len(replies)))
    return rows


def _row(one: dict[str, Any], users: Any, parent: str) -> Row:
    pieces = [json_util.as_str(piece.get("text")) for piece in json_util.objects_in(one.get("content"))]
    return row(
        one.get("id"),
        parent=one.get("parent_id") or parent,
        author=json_util.get_path(users, as_id(one.get("user_id")), "display_name") or one.get("user_display_name"),
        date=one.get("written_at"),
        html="\n".join(filter(None, pieces)),
        score=as_count(json_util.get_path(one, "rank", "ranks_up"))
        - as_count(json_util.get_path(one, "rank", "ranks_down")),
        deleted=one.get("deleted"),
    )


PLATFORM = Platform(NAME, SITE, stubs={"openweb": StubLoader(load)})
