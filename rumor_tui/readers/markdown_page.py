"""The discussion of a whole page that a tool wrote as Markdown, found as in a text dump.

The page's Markdown becomes lines (`markdown_lines`), and the layouts of text dumps find the posts among these. The
texts of the posts and the article are the source's Markdown. Since documents are full of lists, headings and dates, it
is only a discussion where the page says so, too: by a heading of comments, by verbs of saying, or by buttons to answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rumor_tui.markdown_format import clean_field
from rumor_tui.model import Confidence, Draft
from rumor_tui.readers.dates.parse import parse_date
from rumor_tui.readers.markdown_html import join_split_tags
from rumor_tui.readers.markdown_lines import MarkdownLine, drop_links, parse_markdown_lines, strip_inline
from rumor_tui.readers.preorder import arrange_drafts, take_opening
from rumor_tui.readers.text_dump import article as articles
from rumor_tui.readers.text_dump import sample_text
from rumor_tui.readers.text_dump.choose import best_layout
from rumor_tui.readers.text_dump.classify import classify_lines
from rumor_tui.readers.text_dump.evidence import shows_discussion
from rumor_tui.readers.text_dump.lines import LineClass
from rumor_tui.readers.text_dump.parents import find_parents, find_reply_targets, parent_confidence, settle_columns
from rumor_tui.readers.text_dump.posts import DumpPage, Layout, Post
from rumor_tui.readers.vocabulary import page_words


@dataclass(slots=True)
class PageDiscussion:
    """A discussion in a page's Markdown: the comments in pre-order, and the article's title and Markdown.

    `byline` and `written` are the article's author and date where the page states them; `aside` is the text of the page
    that is neither.
    """

    drafts: list[Draft]
    title: str
    article: str
    byline: str | None
    written: str | None
    aside: str
    confidence: Confidence


_WORDS = (*page_words.COMMENT_NOUNS, *page_words.SAYS)
LEAST_BYLINES = 2
"""Lines with a date or a verb of saying without which there is no discussion."""


def find_page_discussion(source: str) -> PageDiscussion | None:
    """The discussion of a page's Markdown with `\\n` line ends; None where there is none."""
    low = source.lower()
    if not any(word in low for word in _WORDS) or not any(map(_shows_discussion, sample_text(source))):
        return None
    source = join_split_tags(source)
    lines = parse_markdown_lines(source)
    page = DumpPage([line.line for line in lines], _classes(lines))
    layout = _best_discussion(page)
    return _discussion(page, lines, source.split("\n"), layout.posts) if layout else None


def _shows_discussion(sample: str) -> bool:
    lines = parse_markdown_lines(join_split_tags(sample))
    return _best_discussion(DumpPage([line.line for line in lines], _classes(lines))) is not None


def _best_discussion(page: DumpPage) -> Layout | None:
    """The layout of a page whose posts are a discussion; None for a page without one."""
    if sum(line_class.kind in ("byline", "level") for line_class in page.classes) < LEAST_BYLINES:
        return None
    return best_layout(page, lambda layout: shows_discussion(page, layout))


def _classes(lines: Sequence[MarkdownLine]) -> list[LineClass]:
    classes = classify_lines([line.line for line in lines])
    return [
        LineClass("text") if line.literal and line.line.text else line_class
        for line, line_class in zip(lines, classes, strict=True)
    ]


