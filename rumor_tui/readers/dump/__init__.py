"""The reader of text dumps: a web page with its discussion, flattened to plain text by an extractor.

The format has no grammar: bullets and indentation where the page had lists, bylines where it had none, and menus,
buttons and side bars in between. What a template printed repeats, and that repetition is what is read here:
`lines` makes records, `shapes` says what each line looks like, `plans` and `listed` read the page in the ways that
its repetitions allow, `boundary` chooses one, `tree` hangs the posts, `article` takes what stands before.
"""

from __future__ import annotations

from rumor_tui.columns import LazyColumn
from rumor_tui.model import Article, Draft, Thread, ThreadBuilder
from rumor_tui.readers.base import Hint
from rumor_tui.readers.dump import answers, context, lines, tree
from rumor_tui.readers.dump import article as articles
from rumor_tui.readers.dump.boundary import best_plan
from rumor_tui.readers.dump.page import Page, Plan, Post
from rumor_tui.readers.dump.sniffing import is_discussion, is_markdown, samples

__all__ = ["read", "sniff"]


def sniff(text: str, hint: Hint) -> bool:
    """Is `text` a page's dump with a discussion in it, rather than Markdown or prose? Never raises.

    Of a long text only parts are looked at, so that the time it takes does not grow with the text.
    """
    if hint.suffix in {".md", ".markdown"} or is_markdown(text):
        return False
    return any(_shows_discussion(sample) for sample in samples(text))


def _shows_discussion(text: str) -> bool:
    page = _page(text)
    plan = best_plan(page)
    return plan is not None and is_discussion(page, plan)


def read(text: str, hint: Hint) -> Thread:
    """The article and the comments of a dump. Never raises; a text without a discussion is all article."""
    page = _page(text)
    plan = best_plan(page)
    return _thread(page, _with_lead(page, plan) if plan else [], hint)


def _with_lead(page: Page, plan: Plan) -> list[Post]:
    """The plan's posts, with the one before them where that is the opening post of a forum's thread."""
    posts, lead = plan.posts, plan.lead
    if not lead or not lead.author or lead.end <= lead.start or lead.end > posts[0].top:
        return posts
    if articles.is_opening(page, posts) or not articles.is_opening(page, [lead, *posts]):
        return posts
    return [lead, *posts]


def _take_opening(posts: list[Post]) -> Post:
    """Take the first post out of the rows: what hung from it stands at the top."""
    for post in posts:
        if post.parent is not None:
            post.parent = post.parent - 1 if post.parent else None
    return posts.pop(0)


def _page(text: str) -> Page:
    records = lines.parse(text)
    return Page(records, context.marks(records))


def _thread(page: Page, posts: list[Post], hint: Hint) -> Thread:
    opening = _take_opening(posts) if posts and articles.is_opening(page, posts) else None
    head, used = _opened(page, opening) if opening else _article(page, posts[0].top if posts else len(page.lines))
    builder = ThreadBuilder(head)
    answers.find(page, posts, head.byline)
    parents = tree.answered(posts, head.byline)
    for post, parent in zip(posts, parents, strict=True):
        body = "\n\n".join(articles.paragraphs(page, range(post.start, post.end), bare=post.top))
        builder.add(Draft(body=body, author=post.author, parent=parent, published_text=post.date))
        used.update(range(post.top, post.end))
    aside = "\n".join(line.text for i, line in enumerate(page.lines) if i not in used and line.text)
    listed = all(page.lines[post.top].bullet for post in posts)
    told = tree.confidence(posts, parents, listed=listed) if posts else "explicit"
    thread = builder.build("plain", source=hint.name, repair=True, aside=aside, confidence=told)
    thread.published = LazyColumn(_moment, thread.published_text)
    return thread


def _moment(written: str | None) -> float | None:
    """The moment of a date that says which day it is; a dump does not tell when it was made, so no age has one."""
    from rumor_tui.readers.moments import moment

    return moment(written) if written else None


def _opened(page: Page, opening: Post) -> tuple[Article, set[int]]:
    """The opening post as the article, and the lines that it takes."""
    title = articles.title(page, opening.start, opening.top, opening.author)
    if articles.opens_with_title(page, opening, title):
        title, opening.start = opening.start, opening.start + 1
    rows = range(opening.start, opening.end)
    article = Article(
        title=_text(page, title),
        byline=opening.author,
        published_text=opening.date,
        pieces=articles.paragraphs(page, rows, bare=opening.top),
    )
    return article, {*range(opening.top, opening.end), -1 if title is None else title}


def _article(page: Page, end: int) -> tuple[Article, set[int]]:
    """The article before the discussion, and the lines that it takes."""
    rows = articles.body(page, end)
    start = rows[0] if rows else end
    title = articles.title(page, start, start)
    author, date = articles.byline(page, title + 1, start) if title is not None else (None, None)
    kept = [i for i in rows if page.marks[i].kind not in ("label", "form")]
    article = Article(_text(page, title), author, None, date, pieces=articles.paragraphs(page, kept))
    return article, {*kept, -1 if title is None else title}


def _text(page: Page, row: int | None) -> str:
    return "" if row is None else page.lines[row].text
