"""Any other address: the page itself, for whatever reader knows it; a WordPress page by its site's API."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from rumor_tui.sources import messages
from rumor_tui.sources.fetch import ACCEPT_PAGE, Answer
from rumor_tui.sources.plan_context import PlanContext, SingleAnswer
from rumor_tui.sources.plans import wordpress

_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset|<\?xml[^>]{0,200}?encoding", re.IGNORECASE)
_DECLARED_WITHIN = 2_048
_NEVER = frozenset({"utf-7", "idna", "punycode", "raw_unicode_escape", "unicode_escape"})


async def fetch_page(work: PlanContext, address: str) -> Answer:
    """The page at an address; what came of one that broke off is an answer too. Raises FetchError."""
    return await work.fetcher.get(address, accept=ACCEPT_PAGE, partial=True)


async def publish_page(work: PlanContext, address: str, answer: Answer) -> None:
    """Show a page that was fetched, or what its site's API has of it."""
    place = wordpress.discover_api(answer) if not answer.problem else None
    if place is not None:
        with suppress(messages.FetchError):
            await wordpress.fetch_discussion(work, address, place)
        if work.board.document is not None:
            return
    if answer.problem:
        work.board.notices.append(answer.problem)
    work.publish(SingleAnswer(answer.address, to_utf8(answer)))


def to_utf8(answer: Answer) -> bytes:
    """The body, in UTF-8 where only the Content-Type header knows its encoding.

    A charset in the header is often wrong: it counts when the bytes are no UTF-8, the page names none itself, and all
    of it decodes. Otherwise the reader finds out.
    """
    told = _CHARSET.search(answer.headers.get("content-type", ""))
    data = answer.data
    if told is None or _is_utf8(data) or _DECLARED.search(data[:_DECLARED_WITHIN]):
        return data
    try:
        if codecs.lookup(told[1]).name in _NEVER:
            return data
        return data.decode(told[1]).encode("utf-8", "replace")
    except (LookupError, ValueError):
        return data


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