def _discussion(
    page: DumpPage, lines: Sequence[MarkdownLine], rows: Sequence[str], posts: list[Post]
) -> PageDiscussion:
    used: set[int] = set()
    opening = take_opening(posts) if articles.is_opening_post(page, posts) else None
    if opening:
        title = _title_row(page, lines, opening.start, opening.top)
        body = range(opening.start, opening.end)
        byline, written = opening.author, opening.date
        used.update(range(opening.top, opening.end))
    else:
        end = posts[0].top if posts else len(lines)
        found = articles.find_body(page, end)
        start = found[0] if found else end
        title = _title_row(page, lines, start, start)
        body = _article_rows(page, lines, found, title, end)
        byline, written = articles.find_byline(page, title + 1, start) if title is not None else (None, None)
        used.update(body)
    find_reply_targets(page, posts, byline)
    settle_columns(page, posts)
    parents = find_parents(posts, byline)
    drafts = arrange_drafts([_draft(page, lines, post, parent) for post, parent in zip(posts, parents, strict=True)])
    for post in posts:
        used.update(range(post.start, post.end))
        used.update(row for row in range(post.top, post.start) if page.classes[row].kind == "byline")
    used.add(-1 if title is None else title)
    last = posts[-1].end if posts else len(lines)
    aside = (i for i in range(len(lines)) if i not in used and (not body.start <= i < last or _is_furniture(page, i)))
    listed = all(page.lines[post.top].bullet for post in posts)
    return PageDiscussion(
        drafts=drafts,
        title="" if title is None else clean_field(page.lines[title].text) or "",
        article=_article_source(lines, rows, body),
        byline=clean_field(byline),
        written=clean_field(written),
        aside="\n".join(filter(None, (page.lines[i].text for i in aside))),
        confidence=parent_confidence(posts, parents, listed=listed) if posts else "explicit",
    )


def _article_rows(
    page: DumpPage, lines: Sequence[MarkdownLine], found: Sequence[int], title: int | None, end: int
) -> range:
    """The article, as one range of lines: from below its heading on to the last of its prose above the discussion.

    `found` are the lines that a dump's article would have: Markdown's headings say better where one begins.
    """
    if not found:
        return range(end, end)
    first = title + 1 if title is not None and lines[title].level and title < found[0] else found[0]
    last = next((i for i in range(end - 1, found[-1], -1) if _is_prose(page, lines[i], i)), found[-1])
    return range(first, last + 1)


def _is_prose(page: DumpPage, line: MarkdownLine, row: int) -> bool:
    """Whether a line says something besides its links."""
    return page.classes[row].kind == "text" and len(strip_inline(drop_links(line.source))) >= articles.SHORT_PARAGRAPH


def _is_furniture(page: DumpPage, row: int) -> bool:
    """Whether a line between the posts is of the template: a label, a fact, or a few words."""
    return page.classes[row].kind != "text" or len(page.lines[row].text) < articles.SHORT_PARAGRAPH


def _title_row(page: DumpPage, lines: Sequence[MarkdownLine], start: int, top: int) -> int | None:
    """The title: the last of the highest headings above line `start`, or the line that looks most like one."""
    headings = [i for i in range(start) if lines[i].level and lines[i].line.text]
    if headings:
        best = min(lines[i].level for i in headings)
        if best == 1:
            return [i for i in headings if lines[i].level == best][-1]
    return articles.find_title(page, start, top)


def _article_source(lines: Sequence[MarkdownLine], rows: Sequence[str], body: range) -> str:
    """The rows of the source in which the lines of the body are."""
    if not body:
        return ""
    end = next((line.row for line in lines[body.stop :] if line.row > lines[body.stop - 1].row), len(rows))
    return "\n".join(rows[lines[body.start].row : end]).strip("\n")


def _draft(page: DumpPage, lines: Sequence[MarkdownLine], post: Post, parent: int | None) -> Draft:
    body = lines[post.start : post.end]
    return Draft(
        body=body_source(body, bare=post.top - post.start),
        author=clean_field(post.author),
        parent=parent,
        published=parse_date(post.date) if post.date else None,
        published_text=clean_field(post.date),
    )


_BLANKS = re.compile(r"\n{3,}")


def body_source(lines: Sequence[MarkdownLine], bare: int = -1) -> str:
    """The Markdown of lines that belong together, without the indentation that they share.

    The marker of the line at `bare`, an index among them, is the post's own, and is dropped.
    """
    base = min((line.line.indent for line in lines if line.line.text), default=0)
    written: list[str] = []
    for index, line in enumerate(lines):
        pad = " " * max(0, line.line.indent - base)
        bullet = "" if index == bare or not line.line.bullet else line.line.bullet.replace("•", "-") + " "
        heading = "#" * line.level + " " if line.level else ""
        written.append(pad + bullet + heading + line.source.replace("\n", "\n" + pad + " " * len(bullet)))
    return _BLANKS.sub("\n\n", "\n".join(written)).strip("\n").rstrip()
