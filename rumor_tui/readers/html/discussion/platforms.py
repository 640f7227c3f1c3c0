"""Platforms whose pages the general heuristics read wrongly, or only just: what to look for in them.

A row says only what the heuristics cannot find. All of a row's selectors are optional; what a row does not name, or
what its selectors do not find, is left to the heuristics.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rumor_tui.readers.html.discussion.comment_node import CommentNode
from rumor_tui.readers.html.dom import Dom


@dataclass(frozen=True, slots=True)
class Platform:
    """The markup of one platform.

    `signature` are class tokens, identifiers or words of the generator, in lower case: a page that has all of them is
    of the platform. `comment`, `author`, `time`, `body` and `aside` are CSS selectors; `author_attribute` is an
    attribute of a comment's element, or of one in it, with the author's name. Comments that are `apart` are about
    something on another page: none of them is the opening post.
    """

    name: str = ""
    signature: frozenset[str] = frozenset()
    comment: str = ""
    author: str = ""
    author_attribute: str = ""
    time: str = ""
    body: str = ""
    aside: str = ""
    apart: bool = False


def _row(name: str, signature: str, *, apart: bool = False, **rest: str) -> Platform:
    return Platform(name, frozenset(signature.split()), apart=apart, **rest)


PLATFORMS: Final[tuple[Platform, ...]] = (
    _row("Pixnet", "single-post post-info post-text user-name",
         comment="ul.single-post, ul.single-post > li.reply-text", body="li.post-text, li.reply-text",
         aside="li.reply-text > p:last-child", author="li.reply-text > p:last-child > a"),
    _row("NodeBB", "page-topic posts timeline", author_attribute="data-username"),
    _row("Heise", "tree_thread_list posting_element", comment="li.posting_element", author=".pseudonym",
         time=".posting_timestamp", body=".posting_subject", apart=True),
    _row("Old Reddit", "commentarea nestedlisting usertext-body", comment=".commentarea .thing.comment",
         body=".usertext-body .md"),
)  # fmt: skip
"""The platforms, of which the first match is taken. Class names are those of the platforms' own current templates."""


def page_tokens(dom: Dom) -> frozenset[str]:
    """What may identify a page's platform: all its classes and identifiers, and its generator's words."""
    classes = {value for attrs in dom.attrs if (value := attrs.get("class"))}
    identifiers = (value.lower() for attrs in dom.attrs if (value := attrs.get("id")))
    generator = dom.select_attribute('meta[name="generator"]', "content")
    return frozenset((*" ".join(classes).lower().split(), *identifiers, *re.findall(r"[a-z]+", generator.lower())))


def detect_platform(dom: Dom, platforms: Sequence[Platform]) -> Platform | None:
    """The platform of a page, if it is one of these."""
    tokens = page_tokens(dom) if platforms else frozenset()
    return next((platform for platform in platforms if platform.signature <= tokens), None)


def select_numbers(dom: Dom, selector: str) -> list[int]:
    """The numbers of a page's elements that a CSS selector selects, in document order; none for an empty one."""
    if not selector:
        return []
    return sorted(number for node in dom.tree.css(selector) if (number := dom.numbers.get(node.mem_id, -1)) > 0)


def fill_from_platform(dom: Dom, platform: Platform, comments: Sequence[CommentNode]) -> None:
    """Set the fields that a platform's selectors find; of several elements for one field the first counts."""
    for number, comment in _with_comments(dom, platform.author, comments):
        if comment.author_at < 0:
            comment.author_at = number
    for number, comment in _with_comments(dom, platform.time, comments):
        if comment.time_at < 0:
            comment.time_at = number
    for number, comment in _with_comments(dom, platform.body, comments):
        if comment.body < 0:
            comment.body = number
    for number, comment in _with_comments(dom, platform.aside, comments):
        comment.asides.append(number)
    attribute = platform.author_attribute
    for number, comment in _with_comments(dom, attribute and f"[{attribute}]", comments):
        if comment.author is None:
            comment.author = dom.attribute(number, attribute).strip() or None


def _with_comments(dom: Dom, selector: str, comments: Sequence[CommentNode]) -> Iterator[tuple[int, CommentNode]]:
    """The selected elements, each with the innermost comment around it."""
    enclosing: list[CommentNode] = []
    index = 0
    for number in select_numbers(dom, selector):
        while index < len(comments) and comments[index].number <= number:
            enclosing.append(comments[index])
            index += 1
        while enclosing and number >= dom.end[enclosing[-1].number]:
            enclosing.pop()
        if enclosing:
            yield number, enclosing[-1]
