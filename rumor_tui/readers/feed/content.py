"""A feed as a listing of its articles, or as the thread of its comments.

No element says whether the items of a feed are comments, and on what, so every hint counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from html import escape, unescape
from itertools import pairwise
from typing import NamedTuple

from rumor_tui import links, markdown_format
from rumor_tui.columns import LazyColumn
from rumor_tui.model import Article, Confidence, Draft, Entry, Listing, Stub, Thread, ThreadBuilder
from rumor_tui.readers.dates.parse import parse_date
from rumor_tui.readers.feed.discussions import find_discussions, item_parents
from rumor_tui.readers.feed.items import Feed, FeedItem, item_names, summarise
from rumor_tui.readers.preorder import arrange_drafts
from rumor_tui.readers.source import Hint
from rumor_tui.readers.vocabulary.matching import alternation
from rumor_tui.readers.vocabulary.page_words import BY, COMMENT_WORDS

_MOST = 0.8
"""The share of the items that must have a feature."""

_LONGEST = 2_000
"""Characters in which a title, or the first words of a text, are looked at."""

_COMMENTS = alternation(COMMENT_WORDS)
_ABOUT = (
    "on|for|about|to|zu[mr]?|für|auf|bei|sur|pour|de|à|en|em|a|sobre|para|su|per|op|voor|do|na|к|на|для|до|till?|på"
    "|artikkeliin"
)
_FEED_TITLE = (
    rf"(?:(?:latest|recent|new|neueste)\s+)?(?:{_COMMENTS})\s+(?:{_ABOUT})\b\s*:?\s*[«„“\"]?(?P<subject>.+?)[»“”\"]?"
)
_FEED_TITLE_AFTER = (
    r"[「『“《]?(?P<subject>.+?)[」』”》]?\s*(?:への|の)コメント(?:一覧)?"
    r"|[「『“《]?(?P<other>.+?)[」』”》]?\s*的(?:评论|評論|留言)"
)
_NAMED = alternation((*BY, "od", "fra", "kirjoittanut", "від", "da", "autorstwa"))
_BY = rf"(?:{_NAMED})\s?[:：]\s*(?P<author>\S.*)"
_ON_BY = rf"(?:{_COMMENTS})\s+(?:{_ABOUT})\s+(?P<subject>.+)\s(?:{_NAMED})\s+(?P<author>\S.*)"
_USER_ON = r"/?u/(?P<author>[\w-]+) on (?P<subject>.+)"
_TITLES = (_BY, _ON_BY, _USER_ON)
_REPLY = r"(?:\s*(?:re|aw|sv|vs|odp|antw|rép|回复|回覆)\s?(?:\[\d+\])?[:：])+\s*"
_FRAGMENT = r"#(?:[\w-]*?(?:comment|reply|respon|answer|cmt|post|msg|message))[\w-]*?\d|#[cprm]-?\d"


class DiscussionSubject(NamedTuple):
    """What comments are about: the title, if it is known, and the item that is the article itself, if there is one."""

    title: str
    article: FeedItem | None


def find_subject(feed: Feed) -> DiscussionSubject | None:
    """What the comments of a feed are about; None for a feed of articles."""
    article = _find_article(feed)
    comments = [item for item in feed.items if item is not article]
    named = _subject_in_title(feed)
    is_stated = article is not None or named is not None or any(item.answers for item in comments)
    if not is_stated and not any(test(feed, comments) for test in (_by_authors, _by_places, _by_titles)):
        return None
    return DiscussionSubject(article.title if article and article.title else named or feed.title, article)


def _subject_in_title(feed: Feed) -> str | None:
    """The subject in the title of a feed of comments ("Comments on: …"); None for other titles."""
    title = feed.title[:_LONGEST]
    match = re.fullmatch(_FEED_TITLE, title, re.IGNORECASE) or re.fullmatch(_FEED_TITLE_AFTER, title)
    return next(filter(None, match.groups()), "") if match else None


def author_in_title(title: str) -> str | None:
    """The author that the title of a comment names ("By: ann")."""
    for form in _TITLES:
        if match := re.fullmatch(form, title[:_LONGEST], re.IGNORECASE):
            return match["author"].strip() or None
    return None


def _by_authors(feed: Feed, items: list[FeedItem]) -> bool:
    """Whether the titles name authors: "By: ann"."""
    return _is_most(author_in_title(item.title) is not None for item in items)


def _by_places(feed: Feed, items: list[FeedItem]) -> bool:
    """Whether the links lead to comments within a page."""
    return _is_most(bool(re.search(_FRAGMENT, item.link or item.id, re.IGNORECASE)) for item in items)


def _by_titles(feed: Feed, items: list[FeedItem]) -> bool:
    """Whether nearly all have the same title, which is part of the feed's title, or has a reply prefix."""
    titles = [re.sub(_REPLY, "", item.title[:_LONGEST], flags=re.IGNORECASE) for item in items]
    title, count = Counter(titles).most_common(1)[0] if titles else ("", 0)
    if count < 2 or count < _MOST * len(titles) or not title:
        return False
    return title in feed.title or _is_most(bool(re.match(_REPLY, item.title, re.IGNORECASE)) for item in items[1:])


