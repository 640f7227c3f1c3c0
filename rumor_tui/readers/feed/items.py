"""What feeds of all formats contain: items, as their authors gave them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rumor_tui import blocks, markdown_format

MAX_SUMMARY_LENGTH = 300
"""Length of a summary in a listing, in characters."""

_LONGEST_LINE = 2_000
"""Length of a title or a name, in characters."""

_LOOKED_AT = 6_000
"""Characters of HTML that are used for a summary."""

_INLINE = (
    r"</?(?:a|abbr|b|big|bdi|br|cite|code|del|em|font|i|img|ins|kbd|mark|p|q|s|small|span|strike|strong|sub|sup|tt|u|wbr)"
    r"(?:\s[^<>]*)?/?>"
)
_BREAK = r"</?(?:br|p)(?:\s[^<>]*)?/?>"
_MARKUP = r"<[!/a-z]|&#?\w{1,31};"


@dataclass(slots=True)
class FeedItem:
    """One item of a feed. Addresses are absolute if the feed has a base address; bodies are HTML.

    `answers` are identifiers and addresses that may be those of the item that this one replies to. `comments` is the
    number of comments that the feed states, `discussion` the address of a page with them, and `comment_feed` that of a
    feed of them. `aside` is the text of
    comments that are not shown, such as spam in an export. `about` is the address of a page elsewhere that it is about.
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
    discussion: str = ""
    comment_feed: str = ""
    answers: tuple[str, ...] = ()
    aside: str = ""
    about: str = ""

    @property
    def body(self) -> str:
        """The content, or else the summary."""
        return self.content or self.summary


def item_names(item: FeedItem) -> Iterable[str]:
    """Everything by which another item may refer to this one."""
    return filter(None, (item.id, item.link, *item.others))


@dataclass(slots=True)
class Feed:
    """A feed and its items in its own order; `language` as in HTML's `lang`.

    `export` says that it is all of a site, an issue or a post, with their comments, and not a feed of what is new.
    """

    title: str = ""
    link: str = ""
    author: str = ""
    language: str | None = None
    items: Sequence[FeedItem] = field(default_factory=list)
    export: bool = False


def plain_line(markup: str) -> str:
    """A title or a name on one line, without control characters, and without the tags and entities of some feeds."""
    if "<" in markup:
        markup = re.sub(_BREAK, " ", markup, flags=re.IGNORECASE)
        markup = re.sub(_INLINE, "", markup, flags=re.IGNORECASE)
    return markdown_format.clean_field(" ".join(html.unescape(markup).split())[:_LONGEST_LINE]) or ""


def plain_to_html(plain: str) -> str:
    """Plain text as HTML."""
    paragraphs = re.split(r"\n\s*\n", plain.replace("\r\n", "\n").strip())
    return "".join(
        f"<p>{html.escape(paragraph, quote=False)}</p>".replace("\n", "<br>") for paragraph in paragraphs if paragraph
    )


def text_to_html(text: str) -> str:
    """The text of an element that may contain HTML or plain text, as HTML."""
    return text.strip() if re.search(_MARKUP, text, re.IGNORECASE) else plain_to_html(text)


def summarise(body: str) -> str:
    """The beginning of an HTML body as one line of plain text."""
    text = markdown_format.clean_field(blocks.body_text(body[:_LOOKED_AT], "html")) or ""
    return text if len(text) <= MAX_SUMMARY_LENGTH else text[: MAX_SUMMARY_LENGTH - 1].rsplit(" ", 1)[0] + "…"
