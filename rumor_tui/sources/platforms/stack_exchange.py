"""Stack Exchange: a question, its answers page by page, and the comments on all of them.

https://api.stackexchange.com/docs. Every answer may demand a pause (`backoff`, in seconds) before the same method is
called again. The document is the question's own object with `comments` and `answers`, each answer with its `comments`.
A list is a page of `/questions`, if need be of those with some tags (`tagged`, all of them, with a semicolon between).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from html import unescape
from typing import Any
from urllib.parse import quote, unquote

from rumor_tui.canonical import search_key
from rumor_tui.model import Entry
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.config import Site
from rumor_tui.sources.entries import EntryPaths, Text, identified, present, read_entry
from rumor_tui.sources.plan_context import ListingDocument, PagedDocument, PlanContext
from rumor_tui.sources.platform import ID, AddressForm, Platform, ShortName
from rumor_tui.sources.queries import page_of, path_part, query_of, with_query

SITE = Site(
    "se",
    (
        "stackoverflow.com",
        "serverfault.com",
        "superuser.com",
        "askubuntu.com",
        "stackapps.com",
        "mathoverflow.net",
        ".stackexchange.com",
        ".stackoverflow.com",
    ),
    "https://api.stackexchange.com/2.3",
)

QUESTIONS = EntryPaths("title", "owner.display_name", "creation_date", "answer_count", "score")
"""Where a question has the fields of an entry: its answers are counted as comments. It only speaks of a page."""

SEARCHED = {"stackoverflow": "Stack Overflow", "superuser": "Super User", "serverfault": "Server Fault"}
"""The sites that are searched, by their names in the API: each costs a request of the 300 of a day."""

PAGE_SIZE = 100
"""Objects for each page and identifiers for each request, the maximum of the API."""
LIST_SIZE = 50
"""Questions of one page of a list, as on the site."""

_SORTS = {"active": "activity", "votes": "votes", "frequent": "votes", "month": "month", "week": "week", "hot": "hot"}
"""The API's order by the name of the tab on the page, in lower case; by default the newest come first."""


async def fetch_discussion(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch the question, the answers, and the comments."""
    site = f"site={quote(match['site'])}&filter=withbody"
    questions = f"questions/{match['id']}"
    first = json_util.objects_in(json_util.get_path(await work.value(f"{work.api(SITE)}/{questions}?{site}"), "items"))
    if not first:
        raise messages.FetchError(messages.unexpected_answer(match.string))
    question = first[0]
    answers: list[dict[str, Any]] = []
    document = PagedDocument(match.string, lambda _: {"items": [{**question, "answers": answers}]})
    work.publish(document)
    async for page in _fetch_pages(work, f"{questions}/answers?{site}&sort=votes&order=desc"):
        answers.extend(page)
        document.comments.extend(page)
        work.publish(document)
    await _fetch_comments(work, document, f"{questions}/comments?{site}", [question])
    for at in range(0, len(answers), PAGE_SIZE):
        batch = answers[at : at + PAGE_SIZE]
        identities = ";".join(str(number) for answer in batch if (number := json_util.as_int(answer.get("answer_id"))))
        await _fetch_comments(work, document, f"answers/{identities}/comments?{site}", batch)


async def _fetch_comments(
    work: PlanContext, document: PagedDocument, method: str, posts: Sequence[dict[str, Any]]
) -> None:
    """Fetch the comments on some posts and add each to its post."""
    places = {json_util.as_int(post.get("answer_id") or post.get("question_id")): post for post in posts}
    for post in posts:
        post["comments"] = []
    async for page in _fetch_pages(work, f"{method}&sort=creation&order=asc"):
        for comment in page:
            post = places.get(json_util.as_int(comment.get("post_id")), posts[0])
            post["comments"].append(comment)
        document.comments.extend(page)
        work.publish(document)


async def _fetch_pages(work: PlanContext, method: str) -> AsyncIterator[list[dict[str, Any]]]:
    """The objects of all pages of a method, up to the limit, with the pauses that it demands."""
    for page in range(1, work.fetcher.limits.pages + 1):
        value = await work.value(f"{work.api(SITE)}/{method}&pagesize={PAGE_SIZE}&page={page}")
        items = json_util.get_path(value, "items")
        if not isinstance(items, list):
            raise messages.FetchError(messages.unexpected_answer(method))
        yield json_util.objects_in(items)
        if not json_util.get_path(value, "has_more"):
            return
        await asyncio.sleep(
            min(json_util.as_int(json_util.get_path(value, "backoff")) or 0, work.fetcher.limits.longest_pause)
        )


async def fetch_list(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch one page of the questions of a site, or of those with some tags."""
    query, tagged = query_of(match), match["tags"] or ""
    tags = [unquote(tag) for tag in re.split(r"\+|%20", tagged) if tag]
    tab, page = query.get("tab", ""), page_of(query)
    asked = with_query(
        f"{work.api(SITE)}/questions",
        site=match["site"],
        tagged=";".join(tags),
        order="desc",
        sort=_SORTS.get(tab.lower(), "creation"),
        filter="withbody",
        pagesize=LIST_SIZE,
        page=page,
    )
    value = await work.value(asked)
    questions = json_util.get_path(value, "items")
    if not isinstance(questions, list):
        raise messages.FetchError(messages.unexpected_answer(match.string))
    what = ", ".join(tags) or "questions"
    document = ListingDocument(match.string, f"{match['site']}: {what}")
    document.entries = present(_entry(question, match["base"]) for question in identified(questions, "question_id"))
    if value.get("has_more") and questions:
        where = f"{match['base']}/questions" + (f"/tagged/{tagged}" if tagged else "")
        document.further = with_query(where, tab=tab, page=page + 1)
    work.publish(document)


def _entry(question: dict[str, Any], base: str) -> Entry | None:
    return read_entry(
        question,
        QUESTIONS,
        address=f"{base}/questions/{path_part(question.get('question_id'))}",
        title=unescape(json_util.as_str(question.get("title"))),
        text=Text(json_util.as_str(question.get("body")), "html"),
    )


async def find_questions(work: PlanContext, address: str) -> list[Entry]:
    """Find the questions that name a page, or have an answer that does.

    https://api.stackexchange.com/docs/advanced-search: `url` is what an address in a post has to be like.
    """
    return await work.gather(_find_on_site(work, site, search_key(address)) for site in SEARCHED)


async def _find_on_site(work: PlanContext, site: str, key: str) -> list[Entry]:
    asked = f"search/advanced?site={site}&url={quote(f'*{key}', safe='')}&sort=votes&order=desc&pagesize=50"
    items = json_util.get_path(await work.value(f"{work.api(SITE)}/{asked}"), "items")
    if not isinstance(items, list):
        raise messages.FetchError(messages.unexpected_answer(work.api(SITE)))
    entries = (
        read_entry(
            item,
            QUESTIONS,
            site=SEARCHED[site],
            address=json_util.as_str(item.get("link")),
            title=unescape(json_util.as_str(item.get("title"))),
        )
        for item in json_util.objects_in(items)
    )
    return [entry for entry in entries if entry]


PLATFORM = Platform(
    "Stack Exchange",
    SITE,
    threads=(AddressForm(rf"/(?:questions|q)/{ID}(?:[/?#].*)?", fetch_discussion),),
    lists=(AddressForm(r"/questions(?:/tagged/(?P<tags>[^/?#]{1,300}))?/?(?:[?#].*)?", fetch_list),),
    short_names=(ShortName("so/TAG", r"so/(?P<tag>[\w.#+-]{1,60})", "/questions/tagged/{tag}"),),
    find=find_questions,
)