def _repeats(title: str, subject: str) -> bool:
    """Whether the title of a comment is empty or repeats its subject."""
    return not title or (len(subject) > 2 and (subject in title or title in subject))


def _find_article(feed: Feed) -> FeedItem | None:
    """The item that the others are about: the only one that is no reply, or the one whose page is above theirs."""
    if any(item.answers for item in feed.items):
        names = {name for item in feed.items for name in item_names(item)}
        tops = [item for item in feed.items if not item.answers]
        linked = all(names.intersection(item.answers) for item in feed.items if item.answers)
        return tops[0] if len(tops) == 1 and linked else None
    return _topmost(feed.items)


def _topmost(items: Iterable[FeedItem]) -> FeedItem | None:
    """The one item whose page is above those of all the others in its site's tree, as with Discourse's first post."""
    pages = sorted(
        ((_page_address(item.link), item) for item in items if item.link), key=lambda pair: (len(pair[0]), pair[1].link)
    )
    if len(pages) < 3:
        return None
    (base, first), *others = pages
    stem, _, number = base.rstrip("/").rpartition("/")
    if number == "1" and all(page.startswith(f"{stem}/") for page, _ in others):
        is_top = all(item.title == first.title for _, item in others)
    else:
        is_top = all(_is_below(page, item, base, first) for page, item in others)
    return first if is_top else None


def _is_below(page: str, item: FeedItem, base: str, first: FeedItem) -> bool:
    return page != base and page.startswith(base) and bool(item.title) and _repeats(item.title, first.title)


def _page_address(link: str) -> str:
    """An address without its fragment, with a slash at the end."""
    page = link.partition("#")[0]
    return page if not page or page.endswith("/") else f"{page}/"


def _is_most(signs: Iterable[bool]) -> bool:
    values = list(signs)
    return bool(values) and sum(values) >= _MOST * len(values)


_IN_REPLY_TO = r"\s*(?:<p>\s*)?[^<>]{2,40}<a\s[^<>]*?href=[\"']([^\"'<>]{1,2000})[\"']"
"""The beginning of a reply in WordPress's feeds, in any language: "In reply to ann", with a link to ann's comment."""


def feed_content(feed: Feed, hint: Hint) -> Thread | Listing:
    """The thread of a feed of comments or of an export of one article, the listing of any other."""
    discussions = find_discussions(feed)
    if len(discussions) == 1:
        return _discussion_thread(discussions[0], hint)
    if discussions:
        return _discussions_listing(feed, discussions, hint)
    subject = find_subject(feed)
    return _listing(feed, hint) if subject is None else _thread(feed, subject, hint)


def _listing(feed: Feed, hint: Hint) -> Listing:
    """The articles of a feed. One that was fetched opens them at their addresses, where their comments are."""

    def open_item(index: int) -> Thread:
        return _read_item(feed, feed.items[index], hint)

    entries = LazyColumn(partial(_entry, feed), feed.items)
    whole = partial(_whole_export, feed, hint)
    fetched = _on_web(hint.name) is not None
    return Listing(feed.title, entries, open_item, source=hint.name, noun="article", whole=whole, elsewhere=fetched)


def _entry(feed: Feed, item: FeedItem, comments: int | None = None) -> Entry:
    published, written = _date(feed, item)
    link, discussion = _on_web(item.link) or "", _on_web(item.discussion) or ""
    about = _on_web(item.about)
    apart = discussion.partition("#")[0] not in ("", link.partition("#")[0])
    return Entry(
        title=_title(item),
        byline=markdown_format.clean_field(item.author) or markdown_format.clean_field(feed.author),
        published=published,
        published_text=written,
        comments=item.comments if comments is None else comments,
        address=discussion if apart else link,
        link=about if about and about != link else link if apart else "",
        summary=summarise(item.summary or item.content),
    )


def _discussions_listing(feed: Feed, discussions: Sequence[Feed], hint: Hint) -> Listing:
    """The articles of an export, each of which opens with its comments; as a whole they are one thread."""

    def entry(discussion: Feed) -> Entry:
        return _entry(discussion, discussion.items[0], len(discussion.items) - 1)

    def open_discussion(index: int) -> Thread:
        return _discussion_thread(discussions[index], hint)

    entries = LazyColumn(entry, discussions)
    whole = partial(_whole_export, feed, hint)
    return Listing(feed.title, entries, open_discussion, whole=whole, source=hint.name, noun="article")


