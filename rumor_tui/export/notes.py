"""A reader's own bookmarks and notes in exports: which row they stand on, and the lines and fields that say them.

No form mixes them with the texts of others: where it is read again, the texts come back without them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from rumor_tui import markdown_format, text
from rumor_tui.model import ARTICLE_ROW

if TYPE_CHECKING:
    from rumor_tui.library_types import Annotation

Notes: TypeAlias = "Mapping[int, Sequence[Annotation]]"
"""Bookmarks and notes by the row that they stand on."""

NO_NOTES: Notes = MappingProxyType({})
STAR: Final = "★"
PEN: Final = "✎"


def notes_by_row(annotations: Sequence[Annotation], handles: Sequence[int]) -> dict[int, list[Annotation]]:
    """Bookmarks and notes by row; `handles` are those of the rows.

    What stands on a comment that is not there is left out.
    """
    wanted = {one.handle for one in annotations}
    rows = {handle: row for row, handle in enumerate(handles) if handle in wanted}
    rows[0] = ARTICLE_ROW
    found: dict[int, list[Annotation]] = {}
    for one in annotations:
        if one.handle in rows:
            found.setdefault(rows[one.handle], []).append(one)
    return found


def note_fields(annotations: Sequence[Annotation]) -> list[dict[str, Any]]:
    """Bookmarks and notes as JSON has them."""
    return [
        {
            "uid": markdown_format.clean_field(one.uid),
            "kind": one.kind,
            "text": text.neutralise_for_file(one.text),
            "passage": text.neutralise_for_file(one.passage),
            "start": one.start,
            "made": markdown_format.format_iso(one.made),
            "changed": markdown_format.format_iso(one.changed),
        }
        for one in annotations
    ]


def note_head(one: Annotation) -> str:
    """What stands before the text of a note: the pen, and the passage; of a bookmark all that there is of it."""
    passage = text.neutralise_line(one.passage, text.neutralise_for_file)
    if one.kind == "mark":
        return f"{STAR} marked" + (f": “{passage}”" if passage else "")
    return f"{PEN} on “{passage}”:" if passage else PEN


def note_lines(annotations: Sequence[Annotation]) -> list[str]:
    """Bookmarks and notes as lines, an empty one between two of them; the lines of one are indented but for the first.

    No line can be taken for anything else of the forms that have lines.
    """
    lines: list[str] = []
    for one in annotations:
        words = text.neutralise_for_file(one.text).strip()  # no blank line at an end: those that follow are counted
        body = words.split("\n") if words else []
        head = note_head(one)
        first = f"{head} {body[0]}" if body else head
        lines += [*([""] if lines else []), first, *(f"  {line}".rstrip() for line in body[1:])]
    return lines


def stated_lines(lines: Sequence[str]) -> str:
    """How a byline says that so many lines below its comment are notes; "" for none."""
    return f"{len(lines)} line{'' if len(lines) == 1 else 's'} of notes" if lines else ""
