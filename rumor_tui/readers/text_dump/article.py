"""The article of a dump: its title, its author and its paragraphs, found in what stands before the discussion."""

from __future__ import annotations

from collections.abc import Sequence

from rumor_tui.readers.text_dump.posts import DumpPage, Post

LONG_LINE = 120
"""Characters from which a line is prose rather than a title or a menu's entry."""

SHORT_PARAGRAPH = 50
"""The same where no line is so long: short paragraphs."""

MAX_GAP = 12
"""Lines that are not prose, this many in a row, part the article from another section of the page."""

TITLE_WINDOW = 45
"""How many lines above the first paragraph a title may stand: share bars and dates come between."""

MENU_MARKS = (" | ", " › ", "› ", " » ", " > ", "{{")
"""What stands between the entries of a menu that was printed on one line."""

MAX_SEARCHED_LINES = 6000
"""Only so many lines are searched for another showing of a title."""

NEAR_LINES = 30
"""Prose this many lines above the first post is the article under which the discussion stands."""

TITLE_LENGTHS = range(6, 200)
"""Lengths (in characters) that a title can have."""


def is_opening_post(page: DumpPage, posts: Sequence[Post]) -> bool:
    """Is the first post the article itself, as in a forum: no prose and no heading of comments stands before it?"""
    first = posts[0]
    if 1 < first.number < posts[min(1, len(posts) - 1)].number <= first.number + 3:
        return False
    card = any(page.marks[i].kind == "fact" for i in range(first.top, first.start))
    near = range(max(0, first.top - (NEAR_LINES if card else 2 * NEAR_LINES)), first.top)
    if any(page.marks[i].kind == "heading" or page.marks[i].total >= 0 for i in near[-10:]):
        return False
    prose = sum(len(page.lines[i].text) for i in near if _is_prose(page, i))
    return first.number == 1 or prose < 300


def find_body(page: DumpPage, end: int) -> list[int]:
    """The lines of the article's paragraphs among the lines before `end`: the longest stretch of prose."""
    for least in (LONG_LINE, SHORT_PARAGRAPH):
        stretches = _stretches(page, [i for i in range(end) if _is_prose(page, i, least)])
        best = max(stretches, key=lambda rows: sum(len(page.lines[i].text) for i in rows), default=[])
        if best:
            return list(range(_first(page, best[0]), best[-1] + 1))
    return []


def _stretches(page: DumpPage, prose: list[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for i in prose:
        if not found or _parted(page, found[-1][-1], i):
            found.append([])
        found[-1].append(i)
    return found


def _first(page: DumpPage, row: int) -> int:
    """The first paragraph may be a short one: the prose reaches up over whole lines of text."""
    first = i = row
    while i > 0 and (not page.lines[i - 1].text or _is_sentence(page, i - 1)):
        i -= 1
        first = i if page.lines[i].text else first
    return first


def _is_sentence(page: DumpPage, i: int) -> bool:
    line = page.lines[i]
    return page.marks[i].kind == "text" and not line.bullet and len(line.text) > 40 and line.text[-1] in ".!?…"


def _parted(page: DumpPage, low: int, high: int) -> bool:
    return high - low > MAX_GAP and sum(1 for i in range(low + 1, high) if page.lines[i].text) > MAX_GAP


def _is_prose(page: DumpPage, i: int, least: int = LONG_LINE) -> bool:
    return page.marks[i].kind == "text" and len(page.lines[i].text) >= least and not page.lines[i].bullet


def find_title(page: DumpPage, start: int, top: int, author: str | None = None) -> int | None:
    """The line that reads most like the title of what begins at line `start`; None where no line does.

    Lines from `top` on belong to a header already: there only a title that the page repeats counts.
    """
    window = [i for i in range(max(0, start - TITLE_WINDOW), start) if _may_be_title(page, i, author)]
    shown = "\n".join(line.text for line in page.lines[:MAX_SEARCHED_LINES] if len(line.text) < 300)
    tails = _answered_titles(page)
    rated = {i: _rating(page, i, start, shown, tails) for i in window}
    rated = {i: rating for i, rating in rated.items() if i < top or rating >= 3.0}
    return max(rated, key=lambda i: (rated[i], -i), default=None)


def opens_with_title(page: DumpPage, opening: Post, found: int | None) -> bool:
    """Is the first line of an opening post its title: one that others answer, or, where none is found, one apart?"""
    row = opening.start
    if row + 1 >= opening.end or not _may_be_title(page, row, opening.author):
        return False
    text = page.lines[row].text
    apart = found is None and len(text) < LONG_LINE and not page.lines[row + 1].text
    return apart or text in _answered_titles(page)


def _answered_titles(page: DumpPage) -> frozenset[str]:
    """The subjects that posts answer ("Re: …"), without the mark of an answer."""
    texts = (line.text for line, mark in zip(page.lines, page.marks, strict=True) if mark.kind == "subject")
    return frozenset(text.partition(":")[2].strip() for text in texts if text[:3].casefold() == "re:")


def _may_be_title(page: DumpPage, i: int, author: str | None) -> bool:
    line, mark = page.lines[i], page.marks[i]
    return mark.kind in ("short", "text") and len(line.text) in TITLE_LENGTHS and mark.name != author


def _rating(page: DumpPage, i: int, start: int, shown: str, tails: frozenset[str]) -> float:
    """How much a line looks like a title: answered by posts, repeated on the page, set apart, near, above a byline."""
    text = page.lines[i].text
    after = [k for k in range(i + 1, start) if page.lines[k].text]
    alone = not (i and page.lines[i - 1].text) and not (i + 1 < start and page.lines[i + 1].text)
    repeated = min(shown.count(text) - 1, 2) if len(text) > 15 else 0
    rating = (4.0 if text in tails else 0.0) + 0.8 * repeated + 0.4 * alone
    rating += 0.8 if any(page.marks[k].kind in ("byline", "heading") for k in after[:3]) else 0.0
    rating += 0.6 if 15 <= len(text) <= 120 else 0.0
    rating += 0.8 if not any(line.text for line in page.lines[:i]) and len(after) < 6 else 0.0
    return rating - _unlike_a_title(page, i) - 0.06 * len(after)


def _unlike_a_title(page: DumpPage, i: int) -> float:
    """What speaks against a title: it ends as a sentence or a label does, it is a list's entry, a menu, or one word."""
    text = page.lines[i].text
    against = 0.6 if text.endswith((".", "…", ":")) else 0.0
    against += 0.7 if page.lines[i].bullet else 0.0
    against += 1.0 if any(mark in text for mark in MENU_MARKS) else 0.0
    return against + (0.6 if " " not in text and text.isascii() else 0.0)


def find_byline(page: DumpPage, low: int, high: int) -> tuple[str | None, str | None]:
    """The author and the date that stand between the title and the first paragraph."""
    author = date = None
    for i in range(low, min(high, low + 20)):
        mark = page.marks[i]
        if mark.kind == "byline":
            author = author or mark.name or None
            date = date or mark.date or None
    return author, date


def join_paragraphs(page: DumpPage, rows: Sequence[int], bare: int = -1) -> list[str]:
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
