"""What a terminal's output means: which of it is paint, and what screen it makes.

Only what changes cells is paint: printable characters, and the sequences that erase, insert, delete or scroll.
Modes, colours, cursor moves, titles, queries and the marks of synchronised output are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

TOKEN = re.compile(
    rb"(?P<csi>\x1b\[[0-?]*[ -/]*[@-~])|(?P<string>\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[PX^_][^\x1b]*\x1b\\)"
    rb"|(?P<escape>\x1b[ -/]*[0-OQ-WYZ\\`-~])|(?P<control>[\x00-\x1a\x1c-\x1f\x7f]+)|(?P<text>[^\x00-\x1f\x7f]+)"
    rb"|(?P<partial>\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?|[PX^_][^\x1b]*\x1b?|[ -/]*)\Z)"
)
PRIVATE = re.compile(rb"\x1b\[(?:[<=>]|\?.*[^hl]$)")
"""Sequences with a private marker, but for the modes that are set and reset."""
REPEAT = re.compile(rb"\x1b\[(\d*)b$")
LONGEST = 4096
"""A sequence that is not complete after this many bytes is given up."""
PAINTING_FINALS = frozenset(b"@JKLMPSTXb")
"""Insert, erase, delete, scroll and repeat; a CSI sequence with a private marker never paints."""


class Chunk(NamedTuple):
    """Output read at one moment; `at` is in seconds of `time.perf_counter`."""

    at: float
    data: bytes


class Tokens:
    """Cuts a stream of output into tokens; a sequence that is cut by a chunk's end waits for the next chunk."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[re.Match[bytes]]:
        """The tokens that are complete now. A stray escape character is dropped."""
        data = self._rest + data
        tokens = list(TOKEN.finditer(data))
        partial = tokens.pop().group() if tokens and tokens[-1].lastgroup == "partial" else b""
        self._rest = partial if len(partial) <= LONGEST else b""
        return tokens


def paints(token: re.Match[bytes]) -> bool:
    """Whether this token changes cells of the screen."""
    if token.lastgroup == "csi":
        sequence = token.group()
        return sequence[-1] in PAINTING_FINALS and sequence[2:3] not in b"<=>?"
    return token.lastgroup == "text"


def painting_moments(chunks: Sequence[Chunk]) -> list[float]:
    """When the chunks came that hold paint; a token that spans chunks counts for the one that completes it."""
    tokens = Tokens()
    return [chunk.at for chunk in chunks if any(map(paints, tokens.feed(chunk.data)))]


class Replay:
    """The screen that a stream of output makes, by pyte; slow, so never while a clock runs."""

    def __init__(self, columns: int, rows: int) -> None:
        import pyte

        self._screen: Any = pyte.Screen(columns, rows)
        self._stream: Any = pyte.ByteStream(self._screen)
        self._tokens = Tokens()
        self._last = b""

    def feed(self, data: bytes) -> set[int]:
        """Apply output, and tell which rows it touched."""
        self._screen.dirty.clear()
        for token in self._tokens.feed(data):
            self._stream.feed(self._understood(token))
        return set(self._screen.dirty)

    def _understood(self, token: re.Match[bytes]) -> bytes:
        """The token in a form that pyte knows: nothing for those it would print or stumble over, repeats in full."""
        sequence = token.group()
        if token.lastgroup == "text":
            self._last = sequence.decode("utf-8", "replace")[-1:].encode()
        if token.lastgroup == "string" or PRIVATE.match(sequence):
            return b""
        repeat = REPEAT.match(sequence)
        return self._last * int(repeat[1] or 1) if repeat else sequence

    def resize(self, columns: int, rows: int) -> None:
        """Follow the terminal to a new size."""
        self._screen.resize(rows, columns)

    @property
    def lines(self) -> list[str]:
        """The characters on the screen, a string a row, trailing blanks cut."""
        return [line.rstrip() for line in self._screen.display]


def painted_at(chunks: Sequence[Chunk], columns: int, rows: int) -> float:
    """The first moment after which the characters between the top row and the bottom row never change.

    The top and the bottom row must have text by then, if they have any in the end. So a counter that ticks in
    the bottom row is not waited for, but text that is moved or completed later is. Raises IndexError on no chunks.
    """
    screens = list(screens_of(chunks, columns, rows))
    final, moment = screens[-1][1], screens[-1][0]
    for at, lines in reversed(screens):
        edges = all(line or not last for line, last in ((lines[0], final[0]), (lines[-1], final[-1])))
        if lines[1:-1] != final[1:-1] or not edges:
            break
        moment = at
    return moment


def screens_of(chunks: Sequence[Chunk], columns: int, rows: int) -> Iterator[tuple[float, list[str]]]:
    """The screen after each chunk, with the chunk's moment; a counter in the bottom row makes no new screen.

    mutt counts the messages it reads there in 10,000 steps, and asking pyte for its screen costs 2 ms.
    """
    replay = Replay(columns, rows)
    lines: list[str] = []
    for at, data in chunks:
        touched = replay.feed(data)
        if not lines or not lines[-1] or touched - {rows - 1}:
            lines = replay.lines
        yield at, lines
