"""What a heading says of the elements below it."""

from __future__ import annotations

import pytest

from rumor_tui.readers.html.discussion.teasers import is_under_heading
from tests.readers.html.discussion.samples import dom_of


@pytest.mark.parametrize(
    "heading",
    [
        "Comments",
        "2 Responses",
        "Responses (2)",
        "3 replies to “The bridge”",
        "Antworten",
        "Alle Kommentare",
        "1 comment",
    ],
)
def test_the_heading_above_says_that_comments_follow(heading: str) -> None:
    dom = dom_of(f"<h1>The bridge</h1><p>Closed.</p><div><h3>{heading}</h3><ul><li>First.</li></ul></div>")
    assert is_under_heading(dom, dom.tag.index("li"))


@pytest.mark.parametrize(
    "page",
    [
        "<h2>News</h2><ul><li>First.</li></ul>",
        "<h2>Comments policy</h2><ul><li>First.</li></ul>",
        "<h2>Commentary on the gospel</h2><ul><li>First.</li></ul>",
        "<h2>Comments</h2><p>None.</p><h2>Links</h2><ul><li>First.</li></ul>",
        "<ul><li>First.</li></ul><h2>Comments</h2>",
        "<div><h2>Comments</h2></div><div><div><div><div><div><ul><li>Far.</li></ul></div></div></div></div></div>",
    ],
)
def test_other_headings_say_nothing(page: str) -> None:
    dom = dom_of(page)
    assert not is_under_heading(dom, dom.tag.index("li"))
