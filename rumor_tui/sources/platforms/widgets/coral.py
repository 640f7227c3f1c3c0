"""Coral: the stream of a story, asked in GraphQL.

https://docs.coralproject.net/api/schema. Only servers that let everybody write queries answer: by default they take
from readers nothing but the queries of their own scripts (`RAW_QUERY_NOT_AUTHORIZED`, https://docs.coralproject.net/api).
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
    load_pages,
    load_replies,
    require,
    row,
    server_base,
    settings_of,
)
from rumor_tui.sources.plan_context import PlanContext
from rumor_tui.sources.platform import Platform, StubLoader

NAME = "Coral"

_PAGE = "pageInfo { hasNextPage endCursor }"
_FIELDS = "id body createdAt deleted permalink author { username } parent { id } actionCounts { reaction { total } }"
_REPLIES = (
    "replies(first: 50, after: $replies, orderBy: CREATED_AT_ASC, flatten: true) "
    f"{{ edges {{ node {{ {_FIELDS} }} }} {_PAGE} }}"
)
_STREAM = (
    "query($id: ID, $url: String, $cursor: Cursor, $replies: Cursor) { story(id: $id, url: $url) { "
    "commentCounts { totalPublished } comments(first: 50, after: $cursor, orderBy: CREATED_AT_ASC) "
    f"{{ edges {{ node {{ {_FIELDS} {_REPLIES} }} }} {_PAGE} }} }} }}"
)
_BELOW = f"query($id: ID!, $replies: Cursor) {{ comment(id: $id) {{ {_REPLIES} }} }}"

_REFUSALS = frozenset({400, 401, 403})


async def load(work: PlanContext, address: str, stub: Stub) -> None:
    """Load the comments page by page, then the replies that are missing."""
    told = settings_of(stub)
    require(told["server"], told["story"] or told["url"])
    server = f"{server_base(told['server'])}/api/graphql"
    document = CommentRows(NAME, address)
    story = {"id": told["story"] or None, "url": told["url"] or None}
    unread: list[tuple[str, str]] = []

    async def fetch(cursor: str | None) -> Page:
        held = json_util.get_path(await _asked(work, server, _STREAM, {**story, "cursor": cursor}), "story")
        counts = json_util.get_path(held, "commentCounts", "totalPublished")
        document.expected = json_util.as_int(counts)
        return _page(json_util.get_path(held, "comments"), unread)

    async def fetch_replies(cursor: tuple[str, str]) -> Branch:
        asked = {"id": cursor[0], "replies": cursor[1]}
        replies = json_util.get_path(await _asked(work, server, _BELOW, asked), "comment", "replies")
        rows, following = _page(replies, [])
        return rows, [(cursor[0], following)] if following else []

    await load_pages(work, document, fetch, None)
    await load_replies(work, document, unread, fetch_replies)


async def _asked(work: PlanContext, server: str, query: str, variables: dict[str, Any]) -> Any:
    """The data of an answer. Raises FetchError."""
    try:
        value = await work.value(server, ask={"query": query, "variables": variables})
    except messages.FetchError as error:
        if error.status in _REFUSALS:
            raise messages.FetchError(messages.wants_key(NAME)) from error
        raise
    codes = [json_util.get_path(one, "extensions", "code") for one in json_util.objects_in(_errors(value))]
    if "RAW_QUERY_NOT_AUTHORIZED" in codes:
        raise messages.FetchError(messages.wants_key(NAME))
    data = json_util.get_path(value, "data")
    if not isinstance(data, dict):
        raise messages.FetchError(messages.unexpected_answer(server))
    return data


def _errors(value: Any) -> Any:
    return json_util.get_path(value, "errors")


def _page(connection: Any, unread: list[tuple[str, str]]) -> Page:
    """The comments of a connection with their replies; those with further replies are added to `unread`."""
    rows: list[Row] = []
    for edge in json_util.objects_in(json_util.get_path(connection, "edges")):
        node = edge.get("node")
        if not isinstance(node, dict):
            continue
        rows.append(_row(node))
        below, following = _page(node["replies"], []) if isinstance(node.get("replies"), dict) else ([], None)
        rows += below
        if following:
            unread.append((json_util.as_str(node.get("id")), following))
    info = json_util.get_path(connection, "pageInfo")
    has_more = json_util.get_path(info, "hasNextPage") is True
    return rows, json_util.as_str(json_util.get_path(info, "endCursor")) if has_more else None


def _row(node: dict[str, Any]) -> Row:
    return row(
        node.get("id"),
        parent=json_util.get_path(node, "parent", "id"),
        author=json_util.get_path(node, "author", "username"),
        date=node.get("createdAt"),
        html=node.get("body"),
        score=json_util.get_path(node, "actionCounts", "reaction", "total"),
        url=json_util.as_str(node.get("permalink")),
        deleted=node.get("deleted"),
    )


PLATFORM = Platform(NAME, stubs={"coral": StubLoader(load)})
