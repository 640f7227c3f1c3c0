"""What the terminal sends, read so that no byte of it can end the program.

Textual's own reading stops at a byte that is no UTF-8 (Textual's issue 6456) and at a key whose number is no character,
and takes everything for a paste that once began and never ends. Here such bytes become U+FFFD, such a sequence is
dropped, and a paste in which nothing more comes is over. Nothing of what is pasted is a key. The sequences themselves
are Textual's to understand.
"""

from __future__ import annotations

import codecs
import os
import re
import selectors
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from time import monotonic
from typing import Final

from textual import events
from textual._xterm_parser import XTermParser  # tests/ui/test_driver.py sees when it becomes another
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

WAIT: Final = 0.1
"""Seconds after which an Escape is a key of its own, and after which the end of the program is noticed."""
READ_SIZE: Final = 4096
PASTE_SILENCE: Final = 2.0
"""Seconds without input after which a paste is over. (A slow line brings some of a paste every second.)"""
MOST_PASTED: Final = 1000
"""Reads of which a paste is made at most; what is longer is cut. (A text of 4 MB is no answer to any question.)"""
LARGEST: Final = 4000
"""Columns or rows that a terminal may say that it has; a sequence that claims more is broken."""

PASTE_BEGINS, PASTE_ENDS = "\x1b[200~", "\x1b[201~"
_BEFORE_ESCAPE = re.compile("(?=\x1b)")
_CONTROL = re.compile("[\0-\x07\x0b\x0c\x0e-\x1a\x1c-\x1f]")
"""A control key. Of Escape and such a key in quick succession Textual's parser would make that key alone."""
_SEQUENCE = re.compile(r"(?:\x1b\[?)?[0-?]*[ -/]*[@-~]?")
"""A sequence, which may have begun before."""
_NOT_TYPED = re.compile(r"\x1b[P\]X^_][^\x1b\x07]*(?:\x07|\x1b\\)|\x1b\[\?\d*;(?!0*[0-4]?\$)\d*\$y")
"""Answers of a terminal to what was not asked, such as its name or its colours, which Textual would take for keys; and
reports of a mode with a number that there is not (DECRPM has 0 to 4), of which Textual believes that it is supported.
"""
_KEPT = ("last_x", "last_y", "mouse_pixels", "terminal_size", "terminal_pixel_size")
"""What Textual's parser knows of the terminal."""


def is_sane(message: Message) -> bool:
    """Whether a message is one that a terminal may send: a size that there can be, and a key that is a character."""
    if isinstance(message, events.Resize):
        return min(message.size) > 0 and max(message.size) <= LARGEST
    if isinstance(message, events.Key) and message.character:
        return not any("\ud800" <= character <= "\udfff" for character in message.character)
    return True


class TerminalInput:
    """Makes events of the bytes of a terminal. `now` are seconds that only grow.

    What is pasted is collected here: Textual's parser makes keys of what follows an Escape in it, and these do things.
    """

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._parser = XTermParser()
        self._tail = ""
        """The last characters, with which the beginning or the end of a paste may have begun."""
        self._pasted: list[str] | None = None
        """What has come of a paste; None outside of one."""
        self._heard = now()
        self._escaped = False
        """Whether an Escape came last, of which is not known yet whether it begins something."""

    def feed(self, data: bytes) -> Iterator[Message]:
        """The events of some bytes; what they begin may be completed by those that follow."""
        self._heard = self._now()
        text = _NOT_TYPED.sub("", self._decode(data))
        while text:
            text = yield from self._typed(text) if self._pasted is None else self._paste(text)

    def tick(self) -> Iterator[Message]:
        """The events that come of nothing having been read for a while; to be called from time to time."""
        for message in filter(is_sane, self._parser.tick()):
            self._escaped = False
            yield message
        if self._pasted is not None and self._now() - self._heard > PASTE_SILENCE:
            yield from self._paste(PASTE_ENDS)

    def _typed(self, text: str) -> Generator[Message, None, str]:
        """The events of a text up to where a paste begins; the answer is what comes after that."""
        before, found, after, cut = self._split(text, PASTE_BEGINS)
        if cut:  # the parser has the beginning of the sequence, and must not wait for its end
            self._renew()
        for piece in _BEFORE_ESCAPE.split(before):
            if _CONTROL.match(piece, 1) and piece[0] == "\x1b":
                yield events.Key("escape", "\x1b")
                piece = piece[1:]
            elif self._escaped and _CONTROL.match(piece):
                self._renew()
                yield events.Key("escape", "\x1b")
            yield from self._parse(piece)
            self._escaped = piece == "\x1b"
        if found:
            self._pasted = []
        return after

    def _paste(self, text: str) -> Generator[Message, None, str]:
        """The paste, once it ends in a text; the answer is what comes after that."""
        assert self._pasted is not None
        before, found, after, cut = self._split(text, PASTE_ENDS)
        if len(self._pasted) < MOST_PASTED:
            self._pasted.append(before)
        if found:
            pasted = "".join(self._pasted)
            self._pasted = None
            yield events.Paste(pasted[: len(pasted) - cut].replace("\0", ""))
        return after

    def _split(self, text: str, mark: str) -> tuple[str, bool, str, int]:
        """What stands before a mark, whether it is there, what stands after it, and how much of it had come before."""
        tail = self._tail
        seen = tail + text
        at = seen.find(mark)
        if at < 0:
            self._tail = seen[1 - len(mark) :]
            return text, False, "", 0
        self._tail = ""
        return text[: max(at - len(tail), 0)], True, seen[at + len(mark) :], max(len(tail) - at, 0)

    def _parse(self, piece: str) -> Iterator[Message]:
        """The events of a text that holds no more than one sequence; one that Textual cannot bear is dropped."""
        while piece:  # an empty text would be the end of all input
            try:
                yield from filter(is_sane, self._parser.feed(piece))
            except (ArithmeticError, LookupError, ValueError):
                self._renew()
                sequence = _SEQUENCE.match(piece)
                piece = piece[max(sequence.end() if sequence else 0, 1) :]
            else:
                return

    def _renew(self) -> None:
        """Take another parser, which has not begun a sequence, and is not broken."""
        parser = XTermParser()
        for name in _KEPT:
            setattr(parser, name, getattr(self._parser, name))
        self._parser = parser


class TerminalDriver(LinuxDriver):
    """Textual's driver for a terminal, with another thread that reads."""

    def run_input_thread(self) -> None:
        """Read until the program ends, in a thread of its own."""
        typed = TerminalInput()
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(WAIT):
                    data = self._read()
                    if not data:  # the terminal is gone, which others notice
                        self.exit_event.wait(WAIT)
                    for message in typed.feed(data):
                        self.process_message(message)
                for message in typed.tick():
                    self.process_message(message)

    def _read(self) -> bytes:
        with suppress(OSError):
            return os.read(self.fileno, READ_SIZE)
        return b""
