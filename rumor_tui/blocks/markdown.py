"""Markdown bodies: the tokens of markdown-it turned into blocks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from rumor_tui.blocks.builder import BlockBuilder, Cell, Clean
from rumor_tui.blocks.effort import CERTAIN, affordable
from rumor_tui.blocks.plain import parse_plain
from rumor_tui.blocks.scripts import script_text
from rumor_tui.blocks.spans import ADDRESS, trim_address
from rumor_tui.model import Block, BlockKind, Role, Span
from rumor_tui.text import neutralise

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

MAX_NESTING: Final = 20
"""Levels of containers, two for a list. markdown-it drops what is deeper, so such a body is parsed as plain text.

The time for nested brackets grows with this number, too; 20 is the limit of markdown-it's CommonMark preset.
"""
MAX_BRACKETS: Final = 300
"""Unclosed brackets in a paragraph: for each, markdown-it scans all that follows."""
_SCRIPT: Final = re.compile(r"<(su[bp])>([^<>&\n\\`*_~\[\]]{1,40})</\1>")
_BRACKETS: Final = re.compile(r"\n *\n|[\[\]]")

_UNLIKE_PROSE: Final = re.compile(r"[^\w\n .,:;?!'\"()%$/+=#@“”‘’–—…-]|_| \n|(?:\A|\n)(?=[^\n])(?![^\W\d])")
"""What may mean something in Markdown: all but letters, digits and common punctuation, and a line that does not begin
with a letter."""
_PARAGRAPH_ENDS: Final = re.compile("\n\n+")

_ROLES: Final[dict[str, Role]] = {"em": "emphasis", "strong": "strong", "s": "strike", "link": "link"}


@cache
def parser() -> MarkdownIt:
    """The parser, made once: CommonMark with tables and strikethrough. HTML stays text, addresses stay as written."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING})
    made.enable(["table", "strikethrough"])
    made.inline.ruler.before("escape", "address", _address_rule)
    made.inline.ruler.before("escape", "script", _script_rule)
    as_written: dict[str, Callable[[str], object]] = {
        "validateLink": lambda url: True,
        "normalizeLink": str,
        "normalizeLinkText": str,
    }
    for name, function in as_written.items():
        setattr(made, name, function)
    return made


def _address_rule(state: StateInline, silent: bool) -> bool:
    """An inline rule that takes a bare web address whole, so that its underscores and stars stay as they are.

    It makes text, not a link: `canonical_spans` finds the addresses in the text of every format alike.
    """
    if not state.src.startswith("://", state.pos):
        return False
    scheme = state.pending[-5:].lower()
    scheme = scheme if scheme == "https" else scheme[-4:]
    start = state.pos - len(scheme)
    match = ADDRESS.match(state.src, start, state.posMax) if scheme in ("http", "https") else None
    address = _before_bracket(trim_address(match[0]), state.linkLevel > 0) if match else ""
    if len(address) <= len(scheme) + 3:
        return False
    if not silent:
        state.pending += address[len(scheme) :]
    state.pos = start + len(address)
    return True


def _script_rule(state: StateInline, silent: bool) -> bool:
    """An inline rule for raised and lowered text, which Markdown has no signs for and which people tag as in HTML."""
    match = _SCRIPT.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.pending += script_text(match[1], match[2], state.pending[-1:])
    state.pos = match.end()
    return True


def _before_bracket(address: str, in_link: bool) -> str:
    """The address up to a bracket that would end the link's text which it is in."""
    return address.partition("]")[0] if in_link else address


@dataclass(slots=True)
class _Reader:
    builder: BlockBuilder
    kind: BlockKind = "paragraph"
    level: int = 0


def parse_markdown(body: str, clean: Clean = neutralise) -> list[Block]:
    """The blocks of a neutral Markdown text; what of it takes too long is taken as plain text."""
    blocks: list[Block] = []
    for stretch, easy in affordable(body):
        blocks += _parse_stretch(stretch, clean) if easy else parse_plain(stretch, clean)
    return blocks


def fast_markdown_text(body: str) -> str | None:
    """The texts of a neutral body's blocks joined by empty lines; None if that takes a parse."""
    text = body.lstrip("\n").rstrip(" \n")
    if len(text) > CERTAIN or _UNLIKE_PROSE.search(text):
        return None
    return "\n\n".join(part.replace("\n", " ") for part in _PARAGRAPH_ENDS.split(text)) if "\n" in text else text


