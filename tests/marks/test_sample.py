"""The marks of our own sample, as a golden: one line for each value, with how often it is found."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from rumor_tui.marks import LexiconBuilder, find_marks

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "seeds" / "bmw-1m-production-rumors.txt"
PEOPLE = frozenset({"Gabe", "bmwblog", "JRobUSC", "Michael", "HERR26", "Mr. Mowse", "yourbestsource", "goat", "Gar"})


def listing() -> str:
    """Every kind, type and value of the sample in order, with its count."""
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    gathering = LexiconBuilder(PEOPLE)
    for line in lines:
        gathering.add(line)
    known = gathering.lexicon()
    marks = [mark for n, line in enumerate(lines) for mark in find_marks(line, known, gathering.tagged(n))]
    counts = Counter((mark.kind, mark.type, mark.value) for mark in marks)
    return "".join(f"{kind} {type_} {value} x{count}\n" for (kind, type_, value), count in sorted(counts.items()))


def test_the_sample_is_marked_as_before() -> None:
    assert listing() == (HERE / "sample_marks.txt").read_text(encoding="utf-8")
