"""Disqus: the document of the embed holds the first comments as JSON; the others are listed by its API.

The document is the one that the embed's frame shows. Its comments, in a script `disqus-threadData`, have the fields of
https://disqus.com/api/docs/threads/listPosts/. Further pages (`threads/listPostsThreaded`) want the public key that the
embed itself has in one of its scripts, which the document names.
"""

from __future__ import annotations

import re
from typing import Any

from rumor_tui.model import Stub
from rumor_tui.sources import json_util, messages, notices
from rumor_tui.sources.comment_rows import CommentRows, Page, Row, load_pages, require, row, settings_of
from rumor_tui.sources.config import Site
from rumor_tui.sources.fetch import ACCEPT_PAGE
from rumor_tui.sources.plan_context import PlanContext
from rumor_tui.sources.platform import Platform, StubLoader
from rumor_tui.sources.queries import with_query

NAME = "Disqus"
SITE = Site("disqus", ("disqus.com",), "https://disqus.com")
SCRIPTS = Site("disqus-scripts", ("c.disquscdn.com",), "https://c.disquscdn.com")

PAGE_SIZE = 50
"""Comments for each page, as in the embed."""

_DATA = re.compile(r'<script\b[^>]{0,200}\bid="disqus-threadData"[^>]{0,200}>(.*?)(?:</script|\Z)', re.DOTALL)
_BUNDLE = re.compile(r"/next/embed/common\.bundle\.[0-9a-f]{8,64}\.js")
_KEY = re.compile(r"""\b(?:embedAPI|api_key|apiKey)["']?\s{0,5}[:=]\s{0,5}["'](\w{20,100})["']""")


async def load(work: PlanContext, address: str, stub: Stub) -> None:
    """Load the comments of a forum's thread, found by the page's identifier and address."""
    told = settings_of(stub)
    require(told["forum"])
    page = with_query(
        f"{work.api(SITE)}/embed/comments/",
        base="default",
        f=told["forum"],
        t_i=told["identifier"],
        t_u=told["url"],
        t_t=told["title"],
        s_o="default",
    )
    text = (await work.get(page, ACCEPT_PAGE)).data.decode("utf-8", "replace")
    value = _thread_data(text, page)
    document = CommentRows(NAME, address, expected=json_util.as_int(json_util.get_path(value, "cursor", "total")))
    if not document.add(_rows(json_util.get_path(value, "response", "posts"), told["url"])):
        raise messages.FetchError(messages.no_embedded_comments(NAME))
    work.publish(document)
    cursor = _following(value)
    if cursor is not None:
        await _load_rest(work, document, text, value, cursor)


def _thread_data(text: str, page: str) -> Any:
    """The JSON in the embed's document. Raises FetchError."""
    match = _DATA.search(text)
    try:
        value = json_util.decode_json(match[1].encode()) if match else None
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise messages.FetchError(messages.unexpected_answer(page))
    return value


async def _load_rest(work: PlanContext, document: CommentRows, text: str, value: Any, cursor: str) -> None:
    """Load the pages after the first, if the key is found, in the order of the embed."""
    key = await _public_key(work, text)
    if not key:
        work.buffer.notices.append(notices.rest_wants_key(NAME))
        return
    thread = json_util.get_path(value, "response", "thread")
    link = json_util.as_str(json_util.get_path(thread, "link"))

    async def fetch(cursor: str) -> Page:
        asked = with_query(
            f"{work.api(SITE)}/api/3.0/threads/listPostsThreaded",
            limit=PAGE_SIZE,
            thread=json_util.as_str(json_util.get_path(thread, "id")),
            forum=json_util.as_str(json_util.get_path(thread, "forum")),
            order=json_util.as_str(json_util.get_path(value, "order")) or "popular",
            cursor=cursor,
            api_key=key,
        )
        answer = await work.value(asked)
        posts = json_util.get_path(answer, "response")
        if not isinstance(posts, list):
            raise messages.FetchError(messages.unexpected_answer(asked))
        return _rows(posts, link), _following(answer)

    await load_pages(work, document, fetch, cursor)


async def _public_key(work: PlanContext, text: str) -> str:
    """The key that the embed uses: in its document, or in the script that the document names; "" without."""
    match = _KEY.search(text)
    bundle = _BUNDLE.search(text)
    if match is None and bundle is not None:
        script = await work.try_request(work.get(f"{work.api(SCRIPTS)}{bundle[0]}"))
        match = _KEY.search(script.data.decode("utf-8", "replace")) if script else None
    return match[1] if match else ""


def _following(value: Any) -> str | None:
    """The cursor of the next page."""
    cursor = json_util.get_path(value, "cursor")
    return json_util.as_str(cursor.get("next")) or None if isinstance(cursor, dict) and cursor.get("hasNext") else None


def _rows(posts: Any, page: str) -> list[Row]:
    base = page.partition("#")[0]
    return [
        row(
            post.get("id"),
            parent=post.get("parent"),
            author=json_util.get_path(post, "author", "name") or json_util.get_path(post, "author", "username"),
            date=post.get("createdAt"),
            html=post.get("message"),
            score=post.get("points", post.get("likes")),
            url=f"{base}#comment-{post.get('id')}" if base else "",
            deleted=post.get("isDeleted"),
        )
        for post in json_util.objects_in(posts)
    ]


PLATFORM = Platform(NAME, SITE, stubs={"disqus": StubLoader(load)})
