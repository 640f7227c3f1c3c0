"""Fuzzing: `python -m tests.bench.fuzzing [NAME …] [--all] [--runs N] [--seed N] [--atheris]`.

Every reader, and whatever else takes the text of strangers, gets hostile inputs: small documents that are changed by
bytes, by pieces and by their structure (`tests/hostile/fuzz_*.py`). It prints each problem with the smallest input that
shows it, a line for each target, and exits with 1 when there was any problem. With `--atheris` libFuzzer looks for
inputs, guided by the code that they reach, which finds more and takes longer; it needs the group `fuzz` of the project.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from zlib import crc32

NO_ATHERIS = "Fuzzing by coverage needs atheris, which is not installed: pip install '.[fuzz]'."
RUNS = 1_000_000


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.fuzzing", description="Attack every reader at random.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a target, or the beginning of the names of some")
    parser.add_argument("--all", action="store_true", help="every target")
    parser.add_argument("--list", action="store_true", help="tell the names of the targets, and stop")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"inputs for each target ({RUNS:,})")
    parser.add_argument("--seconds", type=float, default=0.0, help="seconds for each target at most")
    parser.add_argument("--seed", type=int, default=1, help="another number, other inputs")
    parser.add_argument("--atheris", action="store_true", help="let libFuzzer look for inputs by the code they reach")
    parser.add_argument(
        "--corpus", type=Path, help="a folder for the inputs that atheris found, from which all fuzzing begins"
    )
    parser.add_argument("--tally", type=Path, help="append the lines of the targets to this file")
    parser.add_argument("--keep", type=Path, help="a folder for the inputs with a problem")
    return parser.parse_args(given)


def main() -> int:
    """Run the targets that were asked for; 1 where there was a problem."""
    options = arguments()
    if options.atheris and importlib.util.find_spec("atheris") is None:
        print(NO_ATHERIS, file=sys.stderr)
        return 2
    if options.atheris:
        return max((_by_coverage(name, options) for name in options.names), default=0)
    from tests.hostile.fuzz_running import fuzz
    from tests.hostile.fuzz_targets import targets

    every = targets()
    names = [name for name in every if options.all or _is_asked(name, options.names, every)]
    if options.list or not names:
        print("\n".join(every))
        return 0 if options.list else 2
    problems = 0
    for name in names:
        found = _found(options.corpus, name)
        tally = fuzz(every[name], options.runs, options.seed, seconds=options.seconds, found=found, tell=_say)
        problems += len(tally.problems)
        _say(str(tally))
        if options.keep:
            _keep(options.keep, tally.name, tally.problems)
        if options.tally:
            with options.tally.open("a", encoding="utf-8") as file:
                file.write(f"{tally}\n")
    return int(problems > 0)


def _is_asked(name: str, asked: Sequence[str], every: Mapping[str, object]) -> bool:
    """Whether a name was given, whole or by its beginning."""
    return any(name == one or (one not in every and name.startswith(one)) for one in asked)


def _found(folder: Path | None, name: str) -> list[bytes]:
    """What atheris found for a target."""
    files = sorted((folder / name).iterdir()) if folder is not None and (folder / name).is_dir() else []
    return [path.read_bytes() for path in files]


def _keep(folder: Path, name: str, problems: dict[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for cause, data in problems.items():
        (folder / f"{name}-{crc32(data):08x}").write_bytes(data)
        (folder / f"{name}-{crc32(data):08x}.txt").write_text(cause, encoding="utf-8", errors="replace")


def _say(line: str) -> None:
    print(line, flush=True)


def _by_coverage(name: str, options: argparse.Namespace) -> int:
    """One target in a process of its own, since libFuzzer ends the process that it runs in."""
    command = [sys.executable, "-m", "tests.hostile.fuzz_atheris", name, str(options.runs), str(options.seconds)]
    folder = [] if options.corpus is None else [str(options.corpus / name)]
    return subprocess.run([*command, *folder], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
