"""What every reader gets besides the content: a hint, and SourceError, the only exception that readers raise."""

from __future__ import annotations

from dataclasses import dataclass

from rumor_tui.model import SourceError

__all__ = ["Hint", "SourceError"]


@dataclass(frozen=True, slots=True)
class Hint:
    """What is known of a source besides its bytes; `name` is its path or address, or "-" for standard input.

    `charset` is the encoding that came with it, as in HTTP's Content-Type: it is right more often than what the text
    declares. `moment` is when the bytes were fetched, in seconds since 1970 UTC: the base of "3 hours ago".
    """

    name: str = ""
    charset: str = ""
    moment: float | None = None

    @property
    def suffix(self) -> str:
        """The extension of the name in lower case, with its dot, or an empty string."""
        last = self.name.replace("\\", "/").rsplit("/", 1)[-1]
        return "." + last.rsplit(".", 1)[1].lower() if "." in last[1:] else ""
