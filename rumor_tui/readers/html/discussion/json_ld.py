"""Comments that a page has only as structured data: JSON-LD in its scripts, as search engines read it.

Source: schema.org's `comment`, `suggestedAnswer` and `acceptedAnswer` of an Article, a DiscussionForumPosting or a
Question, and the `review` of a Product. Such lists nest as the comments do. Answers and reviews
that nobody signed or dated are the page's own (frequently asked questions), and so is all where all is by one author.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any, Final

from rumor_tui.readers.html.discussion.comment_node import CommentNode
from rumor_tui.readers.html.dom import Dom
from rumor_tui.readers.lenient_json import parse_json

_COMMENTS: Final = ("comment", "comments")
_LISTS: Final = ("acceptedAnswer", "suggestedAnswer", *_COMMENTS, "review", "reviews")
_CONTAINERS: Final = ("@graph", "mainEntity", "mainEntityOfPage")
_TEXTS: Final = ("text", "reviewBody", "articleBody", "description")
_DATES: Final = ("dateCreated", "datePublished", "uploadDate")
_MAX_COMMENTS: Final = 100_000
"""Comments that are taken from one page."""
_MARKUP = re.compile(r"<[a-z/][^>]*>", re.IGNORECASE)
_LINES = re.compile(r"\n\s*\n|\n")


def find_json_ld_comments(dom: Dom) -> tuple[list[CommentNode], list[int | None]]:
    """The comments in pre-order, and for each the index of the one that it answers; none where all are by one."""
    comments: list[CommentNode] = []
    parents: list[int | None] = []
    seen: set[str] = set()
    # Entries are: a value, the index of the comment around it, and whether the value is itself a comment.
    pending: list[tuple[Any, int | None, bool]] = [(value, None, False) for value in reversed(list(_scripts(dom)))]
    while pending and len(comments) < _MAX_COMMENTS:
        value, parent, is_comment = pending.pop()
        if isinstance(value, list):
            pending.extend((item, parent, False) for item in reversed(value))
            continue
        if not isinstance(value, dict):
            continue
        index = parent
        if is_comment:
            comment = _comment(value)
            if comment.url and comment.url in seen:
                continue
            seen.add(comment.url or "")
            index = len(comments)
            comments.append(comment)
            parents.append(parent)
        pending.extend(reversed([(item, index, is_reply) for item, is_reply in _contents(value)]))
    if len({comment.author for comment in comments} - {None}) == 1:
        return [], []
    return comments, parents


def _scripts(dom: Dom) -> Iterator[Any]:
    """The parsed JSON-LD of the scripts that may have comments."""
    for node in dom.tree.css('script[type="application/ld+json"]'):
        text = node.text()
        if any(f'"{name}"' in text for name in _LISTS):
            try:
                yield parse_json(text)
            except ValueError:
                continue


def _contents(value: dict[str, Any]) -> Iterator[tuple[Any, bool]]:
    """The values in an object: its comments (True), and what else may contain some (False)."""
    for name in _LISTS:
        items = value.get(name)
        for item in items if isinstance(items, list) else [items]:
            if not isinstance(item, dict) or _string(item, _TEXTS) is None:
                continue
            if name in _COMMENTS or item.get("author") or _string(item, _DATES):
                yield item, True
    for name in _CONTAINERS:
        if isinstance(value.get(name), (dict, list)):
            yield value[name], False


def _string(value: dict[str, Any], names: tuple[str, ...]) -> str | None:
    """The first of some properties that is a string."""
    return next((value[name] for name in names if isinstance(value.get(name), str)), None)


def _comment(value: dict[str, Any]) -> CommentNode:
    date = _string(value, _DATES)
    url = _string(value, ("url", "@id"))
    votes = value.get("upvoteCount")
    return CommentNode(
        0, author=_author(value.get("author")), date_text=date, date_machine=date, url=url,
        html=_body(_string(value, _TEXTS) or ""), ids=(url,) if url else (),
        score=votes if isinstance(votes, int) else None,
    )  # fmt: skip


def _author(author: Any) -> str | None:
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
