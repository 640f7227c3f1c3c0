"""Pages that a tree parser takes badly: the check of their markup, and the subprocess."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui import isolated
from rumor_tui.blocks import body_text
from rumor_tui.isolated import encode
from rumor_tui.model import Article, Draft, Thread
from rumor_tui.readers.html import sandbox
from rumor_tui.readers.html.page_result import PageResult
from rumor_tui.readers.source import Hint
from tests.reading import read_source

HOSTILE = {
    "open divisions": "<div>" * 2000 + "deep",
    "closed divisions": "<div>" * 2000 + "deep" + "</div>" * 2000,
    "tables in tables": "<table><tr><td>" * 2000 + "deep",
    "formatting that is never closed": "".join(f"<b class=a{number}><p>x" for number in range(2000)),
    "spans and bold": "<span><b>" * 2000 + "deep",
    "quotes": "<BLOCKQUOTE>" * 2000,
    "ends of what is not open": "<div></section>" * 2000,
    "elements of one's own": "<x-y>" * 2000,
    "formatting that each opens again": "<p>" + "".join(f"<b class=a{n}>" for n in range(390)) + "<p>x" * 2000,
    "bold that other ends do not close": "<p><b></i>x" * 2000,
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_what_takes_a_parser_long_is_not_calm(page: str) -> None:
    assert not sandbox.is_safe_to_parse(page)


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
    assert sandbox.is_safe_to_parse(page)


def test_a_page_beyond_all_bounds_is_not_calm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MAX_LENGTH", 10)
    assert not sandbox.is_safe_to_parse("<p>A page of more than ten characters.")


@given(st.text(alphabet="<>/divbpa =\"'\n", max_size=400))
def test_any_text_can_be_looked_at(page: str) -> None:
    assert sandbox.is_safe_to_parse(page)


COMMENT = (
    '<li class="comment" id="comment-{0}"><cite class="fn">ann{0}</cite> <time datetime="2011-03-0{0}">March {0}</time>'
    "<div class=comment-content><p>Around 600 cars, I hear, and no more than that number {0}.</p></div></li>"
)
PAGE = "<html><title>Six hundred cars?</title><body><ol>{}</ol>{}</body></html>"


def text_of(found: PageResult) -> str:
    return "\n".join(body_text(piece, "html") for piece in found.article.pieces)


def nested(levels: int) -> str:
    return PAGE.format("".join(map(COMMENT.format, range(1, 4))), "<div>" * levels + "deep" + "</div>" * levels)


def test_a_deep_page_is_read_all_the_same() -> None:
    thread = read_source(nested(1500).encode(), Hint("page.html"))
    assert thread.article.title == "Six hundred cars?"
    assert thread.authors == ["ann1", "ann2", "ann3"]
    assert body_text(thread.bodies[0], "html").startswith("Around 600 cars")
    assert thread.published[1] == 1299024000.0


def test_a_page_that_takes_too_long_is_its_plain_text() -> None:
    found = sandbox.parse_in_subprocess(nested(3), Hint("page.html"), deadline=0.001)
    assert found.drafts == []
    assert found.article.title == "Six hundred cars?"
    text = text_of(found)
    assert text.startswith("This page is too large or nested too deeply: only its plain text is shown.")
    assert "Around 600 cars, I hear" in text
    assert "deep" in text


@pytest.mark.parametrize(
    "answer",
    [b"", b"no data", b"\x80", b"\x80\x04N.", b"\xc1", b"\x81\xa7article\xc0", encode(PageResult(Article()))[:-1]],
)
def test_a_process_that_answers_nonsense_counts_as_none(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "run_isolated", lambda *_, **__: answer)
    assert text_of(sandbox.parse_in_subprocess(nested(3), Hint("page.html"))).startswith("This page is too large")


@pytest.mark.parametrize(
    "lie",
    [
        PageResult(Article(), [Draft("one")], []),
        PageResult(Article(), [], ["2024-01-01"]),
        PageResult(Article(), base=float("nan")),
        PageResult(Article(), base=float("inf")),
    ],
)
def test_a_process_whose_answer_does_not_fit_counts_as_none(lie: PageResult, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "run_isolated", lambda *_, **__: encode(lie))
    assert text_of(sandbox.parse_in_subprocess(nested(3), Hint("page.html"))).startswith("This page is too large")


@pytest.mark.parametrize("parents", [[5, -7, 0], [1, 0, 2], [2, 2, 2], [None, 0, 10**15]])
def test_parents_that_cannot_be_are_put_right(parents: list[int | None], monkeypatch: pytest.MonkeyPatch) -> None:
    lie = PageResult(Article(), [Draft("text", parent=parent) for parent in parents], [None] * 3)
    monkeypatch.setattr(isolated, "run_isolated", lambda *_, **__: encode(lie))
    thread = sandbox.parse_in_subprocess(nested(3), Hint("page.html")).content(Hint("page.html"))
    assert isinstance(thread, Thread)
    assert len(thread) == 3
    assert all(-1 <= parent < row for row, parent in enumerate(thread.parent))


def test_what_cannot_be_encoded_does_not_lose_the_page() -> None:
    """Half a character in the name of a file, in JSON in a page, and a number without end."""
    page = nested(1500).replace("<ol>", '<ol><script type="application/ld+json">{"name": "\\ud800"}</script>')
    assert len(sandbox.parse_in_subprocess(page, Hint("page\udcff.html")).drafts) == 3


def test_a_long_page_comes_in_pieces_that_lose_nothing() -> None:
    page = "<html><title>T</title>" + "".join(f"<p>paragraph {number}</p>" for number in range(9000))
    found = sandbox.parse_in_subprocess(page, Hint("page.html"), deadline=0.001)
    assert len(found.article.pieces) > 5
    assert "".join(found.article.pieces[1:]) == page


def test_what_lies_in_the_current_folder_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("selectolax", "msgspec", "resource", "ctypes", "rumor_tui"):
        (tmp_path / f"{name}.py").write_text("open('trapped', 'w').close()\nraise SystemExit(3)\n")
    monkeypatch.chdir(tmp_path)
    assert len(sandbox.parse_in_subprocess(nested(1500), Hint("page.html")).drafts) == 3
    assert not (tmp_path / "trapped").exists()


@pytest.mark.parametrize(
    "attribute", [" a{}", " a{}=b", ' a{}=">"', " a{}='<b>'", "/a{}", " a{} = b", " =a{}=b", "\na{}=<x"]
)
def test_a_tag_with_very_many_attributes_is_not_calm(attribute: str) -> None:
    """A parser compares each with all before it."""
    few, many = ("<p" + "".join(map(attribute.format, range(count))) + ">x" for count in (150, 250))
    assert sandbox.is_safe_to_parse(few)
    assert not sandbox.is_safe_to_parse("<p>calm " * 99 + many)
