from __future__ import annotations

from typing import Any

import pytest

from rumor_tui.model import Draft, Thread
from rumor_tui.readers import Hint, markdown, markdown_discussion


def read(text: str) -> Thread:
    return markdown.read(text, Hint("page.md"))


def rows(thread: Thread) -> list[tuple[int, str | None, str]]:
    return [(thread.parent[c.index], c.author, c.body) for c in thread.comments()]


EXACT = """\
# Title

Text.

## 3 comments

- **ann** · #1 · 2011-03-08 14:05 · 3 points · id 7 · [permalink](https://example.com/7)

  Look:

  - **not** a byline
      - nor this

  ```
  - **bob** · #9
  ```

  - **(unsigned)** · #2 · "2 h ago" · 3 lines

    - **cy** · #3

    is what you would write.

- **cy** · #3 · deleted
"""


def test_the_exact_form() -> None:
    thread = read(EXACT)
    assert rows(thread) == [
        (-1, "ann", "Look:\n\n- **not** a byline\n    - nor this\n\n```\n- **bob** · #9\n```"),
        (0, None, "- **cy** · #3\n\nis what you would write."),
        (-1, "cy", ""),
    ]
    first = thread.comment(0)
    assert (first.published, first.score, first.id, first.url) == (1_299_593_100, 3, "7", "https://example.com/7")
    assert list(thread.deleted) == [False, False, True]
    assert thread.published_text[1] == "2 h ago"


def test_a_reply_beyond_the_deepest_level_says_what_it_answers() -> None:
    lines = ["## 11 comments"]
    for n in range(11):
        level = min(n, 8)
        to = f" ↳ #{n}" if n > 8 else ""
        lines += ["", "  " * level + f"- **ann** · #{n + 1}{to}", "", "  " * level + f"  body {n}"]
    thread = read("\n".join(lines))
    assert list(thread.parent) == list(range(-1, 10))
    assert thread.bodies[10] == "body 10"


def test_a_changed_reference_still_gives_a_tree() -> None:
    source = "## 3 comments\n\n- **a** · #1 ↳ #2\n\n- **b** · #2 ↳ #1\n\n- **c** · #3 ↳ #99\n"
    assert [row[:2] for row in rows(read(source))] == [(-1, "a"), (0, "b"), (-1, "c")]


def test_no_comments_is_an_empty_discussion_and_no_text() -> None:
    thread = read("# Title\n\nText.\n\n## No comments\n")
    assert len(thread) == 0
    assert list(thread.article.pieces) == ["Text."]


LISTS = """\
# Title

Text.

## Comments

- **ann**: First.
  Still first.

  Second paragraph.
  - bob (2 h ago): A reply.
    * a point
    * another
      - **cy** · 2011-03-08 14:05 · 3 points · [link](https://example.com/3)

        > quoted

        Deep.
- [dan](https://example.com/dan): Last.
- @eve: hi
- **fay** – I think so
- __gil__ · deleted
- **(unsigned)** · yesterday
  [deleted]

## Licence

Free.
"""


def test_lists_as_people_write_them() -> None:
    thread = read(LISTS)
    assert rows(thread) == [
        (-1, "ann", "First.\nStill first.\n\nSecond paragraph."),
        (0, "bob", "A reply.\n* a point\n* another"),
        (1, "cy", "> quoted\n\nDeep."),
        (-1, "dan", "Last."),
        (-1, "@eve", "hi"),
        (-1, "fay", "I think so"),
        (-1, "gil", ""),
        (-1, None, ""),
    ]
    assert thread.published_text[1] == "2 h ago"
    assert (thread.published[2], thread.scores[2], thread.urls[2]) == (1_299_593_100, 3, "https://example.com/3")
    assert list(thread.deleted) == [False] * 6 + [True, True]
    assert thread.published_text[7] == "yesterday"
    assert [piece for piece in thread.article.pieces if "Licence" in piece or "Free" in piece]


