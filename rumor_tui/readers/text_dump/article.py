"""The article of a dump: its title, its author and its paragraphs, found in the text before the discussion."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rumor_tui.readers.text_dump.posts import DumpPage, Post

LONG_LINE = 120
"""Characters from which a line is prose rather than a title or a menu's entry."""

SHORT_PARAGRAPH = 50
"""The same for pages whose paragraphs are all shorter than that."""

SENTENCE_ENDS = ".!?…"
SHORT_SENTENCE = 20
"""Characters from which a sentence right below the article is its end rather than a label."""

MAX_GAP = 12
"""More lines in a row that are not prose separate the article from another section of the page."""

TITLE_WINDOW = 45
"""How many lines above the first paragraph a title may be: share bars and dates come between."""

MENU_SEPARATORS = (" | ", " › ", "› ", " » ", " > ", "{{")
"""What separates the entries of a menu that was printed on one line."""

MAX_SEARCHED_LINES = 6000
"""Lines in which a repetition of the title is looked for."""

NEAR_LINES = 30
"""Prose within this many lines above the first post is the article that the discussion is about."""

ARTICLE_SHARE = 0.2
"""A page of which more than this is prose above the first post has its article there."""

TITLE_LENGTHS = range(6, 200)
"""Lengths (in characters) that a title can have."""


def is_opening_post(page: DumpPage, posts: Sequence[Post]) -> bool:
    """Whether the first post is the article itself, as in a forum: no prose and no heading of comments is above it."""
    first = posts[0]
    if 1 < first.number < posts[min(1, len(posts) - 1)].number <= first.number + 3:
        return False
    card = any(page.classes[i].kind == "fact" for i in range(first.top, first.start))
    near = range(max(0, first.top - (NEAR_LINES if card else 2 * NEAR_LINES)), first.top)
    if any(page.classes[i].kind == "heading" or page.classes[i].total >= 0 for i in near[-10:]):
        return False
    above = sum(len(page.lines[i].text) for i in range(first.top) if _is_prose(page, i))
    own = sum(len(page.lines[i].text) for i in range(first.start, first.end))
    if above > own and above > ARTICLE_SHARE * sum(len(line.text) for line in page.lines):
        return False
    prose = sum(len(page.lines[i].text) for i in near if _is_prose(page, i))
    return first.number == 1 or prose < 300


def find_body(page: DumpPage, end: int) -> list[int]:
    """The lines of the article's paragraphs among the lines before `end`: the longest stretch of prose.

    Where more than a tenth of the page stands between it and `end`, as in an article of long lists, that is taken, too.
    """
    for least in (LONG_LINE, SHORT_PARAGRAPH):
        stretches = _stretches(page, [i for i in range(end) if _is_prose(page, i, least)])
        best = max(stretches, key=lambda rows: sum(len(page.lines[i].text) for i in rows), default=[])
        if best:
            below = [i for i in range(best[-1] + 1, end) if page.classes[i].kind in ("text", "short")]
            is_long = sum(len(page.lines[i].text) for i in below) * 10 > sum(len(line.text) for line in page.lines)
            return list(range(_first(page, best[0]), (below[-1] if is_long else _last(page, best[-1], end)) + 1))
    return []


def _stretches(page: DumpPage, prose: list[int]) -> list[list[int]]:
    stretches: list[list[int]] = []
    for i in prose:
        if not stretches or _are_apart(page, stretches[-1][-1], i):
            stretches.append([])
        stretches[-1].append(i)
    return stretches


def _first(page: DumpPage, row: int) -> int:
    """The first line of the article, which may begin with sentences too short to count as prose."""
    first = i = row
    while i > 0 and (not page.lines[i - 1].text or _is_sentence(page, i - 1)):
        i -= 1
        first = i if page.lines[i].text else first
    return first


def _last(page: DumpPage, row: int, end: int) -> int:
    """The last line of the article, which may end with lines and sentences too short to count as prose."""
    last = row
    for i in range(row + 1, end):
        if page.lines[i].text and not (_goes_on(page, i) or _is_sentence(page, i, SHORT_SENTENCE)):
            break
        last = i if page.lines[i].text else last
    return last


def _goes_on(page: DumpPage, i: int) -> bool:
    """Whether a line is the rest of the sentence in the line above it."""
    above, line = page.lines[i - 1], page.lines[i]
    if page.classes[i].kind not in ("text", "short") or line.bullet or above.inner != line.indent:
        return False
    return bool(above.text) and above.text[-1] not in SENTENCE_ENDS and line.text[0].islower()


def _is_sentence(page: DumpPage, i: int, least: int = 40) -> bool:
    line = page.lines[i]
    return (
        page.classes[i].kind == "text" and not line.bullet and len(line.text) > least and line.text[-1] in SENTENCE_ENDS
    )


def _are_apart(page: DumpPage, low: int, high: int) -> bool:
    return high - low > MAX_GAP and sum(bool(line.text) for line in page.lines[low + 1 : high]) > MAX_GAP


def _is_prose(page: DumpPage, i: int, least: int = LONG_LINE) -> bool:
    return page.classes[i].kind == "text" and len(page.lines[i].text) >= least and not page.lines[i].bullet


