"""One source on its way to a reader: its bytes, its text, and what is known of it besides."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from rumor_tui.readers.hint import Hint

if TYPE_CHECKING:
    from rumor_tui.readers.api.document import Document


class Source:
    """The bytes of a source with its hint; `text`, `json` and `document` are worked out when first asked for, once."""

    def __init__(self, data: bytes, hint: Hint) -> None:
        self.data = data
        self.hint = hint

    @cached_property
    def text(self) -> str:
        """The whole source as text, whatever its encoding; see `decode.decode`."""
        from rumor_tui.readers import decode

        return decode.decode_text(self.data, self.hint.charset)

    @cached_property
    def json(self) -> bytes:
        """The bytes as a JSON parser wants them: UTF-8 with no byte order mark."""
        from rumor_tui.readers import decode

        return decode.to_utf8(self.data)

    @cached_property
    def document(self) -> Document:
        """The JSON document for readers that look into it level by level; JSON lines are one document, too."""
        from rumor_tui.readers.api.document import Document

        return Document(self.json)

    @cached_property
    def looks_like_json(self) -> bool:
        """Whether the first character that is not a blank opens a JSON object or a JSON array."""
        from rumor_tui.readers import decode

        return decode.to_utf8(self.data[:4096]).lstrip()[:1] in (b"{", b"[")
