"""Bookmarks and notes as they are painted: stars and pens in one-row parts, and each note below the text it is on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from rumor_tui.model import Block, Span
from rumor_tui.reading.annotated import Placed
from rumor_tui.text import neutralise, neutralise_line
from rumor_tui.ui.paint.blocks import Frame, Painted, blank_row, clip, paint_block

STAR: Final = "★"
"""The sign of a bookmark."""
PEN: Final = "✎"
"""The sign of a note."""
LONGEST_PASSAGE: Final = 80
"""Cells of the passage that a note says it stands on."""


def signs_of_kinds(kinds: Collection[str]) -> str:
    """What a header or a folded line shows: a star where something is marked, a pen where there is a note."""
    return (STAR if "mark" in kinds else "") + (PEN if "note" in kinds else "")


def annotation_signs(placed: Sequence[Placed]) -> str:
    """The same of bookmarks and notes."""
    return signs_of_kinds({one.annotation.kind for one in placed})


def noted_spans(placed: Sequence[Placed]) -> list[Span]:
    """The passages that notes stand on."""
    return [
        Span(one.stretch.start, one.stretch.end, "noted")
        for one in placed
        if one.stretch is not None and one.annotation.kind == "note"
    ]


def star_signs(placed: Sequence[Placed]) -> list[tuple[int, str]]:
    """The stars of bookmarks that stand on a passage, for the margin: where that begins, and the sign."""
    return [(one.stretch.start, STAR) for one in placed if one.stretch is not None and one.annotation.kind == "mark"]


def paint_notes(placed: Sequence[Placed], frame: Frame, into: Painted) -> None:
    """Append the notes of a text, each behind a blank row, with the passage that it stands on."""
    for one in placed:
        if one.annotation.kind == "note":
            into.add(blank_row(frame))
            _paint_note(one, frame, into)


def _paint_note(placed: Placed, frame: Frame, into: Painted) -> None:
    """A note; a passage that is not in the text any more is quoted all the same."""
    passage = clip(neutralise_line(placed.annotation.passage), LONGEST_PASSAGE)
    where = f"on “{passage}”" if placed.stretch is not None else f"on what was “{passage}”"
    head = f"{where}:\n" if passage else ""
    text = head + neutralise(placed.annotation.text).strip()
    spans = (Span(0, len(head) - 1, "emphasis"),) if head else ()
    paint_block(Block("paragraph", text, spans, indent=2, marker=PEN, quote=1), frame, (), -1, into)
