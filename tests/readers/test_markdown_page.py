"""Whole pages that tools wrote as Markdown; the pages are invented, in the forms that the tools write."""

from __future__ import annotations

import pytest

from rumor_tui.markdown_format import format_iso
from rumor_tui.model import Thread
from rumor_tui.readers import Hint, markdown, read_source
from rumor_tui.readers.markdown_lines import parse_markdown_lines, strip_inline
from rumor_tui.readers.markdown_page import body_source

ARTICLE = (
    "[Home](/) [About](/about)\n\n# The mill at the ford\n\nThe mill was built by two brothers, and its wheel turned"
    " for **forty** years.\n\nThen the [river](/river) rose, and the town never rebuilt what it had taken away.\n\n"
)

HTML2TEXT = ARTICLE + (
    "## 3 comments\n\n"
    "  1. **[ada](http://ada.example/)** says:\n\n[March 4, 2023 at 8:10 pm](/mill#comment-1)\n\n"
    "It was _1911_, and not\n1912.\n\n[Reply](/mill?replytocom=1)\n\n"
    "     1. **Bo Day** says:\n\n[March 4, 2023 at 9:10 pm](/mill#comment-2)\n\n"
    "> It was 1911\n\nThe plaque says 1912.\n\n[Reply](/mill?replytocom=2)\n\n"
    "  2. **ed** says:\n\n[March 5, 2023 at 8:10 pm](/mill#comment-3)\n\nWhere is it?\n\n"
    "[Reply](/mill?replytocom=3)\n\n### Leave a comment\n\nYour name\n"
)
PANDOC = ARTICLE + (
    "## 3 comments\n\n"
    "1.  **[ada](http://ada.example/)** says:\n\n    [March 4, 2023 at 8:10 pm](/mill#comment-1)\n\n"
    "    It was *1911*, and not\n    1912.\n\n    [Reply](/mill?replytocom=1)\n\n"
    "    - **Bo Day** says:\n\n      [March 4, 2023 at 9:10 pm](/mill#comment-2)\n\n"
    "      > It was 1911\n\n      The plaque says 1912.\n\n      [Reply](/mill?replytocom=2)\n\n"
    "2.  **ed** says:\n\n    [March 5, 2023 at 8:10 pm](/mill#comment-3)\n\n    Where is it?\n\n"
    "    [Reply](/mill?replytocom=3)\n\n### Leave a comment\n\nYour name\n"
)
MARKDOWNIFY = ARTICLE + (
    "3 comments\n----------\n\n"
    "1. **[ada](http://ada.example/)** says:\n\n   [March 4, 2023 at 8:10 pm](/mill#comment-1)\n\n"
    "   It was *1911*, and not\n   1912.\n\n   [Reply](/mill?replytocom=1)\n"
    "   1. **Bo Day** says:\n\n      [March 4, 2023 at 9:10 pm](/mill#comment-2)\n\n"
    "      > It was 1911\n\n      The plaque says 1912.\n\n      [Reply](/mill?replytocom=2)\n"
    "2. **ed** says:\n\n   [March 5, 2023 at 8:10 pm](/mill#comment-3)\n\n   Where is it?\n\n"
    "   [Reply](/mill?replytocom=3)\n\n### Leave a comment\n\nYour name\n"
)
DIVISIONS = (
    '<div id="page" class="site">\n\n<div class="menu">\n\n[Home](/)\n\n</div>\n\n<div id="post-1" class="post">\n\n'
    "# The mill at the ford\n\nThe mill was built by two brothers, and its wheel turned for **forty** years.\n\n"
    "Then the [river](/river) rose, and the town never rebuilt what it had taken away.\n\n</div>\n\n"
    '<div id="comments" class="comments-area">\n\n## 3 comments\n\n<div class="comment-list">\n\n'
    + "".join(
        f'<div id="comment-{number}" class="comment depth-{depth}">\n\n<div class="comment-author vcard">\n\n<span\n'
        f'class="fn">{name}</span> says:\n\n</div>\n\n<div class="comment-meta">\n\n[{date}](/mill#comment-{number})'
        "\n\n</div>\n\n"
        f'<div class="comment-content">\n\n{body}\n\n</div>\n\n{end}'
        for number, depth, name, date, body, end in (
            (1, 1, "ada", "March 4, 2023 at 8:10 pm", "It was *1911*, and not\n1912.", ""),
            (
                2,
                2,
                "Bo Day",
                "March 4, 2023 at 9:10 pm",
                "> It was 1911\n\nThe plaque says 1912.",
                "</div>\n\n</div>\n\n",
            ),
            (3, 1, "ed", "March 5, 2023 at 8:10 pm", "Where is it?", "</div>\n\n"),
        )
    )
    + "</div>\n\n</div>\n\n</div>\n"
)
CLIPPED = (
    '---\ntitle: "The mill at the ford"\nsource: "https://blog.example/mill"\nauthor:\n  - "[[Ann]]"\n---\n'
    + PANDOC.partition("# The mill at the ford\n\n")[2]
)
PAGES = {"html2text": HTML2TEXT, "pandoc": PANDOC, "markdownify": MARKDOWNIFY, "tags": DIVISIONS, "clipper": CLIPPED}


def _read(text: str) -> Thread:
    thread = read_source(text.encode(), Hint("page.md"))
    assert isinstance(thread, Thread)
    return thread


