"""Text dumps: a web page with its discussion, flattened to plain text by an extractor.

The format has no grammar: bullets and indentation where the page had lists, bylines where it had none, and menus,
buttons and side bars in between. But what a template printed repeats, and the reader relies on that repetition:
`lines` splits the text, `classify` says what each line looks like, `layouts` read the page in each way that its
repetitions suggest, `choose` picks the best layout, `parents` finds who answers whom, and `article` takes what
comes before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rumor_tui.model import Article, Draft, Thread, ThreadBuilder
from rumor_tui.readers.hint import Hint
from rumor_tui.readers.mapped import Mapped
from rumor_tui.readers.text_dump import article as articles
from rumor_tui.readers.text_dump import classify, lines, parents
from rumor_tui.readers.text_dump.choose import best_layout, heading_above
from rumor_tui.readers.text_dump.posts import DumpPage, Layout, Post

__all__ = ["read", "sniff"]


_MARKDOWN = r"^(?:#{1,6} \S|```|~~~|[-*+] \S|\|.*\|\s*$|[=-]{4,}\s*$|.*\]\([^)\s]*\))"

MAX_LINES = 4000
"""Markdown shows itself early: no more lines than this are looked at for its marks."""

LONG_LIST_POSTS = 8
"""So many posts without a name are a discussion if they are nested."""

MAX_LINE_LENGTH = 200
"""Characters of a line that are looked at."""


def looks_like_markdown(text: str) -> bool:
    """Do Markdown's marks (headings, fences, links, lists) stand in it, and no bullets of a dump?"""
    lines = text[: MAX_LINES * 64].splitlines()[:MAX_LINES]
    if any(line.lstrip().startswith("• ") for line in lines):
        return False
    headings = sum(1 for line in lines if line.startswith(("# ", "## ", "### ")))
    sign = re.compile(_MARKDOWN)
    marked = sum(1 for line in lines if sign.match(line[:MAX_LINE_LENGTH]))
    filled = sum(1 for line in lines if line.strip())
    return marked > 0 and (headings > 1 or marked * 12 > filled or (headings > 0 and lines[0].startswith("# ")))


SAMPLE_LINES = 2000
"""Lines of a long text that are looked at from its beginning on; half as many in its middle and before its end."""

MAX_MEAN_WIDTH = 64
"""Characters that a sample has for each of its lines, at most: one line may be a whole book."""


