"""GitHub: an issue or a pull request, and its comments page by page, following the Link header.

https://docs.github.com/en/rest/issues/comments. Without a login, sixty requests an hour are allowed.
"""

from __future__ import annotations

import re

from rumor_tui.sources import json_util, messages
from rumor_tui.sources.config import Site
from rumor_tui.sources.fetch import find_link, origin_of
from rumor_tui.sources.plan_context import PagedDocument, PlanContext, decode_answer
from rumor_tui.sources.platform import ID, AddressForm, Platform

SITE = Site("github", ("github.com",), "https://api.github.com")


async def fetch_discussion(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch the issue, then its comments."""
    await fetch_issue(work, match.string, f"{match['owner']}/{match['repository']}", match["id"])


async def fetch_issue(work: PlanContext, source: str, repository: str, number: int | str) -> None:
    """Fetch an issue of a repository (with its owner), then its comments; `source` names the document."""
    base = f"{work.api(SITE)}/repos/{repository}/issues/{number}"
    issue = await work.value(base)
    if not isinstance(issue, dict) or "number" not in issue:
        raise messages.FetchError(messages.unexpected_answer(source))
    document = PagedDocument(
        source,
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


PLATFORM = Platform(
    "GitHub",
    SITE,
    threads=(
        AddressForm(
            rf"/(?P<owner>[\w.-]{{1,100}})/(?P<repository>[\w.-]{{1,100}})/(?:issues|pull)/{ID}(?:[/?#].*)?",
            fetch_discussion,
        ),
    ),
)
