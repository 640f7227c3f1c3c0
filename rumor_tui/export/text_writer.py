"""Plain text for reading: the article, then the comments, each indented below its parent.

Paragraphs stay on one line each, for other programs to search and to wrap; on a terminal they are wrapped to its
width. Indentation stops growing at `MAX_INDENT` levels, where the number of what is answered follows a reply's own,
`#12 ↳ #11 ann`: before the name, so that nobody reads it as a part of that. `rumor_tui.readers.own_text` reads this
form; where a line of a body could be mistaken for the next byline, the byline says how many lines the body has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from shutil import get_terminal_size
from typing import TextIO

from rumor_tui import article_facts, blocks, discussion_rows, markdown_format, outline, text
from rumor_tui.export import comment_fields
from rumor_tui.export.notes import NO_NOTES, Notes, note_lines, stated_lines
from rumor_tui.labels import display_title, missing_label, plural
from rumor_tui.model import ARTICLE_ROW, Draft, Format, LinkedPage, Thread

MAX_INDENT = 8
_STEP = "   "
_MAX_WIDTH = 100
_MIN_WIDTH = 20
"""The minimum width of text in cells, at any depth."""


def write(thread: Thread, out: TextIO, answers: Sequence[int] = (), notes: Notes = NO_NOTES) -> None:
    """Write the thread as text, wrapped if `out` is a terminal; `answers` and `notes` as in `rumor_tui.export`."""
    width = min(get_terminal_size().columns, _MAX_WIDTH) if out.isatty() else 0
    for line in _lines(thread, width, answers, notes):
        out.write(line + "\n")


def _lines(thread: Thread, width: int, answers: Sequence[int], notes: Notes) -> Iterator[str]:
    yield from _head(thread, width)
    about = note_lines(notes.get(ARTICLE_ROW, ()))
    if about:
        yield ""
        yield from _indented(about, "", width)
    yield ""
    yield _count(thread) + (f" · {stated_lines(about)} above" if about else "")
    depths = outline.depths(thread.parent)
    gaps = _Gaps(thread, depths)
    for comment, draft in comment_fields.iter_comments(thread):
        level = min(depths[comment.index], MAX_INDENT)
        yield from gaps.before(comment.index)
        to = comment_fields.answered(comment, depths[comment.index], level, answers)
        yield ""
        body = [] if draft.deleted and not comment.body else _body(comment.body, thread.format, thread.repair, width)
        stated = len(body) if _is_misleading(body, comment.index + 2) else None
        own = note_lines(notes.get(comment.index, ()))
        yield _STEP * level + _byline(comment.index, draft, to, stated, own)
        yield from _indented(body, _STEP * level + "  ", width)
        if own:
            yield from _indented(["", *own], _STEP * level + "  ", width)
    yield from gaps.before(len(thread))


def _count(thread: Thread) -> str:
    """How many comments there are, of how many where some are missing."""
    missing = sum(stub.count for stub in thread.stubs)
    words = comment_fields.heading_of_comments(thread)
    if not missing:
        return words
    count = discussion_rows.count_comments(thread)
    _, within, discussions = words.partition(" in ")
    return f"{count:,} of {plural(count + missing, 'comment')}{within}{discussions}"


class _Gaps:
    """The lines for missing comments, each after the last reply to the same comment."""

    def __init__(self, thread: Thread, depths: Sequence[int]) -> None:
        size = outline.subtree_sizes(thread.parent)
        counts: dict[int, int] = {}
        for stub in thread.stubs:
            counts[stub.parent] = counts.get(stub.parent, 0) + stub.count
        self._lines: dict[int, list[str]] = {}
        for row in sorted(counts, reverse=True):  # the deepest gap first if several end at the same row
            end, level = (len(thread), 0) if row < 0 else (row + size[row] + 1, depths[row] + 1)
            is_top = row < 0 or thread.discussion_at(row) is not None
            words = missing_label(counts[row], "comment" if is_top else "reply")
            self._lines.setdefault(end, []).append(_STEP * min(level, MAX_INDENT) + f"… {words}")

    def before(self, row: int) -> Iterator[str]:
        """The lines before a row, or after the last row."""
        for line in self._lines.get(row, ()):
            yield ""
            yield line


def _head(thread: Thread, width: int) -> Iterator[str]:
    article = thread.article
    if title := display_title(thread):
        yield from _indented([title], "", width)
        yield "=" * min(text.cell_len(title), width or _MAX_WIDTH)
    when = markdown_format.format_utc(article.published) or markdown_format.clean_field(article.published_text)
    facts = [
        fact
        for fact in (markdown_format.clean_field(article.byline), when, markdown_format.clean_field(article.url))
        if fact
    ]
    if facts:
        yield " · ".join(facts)
    yield from _pieces(article.own_pieces, thread, width)
    if article.linked is not None:
        yield from _linked(article.linked, thread, width)


def _pieces(pieces: Sequence[str], thread: Thread, width: int) -> Iterator[str]:
    for piece in pieces:
        yield ""
        yield from _indented(_body(piece, thread.article.format, thread.repair, width), "", width)


def _linked(page: LinkedPage, thread: Thread, width: int) -> Iterator[str]:
    """The page that the article's post links to, below a rule."""
    title = article_facts.linked_title(page)
    yield ""
    yield "-" * (width or _MAX_WIDTH)
    yield ""
    yield from _indented([title], "", width)
    if facts := [fact for fact in article_facts.linked_facts(page) if fact != title]:
        yield from _indented([" · ".join(facts)], "", width)
    if problem := markdown_format.clean_field(page.problem):
        yield from _indented(["", problem], "", width)
    yield from _pieces(comment_fields.linked_text(thread.article), thread, width)


