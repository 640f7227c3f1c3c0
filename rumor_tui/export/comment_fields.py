"""Shared by all writers: bodies as Markdown or text, and the neutral fields of a comment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rumor_tui import article_facts, blocks, discussion_rows, links, markdown_format, text
from rumor_tui.labels import plural
from rumor_tui.model import Article, Block, Comment, Discussion, Draft, Format, Thread


@dataclass(frozen=True, slots=True)
class ReplyTo:
    """The parent that the text of a comment shows if the page does not: the earlier row `index`.

    `evidence` is the kind of evidence in the text; `confidence` is from 0 to 1.
    """

    index: int
    evidence: str
    confidence: float


def body_to_markdown(body: str, format: Format) -> str:
    """A body as Markdown, with the typography of the source; a Markdown body stays as written.

    In other bodies, a link that leads neither to the web nor to a mailbox is replaced by its text.
    """
    if format == "markdown":
        return text.neutralise_for_file(body).strip("\n")
    return _as_markdown(blocks.parse_body(body, format, clean=text.neutralise_for_file))


def body_in_both(body: str, format: Format) -> tuple[str, str]:
    """A body as text and as Markdown, read once for both."""
    if format == "markdown":
        return body_to_text(body, format), body_to_markdown(body, format)
    parsed = blocks.parse_body(body, format, clean=text.neutralise_for_file)
    return "\n\n".join(block.text for block in parsed), _as_markdown(parsed)


def _as_markdown(parsed: Sequence[Block]) -> str:
    return blocks.to_markdown([_without_unsafe_links(block) for block in parsed]).strip("\n")


def _without_unsafe_links(block: Block) -> Block:
    spans = tuple(span for span in block.spans if span.role != "link" or is_safe_link(span.target))
    return block if len(spans) == len(block.spans) else replace(block, spans=spans)


def is_safe_link(address: str) -> bool:
    """Whether an address is relative, or has a scheme that may be opened."""
    scheme, colon, _ = address.strip().partition(":")
    return not colon or scheme.lower() in links.SCHEMES or not scheme.replace("+", "").replace("-", "").isalnum()


def body_to_text(body: str, format: Format, *, repair: bool = False) -> str:
    """A body as plain text, with empty lines between paragraphs.

    Addresses in Markdown are kept, after the text of their link, because they are text in the source too.
    """
    if format == "markdown" and "](" in body:
        return blocks.to_text(blocks.parse_body(body, format, repair, text.neutralise_for_file))
    return blocks.body_text(body, format, repair, text.neutralise_for_file)


def article_to_markdown(article: Article) -> str:
    """The text of the article as Markdown, without that of a linked page."""
    return pieces_to_markdown(article.own_pieces, article.format)


def pieces_to_markdown(pieces: Sequence[str], format: Format) -> str:
    """Pieces of an article as Markdown."""
    return "\n\n".join(filter(None, (body_to_markdown(piece, format) for piece in pieces)))


def article_to_text(article: Article) -> str:
    """The text of the article as plain text, without that of a linked page."""
    return pieces_to_text(article.own_pieces, article.format)


def pieces_to_text(pieces: Sequence[str], format: Format) -> str:
    """Pieces of an article as plain text, without the descriptions of pictures that stand by themselves.

    Those are no words of the article, and programs that count or compare its words want these alone; its Markdown has
    the pictures. Where there are hardly other words, as in a comic or a link post, they are the text.
    """
    whole = "\n\n".join(filter(None, (body_to_text(piece, format) for piece in pieces)))
    if format != "html" or not any("<img" in piece for piece in pieces):
        return whole
    words = "\n\n".join(filter(None, map(_without_pictures, pieces)))
    return words if 2 * len(words) >= len(whole) else whole


def _without_pictures(piece: str) -> str:
    if "<img" not in piece:
        return body_to_text(piece, "html")
    parsed = blocks.parse_body(piece, "html", clean=text.neutralise_for_file)
    return "\n\n".join(block.text for block in parsed if not _is_picture(block))


def _is_picture(block: Block) -> bool:
    """Whether a block is a picture, or several, and nothing else."""
    pictures = [span for span in block.spans if span.role == "image"]
    outside = list(block.text)
    for span in pictures:
        outside[span.start : span.end] = " " * (span.end - span.start)
    return bool(pictures) and not "".join(outside).strip()


def iter_comments(thread: Thread) -> Iterator[tuple[Comment, Draft]]:
    """Every comment in pre-order, with its neutral one-line fields (without the body)."""
    for comment in thread.comments():
        yield comment, clean_fields(comment)


def clean_fields(comment: Comment) -> Draft:
    """The fields of a comment without its body, each neutral and on one line."""
    return Draft(
        author=markdown_format.clean_field(comment.author),
        parent=comment.parent,
        published=comment.published if markdown_format.format_iso(comment.published) else None,
        published_text=markdown_format.clean_field(comment.published_text),
        id=markdown_format.clean_field(
            comment.id if comment.discussion is None else discussion_rows.own_id(comment.id)
        ),
        score=comment.score,
        url=markdown_format.clean_field(comment.url),
        deleted=comment.deleted,
        **_discussion_fields(comment.heading),
    )


def _discussion_fields(about: Discussion | None) -> dict[str, Any]:
    """The fields of a comment that is the row of a discussion."""
    if about is None:
        return {}
    label, title = map(markdown_format.clean_field, (about.label, about.title))
    return {"site": label or "", "title": title or "", "comments": about.comments}


def answered(comment: Comment, depth: int, level: int, answers: Sequence[int]) -> int | None:
    """The row that a comment's byline must name as what it answers, since the layout does not show it; or None.

    `level` is how deep the comment stands, which is less than its `depth` where indentation stops growing. Of a thread
    that is shown flat, `answers` are the rows that its comments answer.
    """
    if answers:
        return answers[comment.index] if answers[comment.index] >= 0 else None
    return comment.parent if depth > level else None


def display_date(draft: Draft) -> str:
    """When a comment was written, for display: the date in UTC, or the wording of the source."""
    return markdown_format.format_utc(draft.published) or draft.published_text or ""


def linked_text(article: Article) -> Sequence[str]:
    """The pieces of a linked page, without a first one that is only its title, which stands above them already."""
    pieces, page = article.linked_pieces, article.linked
    title = article_facts.linked_title(page) if page is not None else ""
    if not pieces or body_to_text(pieces[0], article.format).strip() != title:
        return pieces
    is_code = any(block.kind == "code" for block in blocks.parse_body(pieces[0], article.format))
    return pieces if is_code else pieces[1:]


def heading_of_comments(thread: Thread) -> str:
    """How many comments there are: "12 comments", "12 comments in 3 discussions", "No comments"."""
    count, discussions = discussion_rows.count_comments(thread), len(discussion_rows.discussion_rows(thread))
    words = plural(count, "comment") if count else "No comments"
    return f"{words} in {plural(discussions, 'discussion')}" if discussions else words
