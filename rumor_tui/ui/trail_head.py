"""What stands above the places of a trail: the marks of the text that it came from, the other figures, the strip."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from rich.style import Style

from rumor_tui.search.claims.figures import CompetingFigure
from rumor_tui.search.claims.trail import Trail, TrailSubject
from rumor_tui.text import cell_len, neutralise_line
from rumor_tui.ui.theme import Palette

ONLY: Final = "°"
"""Stands behind a figure that only comments have."""
WIDE: Final = 100
"""Columns from which on what the sign means always stands beside the figures."""

Part = tuple[str, Style]


def marks_line(marks: Sequence[TrailSubject], subject: TrailSubject, palette: Palette, width: int) -> list[Part]:
    """The marks of a text, of which the one that is followed is lit."""
    parts: list[list[Part]] = []
    at = 0
    for n, mark in enumerate(marks):
        here = mark[:2] == subject[:2]
        at = n if here else at
        lit = palette.number if mark.kind == "number" else palette.name_mark
        parts.append([(neutralise_line(mark.label), lit if here else palette.quiet)])
    return _within(_Row(parts, "   "), at, palette, width)


def figures_line(trail: Trail, chosen: int, palette: Palette, width: int) -> list[Part]:
    """The claim itself, then the other figures: "units: 600 ×2 · 414 ×3 · around 100 ×2°"; `chosen` -1 is the claim."""
    quiet = palette.quiet
    own = _figure(trail.own, trail.total, trail.in_article, palette.strong, palette)
    parts = [own, *(_other(figure, n == chosen, palette) for n, figure in enumerate(trail.figures))]
    noun = neutralise_line(trail.noun)
    before = [(f"{noun}: " if noun else "figures: ", quiet)]
    some = not trail.in_article or any(not figure.in_article for figure in trail.figures)
    legend = [(f"{ONLY} only in comments", quiet)] if some else []
    return _within(_Row(parts, " · ", before, legend), chosen + 1, palette, width)


def _other(figure: CompetingFigure, here: bool, palette: Palette) -> list[Part]:
    style = palette.current if here else palette.text
    return _figure(figure.label, figure.total, figure.in_article, style, palette)


def _figure(label: str, total: int, in_article: int, style: Style, palette: Palette) -> list[Part]:
    part = [(neutralise_line(label), style)]
    if total > 1:
        part.append((f" ×{total:,}", palette.quiet))
    if not in_article:
        part.append((ONLY, palette.quiet))
    return part


class _Row(NamedTuple):
    """Parts with gaps between them, and what stands before them and at the right end."""

    parts: list[list[Part]]
    gap: str
    before: Sequence[Part] = ()
    after: Sequence[Part] = ()


def _within(row: _Row, chosen: int, palette: Palette, width: int) -> list[Part]:
    """A row of at most this width, in which the chosen part is in sight; its end goes first where there is no room."""
    parts, gap, before, after = row
    quiet, width = palette.quiet, width - 3
    whole = sum(_cells(part) + len(gap) for part in parts) - len(gap) + _cells(before)
    if whole + _cells(after) + 3 > width < WIDE:
        after = ()
    room = width - _cells(before) - (_cells(after) + 3 if after else 0)
    start = 0
    while start < chosen and sum(_cells(part) + len(gap) for part in parts[start : chosen + 1]) > room - 4:
        start += 1
    line: list[Part] = [("  ", palette.text), *before]
    used = 0
    if start:
        line.append(("… ", quiet))
        used += 2
    for n, part in enumerate(parts[start:], start):
        lead = gap if n > start else ""
        more = 2 if n + 1 < len(parts) else 0
        if used + len(lead) + _cells(part) + more > room and n > chosen:
            line.append((" …", quiet))
            used += 2
            break
        line += [(lead, quiet), *part]
        used += len(lead) + _cells(part)
    if after:
        line += [(" " * max(room - used + 2, 2), quiet), *after]
    return line


def _cells(parts: Sequence[Part]) -> int:
    return sum(cell_len(text) for text, _ in parts)
