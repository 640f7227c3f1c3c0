from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from rumor_tui import terminal
from tests.pseudo import PATIENCE, Pseudo, pseudo

# A small app as any app may be: it shows "ready", and can be told by keys to fail, to hang, or to flood.
PROGRAM = """
import asyncio, os, select, sys, time
from textual.app import App
from textual.widgets import Static
from rumor_tui.terminal import guarded_terminal, terminal_streams

class Small(App):
    ENABLE_COMMAND_PALETTE = False
    def compose(self):
        yield Static("ready")
    def on_mount(self):
        self.loop = asyncio.get_running_loop()
    def stop_soon(self, code):
        if len(sys.argv) > 2:
            with open(sys.argv[2], "w") as found:
                found.write(f"ready: {select.select([0], [], [], 0)[0]}")
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
    guard.see_out()
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
        assert terminal.RESET_SEQUENCES.encode() not in running.output


def test_what_an_able_terminal_had_switched_on_is_switched_off() -> None:
    with pseudo(small()) as running:
        running.read_until(b"ready")
        running.type(b"\x1b[?2048;2$y")  # the terminal's answer: it can report a resize among the keys
        running.read_until(b"\x1b[?1016h")
        running.type(b"q")
        assert running.wait() == 0
        for mode in (b"1016", b"2048"):
            assert running.output.rfind(b"\x1b[?%sl" % mode) > running.output.rfind(b"\x1b[?%sh" % mode)


def test_an_exception_puts_the_terminal_back() -> None:
    with pseudo(small("raise")) as running:
        running.read_until(b"ready")
        running.type(b"q")
        assert running.wait() == 1
        assert running.output.index(terminal.RESET_SEQUENCES.encode()) < running.output.index(b"LookupError")
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


def test_nothing_is_there_to_be_read_after_a_terminal_was_lost(tmp_path: Path) -> None:
    """A descriptor without a terminal is always ready, and reading it over and over takes a whole processor."""
    found = tmp_path / "found"
    with pseudo([*small("deaf"), str(found)], ignoring=[signal.SIGHUP]) as running:
        running.read_until(b"ready")
        running.hang_up()
        running.wait()
    assert found.read_text() == "ready: []"


def test_a_signal_that_was_ignored_stays_ignored() -> None:
    with pseudo(small(), ignoring=[signal.SIGUSR1]) as running:
        running.read_until(b"ready")
        running.signal(signal.SIGUSR1)
        running.type(b"q")
        assert running.wait() == 0


def test_a_suspended_program_that_is_told_to_end_leaves_the_terminal_to_the_shell() -> None:
    """As `kill %1` does after ctrl+z: the terminal is the shell's, which stands here as a process of our own."""
    with pseudo(["-c", SHELL, *small()]) as running:
        running.read_until(b"ready")
        running.signal(signal.SIGUSR1)
        written = running.read_until(b"shell: stopped")
        running.signal(signal.SIGUSR1)
        running.read_until(f"shell: ended with {128 + signal.SIGTERM}".encode())
        assert running.wait() == 0
        assert b"\x1b" not in running.output[written:]


SHELL = """
import os, signal, subprocess, sys
child = subprocess.Popen([sys.executable, *sys.argv[1:]], process_group=0)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
os.tcsetpgrp(0, child.pid)
signal.sigwait([signal.SIGUSR1])
os.kill(child.pid, signal.SIGTSTP)
os.waitpid(child.pid, os.WUNTRACED)
os.tcsetpgrp(0, os.getpgrp())
print("shell: stopped", flush=True)
signal.sigwait([signal.SIGUSR1])
os.kill(child.pid, signal.SIGTERM)
os.kill(child.pid, signal.SIGCONT)
print("shell: ended with", child.wait(), flush=True)
"""


STREAMS = """
import os, sys, termios
from rumor_tui.terminal import NoTerminalError, terminal_streams
text = sys.stdin.read() if sys.stdin else ""
try:
    with terminal_streams():
        print(f"read {text!r}, terminals {[os.isatty(n) for n in (0, 1, 2)]}", flush=True)
        assert sys.__stdin__ is not None and sys.__stderr__ is not None
        print("typed", os.read(0, 10), flush=True)
        os.write(2, b"drawn")
except NoTerminalError as error:
    print(error, flush=True)
os.write(2, b"told afterwards")
"""


def test_keys_come_from_the_terminal_after_a_pipe_was_read(tmp_path: Path) -> None:
    piped = tmp_path / "piped"
    piped.write_text("page")
    with piped.open() as source, pseudo(["-c", STREAMS], streams={0: source.fileno()}) as running:
        running.read_until(b"read 'page', terminals [True, True, True]")
        running.type(b"x\n")
        running.read_until(b"typed b'x\\n'")
        assert running.wait() == 0


def test_drawing_reaches_the_terminal_when_errors_go_to_a_file(tmp_path: Path) -> None:
    errors = tmp_path / "errors"
    with errors.open("wb") as sink, pseudo(["-c", STREAMS], streams={2: sink.fileno()}) as running:
        running.type(b"\x04\n")
        running.read_until(b"drawn")
        assert running.wait() == 0
    assert errors.read_text() == "told afterwards"


@pytest.mark.parametrize("closed", ["<&-", "2>&-"])
def test_a_descriptor_that_was_closed_is_opened_on_the_terminal(closed: str) -> None:
    """As a shell does with `<&-`; Python then has no stream for it, and Textual would fail."""
    start = "import os, sys; os.execvp('sh', ['sh', '-c', 'exec \"$0\" -c \"$1\" ' + sys.argv[1], *sys.argv[2:]])"
    program = STREAMS.replace('os.write(2, b"told afterwards")', "")
    with pseudo(["-c", start, closed, sys.executable, program]) as running:
        running.type(b"\x04\n" if closed == "2>&-" else b"\n")
        running.read_until(b"terminals [True, True, True]")
        running.read_until(b"drawn")
        assert running.wait() == 0


def test_without_a_controlling_terminal_there_is_a_sentence() -> None:
    streams = {0: subprocess.DEVNULL}
    with pseudo(["-c", STREAMS], streams=streams, controlling=False) as running:
        running.read_until(b"There is no terminal to take keys from.")
        assert running.wait() == 0


def test_a_guard_gives_back_what_it_found() -> None:
    before = {number: signal.getsignal(number) for number in signal.valid_signals()}
    with terminal.guarded_terminal(lambda _: None) as guard:
        assert signal.getsignal(signal.SIGTERM) != before[signal.SIGTERM]
        assert guard.exit_code(3) == 3
    assert {number: signal.getsignal(number) for number in signal.valid_signals()} == before
    assert "terminal-guard" not in {thread.name for thread in threading.enumerate()}


def test_a_guard_calls_the_app_with_the_exit_code() -> None:
    asked = threading.Event()
    codes: list[int] = []

    def stop(code: int) -> None:
        codes.append(code)
        asked.set()

    with terminal.guarded_terminal(stop) as guard:
        signal.raise_signal(signal.SIGUSR1)
        assert asked.wait(PATIENCE)
    assert codes == [128 + signal.SIGUSR1]
    assert guard.exit_code(0) == 128 + signal.SIGUSR1
