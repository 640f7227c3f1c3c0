"""Work in a process of its own: what it answers, how it is ended, and what it can no longer do.

The hostile task is `eval`: whoever has taken over a parser can run whatever code they like.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from rumor_tui import isolated
from rumor_tui.isolated import IsolatedError, decode, encode, run_isolated
from rumor_tui.isolated.system_calls import MACHINES, filter_program

PACKAGE = Path(isolated.__file__).parents[1]
FILTERED = sys.platform == "linux" and platform.machine() in MACHINES


def run(code: str, seconds: float = 20.0, memory: int = isolated.DEFAULT_MEMORY) -> str:
    """What `answer()` returns, as text, when the code that defines it runs in the process."""
    line = f"(exec({code!r}, d := {{}}), str(d['answer']()).encode())[1]"
    return run_isolated("builtins:eval", line.encode(), seconds=seconds, memory=memory).decode()


def reason(code: str, seconds: float = 20.0, memory: int = isolated.DEFAULT_MEMORY) -> str:
    """Why the process gave no answer."""
    with pytest.raises(IsolatedError) as caught:
        run(code, seconds, memory)
    return caught.value.reason


def no_children() -> bool:
    """Whether this process has no child of its own, not even one that has ended."""
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


def test_data_of_any_size_goes_and_comes() -> None:
    data = os.urandom(1000) * 1000
    assert run_isolated("builtins:bytes", data, seconds=20) == data
    assert run_isolated("builtins:bytes", b"", seconds=20) == b""


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("def answer():\n while True: pass", "time"),
        ("import time\ndef answer(): time.sleep(60)", "time"),
        ("import os\ndef answer():\n os.close(1)\n while True: pass", "time"),
        ("import os\ndef answer():\n while True: os.write(1, bytes(65536))", "failed"),
    ],
    ids=["busy", "asleep", "deaf", "an answer without end"],
)
def test_what_does_not_end_is_ended(code: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "MAX_ANSWER", 10_000_000)
    assert reason(code, seconds=20 if why == "failed" else 0.5) == why
    assert no_children()


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("def answer(): return len(bytes(2 ** 30))", "memory"),
        ("def answer():\n raise MemoryError", "memory"),
        ("def answer():\n raise ValueError", "failed"),
        ("def answer():\n raise SystemExit", "failed"),
        ("def answer():\n raise KeyboardInterrupt", "failed"),
        ("import os\ndef answer(): os._exit(7)", "failed"),
        ("import os\ndef answer():\n os.write(1, b'half'), os._exit(1)", "failed"),
        ("import os\ndef answer(): os.abort()", "failed"),
        ("import ctypes\ndef answer(): return ctypes.string_at(0)", "failed"),
    ],
    ids=["big", "MemoryError", "error", "exit", "interrupt", "code", "half", "abort", "fault"],
)
def test_what_fails_is_told_and_no_more(code: str, why: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert reason(code) == why
    assert no_children()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("task", ["rumor_tui.nothing:answer", "builtins:nothing", "", "builtins:len"])
def test_a_task_that_is_none_has_failed(task: str) -> None:
    with pytest.raises(IsolatedError):
        run_isolated(task, b"data", seconds=20)


def test_without_a_python_it_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nothing/python")
    assert reason("") == "failed"


def test_nobody_wants_it_any_more() -> None:
    wanted = threading.Event()
    threading.Timer(0.2, wanted.set).start()
    with pytest.raises(IsolatedError) as caught:
        run_isolated("time:sleep", b"", seconds=60, stop=wanted.is_set)
    assert caught.value.reason in ("stopped", "failed")
    with pytest.raises(IsolatedError) as caught:
        run_isolated("builtins:eval", b"__import__('time').sleep(60)", seconds=60, stop=wanted.is_set)
    assert caught.value.reason == "stopped"
    assert no_children()


REFUSED = {
    "a connection": "import socket\ndef do(): socket.create_connection(('127.0.0.1', 9))",
    "a socket": "import _socket\ndef do(): _socket.socket()",
    "a name": "import socket\ndef do(): socket.getaddrinfo('localhost', 80)",
    "a program": "import subprocess\ndef do(): subprocess.run(['true'])",
    "a shell": "import os\ndef do():\n if os.system('true'): raise OSError",
    "exec": "import os\ndef do(): os.execv('/bin/true', ['true'])",
    "fork": "import os\ndef do():\n if not os.fork(): os._exit(0)",
    "a pseudo-terminal": "import pty\ndef do(): pty.fork()",
    "writing": "def do(): open('{folder}/new', 'w')",
    "appending": "def do(): open('{folder}/kept', 'a')",
    "low writing": "import os\ndef do(): os.open('{folder}/new', os.O_CREAT | os.O_RDWR)",
    "removing": "import os\ndef do(): os.remove('{folder}/kept')",
    "renaming": "import os\ndef do(): os.rename('{folder}/kept', '{folder}/new')",
    "a folder": "import os\ndef do(): os.mkdir('{folder}/new')",
    "a link": "import os\ndef do(): os.symlink('{folder}/kept', '{folder}/new')",
    "cutting": "import os\ndef do(): os.truncate('{folder}/kept', 0)",
    "killing": "import os, signal\ndef do(): os.kill(os.getppid(), 0)",
    "pickle": "import pickle, os\ndef do(): pickle.loads(pickle.dumps(os.system))",
    "a database": "import sqlite3\ndef do(): sqlite3.connect('{folder}/new')",
}
NATIVE = {
    "a socket": "library.socket(2, 1, 0)",
    "a pair": "library.socketpair(1, 1, 0, (ctypes.c_int * 2)())",
    "a shell": "library.system(b'touch {folder}/new') or -1",
    "fork": "library.fork()",
    "vfork by number": "library.syscall(number('vfork', 'clone'), 0, 0, 0, 0, 0)",
    "exec": "library.execl(b'/bin/true', b'true', None)",
    "writing": "library.open(b'{folder}/new', os.O_CREAT | os.O_WRONLY, 0o600)",
    "removing": "library.unlink(b'{folder}/kept')",
    "killing": "library.kill(os.getppid(), 0)",
    "io_uring": "library.syscall(425, 8, bytes(120))",
    "memory that is a file": "library.memfd_create(b'x', 0)",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "kept").write_text("kept")
    return tmp_path


def test_python_refuses_all_that_no_parser_needs(folder: Path) -> None:
    tries = {name: code.replace("{folder}", str(folder)) for name, code in REFUSED.items()}
    code = f"""
