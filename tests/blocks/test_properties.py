"""What holds for the blocks of any body in any format."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from rumor_tui.blocks import body_text, body_texts, parse_body, split_markdown, to_markdown, to_text, word_counts
from rumor_tui.blocks.builder import MAX_BLOCK, MAX_DEPTH
from rumor_tui.blocks.write import to_html
from rumor_tui.model import Block, Format
from rumor_tui.text import fold, neutralise
from tests.blocks.bodies import any_body, bodies
from tests.made_threads import steady

USUAL = (
    *(
        "a",
        "b.",
        " ",
        "c d",
        "é",
        "’",
        "🔥",
        "<p>",
        "<i>",
        "</i>",
        "<code>",
        "</code>",
        "&gt;",
        "&gt; ",
        "&lt;",
        "&amp;",
    ),
    *("  ", "&quot;", "&#x27;", "&#x2F;", "&#39;", "&nbsp;", ">", "\n", "</p>", "<pre><code>x\n</code></pre>", "\xa0"),
    '<a href="https:&#x2F;&#x2F;long.example&#x2F;path" rel="nofollow">https:&#x2F;&#x2F;long...</a>',
    '<a href="https:&#x2F;&#x2F;a.example&#x2F;" rel="nofollow">https:&#x2F;&#x2F;a.example&#x2F;</a>',
)
"""What comments are mostly made of."""


@given(any_body(), st.booleans())
@settings(steady, max_examples=400)
@example(("</i>a</code>``&nbsp;<p></p>b", "html"), False)
@example(("\xa0> quoted", "plain"), False)
@example(("didn ‘t<p>we ‘re", "html"), True)
def test_plain_is_the_text_of_the_blocks(body: tuple[str, Format], repair: bool) -> None:
    assert body_text(*body, repair) == "\n\n".join(block.text for block in parse_body(*body, repair))


@given(
    st.lists(st.sampled_from([*"aZé中1 \n.-+=#'!(", "\n\n", "  ", "\t", "www.a.b", "http://a.b/c", "*"]), max_size=12)
)
@settings(steady, max_examples=400)
@example(["\t", "a"])
@example(["a", "  ", "\n", "Z"])
@example(["a", "\n", "=", "\n", "1", ".", " ", "a"])
def test_the_text_of_prose_in_markdown_is_that_of_its_blocks(parts: list[str]) -> None:
    body = "".join(parts)
    assert body_text(body, "markdown") == "\n\n".join(block.text for block in parse_body(body, "markdown"))


@given(st.lists(bodies("html"), max_size=5), st.booleans())
@settings(steady, max_examples=400)
@example(["a", "b\0c", "d\1"], False)
@example(["<p>a", "a<p> b", "a <p>b", "a<p><i></i> b", "a<p><p>b"], False)
@example(["&gt; a", "b<p>&gt; c", "a&gt;", "&amp;gt;", "&lt;p>a"], False)
@example(["a <i></i> b", "a<", "<p", "&amp", "&"], False)
@example(["a\ud800", "b"], False)
@example(["a\xa0<p>b", "\xa0", "🔥 a<p>b", "a\xadb", "é<i>"], False)
@example(["a" * MAX_BLOCK, "a" * (MAX_BLOCK + 1), "", "x"], False)
def test_the_texts_of_many_bodies_are_those_of_each(many: list[str], repair: bool) -> None:
    for format in ("html", "plain", "markdown"):
        assert body_texts(many, format, repair) == [body_text(body, format, repair) for body in many]


@given(st.lists(st.lists(st.sampled_from(USUAL), max_size=6).map("".join), max_size=5))
@settings(steady, max_examples=600)
def test_the_texts_of_usual_bodies_are_those_of_each(many: list[str]) -> None:
    assert body_texts(many, "html") == [body_text(body, "html") for body in many]


LETTERS = ("a", "b", "1", "5", "p", "x", "ab", "i", "ii", "k", "example", "long", "gt", "amp", "pre", "code", "x27")
"""Words that stand in texts, in tags, in entities and in addresses."""


@given(
    st.lists(st.lists(st.sampled_from((*USUAL, *LETTERS)), max_size=8).map("".join) | bodies("html"), max_size=5),
    st.sampled_from(LETTERS),
)
@settings(steady, max_examples=800)
@example(["a<i>b</i>", "a<p>b", "a\u200bb", "A&#98;", "a\nb", "<b>a</b><br>b"], "ab")
@example(["\u212a", "\u0130", "I", "K"], "k")
@example(["1. a", "a 1", "1) 1"], "1")
@example(["a\0a", "a", "\1"], "a")
@example(["a" * MAX_BLOCK + "a", "a\ud800"], "a")
def test_words_are_counted_as_in_the_texts(many: list[str], word: str) -> None:
    for format in ("html", "plain"):
        counts = word_counts(many, format, word)
        assert len(counts) == len(many)
        for body, count in zip(many, counts, strict=True):
            assert count in (None, fold(body_text(body, format)).count(word)), body


@given(any_body())
@settings(steady, max_examples=400)
@example(("<b>x<i>y</b>z</i>", "html"))
@example(("<code>a <b>b</b><img alt=i src=u></code>", "html"))
@example(("+ > * a\n\n  b", "markdown"))
@example(("1. a\n3. b", "plain"))
@example(("- # h #\n- ***", "markdown"))
def test_markdown_written_reads_back(body: tuple[str, Format]) -> None:
    blocks = parse_body(*body)
    assert parse_body(to_markdown(blocks), "markdown") == blocks


@given(any_body())
@settings(steady, max_examples=400)
def test_blocks_are_canonical(body: tuple[str, Format]) -> None:
    for block in parse_body(*body):
        _check_text(block)
        _check_spans(block)


def _check_text(block: Block) -> None:
    text = block.text.replace("\t", "  ") if block.kind == "table" else block.text
    assert neutralise(text) == text
    assert len(text) <= MAX_BLOCK
    assert 0 <= block.quote <= MAX_DEPTH
    assert block.indent >= len(block.marker) + bool(block.marker)
    assert (block.kind == "rule") == (not text.strip())
    if block.kind in ("paragraph", "heading"):
        assert all(line == line.strip() != "" for line in text.split("\n"))


def _check_spans(block: Block) -> None:
    ends: list[int] = []
    for span in block.spans:
        inner = block.text[span.start : span.end]
        assert inner == inner.strip() != ""
        assert (span.target != "") == (span.role in ("link", "image"))
        while ends and ends[-1] <= span.start:
            ends.pop()
        assert not ends or span.end <= ends[-1]
        ends.append(span.end)


@given(any_body())
@steady
def test_every_writer_writes_every_block(body: tuple[str, Format]) -> None:
    blocks = parse_body(*body)
    assert "<script" not in to_html(blocks)
    words = {word for block in blocks if block.kind != "table" and not block.spans for word in block.text.split()}
    assert words <= set(to_text(blocks).split())


@given(bodies("html"))
@steady
def test_html_written_has_the_same_text(body: str) -> None:
    def words(blocks: list[Block]) -> list[str]:
        return "".join(block.text for block in blocks if ">" not in block.text).split()

    blocks = parse_body(body, "html")
    again = parse_body(to_html([block for block in blocks if ">" not in block.text]), "html")
    assert "".join(words(again)) == "".join(words(blocks))


@given(bodies("markdown"))
@settings(steady, max_examples=400)
@example("1. a\n\n1. b\n\n1. c")
@example("1. a\n\n2. b\n\n2) c\n\n- d")
@example("- a\n\n  ```\n  x\n\n  y\n  ```\n\n  b\n\nc")
@example("```\na\n\nb\n```\n\n    c\n\n    d\n\ne")
@example("[x]\n\n[x]: http://q\n\n```\n[x]\n\n")
@example("2. \n\n   ```\na\n\n\n1. \n\n```\nb")
def test_pieces_have_the_blocks_of_the_whole(body: str) -> None:
    pieces = split_markdown(body)
    assert [block for piece in pieces for block in parse_body(piece, "markdown")] == parse_body(body, "markdown")


LISTS: st.SearchStrategy[list[object]] = st.recursive(
    st.just([]), lambda inner: st.lists(st.tuples(st.booleans(), inner), max_size=3), max_leaves=12
)
"""Lists in lists: each item is whether the list in it is numbered, and that list."""


def _nested(items: list[object], tag: str, loose: str, words: list[str]) -> str:
    parts = []
    for item in items:
        assert isinstance(item, tuple)
        words.append(f"item{len(words)}")
        parts.append(f"<li>{loose}{words[-1]}{_nested(item[1], 'ol' if item[0] else 'ul', loose, words)}</li>")
    return f"<{tag}>{''.join(parts)}</{tag}>" if parts else ""


@given(LISTS, st.sampled_from(("", "<p>", "<br>")))
@steady
def test_the_items_of_nested_lists_stand_on_lines_of_their_own(items: list[object], loose: str) -> None:
    words: list[str] = []
    blocks = parse_body(_nested(items, "ul", loose, words), "html")
    assert [block.text for block in blocks] == words
    for written in (to_text(blocks), to_markdown(blocks), to_html(blocks)):
        lines = [line for line in written.split("\n") if "item" in line]
        assert len(lines) == len(words)
        assert all(word in line for word, line in zip(words, lines, strict=True))
