"""Entries of lists from the JSON of platforms: where their fields stand is a row, what becomes of them is the same."""

from __future__ import annotations

from typing import Any, NamedTuple

from rumor_tui.links import openable
from rumor_tui.markdown_format import clean_field
from rumor_tui.model import Entry
from rumor_tui.readers.api.values import first_scalar, first_text, to_int, to_timestamp


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


_LONGEST_TITLE = 300
"""Characters of a title; posts without one have the beginning of their text there."""


def read_entry(
    item: Any, paths: EntryPaths, *, site: str, address: str, title: str = "", link: str = ""
) -> Entry | None:
    """The entry of an object, its texts neutral and on one line; None if it has no address that could be opened.

    `title` and `link` are those of an object that does not have them as such.
    """
    place = openable(address)
    if place is None or not place.startswith(("http://", "https://")):
        return None
    published = to_timestamp(first_scalar(item, paths.published))
    words = " ".join((title or first_text(item, paths.title)).split())
    return Entry(
        title=clean_field(words[:_LONGEST_TITLE]) or place,
        byline=clean_field(first_text(item, paths.byline)),
        published=None if published is None else published // 1,  # a part of a second is of no use in a list
        comments=to_int(first_scalar(item, paths.comments)),
        address=place,
        score=to_int(first_scalar(item, paths.score)),
        site=clean_field(site) or "",
        link=openable(link or first_text(item, paths.link)) or "",
    )
