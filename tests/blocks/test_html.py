"""HTML bodies, as sites write them."""

from __future__ import annotations

import pytest

from rumor_tui.blocks import body_text, parse_body
from rumor_tui.model import Block, Span

LONG = "https://news.example/a/long/address/that/goes/on"


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("", []),
        ("one &amp; <i>two</i>", [Block("paragraph", "one & two", (Span(6, 9, "emphasis"),))]),
        ("a  b\n c<p>d</p>e", [Block("paragraph", "a b c"), Block("paragraph", "d"), Block("paragraph", "e")]),
        ("a<br>b<br><br>c", [Block("paragraph", "a\nb"), Block("paragraph", "c")]),
        (
            f'see <a href="{LONG}" rel="nofollow">{LONG[:30]}...</a>.',
            [Block("paragraph", f"see {LONG}.", (Span(4, 4 + len(LONG), "link", LONG),))],
        ),
        ('<a href="/x">more...</a>', [Block("paragraph", "more...", (Span(0, 7, "link", "/x"),))]),
        ("at http://x.y/z.", [Block("paragraph", "at http://x.y/z.", (Span(3, 15, "link", "http://x.y/z"),))]),
        (
            "&gt; said<p>&gt;&gt; before<br>&gt; then<br>mine",
            [
                Block("paragraph", "said", quote=1),
                Block("paragraph", "before", quote=2),
                Block("paragraph", "then", quote=1),
                Block("paragraph", "mine"),
            ],
        ),
        ("<p><i>&gt; all of it</i>", [Block("paragraph", "all of it", (Span(0, 9, "emphasis"),), quote=1)]),
        ("&gt;_&lt; &gt;= 5", [Block("paragraph", ">_< >= 5")]),
        ("mine\x85&gt; said", [Block("paragraph", "mine"), Block("paragraph", "said", quote=1)]),
        ("mine\u2028&gt; said", [Block("paragraph", "mine"), Block("paragraph", "said", quote=1)]),
        ("<pre><code>  a\n\n\tb\n</code></pre>x", [Block("code", "  a\n\n    b"), Block("paragraph", "x")]),
        (
            "<blockquote>q<blockquote>r</blockquote></blockquote>s",
            [Block("paragraph", "q", quote=1), Block("paragraph", "r", quote=2), Block("paragraph", "s")],
        ),
        (
            "<ol start=9><li>a<li><p>b</p><p>c</p><ul><li>d</ul></ol>e",
            [
                Block("paragraph", "a", indent=3, marker="9."),
                Block("paragraph", "b", indent=4, marker="10."),
                Block("paragraph", "c", indent=4),
                Block("paragraph", "d", indent=6, marker="•"),
                Block("paragraph", "e"),
            ],
        ),
        ("<ul><li><ol><li>a</ol></ul>", [Block("paragraph", "a", indent=5, marker="• 1.")]),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1<br>2<td><b>3</b></table>",
            [Block("table", "a\tb\n1 2\t3", (Span(8, 9, "strong"),), level=1)],
        ),
        ("<h3>T\nU</h3><hr>x", [Block("heading", "T U", level=3), Block("rule", ""), Block("paragraph", "x")]),
        ('<img src=u alt="A cat">', [Block("paragraph", "[A cat]", (Span(0, 7, "image", "u"),))]),
        ('<img src=u alt=""><img class="emoji" alt=":x:">', [Block("paragraph", ":x:")]),
        ("a<script>alert(1)</script>b<style>p{}</style><!-- <p> -->c", [Block("paragraph", "abc")]),
        ("1 < 2 && 3 > 2 <3", [Block("paragraph", "1 < 2 && 3 > 2 <3")]),
        ('<a title="x > y" href=\'j:"s"\'>z</a>', [Block("paragraph", "z", (Span(0, 1, "link", 'j:"s"'),))]),
        (
            "<b>x<i>y</b>z</i>",
            [Block("paragraph", "xyz", (Span(0, 2, "strong"), Span(1, 2, "emphasis")))],
        ),
        ("a&#27;[31m&#x202e;b&#155;\x1b", [Block("paragraph", "a[31mb›␛")]),
    ],
)
def test_golden(body: str, blocks: list[Block]) -> None:
    assert parse_body(body, "html") == blocks
    assert body_text(body, "html") == "\n\n".join(block.text for block in blocks)


def test_what_is_open_goes_on_in_the_next_paragraph() -> None:
    first, second = parse_body("<b>a<p>b", "html")
    assert first.spans == second.spans == (Span(0, 1, "strong"),)


def test_repair_mends_the_words() -> None:
    assert parse_body("<p>it didn ‘t", "html", repair=True) == [Block("paragraph", "it didn’t")]
    assert body_text("<p>it didn ‘t", "html", repair=True) == "it didn’t"


def test_the_label_of_a_button_is_no_text() -> None:
    button = '<a role="button" tabindex="0">Click to <b>expand</b>...</a>'
    assert body_text(f"<blockquote>The wheel<div>{button}</div></blockquote>is {button}new", "html") == (
        "The wheel\n\nis new"
    )
    assert body_text('<a role="button" href="http://a.b">a link</a> and <a name="x">an anchor</a>', "html") == (
        "a link and an anchor"
    )
    assert body_text("a <a role=button>never closed<p>b</p>", "html") == "a never closed\n\nb"
