"""Telegram: the comments on a post of a channel, as the page of the widget for discussions has them.

https://core.telegram.org/widgets/discussion. The widget's page holds the newest comments, at most 100, as HTML; older
ones are on the page that begins at an older comment, of which each page names the number.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from rumor_tui.model import Stub
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.config import Site
from rumor_tui.sources.fetch import ACCEPT_PAGE
from rumor_tui.sources.plan_context import PagedDocument, PlanContext
from rumor_tui.sources.platform import Platform, StubLoader, stub_keys

SITE = Site("telegram", ("t.me",), "https://t.me")

PAGE_SIZE = 100
"""Comments for each page, the maximum of the widget."""

_POST = re.compile(r"\w{3,64}/[0-9]{1,12}")
_START = '<div class="tgme_widget_message_wrap'
_WIDGET = "tgme_post_discussion"
_NUMBER = re.compile(r'data-post-id="([0-9]{1,12})"')
_AUTHOR = re.compile(r'<(a|span) class="tgme_widget_message_author_name[^<>]{0,600}>(.{0,600}?)</\1>', re.DOTALL)
_ABOVE = re.compile(r'data-reply-to="([0-9]{1,12})"')
_TEXT = re.compile(r'<div class="tgme_widget_message_text js-message_text"[^<>]{0,200}>(.{0,40000}?)</div>', re.DOTALL)
_MOMENT = re.compile(r'<time\b[^<>]{0,200}?datetime="([^"<>]{1,40})"')
_COUNT = re.compile(r'class="js-header">\s{0,9}([0-9][0-9,. ]{0,12})')
_OLDER = re.compile(r'js-messages_more[^<>]{0,100}?data-before="([0-9]{1,12})"')
_TAG = re.compile(r"<[^<>]{0,600}>")


async def fetch_comments(work: PlanContext, address: str, stub: Stub) -> None:
    """Fetch the comments on a post, the newest first; the key is the channel's name and the post's number."""
    (post,) = stub_keys(stub, 1)
    if not _POST.fullmatch(post):
        raise messages.FetchError(messages.cannot_load_stub())
    asked = f"{work.api(SITE)}/{post}?embed=1&discussion=1&comments_limit={PAGE_SIZE}"
    document = PagedDocument(address, lambda found: {"comments": sorted(found, key=lambda one: one["id"])})
    known: set[int] = set()
    further = ""
    for _ in range(work.fetcher.limits.pages):
        page = (await work.get(asked + further, accept=ACCEPT_PAGE)).data.decode("utf-8", "replace")
        if _WIDGET not in page:
            raise messages.FetchError(messages.unexpected_answer(asked.partition("?")[0]))
        comments = [one for one in _comments_of(page, f"https://t.me/{post}") if one["id"] not in known]
        known.update(one["id"] for one in comments)
        document.comments.extend(comments)
        count = _COUNT.search(page)
        document.expected = json_util.as_int(re.sub(r"[,. ]", "", count[1])) if count else document.expected
        work.publish(document)
        older = _OLDER.search(page)
        if older is None or not comments:
            return
        further = f"&comment={older[1]}"


def _comments_of(page: str, post: str) -> list[dict[str, Any]]:
    """The comments of a page of the widget."""
    found = [_as_comment(block, post) for block in page.split(_START)[1:]]
    return [one for one in found if one["id"] is not None and one["body_html"]]


def _as_comment(block: str, post: str) -> dict[str, Any]:
    number, author, above, text, moment = (
        pattern.search(block) for pattern in (_NUMBER, _AUTHOR, _ABOVE, _TEXT, _MOMENT)
    )
    return {
        "id": int(number[1]) if number else None,
        "parent_id": int(above[1]) if above else None,
        "author": unescape(_TAG.sub("", author[2])).strip() if author else "",
        "created_at": moment[1] if moment else "",
        "body_html": text[1] if text else "",
        "url": f"{post}?comment={number[1]}" if number else None,
    }


PLATFORM = Platform("Telegram", SITE, stubs={"telegram": StubLoader(fetch_comments)})
