"""The one-row parts of a comment: the header of an open one, the line of a folded one or of a muted author's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from rumor_tui.labels import plural
from rumor_tui.markdown_format import UNSIGNED
from rumor_tui.reading.highlights import within
from rumor_tui.text import cell_len, neutralise_line
from rumor_tui.ui.paint.blocks import clip, runs
from rumor_tui.ui.paint.notes import annotation_signs, signs_of_kinds
from rumor_tui.ui.panes.comment_marks import new_below, signs

if TYPE_CHECKING:
    from rumor_tui.model import Discussion
    from rumor_tui.ui.panes.comment_looks import CommentLooks

OPEN, FOLDED = "▾", "▸"
LENS = Style(reverse=True)
"""What is added to the name of the author whose comments are gone through."""
LONGEST_NAME = 30
"""Cells of the name of whom a comment answers."""


def header_row(items: CommentLooks, row: int, width: int, *, quiet: bool = False) -> Strip:
    """The first row of an open comment; quiet when it stands in for one that has scrolled away."""
    mark = Segment(OPEN + " ", items.palette.quiet if quiet or row != items.reading.row else items.palette.cursor)
    left = [*items.lead(row, width, focus=not quiet), mark]
    if (about := items.thread.discussion_at(row)) is not None:
        return _discussion_row(items, row, about, width, left, quiet=quiet)
    used = items.mark_cell(row, width) + 2
    name = clip(items.author_of(row) or UNSIGNED, max(width - used, 1))
    left += _author_segments(items, row, name, quiet)
    used += cell_len(name)
    if _is_original_poster(items, row) and used + 3 <= width:
        left.append(Segment(" OP", items.palette.quiet if quiet else items.palette.accent))
        used += 3
    annotated = annotation_signs(items.annotated.placed(items.first_item + row))
    for sign, style in (*signs(items, row), *([(f" {annotated}", items.palette.accent)] if annotated else ())):
        if used + cell_len(sign) <= width:
            left.append(Segment(sign, items.palette.quiet if quiet else style))
            used += cell_len(sign)
    if not quiet and (to := _answered(items, row)) and used + cell_len(to) <= width:
        left.append(Segment(to, items.palette.quiet))
        used += cell_len(to)
    return _with_facts(items, left, used, _facts(items, row), width)


def _discussion_row(
    items: CommentLooks, row: int, about: Discussion, width: int, left: list[Segment], *, quiet: bool = False
) -> Strip:
    """The first row of a discussion: where it is and who posted it, points, comments, and when; as much as fits."""
    used = items.mark_cell(row, width) + 2
    label = _site_label(about, width - used)
    left.append(Segment(label, items.palette.quiet if quiet else items.palette.heading))
    used += cell_len(label)
    facts = _discussion_facts(items, row, about)
    facts.append("" if items.tree.folded[row] else _shown_date(items, row))
    while facts and used + sum(cell_len(fact) + 3 for fact in facts if fact) > width:
        facts.pop()
    told = "".join(f" · {fact}" for fact in facts if fact)
    name = _poster(items, row)
    if name and used + 3 + cell_len(name) + cell_len(told) <= width:
        left += [Segment(" · ", items.palette.guide), *_author_segments(items, row, name, quiet)]
        used += 3 + cell_len(name)
    return _with_facts(items, [*left, Segment(told, items.palette.quiet)], used + cell_len(told), [], width)


def _poster(items: CommentLooks, row: int) -> str:
    """Who posted a discussion; the site stands beside it."""
    return neutralise_line(items.thread.authors[row] or "")


def _site_label(about: Discussion, cells: int) -> str:
    return clip(neutralise_line(about.label) or "a discussion", max(cells, 1))


def _discussion_facts(items: CommentLooks, row: int, about: Discussion) -> list[str]:
    """The points of a discussion, and its comments: how many are there, of how many."""
    score, below = items.thread.scores[row], items.tree.size[row]
    count = plural(below, "comment")
    if about.comments is not None and about.comments > below:
        count = f"{below:,} of {plural(about.comments, 'comment')}"
    return ["" if score is None else plural(score, "point"), count]


def _answered(items: CommentLooks, row: int) -> str:
    """Whom a comment answers, where it does not stand below it; whom it likely answers, where its text tells."""
    flat = items.reading.replies_to
    if flat is not None and flat[row] >= 0:
        if (about := items.thread.discussion_at(flat[row])) is not None:
            return f" ↳ {_site_label(about, LONGEST_NAME)}"
        return f" ↳ {clip(items.author_of(flat[row]), LONGEST_NAME) or items.number(flat[row])}"
    answer = items.quoting.answer(row)
    if answer is None:
        return ""
    return f" ↳ {clip(items.author_of(answer.to), LONGEST_NAME) or items.number(answer.to)}?"


def _author_segments(items: CommentLooks, row: int, name: str, quiet: bool) -> list[Segment]:
    author = items.author_of(row)
    style = items.palette.quiet if quiet else items.palette.author(author)
    if not author or quiet:
        return [Segment(name, style)]
    if author == items.reading.lens:
        return [Segment(name, items.palette.cursor + LENS)]
    spans = within(items.highlighter.spans(items.first_item + row), 0, len(name))
    return _cut(name, runs(len(name), spans, items.palette, style))


def _is_original_poster(items: CommentLooks, row: int) -> bool:
    """Whether the comment is by the author of the article, or who posted the discussion that it is in."""
    poster, about = items.original_poster, items.thread.discussions[row]
    if about is not None:
        poster = None if items.thread.discussion_at(row) is not None else items.posters.get(about.key)
    return poster is not None and items.thread.authors[row] == poster


def _facts(items: CommentLooks, row: int) -> list[str]:
    """What stands at the right of a header, the most wanted last."""
    thread, below = items.thread, items.tree.size[row]
    score = thread.scores[row]
    return [
        part
        for part in (
            "" if score is None else plural(score, "point"),
            _shown_date(items, row),
            plural(below, "reply") if below else "",
            items.number(row),
        )
        if part
    ]


def _shown_date(items: CommentLooks, row: int) -> str:
    """The date in a header; the exact one is kept besides, since the status line tells it of the cursor's."""
    exact = items.date(row, exact=True)
    return exact if items.reading.absolute_dates else items.date(row, exact=False)


