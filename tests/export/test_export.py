from __future__ import annotations

import io
import json
import re
from array import array
from dataclasses import fields, replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui import blocks, export, markdown_format
from rumor_tui.columns import Constant
from rumor_tui.export import comment_fields
from rumor_tui.model import Article, Block, Comment, Format, Stub, Thread
from rumor_tui.readers import Hint
from tests.made_threads import chain, steady, threads
from tests.reading import read_source

CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
FORMATS: list[Format] = ["plain", "html", "markdown"]


def exported(thread: Thread, to: str) -> str:
    out = io.StringIO()
    export.write(thread, to, out)
    return out.getvalue()


def reopened(thread: Thread, to: str) -> Thread:
    """What comes back through a pipe, where no file name helps."""
    return read_source(exported(thread, to).encode(), Hint("-"))


def facts(comment: Comment, *but: str) -> dict[str, Any]:
    """A comment's fields, but for its body, which is compared by its blocks."""
    return {f.name: getattr(comment, f.name) for f in fields(comment) if f.name not in ("body", *but)}


def article_blocks(article: Article) -> list[Block]:
    return [block for piece in article.pieces for block in blocks.parse_body(piece, article.format)]


def assert_same(thread: Thread, again: Thread) -> None:
    assert list(again.parent) == list(thread.parent)
    for before, after in zip(thread.comments(), again.comments(), strict=True):
        assert facts(after) == facts(before)
        assert blocks.parse_body(after.body, again.format) == blocks.parse_body(before.body, thread.format)


@steady
@given(threads())
def test_a_thread_from_json_is_the_same(thread: Thread) -> None:
    again = reopened(thread, "json")
    assert_same(thread, again)
    assert again.source == thread.source
    assert (again.confidence, list(again.stubs)) == (thread.confidence, list(thread.stubs))
    for name in ("title", "byline", "published", "url"):
        assert getattr(again.article, name) == getattr(thread.article, name)


@steady
@given(threads())
def test_a_thread_from_markdown_is_the_same(thread: Thread) -> None:
    again = reopened(thread, "markdown")
    assert_same(thread, again)
    for name in ("title", "byline", "published", "published_text", "url", "score"):
        assert getattr(again.article, name) == getattr(thread.article, name)


@steady
@given(threads("plain") | threads("html"), st.sampled_from(["json", "markdown"]))
def test_other_formats_become_the_same_blocks(thread: Thread, to: str) -> None:
    assert_same(thread, reopened(thread, to))


@steady
@given(st.sampled_from(FORMATS).flatmap(threads))
def test_a_thread_from_a_page_is_the_same_but_for_markup(thread: Thread) -> None:
    again = reopened(thread, "html")
    assert list(again.parent) == list(thread.parent)
    for before, after in zip(thread.comments(), again.comments(), strict=True):
        assert facts(after, "url") == facts(before, "url")
    for name in ("title", "byline", "published", "published_text", "score"):
        assert getattr(again.article, name) == getattr(thread.article, name)


@steady
@given(threads(), st.sampled_from(["json", "markdown"]))
def test_exporting_what_was_exported_changes_nothing(thread: Thread, to: str) -> None:
    once = reopened(thread, to)
    twice = reopened(once, to)
    assert list(twice.comments()) == list(once.comments())
    assert article_blocks(twice.article) == article_blocks(once.article)


@steady
@given(st.sampled_from(FORMATS).flatmap(threads), st.sampled_from(sorted(export.FORMATS)))
def test_no_format_lets_a_control_through(thread: Thread, to: str) -> None:
    written = exported(thread, to)
    assert not CONTROLS.search(written)
    written.encode()


@pytest.mark.parametrize(
    ("path", "format"),
    [
        ("a.json", "json"),
        ("~/b.c/A.MD", "markdown"),
        ("a.json.markdown", "markdown"),
        ("a.txt", "text"),
        ("a.htm", "html"),
        ("a.pdf", None),
        (".json", None),
        ("json", None),
        ("-", None),
        ("", None),
    ],
)
def test_the_ending_of_a_path_names_the_format(path: str, format: str | None) -> None:
    assert export.format_of(path) == format


