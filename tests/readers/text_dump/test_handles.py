"""Posts copied from the windows of social networks: names, handles and dates on lines of their own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.model import Thread
from rumor_tui.readers import read_source
from rumor_tui.readers.source import Hint
from rumor_tui.readers.text_dump.handles import join_heads

BELOW = """Ada Berg
@ada_berg
The mill burned in 1911, and nobody rang the bell.
8:14 AM · Nov 14, 2023
·
48.1K
 Views
12
Bo
@bo
·
Nov 15, 2023
1912, says the plaque at the door of the mill.
4
1.2K
Ada Berg
@ada_berg
·
Nov 16, 2023
Then the plaque is wrong by a year.
"""
ABOVE = """Ada Berg
@ada@mill.example
The mill burned in 1911, and nobody rang the bell.
Nov 14, 2023, 08:14 AM
·
Nov 15, 2023
Bo
@bo@ford.example
1912, says the plaque at the door of the mill.
1
Nov 16, 2023
Ada Berg
@ada@mill.example
Then the plaque is wrong by a year.
0
"""


def _posts(text: str) -> list[tuple[str | None, str | None, str]]:
    thread = read_source(text.encode(), Hint("page.txt"))
    assert isinstance(thread, Thread)
    article = thread.article
    rows = [(c.author, c.published_text, c.body) for c in thread.comments()]
    return [(article.byline, article.published_text, "\n".join(article.pieces)), *rows] if article.byline else rows


def test_dates_below_the_handles_and_above_the_names() -> None:
    for text in (BELOW, ABOVE):
        assert [(name, (date or "")[:12], body) for name, date, body in _posts(text)] == [
            ("Ada Berg", "Nov 14, 2023", "The mill burned in 1911, and nobody rang the bell."),
            ("Bo", "Nov 15, 2023", "1912, says the plaque at the door of the mill."),
            ("Ada Berg", "Nov 16, 2023", "Then the plaque is wrong by a year."),
        ]


@given(st.lists(st.sampled_from(["Ada", "@ada", "·", "Nov 14, 2023", "these words are kept", "12", ""]), max_size=12))
def test_no_words_are_lost(lines: list[str]) -> None:
    assert "\n".join(join_heads(lines)).count("these words are kept") == lines.count("these words are kept")