def find_title(page: DumpPage, start: int, top: int, author: str | None = None) -> int | None:
    """The line that looks most like the title of what begins at line `start`; None where no line does.

    Lines from `top` on belong to a post's header: there only a title that the page repeats counts.
    """
    window = [i for i in range(max(0, start - TITLE_WINDOW), start) if _may_be_title(page, i, author)]
    shown = "\n".join(line.text for line in page.lines[:MAX_SEARCHED_LINES] if len(line.text) < 300)
    answered = _answered_titles(page)
    ratings = {i: _rating(page, i, start, shown, answered) for i in window}
    ratings = {i: rating for i, rating in ratings.items() if i < top or rating >= 3.0}
    spoken = _words(" ".join(line.text for line in page.lines[start : start + TOPIC_LINES]))
    first = next((line.text for line in page.lines if line.text), "")
    for i in ratings:
        text = page.lines[i].text
        ratings[i] += 1.5 * _share_of_words(text, spoken)
        ratings[i] += 2.0 * (len(text) > 8 and text != first and first.startswith(text))
        ratings[i] += 0.6 * (start < len(page.lines) and page.lines[i].indent < page.lines[start].indent)
    return max(ratings, key=lambda i: (ratings[i], -i), default=None)


TOPIC_LINES = 40
"""Lines below a title that are about it."""


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w{4,}", text.lower()))


def _share_of_words(title: str, spoken: frozenset[str]) -> float:
    """How many of a title's longer words the text below it uses; one word alone says little."""
    named = _words(title)
    return len(named & spoken) / max(len(named), 2)


def opens_with_title(page: DumpPage, opening: Post, title: int | None) -> bool:
    """Whether an opening post begins with its title: one that others answer, or, where none was found, a line apart.

    Pages of questions and answers need it, where the question's title follows its byline.
    """
    row = opening.start
    if row + 1 >= opening.end or not _may_be_title(page, row, opening.author):
        return False
    text = page.lines[row].text
    apart = title is None and len(text) < LONG_LINE and not page.lines[row + 1].text
    return apart or text in _answered_titles(page)


def _answered_titles(page: DumpPage) -> frozenset[str]:
    """The subjects that posts answer ("Re: …"), without the "Re:"."""
    pairs = zip(page.lines, page.classes, strict=True)
    texts = (line.text for line, line_class in pairs if line_class.kind == "subject")
    return frozenset(text.partition(":")[2].strip() for text in texts if text[:3].casefold() == "re:")


def _may_be_title(page: DumpPage, i: int, author: str | None) -> bool:
    line, line_class = page.lines[i], page.classes[i]
    return line_class.kind in ("short", "text") and len(line.text) in TITLE_LENGTHS and line_class.name != author


def _rating(page: DumpPage, i: int, start: int, shown: str, answered: frozenset[str]) -> float:
    """How much a line looks like a title: answered by posts, repeated on the page, set apart, near, above a byline."""
    text = page.lines[i].text
    after = [k for k in range(i + 1, start) if page.lines[k].text]
    alone = not (i and page.lines[i - 1].text) and (i + 1) not in after
    repeated = min(shown.count(text) - 1, 2) if len(text) > 15 else 0
    is_first = not any(line.text for line in page.lines[:i])
    rating = 4.0 * (text in answered) + 0.8 * repeated + 0.4 * alone
    rating += 0.8 * any(page.classes[k].kind in ("byline", "heading") for k in after[:3])
    rating += 0.6 * (15 <= len(text) <= 120)
    rating += 0.8 * (is_first and len(after) < 6)
    return rating - _penalty(page, i) - 0.06 * len(after)


def _penalty(page: DumpPage, i: int) -> float:
    """What speaks against a title: it ends as a sentence or a label does, it is a list item, a menu, or one word."""
    text = page.lines[i].text
    penalty = 0.6 * text.endswith((".", "…", ":")) + 0.7 * bool(page.lines[i].bullet)
    penalty += 1.6 * any(separator in text for separator in MENU_SEPARATORS)
    return penalty + 0.6 * (" " not in text and text.isascii())


def find_byline(page: DumpPage, low: int, high: int) -> tuple[str | None, str | None]:
    """The author and the date between the title and the first paragraph."""
    author = date = None
    for i in range(low, min(high, low + 20)):
        line_class = page.classes[i]
        if line_class.kind == "byline":
            author = author or line_class.name or None
            date = date or line_class.date or None
    return author, date


def join_paragraphs(page: DumpPage, rows: Sequence[int], bare: int = -1) -> list[str]:
    """The text of `rows` as paragraphs at blank lines, without indentation; items keep their bullet.

    The bullet of line `bare` is the post's own, and is dropped.
    """
    pieces: list[list[str]] = [[]]
    for i in rows:
        line = page.lines[i]
        if line.text:
            pieces[-1].append(f"{line.bullet} {line.text}" if line.bullet and i != bare else line.text)
        elif pieces[-1]:
            pieces.append([])
    return ["\n".join(piece) for piece in pieces if piece]
