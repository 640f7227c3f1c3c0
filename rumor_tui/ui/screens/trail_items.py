"""The places of a claim as list items: who makes it and when, and the sentence with the mark highlighted.

Also the lines above them: the marks of the text that the trail was opened from, and the other figures of the thread.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.segment import Segment
from rich.style import Style

from rumor_tui.layout import wrap
from rumor_tui.markdown_format import UNSIGNED
from rumor_tui.model import Span
from rumor_tui.outline import Outline
from rumor_tui.search.claims.excerpts import make_excerpt
from rumor_tui.search.claims.figures import CompetingFigure
from rumor_tui.search.claims.trail import Trail, TrailLine, TrailSubject
from rumor_tui.search.index.texts import TextIndex
from rumor_tui.text import cell_len, neutralise_line
from rumor_tui.ui.paint.blocks import Painted, clip, runs
from rumor_tui.ui.paint.body import MEASURE
from rumor_tui.ui.paint.theme import Palette
from rumor_tui.ui.widgets.list_view import CURSOR, row_strip

if TYPE_CHECKING:
    from rumor_tui.marks.mark import Kind

WIDE = 64
"""Columns from which the author stands beside the sentence rather than above it."""
APART = 30
"""Columns from which there is an empty row between two places."""
MOST_ROWS = 6
"""The most rows that a sentence takes."""
ONLY: Final = "°"
"""Stands behind a figure that only comments have."""
LEGEND_FROM: Final = 100
"""Columns from which the legend of that sign always stands beside the figures."""

Word = tuple[str, Style]


class TrailItems:
    """Item k is the k-th line of a trail."""

    outline: Outline | None = None

    def __init__(
        self, index: TextIndex, palette: Palette, date: Callable[[int], str], number: Callable[[int], str]
    ) -> None:
        self.index = index
        self.palette = palette
        self.date = date
        """The date of a comment's row, as it is to be shown."""
        self.number = number
        """The number of a comment's row on its page."""
        self.lines: Sequence[TrailLine] = ()
        self.kind: Kind = "number"
        self.first_comment = -1
        self.earliest = -1
        self.focus = 0

    def take(self, index: TextIndex, lines: Sequence[TrailLine], kind: Kind) -> None:
        """Show these lines from now on."""
        self.index, self.lines, self.kind = index, lines, kind
        self.first_comment = next((n for n, line in enumerate(lines) if index.row_of(line.item) is not None), -1)
        self.earliest = self._earliest()

    def _earliest(self) -> int:
        """The line that was written first, unless it is the first comment anyway; else -1."""
        moments = self.index.thread.published
        dated = [
            (moment, n)
            for n, line in enumerate(self.lines)
            if (row := self.index.row_of(line.item)) is not None and (moment := moments[row]) is not None
        ]
        found = min(dated)[1] if dated else -1
        return found if found != self.first_comment else -1

    def heights(self, width: int) -> array[int]:
        """The height that most lines have."""
        return array("i", [3 if width >= APART else 2]) * len(self.lines)

    def state(self, item: int) -> tuple[Hashable, ...]:
        """What the look of an item depends on."""
        line = self.lines[item]
        row = self.index.row_of(line.item)
        date = "" if row is None else self.date(row)
        return (line, item == self.focus, self._remark(item), date, self.palette.name)

    def _remark(self, item: int) -> str:
        """A remark on a line besides its date; mostly none."""
        if item == self.first_comment:
            return "first comment" if item else ""
        return "earliest" if item == self.earliest else ""

    def _facts(self, item: int) -> list[str]:
        """In which of the discussions that a thread joins a line stands, when it was written, and a remark."""
        row = self.index.row_of(self.lines[item].item)
        if row is None:
            return [self._remark(item)] if self._remark(item) else []
        about = self.index.thread.discussions[row]
        facts = ("" if about is None else neutralise_line(about.label), self.date(row), self._remark(item))
        return [fact for fact in facts if fact]

    def who(self, item: int) -> tuple[str, str]:
        """Where a line stands: "article", or the comment's number; and its author, whose site is told besides."""
        place = self.lines[item].item
        row = self.index.row_of(place)
        if row is None:
            return "article" if place else "title", ""
        return self.number(row), neutralise_line(self.index.thread.authors[row] or "") or UNSIGNED

    # Painting

    def paint(self, item: int, width: int) -> Painted:
        """The rows of a line."""
        into, palette = Painted(), self.palette
        beside = min(max(width // 4, 18), 30) if width >= WIDE else 0
        text, spans = self._sentence(item)
        room = max(min(width - beside - 3, MEASURE), 1)
        left = self._beside(item, beside) if beside else []
        rows = self._wrapped(text, spans, room)
        lead = Segment(CURSOR if item == self.focus else " ", palette.cursor)
        if not beside:
            into.add(row_strip([lead, Segment(" ", palette.text), *self._above(item, width - 2)], width, palette))
        for n in range(max(len(rows), len(left))):
            side = left[n] if n < len(left) else [Segment(" " * (beside + 1 if beside else 1), palette.text)]
            into.add(row_strip([lead, *side, *(rows[n] if n < len(rows) else [])], width, palette))
        if width >= APART:
            into.add(row_strip([], width, palette))
        return into

    def _sentence(self, item: int) -> tuple[str, list[Span]]:
        line = self.lines[item]
        said = make_excerpt(self.index.item_text(line.item), line.places, self.index.body_start(line.item))
        return said.text, [Span(start, end, self.kind) for start, end in said.spans]

    def _wrapped(self, text: str, spans: list[Span], room: int) -> list[list[Segment]]:
        """The rows of a sentence, cut where there are too many."""
        stops = runs(len(text), spans, self.palette, self.palette.text)
        lines = wrap(text, room)
        rows = [_segments(text, line, stops) for line in lines[:MOST_ROWS]]
        if len(lines) > MOST_ROWS:
            start, end = lines[MOST_ROWS - 1]
            while end > start and cell_len(text[start:end]) > room - 2:
                end -= 1
            rows[-1] = [*_segments(text, (start, end), stops), Segment(" …", self.palette.quiet)]
        return rows

    def _beside(self, item: int, cells: int) -> list[list[Segment]]:
        """Who, where and when, on a few rows, each `cells` and a gap wide."""
        palette = self.palette
        place, author = self.who(item)
        first = self._named(place, author, cells - 1)
        rows = [[Segment(" ", palette.text), *first, Segment(" " * (cells - _cells(first)), palette.text)]]
        for facts in _packed(self._facts(item), cells - 1):
            shown = clip(facts, cells - 1)
            rows.append([Segment(" ", palette.text), Segment(shown.ljust(cells), palette.quiet)])
            rows[-1].append(Segment(" " * max(cells - max(cell_len(shown), cells), 0), palette.text))
        return rows

    def _above(self, item: int, cells: int) -> list[Segment]:
        """Who and when, on one row."""
        place, author = self.who(item)
        named = self._named(place, author, cells)
        more = clip("".join(f" · {fact}" for fact in self._facts(item)), cells - _cells(named))
        return [*named, Segment(more, self.palette.quiet)]

    def _named(self, place: str, author: str, cells: int) -> list[Segment]:
        palette = self.palette
        if not author:
            return [Segment(clip(place, cells), palette.strong)]
        style: Style = palette.quiet if author == UNSIGNED else palette.author(author)
        number = clip(place + " ", cells)
        return [Segment(number, palette.quiet), Segment(clip(author, cells - cell_len(number)), style)]


def _packed(facts: Sequence[str], cells: int) -> list[str]:
    """Facts one behind the other, on as many rows as they need."""
    rows: list[str] = []
    for fact in facts:
        longer = f"{rows[-1]} · {fact}" if rows else ""
        if longer and cell_len(longer) <= cells:
            rows[-1] = longer
        else:
            rows.append(fact)
    return rows


def _cells(segments: Sequence[Segment]) -> int:
    return sum(cell_len(segment.text) for segment in segments)


def _segments(text: str, line: tuple[int, int], stops: Sequence[tuple[int, Style]]) -> list[Segment]:
    """A line of a text in its styles."""
    at, end = line
    found: list[Segment] = []
    for stop, style in stops:
        if stop > at:
            found.append(Segment(text[at : min(stop, end)], style))
            at = stop
        if at >= end:
            break
    return found


# Above the places


def marks_line(marks: Sequence[TrailSubject], subject: TrailSubject, palette: Palette, width: int) -> list[Word]:
    """The marks of a text, the one that is followed highlighted."""
    parts: list[list[Word]] = []
    at = 0
    for n, mark in enumerate(marks):
        here = mark[:2] == subject[:2]
        at = n if here else at
        style = palette.number if mark.kind == "number" else palette.name_mark
        parts.append([(neutralise_line(mark.label), style if here else palette.quiet)])
    return _within(_Line(parts, "   "), at, palette, width)


def figures_line(trail: Trail, chosen: int, palette: Palette, width: int) -> list[Word]:
    """The claim itself, then the other figures: "units: 600 ×2 · 414 ×3 · around 100 ×2°"; `chosen` -1 is the claim."""
    quiet = palette.quiet
    own = _figure(trail.own, trail.total, trail.in_article, palette.strong, palette)
    parts = [own, *(_other(figure, n == chosen, palette) for n, figure in enumerate(trail.figures))]
    noun = neutralise_line(trail.noun)
    before = [(f"{noun}: " if noun else "figures: ", quiet)]
    some = not trail.in_article or any(not figure.in_article for figure in trail.figures)
    legend = [(f"{ONLY} only in comments", quiet)] if some else []
    return _within(_Line(parts, " · ", before, legend), chosen + 1, palette, width)


def _other(figure: CompetingFigure, here: bool, palette: Palette) -> list[Word]:
    style = palette.current if here else palette.text
    return _figure(figure.label, figure.total, figure.in_article, style, palette)


def _figure(label: str, total: int, in_article: int, style: Style, palette: Palette) -> list[Word]:
    part = [(neutralise_line(label), style)]
    if total > 1:
        part.append((f" ×{total:,}", palette.quiet))
    if not in_article:
        part.append((ONLY, palette.quiet))
    return part


class _Line(NamedTuple):
    """Words with gaps between them, and what stands before them and at the right end."""

    parts: list[list[Word]]
    gap: str
    before: Sequence[Word] = ()
    after: Sequence[Word] = ()


def _within(row: _Line, chosen: int, palette: Palette, width: int) -> list[Word]:
    """A row of at most this width with the chosen part in sight; `after` is left out first, then other parts."""
    parts, gap, before, after = row
    quiet, width = palette.quiet, width - 3
    whole = sum(_words_width(part) + len(gap) for part in parts) - len(gap) + _words_width(before)
    if whole + _words_width(after) + 3 > width < LEGEND_FROM:
        after = ()
    room = width - _words_width(before) - (_words_width(after) + 3 if after else 0)
    start = 0
    while start < chosen and sum(_words_width(part) + len(gap) for part in parts[start : chosen + 1]) > room - 4:
        start += 1
    line: list[Word] = [("  ", palette.text), *before]
    used = 0
    if start:
        line.append(("… ", quiet))
        used += 2
    for n, part in enumerate(parts[start:], start):
        lead = gap if n > start else ""
        more = 2 if n + 1 < len(parts) else 0
        if used + len(lead) + _words_width(part) + more > room and n > chosen:
            line.append((" …", quiet))
            used += 2
            break
        line += [(lead, quiet), *part]
        used += len(lead) + _words_width(part)
    if after:
        line += [(" " * max(room - used + 2, 2), quiet), *after]
    return line


def _words_width(parts: Sequence[Word]) -> int:
    return sum(cell_len(text) for text, _ in parts)
