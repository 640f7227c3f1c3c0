"""Random input to the program in a terminal: bytes, keys in bursts, the mouse, pastes, sequences of all kinds, resizes.

`Input(seed)` makes it, and `attack` sends it to a program under a pseudo-terminal, in a folder of its own, and tells of
what it died, if it did; of what it wrote that is no text and none of Textual's sequences; and what it showed. A program
that ends because it was told to is started again with something else to read.
"""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import termios
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random
from time import monotonic

from rumor_tui.export import write
from rumor_tui.model import Article, Draft, ThreadBuilder
from rumor_tui.ui.keys import PLACES
from rumor_tui.ui.library_keys import LIBRARY_PLACES
from tests.bench.programs import ROOT, SAMPLE, surroundings
from tests.bench.terminal import cpu_seconds
from tests.hostile.driven import STACKS, TOLD
from tests.hostile.oracle import violations
from tests.pseudo import Pseudo, pseudo

QUITS = b"q\x03\x11"
"""Keys that end the program from most screens: rare, or else it would do nothing but start."""
NAMED = {
    "enter": b"\r", "escape": b"\x1b", "space": b" ", "tab": b"\t", "up": b"\x1b[A", "down": b"\x1b[B",
    "right": b"\x1b[C", "left": b"\x1b[D", "home": b"\x1b[H", "end": b"\x1b[F", "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~", "delete": b"\x1b[3~", "shift+tab": b"\x1b[Z", "shift+up": b"\x1b[1;2A",
    "shift+down": b"\x1b[1;2B", "f1": b"\x1bOP", "backspace": b"\x7f",
}  # fmt: skip
OPENING = b"?\x10/|sAOiwLNPMX@vVtTyo=:;ERecm\x07fF "
"""Keys that open a screen, a prompt or a list in one place or another."""
WORDS = (
    b"600",
    b"the",
    b"by:ann ",
    b"$>1 ",
    b"-x",
    b"[b]",
    b"(",
    b'"',
    b"2011",
    b"a.md",
    b"\xc3\xa9",
    b"\xf0\x9f\x98\x80",
)
SEQUENCES = (
    b"\x1b[I", b"\x1b[O", b"\x1b[?2026;2$y", b"\x1b[?2048;0$y", b"\x1b[24;80R", b"\x1b[?1;2c", b"\x1b[97u", b"\x1b[27u",
    b"\x1b[13;2u", b"\x1b[57441;5u", b"\x1b[99999999u", b"\x1b[55296u", b"\x1b[97;5;97:98u", b"\x1b[1:2;3u",
    b"\x1b[48;30;100;600;1000t", b"\x1b[48;99999999;99999999;1;1t", b"\x1b[48;0;0;0;0t", b"\x1b]0;title\x07",
    b"\x1b]52;c;YQ==\x1b\\", b"\x1bP+q\x1b\\", b"\x1b_x\x1b\\", b"\x1b[200~", b"\x1b[201~", b"\x1b[<", b"\x1b[M   ",
    b"\x1b[32;5;5M", b"\x1b[M\xff\xff\xff", b"\x1bx", b"\x1b\x1b", b"\x1b[1;9999A", b"\x1b[;;;;m", b"\x1b[3;1;1~",
)  # fmt: skip
SIZES = ((120, 40), (80, 24), (40, 12), (20, 4), (19, 3), (1, 1), (2, 60), (300, 90), (100, 12), (61, 20), (0, 0))

PATIENCE = 60.0
"""Seconds without anything done after which a program hangs; the machine may be busy with other things."""
WORK = 60.0
"""Seconds of the processor after which a program that was told to end, and still works, hangs."""
STOPPED = b"when the opening was stopped"
"""What the program says when Escape ends an opening of which nothing has come, with the exit code 1."""
CHECKED = 1 << 17
"""Bytes of output after which they are looked at."""
OUT = b"\x1b[201~", b"\x1b", b"\x1b", b"\x1b", b"\r", b"\x11", b"\x03"
"""What is typed until a program has ended: whatever it is in the middle of, these lead out of it."""


@dataclass
class Resize:
    """The terminal has another size from now on."""

    columns: int
    rows: int


