"""GitHub: an issue or a pull request, and its comments page by page, each naming the next in its Link header.

https://docs.github.com/en/rest/issues/comments. Without a log-in it answers sixty requests an hour.
"""

from __future__ import annotations

import re

from rumor_tui.sources import jsons, wording
from rumor_tui.sources.fetch import origin_of
from rumor_tui.sources.links import named
from rumor_tui.sources.plans.documents import Grown
from rumor_tui.sources.work import Work, told


async def plan(work: Work, match: re.Match[str]) -> None:
    """Fetch the issue, then its comments."""
    base = f"{work.sites.github.api}/repos/{match['owner']}/{match['repository']}/issues/{match['id']}"
    issue = await work.value(base)
    if not isinstance(issue, dict) or "number" not in issue:
        raise wording.FetchError(wording.no_json(match.string))
    document = Grown(
        match.string,
        lambda comments: {"issue": issue, "comments": comments},
        expected=jsons.number(issue.get("comments")),
    )
    work.came(document)
    address: str | None = f"{base}/comments?per_page=100" if document.expected != 0 else None
    for _ in range(work.fetcher.limits.pages):
        if address is None or origin_of(address) != origin_of(base):
            return
        answer = await work.get(address)
        document.comments.extend(jsons.listed(told(answer)))
        work.came(document)
        address = named(answer.headers, answer.address, "next")