QUOTES = """\
Title
=====

Discussion
----------

> **ann** · 2 h ago
>
> First.
>
> > A quote without an author.
>
> > **bob**:
> > A reply,
> > on two lines.
> >
> > > **cy** (5 min ago)
> > > Deep.
>
> > **dan**
> >
> > Another reply.

> **eve** · 3 points
> Last.
"""


def test_block_quotes_as_people_write_them() -> None:
    thread = read(QUOTES)
    assert rows(thread) == [
        (-1, "ann", "First.\n\n> A quote without an author."),
        (0, "bob", "A reply,\non two lines."),
        (1, "cy", "Deep."),
        (0, "dan", "Another reply."),
        (-1, "eve", "Last."),
    ]
    assert list(thread.published_text) == ["2 h ago", None, "5 min ago", None, None]
    assert thread.scores[4] == 3


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "## Comments",
            "# Comments (12)",
            "### 12 comments ###",
            "## COMMENTS",
            "## Discussion",
            "Comments\n--------",
        ),
        *("## Kommentare:", "## 3 Antworten", "## Commentaires", "## 评论"),
    ],
)
def test_headings_of_discussions(heading: str) -> None:
    assert rows(read(f"Text.\n\n{heading}\n\n- **ann**: hi\n")) == [(-1, "ann", "hi")]


@pytest.mark.parametrize(
    "source",
    [
        "## 3 comments",
        "## 1 comment\n\n  indented\n\n- **ann** · #1\n",
        "## Comments\n\nWrite to me.",
        "## Comments\n\n- **ann**: hi\n- and a point of mine\n",
        "## Comments\n\n- **ann**: hi\n\nText that belongs to nobody.\n",
        "## Discussion\n\n- Speed: it is good.\n- Size: it is small.\n",
        "## Discussion\n\nOur results agree with those of others.",
        "## Commentsabout\n\n- **ann**: hi\n",
        "Comments\n\n- **ann**: hi\n",
        "```\n## Comments\n\n- **ann**: hi\n```\n",
        "````\n## 1 comment\n\n- **ann** · #1\n\n  hi\n\n````\n\nThat is how it looks.\n",
    ],
)
def test_what_is_no_discussion_stays_in_the_article(source: str) -> None:
    thread = read(f"Text.\n\n{source}")
    assert len(thread) == 0
    joined = "\n".join(thread.article.pieces)
    assert all(line in joined for line in source.splitlines() if line.strip())


def test_the_last_heading_with_comments_counts() -> None:
    source = "## Comments\n\n- **ann**: old\n\n## Comments\n\n- **bob**: new\n\n## Comments\n\nare closed.\n"
    assert rows(read(source)) == [(-1, "bob", "new")]


def test_many_headings_are_given_up_on() -> None:
    assert (
        markdown_discussion.find_discussion("## Comments\n\n- **ann**: hi\n\n" + "## Comments\n\nnone here\n\n" * 100)
        is None
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("**ann:** text", {"author": "ann", "body": "text"}),
        ("**ann b.** (March 8) text", None),
        ("**ann b.** (March 8): text", {"author": "ann b.", "published_text": "March 8", "body": "text"}),
        ("**[ann](https://example.com/u)** · 3 h", {"author": "ann", "published_text": "3 h"}),
        ("**ann**", {"author": "ann"}),
        ("**Note** this", None),
        ("ann: text: more", {"author": "ann", "body": "text: more"}),
        ("ann (2 h ago)", {"author": "ann", "published_text": "2 h ago"}),
        ("ann (maybe)", None),
        ("https://example.com", None),
        ("see http://example.com: there", None),
        ("no author here", None),
        ("", None),
    ],
)
def test_authors_as_people_write_them(line: str, expected: dict[str, Any] | None) -> None:
    assert markdown_discussion.parse_comment_head(line, timid=False) == (
        None if expected is None else Draft(**expected)
    )
