"""Ghost: the native comments of a post come page by page, each with its first replies; the other replies are asked for.

What is asked is what the program that shows them asks (https://github.com/TryGhost/Ghost, apps/comments-ui): no key is
needed for reading. Before release 5.50 the comments of a post were a filter of all comments.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from rumor_tui.model import Stub
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.plan_context import PagedDocument, PlanContext
from rumor_tui.sources.platform import Platform, StubLoader, stub_keys

PAGE_SIZE = 100
"""Comments or replies for each page, the maximum of the interface."""


async def fetch_comments(work: PlanContext, address: str, stub: Stub) -> None:
    """Fetch the comments of a post; the keys are the address of the site and the identifier of the post."""
    site, post = stub_keys(stub, 2)
    api = f"{site.rstrip('/')}/members/api/comments"
    page_of = address.partition("#")[0]
    document = PagedDocument(address, lambda found: {"comments": [_as_comment(one, page_of) for one in found]})
    asked, value = await _first_page(work, api, post)
    for page in range(1, work.fetcher.limits.pages + 1):
        value = value if page == 1 else await work.value(f"{asked}limit={PAGE_SIZE}&page={page}")
        comments = json_util.objects_in(json_util.get_path(value, "comments"))
        for comment in comments:
            document.comments.extend([comment, *json_util.objects_in(comment.get("replies"))])
        total = json_util.get_path(value, "meta", "pagination", "total")
        document.expected = max(json_util.as_int(total) or 0, len(document.comments))
        work.publish(document)
        for comment in comments:
            await _add_replies(work, api, comment, document)
        if not comments or page >= (json_util.as_int(json_util.get_path(value, "meta", "pagination", "pages")) or 1):
            break
    document.expected = None
    work.publish(document)


async def _first_page(work: PlanContext, api: str, post: str) -> tuple[str, Any]:
    """The first page of the comments, and what the addresses of all pages begin with."""
    newer, older = f"{api}/post/{quote(post, safe='')}/?", f"{api}/?filter={quote(f'post_id:{post}', safe='')}&"
    asked = newer
    try:
        value = await work.value(f"{newer}limit={PAGE_SIZE}&page=1")
    except messages.FetchError as error:
        if error.status != 404:
            raise
        asked, value = older, await work.value(f"{older}limit={PAGE_SIZE}&page=1")
    if not isinstance(json_util.get_path(value, "comments"), list):
        raise messages.FetchError(messages.unexpected_answer(api))
    return asked, value


async def _add_replies(work: PlanContext, api: str, comment: dict[str, Any], document: PagedDocument) -> None:
    """Add the replies to a comment that did not come with it, page by page."""
    replies = json_util.objects_in(comment.get("replies"))
    stated = json_util.as_int(json_util.get_path(comment, "count", "replies")) or 0
    known = {json_util.as_str(reply.get("id")) for reply in replies}
    identity = quote(json_util.as_str(comment.get("id")), safe="")
    for _ in range(work.fetcher.limits.pages):
        if len(known) >= stated or not identity:
            return
        last = json_util.as_str(replies[-1].get("id")) if replies else "0"
        after = quote(f"id:>'{last}'", safe="")
        value = await work.try_request(work.value(f"{api}/{identity}/replies/?limit={PAGE_SIZE}&filter={after}"))
        replies = json_util.objects_in(json_util.get_path(value, "comments"))
        fresh = [reply for reply in replies if json_util.as_str(reply.get("id")) not in known]
        if not fresh:
            return
        known.update(json_util.as_str(reply.get("id")) for reply in fresh)
        document.comments.extend(fresh)
        work.publish(document)


def _as_comment(comment: dict[str, Any], page: str) -> dict[str, Any]:
    identity = json_util.as_str(comment.get("id"))
    body = json_util.as_str(comment.get("html"))
    return {
        "id": identity,
        "parent_id": comment.get("in_reply_to_id") or comment.get("parent_id"),
        "author": json_util.as_str(json_util.get_path(comment, "member", "name")),
        "created_at": json_util.as_str(comment.get("created_at")),
        "body_html": body,
        "score": json_util.as_int(json_util.get_path(comment, "count", "likes")),
        "url": f"{page}#ghost-comments-{identity}" if page and identity else None,
        "deleted": comment.get("status") in ("deleted", "hidden") or not body,
    }


PLATFORM = Platform("Ghost", stubs={"ghost": StubLoader(fetch_comments, whole=True)})
