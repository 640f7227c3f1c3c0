"""Plans for discussions whose posts end with their byline: the words first, then who wrote them and when."""

from __future__ import annotations

from collections.abc import Sequence

from rumor_tui.readers.dump import authors
from rumor_tui.readers.dump.anchored import merged
from rumor_tui.readers.dump.page import FURNITURE, SOLID, Page, Plan, Post, take_facts

FARTHEST = 400
"""How many lines above its signature a post may begin: longer than any comment, so that work stays bounded."""


def signed(page: Page, anchors: Sequence[int]) -> Plan:
    """The reading in which every line of `anchors` signs the post above it."""
    heads = merged(page, anchors)
    near = [_beside(page, first, last) for first, last in heads]
    slot, chosen = authors.choose(page, heads, near)
    posts: list[Post] = []
    floor = -1
    for (first, last), line in zip(heads, chosen, strict=True):
        post = _post(page, first, last, line, floor)
        if post:
            posts.append(post)
        floor = max(last, line if line is not None else last)
    return Plan("signed", posts, notes={"slot": slot})


def _beside(page: Page, first: int, last: int) -> authors.Near:
    """The nearest line above and the nearest below, where they could be a name."""
    return _nearest(page, range(first - 1, max(-1, first - 4), -1)), _nearest(page, range(last + 1, last + 4))


def _nearest(page: Page, span: range) -> list[int]:
    for i in span:
        if i < len(page.lines) and page.lines[i].text:
            return [i] if len(page.marks[i].name) > 1 and not page.lines[i].bullet else []
    return []


def _post(page: Page, first: int, last: int, line: int | None, floor: int) -> Post | None:
    end = min(first, line) if line is not None else first
    author = authors.own_name(page, first, last) or (page.marks[line].name if line is not None else "")
    start = _start(page, page.lines[first].indent, end, floor)
    if start is None:
        return None
    item = page.lines[start]
    post = Post(top=start, start=start, end=end, author=author or None, column=item.indent)
    while post.end > post.start and page.marks[post.end - 1].kind in FURNITURE:
        post.end -= 1
    while post.start < post.end and page.marks[post.start].kind in FURNITURE:
        post.start += 1
    for i in range(post.end, last + 1):
        take_facts(post, page.marks[i])
    for i in range(last + 1, min(last + 4, len(page.marks))):
        if page.marks[i].kind == "label":
            take_facts(post, page.marks[i])
    post.foot = max(last, line if line is not None else last) + 1
    return post


def _start(page: Page, column: int, end: int, floor: int) -> int | None:
    """Where the signed post begins: at its item's bullet, or after the furniture that follows the last signature."""
    lowest = max(floor, end - FARTHEST)
    if column > 0:
        for i in range(end - 1, lowest, -1):
            line = page.lines[i]
            if line.bullet and line.inner == column:
                return i
            if line.text and line.indent < column:
                break
        if column > 4:
            return None
    return _after(page, floor, end) if floor >= 0 else _first(page, end, lowest)


def _after(page: Page, floor: int, end: int) -> int:
    i = floor + 1
    while i < end and page.marks[i].kind not in SOLID:
        if page.marks[i].kind == "short" and i > floor + 3:
            break
        i += 1
    return min(i, end)


def _first(page: Page, end: int, lowest: int) -> int:
    """The first post has no signature above it: it reaches up to a heading, a form, a button, or a list."""
    i = end
    while i - 1 > lowest and page.marks[i - 1].kind in FURNITURE:
        i -= 1
    while i - 1 > lowest and not (
        page.marks[i - 1].kind in ("heading", "form", "label", "byline", "fact") or page.lines[i - 1].bullet
    ):
        i -= 1
    while i < end and page.marks[i].kind in FURNITURE:
        i += 1
    return i
