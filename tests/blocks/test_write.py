"""Blocks written out."""

from __future__ import annotations

from rumor_tui.blocks import parse, to_html, to_markdown, to_text
from rumor_tui.model import Block, Span

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
    assert to_text(parse(BODY, "markdown")) == (
        "Head line\n\nSome bold link <http://x.y> and a*b.\nNext & <line>\n\n> quoted\n\n1. one\n2. two\n   • inner\n\n"
        "code  *x*\n\na | bb\n1 | 2\n\n--------------------"
    )


def test_markdown() -> None:
    assert to_markdown(parse(BODY, "markdown")) == (
        "# Head _line_\n\nSome **bold** [link](<http://x.y>) and `a*b`.\\\nNext & \\<line>\n\n> quoted\n\n1. one\n\n"
        "2. two\n\n   - inner\n\n```\ncode  *x*\n```\n\n| a | bb |\n| --- | --- |\n| 1 | 2 |\n\n***\n"
    )


def test_html() -> None:
    assert to_html(parse(BODY, "markdown")) == (
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
    for target in ("javascript:alert(1)", "data:text/html,x", "-x", "//x", "http://[", "JAVASCRIPT:x"):
        assert to_html([Block("paragraph", "a", (Span(0, 1, "link", target),))]) == "<p>a</p>"
    html = to_html([Block("paragraph", "a", (Span(0, 1, "link", 'https://x/"><script>'),))])
    assert html == '<p><a href="https://x/&quot;&gt;&lt;script&gt;" rel="nofollow noopener">a</a></p>'


def test_a_list_whose_numbers_do_not_follow_keeps_them() -> None:
    blocks = [Block("paragraph", f"item {n}", indent=3, marker=f"{n}.") for n in (1, 2, 5, 5)]
    assert parse(to_markdown(blocks), "markdown") == blocks
    assert to_html(blocks).count("<ol") == 3


def test_nothing_is_written_for_nothing() -> None:
    assert to_markdown([]) == to_text([]) == to_html([]) == ""