def answer():
    done = []
    for name, code in {tries!r}.items():
        try:
            names = {{}}
            exec(code, names)
            names["do"]()
        except Exception:
            continue
        done.append(name)
    return done
"""
    assert run(code) == "[]"
    assert [(path.name, path.read_text()) for path in folder.iterdir()] == [("kept", "kept")]


@pytest.mark.skipif(not FILTERED, reason="the system has no such filter")
def test_the_kernel_refuses_it_too(folder: Path) -> None:
    tries = {name: code.replace("{folder}", str(folder)) for name, code in NATIVE.items()}
    code = f"""
import ctypes, os, platform
from rumor_tui.isolated.system_calls import MACHINES
numbers = MACHINES[platform.machine()].numbers
def number(*names): return next(numbers[name] for name in names if name in numbers)
library = ctypes.CDLL(None)
def answer(): return [name for name, code in {tries!r}.items() if eval(code) != -1]
"""
    assert run(code) == "['a shell']"  # whose code says that no shell could be started
    assert [(path.name, path.read_text()) for path in folder.iterdir()] == [("kept", "kept")]


@pytest.mark.skipif(not FILTERED, reason="the system has no such filter")
def test_a_call_by_another_table_ends_the_process() -> None:
    if platform.machine() != "x86_64":
        pytest.skip("only x86_64 has another table")
    assert reason("import ctypes\ndef answer(): return ctypes.CDLL(None).syscall(0x40000000 + 39)") == "failed"


def test_a_thread_can_still_be_started_by_what_needs_one_or_is_refused() -> None:
    """A library that starts threads goes on in its first one where that is refused (the limit on processes)."""
    code = "import threading\ndef answer():\n try: threading.Thread(target=print).start()\n"
    assert run(code + " except RuntimeError: pass\n return 'alive'").endswith("alive")


def test_the_limits_are_set() -> None:
    code = """
