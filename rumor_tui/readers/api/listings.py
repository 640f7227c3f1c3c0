"""Listings of the threads in a JSON document, or of articles whose comments are elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from rumor_tui import blocks
from rumor_tui.model import Article, Draft, Entry, Listing, Thread, ThreadBuilder
from rumor_tui.readers.api.field_maps import ArticleFields, as_markdown, read_article, read_entry
from rumor_tui.readers.hint import Hint


def articles_listing(title: str, articles: Sequence[Any], fields: ArticleFields, hint: Hint) -> Thread | Listing:
    """A listing of articles whose comments are elsewhere; a single article is opened."""

    def open_article(index: int) -> Thread:
        return ThreadBuilder(read_article(articles[index], fields)).build("plain", source=hint.name)

    if len(articles) == 1:
        return open_article(0)
    return make_listing(title, [read_entry(value, fields) for value in articles], open_article, hint)


def make_listing(title: str, entries: Sequence[Entry], open_entry: Callable[[int], Thread], hint: Hint) -> Listing:
    """A listing of threads; as a whole it is one thread with a comment for each, whose replies are its comments."""

    def whole() -> Thread:
        return _whole(title, [open_entry(index) for index in range(len(entries))], entries, hint)

    return Listing(title=title, entries=entries, open=open_entry, whole=whole, source=hint.name)


def threads_listing(title: str, threads: Sequence[Thread], hint: Hint, known: Sequence[Entry | None] = ()) -> Listing:
    """A listing of loaded threads; `known` is what the document says of each, such as its full number of comments."""
    entries = list(map(thread_entry, threads, known or [None] * len(threads)))
    return make_listing(title, entries, lambda index: threads[index], hint)


def thread_entry(thread: Thread, known: Entry | None = None) -> Entry:
    """A thread as an entry of a listing: the known entry with the number of comments, or a new one."""
    if known is not None:
        return known if known.comments is not None else replace(known, comments=len(thread))
    about = thread.article
    start = about.pieces[0] if len(about.pieces) else thread.bodies[0] if len(thread) else ""
    format = about.format if len(about.pieces) else thread.format
    summary = " ".join(blocks.body_text(start[:1200], format).split())[:300]
    return Entry(
        title=about.title or summary[:80] or "(no title)",
        byline=about.byline,
        published=about.published,
        published_text=about.published_text,
        comments=len(thread),
        address=about.url or "",
        summary=summary if about.title else summary[80:],
    )


def _whole(title: str, threads: Sequence[Thread], entries: Sequence[Entry], hint: Hint) -> Thread:
    builder = ThreadBuilder(Article(title=title))
    for thread, entry in zip(threads, entries, strict=True):
        top = builder.add(_top(thread, entry))
        for comment in thread.comments():
            builder.add(
                Draft(
                    body=as_markdown(comment.body, thread.format),
                    author=comment.author,
                    parent=top if comment.parent is None else top + 1 + comment.parent,
                    published=comment.published,
                    published_text=comment.published_text,
                    id=comment.id,
                    score=comment.score,
                    url=comment.url,
                    deleted=comment.deleted,
                )
            )
    return builder.build("markdown", source=hint.name)


def _top(thread: Thread, entry: Entry) -> Draft:
    about = thread.article
    bodies = [as_markdown(piece, about.format) for piece in about.pieces]
    title = as_markdown(entry.title, "plain")
    return Draft(
        body="\n\n".join(part.strip("\n") for part in (title if about.title else "", *bodies) if part.strip()) or title,
        author=about.byline,
        published=about.published,
        published_text=about.published_text,
        score=about.score,
        url=entry.address or about.url,
    )
