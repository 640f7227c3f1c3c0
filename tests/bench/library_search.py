"""Searching a library of a million comments: how soon the first hits are there, beside notmuch on the same messages.

    python -m tests.bench --only library-search

The library and the mailbox are made once, which takes some minutes; `RUMOR_TUI_BENCH_COMMENTS` makes smaller ones.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from array import array
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Final

from rumor_tui.library.database import open_for_reading
from rumor_tui.library.keeper import Keeper
from rumor_tui.library.search import search_library
from rumor_tui.model import Article, Thread
from tests.bench import messages
from tests.bench.report import Bench, Row, middle, progress

COMMENTS: Final = int(os.environ.get("RUMOR_TUI_BENCH_COMMENTS", "1000000"))
HITS: Final = 50
COLD_QUERIES: Final = 8
MAIL: Final = "mail"

Query = tuple[str, str]
"""What is searched for, and the same for notmuch, or "" where it has no words for it."""


def queries(seed: int = 5) -> list[Query]:
    """Fifty queries: common and rare words, parts of words, phrases, authors, numbers, dates, and several at once."""
    rng = Random(messages.SEED)
    words = messages.vocabulary(rng)
    draw = Random(seed)
    common, middling, rare = words[:60], words[200:2_000], words[5_000:40_000]
    found: list[Query] = [(word, word) for word in draw.sample(common, 4)]
    found += [(word, word) for word in draw.sample(middling, 6) + draw.sample(rare, 6)]
    found += [(word[1:-1], "") for word in draw.sample(middling, 4)]
    found += [(word[:5], f"{word[:5]}*") for word in draw.sample(rare, 3)]
    pairs = [(draw.choice(common), draw.choice(common)) for _ in range(3)]
    pairs += [(draw.choice(common), draw.choice(middling)) for _ in range(3)]
    found += [(f"{first} {second}", f'"{first} {second}"') for first, second in pairs]
    found += [(f'"{word}" after:2024', f"{word} date:2024..") for word in draw.sample(middling, 3)]
    found += [(f'"{word}" before:2023-12', f"{word} date:..2023-11-30") for word in draw.sample(common, 2)]
    found += [(f"by:{word}", "") for word in draw.sample(words[100:2_000], 3)]
    found += [(f'"{word}" -"{draw.choice(common)}"', "") for word in draw.sample(middling, 2)]
    both = [(draw.choice(middling), draw.choice(rare)) for _ in range(3)]
    found += [(f'"{one}" or "{other}"', f"{one} or {other}") for one, other in both]
    found += [(f"{draw.randrange(100, 1_000)}", "") for _ in range(2)]
    found += [(">4000", ""), (f'"{draw.choice(common)}" >4000', ""), (f"is:root {draw.choice(middling)}", "")]
    found += [(f"/{draw.choice(middling)[:4]}[a-z]+/", ""), (f"title:{draw.choice(middling)}", "")]
    found += [(f"depth:>2 {draw.choice(common)}", "")]
    return found


def made_library(folder: Path, count: int) -> Path:
    """A library with so many comments, made once."""
    path = folder / f"library-{count}" / "rumor-tui" / "library.sqlite3"
    if path.exists():
        return path
    progress(f"making a library of {count:,} comments")
    making = folder / f"library-{count}.part"
    shutil.rmtree(making, ignore_errors=True)
    keeper = Keeper(making / "rumor-tui" / "library.sqlite3")
    for number, thread in enumerate(messages.threads(count)):
        keeper.record(_thread(number, thread), float(thread[0].moment))
    keeper.close()
    making.rename(path.parent.parent)
    return path


def _thread(number: int, made: Sequence[messages.Message]) -> Thread:
    address = f"https://forum.example/t/{number}"
    return Thread(
        article=Article(made[0].text.partition(".")[0], made[0].author, url=address),
        parent=array("i", _in_preorder(made)),
        authors=[message.author for message in made],
        bodies=[message.text for message in made],
        lengths=[len(message.text) for message in made],
        published=[float(message.moment) for message in made],
        ids=[f"{number}-{row}" for row in range(len(made))],
        source=address,
    )


def _in_preorder(made: Sequence[messages.Message]) -> list[int]:
    """Parents as pre-order allows: of a comment before it or of one above that."""
    parents: list[int] = []
    for row, message in enumerate(made):
        above = row - 1
        while above > message.parent and above >= 0:
            above = parents[above]
        parents.append(above)
    return parents


def made_mailbox(folder: Path, count: int) -> dict[str, str] | None:
    """The environment with which notmuch knows the same messages; None without notmuch."""
    if shutil.which("notmuch") is None:
        return None
    home = folder / f"notmuch-{count}"
    environment = {**os.environ, "NOTMUCH_CONFIG": str(home / "config"), "HOME": str(home)}
    if not (home / "config").exists():
        progress(f"making a mailbox of {count:,} messages for notmuch")
        shutil.rmtree(home, ignore_errors=True)
        messages.write_maildir(home / MAIL, count)
        (home / "new").write_text(f"[database]\npath={home / MAIL}\n[user]\nname=x\nprimary_email=x@h.test\n")
        making = {**environment, "NOTMUCH_CONFIG": str(home / "new")}
        subprocess.run(["notmuch", "new", "--quiet"], env=making, check=True)
        (home / "new").rename(home / "config")
    return environment


def _milliseconds(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1_000


def measure_search(bench: Bench) -> Iterator[Row]:
    """Fifty queries in a library of a million comments, for the first 50 hits.

    Guards that the index narrows each of them down before texts are looked at, that texts are read by the chunk, and
    that a process that only searches loads little.
    """
    path, mailbox = made_library(bench.data, COMMENTS), made_mailbox(bench.data, COMMENTS)
    asked = queries()
    warm = _measure_warm(path, asked, bench.runs)
    theirs = _measure_mail(mailbox, [mail for _, mail in asked if mail]) if mailbox else None
    slowest = max(zip(warm, asked, strict=True))
    name = f"library of {COMMENTS:,}: {len(asked)} queries, first {HITS} hits"
    yield Row(name, middle(warm), "ms", limit=50, note=f"slowest {slowest[0]:.0f} ms: {slowest[1][0]}")
    cold = [_milliseconds(partial(_search_cold, path, query)) for query, _ in asked[:: len(asked) // COLD_QUERIES]]
    yield Row("the same by a process of its own", middle(cold), "ms", limit=300)
    if theirs:
        yield Row("the same, beside notmuch", middle(cold), "ms", middle(theirs), "notmuch", note="informs")


def _measure_warm(path: Path, asked: Sequence[Query], runs: int) -> list[float]:
    connection = open_for_reading(path)
    search_library(connection, "warm up", HITS)
    times: list[float] = []
    for query, _ in asked:
        each = [_milliseconds(partial(search_library, connection, query, HITS)) for _ in range(runs)]
        times.append(middle(each))
    connection.close()
    return times


def _search_cold(path: Path, query: str) -> None:
    command = [sys.executable, "-m", "rumor_tui", "search", "--library", "--limit", str(HITS), query]
    environment = {**os.environ, "XDG_DATA_HOME": str(path.parent.parent)}
    ended = subprocess.run(command, env=environment, capture_output=True, check=False)
    if ended.returncode not in (0, 1):
        raise AssertionError(ended.stderr.decode())


def _measure_mail(environment: dict[str, str], asked: Sequence[str]) -> list[float]:
    command = ["notmuch", "search", "--output=messages", f"--limit={HITS}"]

    def ask(query: str) -> None:
        subprocess.run([*command, query], env=environment, capture_output=True, check=True)

    return [_milliseconds(partial(ask, query)) for query in asked]


MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {"library-search": measure_search}