def _body(body: str, format: Format, repair: bool, width: int) -> list[str]:
    """The lines of a body; joined emoji are only kept where no terminal draws them."""
    clean = text.neutralise if width else text.neutralise_for_file
    written = blocks.to_text(blocks.parse_body(body, format, repair, clean))
    return written.split("\n") if written else []


def _byline(index: int, draft: Draft, answers: int | None, lines: int | None, notes: Sequence[str]) -> str:
    """Who wrote a comment and what is known of it; `lines` is the number of lines of its body, if it must be stated.

    `notes` are the lines of notes below it.
    """
    number = f"#{index + 1}" if answers is None else f"#{index + 1} ↳ #{answers + 1}"
    date = comment_fields.display_date(draft)
    is_ambiguous = (
        bool(draft.site) and not draft.author and bool(date) and not markdown_format.format_utc(draft.published)
    )
    poster = markdown_format.UNSIGNED if is_ambiguous else draft.author or ""
    facts = [
        f"{number} {draft.site or draft.author or markdown_format.UNSIGNED}",
        poster if draft.site else "",
        date,
        "" if draft.score is None else plural(draft.score, "point"),
        plural(draft.comments, "comment") if draft.site and draft.comments is not None else "",
        "deleted" if draft.deleted else "",
        (draft.url or "") if draft.site else "",
        f"{lines} lines" if lines is not None else "",
        stated_lines(notes),
    ]
    return " · ".join(filter(None, facts))


def _is_misleading(lines: Iterable[str], number: int) -> bool:
    """Whether a line of a body could be mistaken for the byline of the next comment, which has this number."""
    return any(line.lstrip(" ").startswith(f"#{number} ") for line in lines)


def _indented(lines: Iterable[str], indent: str, width: int) -> Iterator[str]:
    for line in lines:
        for row in _wrapped(line, max(width - len(indent), _MIN_WIDTH)) if width else (line,):
            yield indent + row if row else ""


def _wrapped(line: str, width: int) -> Iterator[str]:
    """The line in rows of at most `width` cells, broken at spaces; a longer word overflows."""
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
