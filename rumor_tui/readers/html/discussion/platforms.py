"""Platforms whose pages the general way reads wrongly or by a hair: what to look for in them.

The general way reads pages without any of this; a row says only what it cannot tell. All of a row's selectors are
optional, and what a row does not say, or what its selectors do not find, is found in the general way.
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
    """How the pages of one platform are made.

    `sign` are class tokens, identifiers or words of the generator, in lower case: a page that has all of them is of
    the platform. `unit`, `author`, `time`, `body` and `aside` are CSS selectors of elements; `told` is an attribute of
    a unit's element, or of one in it, with the author's name. Units that are `apart` talk of something that is on
    another page: none of them is the opening post.
    """

    name: str
    sign: frozenset[str]
    unit: str = ""
    author: str = ""
    told: str = ""
    time: str = ""
    body: str = ""
    aside: str = ""
    apart: bool = False


def _row(name: str, sign: str, *, apart: bool = False, **rest: str) -> Platform:
    return Platform(name, frozenset(sign.split()), apart=apart, **rest)


PLATFORMS: Final[tuple[Platform, ...]] = (
    _row("Pixnet", "single-post post-info post-text user-name", unit="ul.single-post, ul.single-post > li.reply-text",
         body="li.post-text, li.reply-text", aside="li.reply-text > p:last-child",
         author="li.reply-text > p:last-child > a"),
    _row("NodeBB", "page-topic posts timeline", told="data-username"),
    _row("NodeBB 1", "page-topic posts post-row", told="data-username"),
    _row("Heise", "tree_thread_list posting_element", unit="li.posting_element", author=".pseudonym",
         time=".posting_timestamp", body=".posting_subject", apart=True),
    _row("Gitea", "repository issue-content-left timeline-item", aside=".raw-content"),
    _row("GitHub", "js-discussion timeline-comment", unit=".js-comment-container", body=".js-comment-body"),
    _row("Askbot", "post-update-info-container post-body", aside=".post-update-info-container, .comment-author"),
    _row("Hacker News", "athing comtr", unit="tr.athing.comtr", author=".hnuser", time=".age", body=".commtext"),
    _row("Old Reddit", "commentarea nestedlisting usertext-body", unit=".commentarea .thing.comment",
         body=".usertext-body .md"),
    _row("phpBB 2", "forumline postbody postdetails name", body="span.postbody"),
    _row("Simple Machines 1", "bodyarea windowbg smalltext bordercolor", body="div.post"),
    _row("MyBB", "post_content post_body post_author", unit="#posts .post", body=".post_body",
         author=".author_information"),
    _row("vBulletin 4", "postcontainer postcontent userinfo", unit="li.postcontainer", body=".postcontent",
         author=".username strong, .username"),
    _row("XenForo 1", "messagelist messagetext", unit="#messageList > .message", body=".messageText"),
    _row("XenForo 2", "message--post bbwrapper", unit="article.message--post", body=".message-body .bbWrapper",
         author=".message-name"),
    _row("Slashdot", "commentlisting commentbody", body=".commentBody > div"),
    _row("wpDiscuz 7", "wpd-comment wpd-comment-text", unit=".wpd-comment", author=".wpd-comment-author",
         body=".wpd-comment-text"),
    _row("Disqus", "post-list post-message post-byline", unit="#post-list li.post", body=".post-message",
         author=".post-byline .author"),
    _row("Discourse", "topic-post cooked", unit=".topic-post", body=".cooked"),
    _row("Flarum", "poststream-item commentpost", unit=".PostStream-item[data-type=\"comment\"]", body=".Post-body"),
)  # fmt: skip
"""The platforms, the first that fits being taken. Class names are those of the platforms' own current templates."""


def page_tokens(page: Dom) -> frozenset[str]:
    """What a page says that may tell its platform: all its classes and identifiers, and its generator's words."""
    found: set[str] = set()
    seen: set[str] = set()
    for attrs in page.attrs:
        written = attrs.get("class")
        if written and written not in seen:
            seen.add(written)
            found.update(written.lower().split())
        if identity := attrs.get("id"):
            found.add(identity.lower())
    node = page.tree.css_first('meta[name="generator"]')
    if node is not None:
        found.update(re.findall(r"[a-z]+", (node.attributes.get("content") or "").lower()))
    return frozenset(found)


def detect_platform(page: Dom, platforms: Sequence[Platform]) -> Platform | None:
    """The platform of a page, if it is one of these."""
    if not platforms:
        return None
    said = page_tokens(page)
    return next((one for one in platforms if one.sign <= said), None)


def select_numbers(page: Dom, selector: str) -> list[int]:
    """The numbers of a page's elements that a selector selects, in document order."""
    if not selector:
        return []
    return sorted(number for node in page.tree.css(selector) if (number := page.numbers.get(node.mem_id, -1)) > 0)


def fill_from_platform(page: Dom, platform: Platform, units: Sequence[CommentNode]) -> None:
    """Set what a platform tells about its units; the author's element before the rest is looked for, the body after."""
    for number, unit in _owned(page, platform.author, units):
        if unit.author_at < 0:
            unit.author_at = number
    for number, unit in _owned(page, platform.time, units):
        if unit.time_at < 0:
            unit.time_at = number
    for number, unit in _owned(page, platform.body, units):
        if unit.body < 0:
            unit.body = number
    for number, unit in _owned(page, platform.aside, units):
        unit.aside.append(number)
    if platform.told:
        for number, unit in _owned(page, f"[{platform.told}]", units):
            if unit.author is None:
                unit.author = page.attribute(number, platform.told).strip() or None


def _owned(page: Dom, selector: str, units: Sequence[CommentNode]) -> Iterator[tuple[int, CommentNode]]:
    """The selected elements with the innermost unit around each."""
    stack: list[CommentNode] = []
    place = 0
    for number in select_numbers(page, selector):
        while place < len(units) and units[place].number <= number:
            stack.append(units[place])
            place += 1
        while stack and number >= page.end[stack[-1].number]:
            stack.pop()
        if stack:
            yield number, stack[-1]