def _chords() -> Sequence[bytes]:
    bindings = [binding for place in (*PLACES.values(), *LIBRARY_PLACES.values()) for binding in place]
    found = {b"".join(map(_typed, chord.split())) for binding in bindings for chord in binding.chords()}
    return sorted(chord for chord in found if chord and not set(chord) & set(QUITS))


def _typed(key: str) -> bytes:
    if key.startswith("ctrl+"):
        return bytes([ord(key[-1]) & 0x1F])
    return NAMED.get(key) or (key.encode() if len(key) == 1 else b"")


class Input:
    """Random input of one kind after the other; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._chords = _chords()
        self._moods: Sequence[Callable[[], bytes]] = (
            self.raw, self.keys, self.keys, self.burst, self.burst, self.openers, self.openers, self.mouse, self.mouse,
            self.paste, self.text, self.text, self.sequences, self.broken, self.back, self.back,
        )  # fmt: skip

    def parts(self, size: int, resizes: int) -> Iterator[bytes | Resize]:
        """Input of so many bytes, in parts that are each sent at once, and so many changes of the size."""
        sent, resized = 0, 0
        while sent < size:
            mood = self.random.choice(self._moods)
            for _ in range(self.random.randint(1, 12)):
                part = mood()[: max(size - sent, 1)]
                sent += len(part)
                yield part
                if resized < resizes * sent / size:
                    resized += 1
                    yield Resize(*self._size())
            if self.random.random() < 0.5:
                yield b"\x1b[201~"  # all that follows a paste without an end would be a part of it

    def _size(self) -> tuple[int, int]:
        if self.random.random() < 0.5:
            return self.random.choice(SIZES)
        return self.random.randint(1, 200), self.random.randint(1, 60)

    def raw(self) -> bytes:
        """Any bytes at all."""
        data = self.random.randbytes(self.random.randint(1, 60))
        return bytes(b for b in data if b not in QUITS or self.random.random() < 0.03)

    def keys(self) -> bytes:
        """One of the keys that do something, as somebody types it."""
        return self.random.choice(self._chords)

    def burst(self) -> bytes:
        """Keys that do something, faster than any of them is worked through."""
        return b"".join(self.random.choices(self._chords, k=self.random.randint(2, 30)))

    def openers(self) -> bytes:
        """The same thing opened and left again and again at once."""
        keys = self.random.choices(OPENING, k=self.random.randint(1, 3))
        pieces = [self.random.choice((bytes([key]), bytes([key]), b"\x1b", b"\r", b"j")) for key in keys * 4]
        return b"".join(pieces)

    def back(self) -> bytes:
        """Out of a prompt, or of a list."""
        return b"\x1b"

    def mouse(self) -> bytes:
        """Presses, moves and turns of the wheel, some in no place that there is, and some cut short."""
        column, row = self.random.choice(((60, 20), (1, 1), (200, 90), (99999, 99999)))
        found = []
        for _ in range(self.random.randint(1, 12)):
            button = self.random.choice((0, 0, 0, 1, 2, 3, 32, 35, 64, 65, 66, 67, 128, 255, 99999))
            x, y = self.random.randint(0, column), self.random.randint(-1, row)
            found.append(b"\x1b[<%d;%d;%d%c" % (button, x, y, self.random.choice(b"MMm")))
            if button < 3 and self.random.random() < 0.7:
                found.append(b"\x1b[<%d;%d;%dm" % (button, x, y) * self.random.randint(1, 3))
        data = b"".join(found)
        return data[: self.random.randint(1, len(data))] if self.random.random() < 0.1 else data

    def paste(self) -> bytes:
        """Pasted text, with controls, at times without an end, or without a beginning."""
        size = self.random.choice((0, 3, 40, 400))
        text = self.random.choice(
            (self.random.randbytes(size), b"two\nlines " * (size // 10), b"\x1b[31m" * (size // 5))
        )
        begins, ends = b"\x1b[200~", b"\x1b[201~" * (self.random.random() < 0.9)
        return (begins if self.random.random() < 0.95 else b"") + text.replace(b"\x11", b"") + ends

    def text(self) -> bytes:
        """Something typed, and an answer to a question."""
        words = b"".join(self.random.choices(WORDS, k=self.random.randint(1, 4)))
        return self.random.choice((b"", b"/", b"s", b"|", b"\x10")) + words + self.random.choice((b"\r", b"\x1b", b""))

    def sequences(self) -> bytes:
        """What a terminal may send, and what none does; at times cut, so that what follows becomes a part of it."""
        data = b"".join(self.random.choices(SEQUENCES, k=self.random.randint(1, 6)))
        return data[: self.random.randint(1, len(data))] if self.random.random() < 0.3 else data

    def broken(self) -> bytes:
        """Bytes that are no UTF-8, and characters that are cut."""
        return self.random.choice(
            (b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf0\x9f", b"\x80\x80", b"\xf8\x88\x80\x80\x80")
        )


@dataclass
class Report:
    """What an attack found: how often the program was started and ended by itself, and `deaths` of another kind."""

    seed: int
    starts: int = 0
    bytes: int = 0
    resizes: int = 0
    deaths: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """What was written to the terminal that is neither text nor a sequence of Textual's."""
    shown: frozenset[str] = frozenset()
    """The kinds of screens, prompts and searches that were shown."""


