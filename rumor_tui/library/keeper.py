"""The library as the interface has it: the protocol of `library_types`, over one file, one writer and its readers."""

from __future__ import annotations

from pathlib import Path

from rumor_tui.library.writer import Writer


class Keeper:
    """Remembers what is read in the library at `path`, which is opened when it is needed first."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writer = Writer(path)

    def close(self) -> None:
        """Write what is left, and close."""
        self.writer.close()
