"""The cheap look at a page's markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.readers.html import calm

HOSTILE = {
    "open divisions": "<div>" * 2000 + "deep",
    "closed divisions": "<div>" * 2000 + "deep" + "</div>" * 2000,
    "tables in tables": "<table><tr><td>" * 2000 + "deep",
    "formatting that is never closed": "".join(f"<b class=a{number}><p>x" for number in range(2000)),
    "spans and bold": "<span><b>" * 2000 + "deep",
    "quotes": "<BLOCKQUOTE>" * 2000,
    "ends of what is not open": "<div></section>" * 2000,
    "elements of one's own": "<x-y>" * 2000,
    "bold that other ends do not close": "<p><b></i>x" * 2000,
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_what_takes_a_parser_long_is_not_calm(page: str) -> None:
    assert not calm.is_calm(page)


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<p>one<p>two<p>three" * 5000,
        "<ul>" + "<li>one" * 5000 + "</ul>",
        "<table>" + "<tr><td>a<td>b" * 5000 + "</table>",
        "<div><b>x</b></div>" * 5000,
        "<font color=red>x" * 100,
        "a < b and c > d " * 5000,
        "<div>" * 300 + "</div>" * 300,
    ],
)
def test_what_pages_do_is_calm(page: str) -> None:
    assert calm.is_calm(page)


def test_a_page_beyond_all_bounds_is_not_calm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calm, "LARGEST", 10)
    assert not calm.is_calm("<p>A page of more than ten characters.")


@given(st.text(alphabet="<>/divbpa =\"'\n", max_size=400))
def test_any_text_can_be_looked_at(page: str) -> None:
    assert calm.is_calm(page)
