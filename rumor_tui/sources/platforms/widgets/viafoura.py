"""Viafoura: a site's number, the container of the page, its comments page by page, and the names of who wrote them.

https://documentation.viafoura.com/docs/live-comments-api. Comments name their authors by identifiers; each name is a
request of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from urllib.parse import quote

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
from rumor_tui.sources.queries import with_query

NAME = "Viafoura"
SITES = Site("viafoura-sites", ("api.viafoura.co",), "https://api.viafoura.co")
COMMENTS = Site("viafoura-comments", ("livecomments.viafoura.co",), "https://livecomments.viafoura.co")
PEOPLE = Site("viafoura-people", ("iam.viafoura.co",), "https://iam.viafoura.co")

PAGE_SIZE = 100
"""Comments at the top level for each page."""

REPLIES = 50
"""Replies that come with each comment, the maximum of the interface."""

MAX_NAMES = 300
"""Authors whose names are asked for; the others stay without."""

_UUID = re.compile(r"[0-9a-fA-F-]{8,40}")
_DOMAIN = re.compile(r"[\w.-]{3,200}(?::[0-9]{1,5})?", re.ASCII)


async def load(work: PlanContext, address: str, stub: Stub) -> None:
    """Load the comments, then the replies that are missing, then the names."""
    told = settings_of(stub)
    require(told["container"], told["domain"] if _DOMAIN.fullmatch(told["domain"]) else "")
    site = await _site_of(work, told["domain"])
    section = f"{work.api(COMMENTS)}/v4/livecomments/{site}"
    container = await _container(work, section, told["container"])
    place = _uuid(json_util.get_path(container, "content_container_uuid"))
    expected = json_util.as_int(json_util.get_path(container, "total_visible_content"))
    document = CommentRows(NAME, address, expected=expected)
    unread: list[tuple[str, str]] = []

    async def fetch(after: str) -> Page:
        asked = with_query(
            f"{section}/{place}/comments",
            limit=PAGE_SIZE,
            reply_limit=REPLIES,
            sorted_by="oldest",
            starting_from=after,
        )
        return await _page(work, asked, unread)

    async def fetch_replies(cursor: tuple[str, str]) -> Branch:
        thread, after = cursor
        asked = with_query(f"{section}/{place}/comments/{_uuid(thread)}", limit=PAGE_SIZE, starting_from=after)
        rows, following = await _page(work, asked, [])
        return rows, [(thread, following)] if following else []

    await load_pages(work, document, fetch, "")
    await load_replies(work, document, unread, fetch_replies)
    await _load_names(work, document, site)


async def _container(work: PlanContext, section: str, name: str) -> Any:
    """What the site knows of the page. Raises FetchError."""
    try:
        return await work.value(with_query(f"{section}/contentcontainer/id", container_id=name))
    except messages.FetchError as error:
        if error.status == 404:
            raise messages.FetchError(messages.no_embedded_comments(NAME)) from error
        raise


async def _site_of(work: PlanContext, domain: str) -> str:
    """The identifier of a site, which is known with or without `www.`. Raises FetchError."""
    failure: messages.FetchError | None = None
    for name in dict.fromkeys((domain, domain.removeprefix("www."))):
        asked = f"{work.api(SITES)}/v2/{quote(name, safe='')}/bootstrap/v2?session=false"
        try:
            result = json_util.get_path(await work.value(asked, ask={}), "result")
            told = json_util.get_path(result, "settings", "site_uuid")
            return _uuid(told or json_util.get_path(result, "sectionTree", "uuid"))
        except messages.FetchError as error:
            failure = failure or error
            if error.status not in (0, 400, 404):
                break
    raise failure or messages.FetchError(messages.unexpected_answer(domain))


def _uuid(value: Any) -> str:
    """An identifier that may stand in a path. Raises FetchError."""
    told = json_util.as_str(value)
    if not _UUID.fullmatch(told):
        raise messages.FetchError(messages.no_embedded_comments(NAME))
    return told


async def _page(work: PlanContext, asked: str, unread: list[tuple[str, str]]) -> Page:
    """The comments of a page with their replies; those with further replies are added to `unread`."""
    value = await work.value(asked)
    contents = json_util.get_path(value, "contents")
    if not isinstance(contents, list):
        raise messages.FetchError(messages.unexpected_answer(asked))
    rows: list[Row] = []
    for one in json_util.objects_in(contents):
        rows.append(_row(one))
        replies = json_util.objects_in(json_util.get_path(one, "replies", "contents"))
        rows += map(_row, replies)
        if as_count(one.get("total_replies")) > len(replies):
            unread.append((as_id(one.get("content_uuid")), as_id(replies[-1].get("content_uuid")) if replies else ""))
    last = as_id(contents[-1].get("content_uuid")) if contents and isinstance(contents[-1], dict) else ""
    return rows, last if json_util.get_path(value, "more_available") is True else None


def _row(one: dict[str, Any]) -> Row:
    actor = one.get("actor")
    return row(
        one.get("content_uuid"),
        parent=one.get("parent_uuid"),
        author=_name(actor) or as_id(one.get("actor_uuid")),
        date=one.get("date_created"),
        html=one.get("content"),
        score=as_count(one.get("total_likes")) - as_count(one.get("total_dislikes")),
        deleted=one.get("state") == "deleted",
    )


def _name(person: Any) -> str:
    return next(filter(None, (json_util.as_str(json_util.get_path(person, key)) for key in _NAMES)), "")


_NAMES = ("name", "display_name", "username")


async def _load_names(work: PlanContext, document: CommentRows, site: str) -> None:
    """Put names in the place of identifiers, as far as they come."""
    authors = dict.fromkeys(one.get("author", "") for one in document.rows.values())
    wanted = [author for author in authors if _UUID.fullmatch(author)][:MAX_NAMES]
    names: dict[str, str] = {}

    async def visit(author: str) -> Iterable[str]:
        person = await work.try_request(work.value(f"{work.api(PEOPLE)}/v3/sections/{site}/users/{author}"))
        names[author] = _name(person)
        return ()

    try:
        with suppress(messages.FetchError):
            await work.crawl(wanted, visit)
    finally:
        for one in document.rows.values():
            one["author"] = names.get(one.get("author", ""), one.get("author", ""))
    work.publish(document)


PLATFORM = Platform(NAME, stubs={"viafoura": StubLoader(load)})
