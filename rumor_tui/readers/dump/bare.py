"""Plans for dumps that lost most of their bylines: names alone, blank lines of one kind, or nothing but line breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rumor_tui.readers.dump.bodies import finish
from rumor_tui.readers.dump.page import FURNITURE, Page, Plan, Post

FEWEST = 3
"""Fewer posts than this cannot show that a bare page is a discussion."""


def bare_plans(page: Page) -> Iterator[Plan]:
    """The readings of a page that rest on names alone, on separators, or on the number of comments it claims."""
    yield from _named_plans(page)
    yield from _separated_plan(page)
    yield from _counted_plan(page)


def _named_plans(page: Page) -> Iterator[Plan]:
    """Under a heading of comments every short line of one layout is a name, what follows is what they said."""
    headings = [i for i, mark in enumerate(page.marks) if mark.kind == "heading" and mark.total != 0]
    for heading in headings[-4:]:
        rows = _names(page, heading)
        if len(rows) >= FEWEST:
            posts = [_named_post(page, i) for i in rows]
            yield Plan("named", finish(page, posts))


def _names(page: Page, heading: int) -> list[int]:
    """The short lines after a heading that are laid out like the first one, until a form or the next heading."""
    rows: list[int] = []
    layout: tuple[bool, int] | None = None
    for i in range(heading + 1, len(page.lines) - 2):
        mark, line = page.marks[i], page.lines[i]
        if mark.kind in ("form", "heading") and i > heading + 6:
            break
        if mark.kind != "short" or len(mark.name) < 2:
            continue
        parted = not page.lines[i + 1].text
        layout = layout or (parted, line.inner)
        follows = not parted and bool(rows) and rows[-1] == i - 1
        spoken = page.marks[i + 1 + parted].kind in ("text", "short", "quote", "number")
        if (parted, line.inner) == layout and spoken and not follows:
            rows.append(i)
    return rows


def _named_post(page: Page, i: int) -> Post:
    start = i + 1
    while start < len(page.lines) and page.marks[start].kind in FURNITURE:
        start += 1
    return Post(top=i, start=start, end=start, author=page.marks[i].name, column=page.lines[i].indent)


def _separated_plan(page: Page) -> Iterator[Plan]:
    """Lines of white space alone, among blank lines that are empty, part the posts; the first follows such a line."""
    rows = [i for i, line in enumerate(page.lines) if not line.text and not line.bullet and line.indent == 1]
    starts = [i + 1 for i, after in zip(rows, [*rows[1:], len(page.lines)], strict=False) if after - i > 1]
    if len(starts) > FEWEST:
        yield Plan("separated", finish(page, [_plain_post(page, i) for i in starts]))


def _counted_plan(page: Page) -> Iterator[Plan]:
    """Posts that follow one another without a blank line, as many as a line above them tells."""
    said = [i for i, mark in enumerate(page.marks) if mark.total > FEWEST]
    for row in said[:3]:
        starts = _unparted(page, row)
        if abs(len(starts) - page.marks[row].total) * 10 <= page.marks[row].total:
            yield Plan("counted", finish(page, [_plain_post(page, i) for i in starts]))


def _unparted(page: Page, row: int) -> Sequence[int]:
    lines = page.lines
    return [i for i in range(row + 1, len(lines)) if lines[i].text and lines[i - 1].text and not lines[i].indent]


def _plain_post(page: Page, i: int) -> Post:
    start = i
    while start < len(page.lines) and page.marks[start].kind == "blank":
        start += 1
    return Post(top=i, start=start, end=start, column=0)
