"""What all kinds of feeds hold: items about a subject, as their writers gave them."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rumor_tui import markdown_format

MAX_SUMMARY_LENGTH = 300
"""Characters of a summary in a list."""

_LONGEST_LINE = 2_000
"""Characters of a title or a name."""

_LOOKED_AT = 6_000
"""Characters of HTML from which a summary is made."""

_INLINE = (
    r"</?(?:a|abbr|b|big|bdi|br|cite|code|del|em|font|i|img|ins|kbd|mark|p|q|s|small|span|strike|strong|sub|sup|tt|u|wbr)"
    r"(?:\s[^<>]*)?/?>"
)
_UNSEEN = r"<(script|style)\b.*?(?:</\1\s*>|\Z)"
_ANY_TAG = r"<[!/?a-z][^<>]*>?"
_MARKUP = r"<[!/a-z]|&#?\w{1,31};"


@dataclass(slots=True)
class FeedItem:
    """One entry of a feed. All addresses are absolute where the feed tells against what; bodies are HTML.

    `answers` are the identifiers and addresses of which one may be another item's: what this one replies to.
    `comments` is the number of comments that the feed tells, and `comment_feed` the address of a feed of them.
    """

    title: str = ""
    author: str = ""
    id: str = ""
    link: str = ""
    others: tuple[str, ...] = ()
    date: str = ""
    summary: str = ""
    content: str = ""
    comments: int | None = None
    comment_feed: str = ""
    answers: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        """The content, or what there is of it."""
        return self.content or self.summary


@dataclass(slots=True)
class Feed:
    """A feed and its items in its own order; `language` as in HTML's `lang`."""

    title: str = ""
    link: str = ""
    author: str = ""
    language: str | None = None
    items: Sequence[FeedItem] = field(default_factory=list)


def plain_line(markup: str) -> str:
    """A title or a name on one neutral line, without the tags and character references that some feeds put in."""
    if "<" in markup:
        markup = re.sub(_INLINE, "", markup, flags=re.IGNORECASE)
    return markdown_format.clean_field(" ".join(html.unescape(markup).split())[:_LONGEST_LINE]) or ""


def plain_to_html(plain: str) -> str:
    """Plain text as HTML that shows the same."""
    paragraphs = re.split(r"\n\s*\n", plain.replace("\r\n", "\n").strip())
    return "".join(
        f"<p>{html.escape(paragraph, quote=False)}</p>".replace("\n", "<br>") for paragraph in paragraphs if paragraph
    )


def text_to_html(text: str) -> str:
    """The text of an element that may hold HTML or plain text, as HTML."""
    return text.strip() if re.search(_MARKUP, text, re.IGNORECASE) else plain_to_html(text)


def summarise(body: str) -> str:
    """The beginning of an HTML body as plain text on one line."""
    head = re.sub(_UNSEEN, " ", body[:_LOOKED_AT], flags=re.IGNORECASE | re.DOTALL)
    text = (
        markdown_format.clean_field(" ".join(html.unescape(re.sub(_ANY_TAG, " ", head, flags=re.IGNORECASE)).split()))
        or ""
    )
    return text if len(text) <= MAX_SUMMARY_LENGTH else text[: MAX_SUMMARY_LENGTH - 1].rsplit(" ", 1)[0] + "…"
