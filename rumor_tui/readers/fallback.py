"""What is done when a reader loses text: the thread is completed, or another reader has its turn.

The one safeguard for all readers that guess: the dispatch asks it after each of them, and no reader does so itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from rumor_tui.model import Article, Listing, SourceError, Thread, ThreadBuilder
from rumor_tui.readers.accounting import (
    Loss,
    find_loss,
    find_stray_lines,
    is_mostly_empty,
    stands_as_written,
)
from rumor_tui.readers.json_texts import LeftOut, describe_left_out, find_left_out
from rumor_tui.readers.source import Source, name_source

MAX_LOSS = 0.1
"""The share of a source's words that may stand nowhere; above it the reading is wrong."""

MAX_CHECKED = 256 * 1024
"""Bytes of a source that is checked before it is shown. A larger one is counted in the background."""


class DocumentReader(Protocol):
    """A row of the table of readers, as far as it is needed here."""

    def sniff(self, source: Source) -> bool:
        """Whether it recognises the source."""

    def read(self, source: Source) -> Thread | Listing:
        """The content. Raises SourceError."""


def complete_text(source: Source, thread: Thread, *, aside: bool) -> Thread | None:
    """The thread of a text with all of its text, or None when the reading is wrong.

    Where much prose is lost, it joins the article, which it mostly is a part of, if the comments hold at least half as
    much; where they hold less, they are hardly the discussion. Few lost lines, and labels, are set aside. With `aside`
    the reader has set aside on purpose what it has set aside.
    """
    if len(source.data) > MAX_CHECKED:
        return thread
    lines = source.text.splitlines()
    if not stands_as_written(lines, thread, MAX_LOSS, aside=aside):
        loss = find_loss(lines, thread, aside=aside)
        if loss.share > MAX_LOSS:
            if len(thread) and (is_mostly_empty(thread) or loss.words > 2 * loss.commented):
                return None
            thread = replace(thread, article=_completed(thread.article, lines, loss))
    rest = find_stray_lines(lines, thread)
    return replace(thread, aside="\n".join(filter(None, [thread.aside, *rest]))) if rest else thread


def read_as_article(source: Source) -> Thread:
    """The whole text as an article in Markdown, without any comment."""
    from rumor_tui import blocks

    text = source.text
    article = Article(pieces=blocks.split_markdown(text), format="markdown")
    return ThreadBuilder(article).build("markdown", source=source.hint.name)


def read_as_plain_text(source: Source) -> Thread:
    """The text without any structure, where finding that takes too long: of a page its visible text. Linear time."""
    from rumor_tui.readers.html.page_start import find_page
    from rumor_tui.readers.html.sandbox import plain_page
    from rumor_tui.readers.plain_text import plain_article

    text = source.text
    page = find_page(text)
    if page is not None:
        thread = ThreadBuilder(plain_page(page).article).build("html", source=source.hint.name)
    else:
        thread = ThreadBuilder(plain_article(text)).build("plain", source=source.hint.name)
    thread.notice = f"{name_source(source.hint)} takes too long to read: only its plain text is shown."
    return thread


def _completed(article: Article, lines: Sequence[str], loss: Loss) -> Article:
    """The article with the lost lines: those from before its first line above it, the others below it."""
    first = min(loss.in_article, default=-1)
    above = _paragraphs(lines, [i for i in loss.missing if i < first])
    below = _paragraphs(lines, [i for i in loss.missing if i >= first])
    if article.format == "html":
        from html import escape

        above, below = ([f"<p>{escape(text)}</p>" for text in texts] for texts in (above, below))
    return replace(article, pieces=[*above, *article.pieces, *below])


def _paragraphs(lines: Sequence[str], rows: Sequence[int]) -> list[str]:
    """The lines of the given numbers; those that follow each other are a paragraph."""
    paragraphs: list[list[str]] = []
    last = -2
    for row in rows:
        if row != last + 1:
            paragraphs.append([])
        paragraphs[-1].append(lines[row].strip())
        last = row
    return ["\n".join(paragraph) for paragraph in paragraphs]


def read_most_texts(source: Source, thread: Thread, others: Iterable[DocumentReader]) -> Thread:
    """The thread of a JSON document, or that of another reader that holds more of its texts, where some are lost.

    What is still left out, the thread's notice says.
    """
    if len(source.data) > MAX_CHECKED:
        return thread
    best = find_left_out(source.document.top, thread)
    if best.share > MAX_LOSS:
        for other in others:
            content = _read_if_possible(other, source)
            left_out = find_left_out(source.document.top, content) if content is not None else LeftOut()
            if content is not None and left_out.held > best.held:
                thread, best = content, left_out
    thread.notice = thread.notice or describe_left_out(best)
    return thread


def _read_if_possible(reader: DocumentReader, source: Source) -> Thread | None:
    try:
        content = reader.read(source) if reader.sniff(source) else None
    except SourceError:
        return None
    return content if isinstance(content, Thread) else None
