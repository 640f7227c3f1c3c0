"""What it costs to know all that a large thread says: its texts, quotes and answers, numbers and names.

`python -m tests.bench.knowing FILE` reads one thread and prints the figures as JSON; the bench runs that in a process
of its own, for the memory.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

from rumor_tui.model import Thread
from rumor_tui.readers import read_path
from rumor_tui.search.index.analysis import GATHERING_SHARE, ThreadAnalysis
from tests.bench.moving import firsts, moves
from tests.bench.opening import BIG, big_thread, thread_word
from tests.bench.programs import ours, running
from tests.bench.report import Bench, Row, middle, percentile, progress

REPEATS = 5
"""How often a question is asked; the best time counts."""
SCREEN = 10
"""Comments on a screen: as many as 40 rows hold, of 300 characters each."""
ESCAPE = b"\x1b"
BEGUN = 3.0
"""Seconds after which the texts of a large thread are read, so that numbers and names are being looked for."""


def memory() -> float:
    """The peak memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _seconds(work: Callable[[], object]) -> float:
    began = process_time()
    work()
    return process_time() - began


def _milliseconds(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(REPEATS):
        began = process_time()
        work()
        best = min(best, process_time() - began)
    return best * 1000


def figures(path: Path) -> dict[str, float]:
    """Seconds a part, MB at the peak before and after, sizes, and milliseconds a question."""
    thread = read_path(str(path))
    assert isinstance(thread, Thread)
    knowledge = ThreadAnalysis(thread)
    found = {"texts": _seconds(knowledge.index.build), "memory of the texts": memory()}
    found["conversation"] = _seconds(knowledge.find_conversation)
    found["memory with the conversation"] = memory()
    times: list[tuple[float, float]] = []
    began = process_time()
    knowledge.find_marks(lambda share: times.append((share, process_time())))
    evidence = next((time for share, time in times if share > GATHERING_SHARE), process_time())
    found |= {"lexicon": evidence - began, "marks": process_time() - evidence, "memory with the marks": memory()}
    found["characters"] = float(sum(map(len, knowledge.index.plain)))
    return found | _questions(knowledge)


def _questions(knowledge: ThreadAnalysis) -> dict[str, float]:
    """What is asked of the index of marks, in milliseconds."""
    marks, conversation = knowledge.marks, knowledge.conversation
    assert marks is not None
    assert conversation is not None
    screen = range(knowledge.index.first_comment, knowledge.index.first_comment + SCREEN)
    name = max(marks.ids_of("name"), key=lambda id: len(marks.where(id)), default=0)

    def a_screen() -> None:
        knowledge.version += 1  # nothing is kept from the last time
        for item in screen:
            knowledge.marks_of(item)

    def a_first_screen() -> None:
        knowledge.marks = None
        a_screen()

    asked: dict[str, Callable[[], object]] = {
        "all names": lambda: marks.items_with(marks.ids_of("name")),
        "all numbers": lambda: marks.items_with(marks.ids_of("number")),
        "one figure": lambda: marks.items_with(marks.ids_where(lambda low, high, unit: low <= 600 <= high)),
        "a span of figures": lambda: marks.items_with(marks.ids_where(lambda low, high, unit: high > 500)),
        "names by a letter": lambda: marks.items_with(marks.ids_named("a")),
        "all places of the commonest name": lambda: marks.where(name),
        "the list by a letter": lambda: marks.narrow("a", 60),
        "the list by what is rare": lambda: marks.narrow("zq", 60),
        "a screen": a_screen,
        "a screen before all is known": a_first_screen,
    }
    sizes = {"entries": len(marks), "places": sum(len(marks.where(id)) for id in range(len(marks)))}
    sizes |= {"quotes": sum(map(len, conversation.quotes.values())), "answers": len(conversation.answers)}
    return {f"asked: {what}": _milliseconds(ask) for what, ask in asked.items()} | sizes


def measure_knowing(bench: Bench) -> Iterator[Row]:
    """All that is known of 100,000 comments: processor time by part, memory, and how soon its questions are answered.

    Guards the background's length, and the cost of an index of marks. Both bite from about 10,000 comments on.
    """
    command = [sys.executable, "-m", "tests.bench.knowing", str(big_thread(bench))]
    runs = []
    for run in range(max(1, bench.runs // 2)):
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        runs.append(json.loads(done.stdout))
        progress(f"knowing {run + 1}: {runs[-1]}")
    found = {key: min(run[key] for run in runs) for key in runs[0]}
    parts = ("texts", "conversation", "lexicon", "marks")
    note = f"{found['entries']:,.0f} entries, {found['places']:,.0f} places, {found['characters']:,.0f} characters"
    yield Row("know 100,000 comments, processor", sum(found[part] for part in parts), "s", limit=60, note=note)
    for part in parts:
        yield Row(f"know 100,000 comments: {part}", found[part], "s")
    more = found["memory with the marks"] - found["memory of the texts"]
    note = (
        f"{found['memory with the marks']:.0f} MB in all, "
        f"{found['memory with the conversation']:.0f} after the conversation"
    )
    yield Row("memory beyond the texts, 100,000 comments", more, "MB", limit=160, note=note)
    for name, value in found.items():
        if name.startswith("asked: "):
            yield Row(name, value, "ms", limit=10 if "a screen" in name else 300)


def measure_busy(bench: Bench) -> Iterator[Row]:
    """Moves in 100,000 comments while numbers and names are looked for in the background.

    Guards the manners of the background: it must not be felt at a key. It bites where the work takes seconds.
    """
    with running(ours(big_thread(bench))) as terminal:
        terminal.painted(thread_word(BIG))
        terminal.press(b"/")
        terminal.press(ESCAPE)
        terminal.listen(BEGUN)
        reactions = [reaction for seed in range(max(1, bench.runs // 2)) for reaction in moves(terminal, seed=seed)]
        terminal.quit(b"q")
    first = firsts(reactions)
    if not first:
        yield Row("key while names are looked for, median", None, "ms", note="no key painted anything")
        return
    yield Row(
        "key while names are looked for, median", middle(first), "ms", limit=5, note=f"slowest {max(first):.1f} ms"
    )
    yield Row("key while names are looked for, 99th percentile", percentile(first, 0.99), "ms", limit=12)


MEASURES: dict[str, Callable[[Bench], Iterator[Row]]] = {"knowing": measure_knowing, "busy": measure_busy}

if __name__ == "__main__":
    print(json.dumps(figures(Path(sys.argv[1]))))
