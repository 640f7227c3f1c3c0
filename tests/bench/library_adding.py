"""Putting a million comments into the library, and opening what it knows: time, size, and what they are beside others'.

    python -m tests.bench --only library-add --only library-open

The dump is made once; `RUMOR_TUI_BENCH_COMMENTS` makes a smaller one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter
from typing import Final, NamedTuple

from rumor_tui.library.keeper import Keeper
from tests.bench import generate, messages
from tests.bench.library_screen import THREADS, make_library
from tests.bench.opening import BIG, Program, big_thread, duel, thread_word
from tests.bench.programs import mutt, mutt_there, ours
from tests.bench.report import Bench, Row, middle, progress

COMMENTS: Final = int(os.environ.get("RUMOR_TUI_BENCH_COMMENTS", "1000000"))
MAIL_SHARE: Final = 10
"""Only a tenth of the messages are a mailbox for notmuch: each is a file."""


class Run(NamedTuple):
    """What a program took on one processor: seconds by the clock, and of that processor."""

    seconds: float
    processor: float


def on_one_processor(command: Sequence[str], environment: dict[str, str]) -> Run:
    """Run a program to its end on one processor."""
    processor = max(os.sched_getaffinity(0))
    before, began = getrusage(RUSAGE_CHILDREN), perf_counter()
    subprocess.run(
        ["taskset", "--cpu-list", str(processor), *command], env=environment, check=True, capture_output=True
    )
    after = getrusage(RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(perf_counter() - began, used)


def made_dump(folder: Path, count: int) -> tuple[Path, int]:
    """A dump of so many comments, made once, and the size of their texts in bytes."""
    dump, size = folder / f"dump-{count}.jsonl", folder / f"dump-{count}.bytes"
    if not size.exists():
        progress(f"making a dump of {count:,} comments")
        folder.mkdir(parents=True, exist_ok=True)
        size.write_text(str(messages.write_dump(dump, count)), encoding="utf-8")
    return dump, int(size.read_text(encoding="utf-8"))


def measure_adding(bench: Bench) -> Iterator[Row]:
    """A million comments from a dump into a new library, on one processor; and its size beside that of the texts.

    Guards that work is done by the chunk and by the transaction, not by the comment, and what is kept of each. notmuch
    reads the same messages from files of their own.
    """
    dump, raw = made_dump(bench.data, COMMENTS)
    with tempfile.TemporaryDirectory(prefix="bench-add-", dir=bench.data) as home:
        run = on_one_processor(ours("add", dump), {**os.environ, "XDG_DATA_HOME": home, "HOME": home})
        size = (Path(home) / "rumor-tui" / "library.sqlite3").stat().st_size
    theirs = _notmuch(bench.data, COMMENTS // MAIL_SHARE)
    note = f"{COMMENTS / run.processor:,.0f} a second of the processor, {COMMENTS / run.seconds:,.0f} by the clock"
    yield Row(f"add {COMMENTS:,} comments: each", run.processor / COMMENTS * 1e6, "µs", limit=100, note=note)
    yield Row(
        "size of the library, beside authors and texts", size / raw * 100, "%", limit=150, note=f"{size / 1e6:,.0f} MB"
    )
    if theirs is not None:
        other, their_size = theirs
        each = other.processor / (COMMENTS // MAIL_SHARE) * 1e6
        yield Row(
            "the same, beside notmuch: each", run.processor / COMMENTS * 1e6, "µs", each, "notmuch", note="informs"
        )
        yield Row("the same, beside notmuch: size", size / raw * 100, "%", their_size, "notmuch", note="informs")


def _notmuch(folder: Path, count: int) -> tuple[Run, float] | None:
    """What `notmuch new` takes for so many messages, and the size of its index in percent of the texts."""
    if shutil.which("notmuch") is None:
        return None
    progress(f"making a mailbox of {count:,} messages for notmuch")
    with tempfile.TemporaryDirectory(prefix="bench-notmuch-", dir=folder) as home:
        mail = Path(home, "mail")
        messages.write_maildir(mail, count)
        raw = sum(messages.len_of(one) for thread in messages.threads(count) for one in thread)
        config = Path(home, "config")
        config.write_text(f"[database]\npath={mail}\n[user]\nname=x\nprimary_email=x@h.test\n", encoding="utf-8")
        environment = {**os.environ, "NOTMUCH_CONFIG": str(config), "HOME": home}
        run = on_one_processor(["notmuch", "new", "--quiet"], environment)
        size = sum(file.stat().st_size for file in (mail / ".notmuch").rglob("*") if file.is_file())
    return run, size / raw * 100


def measure_opening(bench: Bench) -> Iterator[Row]:
    """The first screen of a thread of 100,000 comments that the library knows, beside mutt's; and the lists.

    Guards that the library is opened after the first screen, and that no list looks at comments.
    """
    if mutt_there():
        mailbox = generate.cached(bench.data, "mbox", BIG, mean=bench.mean)
        thread, data = big_thread(bench), bench.data / "library-known"
        if not data.exists():
            subprocess.run(ours("add", thread), env={**os.environ, "XDG_DATA_HOME": str(data)}, check=True)
        mine = Program("rumor-tui", ["env", f"XDG_DATA_HOME={data}", *ours(thread)], thread_word(BIG))
        yield from duel("open 100,000 known comments", mine, Program("mutt", mutt(mailbox), "Msgs:"), 0.45, bench)
    keeper = Keeper(make_library(bench.data / f"library-{THREADS}") / "rumor-tui" / "library.sqlite3")
    yield Row(f"list {THREADS:,} threads", _milliseconds(keeper.entries, bench.runs), "ms", limit=30)
    keeper.close()


def _milliseconds(work: Callable[[], object], runs: int) -> float:
    times: list[float] = []
    for _ in range(runs + 1):
        began = perf_counter()
        work()
        times.append((perf_counter() - began) * 1_000)
    return middle(times[1:])


MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "library-add": measure_adding,
    "library-open": measure_opening,
}
