"""Pages that are read in a process of their own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from rumor_tui.blocks import plain
from rumor_tui.readers.base import Hint
from rumor_tui.readers.html import apart
from rumor_tui.readers.html.found import Found
from tests.reading import read_source

COMMENT = (
    '<li class="comment" id="comment-{0}"><cite class="fn">ann{0}</cite> <time datetime="2011-03-0{0}">March {0}</time>'
    "<div class=comment-content><p>Around 600 cars, I hear, and no more than that number {0}.</p></div></li>"
)
PAGE = "<html><title>Six hundred cars?</title><body><ol>{}</ol>{}</body></html>"


def text_of(found: Found) -> str:
    return "\n".join(plain(piece, "html") for piece in found.article.pieces)


def nested(levels: int) -> str:
    return PAGE.format("".join(map(COMMENT.format, range(1, 4))), "<div>" * levels + "deep" + "</div>" * levels)


def test_a_deep_page_is_read_all_the_same() -> None:
    thread = read_source(nested(1500).encode(), Hint("page.html"))
    assert thread.article.title == "Six hundred cars?"
    assert thread.authors == ["ann1", "ann2", "ann3"]
    assert plain(thread.bodies[0], "html").startswith("Around 600 cars")
    assert thread.published[1] == 1299024000.0


def test_a_page_that_takes_too_long_is_its_plain_text() -> None:
    found = apart.find(nested(3), Hint("page.html"), deadline=0.001)
    assert found.drafts == []
    assert found.article.title == "Six hundred cars?"
    text = text_of(found)
    assert text.startswith("This page is too large or nested too deeply: only its plain text is shown.")
    assert "Around 600 cars, I hear" in text
    assert "deep" in text


@pytest.mark.parametrize("answer", [b"", b"no pickle", b"\x80\x04N."])
def test_a_process_that_answers_nonsense_counts_as_none(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    class Run:
        stdout = answer

    monkeypatch.setattr(subprocess, "run", lambda *_, **__: Run())
    assert text_of(apart.find(nested(3), Hint("page.html"))).startswith("This page is too large")


def test_a_long_page_comes_in_pieces_that_lose_nothing() -> None:
    page = "<html><title>T</title>" + "".join(f"<p>paragraph {number}</p>" for number in range(9000))
    found = apart.find(page, Hint("page.html"), deadline=0.001)
    assert len(found.article.pieces) > 5
    assert "".join(found.article.pieces[1:]) == page


def test_what_lies_in_the_current_folder_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("selectolax", "pickle", "resource"):
        (tmp_path / f"{name}.py").write_text("open('trapped', 'w').close()\nraise SystemExit(3)\n")
    monkeypatch.chdir(tmp_path)
    assert len(apart.find(nested(1500), Hint("page.html")).drafts) == 3
    assert not (tmp_path / "trapped").exists()
