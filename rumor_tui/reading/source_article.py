"""The text of a source as an article, which the reader shows like any other: line by line as it is, in pieces."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from rumor_tui.labels import display_title
from rumor_tui.model import Article, SourceText, Thread, ThreadBuilder

PIECE_LINES = 60
"""Lines of a piece, each of which is painted when it comes on screen."""

PIECE_LENGTH = 6_000
"""Characters of a piece, at most; where lines are longer they are cut."""


class SourceArticle(NamedTuple):
    """The article, and the place to begin at: the article's item and the offset in its text, or None.

    `cut` says that it is only a part of the source.
    """

    thread: Thread
    place: tuple[int, int] | None
    cut: bool


def make_source_article(thread: Thread, source: SourceText) -> SourceArticle:
    """The text of a thread's source as an article."""
    starts = piece_starts(source.text)
    place = place_in_pieces(starts, source.at)
    return SourceArticle(_source_thread(thread, source.text, starts), place, source.cut)


def _source_thread(thread: Thread, text: str, starts: Sequence[int]) -> Thread:
    """The text of a source as an article without comments, line by line as it is."""
    from html import escape

    ends = [*starts[1:], len(text)]
    slices = [text[start:end].strip("\n") for start, end in zip(starts, ends, strict=True)]
    pieces = [f"<pre>\n{escape(piece, quote=False)}</pre>" for piece in slices]
    article = Article(title=f"Source of {display_title(thread) or 'this page'}", pieces=pieces, format="html")
    return ThreadBuilder(article).build("html", source=thread.source)


def piece_starts(text: str) -> list[int]:
    """Where the pieces of a text begin: at its start, and at lines, if possible after an empty one."""
    starts: list[int] = []
    start = 0
    while start < len(text):
        starts.append(start)
        start = _piece_end(text, start)
        while text[start : start + 1] == "\n":
            start += 1
    return starts


def _piece_end(text: str, start: int) -> int:
    limit = start + PIECE_LENGTH
    end = start
    for _ in range(PIECE_LINES):
        following = text.find("\n", end, limit) + 1
        if not following:
            break
        end = following
    else:
        gap = text.rfind("\n\n", start, end)
        return gap + 2 if gap > start else end
    if len(text) <= limit:
        return len(text)
    return end if end > start else limit


def place_in_pieces(starts: Sequence[int], at: int) -> tuple[int, int] | None:
    """The article's item with a place of the text, and the offset in it; None where there is no place."""
    if at < 0 or not starts:
        return None
    piece = bisect_right(starts, at) - 1
    return piece + 1, at - starts[piece]
