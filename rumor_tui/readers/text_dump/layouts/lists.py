"""Layouts without bylines: lists whose items are posts, and fallbacks for dumps that lost most of their structure.

The fallbacks rest on names alone, on blank lines of one kind, or on a stated number of comments.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rumor_tui.readers.text_dump.posts import FURNITURE, DumpPage, Layout, Post, finish_posts


def find_lists(page: DumpPage) -> list[list[int]]:
    """The bulleted lines of each unbroken list, in order; a line left of the list's indentation ends it."""
    lists: list[list[int]] = []
    root = -1
    for i, line in enumerate(page.lines):
        if not line.text and not line.bullet:
            continue
        if line.bullet and (root < 0 or line.indent < root):
            lists.append([])
            root = line.indent
        elif root >= 0 and line.indent <= root and not line.bullet:
            root = -1
        if root >= 0 and line.bullet:
            lists[-1].append(i)
    return lists


def list_layout(page: DumpPage, items: list[int]) -> Layout:
    """The layout in which every item of one list is a post."""
    named = [_heads_body(page, i) for i in items]
    authored = sum(named) * 5 >= len(items) * 3
    known = {page.lines[i].text for i, name in zip(items, named, strict=True) if name}
    posts = [
        _list_post(page, i, authored and (name or page.lines[i].text in known))
        for i, name in zip(items, named, strict=True)
    ]
    return Layout("listed", finish_posts(page, posts))


def _heads_body(page: DumpPage, i: int) -> bool:
    """Whether the item's first line is a name: short, followed by a blank line, then by text under it."""
    if page.classes[i].kind not in ("short", "byline"):
        return False
    line = page.lines[i]
    after = page.lines[i + 1 : i + 5]
    if not after or after[0].text:
        return False
    follower = next((other for other in after if other.text), None)
    return follower is not None and not follower.bullet and follower.indent == line.inner


def _list_post(page: DumpPage, i: int, named: bool) -> Post:
    line, line_class = page.lines[i], page.classes[i]
    post = Post(top=i, start=i + 1 if named else i, end=i + 1, column=line.indent)
    if named:
        post.author, post.date = line_class.name or line.text, line_class.date or None
    return post


MIN_POSTS = 3
"""Fewer posts than this do not show that a page without bylines is a discussion."""


def fallback_layouts(page: DumpPage) -> Iterator[Layout]:
    """The layouts that rest on names alone, on separators, or on the number of comments that the page states."""
    yield from _named_layouts(page)
    yield from _separated_layouts(page)
    yield from _counted_layouts(page)


def _named_layouts(page: DumpPage) -> Iterator[Layout]:
    """Below a heading of comments every short line of the same form is a name, and a post follows it."""
    headings = [i for i, line in enumerate(page.classes) if line.kind == "heading" and line.total != 0]
    for heading in headings[-4:]:
        rows = _names(page, heading)
        if len(rows) >= MIN_POSTS:
            posts = [_named_post(page, i) for i in rows]
            yield Layout("named", finish_posts(page, posts))


def _names(page: DumpPage, heading: int) -> list[int]:
    """The short lines after a heading that look like the first one, up to a form or the next heading."""
    rows: list[int] = []
    first_form: tuple[bool, int] | None = None
    for i in range(heading + 1, len(page.lines) - 2):
        line_class, line = page.classes[i], page.lines[i]
        if line_class.kind in ("form", "heading") and i > heading + 6:
            break
        if line_class.kind != "short" or len(line_class.name) < 2:
            continue
        blank_below = not page.lines[i + 1].text
        first_form = first_form or (blank_below, line.inner)
        is_body = not blank_below and rows[-1:] == [i - 1]
        has_body = page.classes[i + 1 + blank_below].kind in ("text", "short", "quote", "number")
        if (blank_below, line.inner) == first_form and has_body and not is_body:
            rows.append(i)
    return rows


def _named_post(page: DumpPage, i: int) -> Post:
    start = i + 1
    while start < len(page.lines) and page.classes[start].kind in FURNITURE:
        start += 1
    return Post(top=i, start=start, end=start, author=page.classes[i].name, column=page.lines[i].indent)


def _separated_layouts(page: DumpPage) -> Iterator[Layout]:
    """Lines that are one space, among blank lines that are empty, separate the posts; the first follows such a line."""
    rows = [i for i, line in enumerate(page.lines) if not line.text and not line.bullet and line.indent == 1]
    starts = [i + 1 for i, after in zip(rows, [*rows[1:], len(page.lines)], strict=False) if after - i > 1]
    if len(starts) > MIN_POSTS:
        yield Layout("separated", finish_posts(page, [_plain_post(page, i) for i in starts]))


def _counted_layouts(page: DumpPage) -> Iterator[Layout]:
    """Posts that follow one another without a blank line, as many as a line above them states."""
    stated = [i for i, line_class in enumerate(page.classes) if line_class.total > MIN_POSTS]
    for row in stated[:3]:
        starts = _starts_without_blank(page, row)
        if abs(len(starts) - page.classes[row].total) * 10 <= page.classes[row].total:
            yield Layout("counted", finish_posts(page, [_plain_post(page, i) for i in starts]))


def _starts_without_blank(page: DumpPage, row: int) -> Sequence[int]:
    lines = page.lines
    return [i for i in range(row + 1, len(lines)) if lines[i].text and lines[i - 1].text and not lines[i].indent]


def _plain_post(page: DumpPage, i: int) -> Post:
    start = i
    while start < len(page.lines) and page.classes[start].kind == "blank":
        start += 1
    return Post(top=i, start=start, end=start, column=0)
