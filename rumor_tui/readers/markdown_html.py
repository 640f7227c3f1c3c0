"""A page's Markdown that still has the page's tags, as pandoc writes it, put back into HTML for the reader of pages.

The tags pass as they are; lists, headings, paragraphs, links and emphasis between them become elements again. This is
no renderer of documents: it is linear in the source, and knows only what converters write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from rumor_tui.readers.markdown_lines import MarkdownLine, parse_markdown_lines

_ATTRIBUTED = re.compile(r"<(?:div|section|article|li|ul|ol|table|p|h[1-6])\s+(?:class|id|itemprop)=", re.IGNORECASE)
LEAST_TAGS = 8
"""Block elements with a class or an id that show that a page's tags were left in: a README has a few at most."""

SHOWN = 400_000
"""Characters in which a source shows what it is."""

_BLOCK = re.compile(
    r"</?(?:div|section|article|aside|main|header|footer|nav|ul|ol|li|dl|dt|dd|table|tbody|thead|tr|td|th|p|h[1-6]"
    r"|blockquote|pre|form|figure|details|summary|hr|!--)\b",
    re.IGNORECASE,
)
_LONGEST_COMMENT = 20_000
"""Characters of a comment of HTML; a longer one is text in which something looks like one."""
_SPLIT_TAG = re.compile(r"<[a-zA-Z/][^<>]{0,8000}>")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_CODE = re.compile(r"(`{1,3})((?:(?!`).){1,2000})\1", re.DOTALL)
_TARGET = (
    r"\(\s*<?(?P<to>[^\s()<>]{0,2000}(?:\([^\s()<>]{0,400}\)[^\s()<>]{0,2000})?)>?"
    r"(?:\s+\"(?P<title>[^\"]{0,1000})\")?\s*\)"
)
_IMAGE = re.compile(rf"!\[(?P<text>[^\[\]]{{0,400}})\]{_TARGET}")
_LINK = re.compile(rf"\[(?P<text>[^\[\]]{{0,2000}})\]{_TARGET}")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_STRONG = re.compile(r"\*\*(?=\S)((?:(?!\*\*).){1,1000}?)(?<=\S)\*\*", re.DOTALL)
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=\S)((?:(?!\1).){1,1000}?)(?<=\S)\1(?![\w*])", re.DOTALL)


def has_page_tags(source: str) -> bool:
    """Whether a Markdown source has the block elements of a page in it."""
    head = source[:SHOWN]
    return head.count("<") >= LEAST_TAGS and sum(1 for _ in _ATTRIBUTED.finditer(head)) >= LEAST_TAGS


def page_html(source: str, title: str = "") -> str:
    """The source as an HTML page."""
    body = "\n".join(_elements(source, MAX_QUOTES))
    return f"<!doctype html><html><head><title>{_escape(title)}</title></head><body>{body}</body></html>"


MAX_QUOTES = 12
"""Levels of block quotes in which elements are recognised."""


def join_split_tags(source: str) -> str:
    """The source with each tag on one row, as converters wrap rows inside tags, too, and without comments of HTML."""
    if "<" not in source:
        return source
    return _SPLIT_TAG.sub(lambda match: " ".join(match.group().split("\n")), _without_comments(source))


def _without_comments(source: str) -> str:
    """The source without comments of HTML; one that does not end is text. Takes linear time."""
    kept, done, at = [], 0, 0
    while (start := source.find("<!--", at)) >= 0 and (end := source.find("-->", start + 4)) >= 0:
        at = end + 3
        start = source.find("<!--", max(start, end - _LONGEST_COMMENT - 4), end + 2)
        if start >= 0 and end < start + 4:  # what looked like the end belongs to this beginning: <!-->
            at = start
        elif start >= 0:
            kept.append(source[done:start])
            done = at
    return "".join([*kept, source[done:]])


def _elements(source: str, quotes: int) -> Iterator[str]:
    """The elements of a source; `quotes` is how many levels of block quotes may be in it."""
    lines = parse_markdown_lines(join_split_tags(source))
    items: list[int] = []
    for kind, group in groupby(lines, _kind):
        if kind == "code":
            yield f"<pre>{_escape(chr(10).join(line.source for line in group).strip(chr(10)))}</pre>"
        elif kind == "quote":
            quoted = "\n".join(line.source[1:].removeprefix(" ") for line in group)
            yield from ("<blockquote>", *_elements(quoted, quotes - 1), "</blockquote>") if quotes else (quoted,)
        else:
            for line in group if kind == "text" else ():
                yield from _list_edges(items, line)
                yield _block(line)
    yield "</li></ul>" * len(items)


def _kind(line: MarkdownLine) -> str:
    if not line.literal:
        return "text" if line.line.text or line.source.strip() or line.line.bullet else "blank"
    return "quote" if line.source.startswith(">") else "code"


def _list_edges(items: list[int], line: MarkdownLine) -> Iterator[str]:
    """The ends of list items that a line is not in, and the beginning of its own; `items` holds the open columns."""
    column, bullet = line.line.indent, line.line.bullet
    while items and (items[-1] > column or (items[-1] == column and not bullet)):
        items.pop()
        yield "</li></ul>"
    if bullet and items and items[-1] == column:
        yield "</li><li>"
    elif bullet:
        items.append(column)
        yield "<ul><li>"


def _block(line: MarkdownLine) -> str:
    if line.level:
        return f"<h{line.level}>{_inline(line.source)}</h{line.level}>"
    if _BLOCK.match(line.source.lstrip()):
        return _inline(line.source)
    return f"<p>{_inline(line.source)}</p>"


def _inline(source: str) -> str:
    """A paragraph's Markdown as HTML; its tags pass."""
    text = _ESCAPE.sub(lambda match: f"&#{ord(match[1])};", source)
    if "`" in text:
        text = _CODE.sub(lambda match: f"<code>{_literal(match[2])}</code>", text)
    if "](" in text:
        text = _IMAGE.sub(
            lambda match: f'<img src="{_attribute(match["to"])}" alt="{_attribute(match["text"])}">', text
        )
        text = _LINK.sub(_anchor, text)
    text = _AUTOLINK.sub(r'<a href="\1">\1</a>', text)
    if "*" in text or "_" in text:
        text = "".join(part if part[:1] == "<" else _emphasised(part) for part in _TAGS.split(text))
    return text


_TAGS = re.compile(r"(<[^<>]{0,4000}>)")


def _emphasised(text: str) -> str:
    return _EMPHASIS.sub(r"<i>\2</i>", _STRONG.sub(r"<b>\1</b>", text))


def _literal(code: str) -> str:
    return "".join(char if char.isalnum() or char.isspace() else f"&#{ord(char)};" for char in _unescape(code))


def _escape(text: str) -> str:
    import html

    return html.escape(text)


def _unescape(text: str) -> str:
    import html

    return html.unescape(text)


def _attribute(value: str) -> str:
    return _escape(_unescape(value))


def _anchor(match: re.Match[str]) -> str:
    title = f' title="{_attribute(match["title"])}"' if match["title"] else ""
    return f'<a href="{_attribute(match["to"])}"{title}>{match["text"]}</a>'
