"""Which elements are dates."""

from __future__ import annotations

import pytest

from rumor_tui.readers.html.discussion.features import find_features
from rumor_tui.readers.html.dom import Dom
from tests.readers.html.discussion.samples import dom_of


def flagged(dom: Dom, flags: bytearray) -> list[str]:
    return [dom.text(number) for number in range(len(dom)) if flags[number]]


@pytest.mark.parametrize(
    ("html", "date"),
    [
        ('<time datetime="2021-03-04">yesterday</time>', "yesterday"),
        ('<span class="comment-date">4 March 2021</span>', "4 March 2021"),
        ('<a href="#c1" title="Mar 4, 2021 9:15 AM">3y</a>', "3y"),
        ("<small>March 4, 2021 at 9:15 am</small>", "March 4, 2021 at 9:15 am"),
        ('<div class="submitted">Submitted by Ada (not verified) on Thu, 03/04/2021 - 09:15.</div>', None),
    ],
)
def test_dates_are_told_by_attributes_names_and_texts(html: str, date: str | None) -> None:
    dom = dom_of(html)
    found = flagged(dom, find_features(dom).is_time)
    assert found == [date if date is not None else dom.text(0)]


@pytest.mark.parametrize(
    "html",
    [
        "<p>I have had mine since 12 March 2019 and it never leaked.</p>",
        '<div class="comment-text">@ada mine is from 12 March 2019.</div>',
        "<div>Joined: Jan 12, 2003</div>",
        "<blockquote><time>4 March 2021</time></blockquote>",
    ],
)
def test_dates_in_what_somebody_says_or_is_are_none(html: str) -> None:
    dom = dom_of(html)
    assert flagged(dom, find_features(dom).is_time) == []
