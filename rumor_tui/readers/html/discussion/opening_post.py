"""The post that a discussion is about, where the page has one and no article: the first of a topic, or a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.article.evidence import article_evidence
from rumor_tui.readers.html.article.main_content import find_boilerplate
from rumor_tui.readers.html.discussion.comment_node import CommentNode, comment_nodes, content_traits
from rumor_tui.readers.html.discussion.features import NodeFeatures
from rumor_tui.readers.html.discussion.fields import fill_fields
from rumor_tui.readers.html.dom import Dom

MIN_PARAGRAPH: Final = 100
"""Characters of running text before the first comment that make it an article."""
MAX_CALLED: Final = 12
"""Elements called an opening post that are looked at."""
MIN_POST: Final = 20
"""Characters of an opening post of another kind than its answers."""
MIN_FORUM_LINKS: Final = 5
"""Links with addresses of forum software that make a page one of a forum."""
_FORUM_LINK = re.compile(
    r"viewtopic\.php|showthread\.php|showpost\.php|memberlist\.php|viewforum\.php|forumdisplay\.php|index\.php\?topic="
    r"|/topic/|/threads?/|newreply\.php|action=profile|posting\.php"
)
_SLUG = re.compile(r"/(?:[^/-]+-){3,}[^/]*")
"""A segment of an address that is made of a title's words."""
_ABOUT_SITE = re.compile(
    r"cookie|javascript|consent|einwilligung|datenschutz|privacy|confidentialité|privacidad|log in|sign (?:in|up)"
    r"|regist",
    re.IGNORECASE,
)
"""Words of what a site tells every visitor before anything else."""


def find_opening_post(dom: Dom, features: NodeFeatures, comments: Sequence[CommentNode]) -> CommentNode | None:
    """The opening post of a topic: one of another kind than the comments that is called so, or the first of them."""
    if not comments or page_number(dom) > 1 or not is_forum(dom, comments):
        return None
    if (post := _named_post(dom, features, comments)) is not None:
        fill_fields(dom, features, [post])
        return post
    first = comments[0].number
    if _has_article_before(dom, first):
        return None
    labels = dom.labels(first)
    if any("post" in label for label in labels) and not any(map(vocabulary.STRONG_COMMENT_NAME.search, labels)):
        return comments[0]
    return None if _has_text_before(dom, first) else comments[0]


def _has_article_before(dom: Dom, first: int) -> bool:
    """Whether the page's main content ends before the first comment, and is more: an address may say "board"."""
    main = article_evidence(dom).main
    return main > 0 and dom.end[main] <= first and dom.density.prose[main] > dom.density.prose[first]


def _named_post(dom: Dom, features: NodeFeatures, comments: Sequence[CommentNode]) -> CommentNode | None:
    """The first post where it is of another kind than its answers: called a question, or the like."""
    best, most = None, 0.0
    called = (number for number in range(1, comments[0].number) if _is_called_opening(dom, number))
    for number in islice(called, MAX_CALLED):
        inside = [comment.number for comment in comments if comment.number < dom.end[number]]
        traits = content_traits(dom, features, [number, *inside])[0]
        complete = traits.content >= MIN_POST and traits.times and traits.authors and len(inside) < len(comments)
        if complete and traits.content >= most:
            best, most = comment_nodes(dom, features, [number, *inside])[0], 0.9 * traits.content
    return best


def _is_called_opening(dom: Dom, number: int) -> bool:
    if dom.tag[number] in ("body", "html", "a", "span"):
        return False
    return any(map(vocabulary.OPENING_NAME.search, dom.labels(number)))


def is_forum(dom: Dom, comments: Sequence[CommentNode] = ()) -> bool:
    """Whether the page is a forum's, by its address, its software, or the names of elements around the comments."""
    if vocabulary.FORUM_SIGN.search(" ".join(_forum_hints(dom, comments))):
        return True
    addresses = (attrs["href"] or "" for attrs in dom.attrs if "href" in attrs)
    links = islice(filter(_FORUM_LINK.search, addresses), MIN_FORUM_LINKS)
    return sum(1 for _ in links) == MIN_FORUM_LINKS


def _forum_hints(dom: Dom, comments: Sequence[CommentNode]) -> Iterator[str]:
    """The texts in which a page says that it is a forum's, if it does."""
    for selector, name in (('link[rel="canonical"]', "href"), ('meta[property="og:url"]', "content")):
        yield _SLUG.sub("/", dom.select_attribute(selector, name))
    for node in (dom.tree.root, dom.tree.body):
        if node is not None:
            yield from (str(node.attributes.get(name) or "") for name in ("id", "class", "data-template"))
    yield dom.select_attribute('meta[name="generator"]', "content")
    if any(re.search("DiscussionForumPosting|QAPage", attrs.get("itemtype") or "") for attrs in dom.attrs[:400]):
        yield "forum"
    if comments:
        yield from _names_around(dom, comments[0].number)


def _names_around(dom: Dom, number: int) -> Iterator[str]:
    """What the ancestors of a comment are called, without the names that blogs have too."""
    in_blog = r"comment|respon|thread" if any("comment" in name for name in dom.labels(number)) else r"comment|respon"
    while (number := dom.parent[number]) > 0:
        yield from (name for name in dom.labels(number) if not re.search(in_blog, name))


def page_number(dom: Dom) -> int:
    """Which page of several this is, by its title or its address; 1 where neither says."""
    title = dom.tree.css_first("title")
    for text in (title.text() if title is not None else "", dom.select_attribute('link[rel="canonical"]', "href")):
        for match in vocabulary.PAGE_NUMBER.finditer(text):
            digits = next((group for group in match.groups() if group), "0")
            if 1 < int(digits) < 100_000 and "start" not in match[0] and "?p=" not in match[0]:
                return int(digits)
    return 1


def _has_text_before(dom: Dom, first: int) -> bool:
    """Whether there is text that could be an article between the headline, if any, and an element."""
    headline = next((number for number in range(first) if dom.tag[number] == "h1" and dom.text_length(number)), 0)
    boilerplate = find_boilerplate(dom.density)
    return any(
        dom.density.own_prose[number] >= MIN_PARAGRAPH
        and not boilerplate[number]
        and dom.tag[number] != "li"
        and not _ABOUT_SITE.search(dom.text(number)[:800])
        for number in range(headline, first)
    )
