"""Blogger: the comments of a post are a feed of its blog, which is asked for as JSON, page by page.

https://developers.google.com/blogger/docs/2.0/developers_guide_protocol (retrieving comments) and
https://developers.google.com/gdata/docs/json for the form: text is under `$t`, a colon in a name is a `$`. A reply has
a link `related` to the comment that it answers.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from rumor_tui.model import Stub
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.plan_context import PagedDocument, PlanContext
from rumor_tui.sources.platform import Platform, StubLoader, stub_keys

PAGE_SIZE = 150
"""Comments for each page: more are not given in one answer, whatever is asked for."""

_LAST_NUMBER = re.compile(r"([0-9]{1,25})/?(?:\?.*)?$")


async def fetch_comments(work: PlanContext, address: str, stub: Stub) -> None:
    """Fetch the feed of a post's comments; the keys are the origin of the blog and the number of the post."""
    origin, number = stub_keys(stub, 2)
    feed = f"{origin}/feeds/{quote(number, safe='')}/comments/default?alt=json&max-results={PAGE_SIZE}"
    document = PagedDocument(address, _as_discussion)
    for _ in range(work.fetcher.limits.pages):
        value = json_util.get_path(await work.value(f"{feed}&start-index={len(document.comments) + 1}"), "feed")
        if not isinstance(value, dict):
            raise messages.FetchError(messages.unexpected_answer(origin))
        entries = json_util.objects_in(value.get("entry"))
        document.comments.extend(entries)
        document.expected = json_util.as_int(_text(value, "openSearch$totalResults"))
        work.publish(document)
        if not entries or len(document.comments) >= (document.expected or 0):
            return


def _as_discussion(entries: list[Any]) -> Any:
    """The comments, the oldest first, as they stand below a post."""
    return {"comments": sorted(map(_as_comment, entries), key=lambda comment: str(comment["created_at"]))}


def _as_comment(entry: dict[str, Any]) -> dict[str, Any]:
    links = {json_util.as_str(link.get("rel")): json_util.as_str(link.get("href")) for link in _objects(entry, "link")}
    above = _LAST_NUMBER.search(links.get("related", ""))
    number = _LAST_NUMBER.search(_text(entry, "id").replace("-", "/"))
    removed = any(item.get("name") == "blogger.contentRemoved" for item in _objects(entry, "gd$extendedProperty"))
    return {
        "id": number[1] if number else None,
        "parent_id": above[1] if above else None,
        "author": _text((_objects(entry, "author") or [{}])[0], "name"),
        "created_at": _text(entry, "published"),
        "body_html": _text(entry, "content") or _text(entry, "summary"),
        "url": links.get("alternate") or None,
        "deleted": removed,
    }


def _objects(holder: dict[str, Any], key: str) -> list[dict[str, Any]]:
    return json_util.objects_in(holder.get(key))


def _text(holder: dict[str, Any], key: str) -> str:
    return json_util.as_str(json_util.get_path(holder, key, "$t"))


PLATFORM = Platform("Blogger", stubs={"blogger": StubLoader(fetch_comments, whole=True)})
