"""The page that a thread's post links to, as a part of the thread's article: below the post's own text.

A post about a page elsewhere has its address in `Article.link`. Once that page was read, its text stands in the
article's pieces behind the post's own, headed by its title, so that whatever reads an article (search, quotes, exports)
reads both; `Article.linked` says where it begins and whose it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rumor_tui.links import openable
from rumor_tui.model import Format, LinkedPage, Thread


def unread_link(thread: Thread, *, again: bool = False) -> str:
    """The address of the page that the thread's post links to, if it was not read yet; "" without one.

    With `again` also that of a page that could not be read before.
    """
    article = thread.article
    failed = article.linked is not None and bool(article.linked.problem)
    if not article.link or (article.linked is not None and not (again and failed)):
        return ""
    address = openable(article.link)
    return address if address and address.startswith(("http://", "https://")) else ""


def with_page(thread: Thread, page: Thread) -> Thread:
    """The thread with the article of a page below its post's own text."""
    from html import escape

    own, read = thread.article, page.article
    url = page.source if page.source.startswith(("http://", "https://")) else read.url or own.link or ""
    linked = LinkedPage(url, len(own.pieces), read.title, read.byline, read.published, read.published_text)
    heading = [f"<h2>{escape(read.title, quote=False)}</h2>"] if read.title else []
    return _with_pieces(thread, linked, [*heading, *_as_html(read.pieces, read.format, repair=page.repair)])


def with_problem(thread: Thread, sentence: str) -> Thread:
    """The thread, whose linked page cannot be shown: the sentence says why."""
    article = thread.article
    linked = LinkedPage(article.link or "", len(article.pieces), problem=sentence)
    return replace(thread, article=replace(article, linked=linked))


def keep_page(before: Thread, now: Thread) -> Thread:
    """Another state of a thread, with the linked page that was read for the one before."""
    held, article = before.article, now.article
    if held.linked is None or article.linked is not None or article.link != held.link:
        return now
    if held.linked.problem:
        return replace(now, article=replace(article, linked=replace(held.linked, first=len(article.pieces))))
    return _with_pieces(now, replace(held.linked, first=len(article.pieces)), held.pieces[held.linked.first :])


def _with_pieces(thread: Thread, linked: LinkedPage, pieces: Sequence[str]) -> Thread:
    article = thread.article
    own = _as_html(article.pieces, article.format, repair=thread.repair)
    return replace(thread, article=replace(article, pieces=[*own, *pieces], format="html", linked=linked))


def _as_html(pieces: Sequence[str], format: Format, *, repair: bool) -> Sequence[str]:
    """Pieces in HTML, which all others can be written in."""
    if format == "html":
        return pieces
    from rumor_tui import blocks
    from rumor_tui.blocks.write import to_html

    return [to_html(blocks.parse_body(piece, format, repair)) for piece in pieces]
