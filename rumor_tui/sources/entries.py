"""Entries of lists from the JSON of platforms: where their fields stand is a row, what becomes of them is the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from rumor_tui import blocks
from rumor_tui.links import openable
from rumor_tui.markdown_format import clean_field
from rumor_tui.model import Entry, Format
from rumor_tui.readers.api.values import first_scalar, first_text, to_int, to_timestamp
from rumor_tui.sources import json_util
from rumor_tui.sources.queries import path_part


class EntryPaths(NamedTuple):
    """Where an object has the fields of an entry: for each a path of keys, or several, of which the first counts.

    `link` is the page that the thread is about.
    """

    title: str
    byline: str = ""
    published: str = ""
    comments: str = ""
    score: str = ""
    link: str = ""


class Text(NamedTuple):
    """The text of a post, and its format."""

    body: str
    format: Format


NO_TEXT = Text("", "plain")

MAX_TITLE = 300
"""Characters of a title."""
MAX_SUMMARY = 300
"""Characters of a summary."""
_MAX_HEADING = 100
"""Characters of the first words of a post without a title that stand for one."""
_READ: dict[Format, int] = {"html": 6_000, "markdown": 1_000, "plain": 1_000}
"""Characters of a body from which a summary is made, by its format: a page has a hundred of them, and parsing Markdown
takes 2 ms for each thousand characters, while HTML needs more of them for the same text."""


def read_entry(
    item: Any,
    paths: EntryPaths,
    *,
    address: str,
    site: str = "",
    title: str = "",
    link: str = "",
    text: Text = NO_TEXT,
) -> Entry | None:
    """The entry of an object, its texts neutral and on one line; None if it has no address that could be opened.

    `title` and `link` are those of an object that does not have them as such. Without a `site`, it is the host of the
    link. A post without a title has the first words of its `text` for one, and else its address.
    """
    place = web_link(address)
    if not place:
        return None
    published = to_timestamp(first_scalar(item, paths.published))
    heading = shorten(clean_field(" ".join((title or first_text(item, paths.title)).split())) or "", MAX_TITLE)
    words = first_words(text)
    if not heading:
        heading = shorten(words, _MAX_HEADING)
        words = words[len(heading.removesuffix("…")) :].strip()
    about = web_link(link or first_text(item, paths.link))
    return Entry(
        title=heading or place,
        byline=clean_field(first_text(item, paths.byline)),
        published=None if published is None else published // 1,  # a part of a second is of no use in a list
        comments=to_int(first_scalar(item, paths.comments)),
        address=place,
        summary=shorten(words, MAX_SUMMARY),
        score=to_int(first_scalar(item, paths.score)),
        site=clean_field(site) or _host(about),
        link=about,
    )


def web_link(address: str) -> str:
    """An address that an interface states, if it is one on the web; else an empty string."""
    found = openable(address) or ""
    return found if found.startswith(("http://", "https://")) else ""


def _host(link: str) -> str:
    """The host that a link leads to, as people write it."""
    return (urlsplit(link).hostname or "").removeprefix("www.") if link else ""


def first_words(text: Text) -> str:
    """The beginning of a text on one line."""
    return " ".join(blocks.body_text(text.body[: _READ[text.format]], text.format).split()) if text.body else ""


def shorten(line: str, most: int) -> str:
    """A line of at most `most` characters, cut between words and with an ellipsis if it was longer."""
    if len(line) <= most:
        return line
    return line[: most - 1].rsplit(" ", 1)[0] + "…"


def identified(values: Any, *path: str) -> list[dict[str, Any]]:
    """The objects of an array that have a string or a number at a path, by which their address can be made."""
    return [value for value in json_util.objects_in(values) if path_part(json_util.get_path(value, *path))]


def present(entries: Iterable[Entry | None]) -> list[Entry]:
    """The entries that could be made."""
    return [entry for entry in entries if entry is not None]