def _parse_stretch(body: str, clean: Clean) -> list[Block]:
    if _has_many_brackets(body):
        return parse_plain(body, clean)
    reader = _Reader(BlockBuilder(clean))
    for token in parser().parse(body):
        if token.level >= MAX_NESTING - 1:
            return parse_plain(body, clean)
        handler = _HANDLERS.get(token.type)
        if handler is not None:
            handler(reader, token)
    return reader.builder.blocks


def _has_many_brackets(body: str) -> bool:
    """Whether so many brackets are nested or unclosed in a paragraph that parsing them takes too long."""
    if body.count("[") <= MAX_BRACKETS:
        return False
    depth = 0
    for sign in _BRACKETS.findall(body):
        depth = max(depth - 1, 0) if sign == "]" else depth + 1 if sign == "[" else 0
        if depth > MAX_BRACKETS:
            return True
    return False


def _quote(reader: _Reader, token: Token) -> None:
    reader.builder.quote += token.nesting


def _numbers(reader: _Reader, token: Token) -> None:
    start = token.attrGet("start")
    reader.builder.open_list(1 if start is None else int(start))


def _heading(reader: _Reader, token: Token) -> None:
    reader.kind, reader.level = "heading", int(token.tag[1])


def _end_heading(reader: _Reader, token: Token) -> None:
    reader.kind, reader.level = "paragraph", 0


def _inline(reader: _Reader, token: Token) -> None:
    text, spans = _inline_text(token.children or [])
    if reader.builder.rows is None:
        reader.builder.emit(reader.kind, text, spans, reader.level)
    elif reader.builder.rows:
        reader.builder.rows[-1].append((text.replace("\n", " ").replace("\t", " "), spans))


def _table(reader: _Reader, token: Token) -> None:
    reader.builder.rows = []


_HANDLERS: Final[dict[str, Callable[[_Reader, Token], None]]] = {
    "blockquote_open": _quote,
    "blockquote_close": _quote,
    "bullet_list_open": lambda reader, token: reader.builder.open_list(None),
    "ordered_list_open": _numbers,
    "bullet_list_close": lambda reader, token: reader.builder.close_list(),
    "ordered_list_close": lambda reader, token: reader.builder.close_list(),
    "list_item_open": lambda reader, token: reader.builder.open_item(),
    "list_item_close": lambda reader, token: reader.builder.close_item(),
    "heading_open": _heading,
    "heading_close": _end_heading,
    "fence": lambda reader, token: reader.builder.emit("code", token.content),
    "code_block": lambda reader, token: reader.builder.emit("code", token.content),
    "hr": lambda reader, token: reader.builder.rule(),
    "inline": _inline,
    "table_open": _table,
    "tr_open": lambda reader, token: reader.builder.open_row(),
    "table_close": lambda reader, token: reader.builder.close_table(header=True),
}


def _inline_text(children: list[Token]) -> Cell:
    """The text and the spans of inline tokens; the children of images are flattened."""
    parts: list[str] = []
    spans: list[Span] = []
    opened: list[tuple[int, str]] = []
    size = 0
    for token in children:
        if token.nesting == 1:
            opened.append((size, str(token.attrGet("href") or "")))
        elif token.nesting == -1:
            start, target = opened.pop()
            spans.append(Span(start, size, _ROLES[token.type.removesuffix("_close")], target))
        else:
            piece = _token_text(token)
            if token.type == "code_inline":
                spans.append(Span(size, size + len(piece), "code"))
            elif token.type == "image":
                spans.append(Span(size, size + len(piece), "image", str(token.attrGet("src") or "")))
            parts.append(piece)
            size += len(piece)
    return "".join(parts), spans


def _token_text(token: Token) -> str:
    if token.type == "softbreak":
        return " "
    if token.type == "hardbreak":
        return "\n"
    if token.type == "image":
        return f"[{_image_text(token.children or []) or 'image'}]"
    return token.content


def _image_text(children: list[Token]) -> str:
    """The text of an image; for an image in an image, the text of both."""
    pending = list(reversed(children))
    parts: list[str] = []
    while pending:
        token = pending.pop()
        if token.type == "image":
            pending += reversed(token.children or [])
        else:
            parts.append(" " if token.type in ("softbreak", "hardbreak") else token.content)
    return " ".join("".join(parts).split())
