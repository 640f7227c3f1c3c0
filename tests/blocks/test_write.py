"""Blocks written out."""

from __future__ import annotations

from rumor_tui.blocks import body_text, parse_body, to_markdown, to_text
from rumor_tui.blocks.write import to_html
from rumor_tui.model import Block, Role, Span

BODY = """\
# Head *line*

Some **bold** [link](http://x.y) and `a*b`.\\
Next & <line>

> quoted

1. one
2. two

   - inner

```
code  *x*
```

| a | bb |
|---|----|
| 1 | 2  |

***
"""


def test_text() -> None:
    assert to_text(parse_body(BODY, "markdown")) == (
        "Head line\n\nSome bold link <http://x.y> and a*b.\nNext & <line>\n\n> quoted\n\n1. one\n2. two\n   • inner\n\n"
        "code  *x*\n\na | bb\n1 | 2\n\n--------------------"
    )


def test_markdown() -> None:
    assert to_markdown(parse_body(BODY, "markdown")) == (
        "# Head _line_\n\nSome **bold** [link](<http://x.y>) and `a*b`.\\\nNext & \\<line>\n\n> quoted\n\n1. one\n\n"
        "2. two\n\n   - inner\n\n```\ncode  *x*\n```\n\n| a | bb |\n| --- | --- |\n| 1 | 2 |\n\n***\n"
    )


def test_html() -> None:
    assert to_html(parse_body(BODY, "markdown"), str) == (
        "<h1>Head <em>line</em></h1>\n"
        '<p>Some <strong>bold</strong> <a href="http://x.y" rel="nofollow noopener">link</a> and '
        "<code>a*b</code>.<br>\n"
        "Next &amp; &lt;line&gt;</p>\n"
        "<blockquote><p>quoted</p>\n</blockquote>\n"
        "<ol><li><p>one</p>\n</li>\n<li><p>two</p>\n<ul><li><p>inner</p>\n</li></ul>\n</li></ol>\n"
        "<pre><code>code  *x*</code></pre>\n"
        "<table><tr><th>a</th><th>bb</th></tr>\n<tr><td>1</td><td>2</td></tr></table>\n<hr>"
    )


def test_html_leads_only_where_a_page_may_lead() -> None:
    def openable(address: str) -> str | None:
        return address + '"><script>' if address == "https://x/" else None

    def linked(role: Role, target: str) -> list[Block]:
        return [Block("paragraph", "a", (Span(0, 1, role, target),))]

    roles: tuple[Role, ...] = ("link", "image")
    for role in roles:
        assert to_html(linked(role, "javascript:alert(1)"), openable) == "<p>a</p>"
        assert to_html(linked(role, "https://x/")) == "<p>a</p>"
        assert to_html(linked(role, "https://x/"), openable) == (
            '<p><a href="https://x/&quot;&gt;&lt;script&gt;" rel="nofollow noopener">a</a></p>'
        )


def test_text_shows_the_web_addresses_of_links_only() -> None:
    def linked(target: str) -> str:
        return to_text([Block("paragraph", "a", (Span(0, 1, "link", target),))])

    assert linked("HTTPS://x/") == "a <HTTPS://x/>"
    assert linked("mailto:ann@example.com") == linked("#note") == linked("javascript:x") == "a"


def test_a_list_whose_numbers_do_not_follow_keeps_them() -> None:
    blocks = [Block("paragraph", f"item {n}", indent=3, marker=f"{n}.") for n in (1, 2, 5, 5)]
    assert parse_body(to_markdown(blocks), "markdown") == blocks
    assert to_html(blocks).count("<ol") == 3


def test_nothing_is_written_for_nothing() -> None:
    assert to_markdown([]) == to_text([]) == to_html([]) == ""


def test_rows_of_unequal_length_keep_their_cells_in_the_text_form() -> None:
    assert to_text([Block("table", "a\tb\tc\nd\ne\tf")]) == "a | b | c\nd\ne | f"


def test_a_line_that_begins_like_a_quote_and_is_none_comes_back_as_it_was() -> None:
    text = ">0\n>> x > y\nz >"
    written = [Block("paragraph", text, (Span(0, 2, "emphasis"),)), Block("paragraph", "said", quote=1)]
    assert parse_body(to_html(written), "html") == written
    assert body_text(to_html(written), "html") == f"{text}\n\nsaid"
