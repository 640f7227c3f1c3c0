"""Comments that a page tells only to programs: JSON-LD in its scripts, as search engines read it.

Source: schema.org's `comment`, `suggestedAnswer`, `acceptedAnswer` and `review` of an Article, a
DiscussionForumPosting, a Question or a Product. Such lists nest as the comments do.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any, Final

from rumor_tui.readers import lenient_json
from rumor_tui.readers.html.discussion.comment_node import CommentNode
from rumor_tui.readers.html.dom import Dom

_LISTS: Final = ("acceptedAnswer", "suggestedAnswer", "comment", "comments", "review", "reviews")
_TEXTS: Final = ("text", "reviewBody", "articleBody", "description")
_DATES: Final = ("dateCreated", "datePublished", "uploadDate")
_MOST: Final = 100_000
"""Comments that are taken from one page."""

_MARKUP = re.compile(r"<[a-z/][^>]*>", re.IGNORECASE)
_LINES = re.compile(r"\n\s*\n|\n")


def find_json_ld_comments(page: Dom) -> tuple[list[CommentNode], list[int | None]]:
    """The comments in pre-order, with the place of the one that each answers."""
    units: list[CommentNode] = []
    parents: list[int | None] = []
    work: list[tuple[Any, int | None]] = [(value, None) for value in reversed(list(_values(page)))]
    seen: set[str] = set()
    while work and len(units) < _MOST:
        value, parent = work.pop()
        if isinstance(value, list):
            work.extend((one, parent) for one in reversed(value))
            continue
        if not isinstance(value, dict):
            continue
        place = parent
        if value.get("\0said"):
            unit = _unit(value)
            if unit.url and unit.url in seen:
                continue
            seen.add(unit.url or "")
            place = len(units)
            units.append(unit)
            parents.append(parent)
        work.extend(reversed([(one, place) for one in _inside(value)]))
    return units, parents


def _values(page: Dom) -> Iterator[Any]:
    for node in page.tree.css('script[type="application/ld+json"]'):
        text = node.text()
        if any(f'"{name}"' in text for name in _LISTS):
            try:
                yield lenient_json.parse_json(text)
            except ValueError:
                continue


def _inside(value: dict[str, Any]) -> Iterator[Any]:
    """What stands in an object: its comments, marked as such, and whatever else may hold some."""
    for name in _LISTS:
        found = value.get(name)
        for one in found if isinstance(found, list) else [found]:
            if isinstance(one, dict) and any(isinstance(one.get(text), str) for text in _TEXTS):
                yield {**one, "\0said": True}
    for name in ("@graph", "mainEntity", "mainEntityOfPage"):
        if isinstance(value.get(name), (dict, list)):
            yield value[name]


def _unit(value: dict[str, Any]) -> CommentNode:
    text = next((value[name] for name in _TEXTS if isinstance(value.get(name), str)), "")
    moment = next((value[name] for name in _DATES if isinstance(value.get(name), str)), None)
    url = next((value[name] for name in ("url", "@id") if isinstance(value.get(name), str)), None)
    votes = value.get("upvoteCount")
    return CommentNode(
        0, [], [], author=_name(value.get("author")), written=moment, moment=moment, url=url, told=_body(text),
        ids=(url,) if url else (), score=votes if isinstance(votes, int) else None,
    )  # fmt: skip


def _name(author: Any) -> str | None:
    if isinstance(author, list):
        author = author[0] if author else None
    if isinstance(author, dict):
        author = author.get("name") or author.get("alternateName")
    return author.strip() or None if isinstance(author, str) else None


def _body(text: str) -> str:
    """A text as HTML: it may be that already, or be plain with its characters escaped."""
    if _MARKUP.search(text):
        return text
    lines = _LINES.split(html.unescape(text).strip())
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines if line.strip())
