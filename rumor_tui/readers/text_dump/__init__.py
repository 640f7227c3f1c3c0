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

from rumor_tui.columns import LazyColumn
from rumor_tui.markdown_format import clean_field
from rumor_tui.model import Article, Draft, Thread, ThreadBuilder
from rumor_tui.readers.source import Hint
from rumor_tui.readers.text_dump import article as articles
from rumor_tui.readers.text_dump.choose import best_layout
from rumor_tui.readers.text_dump.classify import classify_lines
from rumor_tui.readers.text_dump.evidence import shows_discussion
from rumor_tui.readers.text_dump.lines import parse_lines
from rumor_tui.readers.text_dump.parents import find_parents, find_reply_targets, parent_confidence, settle_columns
from rumor_tui.readers.text_dump.posts import DumpPage, Layout, Post
from rumor_tui.readers.text_dump.unfold import split_references

_MARKDOWN = r"^(?:#{1,6} \S|```|~~~|[-*+] \S|.*\]\([^)\s]*\))"

MAX_LINES = 4000
"""Lines in which Markdown's syntax is looked for: it shows early."""

MAX_LINE_LENGTH = 200
"""Characters of a line that are looked at."""


def looks_like_markdown(text: str) -> bool:
    """Whether the text has Markdown's syntax (headings, fences, links, lists), and no bullets of a dump."""
    lines = text[: MAX_LINES * 64].splitlines()[:MAX_LINES]
    if any(line.lstrip().startswith("• ") for line in lines):
        return False
    headings = sum(line.startswith(("# ", "## ", "### ")) for line in lines)
    syntax = re.compile(_MARKDOWN)
    marked = sum(bool(syntax.match(line[:MAX_LINE_LENGTH])) for line in lines)
    filled = sum(bool(line.strip()) for line in lines)
    return marked > 0 and (headings > 1 or marked * 12 > filled or (headings > 0 and lines[0].startswith("# ")))


SAMPLE_LINES = 2000
"""Lines sampled at the beginning of a long text; half as many are sampled in its middle and at its end."""

MAX_MEAN_WIDTH = 64
"""Characters of a sample per line at most, on average: one line may be a whole book."""


def sample_text(text: str) -> Iterator[str]:
    """The whole of a text, or the beginning, the middle and the end of a long one."""
    head = _lines(text, 0, SAMPLE_LINES)
    yield head
    if len(head) < len(text):
        room = MAX_MEAN_WIDTH * SAMPLE_LINES // 2
        yield _lines(text, max(len(head), len(text) // 2), SAMPLE_LINES // 2)
        yield "\n".join(text[max(len(head), len(text) - room) :].split("\n")[1:][-SAMPLE_LINES // 2 :])


def _lines(text: str, start: int, most: int) -> str:
    """At most so many whole lines of a text, the first of which begins after `start` (or at 0)."""
    start = text.find("\n", start) + 1 if start else 0
    part = text[start : start + MAX_MEAN_WIDTH * most]
    end = -1
    for _ in range(most):
        following = part.find("\n", end + 1)
        if following < 0:
            return part
        end = following
    return part[:end]


def sniff(text: str, hint: Hint) -> bool:
    """Whether `text` is a page's dump with a discussion in it, rather than Markdown or prose. Never raises.

    Of a long text only samples are looked at, so the cost does not grow with its length.
    """
    if hint.suffix in {".md", ".markdown"} or looks_like_markdown(text):
        return False
    return any(_shows_discussion(sample) for sample in sample_text(text))


def _shows_discussion(text: str) -> bool:
    return _best_discussion(_parse(split_references(text)[0])) is not None


def _best_discussion(page: DumpPage) -> Layout | None:
    return best_layout(page, lambda layout: shows_discussion(page, layout))


def read(text: str, hint: Hint) -> Thread:
    """The article and the comments of a dump. Never raises; a text without a discussion is all article."""
    text, references = split_references(text)
    page = _parse(text)
    layout = _best_discussion(page)
    thread = _thread(page, _with_lead(page, layout) if layout else [], hint)
    thread.aside += "\n" * bool(references) + references
    return thread


def _with_lead(page: DumpPage, layout: Layout) -> list[Post]:
    """The layout's posts, preceded by the post above them where that is the opening post of a forum's thread."""
    posts, lead = layout.posts, layout.lead
    if not lead or not lead.author or lead.end <= lead.start or lead.end > posts[0].top:
        return posts
    if articles.is_opening_post(page, posts) or not articles.is_opening_post(page, [lead, *posts]):
        return posts
    return [lead, *posts]


def _parse(text: str) -> DumpPage:
    lines = parse_lines(text)
    return DumpPage(lines, classify_lines(lines))


def _thread(page: DumpPage, posts: list[Post], hint: Hint) -> Thread:
    if posts and articles.is_opening_post(page, posts):
        from rumor_tui.readers.preorder import take_opening

        article, used = _article_of_opening_post(page, take_opening(posts))
    else:
        article, used = _article_above(page, posts[0].top if posts else len(page.lines))
    builder = ThreadBuilder(article)
    find_reply_targets(page, posts, article.byline)
    settle_columns(page, posts)
    parent_rows = find_parents(posts, article.byline)
    for post, parent in zip(posts, parent_rows, strict=True):
        body = "\n\n".join(articles.join_paragraphs(page, range(post.start, post.end), bare=post.top))
        builder.add(
            Draft(body=body, author=clean_field(post.author), parent=parent, published_text=clean_field(post.date))
        )
        used.update(range(post.start, post.end))
        used.update(i for i in range(post.top, post.start) if page.classes[i].kind == "byline" or _names(page, i, post))
    aside = "\n".join(line.text for i, line in enumerate(page.lines) if i not in used and line.text)
    listed = all(page.lines[post.top].bullet for post in posts)
    confidence = parent_confidence(posts, parent_rows, listed=listed) if posts else "explicit"
    if any(parent is not None for parent in parent_rows):  # a name that is answered may stand several posts above
        from rumor_tui.readers.preorder import arrange_drafts

        builder.drafts = arrange_drafts(builder.drafts)
    thread = builder.build("plain", source=hint.name, repair=True, aside=aside, confidence=confidence)
    thread.published = LazyColumn(_absolute_date, thread.published_text)
    return thread


def _names(page: DumpPage, row: int, post: Post) -> bool:
    """Whether a line is the name of the post's author."""
    return post.author in (page.classes[row].name, page.lines[row].text)


def _absolute_date(written: str | None) -> float | None:
    """The moment of an absolute date; ages have none, since a dump does not say when it was made."""
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
        byline=clean_field(opening.author),
        published=_absolute_date(opening.date),
        published_text=clean_field(opening.date),
        pieces=articles.join_paragraphs(page, rows, bare=opening.top),
    )
    return article, {*range(opening.top, opening.end), -1 if title is None else title}


def _article_above(page: DumpPage, end: int) -> tuple[Article, set[int]]:
    """The article before the discussion, and the lines that it takes."""
    rows = articles.find_body(page, end)
    start = rows[0] if rows else end
    title = articles.find_title(page, start, start)
    author, date = articles.find_byline(page, title + 1, start) if title is not None else (None, None)
    kept = [i for i in rows if page.classes[i].kind not in ("label", "form")]
    article = Article(
        title=_text(page, title),
        byline=clean_field(author),
        published_text=clean_field(date),
        pieces=articles.join_paragraphs(page, kept),
    )
    return article, {*kept, -1 if title is None else title}


def _text(page: DumpPage, row: int | None) -> str:
    return "" if row is None else clean_field(page.lines[row].text) or ""