def sample_text(text: str) -> Iterator[str]:
    """The whole of a text, or the parts of a long one that show what it is: its beginning, its middle, its end."""
    head = _lines(text, 0, SAMPLE_LINES)
    yield head
    if len(head) < len(text):
        room = MAX_MEAN_WIDTH * SAMPLE_LINES // 2
        yield _lines(text, max(len(head), len(text) // 2), SAMPLE_LINES // 2)
        yield "\n".join(text[max(len(head), len(text) - room) :].split("\n")[1:][-SAMPLE_LINES // 2 :])


def _lines(text: str, start: int, most: int) -> str:
    """At most so many whole lines of a text, the first of which begins after `start` (or at it, if that is 0)."""
    start = text.find("\n", start) + 1 if start else 0
    part = text[start : start + MAX_MEAN_WIDTH * most]
    end = -1
    for _ in range(most):
        following = part.find("\n", end + 1)
        if following < 0:
            return part
        end = following
    return part[:end]


def shows_discussion(page: DumpPage, plan: Layout) -> bool:
    """Does the plan show a discussion even to one who does not expect it: people or dates, or a heading of comments?"""
    if plan.kind == "counted" or (plan.kind in ("listed", "separated") and _is_long_list(plan)):
        return True
    told = sum(1 for post in plan.posts if post.author or post.date)
    if told * 2 >= len(plan.posts) and plan.kind != "named":
        return sum(1 for post in plan.posts if post.author) * 4 >= len(plan.posts) or told > 4
    return heading_above(page, plan.posts[0].top) is not None


def _is_long_list(plan: Layout) -> bool:
    """Nested items, or white space between posts, as extractors print them and people do not."""
    nested = plan.kind == "separated" or len({post.column for post in plan.posts}) > 1
    return nested and len(plan.posts) >= LONG_LIST_POSTS


def sniff(text: str, hint: Hint) -> bool:
    """Is `text` a page's dump with a discussion in it, rather than Markdown or prose? Never raises.

    Of a long text only parts are looked at, so that the time it takes does not grow with the text.
    """
    if hint.suffix in {".md", ".markdown"} or looks_like_markdown(text):
        return False
    return any(_shows_discussion(sample) for sample in sample_text(text))


def _shows_discussion(text: str) -> bool:
    page = _parse(text)
    plan = best_layout(page)
    return plan is not None and shows_discussion(page, plan)


def read(text: str, hint: Hint) -> Thread:
    """The article and the comments of a dump. Never raises; a text without a discussion is all article."""
    page = _parse(text)
    plan = best_layout(page)
    return _thread(page, _with_lead(page, plan) if plan else [], hint)


def _with_lead(page: DumpPage, plan: Layout) -> list[Post]:
    """The plan's posts, with the one before them where that is the opening post of a forum's thread."""
    posts, lead = plan.posts, plan.lead
    if not lead or not lead.author or lead.end <= lead.start or lead.end > posts[0].top:
        return posts
    if articles.is_opening_post(page, posts) or not articles.is_opening_post(page, [lead, *posts]):
        return posts
    return [lead, *posts]


def _take_opening(posts: list[Post]) -> Post:
    """Take the first post out of the rows: what hung from it stands at the top."""
    for post in posts:
        if post.parent is not None:
            post.parent = post.parent - 1 if post.parent else None
    return posts.pop(0)


def _parse(text: str) -> DumpPage:
    records = lines.parse_lines(text)
    return DumpPage(records, classify.classify_lines(records))


def _thread(page: DumpPage, posts: list[Post], hint: Hint) -> Thread:
    opening = _take_opening(posts) if posts and articles.is_opening_post(page, posts) else None
    head, used = (
        _article_of_opening_post(page, opening)
        if opening
        else _article_above(page, posts[0].top if posts else len(page.lines))
    )
    builder = ThreadBuilder(head)
    parents.find_reply_targets(page, posts, head.byline)
    parent_rows = parents.find_parents(posts, head.byline)
    for post, parent in zip(posts, parent_rows, strict=True):
        body = "\n\n".join(articles.join_paragraphs(page, range(post.start, post.end), bare=post.top))
        builder.add(Draft(body=body, author=post.author, parent=parent, published_text=post.date))
        used.update(range(post.top, post.end))
    aside = "\n".join(line.text for i, line in enumerate(page.lines) if i not in used and line.text)
    listed = all(page.lines[post.top].bullet for post in posts)
    told = parents.parent_confidence(posts, parent_rows, listed=listed) if posts else "explicit"
    thread = builder.build("plain", source=hint.name, repair=True, aside=aside, confidence=told)
    thread.published = Mapped(_absolute_date, thread.published_text)
    return thread


def _absolute_date(written: str | None) -> float | None:
    """The moment of a date that says which day it is; a dump does not tell when it was made, so no age has one."""
    from rumor_tui.readers.dates.parse import parse_date

    return parse_date(written) if written else None


def _article_of_opening_post(page: DumpPage, opening: Post) -> tuple[Article, set[int]]:
    """The opening post as the article, and the lines that it takes."""
    title = articles.find_title(page, opening.start, opening.top, opening.author)
    if articles.opens_with_title(page, opening, title):
        title, opening.start = opening.start, opening.start + 1
    rows = range(opening.start, opening.end)
    article = Article(
        title=_text(page, title),
        byline=opening.author,
        published_text=opening.date,
        pieces=articles.join_paragraphs(page, rows, bare=opening.top),
    )
    return article, {*range(opening.top, opening.end), -1 if title is None else title}


def _article_above(page: DumpPage, end: int) -> tuple[Article, set[int]]:
    """The article before the discussion, and the lines that it takes."""
    rows = articles.find_body(page, end)
    start = rows[0] if rows else end
    title = articles.find_title(page, start, start)
    author, date = articles.find_byline(page, title + 1, start) if title is not None else (None, None)
    kept = [i for i in rows if page.marks[i].kind not in ("label", "form")]
    article = Article(_text(page, title), author, None, date, pieces=articles.join_paragraphs(page, kept))
    return article, {*kept, -1 if title is None else title}


def _text(page: DumpPage, row: int | None) -> str:
    return "" if row is None else page.lines[row].text