@pytest.mark.parametrize("tool", PAGES)
def test_the_comments_of_a_page_are_found_whatever_tool_wrote_it(tool: str) -> None:
    thread = _read(PAGES[tool])
    assert [(c.author, c.parent, (format_iso(c.published) or "")[:10]) for c in thread.comments()] == [
        ("ada", None, "2023-03-04"),
        ("Bo Day", 0, "2023-03-04"),
        ("ed", None, "2023-03-05"),
    ]
    assert thread.article.title == "The mill at the ford"
    article = "\n\n".join(thread.article.pieces)
    assert "two brothers" in article and "rebuilt" in article
    assert not any(word in article for word in ("1911", "Home", "Leave a comment"))


@pytest.mark.parametrize("tool", ["html2text", "pandoc", "markdownify"])
def test_the_bodies_stay_markdown(tool: str) -> None:
    thread = _read(PAGES[tool])
    assert thread.format == "markdown"
    assert [c.body.replace("_", "*") for c in thread.comments()] == [
        "It was *1911*, and not\n1912.",
        "> It was 1911\n\nThe plaque says 1912.",
        "Where is it?",
    ]
    assert "Then the [river](/river) rose" in "\n\n".join(thread.article.pieces)


DOCUMENTS = {
    "a changelog": "# Changelog\n\nComments are welcome.\n\n## [1.2.0] - 2023-03-04\n\n- Reply to all.\n- Say hello."
    "\n\n## [1.1.0] - 2022-03-04\n\n- Answers are sorted.\n\n## [1.0.0] - 2021-03-04\n\n- First.\n",
    "a manual": "# Mill\n\nIt says:\n\n```\nada says:\nMarch 4, 2023 at 8:10 pm\nhello\n```\n\n## Options\n\n"
    "1. **wheel** turns it:\n\n   the default\n2. **stone** grinds.\n\n## Comments\n\nComments begin with `#`.\n",
    "minutes": "# Meeting, 4 March 2023\n\n- **Ada**: opens.\n- **Bo**: asks for the mill.\n\n## Next\n\n1. Rebuild.\n",
    "a list of posts": "# Blog\n\n## [The mill](/1)\n\nMarch 4, 2023\n\nFire.\n\n## [The ford](/2)\n\nMarch 5, 2023\n\n"
    "It is deep.\n\n## [The town](/3)\n\nMarch 6, 2023\n\nIt is small, some wrote.\n",
}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_document_has_no_comments(kind: str) -> None:
    assert len(markdown.read(DOCUMENTS[kind], Hint("README.md"))) == 0


def test_inline_markdown_is_stripped_to_its_text() -> None:
    assert strip_inline('[![ada avatar](/a.png)](/~ada) **[ada](/~ada "x")** _said_ `it` 2\\. &amp; <b>so</b>') == (
        "ada said it 2. & so"
    )
    assert strip_inline("a_snake_case and 2 * 3 * 4, [see](/wiki/Mill_(town))") == "a_snake_case and 2 * 3 * 4, see"


def test_blocks_are_lines_with_their_columns_and_bullets() -> None:
    source = "## Head\n\ntwo\nrows  \nbroken\n\n- a\n  1. b\n\n     c\n\n"
    source += "| x | y |\n|---|---|\n| 1 | 2 |\n\n    198. It was\nthe year"
    lines = [line.line for line in parse_markdown_lines(source) if line.line.text]
    assert [(line.indent, line.bullet, line.text) for line in lines] == [
        (0, "", "Head"),
        (0, "", "two rows"),
        (0, "", "broken"),
        (0, "•", "a"),
        (4, "1.", "b"),
        (8, "", "c"),
        (0, "", "x"),
        (0, "", "y"),
        (0, "", "1"),
        (0, "", "2"),
        (0, "198.", "It was the year"),
    ]


def test_a_body_of_html2text_keeps_its_code() -> None:
    source = "  1. ada says:\n\nSee:\n\n    \n    \n    x = 1\n      y\n    \n\nSo."
    assert body_source(parse_markdown_lines(source)[2:]) == "See:\n\n    x = 1\n      y\n\nSo."


def test_a_body_keeps_its_own_lists_and_code() -> None:
    source = "- x\n\n  - y\n\n   one\n\n   - a\n     - b\n\n   ```\n   x = 1\n     y\n   ```"
    assert body_source(parse_markdown_lines(source)[4:]) == "one\n\n- a\n    - b\n\n```\nx = 1\n  y\n```"


HOSTILE = {
    "brackets": "[" * 50_000 + " comments",
    "stars": "*" * 50_000 + " says:",
    "quotes": ("> " * 5_000 + "ada says:\n\n") * 20,
    "pictures": "![](" * 20_000 + "\n\n3 comments\n",
    "elements": '<div class="a">\n\n' * 5_000 + "comments",
    "markers": ("1. " * 3_000 + "ada says: 2023-03-04\n") * 10,
    "backticks": "`" * 50_000 + "comments",
    "links": "](\n" * 20_000 + "comments",
    "open tags": "<a " * 20_000 + "comments",
    "numbers": "9" * 20_000 + ". comments\n" + "1. a\n" * 20_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_markdown_is_read(kind: str) -> None:
    assert len(markdown.read(HOSTILE[kind], Hint("page.md"))) == 0


def test_comments_of_html_are_left_out_in_linear_time() -> None:
    from rumor_tui.readers.markdown_html import join_split_tags

    assert join_split_tags("a<!-- b -->c<!-->d-->e<!-- f") == "ace<!-- f"
    assert join_split_tags("a<!-- " + "x" * 30_000 + "<!-- b -->c") == "a<!-- " + "x" * 30_000 + "c"
    assert join_split_tags("<!--" * 200_000) == "<!--" * 200_000  # took 40 seconds for a quarter of it
