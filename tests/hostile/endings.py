"""Everything that can end the program, in every state that it can be in, on a terminal of its own.

A trial is a state, a set of streams and a blow. After it the terminal must be as before within two seconds of the blow
(wherever it still exists), the exit code must say what happened, and no process may be left.
"""

from __future__ import annotations

import fcntl
import os
import re
import signal
import socket
import struct
import tempfile
import termios
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from rumor_tui.faults import EXIT_CODE
from tests.bench.programs import ROOT, SAMPLE, SAMPLE_WORD, surroundings
from tests.bench.screen import Replay
from tests.bench.terminal import PROC, process_tree
from tests.hostile.faulty import MARK, SECRET
from tests.pseudo import PATIENCE, Pseudo, pseudo

LIMIT: Final = 2.0
"""Seconds from a blow until the terminal must be as before."""
_MODE = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
_KITTY = re.compile(rb"\x1b\[(>\d*|<\d*)u")
_ON_BEFORE: Final = {b"7", b"25"}
"""The modes that are set in a terminal that was switched on: wrapping, and the cursor."""


def modes_left(output: bytes) -> list[str]:
    """The modes that differ, after this output, from those of a terminal that was just switched on."""
    found = dict.fromkeys(_ON_BEFORE, True)
    for match in _MODE.finditer(output):
        for mode in match[1].split(b";"):
            found[mode] = match[2] == b"h"
    wrong = {mode: on for mode, on in found.items() if on != (mode in _ON_BEFORE)}
    left = [f"mode {mode.decode()} is {'on' if on else 'off'}" for mode, on in wrong.items()]
    pushed = sum(1 if match[1].startswith(b">") else -1 for match in _KITTY.finditer(output))
    return [*left, *(["keyboard protocol pushed"] if pushed > 0 else [])]


