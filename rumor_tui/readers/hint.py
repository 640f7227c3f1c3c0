"""What every reader shares: the hint it is given, and the one error that a source can raise."""

from __future__ import annotations

from dataclasses import dataclass

from rumor_tui.model import SourceError

__all__ = ["Hint", "SourceError"]


@dataclass(frozen=True, slots=True)
class Hint:
    """What is known of a source besides its bytes; `name` is its path or address, or "-" for standard input.

    `charset` is the encoding that came with it, as in HTTP's Content-Type: true more often than what the text declares.
    `moment` is when the bytes were fetched, in seconds since 1970 UTC: what "3 hours ago" counts from.
    """

    name: str = ""
    charset: str = ""
    moment: float | None = None

    @property
    def suffix(self) -> str:
        """The lower-case ending of the name with its dot, or an empty string."""
        last = self.name.replace("\\", "/").rsplit("/", 1)[-1]
        return "." + last.rsplit(".", 1)[1].lower() if "." in last[1:] else ""
