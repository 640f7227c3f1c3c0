"""What the plans of lists share: the query of an address, and entries made of what the platforms' interfaces answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from rumor_tui import blocks, links, markdown_format
from rumor_tui.model import Entry, Format
from rumor_tui.sources import json_util

MAX_TITLE = 400
"""Characters of a title."""
MAX_SUMMARY = 300
"""Characters of a summary."""
_MAX_HEADING = 100
"""Characters of the first words of a post without a title that stand for one."""
_LONGEST_QUERY = 2_000
"""Characters of a query that are read."""
_READ: dict[Format, int] = {"html": 6_000, "markdown": 1_000, "plain": 1_000}
"""Characters of a body from which a summary is made, by its format: a page has a hundred of them, and parsing Markdown
takes 2 ms for each thousand characters, while HTML needs more of them for the same text."""


def query_of(match: re.Match[str]) -> dict[str, str]:
    """The query of a matched address, by name; of a name that occurs twice, the last value."""
    return dict(parse_qsl(match.string.partition("#")[0].partition("?")[2][:_LONGEST_QUERY]))


def page_of(query: Mapping[str, str], name: str = "page", first: int = 1) -> int:
    """The number of a page in a query, or that of the first page."""
    number = json_util.as_int(query.get(name))
    return first if number is None else max(number, first)


def with_query(address: str, **values: str | int | None) -> str:
    """An address without a query, with one of these values; those that are None or empty are left out."""
    query = urlencode({name: value for name, value in values.items() if value not in (None, "")})
    return f"{address}?{query}" if query else address


def web_link(value: Any) -> str:
    """An address that an interface states, if it is one on the web; else an empty string."""
    address = links.openable(json_util.as_str(value)) or ""
    return address if address.startswith(("http://", "https://")) else ""


def link_host(link: str) -> str:
    """The host that a link leads to, as people write it."""
    return (urlsplit(link).hostname or "").removeprefix("www.") if link else ""


def identified(values: Any, *path: str) -> list[dict[str, Any]]:
    """The objects of an array that have a string or a number at a path, by which their address can be made."""
    return [value for value in json_util.objects_in(values) if path_part(json_util.get_path(value, *path))]


class Text(NamedTuple):
    """The text of a post, and its format."""

    body: str
    format: Format


NO_TEXT = Text("", "plain")


def first_words(text: Text) -> str:
    """The beginning of a text on one line."""
    return " ".join(blocks.body_text(text.body[: _READ[text.format]], text.format).split()) if text.body else ""


def shorten(line: str, most: int) -> str:
    """A line of at most `most` characters, cut between words and with an ellipsis if it was longer."""
    if len(line) <= most:
        return line
    return line[: most - 1].rsplit(" ", 1)[0] + "…"


def make_entry(
    title: Any,
    address: str,
    *,
    author: Any = None,
    published: float | None = None,
    comments: Any = None,
    score: Any = None,
    link: str = "",
    site: str = "",
    text: Text = NO_TEXT,
) -> Entry:
    """An entry for a thread; values of the wrong type count as missing.

    Without a `site`, it is the host of the link. A post without a title has its first words for one.
    """
    words = first_words(text)
    heading = shorten(markdown_format.clean_field(json_util.as_str(title)) or "", MAX_TITLE)
    if not heading:
        heading = shorten(words, _MAX_HEADING)
        words = words[len(heading.removesuffix("…")) :].strip()
    return Entry(
        title=heading or "(no title)",
        byline=markdown_format.clean_field(json_util.as_str(author)),
        published=published,
        comments=json_util.as_int(comments),
        address=address,
        summary=shorten(words, MAX_SUMMARY),
        score=json_util.as_int(score),
        site=markdown_format.clean_field(site) or link_host(link),
        link=link,
    )


def path_part(value: Any) -> str:
    """A string or a number of an answer as one part of the path of an address; empty for anything else."""
    number = json_util.as_int(value)
    return quote(str(number) if number is not None else json_util.as_str(value), safe="@:~")