def make_folder(folder: Path) -> list[list[str]]:
    """Fill a folder with things to read; the arguments that open them, one after the other."""
    builder = ThreadBuilder(
        Article("A large one", pieces=[f"Piece {n}. " + "Words and 600 units. " * 20 for n in range(30)])
    )
    for row in range(1500):
        parent = row - 1 - row % 3 if row % 5 else None
        builder.add(
            Draft(f"Comment {row} says 600 units. " * (row % 7 + 1), f"author{row % 90}", parent, id=f"id{row}")
        )
    (folder / "list").mkdir()
    for path, form in ((folder / "large.json", "json"), (folder / "list" / "one.md", "markdown")):
        with path.open("w", encoding="utf-8") as out:
            write(builder.build("markdown"), form, out)
    for number in range(30):
        (folder / "list" / f"page{number}.md").write_text(f"# Page {number}\n\nWords of page {number}.\n")
    return [[str(SAMPLE)], [str(folder / "large.json")], [str(folder / "list")], [], ["library"]]


def attack(seed: int, folder: Path, *, size: int = 20_000, resizes: int = 10) -> Report:
    """Send random input of so many bytes to the program; `folder` is empty, and all that it may write to."""
    report, random = Report(seed), Random(seed)
    contents = make_folder(folder)
    parts = Input(seed).parts(size, resizes)
    left = True
    while left and not report.deaths:
        arguments = contents[(seed + report.starts) % len(contents)]
        report.starts += 1
        left = _Run(report, folder, random).go(arguments, parts)
    told = folder / TOLD
    report.shown = frozenset(told.read_text().split("\n")[:-1]) if told.exists() else frozenset()
    return report


def _quieten(terminal: int) -> None:
    """Have the terminal itself neither repeat what is typed nor make signals of it, whenever the program lets it."""
    attributes = termios.tcgetattr(terminal)
    attributes[0] &= ~termios.IXON
    attributes[3] &= ~(termios.ECHO | termios.ISIG)
    termios.tcsetattr(terminal, termios.TCSANOW, attributes)


