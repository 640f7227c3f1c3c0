"""Discourse embedded in a page: the forum's frame for the page leads to the topic, whose posts are the comments.

https://meta.discourse.org/t/embed-discourse-comments-on-another-website-via-javascript/31963. The forum shows its frame
only to the sites that it knows, by the address that refers to it, as a browser tells it.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from rumor_tui.model import Stub
from rumor_tui.sources import messages
from rumor_tui.sources.comment_rows import require, server_base, settings_of
from rumor_tui.sources.fetch import ACCEPT_PAGE
from rumor_tui.sources.plan_context import PlanContext
from rumor_tui.sources.platform import Platform, StubLoader
from rumor_tui.sources.platforms import discourse
from rumor_tui.sources.queries import with_query

NAME = "Discourse"

_TOPIC = re.compile(r"""href=["'][^"'\s]{0,400}/t/(?:[^"'/\s?]{1,300}/)?([0-9]{1,18})(?=["'/?#])""")


async def load(work: PlanContext, address: str, stub: Stub) -> None:
    """Find the topic of the page, and load it as any other topic."""
    told = settings_of(stub)
    require(told["server"], told["topic"] or told["url"])
    server = server_base(told["server"])
    topic = told["topic"] if re.fullmatch(r"[0-9]{1,18}", told["topic"]) else await _topic_of(work, server, told["url"])
    await discourse.fetch_topic(work, address, f"{server}/t/{topic}")


async def _topic_of(work: PlanContext, server: str, page: str) -> str:
    """The number of the topic about a page, to which all links of the forum's frame lead. Raises FetchError."""
    asked = with_query(f"{server}/embed/comments", embed_url=page)
    referring = quote(page, safe=":/?&=%~+,;@!$'()*[]")
    frame = await work.get(asked, ACCEPT_PAGE, headers={"Referer": referring})
    match = _TOPIC.search(frame.data.decode("utf-8", "replace"))
    if match is None:
        raise messages.FetchError(messages.no_embedded_comments(NAME))
    return match[1]


PLATFORM = Platform(NAME, stubs={"discourse-embed": StubLoader(load)})
