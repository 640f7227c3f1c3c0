"""How long it takes until the first screen is there: beside a bare Textual app, beside mutt and neomutt, and alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench import generate
from tests.bench.programs import SAMPLE, SAMPLE_WORD, bare, mutt, mutt_there, ours, running
from tests.bench.report import Bench, Row, middle, progress, spread

BIG = 100_000
ARTICLE = 1_000_000


@dataclass(frozen=True, slots=True)
class Program:
    """What to run, the word that shows that its first screen is the right one, and the key that ends it."""

    name: str
    command: Sequence[str]
    word: str
    quit: bytes = b"q"


@dataclass(frozen=True, slots=True)
class Opening:
    """One start: seconds to the first byte and to the full screen, and peak bytes."""

    first: float
    painted: float
    memory: int


def open_once(program: Program) -> Opening:
    """Start the program, wait for its full first screen, and quit."""
    with running(program.command) as terminal:
        painted = terminal.painted(program.word)
        result = Opening(terminal.first_byte(), painted, terminal.memory())
        if terminal.quit(program.quit) is None:
            progress(f"{program.name} did not end by itself within 3 s")
        return result


def alternate(programs: Sequence[Program], runs: int) -> list[list[Opening]]:
    """Each program's starts, taken in turns so that a slow minute slows all; one start each is not counted."""
    for program in programs:
        open_once(program)
    results: list[list[Opening]] = [[] for _ in programs]
    for run in range(runs):
        for program, result in zip(programs, results, strict=True):
            result.append(open_once(program))
            progress(f"{program.name}: run {run + 1} of {runs}: {result[-1].painted:.3f} s")
    return results


def big_thread(bench: Bench, count: int = BIG) -> Path:
    """The generated Algolia item with this many comments."""
    return generate.cached(bench.data, "algolia", count, mean=bench.mean)


def thread_word(count: int) -> str:
    """A word of the thread's first screen: the first comment's author."""
    return generate.first_authors(count, 1)[0]


def _painted(openings: Sequence[Opening]) -> list[float]:
    return [opening.painted for opening in openings]


def duel(name: str, mine: Program, other: Program, limit: float, bench: Bench) -> Iterator[Row]:
    """Rows that compare our first screen with another program's: `limit` times its time at most."""
    we, they = alternate((mine, other), bench.runs)
    note = spread(_painted(we))
    yield Row(name, middle(_painted(we)), "s", middle(_painted(they)), other.name, limit, note)
    first = [[opening.first for opening in openings] for openings in (we, they)]
    yield Row(f"{name}: first byte", middle(first[0]), "s", middle(first[1]), other.name)
    peaks = [[opening.memory / 1e6 for opening in openings] for openings in (we, they)]
    yield Row(f"{name}: peak memory", middle(peaks[0]), "MB", middle(peaks[1]), other.name)


def measure_sample(bench: Bench) -> Iterator[Row]:
    """The sample's full first screen beside a bare Textual app's.

    Guards the cost of what we import and do before the first paint. It bites at any size, most at the smallest:
    an import of 50 ms is felt on every start.
    """
    other = Program("bare Textual", bare(SAMPLE), SAMPLE_WORD)
    named = Program("rumor-tui FILE", ours(SAMPLE), SAMPLE_WORD)
    yield from duel("open the sample", named, other, 1.2, bench)
    alone = Program("rumor-tui", ours(), SAMPLE_WORD)
    yield from duel("open with no argument", alone, other, 1.2, bench)


def measure_thread(bench: Bench) -> Iterator[Row]:
    """The full first screen of 100,000 comments beside mutt's of the same thread.

    Guards the cost of whatever touches every comment before the first paint (decoding, flattening, guessing
    heights). It bites from about 10,000 comments on.
    """
    mine = Program("rumor-tui", ours(big_thread(bench)), thread_word(BIG))
    if not mutt_there():
        yield Row("open 100,000 comments", None, "s", note="mutt is not installed")
        return
    mailbox = generate.cached(bench.data, "mbox", BIG, mean=bench.mean)
    rows = list(duel("open 100,000 comments", mine, Program("mutt", mutt(mailbox), "Msgs:"), 0.45, bench))
    yield from rows
    yield Row("peak memory after opening 100,000", rows[-1].ours, "MB", limit=150)


def measure_mailbox(bench: Bench) -> Iterator[Row]:
    """The first screen of a mailbox of 100,000 messages beside neomutt's, as one thread and as many; and the peak.

    Guards the finding of messages and the threading, which touch every message before the first paint, and that no
    other header and no body is decoded then. It bites from about 10,000 messages on.
    """
    for name, kind in (("one thread", "mbox"), ("many threads", "threads")):
        name = f"open a mailbox, {name}"
        if not mutt_there("neomutt"):
            yield Row(name, None, "s", note="neomutt is not installed")
            continue
        mailbox = generate.cached(bench.data, kind, BIG, mean=bench.mean)
        mine = Program("rumor-tui", ours(mailbox), thread_word(BIG))
        rows = list(duel(name, mine, Program("neomutt", mutt(mailbox, "neomutt"), "Msgs:"), 1.0, bench))
        yield from rows
        yield Row(f"peak memory to {name}", rows[-1].ours, "MB", limit=250)


def measure_article(bench: Bench) -> Iterator[Row]:
    """The first screen of a Markdown article of 1 MB.

    Guards the parsing of an article that is not on screen: parsed whole it takes a second a megabyte. It bites
    from about 200 kB on.
    """
    path = generate.cached(bench.data, "article", ARTICLE)
    yield from _alone("open a 1 MB article", Program("rumor-tui", ours(path), generate.FIRST_WORD), 0.6, bench.runs)


def measure_chains(bench: Bench) -> Iterator[Row]:
    """Opening threads that are one long chain: 20,000 levels of JSON, and 20,000 replies in our export form.

    Guards against recursion and against work that grows with depth (ancestors looked up level by level). It
    bites from about 1,000 levels on, where recursion fails outright.
    """
    for kind in ("deep", "chain"):
        path = generate.cached(bench.data, kind, 20_000, mean=bench.mean)
        word = generate.first_authors(20_000, 1)[0]
        yield from _alone(f"open 20,000 levels ({kind})", Program("rumor-tui", ours(path), word), None, bench.runs)


def _alone(name: str, program: Program, limit: float | None, runs: int) -> Iterator[Row]:
    openings = alternate((program,), runs)[0]
    yield Row(name, middle(_painted(openings)), "s", limit=limit, note=spread(_painted(openings)))


MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "sample": measure_sample,
    "thread": measure_thread,
    "mailbox": measure_mailbox,
    "article": measure_article,
    "chains": measure_chains,
}
