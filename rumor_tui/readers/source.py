"""One source on its way to a reader: its bytes, its text or JSON, what else is known of it, and why it is refused."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from rumor_tui.readers import errors
from rumor_tui.readers.decode import decode_text, to_utf8
from rumor_tui.readers.hint import Hint, SourceError

if TYPE_CHECKING:
    from rumor_tui.readers.api.document import Document

_HEAD = 65_536
_BEGINS_AS_JSON = rb'\s*(?:\{\s*(?:"(?:[^"\\]|\\.)*"\s*(?::|\Z)|\Z)|\[\s*(?:[\[{]\s*["\[{]|"|\Z))'


class Source:
    """The bytes of a source with its hint; `text`, `json` and `document` are computed once, when first asked for."""

    def __init__(self, data: bytes, hint: Hint) -> None:
        self.data = data
        self.hint = hint

    @cached_property
    def text(self) -> str:
        """The whole source as text, whatever its encoding; see `decode.decode_text`."""
        return decode_text(self.data, self.hint.charset)

    @cached_property
    def json(self) -> bytes:
        """The bytes as a JSON parser wants them: UTF-8 without a byte order mark."""
        return to_utf8(self.data)

    @cached_property
    def document(self) -> Document:
        """The JSON document, decoded level by level as readers look into it; JSON lines are one document, too."""
        from rumor_tui.readers.api.document import Document

        return Document(self.json)

    @cached_property
    def looks_like_json(self) -> bool:
        """Whether the first character that is not white space opens a JSON object or a JSON array."""
        return to_utf8(self.data[:4096]).lstrip()[:1] in (b"{", b"[")

    def check_text(self) -> None:
        """Raise SourceError when the text is only white space."""
        if not self.text or self.text.isspace():
            raise SourceError(f"{errors.name_of(self.hint)} is empty: it has only white space.")

    def check_json(self) -> None:
        """Raise SourceError for JSON, whole or broken, that no reader recognised; text in brackets passes."""
        error = self.document.error
        if error is None:
            raise SourceError(
                f"{errors.name_of(self.hint)} is JSON of an unknown kind: {_outline(self.document.top)}. Known are "
                "threads of Hacker News, Reddit, Lobsters, Discourse, WordPress, Mastodon, Lemmy, Bluesky, Stack "
                "Exchange, GitHub and Disqus as their interfaces give them, lists of comments with an author and a "
                "text, and rumor-tui's own export."
            )
        if re.match(_BEGINS_AS_JSON, self.json[:_HEAD], re.DOTALL):
            raise SourceError(errors.describe_broken_json(self.hint, error)) from error


def _outline(value: object) -> str:
    """The outermost value in a few words."""
    if isinstance(value, dict):
        keys = [text for text in map(_short, list(value)[:5]) if text]
        more = ", …" if len(value) > len(keys) else ""
        return f"an object with the keys {', '.join(keys)}{more}" if value else "an empty object"
    if isinstance(value, list):
        from rumor_tui.readers.api import document

        first = document.decode_level(value[0]) if value else None
        more = f", the first of them {_outline(first)}" if isinstance(first, dict) else ""
        return f"an array of {len(value):,} values{more}" if value else "an empty array"
    return "a single value"


def _short(key: str) -> str:
    from rumor_tui import text

    return text.neutralise_line(key)[:30]