def wait_for(true: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Wait until something is true. Raises AssertionError when it never becomes so."""
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline, f"never happened: {what}"
        time.sleep(0.01)


def alive(process: int) -> bool:
    """Whether a process is there and is more than a zombie."""
    with suppress(OSError):
        return (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return False


@contextmanager
def silent_server() -> Iterator[str]:
    """The address of a server that takes every connection and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken: list[socket.socket] = []

        def serve() -> None:
            with suppress(OSError):
                while True:
                    taken.append(server.accept()[0])

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/page"
        server.shutdown(socket.SHUT_RDWR)
        for connection in taken:
            connection.close()


@dataclass
class Place:
    """Where a trial takes place: its home, and an address that never answers."""

    home: Path
    address: str = ""
    page: Path = SAMPLE
    hard: Path = SAMPLE


@dataclass
class State:
    """A state to be struck in: how the program is started, and how it gets there."""

    name: str
    arguments: Callable[[Place], list[str]] = lambda place: [str(place.page)]
    reach: Callable[[Pseudo], object] = lambda running: running.read_until(SAMPLE_WORD.encode())
    env: Mapping[str, str] = field(default_factory=dict)
    reading: bool = True
    """Whether somebody reads what the program writes."""


def _typed(keys: bytes, shown: str, *, child: str = "") -> Callable[[Pseudo], None]:
    def reach(running: Pseudo) -> None:
        at = running.read_until(SAMPLE_WORD.encode())
        running.type(keys)
        if shown:
            running.read_until(shown.encode(), at)
        if child:
            wait_for(lambda: running.drain() and children(running.process.pid), "a child")

    return reach


def _delayed(seconds: float) -> Callable[[Pseudo], None]:
    return lambda _: time.sleep(seconds)


def _ask_pipe(running: Pseudo) -> None:
    at = running.read_until(SAMPLE_WORD.encode())
    running.type(b"|")
    at = running.read_until(b"\x1b[?2026l", at) if b"\x1b[?2026h" in running.output else at
    time.sleep(0.2)
    running.type(b"echo started; exec sleep 600\r")
    running.read_until(b"started", at)


def _ask_editor(running: Pseudo) -> None:
    at = running.read_until(SAMPLE_WORD.encode())
    running.type(b"\x07")
    running.read_until(b"editing", at)


def _stall(running: Pseudo) -> None:
    running.read_until(SAMPLE_WORD.encode())
    deadline = time.monotonic() + PATIENCE
    while not has_blocked_writer(running.process.pid):
        assert time.monotonic() < deadline, "the terminal never filled up"
        running.type(b"\x06\x02")
        time.sleep(0.02)


def has_blocked_writer(process: int) -> bool:
    """Whether a thread waits inside write(2), system call 1 or 64, as Linux tells it on x86-64 and on ARM."""
    with suppress(OSError):
        calls = [(task / "syscall").read_text().split()[:2] for task in (PROC / str(process) / "task").iterdir()]
        return any(call in (["1", "0x2"], ["64", "0x2"]) for call in calls)
    return False


def children(process: int) -> list[int]:
    """The living descendants of a process."""
    return process_tree(process)[1:]


def _reach_isolated(running: Pseudo) -> None:
    wait_for(lambda: running.drain() is not None and children(running.process.pid), "an isolated process")


STATES: Final = {
    state.name: state
    for state in (
        *(State(f"start+{ms}ms", reach=_delayed(ms / 1000)) for ms in (30, 80, 130, 180, 230, 280, 330, 400)),
        State("idle"),
        State("loading", lambda place: [place.address], lambda running: running.read_until(b"127.0.0.1")),
        State("searching", reach=_typed(b"/the", "the")),
        State("command", reach=_ask_pipe),
        State("editor", reach=_ask_editor, env={"EDITOR": "sh -c 'echo editing; exec sleep 600'"}),
        State("isolated", lambda place: [str(place.hard)], _reach_isolated),
        State("stalled", reach=_stall, reading=False),
    )
}
"""The states of the matrix, by their names."""

SIGNALS: Final = ("TERM", "HUP", "INT", "QUIT", "USR1", "USR2", "ALRM")
"""Signals that end the program."""
KEPT_SIGNALS: Final = ("PIPE", "TTIN", "TTOU", "STOP", "CONT", "WINCH", "CHLD", "URG")
"""Signals at which the program goes on."""
STREAMS: Final = ("tty", "piped", "stderr")
"""All three on the terminal; a pipe on standard input; standard error in a file."""


@dataclass(frozen=True)
class Trial:
    """One cell of the matrix. The blow is the name of a signal, "hangup", or "hangup-ignored" (SIGHUP is ignored)."""

    state: str
    streams: str
    blow: str

    def __str__(self) -> str:
        return f"{self.state}, {self.streams}, {self.blow}"


@dataclass(frozen=True)
class Outcome:
    """What came of a trial: findings (none when all holds), and the seconds until the program had ended."""

    trial: Trial
    findings: tuple[str, ...]
    seconds: float


HARD_PAGE: Final = "<html><body>" + "<font><b>" * 30_000 + "<p>footage</p>" * 2000
"""A page that is parsed in a process of its own, which takes a while."""


SMALL_PAGE: Final = f"""# A page

Some {SAMPLE_WORD}.

## 1 comment

- **ann** · #1

  The first.
"""


@contextmanager
def place(*, small: bool = False) -> Iterator[Place]:
    """A home of its own, a server that never answers, and the pages; a `small` one is opened in half the time."""
    with tempfile.TemporaryDirectory(prefix="rumor-tui-endings-") as folder, silent_server() as address:
        hard = Path(folder) / "hard.html"
        hard.write_text(HARD_PAGE, encoding="utf-8")
        page = Path(folder) / "small.md"
        page.write_text(SMALL_PAGE, encoding="utf-8")
        yield Place(Path(folder), address, page if small else SAMPLE, hard)


@contextmanager
def started(
    arguments: list[str],
    home: Path,
    streams: str = "tty",
    *,
    env: Mapping[str, str] | None = None,
    ignoring: tuple[int, ...] = (),
) -> Iterator[Pseudo]:
    """The program (`-m MODULE ARGUMENT…` in this tree) on a terminal, with these streams."""
    given: dict[int, int] = {}
    words = list(arguments)
    with ExitStack() as stack:
        if streams == "piped":
            given[0], words[-1] = stack.enter_context(Path(words[-1]).open("rb")).fileno(), "-"
        elif streams == "stderr":
            given[2] = stack.enter_context((home / "errors").open("wb")).fileno()
        surrounding = {**surroundings(home), "PYTHONPATH": str(ROOT), **(env or {})}
        yield stack.enter_context(pseudo(words, env=surrounding, streams=given, size=(100, 30), ignoring=ignoring))


def strike(trial: Trial, where: Place) -> Outcome:
    """Make one trial."""
    state = STATES[trial.state]
    ignoring = (signal.SIGHUP,) if trial.blow == "hangup-ignored" else ()
    command = ["-m", "rumor_tui", *state.arguments(where)]
    with started(command, where.home, trial.streams, env=state.env, ignoring=ignoring) as running:
        state.reach(running)
        family = process_tree(running.process.pid)
        began = time.monotonic()
        lost = trial.blow.startswith("hangup")
        if lost:
            running.hang_up()
        else:
            running.signal(getattr(signal, f"SIG{trial.blow}"))
        code = running.wait(reading=state.reading and not lost)
        seconds = time.monotonic() - began
        findings = list(_judge(trial, running, code, seconds, lost=lost))
        time.sleep(0.05)
        findings += [f"process {child} is left behind" for child in family[1:] if still_alive(child)]
        for child in family[1:]:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
    return Outcome(trial, tuple(findings), seconds)


def still_alive(child: int, patience: float = 1.0) -> bool:
    """Whether a child that was told to end is there after a while."""
    deadline = time.monotonic() + patience
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    return alive(child)


def _judge(trial: Trial, running: Pseudo, code: int, seconds: float, *, lost: bool) -> Iterator[str]:
    number = signal.SIGHUP if lost else getattr(signal, f"SIG{trial.blow}")
    right = {128 + number}
    if trial.state.startswith("start") or trial.state == "isolated":  # the interface does not stand yet
        right |= {-number, 1} if trial.blow in ("hangup-ignored", "INT") else {-number}
    if code not in right:
        yield f"exit code {code}, not {128 + number}"
    stands = trial.state not in ("isolated", *(name for name in STATES if name.startswith("start")))
    if seconds > LIMIT and (stands or not lost):  # where there is no terminal, there is none to restore
        yield f"ended after {seconds:.2f} s"
    if lost:
        return
    running.drain()
    if running.attributes() != running.before:
        yield "the attributes of the terminal are not as before"
    yield from modes_left(running.output)
    if (b"Traceback" in running.output and b"in main" in running.output) or SECRET.encode() in running.output:
        yield f"a traceback was printed: {running.output[-500:]!r}"


FAULT_KEY_SENT: Final = b"\x1b[20~"
"""What a terminal sends for faulty.FAULT_KEY."""
LATE_FAULTS: Final = ("key", "recursion", "memory", "thread", "task", "callback", "finaliser", "exit")
EARLY_FAULTS: Final = ("mount", "settings", "reader")
"""Faults that strike the interface while it stands (or when it is left), and those before."""


def fall(fault: str, streams: str, where: Place) -> Outcome:
    """Have the program fail: the terminal is as before, and one sentence names a report that quotes nothing."""
    trial = Trial("fault", streams, fault)
    known = set(_reports(where))
    with started(["-m", "tests.hostile.faulty", fault, str(where.page)], where.home, streams) as running:
        if fault in LATE_FAULTS:
            running.read_until(SAMPLE_WORD.encode())
            wait_for(lambda: _settled(running, 0.5), "the first screen is whole")
        began = time.monotonic()
        if fault in LATE_FAULTS:
            running.type(b"q" if fault == "exit" else FAULT_KEY_SENT)
        if fault == "finaliser":  # of which only a report is made until the program ends
            wait_for(lambda: running.drain() and set(_reports(where)) - known, "a report")
            running.type(b"q")
        code = running.wait()
        seconds = time.monotonic() - began
        findings = [] if code == EXIT_CODE else [f"exit code {code}, not {EXIT_CODE}"]
        findings += [f"ended after {seconds:.2f} s"] if seconds > LIMIT and fault in LATE_FAULTS else []
        findings += [] if running.attributes() == running.before else ["the attributes are not as before"]
        findings += modes_left(running.output)
        told = running.output + (where.home / "errors").read_bytes() if streams == "stderr" else running.output
    new = set(_reports(where)) - known
    if len(new) != 1 or not all(str(path).encode() in told for path in new):
        findings.append(f"{len(new)} reports, or the sentence does not name it")
    if MARK.encode() in told or any(MARK in path.read_text(encoding="utf-8") for path in new):
        findings.append("the page is quoted")
    return Outcome(trial, tuple(findings), seconds)


def _reports(where: Place) -> list[Path]:
    return list((where.home / "state" / "rumor-tui").glob("crash-*.log"))


def survive(state: str, streams: str, name: str, where: Place) -> Outcome:
    """Send a signal at which the program goes on: it does, and paints and quits as before."""
    trial = Trial(state, streams, name)
    made = STATES[state]
    with started(["-m", "rumor_tui", *made.arguments(where)], where.home, streams, env=made.env) as running:
        made.reach(running)
        at = len(running.drain())
        running.signal(getattr(signal, f"SIG{name}"))
        if name in ("TTIN", "TTOU", "STOP"):  # which stop a process until it is continued
            time.sleep(0.3)
            running.signal(signal.SIGCONT)
        if name in ("TTIN", "TTOU", "STOP", "CONT"):
            running.read_until(b"\x1b[?1049h", at)  # it brings the terminal into its modes again
        wait_for(lambda: _settled(running, 0.3), "it goes on")
        began = time.monotonic()
        running.type(b"q")
        code = running.wait()
        seconds = time.monotonic() - began
        findings = [] if code == 0 else [f"exit code {code}, not 0"]
        findings += [] if running.attributes() == running.before else ["the attributes are not as before"]
        return Outcome(trial, (*findings, *modes_left(running.output)), seconds)


SHELL: Final = """
import os, signal, subprocess, sys
child = subprocess.Popen([sys.executable, *sys.argv[1:]], process_group=0)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
os.tcsetpgrp(0, child.pid)
while True:
    _, status = os.waitpid(child.pid, os.WUNTRACED)
    if not os.WIFSTOPPED(status):
        break
    os.tcsetpgrp(0, os.getpgrp())
    print("shell: stopped", child.pid, flush=True)
    signal.sigwait([signal.SIGUSR1])
    os.tcsetpgrp(0, child.pid)
    os.killpg(child.pid, signal.SIGCONT)
os.tcsetpgrp(0, os.getpgrp())
print("shell: ended with", os.waitstatus_to_exitcode(status), flush=True)
"""
"""A shell with job control, as far as one job needs it: SIGUSR1 continues it in the foreground."""


def suspend_and_resume(where: Place, times: int = 2) -> list[str]:
    """Suspend the program and continue it: the terminal is the shell's meanwhile, and the same screen is painted."""
    findings: list[str] = []
    # A page of the manual: with comments, they would be read meanwhile, and be marked so.
    with started(["-c", SHELL, "-m", "rumor_tui", "help", "storage"], where.home) as running:
        at = running.read_until(b"library")
        wait_for(lambda: _settled(running), "the first screen is whole")
        before = _screen(running.output)
        for _ in range(times):
            program = children(running.process.pid)[0]
            os.kill(program, signal.SIGTSTP)
            at = running.read_until(b"shell: stopped", at)
            if running.attributes() != running.before or modes_left(running.output):
                findings.append("the shell does not get the terminal as it was")
            running.signal(signal.SIGUSR1)
            running.read_until(b"library", at)
            wait_for(lambda: _settled(running), "the screen is whole again")
            if _screen(running.output) != before:
                findings.append("another screen is painted")
        running.type(b"q")
        at = running.read_until(b"shell: ended with 0", at)
        findings += modes_left(running.output)
    return findings


def _settled(running: Pseudo, quiet: float = 1.0) -> bool:
    size = len(running.drain())
    time.sleep(quiet)
    return len(running.drain()) == size


def _screen(output: bytes) -> list[str]:
    replay = Replay(100, 30)
    replay.feed(output)
    return replay.lines


def resized(running: Pseudo, columns: int, rows: int) -> None:
    """Give the terminal another size; the kernel tells the program."""
    fcntl.ioctl(running.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def idle_share(process: int, seconds: float) -> float:
    """The share of a processor that a process and its descendants use while this many seconds pass."""
    before = _worked(process)
    time.sleep(seconds)
    return (_worked(process) - before) / seconds


def _worked(process: int) -> float:
    """Processor seconds of a process and its descendants, as exactly as Linux counts them."""
    nanoseconds = 0
    for one in process_tree(process):
        with suppress(OSError):
            for task in (PROC / str(one) / "task").iterdir():
                nanoseconds += int((task / "schedstat").read_text().split()[0])
    return nanoseconds / 1e9


def rest(trial: Trial, where: Place, seconds: float, limit: float) -> Outcome:
    """Leave the program alone once it has nothing more to do: it takes no more than a share of a processor."""
    state = STATES[trial.state]
    with started(["-m", "rumor_tui", *state.arguments(where)], where.home, trial.streams, env=state.env) as running:
        state.reach(running)
        # What is begun at the start (the index, the record in the library) comes to its end.
        settled, deadline = 1.0, time.monotonic() + PATIENCE
        while settled > limit and time.monotonic() < deadline:
            running.drain()
            settled = idle_share(running.process.pid, 1.0)
        share = idle_share(running.process.pid, seconds)
        code = running.process.poll()
        findings = [f"it takes {share:.2%} of a processor"] if share > limit else []
        return Outcome(trial, (*findings, *([] if code is None else [f"it ended with {code}"])), share)


def trials() -> Iterator[Trial]:
    """The whole matrix."""
    for streams in STREAMS:
        for state in STATES:
            if streams == "piped" and state == "loading":
                continue
            for blow in (*SIGNALS, "hangup", "hangup-ignored"):
                if state not in ("command", "editor") or blow not in ("INT", "QUIT"):  # which are for the command
                    yield Trial(state, streams, blow)
