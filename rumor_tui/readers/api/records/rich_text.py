"""Texts in pieces as HTML: lists of strings and of objects with a text, as editors, chats and exports write them.

Known by their common shape are Telegram's `text` (strings and `{"type": "bold", "text": …}`), Slack's blocks, OpenWeb's
content, ProseMirror's and Atlassian's documents (`{"type": "paragraph", "content": […]}`), Quill's `ops` with `insert`,
Lexical's and Portable Text's `children`. Needs no recursion.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from rumor_tui.markdown_format import format_iso
from rumor_tui.readers.api.records.names import name_set
from rumor_tui.readers.api.values import to_timestamp

_TEXT_KEYS = ("text", "insert", "plain_text", "value", "emoji_char")
_INNER_KEYS = (
    "content",
    "children",
    "ops",
    "elements",
    "items",
    "nodes",
    "blocks",
    "fields",
    "root",
    "document",
    "text",
)
_BLOCKS = name_set(
    "paragraph p heading header blockquote quote rich_text_section rich_text_quote section listitem list_item li"
    " list-item codeblock code_block preformatted pre rich_text_preformatted block tablerow row block_quote"
)
_TAGS = {
    "bold": "strong", "strong": "strong", "b": "strong", "italic": "em", "em": "em", "i": "em", "strikethrough": "s",
    "strike": "s", "code": "code", "pre": "code", "inlinecode": "code",
}  # fmt: skip
_BREAKS = frozenset({"hardbreak", "hard_break", "linebreak", "br", "break"})
_LINKS = ("href", "url", "link")
_SHOWN = ("text", "shortName", "short_name", "title", "label", "name", "alt", "username", "url", "id")
"""Attributes of a piece without a text, such as a mention or a card, that are shown of it, the best one first."""

_HTML = re.compile(r"</(?:p|a|b|i|em|strong|span|div|li|blockquote)>|<br ?/?>")
"""What pieces have that are HTML themselves."""


def is_rich(value: Any) -> bool:
    """Whether a value is a text in pieces."""
    if isinstance(value, dict):
        inner = next((value[key] for key in _INNER_KEYS if isinstance(value.get(key), list)), None)
        return isinstance(inner, list) and is_rich(inner)
    if not isinstance(value, list) or not value:
        return False
    return all(isinstance(piece, str) or _is_piece(piece) for piece in value[:8]) and not all(
        isinstance(piece, str) for piece in value[:8]
    )


def _is_piece(piece: Any) -> bool:
    if not isinstance(piece, dict):
        return False
    if isinstance(piece.get("type") or piece.get("_type") or piece.get("insert"), (str, dict)):
        return True
    return (
        len(piece) <= 3
        and piece.keys().isdisjoint(("author", "date"))
        and any(isinstance(piece.get(key), str) for key in _TEXT_KEYS)
    )


def rich_to_html(value: Any) -> str:
    """The text of the pieces as HTML. Lists of strings are paragraphs of their own only where the strings say so."""
    parts: list[str] = []
    waiting: list[Any] = [value]
    while waiting:
        piece = waiting.pop()
        if isinstance(piece, list):
            waiting.extend(reversed(piece))
        elif isinstance(piece, _Literal):
            parts.append(piece)
        elif isinstance(piece, str):
            parts.append(piece if _HTML.search(piece) else text_to_html(piece))
        elif isinstance(piece, dict):
            waiting.extend(reversed(_open_piece(piece)))
    return "".join(parts).strip("\n")


class _Literal(str):
    """Markup of our own."""

    __slots__ = ()


def _open_piece(piece: dict[str, Any]) -> list[Any]:
    """What a piece consists of: markup and what is in it."""
    kind = str(piece.get("type") or piece.get("_type") or "").lower().replace("-", "_")
    if kind in _BREAKS:
        return [_Literal("<br>")]
    text = next((piece[key] for key in _TEXT_KEYS if isinstance(piece.get(key), str)), None)
    inner = (
        text if text else next((piece[key] for key in _INNER_KEYS if isinstance(piece.get(key), (list, dict))), None)
    )
    if inner is None:
        inner = next((piece[key] for key in ("name", "alt", "title", *_LINKS) if isinstance(piece.get(key), str)), "")
        inner = f":{inner}:" if kind == "emoji" and inner else inner or _shown_attribute(piece)
    before, after = _tags(kind, piece)
    return [_Literal(before), inner, _Literal(after)]


def _shown_attribute(piece: dict[str, Any]) -> str:
    """What an editor shows of a piece whose text is among its attributes."""
    attributes = piece.get("attrs")
    if not isinstance(attributes, dict):
        return ""
    moment = to_timestamp(attributes.get("timestamp"))
    if moment is not None:
        return (format_iso(moment) or "")[:10]
    return next((attributes[key] for key in _SHOWN if isinstance(attributes.get(key), str) and attributes[key]), "")


def _tags(kind: str, piece: dict[str, Any]) -> tuple[str, str]:
    if kind.replace("_", "") in {name.replace("_", "").replace("-", "") for name in _BLOCKS}:
        name = "blockquote" if "quote" in kind else "pre" if "pre" in kind or "code" in kind else "p"
        return f"<{name}>", f"</{name}>"
    target = _link(piece)
    if target:
        return f'<a href="{escape(target)}">', "</a>"
    tag = _TAGS.get(kind) or next((_TAGS[mark] for mark in _marks(piece) if mark in _TAGS), "")
    return (f"<{tag}>", f"</{tag}>") if tag else ("", "")


def _marks(piece: dict[str, Any]) -> list[str]:
    """The names of a piece's styles: a list of names or of objects with a type, or an object of flags."""
    marks = piece.get("marks") or piece.get("style") or piece.get("attributes") or ()
    names = [mark.get("type") if isinstance(mark, dict) else mark for mark in marks] if marks else []
    return [name.lower() for name in names if isinstance(name, str)]


def _link(piece: dict[str, Any]) -> str:
    holders = [piece, piece.get("attrs"), piece.get("attributes")]
    holders += [mark.get("attrs") for mark in piece.get("marks") or () if isinstance(mark, dict)]
    targets = [holder.get(key) for holder in holders if isinstance(holder, dict) for key in _LINKS]
    return next((target for target in targets if isinstance(target, str) and target), "")


def text_to_html(text: str) -> str:
    """Plain text as HTML, with its line breaks."""
    return escape(text, quote=False).replace("\n", "<br>")
