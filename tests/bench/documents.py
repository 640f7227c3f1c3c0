"""Every hostile document through the command line, as a stranger's file would go: `python -m tests.bench.documents`.

Each is exported as JSON and printed as text, in a process of its own, with 1,000 and with 50,000 repetitions. A
finding is what must not be: a crash, an exit code that is none of ours, a message that is not one sentence, more than
5 seconds of processor or wall-clock time, or more than 1 GB of memory in the process or in one that it starts. Beside
them stands how many times as long the larger document took; fifty times as much is linear. Exits 1 on a finding.

A word limits it to the documents whose names hold it; `--jobs 2` runs two at a time. On a machine that is busy with
other things `--busy` judges by the time of the processor alone.
"""

from __future__ import annotations

import argparse
import compileall
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tests.hostile.documents import HOSTILE_DOCUMENTS, HostileDocument

SIZES = (1_000, 50_000)
LIMIT_SECONDS = 5.0
LIMIT_MEMORY = 1_000_000
"""Kilobytes."""
GIVE_UP_SECONDS = 90.0
FORMS = {"json": ("export", "{}", "--to", "json"), "text": ("{}",)}


class Outcome(NamedTuple):
    """What a run came to: seconds of wall-clock and of processor time, the largest memory of a process in kB, the exit
    code (negative: killed by a signal), the characters of the answer, and what was said on standard error.
    """

    wall: float
    processor: float
    memory: int
    code: int
    written: int
    said: str

    def problems(self, busy: bool) -> Iterator[str]:
        """What must not be; on a `busy` machine time by the wall clock says nothing."""
        if self.code not in (0, 1):
            yield f"exit code {self.code}"
        if "Traceback" in self.said or "Error:" in self.said:
            yield "a traceback"
        lines = self.said.strip().splitlines()
        if self.code == 1 and (len(lines) != 1 or not lines[0].rstrip().endswith((".", ")", "?", "!"))):
            yield "its message is not one sentence"
        if any(not character.isprintable() for line in lines for character in line):
            yield "a control character in its message"
        if (self.processor if busy else max(self.wall, self.processor)) > LIMIT_SECONDS:
            yield f"{self.wall:.1f} s, {self.processor:.1f} s of the processor"
        if self.memory > LIMIT_MEMORY:
            yield f"{self.memory // 1000} MB"


def run(words: Sequence[str], folder: Path) -> Outcome:
    """Run the program on some words, and wait for its end, or end it after `GIVE_UP_SECONDS`."""
    began = time.monotonic()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "rumor_tui", *words],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
            env={**os.environ, "HOME": str(folder), "XDG_CACHE_HOME": str(folder), "XDG_DATA_HOME": str(folder)},
        )
        last = threading.Timer(GIVE_UP_SECONDS, os.killpg, (process.pid, signal.SIGKILL))
        last.start()
        _, status, usage = os.wait4(process.pid, 0)
        last.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        err.seek(0)
        said = err.read(100_000).decode("utf-8", "replace")
        written = out.seek(0, os.SEEK_END)
    wall = time.monotonic() - began
    return Outcome(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, process.returncode, written, said)


def attack(
    document: HostileDocument, sizes: Sequence[int], forms: Sequence[str], folder: Path, busy: bool
) -> list[str]:
    """A line for each run of a document; those with a finding begin with an exclamation mark."""
    lines = []
    before: dict[str, float] = {}
    for size in sizes:
        file = folder / f"document-{threading.get_ident()}{document.suffix}"
        file.write_bytes(document.make(size))
        for form in forms:
            found = run([word.format(file) for word in FORMS[form]], folder)
            growth = found.processor / max(before[form], 0.01) if form in before else 0.0
            before[form] = found.processor
            problems = "; ".join(found.problems(busy))
            said = " | ".join(found.said.split("\n"))[:140]
            lines.append(
                f"{'!' if problems else ' '} {found.wall:6.2f} s {found.processor:6.2f} cpu {growth:6.1f} x "
                f"{found.memory // 1000:5} MB {file.stat().st_size / 1e6:7.2f} MB in {found.written / 1e6:7.2f} out"
                f" code {found.code:3} {size:6} {form} {document.name}  {problems}  {said}"
            )
        file.unlink()
    return lines


def main() -> int:
    """Print a line for each run; 1 where there is a finding."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("word", nargs="?", default="")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--forms", nargs="*", default=tuple(FORMS))
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--busy", action="store_true")
    arguments = parser.parse_args()
    compileall.compile_dir("rumor_tui", quiet=1)  # as an installed program is, whatever the environment says
    chosen = [document for document in HOSTILE_DOCUMENTS if arguments.word in document.name]
    findings = 0
    with tempfile.TemporaryDirectory(prefix="rumor-tui-documents-") as name, ThreadPoolExecutor(arguments.jobs) as pool:
        runs = pool.map(
            lambda document: attack(document, arguments.sizes, arguments.forms, Path(name), arguments.busy), chosen
        )
        for lines in runs:
            findings += sum(line.startswith("!") for line in lines)
            print("\n".join(lines), flush=True)
    print(f"{findings} findings in {len(chosen) * len(arguments.sizes) * len(arguments.forms):,} runs")
    return int(findings > 0)


if __name__ == "__main__":
    raise SystemExit(main())
