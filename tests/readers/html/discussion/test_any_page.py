"""Whatever a page is made of: the discussion is found without a fault, and parents precede."""

from __future__ import annotations

from collections.abc import Callable
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from rumor_tui.readers.html import discussion, dom, page_reader
from rumor_tui.readers.html.dom import Dom

TAGS = st.sampled_from(
    ["div", "span", "li", "ul", "ol", "article", "section", "p", "a", "table", "tr", "td", "dl", "dt", "dd"]
) | st.sampled_from(["blockquote", "b", "time", "form"])
NAMES = st.sampled_from(
    ["comment", "comments", "reply", "replies", "author", "username", "date", "time", "content", "body", "text"]
) | st.sampled_from(
    ["children", "depth-1", "depth-2", "odd", "meta", "message", "post", "question", "deleted", "quote"]
)
TEXTS = st.sampled_from(
    ("", "Yes.", "Ada Quill", "March 4, 2021", "3 hours ago", "Reply", "by Ada on 4 March 2021", "[deleted]", "Fast.")
)
EXTRAS = st.sampled_from(("", ' href="#c1"', ' data-parent="c1"', ' style="margin-left:9px"', " hidden"))


@st.composite
def markup(draw: st.DrawFn) -> str:
    """A page of elements that are opened and closed in any order, with names, dates, identifiers and links."""
    parts = []
    for number in range(draw(st.integers(0, 40))):
        tag = draw(TAGS)
        if draw(st.booleans()):
            parts.append(f"</{tag}>")
            continue
        names = " ".join(draw(st.lists(NAMES, max_size=2)))
        parts.append(f'<{tag} class="{names}" id="c{number}"{draw(EXTRAS)}>{draw(TEXTS)}')
    return f"<!doctype html><html><body>{''.join(parts)}</body></html>"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(markup())
def test_any_page_is_read(text: str) -> None:
    page_dom = Dom(LexborHTMLParser(text))
    result = discussion.find_discussion(page_dom)
    assert len(result.comments) == len(result.parents)
    for index, parent in enumerate(result.parents):
        assert parent is None or 0 <= parent < len(result.comments)
        assert parent != index
    bodies, _ = page_reader.detach_bodies(page_dom, result)
    assert len(bodies) == len(result.comments)


def comment_html(number: int, below: str = "") -> str:
    return (
        f'<li class="comment" id="comment-{number}"><cite class="fn">user{number}</cite> '
        f'<time datetime="2021-03-04">March 4, 2021</time><div class="comment-content"><p>N. {number}</p></div>{below}'
    )


def flat(count: int) -> str:
    return "<ol>" + "</li>".join(map(comment_html, range(count))) + "</li></ol>"


def deep(count: int) -> str:
    return "<ol>" + "<ol>".join(map(comment_html, range(count))) + "</li></ol>" * count


def beside(count: int) -> str:
    row = '<div class="comment"><a class="author">u</a> <span class="date">4 March 2021</span><p>Said.</p></div>'
    return "".join(f'{row}<div class="indented">' for _ in range(count)) + "</div>" * count


@pytest.mark.parametrize("make", [flat, deep, beside])
def test_the_work_grows_with_the_page_and_no_faster(make: Callable[[int], str]) -> None:
    """Steps are counted as the calls that ask for an element's labels and sizes."""

    def steps(count: int) -> int:
        page_dom = dom.Dom(LexborHTMLParser(f"<html><body><main>{make(count)}</main></body></html>"))
        with (
            patch.object(Dom, "labels", autospec=True, side_effect=Dom.labels) as labels,
            patch.object(Dom, "text_length", autospec=True, side_effect=Dom.text_length) as sizes,
        ):
            result = discussion.find_discussion(page_dom)
        assert len(result.comments) == count
        return labels.call_count + sizes.call_count

    assert steps(240) < 6 * steps(60)
