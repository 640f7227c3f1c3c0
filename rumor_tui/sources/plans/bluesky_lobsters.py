"""Platforms whose API returns a discussion in one answer: Lobsters, and Bluesky after resolving the author's handle.

https://lobste.rs/about (a story's address with `.json`), https://docs.bsky.app/docs/api/app-bsky-feed-get-post-thread.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from rumor_tui.sources import json_util, messages
from rumor_tui.sources.fetch import Answer
from rumor_tui.sources.plan_context import PlanContext, SingleAnswer, decode_answer

DEPTH = 1000
"""Levels of replies to request, the maximum of the API."""


async def lobsters(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch a story with its comments."""
    answer = await work.get(f"{work.sites.lobsters.api}/s/{quote(match['id'])}.json")
    _show(work, match, answer, "comments")


async def bluesky(work: PlanContext, match: re.Match[str]) -> None:
    """Resolve the author and fetch the thread below the post."""
    api, author = work.sites.bluesky.api, match["author"]
    if not author.startswith("did:"):
        value = await work.value(f"{api}/com.atproto.identity.resolveHandle?handle={quote(author)}")
        author = json_util.as_str(json_util.get_path(value, "did"))
    uri = quote(f"at://{author}/app.bsky.feed.post/{match['id']}", safe="")
    answer = await work.get(f"{api}/app.bsky.feed.getPostThread?uri={uri}&depth={DEPTH}&parentHeight=0")
    _show(work, match, answer, "thread")


def _show(work: PlanContext, match: re.Match[str], answer: Answer, key: str) -> None:
    """Publish an answer that has the expected key. Raises FetchError if it has not."""
    value = decode_answer(answer)
    if not isinstance(value, dict) or key not in value:
        raise messages.FetchError(messages.unexpected_answer(match.string))
    comments = value[key]
    work.publish(SingleAnswer(match.string, answer.data, len(comments) if isinstance(comments, list) else 1))
