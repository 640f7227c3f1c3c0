"""One target under atheris: `python -m tests.hostile.fuzz_atheris NAME RUNS SECONDS [CORPUS]`, which the bench starts.

libFuzzer keeps the inputs that reach new code; half of the new ones are its own, half are made by the target's mutator,
which knows the format. The process ends with the first problem, printed with its input.
"""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from typing import Any


def main() -> None:
    """Fuzz the target of the command line."""
    import atheris

    name, runs, seconds, *corpus = sys.argv[1:]
    with atheris.instrument_imports(include=["rumor_tui"], enable_loader_override=False):
        from tests.hostile.fuzz_running import run_once, smallest
        from tests.hostile.fuzz_targets import targets

        target = targets()[name]
        for data in target.seeds():
            target.run(data)  # what is imported late is instrumented, too
    mutator = target.mutator(1)

    def test_one(data: bytes) -> None:
        problem, _ = run_once(target.run, bytes(data))
        if problem is not None:
            print(f"{name}: {problem}\n    {smallest(target.run, bytes(data), problem)!r}", flush=True)
            raise SystemError(problem)

    def mutate(data: bytes, longest: int, seed: int) -> bytes:
        dice = Random(seed)
        if dice.random() < 0.3:
            return bytes(atheris.Mutate(bytes(data), longest))
        if target.make is not None and dice.random() < 0.5:
            mutator.dice = dice
            return target.make(mutator, dice)[:longest]
        mutator.dice = dice
        return (
            mutator.mutated_json(bytes(data)) if target.as_json and dice.random() < 0.6 else mutator.change(bytes(data))
        )[:longest]

    options = [
        f"-atheris_runs={runs}",
        f"-max_len={target.longest}",
        "-timeout=20",
        "-rss_limit_mb=2048",
        "-verbosity=1",
    ]
    if float(seconds):
        options.append(f"-max_total_time={int(float(seconds))}")
    folder = Path(corpus[0] if corpus else f"/tmp/rumor-tui-fuzz-{name}")
    folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(target.seeds()):
        (folder / f"seed-{number}").write_bytes(data)
    setup: Any = atheris.Setup
    setup([sys.argv[0], *options, str(folder)], test_one, custom_mutator=mutate, internal_libfuzzer=True)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
