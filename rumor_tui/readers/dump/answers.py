"""Whom a post says that it answers: "in reply to … by name", or the other name in its header."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rumor_tui.readers.dump import words
from rumor_tui.readers.dump.names import LONGEST_NAME
from rumor_tui.readers.dump.page import Page, Post
from rumor_tui.readers.dump.tree import unclosed

_REPLY_TO = re.compile(
    rf"\W*(?:{'|'.join(re.escape(word) for word in words.REPLY_TO)})\s*(?P<who>\S.{{0,200}})", re.IGNORECASE
)
_BY = re.compile(rf"\s(?:{'|'.join(re.escape(word) for word in words.BY)})\s", re.IGNORECASE)
_HANDLE = re.compile(r"@([\w.-]{2,40})")
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")


def find(page: Page, posts: Sequence[Post], opener: str | None) -> None:
    """Set `answers` of every post that names whom it answers; a line that says so leaves the end of its body."""
    names = {post.author.casefold(): post.author for post in posts if post.author}
    if opener:
        names[opener.casefold()] = opener
    lost = unclosed(posts)
    for post in posts:
        post.answers = _told(page, post) or _in_header(page, post, names)
        if not post.answers and lost and post.start < post.end:
            handle = _HANDLE.match(page.lines[post.start].text)
            post.answers = handle.group(1) if handle else ""


def _told(page: Page, post: Post) -> str:
    """The name in a line such as "In reply to … by name", first in the body or last."""
    for row in (post.end - 1, post.start):
        if not post.start <= row < post.end:
            continue
        found = _REPLY_TO.fullmatch(page.lines[row].text) if len(page.lines[row].text) < 200 else None
        if found and not found.group("who").startswith("@"):
            who = _ASIDE.sub("", _BY.split(found.group("who"))[-1]).strip()
            if 0 < len(who) <= LONGEST_NAME:
                _drop(page, post, row)
                return who
    return ""


def _drop(page: Page, post: Post, row: int) -> None:
    if row == post.end - 1:
        post.end = row
        while post.end > post.start and page.marks[post.end - 1].kind == "blank":
            post.end -= 1
    else:
        post.start = row + 1


def _in_header(page: Page, post: Post, names: dict[str, str]) -> str:
    """The other person's name where the header puts it right behind the author's, or as a handle."""
    author = post.author or ""
    for row in range(post.top, min(post.start, post.top + 12)):
        text = page.lines[row].text
        if len(author) < 2 or len(text) > 2 * LONGEST_NAME or not text.startswith(author) or page.marks[row].date:
            continue
        rest = text[len(author) :].strip(" ·>→↪▶|»:@")
        handle = _HANDLE.search(text[len(author) :])
        if rest.casefold() in names:
            return rest
        if handle:
            return handle.group(1)
    return ""
