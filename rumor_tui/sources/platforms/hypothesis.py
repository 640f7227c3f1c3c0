"""Hypothesis: the public annotations of a page, two hundred for each request; each quotes what it is about.

https://h.readthedocs.io/en/latest/api-reference/v1/#tag/annotations/paths/~1search/get. The document is the answer's
own, with all rows, and the quotation before the text of each.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

from rumor_tui.model import Entry
from rumor_tui.sources import json_util, messages
from rumor_tui.sources.config import Site
from rumor_tui.sources.entries import EntryPaths, read_entry
from rumor_tui.sources.plan_context import PagedDocument, PlanContext
from rumor_tui.sources.platform import AddressForm, Platform

SITE = Site("hypothesis", ("hypothes.is",), "https://hypothes.is/api")

PAGE_SIZE = 200
"""Annotations for each request, the maximum of the API."""

PAGE = EntryPaths("document.title", published="created")
"""Where the first annotation of a page has the fields of an entry."""


async def fetch_discussion(work: PlanContext, match: re.Match[str]) -> None:
    """Fetch the annotations of a page, oldest first, up to the limit of pages."""
    page = unquote(match["page"]).strip('"')
    document = PagedDocument(match.string, lambda rows: {"url": page, "rows": rows})
    for number in range(work.fetcher.limits.pages):
        total, rows = await _fetch_rows(work, page, PAGE_SIZE, number * PAGE_SIZE)
        document.expected = total
        document.comments.extend(map(_with_quotation, rows))
        work.publish(document)
        if len(rows) < PAGE_SIZE:
            return


async def _fetch_rows(work: PlanContext, page: str, limit: int, offset: int = 0) -> tuple[int, list[dict[str, Any]]]:
    """How many annotations a page has, and some of them."""
    asked = f"uri={quote(page, safe='')}&limit={limit}&offset={offset}&sort=created&order=asc"
    value = await work.value(f"{work.api(SITE)}/search?{asked}")
    rows = json_util.get_path(value, "rows")
    if not isinstance(rows, list):
        raise messages.FetchError(messages.unexpected_answer(work.api(SITE)))
    objects = json_util.objects_in(rows)
    return json_util.as_int(json_util.get_path(value, "total")) or len(objects), objects


def _with_quotation(row: dict[str, Any]) -> dict[str, Any]:
    """An annotation whose text begins with what it is about, in Markdown; the date without parts of a second."""
    selectors = json_util.objects_in(json_util.get_path(row, "target", 0, "selector"))
    quoted = next(filter(None, (json_util.as_str(selector.get("exact")) for selector in selectors)), "")
    quotation = f"> {' '.join(quoted.split())}\n" if quoted.strip() else ""
    text = json_util.as_str(row.get("text"))
    created = re.sub(r"\.[0-9]{1,9}", "", json_util.as_str(row.get("created")))
    return {**row, "text": f"{quotation}\n{text}" if quotation else text, "created": created}


async def find_annotations(work: PlanContext, address: str) -> list[Entry]:
    """Find the annotations of a page, as one discussion; forms of the address are one page there too."""
    total, rows = await _fetch_rows(work, address, 1)
    if not rows:
        return []
    place = f"{work.sites.page(SITE)}/search?q=url:{quote(address, safe='')}"
    title = json_util.as_str(json_util.get_path(rows[0], "document", "title", 0))
    entry = read_entry(rows[0], PAGE, site="Hypothesis", address=place, title=title, link=address)
    return [replace(entry, comments=total)] if entry else []


PLATFORM = Platform(
    "Hypothesis",
    SITE,
    threads=(
        AddressForm(r"/search\?(?:[^#]*&)?q=url(?::|%3[Aa])(?P<page>[^&#*]{1,2000})(?:[&#].*)?", fetch_discussion),
    ),
    find=find_annotations,
)
