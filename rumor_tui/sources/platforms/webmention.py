"""webmention.io: what other sites have answered to a page, page by page; likes and reposts are no comments.

https://github.com/aaronpk/webmention.io (API: `mentions.jf2`, `target[]`, `per-page`, and `page` from 0). A mention
names exactly the address that was linked, so the page is asked for with both schemes, with and without a final slash.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from rumor_tui.model import Stub
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.config import Site
from rumor_tui.sources.plan_context import PagedDocument, PlanContext
from rumor_tui.sources.platform import Platform, StubLoader, stub_keys

SITE = Site("webmention", ("webmention.io",), "https://webmention.io/api")

PAGE_SIZE = 100
"""Mentions for each page."""

REPLY = "in-reply-to"
"""The kind of mention that is a comment."""


def forms_of(address: str) -> list[str]:
    """The forms of a page's address that others may have linked: both schemes, with and without a final slash."""
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    forms = [
        urlunsplit((scheme, parts.netloc, way, parts.query, ""))
        for scheme in (parts.scheme, "http" if parts.scheme == "https" else "https")
        for way in dict.fromkeys((parts.path, f"{path}/", path))
    ]
    return list(dict.fromkeys(forms))


async def fetch_comments(work: PlanContext, address: str, stub: Stub) -> None:
    """Fetch the replies to a page; the key is its address."""
    targets = "&".join(f"target[]={quote(form, safe='')}" for form in forms_of(stub_keys(stub, 1)[0]))
    asked = f"{work.api(SITE)}/mentions.jf2?{targets}&sort-by=published&sort-dir=up&per-page={PAGE_SIZE}"
    document = PagedDocument(address, lambda found: {"comments": list(map(_as_comment, found))})
    for page in range(work.fetcher.limits.pages):
        mentions = json_util.get_path(await work.value(f"{asked}&page={page}"), "children")
        if not isinstance(mentions, list):
            raise messages.FetchError(messages.unexpected_answer(asked.partition("?")[0]))
        replies = [one for one in json_util.objects_in(mentions) if one.get("wm-property") == REPLY]
        document.comments.extend(replies)
        work.publish(document)
        if len(mentions) < PAGE_SIZE:
            return


def _as_comment(mention: dict[str, Any]) -> dict[str, Any]:
    author = mention.get("author")
    url = json_util.as_str(mention.get("url")) or json_util.as_str(mention.get("wm-source"))
    content = mention.get("content")
    body = json_util.as_str(json_util.get_path(content, "html"))
    plain = json_util.as_str(json_util.get_path(content, "text")) or json_util.as_str(mention.get("name"))
    return {
        "id": json_util.as_int(mention.get("wm-id")),
        "author": json_util.as_str(json_util.get_path(author, "name"))
        or json_util.as_str(json_util.get_path(author, "url")),
        "created_at": json_util.as_str(mention.get("published")) or json_util.as_str(mention.get("wm-received")),
        "body_html": body or _as_html(plain),
        "url": url,
    }


def _as_html(text: str) -> str:
    from html import escape

    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in text.split("\n") if line.strip())


PLATFORM = Platform("webmention.io", SITE, stubs={"webmention": StubLoader(fetch_comments)})
