"""Threads made by hypothesis for the tests of export and of reading back, whole and with hostile parts."""

from __future__ import annotations

from array import array
from typing import get_args

from hypothesis import settings
from hypothesis import strategies as st

from rumor_tui import markdown_format
from rumor_tui.columns import Constant
from rumor_tui.joined import Part
from rumor_tui.model import Article, Confidence, Format, Stub, Thread

steady = settings(deadline=None)
"""For every property: a slow machine is no failure."""

MARKDOWN_BITS = st.sampled_from(
    [
        *(
            "# Heading",
            "Setext\n===",
            "- item",
            "  - nested",
            "1. one",
            "> quote",
            "> > deeper",
            "```",
            "~~~",
            "    code",
        ),
        *(
            "***",
            "---",
            "a | b",
            "|-|-|",
            "*emphasis* and **strong**",
            "[link](https://example.com/)",
            "`code`",
            "plain",
        ),
        *("", " ", "\\", "&amp; &lt;", "tab\there", "\u2028\u202e", "\ud83d", "\x1b]0;title\x07", "<script>x</script>"),
        *("## 3 comments", "## No comments", "**ann** · #2", "- **ann** · #2", "- **ann** · #3 ↳ #1", "</details>"),
        "  - **(unsigned)** · #2 · deleted",
    ]
)
"""Lines with a meaning in Markdown, in our own form of it, or in a terminal."""

BODIES = st.lists(MARKDOWN_BITS | st.text(max_size=12), max_size=6).map("\n".join)
LINES = (st.text(max_size=12) | MARKDOWN_BITS).map(markdown_format.clean_field)
"""Names, dates, addresses and identifiers as every reader gives them: neutral, on one line, not blank."""

MOMENTS = st.none() | st.integers(-(10**10), 10**11).map(lambda n: n / 1000) | st.integers(0, 2**31)
SCORES = st.none() | st.integers(-(10**6), 10**6)


@st.composite
def parents(draw: st.DrawFn, most: int = 14) -> array[int]:
    """Parents in pre-order: each row answers the row before it, or one of that row's ancestors, or nothing."""
    found = array("i")
    path: list[int] = []
    for row in range(draw(st.integers(0, most))):
        del path[draw(st.integers(0, len(path)) | st.just(len(path))) :]
        found.append(path[-1] if path else -1)
        path.append(row)
    return found


@st.composite
def threads(draw: st.DrawFn, format: Format = "markdown") -> Thread:
    """A thread of any shape, its bodies in the format given."""
    rows = draw(parents(8))
    size = len(rows)

    def column(values: st.SearchStrategy[str | None]) -> list[str | None]:
        return draw(st.lists(values, min_size=size, max_size=size))

    bodies = draw(st.lists(BODIES, min_size=size, max_size=size))
    return Thread(
        article=draw(articles(format)),
        parent=rows,
        authors=column(LINES),
        bodies=bodies,
        lengths=list(map(len, bodies)),
        format=format,
        published=draw(st.lists(MOMENTS, min_size=size, max_size=size)),
        published_text=column(LINES),
        ids=column(LINES),
        scores=draw(st.lists(SCORES, min_size=size, max_size=size)),
        urls=column(LINES),
        deleted=draw(st.lists(st.booleans(), min_size=size, max_size=size)),
        source=draw(LINES) or "",
        confidence=draw(st.sampled_from(get_args(Confidence))),
        stubs=draw(st.lists(stubs(size), max_size=2)),
    )


@st.composite
def discussions(draw: st.DrawFn) -> list[Part]:
    """Discussions of any shape and format; sites and identifiers repeat."""
    found = []
    for _ in range(draw(st.integers(0, 4))):
        thread = draw(threads(draw(st.sampled_from(get_args(Format)))))
        thread.repair = draw(st.booleans())
        site = draw(st.sampled_from(["Hacker News", "Reddit", "Lemmy lemmy.world"]))
        community = draw(st.sampled_from(["", "r/cars"]))
        found.append(Part(site, thread, community, draw(LINES) or "", draw(st.none() | st.integers(0, 99))))
    return found


def stubs(size: int) -> st.SearchStrategy[Stub]:
    """Missing comments below any row, or at the top."""
    line = LINES.map(lambda line: line or "x")
    return st.builds(Stub, st.integers(-1, size - 1), st.integers(0, 99), line, st.lists(line, max_size=2).map(tuple))


def articles(format: Format) -> st.SearchStrategy[Article]:
    """An article whose pieces are in the format given."""
    return st.builds(
        Article,
        title=LINES.map(lambda line: line or ""),
        byline=LINES,
        published=MOMENTS,
        published_text=LINES,
        url=LINES,
        pieces=st.lists(BODIES, max_size=3),
        format=st.just(format),
        score=SCORES,
    )


def chain(size: int) -> Thread:
    """A thread in which each comment answers the one before it."""
    bodies = Constant("hi", size)
    return Thread(Article("Deep"), array("i", range(-1, size - 1)), Constant("ann", size), bodies, Constant(2, size))
