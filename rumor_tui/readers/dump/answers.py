"""Whom a post says that it answers: "in reply to … by name", or the other name in its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rumor_tui.readers.dump import words
from rumor_tui.readers.dump.names import LONGEST_NAME
from rumor_tui.readers.dump.page import Page, Post
from rumor_tui.readers.dump.phrases import Phrases, any_of, first_word, fold
from rumor_tui.readers.dump.tree import unclosed

_OPENINGS = Phrases(words.REPLY_TO)
_WHO = r"\s*(?P<who>\S.{0,200})"


@cache
def _by() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{any_of(words.BY)})\s", re.IGNORECASE)


@cache
def _handle() -> re.Pattern[str]:
    return re.compile(r"@([\w.-]{2,40})")


def find(page: Page, posts: Sequence[Post], opener: str | None) -> None:
    """Set `answers` of every post that names whom it answers; a line that says so leaves the end of its body."""
    names = {post.author.casefold(): post.author for post in posts if post.author}
    if opener:
        names[opener.casefold()] = opener
    lost = unclosed(posts)
    for post in posts:
        post.answers = _told(page, post) or _in_header(page, post, names)
        if not post.answers and lost and post.start < post.end:
            text = page.lines[post.start].text
            handle = _handle().match(text) if text.startswith("@") else None
            post.answers = handle.group(1) if handle else ""


def _told(page: Page, post: Post) -> str:
    """The name in a line such as "In reply to … by name", first in the body or last."""
    for row in (post.end - 1, post.start):
        if not post.start <= row < post.end:
            continue
        told = _after_opening(page.lines[row].text)
        if told and not told.startswith("@"):
            who = re.sub(r"\s*\([^()]*\)\s*$", "", _by().split(told)[-1]).strip()
            if 0 < len(who) <= LONGEST_NAME:
                _drop(page, post, row)
                return who
    return ""


def _after_opening(text: str) -> str:
    """What follows words such as "in reply to" at the beginning of a line, or an empty string."""
    if len(text) >= 200:
        return ""
    low = fold(text)
    after = (re.compile(_WHO).fullmatch(text, end) for end in _OPENINGS.ends(low, first_word(low)))
    return next((found["who"] for found in after if found), "")


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
        handle = _handle().search(text[len(author) :]) if "@" in text else None
        if rest.casefold() in names:
            return rest
        if handle:
            return handle.group(1)
    return ""
