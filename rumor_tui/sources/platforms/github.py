"""GitHub: an issue or a pull request, and its comments page by page, following the Link header.

https://docs.github.com/en/rest/issues/comments. Without a login, sixty requests an hour are allowed.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from rumor_tui.canonical import search_key
from rumor_tui.model import Entry
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.config import Site
from rumor_tui.sources.entries import EntryPaths, make_entry
from rumor_tui.sources.fetch import find_link, origin_of
from rumor_tui.sources.plan_context import PagedDocument, PlanContext, decode_answer
from rumor_tui.sources.platform import ID, AddressForm, Platform

SITE = Site("github", ("github.com",), "https://api.github.com")

ISSUES = EntryPaths("title", "user.login", "created_at", "comments", "reactions.+1")
"""Where an issue has the fields of an entry. It speaks of a page, it has no link of its own."""


async def fetch_discussion(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch the issue, then its comments."""
    base = f"{work.api(SITE)}/repos/{match['owner']}/{match['repository']}/issues/{match['id']}"
    issue = await work.value(base)
    if not isinstance(issue, dict) or "number" not in issue:
        raise messages.FetchError(messages.unexpected_answer(match.string))
    document = PagedDocument(
        match.string,
        lambda comments: {"issue": issue, "comments": comments},
        expected=json_util.as_int(issue.get("comments")),
    )
    work.publish(document)
    address: str | None = f"{base}/comments?per_page=100" if document.expected != 0 else None
    for _ in range(work.fetcher.limits.pages):
        if address is None or origin_of(address) != origin_of(base):
            return
        answer = await work.get(address)
        document.comments.extend(json_util.objects_in(decode_answer(answer)))
        work.publish(document)
        address = find_link(answer.headers, answer.address, "next")


async def find_issues(work: PlanContext, address: str) -> list[Entry]:
    """Find the issues that name a page in their text or in a comment.

    https://docs.github.com/en/rest/search/search#search-issues-and-pull-requests: ten requests a minute without a
    login. Issues and pull requests cannot be looked for at once.
    """
    asked = quote(f'"{search_key(address)}" is:issue', safe="")
    items = json_util.get_path(
        await work.value(f"{work.api(SITE)}/search/issues?q={asked}&sort=comments&per_page=50"), "items"
    )
    if not isinstance(items, list):
        raise messages.FetchError(messages.unexpected_answer(work.api(SITE)))
    return [entry for item in json_util.objects_in(items) if (entry := _issue_entry(item))]


def _issue_entry(issue: dict[str, Any]) -> Entry | None:
    repository = "/".join(json_util.as_str(issue.get("repository_url")).split("/")[-2:])
    address = json_util.as_str(issue.get("html_url"))
    return make_entry(issue, ISSUES, site=f"GitHub {repository}".strip(), address=address)


PLATFORM = Platform(
    "GitHub",
    SITE,
    threads=(
        AddressForm(
            rf"/(?P<owner>[\w.-]{{1,100}})/(?P<repository>[\w.-]{{1,100}})/(?:issues|pull)/{ID}(?:[/?#].*)?",
            fetch_discussion,
        ),
    ),
    find=find_issues,
)
