"""A reader's own bookmarks and notes as one Markdown document: by thread, each below what it stands on.

It is for reading and for other programs, and is not read again: `rumor_tui.export` has the forms that are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, TextIO

from rumor_tui import markdown_format, text
from rumor_tui.export import comment_fields
from rumor_tui.export.notes import STAR, Notes
from rumor_tui.links import openable
from rumor_tui.model import ARTICLE_ROW, Thread

if TYPE_CHECKING:
    from rumor_tui.library_types import Annotation

QUOTED: Final = 300
"""Characters of a text that are quoted where no passage is named."""


def write_heading(out: TextIO) -> None:
    """Write what stands above the first thread."""
    out.write("# Bookmarks and notes\n")


def write_thread_notes(thread: Thread, notes: Notes, out: TextIO) -> None:
    """Write the bookmarks and notes of a thread, those of the article first."""
    article = thread.article
    title = markdown_format.clean_field(article.title) or "A thread without a title"
    out.write(f"\n## {markdown_format.escape_markdown(title)}\n")
    if address := _address(article.discussion_url or article.url):
        out.write(f"\n<{address}>\n")
    for row in sorted(notes):
        if notes[row]:
            out.write("\n" + "\n\n".join(_row(thread, row, notes[row])) + "\n")


def _row(thread: Thread, row: int, annotations: Sequence[Annotation]) -> Iterator[str]:
    yield f"### {_heading(thread, row)}"
    begin = "" if row < 0 else comment_fields.body_to_text(thread.bodies[row], thread.format, repair=thread.repair)
    for one in annotations:
        yield _quoted(one, begin)
        if one.text.strip():
            yield text.neutralise_for_file(one.text).strip()


def _heading(thread: Thread, row: int) -> str:
    """Whose text it is, linked where it has an address, when it was written, and whether it was deleted."""
    if row == ARTICLE_ROW:
        return "The article"
    draft = comment_fields.clean_fields(thread.comment(row))
    name = markdown_format.escape_markdown(draft.author or markdown_format.UNSIGNED)
    address = _address(draft.url)
    label = f"{name} \\#{row + 1}"
    date = comment_fields.display_date(draft)
    facts = [f"[{label}](<{address}>)" if address else label, date, "deleted" if draft.deleted else ""]
    return " · ".join(filter(None, facts))


def _quoted(one: Annotation, begin: str) -> str:
    """The words that a bookmark or a note stands on, as a quotation."""
    words = " ".join(text.neutralise_for_file(one.passage or begin).split())
    if not one.passage and len(words) > QUOTED:
        words = words[:QUOTED].rstrip() + "…"
    sign = f"{STAR} " if one.kind == "mark" else ""
    return f"> {sign}{markdown_format.escape_markdown(words) or 'all of it'}"


def _address(address: str | None) -> str:
    return openable(address) or "" if address else ""
