"""The article of a dump: its title and its paragraphs, found in what stands before the discussion."""

from __future__ import annotations

from collections.abc import Sequence

from rumor_tui.readers.dump.page import Page, Post

LONG = 120
"""Characters from which a line is prose rather than a title or a menu's entry."""


def split(page: Page, end: int) -> tuple[int | None, list[int]]:
    """The line of the title (None where there is none) and the lines of the body, among the lines before `end`."""
    prose = [i for i in range(end) if _is_prose(page, i)]
    if not prose:
        title = next((i for i in range(end) if page.lines[i].text), None)
        return title, []
    title = _title(page, prose[0])
    first = prose[0] if title is None else title + 1
    body = [i for i in range(first, prose[-1] + 1) if page.marks[i].kind not in ("label", "form")]
    return title, body


def is_opening(page: Page, posts: Sequence[Post]) -> bool:
    """Is the first post the article itself, as in a forum: no prose and no heading of comments stands before it?"""
    first = posts[0]
    if 1 < first.number < posts[min(1, len(posts) - 1)].number <= first.number + 3:
        return False
    near = range(max(0, first.top - 60), first.top)
    if any(page.marks[i].kind == "heading" or page.marks[i].total >= 0 for i in near[-10:]):
        return False
    prose = sum(len(page.lines[i].text) for i in near if _is_prose(page, i))
    return first.number == 1 or prose < 300


def _is_prose(page: Page, i: int) -> bool:
    return page.marks[i].kind == "text" and len(page.lines[i].text) >= LONG and not page.lines[i].bullet


def _title(page: Page, first: int) -> int | None:
    """The nearest line above the first paragraph that reads like a title: text of its own, no bullet, no byline."""
    for i in range(first - 1, max(-1, first - 12), -1):
        line, mark = page.lines[i], page.marks[i]
        if mark.kind in ("short", "text") and not line.bullet and len(line.text) >= 8:
            return i
    return None


def paragraphs(page: Page, rows: Sequence[int], bare: int = -1) -> list[str]:
    """The text of `rows` as paragraphs: a blank line parts them, indentation goes, items keep their bullet.

    The bullet of line `bare` is the post's own, and goes.
    """
    pieces: list[str] = []
    open_piece: list[str] = []
    for i in rows:
        line = page.lines[i]
        if line.text:
            open_piece.append(f"{line.bullet} {line.text}" if line.bullet and i != bare else line.text)
        elif open_piece:
            pieces.append("\n".join(open_piece))
            open_piece = []
    if open_piece:
        pieces.append("\n".join(open_piece))
    return pieces
