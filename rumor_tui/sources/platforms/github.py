"""GitHub: an issue or a pull request, and its comments page by page, following the Link header.

https://docs.github.com/en/rest/issues/comments. Without a login, sixty requests an hour are allowed. The list of issues
(https://docs.github.com/en/rest/issues/issues#list-repository-issues) holds pull requests as well, by a key of theirs.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from rumor_tui.canonical import search_key
from rumor_tui.model import Entry
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.config import Site
from rumor_tui.sources.entries import EntryPaths, Text, identified, present, read_entry
from rumor_tui.sources.fetch import find_link, origin_of
from rumor_tui.sources.plan_context import ListingDocument, PagedDocument, PlanContext, decode_answer
from rumor_tui.sources.platform import ID, AddressForm, Platform, ShortName
from rumor_tui.sources.queries import page_of, path_part, query_of, with_query

SITE = Site("github", ("github.com",), "https://api.github.com")

LIST_SIZE = 100
"""Issues and pull requests of one page of the API, its maximum."""

_MAX_PAGES = 5
"""Pages of the API that are looked through for the first one with an issue (or a pull request) in it."""

ISSUES = EntryPaths("title", "user.login", "created_at", "comments", "reactions.+1")
"""Where an issue has the fields of an entry. It speaks of a page, it has no link of its own."""


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


async def fetch_list(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch the open issues of a repository, or its pull requests: those of one page of the API that has some."""
    kind, place = match["kind"], f"{match['owner']}/{match['repository']}"
    page = page_of(query_of(match))
    document = ListingDocument(match.string, f"{place}: {'issues' if kind == 'issues' else 'pull requests'}")
    for _ in range(_MAX_PAGES):
        answer = await work.get(
            with_query(f"{work.api(SITE)}/repos/{place}/issues", state="open", per_page=LIST_SIZE, page=page)
        )
        found = decode_answer(answer)
        if not isinstance(found, list):
            raise messages.FetchError(messages.unexpected_answer(match.string))
        wanted = [issue for issue in identified(found, "number") if ("pull_request" in issue) == (kind == "pulls")]
        document.entries = present(_entry(issue, f"{match['base']}/{place}") for issue in wanted)
        page += 1
        more = find_link(answer.headers, answer.address, "next") is not None
        document.further = with_query(f"{match['base']}/{place}/{kind}", page=page) if more else ""
        if wanted or not more:
            break
    work.publish(document)


def _entry(issue: dict[str, Any], base: str) -> Entry | None:
    kind = "pull" if "pull_request" in issue else "issues"
    return read_entry(
        issue,
        ISSUES,
        address=f"{base}/{kind}/{path_part(issue.get('number'))}",
        text=Text(json_util.as_str(issue.get("body")), "markdown"),
    )


_REPOSITORY = r"(?P<owner>[\w.-]{1,100})/(?P<repository>[\w.-]{1,100})"


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
    return read_entry(issue, ISSUES, site=f"GitHub {repository}".strip(), address=address)


PLATFORM = Platform(
    "GitHub",
    SITE,
    threads=(AddressForm(rf"/{_REPOSITORY}/(?:issues|pull)/{ID}(?:[/?#].*)?", fetch_discussion),),
    lists=(AddressForm(rf"/{_REPOSITORY}/(?P<kind>issues|pulls)/?(?:\?page=[0-9]{{1,5}})?(?:#.*)?", fetch_list),),
    short_names=(ShortName("gh/OWNER/REPO", rf"gh/{_REPOSITORY}", "/{owner}/{repository}/issues"),),
    find=find_issues,
)
