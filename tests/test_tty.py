from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rumor_tui import tty
from tests.pseudo import PATIENCE, Pseudo, pseudo

# A small app as any app may be: it shows "ready", and can be told by keys to fail, to hang, or to flood.
PROGRAM = """
import asyncio, os, sys, time
from textual.app import App
from textual.widgets import Static
from rumor_tui.tty import guarded_terminal, terminal_streams

class Small(App):
    ENABLE_COMMAND_PALETTE = False
    def compose(self):
        yield Static("ready")
    def on_mount(self):
        self.loop = asyncio.get_running_loop()
    def stop_soon(self, code):
        if MODE != "deaf":
            self.loop.call_soon_threadsafe(self.exit, None, code)
    def on_key(self, event):
        if event.key == "q":
            self.exit()
        if event.key == "h":
            os.write(2, b"hanging")
            time.sleep(600)
        if event.key == "b":
            1 / 0
        if event.key == "e":
            guard.end(70)
        if event.key == "f":
            self.set_interval(0.001, self.flood)
    def flood(self):
        self.query_one(Static).update(str(time.monotonic()) * 300)

MODE = sys.argv[1]
with terminal_streams():
    app = Small()
    with guarded_terminal(app.stop_soon) as guard:
        app.run()
        if MODE == "raise":
            raise LookupError("after the app")
    print("left", flush=True)
    sys.exit(guard.exit_code(app.return_code or 0))
"""

MODES = [b"1000", b"1003", b"1006", b"1004", b"2004", b"1049"]


def small(mode: str = "plain") -> list[str]:
    return ["-c", PROGRAM, mode]


def assert_as_before(running: Pseudo) -> None:
    """The terminal's attributes are those from before, and each mode was last switched off (the cursor: on)."""
    assert running.attributes() == running.before
    for mode in MODES:
        off, on = running.output.rfind(b"\x1b[?%sl" % mode), running.output.rfind(b"\x1b[?%sh" % mode)
        assert off > on, f"mode {mode!r} was left on"
    for first, last in ((b"\x1b[?25l", b"\x1b[?25h"), (b"\x1b[?7l", b"\x1b[?7h"), (b"\x1b[>", b"\x1b[<u")):
        assert running.output.rfind(last) > running.output.rfind(first), f"{last!r} is missing"


@pytest.mark.parametrize(
    "number",
    [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGUSR1, signal.SIGALRM, signal.SIGRTMIN],
)
def test_a_signal_ends_the_app_and_leaves_the_terminal_as_it_was(number: int) -> None:
    with pseudo(small()) as running:
        running.read_until(b"ready")
        assert running.attributes() != running.before
        running.signal(number)
        assert running.wait() == 128 + number
        assert_as_before(running)


def test_an_app_that_hangs_is_ended_and_the_terminal_put_back() -> None:
    with pseudo(small()) as running:
        running.read_until(b"ready")
        running.type(b"h")
        running.read_until(b"hanging")
        running.signal(signal.SIGTERM)
        assert running.wait() == 128 + signal.SIGTERM
        assert b"left" not in running.output
        assert_as_before(running)


def test_an_app_that_does_not_listen_is_ended() -> None:
    with pseudo(small("deaf")) as running:
        running.read_until(b"ready")
        running.signal(signal.SIGUSR2)
        assert running.wait() == 128 + signal.SIGUSR2
        assert_as_before(running)


def stall(running: Pseudo) -> None:
    """Have the app write until the terminal takes no more, while nobody reads."""
    running.read_until(b"ready")
    running.type(b"f")
    deadline = time.monotonic() + PATIENCE
    while not has_blocked_writer(running.process.pid):
        assert time.monotonic() < deadline, "the terminal never filled up"
        time.sleep(0.05)


def has_blocked_writer(process: int) -> bool:
    """Whether a thread waits inside write(2), system call 1 or 64, as Linux tells it on x86-64 and on ARM."""
    calls = [(task / "syscall").read_text().split()[:2] for task in Path(f"/proc/{process}/task").iterdir()]
    return any(call in (["1", "0x2"], ["64", "0x2"]) for call in calls)


@pytest.mark.skipif(not Path("/proc/self/syscall").exists(), reason="needs /proc to see that a write is blocked")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_terminal_that_stopped_reading_cannot_hold_the_program(number: int) -> None:
    with pseudo(small()) as running:
        stall(running)
        running.signal(number)
        assert running.wait(reading=False) == 128 + number
        running.drain()
        assert_as_before(running)


def test_leaving_in_the_normal_way_writes_nothing_of_ours() -> None:
    with pseudo(small()) as running:
        running.read_until(b"ready")
        running.type(b"q")
        assert running.wait() == 0
        assert_as_before(running)
        assert tty.LEAVE.encode() not in running.output


def test_an_exception_puts_the_terminal_back() -> None:
    with pseudo(small("raise")) as running:
        running.read_until(b"ready")
        running.type(b"q")
        assert running.wait() == 1
        assert running.output.index(tty.LEAVE.encode()) < running.output.index(b"LookupError")
        assert_as_before(running)


def test_an_app_that_found_a_fault_ends_with_the_code_it_gave() -> None:
    with pseudo(small()) as running:
        running.read_until(b"ready")
        running.type(b"e")
        assert running.wait() == 70
        assert_as_before(running)


def test_a_crash_in_the_app_leaves_the_terminal_as_it_was() -> None:
    with pseudo(small()) as running:
        running.read_until(b"ready")
        running.type(b"b")
        assert running.wait() == 1
        assert_as_before(running)


@pytest.mark.parametrize("ignoring", [(), (signal.SIGHUP,)], ids=["", "SIGHUP ignored"])
@pytest.mark.parametrize("mode", ["plain", "deaf"])
def test_a_lost_terminal_ends_the_app(mode: str, ignoring: tuple[int, ...]) -> None:
    with pseudo(small(mode), ignoring=ignoring) as running:
        running.read_until(b"ready")
        running.hang_up()
        assert running.wait() == 128 + signal.SIGHUP


def test_a_lost_terminal_is_not_read_over_and_over() -> None:
    with pseudo(small("deaf"), ignoring=[signal.SIGHUP]) as running:
        running.read_until(b"ready")
        before = os.times().children_user + os.times().children_system
        running.hang_up()
        running.wait()
        spent = os.times().children_user + os.times().children_system - before
        # All of the process's time, so its start too; reading for the whole of the grace would double that.
        assert spent < idle_cost() + tty.GRACE / 2


def idle_cost() -> float:
    """Seconds of processor time of a run that is left at once."""
    before = os.times().children_user + os.times().children_system
    with pseudo(small()) as running:
        running.read_until(b"ready")
        running.type(b"q")
        running.wait()
    return os.times().children_user + os.times().children_system - before


def test_a_signal_that_was_ignored_stays_ignored() -> None:
    with pseudo(small(), ignoring=[signal.SIGUSR1]) as running:
        running.read_until(b"ready")
        running.signal(signal.SIGUSR1)
        running.type(b"q")
        assert running.wait() == 0
