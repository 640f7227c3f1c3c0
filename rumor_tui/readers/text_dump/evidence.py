"""Whether the posts of a layout are a discussion, and not the sections of a document, of a list or of a log."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from rumor_tui.readers.text_dump.posts import DumpPage, Layout, Post

HEADING_REACH = 25
"""How many lines above the first post a heading such as "12 comments" may be."""

LONG_LIST_POSTS = 8
"""Posts without names that are a discussion if they are nested."""

FEW_POSTS = 3
"""So many posts may all be by the same author."""


def heading_above(page: DumpPage, top: int) -> int | None:
    """The count in the nearest heading of comments above `top` (-1 for one without a count); None for no heading."""
    for i in range(top - 1, max(-1, top - HEADING_REACH), -1):
        if page.classes[i].kind == "heading":
            return page.classes[i].total
    return None


def is_stated_number(page: DumpPage, posts: Sequence[Post]) -> bool:
    """Whether a heading above the posts states how many there are, give or take a tenth."""
    stated = heading_above(page, posts[0].top) if posts else None
    return stated is not None and stated >= 0 and abs(len(posts) - stated) <= max(1, stated // 10)


def shows_discussion(page: DumpPage, layout: Layout) -> bool:
    """Whether the posts are a discussion beyond doubt: at least two of the signs that discussions have speak for it.

    Without a name in the byline itself, the line above it may be any heading, so one sign more is needed. A single post
    and posts without names, by one author, or with versions for names, as the sections of a document are, need two
    more. Extractors of main texts lose most signs, but print nested lists, and lines of white space between posts.
    """
    posts = layout.posts
    headed = heading_above(page, posts[0].top) is not None
    if layout.kind == "counted" or (len(posts) >= LONG_LIST_POSTS and _is_nested(layout, headed)):
        return True
    shape = layout.notes.get("shape", "").split()
    stated = is_stated_number(page, posts)
    named = sum(bool(post.author) for post in posts) * 2 >= len(posts)
    proven = sum(post.proof > 0 for post in posts) * 5 >= len(posts) * 2
    signs = [
        named,
        sum(bool(post.date) for post in posts) * 2 >= len(posts),
        proven,
        headed,
        "V" in shape,
        _is_conversation(posts),
        count_up(posts),
        stated,
    ]
    is_weak = "W" not in shape and not headed and layout.kind != "listed"
    is_document = not stated and (
        not (named or proven) or len(posts) == 1 or _is_one_author(posts) or _are_versions(posts)
    )
    return sum(signs) >= 2 + is_weak + 2 * is_document


def _is_nested(layout: Layout, headed: bool) -> bool:
    """Whether there are names below a heading, deeply nested items, or posts between lines of white space."""
    levels = len({post.column for post in layout.posts})
    return layout.kind in ("named", "separated") or (layout.kind == "listed" and levels > 2 - headed)


def _is_one_author(posts: Sequence[Post]) -> bool:
    """Whether nearly all posts have the same author, as where a heading stands above every section."""
    names = Counter(post.author.casefold() for post in posts if post.author)
    return len(posts) > FEW_POSTS and bool(names) and max(names.values()) * 10 > len(posts) * 7


def _is_conversation(posts: Sequence[Post]) -> bool:
    """Whether several people have said something more than once; headings of sections hardly ever recur."""
    names = Counter(post.author.casefold() for post in posts if post.author)
    return sum(count > 1 for count in names.values()) > 1


_VERSION = re.compile(r"\d\.\d")


def _are_versions(posts: Sequence[Post]) -> bool:
    """Whether most names have a version in them, as the headings of change logs do."""
    names = [post.author for post in posts if post.author]
    return sum(bool(_VERSION.search(name)) for name in names) * 2 > len(names)


def count_up(posts: Sequence[Post]) -> bool:
    """Whether most posts have the number that follows the one before, as in a forum."""
    steps = sum(low.number >= 0 and high.number == low.number + 1 for low, high in pairwise(posts))
    return steps * 3 >= len(posts) * 2
