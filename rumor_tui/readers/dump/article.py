"""The article of a dump: its title, its author and its paragraphs, found in what stands before the discussion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rumor_tui.readers.dump.page import Page, Post

LONG = 120
"""Characters from which a line is prose rather than a title or a menu's entry."""

APART = 12
"""Lines that are not prose, this many in a row, part the article from another section of the page."""

WINDOW = 45
"""How many lines above the first paragraph a title may stand: share bars and dates come between."""

TITLE = range(6, 200)
"""Lengths (in characters) that a title can have."""


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


def body(page: Page, end: int) -> list[int]:
    """The lines of the article's paragraphs among the lines before `end`: the longest stretch of prose."""
    stretches: list[list[int]] = []
    for i in (i for i in range(end) if _is_prose(page, i)):
        if not stretches or i - stretches[-1][-1] > APART and _parted(page, stretches[-1][-1], i):
            stretches.append([])
        stretches[-1].append(i)
    best = max(stretches, key=lambda rows: sum(len(page.lines[i].text) for i in rows), default=[])
    return list(range(best[0], best[-1] + 1)) if best else []


def _parted(page: Page, low: int, high: int) -> bool:
    return sum(1 for i in range(low + 1, high) if page.lines[i].text) > APART


def _is_prose(page: Page, i: int) -> bool:
    return page.marks[i].kind == "text" and len(page.lines[i].text) >= LONG and not page.lines[i].bullet


def title(page: Page, start: int) -> int | None:
    """The line that reads most like the title of what begins at line `start`; None where no line does."""
    window = range(max(0, start - WINDOW), start)
    counts = Counter(page.lines[i].text for i in range(len(page.lines)) if len(page.lines[i].text) in TITLE)
    tails = _answered_titles(page)
    rated = {i: _rating(page, i, start, counts, tails) for i in window if _may_be_title(page, i)}
    return max(rated, key=lambda i: (rated[i], i), default=None)


def _answered_titles(page: Page) -> frozenset[str]:
    """The subjects that posts answer ("Re: …"), without the mark of an answer."""
    texts = (line.text for line, mark in zip(page.lines, page.marks, strict=True) if mark.kind == "subject")
    return frozenset(text.partition(":")[2].strip() for text in texts if text[:3].casefold() == "re:")


def _may_be_title(page: Page, i: int) -> bool:
    line, mark = page.lines[i], page.marks[i]
    return mark.kind in ("short", "text") and not line.bullet and len(line.text) in TITLE


def _rating(page: Page, i: int, start: int, counts: Counter[str], tails: frozenset[str]) -> float:
    """How much a line looks like a title: answered by posts, repeated on the page, set apart, near, above a byline."""
    text = page.lines[i].text
    between = sum(1 for k in range(i + 1, start) if page.lines[k].text)
    follower = next((page.marks[k].kind for k in range(i + 1, start) if page.lines[k].text), "text")
    alone = not (i and page.lines[i - 1].text) and not (i + 1 < start and page.lines[i + 1].text)
    rating = 4.0 if text in tails else 0.0
    rating += 1.2 if 1 < counts[text] < 5 and len(text) > 15 else 0.0
    rating += 0.6 if follower in ("byline", "heading", "text") else 0.0
    rating += 0.5 * alone + (0.5 if 15 <= len(text) <= 120 else 0.0) - (0.6 if text.endswith((".", "…")) else 0.0)
    rating += 0.8 if i == next((k for k in range(len(page.lines)) if page.lines[k].text), -1) and between < 6 else 0.0
    return rating - 0.12 * between


def byline(page: Page, low: int, high: int) -> tuple[str | None, str | None]:
    """The author and the date that stand between the title and the first paragraph."""
    author = date = None
    for i in range(low, min(high, low + 20)):
        mark = page.marks[i]
        if mark.kind == "byline":
            author = author or mark.name or None
            date = date or mark.date or None
    return author, date


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
