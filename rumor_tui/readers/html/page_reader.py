"""Reads a page that is safe to parse: the discussion, then the article that is left, or the entries of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborNode

from rumor_tui import links, markdown_format
from rumor_tui.model import Article, Draft, Entry, Stub
from rumor_tui.readers.html import link_list, metadata, vocabulary
from rumor_tui.readers.html.article.evidence import article_evidence
from rumor_tui.readers.html.article.extract import extract_article
from rumor_tui.readers.html.article.sanitize import split_html
from rumor_tui.readers.html.article.title import page_title
from rumor_tui.readers.html.discussion import Discussion, find_container, find_discussion, outermost_elements
from rumor_tui.readers.html.discussion.comment_node import CommentNode
from rumor_tui.readers.html.discussion.marked_posts import MARKED_POSTS, mark_posts
from rumor_tui.readers.html.discussion.opening_post import is_forum, page_number
from rumor_tui.readers.html.discussion.platforms import PLATFORMS, Platform
from rumor_tui.readers.html.discussion.title_link import find_title_link
from rumor_tui.readers.html.dom import Dom
from rumor_tui.readers.html.page_result import PageResult
from rumor_tui.readers.html.shadow_roots import parse_with_shadow_roots
from rumor_tui.readers.source import Hint

MAX_TITLE = 300
"""Characters of what may be the title of a thread rather than a comment."""
_ARCHIVED = re.compile(r"web\.archive\.org/web/(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(\d\d)?")
_SCHEME = re.compile(r"\s*(?:[a-zA-Z][a-zA-Z0-9+.-]*:|[\\/]{2})")
_TAGS_BUT_IMAGES = re.compile(r"<(?!img\b)[^>]*>")
_MAX_LEFT_OVER = 1_500
"""Characters left in the comments' container up to which it is not part of the article."""


def read_page(text: str, hint: Hint, platforms: Sequence[Platform] = PLATFORMS) -> PageResult:
    """All that a page has. `platforms` is the table of the known ones, which the general heuristics do not need."""
    tree = parse_with_shadow_roots(text)
    source = hint.name if hint.name.startswith("http") else ""
    dom = Dom(tree)
    address = metadata.find_address(dom.head, source) or ""
    page_name = page_title(dom)
    title = markdown_format.clean_field(page_name) or ""
    discussion = find_discussion(dom, platforms)
    if _is_unsigned(discussion) and (marked := mark_posts(dom)):
        dom, discussion = marked, find_discussion(marked, MARKED_POSTS)
    if entries := _list_entries(dom, discussion, address):
        return PageResult(Article(title=title, url=address or None), entries=entries)
    stubs = _next_page(dom, address) if discussion.comments else ()
    link = _title_link(dom, discussion, title, address)
    article = Article() if discussion.opening else _remaining_article(dom, discussion, page_name, address)
    bodies, opening_body = detach_bodies(dom, discussion)
    base = _base_time(hint, text[:4096] + address)
    language = dom.select_attribute("html[lang]", "lang")[:12] or None
    if discussion.opening:
        article = _opening_article(discussion.opening, opening_body, base, language)
    article.title, article.url, article.link = title, article.url or address or None, link
    return PageResult(
        article,
        _drafts(discussion, bodies, address),
        [comment.date_machine for comment in discussion.comments],
        discussion.confidence,
        stubs,
        base=base,
        language=language,
    )


def _title_link(dom: Dom, discussion: Discussion, title: str, address: str) -> str | None:
    """What the page is about, where its comments are on a page elsewhere."""
    numbers = [comment.number for comment in discussion.comments if comment.html is None]
    return find_title_link(dom, title, address, min(numbers)) if numbers else None


def _is_unsigned(discussion: Discussion) -> bool:
    """Whether hardly any author of a discussion was found, or no comment at all."""
    return sum(1 for comment in discussion.comments if comment.author) <= 0.5 * len(discussion.comments)


def _list_entries(dom: Dom, discussion: Discussion, address: str) -> tuple[Entry, ...]:
    """The entries of a page that lists threads: it has no comments, or what looks like some is as short as titles."""
    if any(dom.text_length(comment.body) >= MAX_TITLE for comment in discussion.comments):
        return ()
    return tuple(link_list.find_entries(dom, address))


def _drafts(discussion: Discussion, bodies: Sequence[str], address: str) -> list[Draft]:
    comments = zip(discussion.comments, discussion.parents, bodies, strict=True)
    return [_draft(comment, parent, body, address) for comment, parent, body in comments]


def _draft(comment: CommentNode, parent: int | None, body: str, address: str) -> Draft:
    plain = _TAGS_BUT_IMAGES.sub(" ", body).strip() if len(body) < 400 else body
    return Draft(
        body=body,
        author=markdown_format.clean_field(comment.author),
        parent=parent,
        published_text=markdown_format.clean_field(comment.date_text),
        id=markdown_format.clean_field(comment.ids[0]) if comment.ids else None,
        score=comment.score,
        url=markdown_format.clean_field(_absolute(comment.url, address)),
        deleted=not plain or bool(vocabulary.DELETED_NOTICE.match(plain)),
    )


