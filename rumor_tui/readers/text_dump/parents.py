"""Who answers whom in a dump: by indentation, by a stated depth, or by the name that a post says it answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rumor_tui.model import Confidence
from rumor_tui.readers.text_dump.byline_parser import MAX_NAME_LENGTH
from rumor_tui.readers.text_dump.posts import DumpPage, Post
from rumor_tui.readers.vocabulary import labels
from rumor_tui.readers.vocabulary.phrase_table import PhraseTable, alternation, first_word_start, fold

UNCLOSED_DEPTH = 5
"""Posts that each begin further right than the last: beyond this many it is unclosed markup, not a conversation."""


def parents_by_column(columns: Sequence[int], trusted: bool = False) -> list[int | None]:
    """For every post the nearest earlier one that begins further left, in linear time.

    Columns that only ever grow come from lists that the page never closed; they say nothing.
    """
    if (
        not trusted
        and len(columns) >= UNCLOSED_DEPTH
        and len(set(columns)) >= UNCLOSED_DEPTH
        and list(columns) == sorted(columns)
    ):
        return [None] * len(columns)
    found: list[int | None] = []
    open_posts: list[int] = []
    for index, column in enumerate(columns):
        while open_posts and columns[open_posts[-1]] >= column:
            open_posts.pop()
        found.append(open_posts[-1] if open_posts else None)
        open_posts.append(index)
    return found


def find_parents(posts: Sequence[Post], opener: str | None = None) -> list[int | None]:
    """The parent of every post: what another plan knew, the depth that the page tells, or where the posts begin.

    Where the columns say nothing, a post that begins with "@name" answers that name's last post; `opener` is the
    author of the article, whose answers stand at the top.
    """
    if any(post.parent is not None for post in posts):
        return [post.parent for post in posts]
    if _depths_told(posts):
        return parents_by_column([max(post.depth, 0) for post in posts], trusted=True)
    if _only_named(posts):
        return _by_name(posts, opener)
    return parents_by_column([post.column for post in posts])


def parent_confidence(posts: Sequence[Post], found: Sequence[int | None], *, listed: bool) -> Confidence:
    """How `find_parents` has found these parents: by the page's layout, or by what is likely.

    `listed`: the posts are the items of a list, which shows that none hangs from another where none does. A flat run
    of other posts may be a conversation whose indentation was lost.
    """
    if not any(post.parent is not None for post in posts) and not _depths_told(posts) and _only_named(posts):
        return "guessed"
    return "structural" if listed or any(parent is not None for parent in found) else "guessed"


def _depths_told(posts: Sequence[Post]) -> bool:
    """Does the page tell the depths of enough posts?"""
    told = sum(1 for post in posts if post.depth >= 0)
    return any(post.depth > 0 for post in posts) and told * 10 >= len(posts) * 3


def _only_named(posts: Sequence[Post]) -> bool:
    """Do the columns say nothing, while some posts name whom they answer?"""
    return any(post.answers for post in posts) and (
        has_unclosed_markup(posts) or len({post.column for post in posts}) == 1
    )


def has_unclosed_markup(posts: Sequence[Post]) -> bool:
    """Do the posts' columns only ever grow?"""
    columns = [post.column for post in posts]
    return len(set(columns)) >= UNCLOSED_DEPTH and columns == sorted(columns)


def _by_name(posts: Sequence[Post], opener: str | None) -> list[int | None]:
    last: dict[str, int | None] = {opener.casefold(): None} if opener else {}
    found: list[int | None] = []
    for index, post in enumerate(posts):
        found.append(last.get(post.answers.casefold()) if post.answers else None)
        if post.author:
            last[post.author.casefold()] = index
    return found


_OPENINGS = PhraseTable(labels.REPLY_TO)
_WHO = r"\s*(?P<who>\S.{0,200})"


@cache
def _by() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{alternation(labels.BY)})\s", re.IGNORECASE)


@cache
def _handle() -> re.Pattern[str]:
    return re.compile(r"@([\w.-]{2,40})")


def find_reply_targets(page: DumpPage, posts: Sequence[Post], opener: str | None) -> None:
    """Set `answers` of every post that names whom it answers; a line that says so leaves the end of its body."""
    names = {post.author.casefold(): post.author for post in posts if post.author}
    if opener:
        names[opener.casefold()] = opener
    lost = has_unclosed_markup(posts)
    for post in posts:
        post.answers = _target_in_body(page, post) or _target_in_header(page, post, names)
        if not post.answers and lost and post.start < post.end:
            text = page.lines[post.start].text
            handle = _handle().match(text) if text.startswith("@") else None
            post.answers = handle.group(1) if handle else ""


def _target_in_body(page: DumpPage, post: Post) -> str:
    """The name in a line such as "In reply to … by name", first in the body or last."""
    for row in (post.end - 1, post.start):
        if not post.start <= row < post.end:
            continue
        told = _after_opening(page.lines[row].text)
        if told and not told.startswith("@"):
            who = re.sub(r"\s*\([^()]*\)\s*$", "", _by().split(told)[-1]).strip()
            if 0 < len(who) <= MAX_NAME_LENGTH:
                _drop_line(page, post, row)
                return who
    return ""


def _after_opening(text: str) -> str:
    """What follows words such as "in reply to" at the beginning of a line, or an empty string."""
    if len(text) >= 200:
        return ""
    low = fold(text)
    after = (re.compile(_WHO).fullmatch(text, end) for end in _OPENINGS.ends(low, first_word_start(low)))
    return next((found["who"] for found in after if found), "")


def _drop_line(page: DumpPage, post: Post, row: int) -> None:
    if row == post.end - 1:
        post.end = row
        while post.end > post.start and page.marks[post.end - 1].kind == "blank":
            post.end -= 1
    else:
        post.start = row + 1


def _target_in_header(page: DumpPage, post: Post, names: dict[str, str]) -> str:
    """The other person's name where the header puts it right behind the author's, or as a handle."""
    author = post.author or ""
    for row in range(post.top, min(post.start, post.top + 12)):
        text = page.lines[row].text
        if len(author) < 2 or len(text) > 2 * MAX_NAME_LENGTH or not text.startswith(author) or page.marks[row].date:
            continue
        rest = text[len(author) :].strip(" ·>→↪▶|»:@")
        handle = _handle().search(text[len(author) :]) if "@" in text else None
        if rest.casefold() in names:
            return rest
        if handle:
            return handle.group(1)
    return ""
