"""The reader of text dumps: a web page with its discussion, flattened to plain text by an extractor.

The format has no grammar: bullets and indentation where the page had lists, bylines where it had none, and menus,
buttons and side bars in between. What a template printed repeats, and that repetition is what is read here:
`lines` makes records, `shapes` says what each line looks like, `plans` and `listed` read the page in the ways that
its repetitions allow, `boundary` chooses one, `tree` hangs the posts, `article` takes what stands before.
"""

from __future__ import annotations

from rumor_tui.model import Article, Draft, Thread, ThreadBuilder
from rumor_tui.readers.dump.sniffing import looks_like_markdown, sample_text, shows_discussion
from rumor_tui.readers.hint import Hint
from rumor_tui.readers.mapped import Mapped
from rumor_tui.readers.text_dump import article as articles
from rumor_tui.readers.text_dump import classify, lines, parents
from rumor_tui.readers.text_dump.choose import best_layout
from rumor_tui.readers.text_dump.posts import DumpPage, Layout, Post

__all__ = ["read", "sniff"]


def sniff(text: str, hint: Hint) -> bool:
    """Is `text` a page's dump with a discussion in it, rather than Markdown or prose? Never raises.

    Of a long text only parts are looked at, so that the time it takes does not grow with the text.
    """
    if hint.suffix in {".md", ".markdown"} or looks_like_markdown(text):
        return False
    return any(_shows_discussion(sample) for sample in sample_text(text))


def _shows_discussion(text: str) -> bool:
    page = _page(text)
    plan = best_layout(page)
    return plan is not None and shows_discussion(page, plan)


def read(text: str, hint: Hint) -> Thread:
    """The article and the comments of a dump. Never raises; a text without a discussion is all article."""
    page = _page(text)
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


def _page(text: str) -> DumpPage:
    records = lines.parse_lines(text)
    return DumpPage(records, classify.classify_lines(records))


def _thread(page: DumpPage, posts: list[Post], hint: Hint) -> Thread:
    opening = _take_opening(posts) if posts and articles.is_opening_post(page, posts) else None
    head, used = _opened(page, opening) if opening else _article(page, posts[0].top if posts else len(page.lines))
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
    thread.published = Mapped(_moment, thread.published_text)
    return thread


def _moment(written: str | None) -> float | None:
    """The moment of a date that says which day it is; a dump does not tell when it was made, so no age has one."""
    from rumor_tui.readers.dates.parse import parse_date

    return parse_date(written) if written else None


def _opened(page: DumpPage, opening: Post) -> tuple[Article, set[int]]:
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


def _article(page: DumpPage, end: int) -> tuple[Article, set[int]]:
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
