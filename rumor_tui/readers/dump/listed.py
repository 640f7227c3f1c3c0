"""Plans for discussions that are lists: every item is a post, whether or not its author survived the dump."""

from __future__ import annotations

from rumor_tui.readers.dump.bodies import finish
from rumor_tui.readers.dump.page import Page, Plan, Post


def regions(page: Page) -> list[list[int]]:
    """The bulleted lines of each unbroken list, in order; a text line outside of the list's indentation ends it."""
    found: list[list[int]] = []
    root = -1
    for i, line in enumerate(page.lines):
        if not line.text and not line.bullet:
            continue
        if line.bullet and (root < 0 or line.indent < root):
            found.append([])
            root = line.indent
        elif root >= 0 and line.indent <= root and not line.bullet:
            root = -1
        if root >= 0 and line.bullet:
            found[-1].append(i)
    return found


def listed(page: Page, items: list[int]) -> Plan:
    """The reading in which every item of one list is a post."""
    starts = [i for n, i in enumerate(items) if not _tight(page, items, n)]
    named = [_heads_body(page, i) for i in starts]
    authored = sum(named) * 5 >= len(starts) * 3
    known = {page.lines[i].text for i, name in zip(starts, named, strict=True) if name}
    posts = [
        _post(page, i, authored and (name or page.lines[i].text in known))
        for i, name in zip(starts, named, strict=True)
    ]
    return Plan("listed", finish(page, posts))


def _tight(page: Page, items: list[int], n: int) -> bool:
    """Is this nested item part of a run of one-line items, as lists inside of a body are?"""
    here = items[n]
    if page.lines[here].indent == page.lines[items[0]].indent:
        return False
    around = [items[m] for m in (n - 1, n + 1) if 0 <= m < len(items)]
    return any(abs(i - here) == 1 and page.lines[i].indent == page.lines[here].indent for i in around)


def _heads_body(page: Page, i: int) -> bool:
    """Is the item's first line a name: short, then a blank line, then text under it?"""
    if page.marks[i].kind not in ("short", "byline"):
        return False
    line = page.lines[i]
    after = page.lines[i + 1 : i + 5]
    if not after or after[0].text:
        return False
    follower = next((other for other in after if other.text), None)
    return follower is not None and not follower.bullet and follower.indent == line.inner


def _post(page: Page, i: int, named: bool) -> Post:
    line, mark = page.lines[i], page.marks[i]
    post = Post(top=i, start=i + 1 if named else i, end=i + 1, column=line.indent)
    if named:
        post.author, post.date = mark.name or line.text, mark.date or None
    return post