def folded_row(items: CommentLooks, row: int, width: int) -> Strip:
    """The one row of a folded comment: who, how it starts, and how much is inside."""
    palette = items.palette
    mark = Segment(FOLDED + " ", palette.cursor if row == items.reading.row else palette.quiet)
    left = [*items.lead(row, width), mark]
    used = items.mark_cell(row, width) + 2
    facts = _folded_facts(items, row)
    if (about := items.thread.discussion_at(row)) is not None:
        label = _site_label(about, width - used)
        left += [Segment(label, palette.heading), Segment(" · ", palette.guide)]
        used += cell_len(label) + 3
    room = max(width - used - sum(cell_len(f) + 3 for f in facts), 8)
    author = items.author_of(row) or UNSIGNED if about is None else _poster(items, row)
    name = clip(author, max(min(room, width - used), 1)) if author else ""
    left += _author_segments(items, row, name, False)
    used += cell_len(name)
    for sign, style in signs(items, row):
        if used + cell_len(sign) <= width:
            left.append(Segment(sign, style))
            used += cell_len(sign)
            room -= cell_len(sign)
    words = clip(items.first_words(row), min(room - cell_len(name) - 3, width - used - 4))
    if len(words) > 1:
        left += [Segment(" · " if name else "", palette.guide), Segment(words, palette.quiet)]
        used += 3 + cell_len(words)
    return _with_facts(items, left, used, facts, width)


def muted_row(items: CommentLooks, row: int, width: int) -> Strip:
    """The one row of a comment by somebody who is muted; what it answers and who replies stays in sight."""
    palette, item = items.palette, items.first_item + row
    mark = Segment(FOLDED + " ", palette.cursor if row == items.reading.row else palette.quiet)
    used = items.mark_cell(row, width) + 2
    about = items.thread.discussion_at(row)
    site = f"{_site_label(about, LONGEST_NAME)} · " if about is not None else ""
    words = clip(f"{site}{items.author_of(row)} · muted", max(width - used, 1))
    hits = items.highlighter.hits_below(item, item + 1)
    facts = _folded_facts(items, row) if items.tree.folded[row] else [plural(hits, "hit")] if hits else []
    left = [*items.lead(row, width), mark, Segment(words, palette.quiet)]
    return _with_facts(items, left, used + cell_len(words), facts, width)


def _folded_facts(items: CommentLooks, row: int) -> list[str]:
    below, about = items.tree.size[row], items.thread.discussion_at(row)
    inside = _discussion_facts(items, row, about) if about is not None else [plural(below, "reply") if below else ""]
    hits = items.highlighter.hits_below(items.first_item + row, items.first_item + items.tree.end(row))
    missing = items.missing.within(row, items.tree.end(row)) if about is None or about.comments is None else ""
    kinds = items.annotated.kinds_within(items.first_item + row, items.first_item + items.tree.end(row))
    facts = (*inside, missing, new_below(items, row), plural(hits, "hit") if hits else "", signs_of_kinds(kinds))
    return [fact for fact in facts if fact]


def _with_facts(items: CommentLooks, left: list[Segment], used: int, facts: Sequence[str], width: int) -> Strip:
    """A row with facts at its right end; those that do not fit are left out, the first ones first."""
    facts = list(facts)
    while facts and used + 2 + sum(map(cell_len, facts)) + 3 * (len(facts) - 1) + 1 > width:
        facts.pop(0)
    right = " · ".join(facts)
    fill = width - used - cell_len(right) - 1
    if right and fill > 0:
        left += [Segment(" " * fill, items.palette.text), Segment(right + " ", items.palette.quiet)]
        used = width
    if used < width:
        left.append(Segment(" " * (width - used), items.palette.text))
    strip = Strip(left, max(used, width))
    return strip if used <= width else strip.crop(0, width)


def _cut(text: str, stops: Sequence[tuple[int, Style]]) -> list[Segment]:
    segments: list[Segment] = []
    at = 0
    for stop, style in stops:
        segments.append(Segment(text[at:stop], style))
        at = stop
    return segments