def _absolute(url: str | None, address: str) -> str | None:
    """An absolute web address; a relative one stays as it is where the page's own address is not known."""
    if not url:
        return None
    absolute = links.openable(url, address or None)
    if absolute is None and not address and not _SCHEME.match(url):
        return url
    return absolute if absolute and absolute.startswith(("http://", "https://")) else None


def detach_bodies(dom: Dom, discussion: Discussion) -> tuple[list[str], str]:
    """Remove the comments and the opening post from the page, and return their bodies as HTML.

    The last ones are removed first, so that a comment inside another is out of it before that one is taken.
    """
    posts = [comment for comment in discussion.comments if comment.html is None]
    posts += [discussion.opening] if discussion.opening else []
    bodies: dict[int, str] = {}
    for post in sorted(posts, key=lambda post: -post.number):
        _remove(dom, post.asides)
        html = _inner_html(dom.nodes[post.body])
        bodies[post.number] = vocabulary.BYLINE_REMNANT.sub("", html, count=1) if post.body == post.number else html
        _remove(dom, list(outermost_elements(dom, post)))
    texts = [bodies[comment.number] if comment.html is None else comment.html for comment in discussion.comments]
    return texts, bodies[discussion.opening.number] if discussion.opening else ""


def _remove(dom: Dom, numbers: Sequence[int]) -> None:
    for number in reversed(numbers):
        dom.nodes[number].decompose()


def _inner_html(node: LexborNode) -> str:
    return "".join(child.html or "" for child in node.iter(include_text=True))


def _opening_article(post: CommentNode, body: str, base: float | None, language: str | None) -> Article:
    """The opening post as the article, without a title; its date is read as those of the comments are."""
    from rumor_tui.readers.dates.parse import parse_date

    date = post.date_machine or post.date_text
    return Article(
        byline=markdown_format.clean_field(post.author),
        published=parse_date(date, base, language) if date else None,
        published_text=markdown_format.clean_field(post.date_text),
        pieces=split_html(body),
        format="html",
        score=post.score,
    )


def _remaining_article(dom: Dom, discussion: Discussion, title: str, address: str) -> Article:
    """The article of a page beside its comments; all of a page without comments where no article is found."""
    if discussion.comments and page_number(dom) > 1 and is_forum(dom, discussion.comments):
        return Article()  # the opening post is on the first page
    extracted = extract_article(dom, address, title, _excluded_elements(dom, discussion))
    body = extracted.body
    if not body and not discussion.comments and dom.tree.body is not None:
        body = dom.tree.body.html or ""
    return Article(
        byline=extracted.byline,
        published=extracted.published,
        published_text=extracted.published_text,
        pieces=split_html(body),
        format="html",
    )


def _excluded_elements(dom: Dom, discussion: Discussion) -> list[bool]:
    """For each element whether it is the discussion, with its frame if little else is in that."""
    excluded = [False] * len(dom)
    posts = [comment for comment in discussion.comments if comment.html is None or comment.ranges]
    for post in posts:
        for number in outermost_elements(dom, post):
            if excluded[number]:  # with the comment that it answers
                continue
            excluded[number : dom.end[number]] = [True] * (dom.end[number] - number)
    container = find_container(dom, discussion.comments)
    marked = article_evidence(dom).marked
    has_article = dom.contains(container, marked) and not excluded[marked]
    if container > 0 and dom.tag[container] not in ("html", "body", "main") and not has_article:
        pieces = range(dom.first[container], dom.last[container])
        if sum(len(dom.pieces[piece]) for piece in pieces if not excluded[dom.owner[piece]]) <= _MAX_LEFT_OVER:
            excluded[container : dom.end[container]] = [True] * (dom.end[container] - container)
    return excluded


def _next_page(dom: Dom, address: str) -> tuple[Stub, ...]:
    """The next page of a forum's discussion, as a stub."""
    if not address or not is_forum(dom):
        return ()
    for node in dom.tree.css('link[rel~="next"][href], a[rel~="next"][href]'):
        target = _absolute(node.attributes.get("href"), address) or ""
        if target.startswith(("http://", "https://")) and vocabulary.PAGE_NUMBER.search(target):
            return (Stub(-1, 0, "page", (target,)),)
    return ()


def _base_time(hint: Hint, text: str) -> float | None:
    """When the page was fetched, or saved by a web archive (by its address there), in seconds since 1970 UTC."""
    match = _ARCHIVED.search(text)
    if hint.moment is not None or not match:
        return hint.moment
    year, month, day, hour, minute, second = (part or "00" for part in match.groups())
    return markdown_format.parse_iso(f"{year}-{month}-{day}T{hour}:{minute}:{second}")
