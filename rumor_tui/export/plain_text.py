"""Plain text for people: the article, then the comments, each indented under what it answers.

Paragraphs stay on one line each, for other programs to search and to wrap; on a terminal they are wrapped to its
width. Indentation stops growing at `DEEPEST` levels, where the number of what is answered follows a reply's own,
`#12 ↳ #11 ann`: before the name, so that nobody reads it as a part of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from shutil import get_terminal_size
from typing import TextIO

from rumor_tui import blocks, bylines, outline, text
from rumor_tui.export import parts
from rumor_tui.model import Draft, Format, Thread
from rumor_tui.words import missing_words, plural, title_of

DEEPEST = 8
_STEP = "   "
_WIDEST = 100
_NARROWEST = 20
"""Cells that text keeps to itself, however deep it stands."""


def write(thread: Thread, out: TextIO, answers: Sequence[int] = ()) -> None:
    """Write the thread as text, wrapped when `out` is a terminal; `answers` as in `rumor_tui.export`."""
    width = min(get_terminal_size().columns, _WIDEST) if out.isatty() else 0
    for line in _lines(thread, width, answers):
        out.write(line + "\n")


def _lines(thread: Thread, width: int, answers: Sequence[int]) -> Iterator[str]:
    yield from _head(thread, width)
    yield ""
    yield plural(len(thread), "comment") if len(thread) else "No comments"
    depths = outline.depths(thread.parent)
    gaps = _Gaps(thread, depths)
    for comment, draft in parts.drafts(thread):
        level = min(depths[comment.index], DEEPEST)
        yield from gaps.before(comment.index)
        to = parts.answered(comment, depths[comment.index], level, answers)
        yield ""
        yield _STEP * level + _byline(comment.index, draft, to)
        if draft.deleted and not comment.body:
            continue
        yield from _indented(_body(comment.body, thread.format, thread.repair), _STEP * level + "  ", width)
    yield from gaps.before(len(thread))


class _Gaps:
    """The lines for comments that the source does not hold, each behind the last reply to the same comment."""

    def __init__(self, thread: Thread, depths: Sequence[int]) -> None:
        size = outline.subtree_sizes(thread.parent)
        counts: dict[int, int] = {}
        for stub in thread.stubs:
            counts[stub.parent] = counts.get(stub.parent, 0) + stub.count
        self._lines: dict[int, list[str]] = {}
        for row in sorted(counts, reverse=True):  # the deepest gap comes first where several end at one place
            end, level = (len(thread), 0) if row < 0 else (row + size[row] + 1, depths[row] + 1)
            words = missing_words(counts[row], "comment" if row < 0 else "reply")
            self._lines.setdefault(end, []).append(_STEP * min(level, DEEPEST) + f"… {words}")

    def before(self, row: int) -> Iterator[str]:
        """What stands before a row, or after the last one."""
        for line in self._lines.get(row, ()):
            yield ""
            yield line


def _head(thread: Thread, width: int) -> Iterator[str]:
    article = thread.article
    if title := title_of(thread):
        yield from _indented([title], "", width)
        yield "=" * min(text.cell_len(title), width or _WIDEST)
    when = bylines.written_moment(article.published) or bylines.name(article.published_text)
    facts = [fact for fact in (bylines.name(article.byline), when, bylines.name(article.url)) if fact]
    if facts:
        yield " · ".join(facts)
    for piece in article.pieces:
        yield ""
        yield from _indented(_body(piece, article.format, thread.repair), "", width)


def _body(body: str, format: Format, repair: bool) -> list[str]:
    written = blocks.to_text(blocks.parse(body, format, repair))
    return written.split("\n") if written else []


def _byline(index: int, draft: Draft, answers: int | None) -> str:
    number = f"#{index + 1}" if answers is None else f"#{index + 1} ↳ #{answers + 1}"
    facts = [
        f"{number} {draft.author or bylines.UNSIGNED}",
        parts.date(draft),
        "" if draft.score is None else plural(draft.score, "point"),
        "deleted" if draft.deleted else "",
    ]
    return " · ".join(filter(None, facts))


def _indented(lines: Iterable[str], indent: str, width: int) -> Iterator[str]:
    for line in lines:
        for row in _wrapped(line, max(width - len(indent), _NARROWEST)) if width else (line,):
            yield indent + row if row else ""


def _wrapped(line: str, width: int) -> Iterator[str]:
    """The line in rows of at most `width` cells, broken at blanks; a word that is longer stands out."""
    if text.cell_len(line) <= width:
        yield line
        return
    hanging = line[: len(line) - len(line.lstrip(" "))]
    row, used = "", 0
    for word in line.split(" "):
        size = text.cell_len(word)
        if row.strip() and used + size > width:
            yield row.rstrip(" ")
            row, used = hanging, len(hanging)
        row += word + " "
        used += size + 1
    if row.strip():
        yield row.rstrip(" ")
