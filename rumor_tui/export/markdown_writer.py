"""Markdown: front matter, the article, and the discussion as a nested list (see `rumor_tui.markdown_format`).

`rumor_tui.export` says what is preserved when the file is opened again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TextIO

from rumor_tui import article_facts, markdown_format, outline
from rumor_tui.discussion_rows import count_comments
from rumor_tui.export import comment_fields
from rumor_tui.export.notes import NO_NOTES, Notes, note_lines
from rumor_tui.labels import plural
from rumor_tui.model import ARTICLE_ROW, Article, Comment, Draft, Thread


def write(thread: Thread, out: TextIO, answers: Sequence[int] = (), notes: Notes = NO_NOTES) -> None:
    """Write the thread as Markdown; `answers` and `notes` as in `rumor_tui.export`."""
    for part in _head(thread.article, note_lines(notes.get(ARTICLE_ROW, ()))):
        out.write(part + "\n\n")
    out.write(f"## {plural(count_comments(thread), 'comment') if len(thread) else 'No comments'}\n")
    depths = outline.depths(thread.parent)
    for comment, draft in comment_fields.iter_comments(thread):
        depth = depths[comment.index]
        to = comment_fields.answered(comment, depth, min(depth, markdown_format.MAX_INDENT), answers)
        body = comment_fields.body_to_markdown(comment.body, thread.format)
        out.writelines(_comment(comment, draft, depth, to, body, notes=note_lines(notes.get(comment.index, ()))))


def _head(article: Article, notes: Sequence[str]) -> Iterator[str]:
    """The parts before the discussion: front matter, the title as a heading, the text."""
    title = markdown_format.clean_field(article.title) or ""
    facts = article_facts.article_facts(article)
    own = comment_fields.article_to_markdown(article)
    if article.linked is not None and (place := article_facts.place_of_head(own, article.linked)):
        facts[article_facts.PLACE] = place
    if notes:
        facts["notes"] = "\n".join(notes)
    known = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items())
    yield "\n".join(["---", *known, "---"])
    if title:
        yield f"# {markdown_format.escape_markdown(title)}"
    if own:
        yield own
    if article.linked is not None:
        yield article_facts.markdown_head(article.linked)
        if body := comment_fields.pieces_to_markdown(comment_fields.linked_text(article), article.format):
            yield body


def _comment(
    comment: Comment, draft: Draft, depth: int, answered: int | None, body: str, *, notes: Sequence[str]
) -> Iterator[str]:
    """The lines of one comment, each with its line end; its notes are quoted below its text."""
    indent, number = "  " * min(depth, markdown_format.MAX_INDENT), comment.index + 1
    to = answered + 1 if answered is not None else None
    lines = body.split("\n") if body else []
    misleading = any(_is_byline(line, number + 1) for line in lines)
    stated = len(lines) if misleading else None
    yield f"\n{indent}- {markdown_format.format_byline(number, draft, to, stated, len(notes))}\n"
    if lines:
        yield "\n"
    for line in lines:
        yield f"{indent}  {line}\n" if line else "\n"
    if notes:
        yield "\n"
    for line in notes:
        yield f"{indent}  {'> ' + line if line else '>'}\n"


def _is_byline(line: str, number: int) -> bool:
    """Whether a reader would mistake this line of a body for the byline of the next comment."""
    bare = line.lstrip(" ")
    if not bare.startswith("- **"):
        return False
    byline = markdown_format.parse_byline(bare[2:])
    return byline is not None and byline.number == number