def test_every_format_has_an_ending_and_every_ending_a_format() -> None:
    assert set(export.FILE_EXTENSIONS.values()) == set(export.FORMATS)


def sample() -> Thread:
    return Thread(
        article=Article(
            "A title", "ann", 1_299_593_100.0, "March 8", "https://example.com/", ["One.\n\nTwo."], "plain"
        ),
        parent=array("i", [-1, 0, 1, -1]),
        authors=["bob", None, "cy_d", "dan"],
        bodies=["First.\n\nSecond <b>.", "- **x** · #3\n\nnot a byline", "", "Last"],
        lengths=[19, 27, 0, 4],
        format="markdown",
        published=[1_299_593_160.5, None, None, None],
        published_text=[None, "2 hours ago", None, None],
        ids=["7", None, None, "a b"],
        scores=[3, None, 1, -2],
        urls=["https://example.com/7", None, None, "javascript:alert(1)"],
        deleted=[False, False, True, False],
        source="page.txt",
    )


def test_the_form_of_json() -> None:
    document = json.loads(exported(sample(), "json"))
    assert list(document) == ["version", "source", "article", "comments"]
    assert document["version"] == 1
    assert document["source"] == "page.txt"
    assert document["article"] == {
        "title": "A title",
        "byline": "ann",
        "published": "2011-03-08T14:05:00Z",
        "url": "https://example.com/",
        "text": "One.\n\nTwo.",
        "markdown": "One.\n\nTwo.",
    }
    assert document["comments"][0] == {
        "index": 0,
        "id": "7",
        "parent": None,
        "depth": 0,
        "author": "bob",
        "published": "2011-03-08T14:06:00.500000Z",
        "published_text": None,
        "text": "First.\n\nSecond <b>.",
        "markdown": "First.\n\nSecond <b>.",
        "score": 3,
        "url": "https://example.com/7",
        "deleted": False,
    }
    assert [(c["parent"], c["depth"]) for c in document["comments"]] == [(None, 0), (0, 1), (1, 2), (None, 0)]
    assert [c["author"] for c in document["comments"]] == ["bob", None, "cy_d", "dan"]


def test_the_form_of_what_json_has_seldom() -> None:
    thread = replace(sample(), confidence="guessed", stubs=[Stub(1, 3, "reddit", ("a", "b\x1b")), Stub(-1)])
    document = json.loads(exported(thread, "json"))
    assert list(document) == ["version", "source", "confidence", "article", "comments", "stubs"]
    assert document["confidence"] == "guessed"
    assert document["stubs"] == [
        {"parent": 1, "count": 3, "via": "reddit", "keys": ["a", "b␛"]},
        {"parent": None, "count": 0, "via": "", "keys": []},
    ]


def test_the_form_of_markdown() -> None:
    assert exported(sample(), "markdown") == (
        '---\ntitle: "A title"\nauthor: "ann"\ndate: "2011-03-08T14:05:00Z"\nwritten: "March 8"\n'
        'url: "https://example.com/"\n---\n\n# A title\n\nOne.\n\nTwo.\n\n## 4 comments\n\n'
        "- **bob** · #1 · 2011-03-08 14:06:00.500000 · 3 points · id 7 · [permalink](https://example.com/7)\n\n"
        "  First.\n\n  Second <b>.\n\n"
        '  - **(unsigned)** · #2 · "2 hours ago" · 3 lines\n\n    - **x** · #3\n\n    not a byline\n\n'
        "    - **cy_d** · #3 · 1 point · deleted\n\n"
        '- **dan** · #4 · -2 points · id "a b" · [permalink](<javascript:alert(1)>)\n\n  Last\n'
    )


def test_the_form_of_text() -> None:
    thread = sample()
    thread.bodies = ["First.\n\nSecond.", "Reply", "", "Last"]
    assert exported(thread, "text") == (
        "A title\n=======\nann · 2011-03-08 14:05 · https://example.com/\n\nOne.\n\nTwo.\n\n4 comments\n\n"
        "#1 bob · 2011-03-08 14:06:00.500000 · 3 points\n  First.\n\n  Second.\n\n"
        "   #2 (unsigned) · 2 hours ago\n     Reply\n\n      #3 cy_d · 1 point · deleted\n\n"
        "#4 dan · -2 points\n  Last\n"
    )


