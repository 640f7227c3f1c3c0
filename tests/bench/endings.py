"""Everything that can end the program, in every state: `python -m tests.bench.endings [WORD…] [--runs N]`.

It prints the matrix, a line a trial that has a finding, and exits with 1 if there is one. WORDs narrow it to the trials
that have all of them: a state, a set of streams ("tty", "piped", "stderr"), a blow; "signals", "kept", "faults",
"suspend" and "idle" are its parts. Signals and lost terminals are `tests.hostile.endings.trials`; kept signals are
those at which the program goes on. What is measured while the machine does other things too is slower than it is.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from statistics import median

from tests.hostile import endings
from tests.hostile.endings import Outcome, Place, Trial

IDLE_SECONDS = 5.0
"""Seconds over which the processor time of an idle program is taken."""
IDLE_LIMIT = 0.01


def signals(where: Place) -> Iterator[tuple[Trial, Callable[[], Outcome]]]:
    """Signals and lost terminals."""
    for trial in endings.trials():
        yield trial, lambda trial=trial: endings.strike(trial, where)  # type: ignore[misc]


def kept(where: Place) -> Iterator[tuple[Trial, Callable[[], Outcome]]]:
    """Signals at which the program goes on."""
    for streams in endings.STREAMS:
        for name in endings.KEPT_SIGNALS:
            yield Trial("idle", streams, name), lambda s=streams, n=name: endings.survive("idle", s, n, where)  # type: ignore[misc]


def faults(where: Place) -> Iterator[tuple[Trial, Callable[[], Outcome]]]:
    """Faults of the program."""
    for streams in endings.STREAMS:
        for fault in (*endings.EARLY_FAULTS, *endings.LATE_FAULTS):
            yield Trial("fault", streams, fault), lambda s=streams, f=fault: endings.fall(f, s, where)  # type: ignore[misc]


def suspend(where: Place) -> Iterator[tuple[Trial, Callable[[], Outcome]]]:
    """Suspended and continued, three times in a row."""
    trial = Trial("suspend", "tty", "TSTP+CONT")
    yield trial, lambda: Outcome(trial, tuple(endings.suspend_and_resume(where, 3)), 0.0)


def idle(where: Place) -> Iterator[tuple[Trial, Callable[[], Outcome]]]:
    """Nobody touches the program, in each state in which it waits."""
    for streams in endings.STREAMS:
        for state in ("idle", "loading", "searching"):
            if streams == "piped" and state == "loading":
                continue
            trial = Trial(state, streams, "nothing")
            yield trial, lambda trial=trial: endings.rest(trial, where, IDLE_SECONDS, IDLE_LIMIT)  # type: ignore[misc]


PARTS = {part.__name__: part for part in (signals, kept, faults, suspend, idle)}


def main() -> int:
    """Make the trials, print the matrix and the findings, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.endings")
    parser.add_argument("words", nargs="*")
    parser.add_argument("--runs", type=int, default=1)
    arguments = parser.parse_args()
    cells: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    with endings.place() as where:
        for _ in range(arguments.runs):
            for name, part in PARTS.items():
                for trial, make in part(where):
                    if all(word in (name, trial.state, trial.streams, trial.blow) for word in arguments.words):
                        outcome = attempt(trial, make)
                        cells[f"{trial.state} ({name})", trial.streams].append(outcome)
                        if outcome.findings:
                            print(f"{trial}: {'; '.join(outcome.findings)}", flush=True)
    outcomes = [outcome for cell in cells.values() for outcome in cell]
    for (state, streams), cell in cells.items():
        wrong = sum(bool(outcome.findings) for outcome in cell)
        times = [outcome.seconds for outcome in cell]
        took = f"{median(times):.2f} s, ≤ {max(times):.2f} s"
        print(f"{state:<24} {streams:<7} {len(cell):4} trials, {wrong:3} wrong, {took}")
    wrong = sum(bool(outcome.findings) for outcome in outcomes)
    print(f"{len(outcomes)} trials, {wrong} with a finding")
    return int(wrong > 0 or not outcomes)


def attempt(trial: Trial, make: Callable[[], Outcome]) -> Outcome:
    """The outcome of a trial; that something never happened is a finding like any other."""
    try:
        return make()
    except AssertionError as error:
        return Outcome(trial, (str(error)[:160],), 0.0)


if __name__ == "__main__":
    sys.exit(main())