import resource
def answer(): return [resource.getrlimit(getattr(resource, "RLIMIT_" + name)) for name in ("FSIZE", "CORE", "NOFILE")]
"""
    assert run(code) == "[(0, 0), (0, 0), (32, 32)]"


def test_it_has_no_environment_that_it_does_not_need(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("HTTPS_PROXY", "HOME", "SECRET_TOKEN", "PYTHONPATH", "PYTHONSTARTUP", "LD_PRELOAD"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    found = run("import os\ndef answer(): return sorted(os.environ)")
    assert not {"HTTPS_PROXY", "HOME", "SECRET_TOKEN", "PYTHONPATH", "PYTHONSTARTUP", "LD_PRELOAD"} & set(eval(found))
    assert "LC_ALL" in found
    assert run("import os\ndef answer(): return os.getcwd()") == "/"


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the descriptors cannot be listed")
def test_it_inherits_no_descriptor(tmp_path: Path) -> None:
    with (tmp_path / "open").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        found = run("import os\ndef answer(): return [os.readlink('/proc/self/fd/%d' % n) for n in range(3)]")
        assert found.count("pipe:") == 2
        assert "/dev/null" in found
        code = "import os\ndef answer(): return sum(os.path.exists('/proc/self/fd/%d' % n) for n in range(3, 2000))"
        assert run(code) == "0"


def test_it_imports_nothing_from_where_a_page_was_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("rumor_tui", "resource", "ctypes", "signal", "colorsys"):
        (tmp_path / f"{name}.py").write_text("open('trapped', 'w').close()\nraise SystemExit(3)\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.syspath_prepend(str(tmp_path))
    assert run("import colorsys\ndef answer(): return colorsys.__file__").startswith(sys.base_prefix)
    assert not (tmp_path / "trapped").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_it_goes_when_the_program_is_killed() -> None:
    """The number of the process is read from its parent's list of children."""
    code = "from rumor_tui.isolated import run_isolated\n"
    code += "run_isolated('builtins:eval', b'__import__(\"time\").sleep(600)', seconds=600)"
    program = subprocess.Popen([sys.executable, "-c", code], cwd=PACKAGE.parent)
    children = Path(f"/proc/{program.pid}/task/{program.pid}/children")
    if not children.exists():
        program.kill()
        program.wait()
        pytest.skip("the kernel does not list children")
    patience = time.monotonic() + 60
    while not (found := children.read_text().split()) and time.monotonic() < patience:
        time.sleep(0.02)
    child = Path(f"/proc/{found[0]}")
    while b"rumor_tui" not in (child / "cmdline").read_bytes() and time.monotonic() < patience:
        time.sleep(0.02)
    program.kill()
    program.wait()
    while child.exists() and "Z" not in (child / "stat").read_text().split()[2] and time.monotonic() < patience:
        time.sleep(0.02)
    assert time.monotonic() < patience


class Parcel(NamedTuple):
    name: str
    sizes: list[int]


def test_what_is_encoded_comes_back_whatever_it_holds() -> None:
    assert decode(encode(Parcel("é", [1, -2])), Parcel) == Parcel("é", [1, -2])
    assert decode(encode(Parcel("a\ud800b", [10**30, -(10**30)])), Parcel).name.startswith("a\ufffd")


@pytest.mark.parametrize(
    "data", [b"", b"\x90", b"\x92\xa1a\xa1b", b"\x92\xa1a", encode(["a", [1.5]]), b"\x91" * 100_000]
)
def test_what_is_not_as_expected_is_refused(data: bytes) -> None:
    with pytest.raises(IsolatedError) as caught:
        decode(data, Parcel)
    assert caught.value.reason == "failed"


def test_every_table_gives_a_filter_that_a_kernel_takes() -> None:
    """At most 4,096 instructions of 8 bytes (BPF_MAXINSNS), of which the last one answers."""
    for machine in MACHINES.values():
        program = filter_program(machine)
        assert len(program) % 8 == 0
        assert len(program) // 8 <= 4096
        assert program[-8:] == b"\x06\x00\x00\x00\x00\x00\xff\x7f"
        assert len(set(machine.numbers.values())) == len(machine.numbers)


def test_nothing_of_ours_unpickles() -> None:
    """Data of strangers is never pickled: loading a pickle runs what stands in it."""
    words = ("import pickle", "from pickle", "import marshal", "import shelve", "import dill", "cPickle")
    found = [path.name for path in PACKAGE.rglob("*.py") if any(w in path.read_text(encoding="utf-8") for w in words)]
    assert found == []
