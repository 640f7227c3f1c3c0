"""Moving in the comments and in the article."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from rumor_tui.labels import plural
from rumor_tui.outline import Outline
from rumor_tui.reading.context import NO_COMMENTS, Commands, ReadingContext
from rumor_tui.reading.effects import Scroll, ScrollUnit


class Step(NamedTuple):
    """A way from a comment to another one (-1 where there is none), and what is said where there is none.

    `scroll` is by how much the article scrolls instead while it has the keys; None gives the comments the keys.
    """

    find: Callable[[Outline, int], int]
    otherwise: str
    scroll: Scroll | None = None


STEPS = {
    "next": Step(Outline.next, "This is the last comment.", Scroll("row", 1)),
    "previous": Step(Outline.previous, "This is the first comment.", Scroll("row", -1)),
    "next_sibling": Step(Outline.next_sibling, "No further comment at this level.", Scroll("row", 1)),
    "previous_sibling": Step(Outline.previous_sibling, "No earlier comment at this level.", Scroll("row", -1)),
    "next_root": Step(Outline.next_root, "No further top-level comment."),
    "previous_root": Step(Outline.previous_root, "No earlier top-level comment."),
    "parent": Step(lambda outline, row: outline.parent[row], "This comment answers the article."),
    "root": Step(Outline.root, ""),
    "top": Step(lambda outline, row: outline.first(), "", Scroll("end", -1)),
    "bottom": Step(lambda outline, row: outline.last(), "", Scroll("end", 1)),
}
"""By action name."""
SCROLLS: dict[str, ScrollUnit] = {"page": "page", "half_page": "half page", "line": "row"}
"""Actions that scroll the pane that has the keys, by the amount that they are given."""
INDENTS = range(1, 9)
"""Cells of indentation per level that one may choose."""


def take_step(reading: ReadingContext, name: str) -> None:
    """Go where the action `name` leads."""
    step = STEPS[name]
    if reading.state.in_article and step.scroll is not None:
        reading.scroll(step.scroll)
        return
    reading.focus_comments()
    if len(reading.outline):
        reading.go(step.find(reading.outline, reading.state.row), step.otherwise)
    else:
        reading.tell(NO_COMMENTS)


def switch_pane(reading: ReadingContext) -> None:
    """Give the keys to the other pane."""
    if len(reading.thread):
        reading.focus(in_article=not reading.state.in_article)
    else:
        reading.tell(NO_COMMENTS)


def _scroll(reading: ReadingContext, unit: ScrollUnit, amount: int) -> None:
    reading.scroll(Scroll(unit, amount))


def _indent(reading: ReadingContext, change: int) -> None:
    """More or fewer cells of indentation per level."""
    state = reading.state
    state.step = min(max(state.step + change, INDENTS[0]), INDENTS[-1])
    reading.effects.relayout = reading.effects.keep_place = True
    reading.tell(f"{plural(state.step, 'cell')} a level")


def _toggle_dates(reading: ReadingContext, argument: int) -> None:
    """Exact dates, or how long ago."""
    reading.state.absolute_dates = not reading.state.absolute_dates
    reading.effects.repaint = True


def commands(reading: ReadingContext) -> Commands:
    """The actions of moving, and of how comments are laid out."""
    steps = {name: partial(_step_command, reading, name) for name in STEPS}
    scrolls = {name: partial(_scroll, reading, unit) for name, unit in SCROLLS.items()}
    return {
        **steps,
        **scrolls,
        "other_pane": lambda argument: switch_pane(reading),
        "indent": partial(_indent, reading),
        "dates": partial(_toggle_dates, reading),
    }


def _step_command(reading: ReadingContext, name: str, argument: int) -> None:
    take_step(reading, name)
