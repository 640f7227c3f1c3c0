"""Reading a page that a parser takes well: the discussion, then the article that is left, then the links."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from rumor_tui import links, markdown_format
from rumor_tui.model import Article, Draft, Stub
from rumor_tui.readers.hint import Hint
from rumor_tui.readers.html import discussion, link_list, metadata, vocabulary
from rumor_tui.readers.html.article import extract, title
from rumor_tui.readers.html.article.sanitize import split_html
from rumor_tui.readers.html.discussion import Discussion, features, opening_post
from rumor_tui.readers.html.discussion.comment_node import CommentNode
from rumor_tui.readers.html.discussion.platforms import PLATFORMS, Platform
from rumor_tui.readers.html.dom import Dom
from rumor_tui.readers.html.page_result import PageResult

_ARCHIVED = re.compile(r"web\.archive\.org/web/(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(\d\d)?")
MAX_TITLE = 300
"""Characters of what may be the title of a thread and not a comment."""
_SCHEME = re.compile(r"\s*(?:[a-zA-Z][a-zA-Z0-9+.-]*:|[\\/]{2})")
_LEFT_OVER = 1_500
"""Characters that an element which held all the comments may still hold, and be none of the article."""


def read_page(text: str, hint: Hint, platforms: Sequence[Platform] = PLATFORMS) -> PageResult:
    """All that a page has. `platforms` is the table of those that are known; the general way needs none of it."""
    tree = LexborHTMLParser(text)
    head = metadata.read_head(tree)
    name = title.page_title(tree)
    address = metadata.find_address(head, hint.name if hint.name.startswith("http") else "") or ""
    page = Dom(tree)
    talk = discussion.find_discussion(page, features.find_features(page), platforms)
    if _may_be_list(page, talk) and (entries := link_list.find_entries(tree, address)):
        return PageResult(
            Article(title=markdown_format.clean_field(name) or "", url=address or None), entries=tuple(entries)
        )
    stubs = _next_page(page, address) if talk.units else ()
    bodies, opening = detach_bodies(page, talk)
    found = PageResult(
        _opened(talk.opening, opening, name, address)
        if talk.opening
        else _around(tree, name, address, bare=not talk.units),
        confidence=talk.confidence,
        stubs=stubs,
        base=hint.moment if hint.moment is not None else _archived(text[:4096] + address),
        language=_language(tree),
    )
    for unit, parent, body in zip(talk.units, talk.parents, bodies, strict=True):
        found.drafts.append(_draft(page, unit, parent, body, address))
        found.machine.append(unit.moment)
    return found


def _may_be_list(page: Dom, talk: Discussion) -> bool:
    """Whether a page could list threads: it has no comments, or what looks like some is as short as titles are."""
    sizes = [page.size(unit.body) for unit in talk.units]
    return not sizes or max(sizes) < MAX_TITLE


def _draft(page: Dom, unit: CommentNode, parent: int | None, body: str, address: str) -> Draft:
    plain = re.sub(r"<(?!img\b)[^>]*>", " ", body).strip() if len(body) < 400 else body
    return Draft(
        body=body,
        author=markdown_format.clean_field(unit.author),
        parent=parent,
        published_text=markdown_format.clean_field(unit.written),
        id=markdown_format.clean_field(unit.ids[0]) if unit.ids else None,
        score=unit.score,
        url=markdown_format.clean_field(_absolute(unit.url, address)),
        deleted=not plain or bool(vocabulary.DELETED_NOTICE.match(plain)),
    )


def _absolute(url: str | None, address: str) -> str | None:
    """An address of the page made whole; a relative one stays as it is where the page's own is not known."""
    if not url:
        return None
    found = links.openable(url, address or None)
    if found is None and not address and not _SCHEME.match(url):
        return url
    return found if found and found.startswith(("http://", "https://")) else None


def detach_bodies(page: Dom, talk: Discussion) -> tuple[list[str], str]:
    """The bodies of the comments and of the opening post as HTML; the page is left without any of them.

    The last ones are taken first, so that what stands inside another is out of it before that is taken.
    """
    holder = discussion.find_container(page, talk.units)
    shown = [unit for unit in talk.units if unit.told is None]
    units = sorted([*shown, *([talk.opening] if talk.opening else [])], key=lambda unit: -unit.number)
    bodies: dict[int, str] = {}
    for unit in units:
        for number in reversed(unit.aside):
            page.nodes[number].decompose()
        inner = _inner(page.nodes[unit.body])
        bodies[unit.number] = vocabulary.BYLINE_REMNANT.sub("", inner, count=1) if unit.body == unit.number else inner
        for number in reversed(list(discussion.outermost_elements(page, unit))):
            page.nodes[number].decompose()
    framed = holder > 0 and page.tag[holder] not in ("html", "body", "main")
    if framed and len(page.nodes[holder].text()) <= _LEFT_OVER:
        page.nodes[holder].decompose()
    texts = [bodies[unit.number] if unit.told is None else unit.told for unit in talk.units]
    return texts, bodies[talk.opening.number] if talk.opening else ""


def _inner(node: LexborNode) -> str:
    return "".join(child.html or "" for child in node.iter(include_text=True))


def _opened(unit: CommentNode, body: str, name: str, address: str) -> Article:
    """The article that an opening post is."""
    from rumor_tui.readers.dates import parse

    written = unit.moment or unit.written
    return Article(
        title=markdown_format.clean_field(name) or "",
        byline=markdown_format.clean_field(unit.author),
        published=parse.parse_date(written) if written else None,
        published_text=markdown_format.clean_field(unit.written),
        url=address or None,
        pieces=split_html(body),
        format="html",
        score=unit.score,
    )


def _around(tree: LexborHTMLParser, name: str, address: str, *, bare: bool) -> Article:
    """The article of a page whose comments are cut out; all of a bare page, which had none, where none is found."""
    found = extract.extract_article(tree.html or "", tree, address, name)
    body = found.body
    if not body and bare and tree.body is not None:
        body = tree.body.html or ""
    return Article(
        title=markdown_format.clean_field(name) or "",
        byline=found.byline,
        published=found.published,
        published_text=found.published_text,
        url=found.url or address or None,
        pieces=split_html(body),
        format="html",
    )


def _next_page(page: Dom, address: str) -> tuple[Stub, ...]:
    """The rest of a discussion that goes on on a next page."""
    if not address or not opening_post.is_forum(page):
        return ()
    for node in page.tree.css('link[rel~="next"][href], a[rel~="next"][href]'):
        target = _absolute(node.attributes.get("href"), address) or ""
        if target.startswith(("http://", "https://")) and vocabulary.PAGE_NUMBER.search(target):
            return (Stub(-1, 0, "page", (target,)),)
    return ()


def _archived(text: str) -> float | None:
    """When a web archive took the page, by the address that such archives give it; ages count from there."""
    found = _ARCHIVED.search(text)
    if not found:
        return None
    year, month, day, hour, minute, second = (part or "00" for part in found.groups())
    return markdown_format.parse_iso(f"{year}-{month}-{day}T{hour}:{minute}:{second}")


def _language(tree: LexborHTMLParser) -> str | None:
    node = tree.css_first("html[lang]")
    return (node.attributes.get("lang") or "")[:12] or None if node is not None else None
