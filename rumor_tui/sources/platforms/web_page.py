"""Any other address: the page itself, for whichever reader recognises it; a WordPress page by the API of its site."""

from __future__ import annotations

import codecs
import re

from rumor_tui.sources import messages
from rumor_tui.sources.fetch import ACCEPT_PAGE, Answer
from rumor_tui.sources.plan_context import PlanContext, SingleAnswer
from rumor_tui.sources.platforms import wordpress

_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset|<\?xml[^>]{0,200}?encoding", re.IGNORECASE)
_DECLARED_WITHIN = 2_048
_NEVER = frozenset({"utf-7", "idna", "punycode", "raw_unicode_escape", "unicode_escape"})


async def fetch_page(work: PlanContext, address: str) -> Answer:
    """Fetch the page at an address, also if it is incomplete. Raises FetchError."""
    return await work.fetcher.get(address, accept=ACCEPT_PAGE, partial=True)


async def publish_page(work: PlanContext, address: str, answer: Answer) -> None:
    """Publish a fetched page, or what the API of its site has of it."""
    place = wordpress.discover_api(answer) if answer.problem is None else None
    if place is not None:
        try:
            return await wordpress.fetch_discussion(work, address, place)
        except messages.FetchError:
            if work.buffer.document is not None:
                raise  # a part has come, and it is to be said that the rest is missing
    if answer.problem is not None:
        work.buffer.notices.append(messages.part_shown(answer.problem))
        work.buffer.cut = answer.problem
    work.publish(SingleAnswer(answer.address, to_utf8(answer)))


def to_utf8(answer: Answer) -> bytes:
    """The body, converted to UTF-8 if only the Content-Type header states its encoding.

    A charset in the header is often wrong: it is used if the bytes are not UTF-8, the page itself states none, and all
    of the body decodes. Otherwise the reader detects the encoding.
    """
    stated = _CHARSET.search(answer.headers.get("content-type", ""))
    data = answer.data
    if stated is None or _is_utf8(data) or _DECLARED.search(data[:_DECLARED_WITHIN]):
        return data
    try:
        if codecs.lookup(stated[1]).name in _NEVER:
            return data
        return data.decode(stated[1]).encode("utf-8", "replace")
    except (LookupError, ValueError):
        return data


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
