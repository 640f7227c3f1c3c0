"""The reader of text dumps: the sample, the contract, and hostile input."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rumor_tui.model import Thread
from rumor_tui.readers.source import Hint
from rumor_tui.readers.text_dump import read, sniff

SAMPLE = Path(__file__).parents[3] / "seeds" / "bmw-1m-production-rumors.txt"
HINT = Hint("page.txt")


@pytest.fixture(scope="module")
def sample() -> Thread:
    return read(SAMPLE.read_text(encoding="utf-8"), Hint(str(SAMPLE)))


def test_sample_article_has_its_title_and_five_paragraphs(sample: Thread) -> None:
    assert sample.article.title == "BMW 1M Production Rumors"
    assert len(sample.article.pieces) == 5
    assert sample.article.pieces[0].startswith("Before we get into")
    assert sample.article.pieces[-1].endswith("(special edition M3s aside).")


def test_sample_sets_the_plugins_line_aside(sample: Thread) -> None:
    assert sample.aside == "Related Posts Plugin for WordPress, Blogger..."


def test_sample_tree_has_one_reply(sample: Thread) -> None:
    assert list(sample.parent) == [9 if row == 10 else -1 for row in range(16)]


def test_sample_tree_is_told_by_its_layout(sample: Thread) -> None:
    assert sample.confidence == "structural"


def test_sample_authors(sample: Thread) -> None:
    first = ["bmwblog", "Gabe", "bmwblog", "JRobUSC", "Gabe", "Michael", "HERR26", None]
    last = ["Mr. Mowse", "yourbestsource", None, "yourbestsource", None, "goat", "Michael", "Gar"]
    assert list(sample.authors) == first + last


def test_sample_bodies(sample: Thread) -> None:
    assert sample.bodies[0] == ""
    assert sample.bodies[1] == "And there it is. Thanks for that. The post has been updated."
    quoted, answer = sample.bodies[4].split("\n\n")
    assert quoted == sample.bodies[2]
    assert answer.startswith("Yup – next week")
    assert sample.bodies[10].startswith("Yourbestsource- thanks")


def test_thread_is_plain_repaired_and_named(sample: Thread) -> None:
    assert (sample.format, sample.repair, sample.source) == ("plain", True, str(SAMPLE))


def test_sample_is_a_dump() -> None:
    assert sniff(SAMPLE.read_text(encoding="utf-8"), HINT)


def test_empty_text_is_an_empty_thread() -> None:
    thread = read("", HINT)
    assert len(thread) == 0
    assert not thread.article.title
    assert not thread.article.pieces


MARKDOWN = """# A title

Some words about [a thing](https://example.org/thing), said on 3 May 2012.

## Notes

- one thing
- another thing

```
code says: nothing
```
"""
PROSE = "\n\n".join(
    f"This is paragraph {number} of a plain essay, which nobody has answered and which holds no byline at all."
    for number in range(12)
)


@pytest.mark.parametrize("text", ["", "One line.", MARKDOWN, PROSE, "Name\nAnother\nThird\n"])
def test_other_texts_are_no_dumps(text: str) -> None:
    assert not sniff(text, HINT)


def test_a_markdown_name_is_believed() -> None:
    assert not sniff(SAMPLE.read_text(encoding="utf-8"), Hint("page.md"))


PIECES = st.sampled_from(
    [
        *(
            "  • Ann",
            "    • Ben",
            "  1. Cleo says:",
            "Dan 3 hours ago",
            "3 May 2012",
            "#4",
            "#4.1",
            "Posts: 12",
            "Reply",
        ),
        *(
            "12 comments",
            "level 2",
            "by Eve",
            "Fay wrote:",
            "Fay wrote: ↑",
            "Re: A title",
            "Leave a reply",
            "Gus Offline",
        ),
        *(
            "answered May 3 '15 at 12:00",
            "- Hal",
            "    A body that is a sentence.",
            "Text, and more of it.",
            "",
            "\xa0",
            "•",
        ),
        *("in reply to a thing by Ann", "@Ann no", "Joined: May 2012", "2 h", "年", "\x00\x1b[2J", "\ud83d", "\u202e"),
    ]
)
TEXTS = st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=60).map("\n".join))


def check(thread: Thread) -> None:
    """The columns hold what the model promises: pre-order parents, equal lengths, bodies without outer blank lines."""
    size = len(thread)
    assert all(-1 <= parent < row for row, parent in enumerate(thread.parent))
    assert len(thread.authors) == len(thread.bodies) == len(thread.lengths) == len(thread.published_text) == size
    assert all(body == body.strip("\n") for body in thread.bodies)
    assert all(author is None or author.strip() for author in thread.authors)


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_any_text_gives_a_thread(text: str) -> None:
    check(read(text, HINT))
    assert sniff(text, HINT) in {True, False}


@settings(deadline=None, max_examples=60)
@given(st.lists(PIECES, min_size=1, max_size=6), st.integers(2, 40))
def test_repeated_lines_give_a_thread(lines: list[str], times: int) -> None:
    check(read("\n".join(lines * times), HINT))


BIG = {
    "one line": "word " * 400_000,
    "nested bullets": "\n".join("  " * (row % 400) + f"• item {row}" for row in range(10_000)),
    "one deep chain": "\n\n".join("  " * row + "• name\n\n" + "  " * row + "  said so." for row in range(1_500)),
    "dates": "Ann 3 hours ago\n\nSome text.\n\nreply\n" * 3_000,
    "numbers": ("1 2 3 " * 30 + "\n") * 3_000,
    "blank lines": "\n" * 60_000,
}


@pytest.mark.parametrize("name", BIG)
def test_big_texts_give_a_thread(name: str) -> None:
    check(read(BIG[name], HINT))


NAMES = ("ann", "bob", "cleo", "dora")


def test_a_deep_chain_keeps_its_depth() -> None:
    chain = "\n\n".join(
        "  " * row + f"• {name}\n\n" + "  " * row + f"  {name} said so." for row, name in enumerate(NAMES)
    )
    assert list(read("12 comments\n\n" + chain, HINT).parent) == [-1, 0, 1, 2]


BLOG = """\
Mill diary

Ada May 1, 2023

The wheel at the ford turns slowly in summer, and in the spring it turns faster than anybody in the
village likes to see, except for the
children who sit there.

It stops in winter.

2 thoughts on "Mill diary"

 1. [0]Bo May 2, 2023 at 8:14 am

    Ours stopped in the drought, and has not turned since then.

    Reply
 2. [1]Ada Post authorMay 3, 2023 at 9:00 pm

    Then come and look at this one.

    Reply
"""


def test_an_article_ends_with_its_short_lines_and_names_lose_their_badges() -> None:
    thread = read(BLOG, HINT)
    text = "\n".join(thread.article.pieces)
    assert "children who sit there." in text
    assert text.endswith("It stops in winter.")
    assert list(thread.authors) == ["Bo", "Ada"]
