"""What the reader of dumps may cost: few patterns for a small page, a bounded look at a long one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.readers import markdown_discussion
from rumor_tui.readers.dates import find
from rumor_tui.readers.source import Hint
from rumor_tui.readers.text_dump import MAX_MEAN_WIDTH, SAMPLE_LINES, sample_text, sniff
from rumor_tui.readers.vocabulary.matching import PhraseTable, first_word_start, fold

SEED = Path(__file__).parents[3] / "seeds" / "bmw-1m-production-rumors.txt"

_COUNTED = """
import re, sys
sizes, compile_pattern = [], re._compiler.compile
def counted(source, flags=0):
    if sys._getframe(3).f_globals.get("__name__", "").startswith("rumor_tui.readers"):
        sizes.append(len(source))
    return compile_pattern(source, flags)
re._compiler.compile = counted
from rumor_tui.readers import read_path
read_path(sys.argv[1])
print(len(sizes), sum(sizes))
"""

POSTS = "".join(
    f"Ann{i}\nMay 3, 2012 at 10:{i % 60:02}\n\nWords that somebody said here.\n\nReply\n\n" for i in range(40)
)
PROSE = "It was a long day and nobody knew what was to come of it, so they went on as they had done before.\n\n"


def test_the_sample_needs_few_and_short_patterns() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _COUNTED, str(SEED)], capture_output=True, text=True, check=True, timeout=60
    )
    count, size = map(int, done.stdout.split())
    assert 0 < count <= 40
    assert size <= 2_500


@given(st.text(alphabet="a \n•", max_size=400))
def test_a_short_text_is_its_own_sample(text: str) -> None:
    assert list(sample_text(text)) == [text]


@pytest.mark.parametrize("line", ["\n", "x" * 10 + "\n", "x" * 1000 + "\n", "x", "Reply\n", "```\n"])
def test_the_samples_of_a_long_text_are_bounded(line: str) -> None:
    result = list(sample_text(line * 300_000))
    assert 1 < len(result) <= 3
    assert all(sample.count("\n") <= SAMPLE_LINES for sample in result)
    assert sum(map(len, result)) <= 2 * MAX_MEAN_WIDTH * SAMPLE_LINES


def test_samples_are_whole_lines_from_the_beginning_the_middle_and_the_end() -> None:
    lines = [f"line {i}" for i in range(50_000)]
    result = list(sample_text("\n".join(lines)))
    assert result[0].split("\n") == lines[:SAMPLE_LINES]
    assert set("\n".join(result).split("\n")) <= set(lines)
    assert result[2].split("\n")[-1] == lines[-1]


@pytest.mark.parametrize(("before", "after"), [(0, 3_000), (3_000, 3_000), (3_000, 0)])
def test_a_discussion_is_found_wherever_it_stands(before: int, after: int) -> None:
    assert sniff(PROSE * before + POSTS * 20 + PROSE * after, Hint("page.txt"))
    assert not sniff(PROSE * (before + after), Hint("page.txt"))


def test_a_discussion_in_markdown_shows_in_its_first_lines() -> None:
    listed = "## Comments\n\n" + "- **ann**: words\n" * 30_000
    assert markdown_discussion.has_certain_discussion(listed)
    assert markdown_discussion.has_certain_discussion(listed + "\n  more\n" * 10)
    assert not markdown_discussion.has_certain_discussion("## Comments\n\n" + "words\n" * 30_000)


@pytest.mark.parametrize("place", [0, 1, 2, 63])
def test_a_heading_inside_of_a_fence_heads_nothing(place: int) -> None:
    fenced = "```\n## Comments\n- **a**: b\n```\n"
    assert markdown_discussion.find_discussion(fenced * 64) is None
    open_discussion = "## Comments\n- **a**: b\n\n## After\n\n"
    assert markdown_discussion.find_discussion(fenced * place + open_discussion + fenced * (63 - place)) is not None


@given(st.text())
def test_fold_keeps_every_place(text: str) -> None:
    folded = "".join(map(fold, text))
    assert len(fold(text)) == len(text) == len(folded)


def test_the_longest_phrase_wins() -> None:
    phrases = PhraseTable(("reply", "reply to", "İzle"))
    assert phrases.end("reply to ann", 0) == 8
    assert list(phrases.ends("reply to", 0)) == [8, 5]
    assert phrases.end_of_words("reply tomorrow", 0) == 5
    assert phrases.end("izle", 0) == 4
    assert phrases.end("ann", 0) == phrases.end("", 0) == -1


@pytest.mark.parametrize(("text", "place"), [("ann", 0), ("– ann", 2), ("", 0), ("…!", 2), ("_a", 0)])
def test_first_word(text: str, place: int) -> None:
    assert first_word_start(text) == place


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("1st of May, 2012", "1st of May, 2012"),
        ("3stycznia 2012", "3stycznia 2012"),
        ("3rdMay 2012", "3rdMay 2012"),
        ("Segunda-feira, 3 de março de 2014 às 10:12", "Segunda-feira, 3 de março de 2014 às 10:12"),
        ("Sat, 3 May 2014 10:12 UTC+2", "Sat, 3 May 2014 10:12 UTC+2"),
        ("AnnMai 2012", "Mai 2012"),
        ("MARCH 3, 2015", "MARCH 3, 2015"),
        ("3 Kasım 2015", "3 Kasım 2015"),
        ("about an hour ago", "about an hour ago"),
        ("2 hours and 5 minutes ago", "2 hours and 5 minutes ago"),
        ("vor 2 Tagen 3 Stunden", "vor 2 Tagen 3 Stunden"),
        ("há 3 dias atrás", "há 3 dias atrás"),
        ("yesterday at 10:12", "yesterday at 10:12"),
        ("edited yesterday", "yesterday"),
        ("12/05/2012, Ann", "12/05/2012,"),
        ("2012年5月3日(木) 10:12", "2012年5月3日(木) 10:12"),
        ("3시간 전", "3시간 전"),
    ],
)
def test_every_way_of_writing_dates(line: str, date: str) -> None:
    span = find.find_date(line)
    assert span is not None
    assert line[slice(*span)] == date


@pytest.mark.parametrize(
    "line", ["about 25 people", "an hour", "maybe 25 times", "between 25 and 65 units a month", "a day or two", "an"]
)
def test_numbers_and_units_that_are_no_dates(line: str) -> None:
    assert find.find_date(line) is None
