"""Running a target many times: what went wrong, once for each cause, with the smallest input that shows it."""

from __future__ import annotations

import gc
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, process_time
from types import FrameType

from tests.hostile.fuzz_checks import Finding
from tests.hostile.fuzz_targets import Target

SLOW = 2.0
"""Seconds of processor time that one input may take."""

MEMORY = 1024**3
"""Bytes of address space that a run may take beyond what it begins with."""

_POOL = 3_000
"""Inputs that are kept for being new ground at most."""

_TOLD = 12
"""Problems of a target that are told and made small at most."""

_SHOWN = 600
"""Bytes of an input that are printed."""

_COLLECTED = 500
"""Runs between two collections of garbage."""


class TooSlow(BaseException):
    """An input takes too long; no `except Exception` catches it."""


@dataclass(slots=True)
class Tally:
    """What came of fuzzing a target: runs, how many of them its reader recognised, and the problems by their cause."""

    name: str
    runs: int = 0
    known: int = 0
    grounds: int = 0
    slowest: float = 0.0
    seconds: float = 0.0
    """Of processor time that the inputs took."""
    problems: dict[str, bytes] = field(default_factory=dict)

    def __str__(self) -> str:
        rate = self.runs / max(self.seconds, 1e-9)
        return (
            f"{self.name:28} {self.runs:>9,} runs  {self.known / max(self.runs, 1):6.1%} recognised "
            f"{self.grounds:>5} grounds  slowest {self.slowest:5.2f} s  {rate:>7,.0f}/s  {len(self.problems)} problems"
        )


def fuzz(
    target: Target,
    runs: int,
    seed: int = 1,
    *,
    seconds: float = 0.0,
    found: Sequence[bytes] = (),
    tell: Callable[[str], None] = print,
) -> Tally:
    """Run a target so many times, or for so many seconds; `tell` hears of each problem at once.

    `found` are inputs that led somewhere before, to begin with besides the target's own.
    """
    tally = Tally(target.name)
    mutator = target.mutator(seed)
    for data in found:
        mutator.add(data)
    known: set[Hashable] = set()
    began = monotonic()
    with limits():
        for data in _inputs(target, runs, mutator.pool[:], lambda: target.next_input(mutator)):
            started = process_time()
            problem, ground = run_once(target.run, data)
            took = process_time() - started
            tally.runs += 1
            tally.known += ground is not None
            tally.slowest = max(tally.slowest, took)
            tally.seconds += took
            if problem is None and took > SLOW:
                problem = f"took more than {SLOW} s"
            if problem is not None and problem not in tally.problems and len(tally.problems) < _TOLD:
                tally.problems[problem] = smallest(target.run, data, problem)
                tell(f"{target.name}: {problem}\n    {shown(tally.problems[problem])}")
            elif ground is not None and ground not in known and len(known) < _POOL:
                known.add(ground)
                mutator.add(data)
            if not tally.runs % _COLLECTED:
                gc.collect()
                if seconds and monotonic() - began > seconds:
                    break
    tally.grounds = len(known)
    return tally


def _inputs(target: Target, runs: int, seeds: list[bytes], following: Callable[[], bytes]) -> Iterator[bytes]:
    yield from seeds[:runs]
    for _ in range(runs - len(seeds)):
        yield following()


def run_once(run: Callable[[bytes], Hashable], data: bytes) -> tuple[str | None, Hashable]:
    """The problem with an input, if it is one, named by its cause; and where the input led."""
    signal.setitimer(signal.ITIMER_VIRTUAL, SLOW)
    try:
        ground = run(data)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        return None, ground
    except TooSlow as error:
        return cause_of(error), None
    except (Exception, SystemExit) as error:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        return cause_of(error), None


def cause_of(error: BaseException) -> str:
    """What an exception is, and the last place in rumor_tui that it came through."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "rumor_tui" in frame.filename]
    if isinstance(error, Finding):
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "fuzz" in frame.filename]
        frames = [frame for frame in frames if frame.name != "hold"]
    at = f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].name}:{frames[-1].lineno}" if frames else "?"
    said = "" if isinstance(error, Finding) and "{" in str(error) else str(error)[:110]
    return f"{type(error).__name__} at {at}" + (f" ({said})" if isinstance(error, Finding) and said else "")


def smallest(run: Callable[[bytes], Hashable], data: bytes, problem: str, tries: int = 1_500) -> bytes:
    """An input with the same cause from which nothing more can be taken away, as far as so many tries tell."""
    cause = problem.partition(" (")[0]
    if cause.startswith(("TooSlow", "took")):
        tries = 12
    size = max(1, len(data) // 2)
    while size and tries > 0:
        at, taken = 0, False
        while at < len(data) and tries > 0:
            shorter = data[:at] + data[at + size :]
            tries -= 1
            if (run_once(run, shorter)[0] or "").partition(" (")[0] == cause:
                data, taken = shorter, True
            else:
                at += size
        if not taken or size > 1:
            size //= 2
    return data


def shown(data: bytes) -> str:
    """An input as a literal; of a long one only the beginning."""
    return repr(data[:_SHOWN]) + (f" … ({len(data):,} bytes)" if len(data) > _SHOWN else "")


@contextmanager
def limits() -> Iterator[None]:
    """Within: an input that takes too long ends with TooSlow, and one that takes too much memory with MemoryError."""
    before = signal.signal(signal.SIGVTALRM, _too_slow)
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_address_space() + MEMORY, hard))
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _too_slow(number: int, frame: FrameType | None) -> None:
    raise TooSlow(f"more than {SLOW} s")


def _address_space() -> int:
    """Bytes of address space that the process has; nothing where the system does not tell."""
    try:
        with Path("/proc/self/statm").open(encoding="ascii") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return sys.maxsize // 2
