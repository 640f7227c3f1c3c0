"""Stack Exchange: a question, its answers page by page, and the comments on all of them.

https://api.stackexchange.com/docs. Every answer may ask for a pause (`backoff`, in seconds) before the same method is
asked again. The document is the question's own object with `comments` and `answers`, each answer with its `comments`.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from typing import Any
from urllib.parse import quote

from rumor_tui.sources import jsons, wording
from rumor_tui.sources.plans.documents import Grown
from rumor_tui.sources.work import Work

A_PAGE = 100
"""Objects a page, the most that the API gives, and identifiers in one request, the most that it takes."""


async def plan(work: Work, match: re.Match[str]) -> None:
    """Fetch the question, the answers, and the comments."""
    site = f"site={quote(match['site'])}&filter=withbody"
    questions = f"questions/{match['id']}"
    first = jsons.listed(jsons.inside(await work.value(f"{work.sites.stack_exchange.api}/{questions}?{site}"), "items"))
    if not first:
        raise wording.FetchError(wording.no_json(match.string))
    question = first[0]
    answers: list[dict[str, Any]] = []
    document = Grown(match.string, lambda _: {"items": [{**question, "answers": answers}]})
    work.came(document)
    async for page in _pages(work, f"{questions}/answers?{site}&sort=votes&order=desc"):
        answers.extend(page)
        document.comments.extend(page)
        work.came(document)
    await _comment(work, document, f"{questions}/comments?{site}", [question])
    for at in range(0, len(answers), A_PAGE):
        batch = answers[at : at + A_PAGE]
        identities = ";".join(str(number) for answer in batch if (number := jsons.number(answer.get("answer_id"))))
        await _comment(work, document, f"answers/{identities}/comments?{site}", batch)


async def _comment(work: Work, document: Grown, method: str, posts: Sequence[dict[str, Any]]) -> None:
    """Fetch the comments on some posts and put each where it belongs."""
    places = {jsons.number(post.get("answer_id") or post.get("question_id")): post for post in posts}
    for post in posts:
        post["comments"] = []
    async for page in _pages(work, f"{method}&sort=creation&order=asc"):
        for comment in page:
            post = places.get(jsons.number(comment.get("post_id")), posts[0])
            post["comments"].append(comment)
        document.comments.extend(page)
        work.came(document)


async def _pages(work: Work, method: str) -> AsyncIterator[list[dict[str, Any]]]:
    """The objects of all pages of a method, up to the limit, with the pauses that it asks for."""
    for page in range(1, work.fetcher.limits.pages + 1):
        value = await work.value(f"{work.sites.stack_exchange.api}/{method}&pagesize={A_PAGE}&page={page}")
        items = jsons.inside(value, "items")
        if not isinstance(items, list):
            raise wording.FetchError(wording.no_json(method))
        yield jsons.listed(items)
        if not jsons.inside(value, "has_more"):
            return
        await asyncio.sleep(min(jsons.number(jsons.inside(value, "backoff")) or 0, work.fetcher.limits.longest_pause))
