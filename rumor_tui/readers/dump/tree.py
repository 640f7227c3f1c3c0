"""Who answers whom: parents from the columns at which the posts begin."""

from __future__ import annotations

from collections.abc import Sequence

from rumor_tui.model import Confidence
from rumor_tui.readers.dump.page import Post

UNCLOSED = 5
"""Posts that each begin further right than the last: beyond this many it is unclosed markup, not a conversation."""


def parents(columns: Sequence[int], trusted: bool = False) -> list[int | None]:
    """For every post the nearest earlier one that begins further left, in linear time.

    Columns that only ever grow come from lists that the page never closed; they say nothing.
    """
    if not trusted and len(columns) >= UNCLOSED and len(set(columns)) >= UNCLOSED and list(columns) == sorted(columns):
        return [None] * len(columns)
    found: list[int | None] = []
    open_posts: list[int] = []
    for index, column in enumerate(columns):
        while open_posts and columns[open_posts[-1]] >= column:
            open_posts.pop()
        found.append(open_posts[-1] if open_posts else None)
        open_posts.append(index)
    return found


def answered(posts: Sequence[Post], opener: str | None = None) -> list[int | None]:
    """The parent of every post: what another plan knew, the depth that the page tells, or where the posts begin.

    Where the columns say nothing, a post that begins with "@name" answers that name's last post; `opener` is the
    author of the article, whose answers stand at the top.
    """
    if any(post.parent is not None for post in posts):
        return [post.parent for post in posts]
    if _depths_told(posts):
        return parents([max(post.depth, 0) for post in posts], trusted=True)
    if _only_named(posts):
        return _by_name(posts, opener)
    return parents([post.column for post in posts])


def confidence(posts: Sequence[Post], found: Sequence[int | None], *, listed: bool) -> Confidence:
    """How `answered` has found these parents: by the page's layout, or by what is likely.

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
    return any(post.answers for post in posts) and (unclosed(posts) or len({post.column for post in posts}) == 1)


def unclosed(posts: Sequence[Post]) -> bool:
    """Do the posts' columns only ever grow?"""
    columns = [post.column for post in posts]
    return len(set(columns)) >= UNCLOSED and columns == sorted(columns)


def _by_name(posts: Sequence[Post], opener: str | None) -> list[int | None]:
    last: dict[str, int | None] = {opener.casefold(): None} if opener else {}
    found: list[int | None] = []
    for index, post in enumerate(posts):
        found.append(last.get(post.answers.casefold()) if post.answers else None)
        if post.author:
            last[post.author.casefold()] = index
    return found
