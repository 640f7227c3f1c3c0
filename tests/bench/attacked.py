"""Every attack of a server on the program itself, with its real limits: what is said and shown, the time, the memory.

    python -m tests.bench.attacked [--only WORD] [--runs N] [--at-once N]

prints a line for each attack of `tests.hostile.servers`, and exits with 1 when one does more than it may: the deadline
of an answer is kept within a second, memory stays within 100 MB of what an honest page takes, what came is shown, and
what is said is a sentence that is true.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rumor_tui.sources.config import Limits
from tests.hostile.servers import ATTACKS, Server, misbehaving
from tests.hostile.wire import Attack

MOST_MEMORY = 100.0
"""Megabytes above what an honest page takes."""

_LOOK = 0.02
"""Seconds between two looks at the memory of a process."""

LATE = 1.0
"""Seconds beyond a deadline."""

_CONTROLS = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]")


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the program: its exit code, what it wrote, and what it took (seconds, megabytes)."""

    code: int
    out: bytes
    err: bytes
    seconds: float
    memory: float


def _peak(number: int) -> float:
    """The most memory that a process has had so far, in megabytes. What it had of its parent's does not count."""
    with suppress(OSError, StopIteration, IndexError):
        lines = Path(f"/proc/{number}/status").read_text(encoding="ascii").splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM:")).split()[1]) / 1_000
    return 0.0


def run_program(words: Sequence[str], home: Path) -> Run:
    """Run the program on words, without a terminal, with a home of its own."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")},
        **{f"XDG_{name}_HOME": str(home / name.lower()) for name in ("DATA", "CACHE", "CONFIG")},
        "HOME": str(home),
    }
    home.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with (home / "out").open("w+b") as out, (home / "err").open("w+b") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "rumor_tui", *words],
            stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=environment,
        )  # fmt: skip
        memory = 0.0
        while process.poll() is None:
            memory = max(memory, _peak(process.pid))
            time.sleep(_LOOK)
        seconds = time.monotonic() - began
        out.seek(0)
        err.seek(0)
        return Run(process.returncode, out.read(), err.read(), seconds, memory)


def faults(attack: Attack, run: Run, base: Run, held: float) -> list[str]:
    """What is wrong with a run; `held` are the seconds for which the server could hold a connection.

    The time of the whole run is that of a machine that does other things, too, so it is only told.
    """
    said, shown = run.err.decode("utf-8", "replace"), run.out.decode("utf-8", "replace")
    checks = {
        f"waited for {held:.1f} s": held > Limits().answer + LATE,
        f"took {run.memory - base.memory:.0f} MB more": run.memory > base.memory + MOST_MEMORY,
        f"ended with {run.code}": run.code not in (0, 1),
        "does not show what came": bool(attack.shows) and attack.shows not in " ".join(shown.split()),
        f"does not say {attack.says!r}": attack.says not in said,
        "says something for nothing": not attack.says and bool(said.strip()),
        "says nothing true of what is shown": run.code == 0 and "thing was" in said,
        "is no sentence": run.code == 1 and not said.rstrip().endswith("."),
        "asks for a report": "Please report" in said or "Traceback" in said,
        "writes control characters": bool(_CONTROLS.search(run.out) or _CONTROLS.search(run.err)),
    }
    return [fault for fault, is_so in checks.items() if is_so]


def attack_all(server: Server, names: Sequence[str], at_once: int, home: Path) -> int:
    """Print a line for each attack; the answer is the number of those that did more than they may."""
    base = run_program([server.address("good")], home / "good")
    print(f"{'an honest page':44} {base.seconds:14.1f} s {base.memory:4.0f} MB")
    found = 0

    def run(name: str) -> Run:
        return run_program([server.address(name)], home / name)

    with ThreadPoolExecutor(at_once) as pool:
        for name, made in zip(names, pool.map(run, names), strict=True):
            held = server.held.get(f"/{name}", 0.0)
            wrong = faults(ATTACKS[name], made, base, held)
            found += bool(wrong)
            told = " ".join(made.err.decode("utf-8", "replace").split())
            times = f"{held:5.1f} of {made.seconds:5.1f} s"
            print(f"{name:44} {times} {made.memory - base.memory:+7.0f} MB  {made.code}  {told[:160]}")
            for one in wrong:
                print(f"    {one}")
            sys.stdout.flush()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", default="", help="attacks whose name holds this word")
    parser.add_argument("--runs", type=int, default=1, help="how often each attack is run")
    parser.add_argument("--at-once", type=int, default=6, help="attacks that run side by side")
    given = parser.parse_args()
    names = [name for name in ATTACKS if given.only in name] * given.runs
    with misbehaving() as server, tempfile.TemporaryDirectory() as folder:
        found = attack_all(server, names, given.at_once, Path(folder))
    print(f"{found} of {len(names)} attacks did more than they may.")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