def _discussion_thread(discussion: Feed, hint: Hint) -> Thread:
    """An article of an export with its comments, the oldest first."""
    article, *comments = discussion.items
    dates = [_date(discussion, item)[0] for item in comments]
    known = [date for date in dates if date is not None]
    if len(known) == len(comments):
        comments = [comments[row] for row in sorted(range(len(comments)), key=known.__getitem__)]
    discussion = replace(discussion, items=[article, *comments])
    thread = _thread(discussion, DiscussionSubject(_title(article), article), hint)
    thread.aside = article.aside
    return thread


def _whole_export(feed: Feed, hint: Hint) -> Thread:
    """All of an export as one thread: its articles as comments, each with its title before its text."""
    parents = item_parents(feed.items)
    drafts = [_draft(feed, *pair) for pair in zip(feed.items, parents, strict=True)]
    for draft, item in zip(drafts, feed.items, strict=True):
        if item.answers:
            continue
        draft.author = draft.author or markdown_format.clean_field(feed.author)
        counted = f"{item.comments:,} comment{'' if item.comments == 1 else 's'}" if item.comments else ""
        if heading := " · ".join(filter(None, (item.title, counted))):
            draft.body = f"<p><strong>{escape(heading)}</strong></p>{draft.body}"
    builder = ThreadBuilder(Article(title=feed.title, url=_on_web(feed.link)), arrange_drafts(drafts))
    return builder.build("html", source=hint.name)


def _on_web(address: str) -> str | None:
    """The address, if it is one on the web that may be opened; else None."""
    openable = links.openable(address)
    return openable if openable and openable.startswith(("http://", "https://")) else None


def _title(item: FeedItem) -> str:
    """The title of an item, or else its first words: short notes have no title."""
    return item.title or summarise(item.body)[:80] or markdown_format.clean_field(item.link) or ""


def _date(feed: Feed, item: FeedItem) -> tuple[float | None, str | None]:
    """The moment of an item, or else its date as written."""
    published = parse_date(item.date, None, feed.language) if item.date else None
    return published, markdown_format.clean_field(item.date) if published is None else None


def _read_item(feed: Feed, item: FeedItem, hint: Hint) -> Thread:
    """One article, with a stub for its comments if the feed mentions any."""
    stubs: Sequence[Stub] = ()
    if item.comments or (item.comment_feed and item.comments is None):
        feeds = (address,) if (address := _on_web(item.comment_feed)) else ()
        stubs = (Stub(-1, item.comments or 0, keys=feeds),)
    article = _article(feed, item)
    article.title = _title(item)
    article.link = _on_web(item.about) or article.url
    return ThreadBuilder(article).build("html", source=hint.name, stubs=stubs)


def _article(feed: Feed, item: FeedItem) -> Article:
    published, written = _date(feed, item)
    return Article(
        title=item.title,
        byline=markdown_format.clean_field(item.author),
        published=published,
        published_text=written,
        url=_on_web(item.link),
        pieces=(item.body,) if item.body else (),
        format="html",
    )


def _thread(feed: Feed, subject: DiscussionSubject, hint: Hint) -> Thread:
    article = Article(url=_on_web(feed.link)) if subject.article is None else _article(feed, subject.article)
    article.title = subject.title
    items = _in_order(feed, subject.article)
    parents, confidence = _parents(items)
    builder = ThreadBuilder(article)
    for draft in arrange_drafts([_draft(feed, *pair) for pair in zip(items, parents, strict=True)]):
        builder.add(draft)
    return builder.build("html", source=hint.name, confidence=confidence)


def _draft(feed: Feed, item: FeedItem, parent: int | None) -> Draft:
    published, written = _date(feed, item)
    return Draft(
        body=item.body,
        author=markdown_format.clean_field(item.author) or author_in_title(item.title),
        parent=parent,
        published=published,
        published_text=written,
        id=markdown_format.clean_field(item.id),
        url=_on_web(item.link),
    )


def _in_order(feed: Feed, article: FeedItem | None) -> list[FeedItem]:
    """The comments, oldest first: reversed when their dates decrease.

    They are left as they are where the article comes first: such a feed is in reading order.
    """
    items = [item for item in feed.items if item is not article]
    dates = [date for item in items if (date := _date(feed, item)[0]) is not None]
    if len(dates) < 2 or dates[0] <= dates[-1] or feed.items[0] is article:
        return items
    falls = sum(first >= second for first, second in pairwise(dates))
    return items[::-1] if falls >= 0.9 * (len(dates) - 1) else items


def _parents(items: list[FeedItem]) -> tuple[list[int | None], Confidence]:
    """The row that each item answers, and how that is known."""
    if any(item.answers for item in items):
        return item_parents(items), "explicit"
    parents = item_parents([replace(item, answers=_replied_to(item)) for item in items])
    return parents, "structural" if any(parent is not None for parent in parents) else "guessed"


def _replied_to(item: FeedItem) -> tuple[str, ...]:
    """The address that the first words of a comment link to."""
    match = re.match(_IN_REPLY_TO, item.body[:_LONGEST], re.IGNORECASE)
    return (unescape(match[1]),) if match else ()