class _Run:
    """One run of the program: whether there is input left is the answer of `go`."""

    def __init__(self, report: Report, folder: Path, random: Random) -> None:
        self._report = report
        self._folder = folder
        self._random = random
        self._unchecked = bytearray()

    def go(self, arguments: Sequence[str], parts: Iterator[bytes | Resize]) -> bool:
        environment = surroundings(self._folder) | {
            "PYTHONPATH": str(ROOT), "BROWSER": "true", "EDITOR": "true", "TMPDIR": str(self._folder),
            "SHELL": "/bin/false",
        }  # fmt: skip
        command = ["-m", "tests.hostile.driven", str(self._folder), *arguments]
        with pseudo(command, env=environment, size=(120, 40)) as program:
            os.set_blocking(program.master, False)
            _quieten(program.master)
            self._stands(program)
            for part in parts:
                if program.process.poll() is not None:
                    break
                self._send(program, part)
            left = program.process.poll() is not None
            self._leave(program)
            self._judge(program, arguments)
        return left

    def _stands(self, program: Pseudo) -> None:
        """Wait for the first screen."""
        deadline = monotonic() + PATIENCE
        while b"\x1b[?1049h" not in self._unchecked and program.process.poll() is None and monotonic() < deadline:
            self._listen(program, 0.05)

    def _send(self, program: Pseudo, part: bytes | Resize) -> None:
        if isinstance(part, Resize):
            self._report.resizes += 1
            size = struct.pack("HHHH", part.rows, part.columns, 0, 0)
            fcntl.ioctl(program.master, termios.TIOCSWINSZ, size)
            if self._random.random() < 0.3 and program.process.poll() is None:
                program.signal(signal.SIGWINCH)
        else:
            self._report.bytes += len(part)
            self._write(program, part)
        self._settle(program, self._random.choice((0, 0, 0, 0.01, 0.05)))

    def _write(self, program: Pseudo, data: bytes) -> None:
        """Type bytes, while what the program writes is read."""
        deadline = monotonic() + PATIENCE
        while data and program.process.poll() is None:
            with suppress(BlockingIOError):
                data = data[os.write(program.master, data) :]
                deadline = monotonic() + PATIENCE
            if monotonic() > deadline:
                self._hangs(program, "no input is taken any more")  # the terminal's own buffer holds seconds of keys
            self._listen(program, 0 if data == b"" else 0.02)

    def _settle(self, program: Pseudo, wait: float) -> None:
        """Read until the program has written nothing for so many seconds, or for a while at most."""
        until = monotonic() + 10 * wait
        while self._listen(program, wait) and monotonic() < until:
            pass

    def _listen(self, program: Pseudo, wait: float) -> bool:
        """Read what the program writes; whether there was anything."""
        self._wake(program)
        heard = False
        with suppress(OSError):
            for nth in range(16):
                if not select.select([program.master], [], [], 0 if nth else wait)[0]:
                    break
                self._unchecked += os.read(program.master, 1 << 16)
                heard = True
        if len(self._unchecked) > CHECKED:
            whole = self._unchecked.rfind(b"\x1b[")  # up to there no sequence is cut
            self._check(bytes(self._unchecked[:whole]))
            del self._unchecked[:whole]
        return heard

    def _check(self, output: bytes) -> None:
        if len(self._report.wrong) < 20:
            found = (words for words in violations(output) if not words.startswith("a change of the clipboard"))
            self._report.wrong += islice(found, 5)

    def _wake(self, program: Pseudo) -> None:
        """Let a program go on that was suspended: there is no shell that would."""
        if self._state(program) == "T":
            program.signal(signal.SIGCONT)

    def _state(self, program: Pseudo) -> str:
        """What the system says that the process does: T is stopped, Z ended, D busy with a device."""
        with suppress(OSError, IndexError):
            return Path(f"/proc/{program.process.pid}/stat").read_text().rpartition(")")[2].split()[0]
        return ""

    def _leave(self, program: Pseudo) -> None:
        """Type what leads out, until the program has ended; one that does not end hangs."""
        began, worked = monotonic(), cpu_seconds(program.process.pid)
        while program.process.poll() is None:
            for keys in OUT:
                self._write(program, keys)
                self._settle(program, 0.15)
            work, wait = cpu_seconds(program.process.pid) - worked, monotonic() - began
            if work > WORK or (wait > PATIENCE and work < wait / 100):
                self._hangs(program, "does not end any more")
        while self._listen(program, 0.05):
            pass
        self._check(bytes(self._unchecked))

    def _hangs(self, program: Pseudo, words: str) -> None:
        """Note what it does, and end it."""
        program.signal(signal.SIGURG)
        self._listen(program, 1)
        stacks = self._folder / STACKS
        found = stacks.read_text() if stacks.exists() else ""
        state = self._state(program)
        self._report.deaths.append(f"{words} ({state}); the last was {bytes(self._unchecked[-300:])!r}\n{found}")
        program.process.kill()
        program.process.wait()

    def _judge(self, program: Pseudo, arguments: Sequence[str]) -> None:
        """Whether it ended as it should."""
        code, logs = program.process.returncode, sorted((self._folder / "state" / "rumor-tui").glob("crash*"))
        for log in logs:
            self._report.deaths.append(log.read_text()[-12000:])
            log.unlink()
        if code == 1 and STOPPED in self._unchecked:
            return
        if code and not self._report.deaths:
            last = self._unchecked[-500:]
            self._report.deaths.append(f"ended with {code} after {[*arguments]}: {last!r}")