def test_text_is_wrapped_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("COLUMNS", "40")
    thread = replace(sample(), bodies=["many words " * 20] * 4)
    assert max(map(len, exported(thread, "text").splitlines())) > 200
    out = Terminal()
    export.write(thread, "text", out)
    rows = [line for line in out.getvalue().splitlines() if "many" in line]
    assert len(rows) > 20
    assert max(map(len, rows)) <= 40


class Nesting(HTMLParser):
    """Counts how deep `details` nest, and which tags there are."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = self.deepest = 0
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "details":
            self.depth += 1
            self.deepest = max(self.depth, self.deepest)
            assert ("open", None) in attrs

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "details"


@steady
@given(st.sampled_from(FORMATS).flatmap(threads))
def test_the_page_is_balanced_and_runs_nothing(thread: Thread) -> None:
    page = exported(thread, "html")
    parser = Nesting()
    parser.feed(page)
    parser.close()
    assert parser.depth == 0
    assert not parser.tags & {"script", "iframe", "object", "form", "link", "base"}
    assert not re.search(r'href="(?!https?://|#c|mailto:)', page, re.IGNORECASE)


def test_the_page_escapes_what_strangers_wrote() -> None:
    thread = sample()
    thread.authors = ["<img src=x onerror=alert(1)>"] * 4
    thread.article.title = "</title><script>alert(1)</script>"
    page = exported(thread, "html")
    assert "<img" not in page
    assert "<script" not in page
    assert "javascript:" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_links_of_the_page_are_those_that_may_be_opened() -> None:
    targets = (
        "mailto:a@example.com?attach=/etc/passwd",
        "https://example.com@evil.example/",
        "https://bücher.example/",
        "https://",
        "mailto:a@example.com",
    )
    thread = replace(sample(), bodies=["\n\n".join(f"[link](<{target}>)" for target in targets), "", "", ""])
    thread.article.pieces = ["[piece](https://ann:secret@example.org/)"]
    thread.article.format = "markdown"
    page = exported(thread, "html")
    assert re.findall('<a href="([^"]*)" rel="nofollow noopener">', page) == [
        "https://example.org/",
        "https://evil.example/",
        "https://xn--bcher-kva.example/",
        "mailto:a@example.com",
    ]


def test_a_deep_reply_names_in_text_what_it_answers_before_its_author() -> None:
    lines = exported(chain(11), "text").splitlines()
    headers = [line.strip() for line in lines if line.strip().startswith("#")]
    assert headers[8:] == ["#9 ann", "#10 ↳ #9 ann", "#11 ↳ #10 ann"]


@pytest.mark.parametrize("to", ["text", "html"])
def test_mending_brings_no_control_into_a_title(to: str) -> None:
    thread = replace(sample(), repair=True)
    thread.article.title = "It didn ‘t work â€® here"
    written = exported(thread, to)
    assert "It didn’t work" in written
    assert not CONTROLS.search(written)


@pytest.mark.parametrize("to", ["json", "markdown"])
def test_what_is_not_kept(to: str) -> None:
    thread = replace(sample(), repair=True, aside="Menu")
    thread.article.score = 12
    again = reopened(thread, to)
    assert (again.repair, again.aside) == (False, "")
    article = again.article
    kept = {"json": (12, None, "page.txt"), "markdown": (12, "March 8", "-")}
    assert (article.score, article.published_text, again.source) == kept[to]


@pytest.mark.parametrize("to", ["json", "markdown"])
def test_a_date_of_the_article_that_is_none_comes_back_as_it_was_written(to: str) -> None:
    thread = sample()
    thread.article.published = None
    article = reopened(thread, to).article
    assert (article.published, article.published_text) == (None, "March 8")


def test_json_tells_whom_a_comment_answers_and_reads_as_without() -> None:
    thread, out = sample(), io.StringIO()
    export.write(thread, "json", out, {1: comment_fields.ReplyTo(0, "name", 0.9)})
    comments = json.loads(out.getvalue())["comments"]
    assert comments[1]["reply_to"] == {"index": 0, "evidence": "name", "confidence": 0.9}
    assert [comment["index"] for comment in comments if "reply_to" in comment] == [1]
    assert read_source(out.getvalue().encode(), Hint("-")) == read_source(exported(thread, "json").encode(), Hint("-"))


@pytest.mark.parametrize("to", sorted(set(export.FORMATS) - export.REPLY_FORMATS))
def test_other_forms_do_not_tell_whom_a_text_answers(to: str) -> None:
    out = io.StringIO()
    export.write(sample(), to, out, {1: comment_fields.ReplyTo(0, "name", 0.9)})
    assert out.getvalue() == exported(sample(), to)


@pytest.mark.parametrize("to", sorted(export.FORMATS))
def test_a_long_chain_is_written_in_linear_space(to: str) -> None:
    size = 3_000
    written = exported(chain(size), to)
    assert len(written) < 400 * size
    assert list(reopened(chain(size), to).parent) == list(range(-1, size - 1))


def test_the_markup_of_a_page_nests_no_deeper_than_browsers_do() -> None:
    parser = Nesting()
    parser.feed(exported(chain(1_000), "html"))
    assert parser.deepest == 201
    assert parser.depth == 0


def test_dumps_keep_their_typography_in_json_and_are_mended_for_people() -> None:
    thread = replace(sample(), bodies=["It didn ‘t work"] * 4, format="plain", repair=True)
    assert json.loads(exported(thread, "json"))["comments"][0]["text"] == "It didn ‘t work"
    assert "It didn’t work" in exported(thread, "text")
    assert "It didn’t work" in exported(thread, "html")


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(KeyError):
        export.write(sample(), "docx", io.StringIO())


def test_bylines_of_a_thread_without_dates_are_short() -> None:
    thread = Thread(Article(), array("i", [-1]), ["ann"], ["hi"], [2])
    assert "- **ann** · #1\n\n  hi\n" in exported(thread, "markdown")
    assert markdown_format.UNSIGNED not in exported(thread, "markdown")


def test_what_is_missing_is_told_where_it_is_missing() -> None:
    parent = array("i", [-1, 0, 1, 0, -1])
    thread = Thread(Article("x"), parent, Constant(None, 5), Constant("hi", 5), Constant(2, 5))
    thread.stubs = (Stub(-1, 485), Stub(1, 12), Stub(1, 1), Stub(0), Stub(3, 1))
    lines = [line for line in exported(thread, "text").splitlines() if line.lstrip().startswith(("#", "…"))]
    assert lines == [
        "#1 (unsigned)",
        "   #2 (unsigned)",
        "      #3 (unsigned)",
        "      … 13 more replies",
        "   #4 (unsigned)",
        "      … 1 more reply",
        "   … more replies",
        "#5 (unsigned)",
        "… 485 more comments",
    ]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://a.example/x", True),
        ("mailto:ann@example.org", True),
        ("/relative", True),
        ("#c1", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("DATA:text/html,x", False),
        ("vbscript:x", False),
    ],
)
def test_links_that_lead_elsewhere_are_left_out_of_markdown(address: str, kept: bool) -> None:
    written = comment_fields.body_to_markdown(f'<p>See <a href="{address}">there</a>.</p>', "html")
    assert (address in written) == kept
    assert "there" in written


def test_the_plain_text_of_an_article_is_its_words() -> None:
    picture = '<figure><img src="/a.png" alt="A wheel in the river"></figure>'
    prose = "<p>The wheel turned for forty years, and then it stopped in the frost of one long night.</p>"
    article = Article(pieces=[prose, picture], format="html")
    assert "[A wheel in the river]" not in comment_fields.article_to_text(article)
    assert "A wheel in the river" in comment_fields.article_to_markdown(article)
    assert comment_fields.article_to_text(Article(pieces=[picture], format="html")) == "[A wheel in the river]"
