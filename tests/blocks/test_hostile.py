"""Bodies made to stop a parser: each returns, and what it gives is bounded by what it got."""

from __future__ import annotations

import pytest

from rumor_tui.blocks import body_text, parse_body, split_markdown, to_markdown, to_text
from rumor_tui.blocks.builder import MAX_BLOCK, MAX_DEPTH
from rumor_tui.blocks.write import to_html
from rumor_tui.model import Format

HTML = {
    "nested divs": "<div>" * 100_000 + "x",
    "unclosed formatting": "<b><i><a href=x>" * 20_000 + "x",
    "formatting over paragraphs": "<b>" * 1000 + "<p>x" * 20_000,
    "nested quotes": "<blockquote>" * 50_000 + "x",
    "nested lists": "<ul><li>" * 50_000 + "x",
    "nested tables": "<table><tr><td>" * 30_000 + "x",
    "unclosed comments": "<!--" * 100_000 + ">x",
    "unclosed declarations": "<!a" * 100_000 + ">x",
    "unclosed attributes": "<a b='" * 50_001 + ">x",
    "mixed quotes": "<a '><b \">" * 30_000 + "x",
    "attribute names": "<a " + "x" * 300_000 + ">x",
    "unclosed scripts": "<script>" * 50_000 + "x",
    "half closed scripts": "<script></script" * 20_000 + "x",
    "entities": "&#x1b;&amp" * 50_000 + "x",
    "white space": " " * 300_000 + "x\n" * 10,
    "columns beside rows": "<table><tr>" + "<td>x" * 2000 + "<tr><td>x" * 2000,
    "dots in links": "<a href='http://x'>x.</a> " * 8000,
    "marks between tags": "e" + "<b></b>&#768;" * 20_000 + "x",
}
MARKDOWN = {
    "brackets": "[" * 50_000 + "x",
    "links": "[a](" * 20_000 + "x",
    "images": "![" * 300 + "x" + "](u)" * 300,
    "stars": "*a **b " * 10_000 + "x",
    "quotes": "> " * 5000 + "x",
    "lists": "- " * 5000 + "x",
    "backticks": "".join("`" * n + "a" for n in range(1, 500)) + "x",
    "autolinks": "http://" * 20_000 + "x",
    "brackets in addresses": "http://x" + ")" * 100_000,
    "columns": "|x" * 2000 + "\n" + "|-" * 2000 + "\n" + "|x" * 2000,
    "columns beside rows": "|x" * 60 + "\n" + "|-" * 60 + "\n" + "|x|\n" * 300,
}
PLAIN = {
    "quotes": ">" * 200_000 + "x",
    "lists": "\n".join(" " * n + "- x" for n in range(600)),
    "one word": "x" * 500_000,
    "white space": ("x" + " " * 1000) * 300,
    "blank lines": "x\n \n" * 50_000,
    "brackets in addresses": "http://x" + ")" * 300_000,
    "addresses": "http://x " * 30_000,
}
CASES: list[tuple[Format, str]] = [
    *(("html", body) for body in HTML.values()),
    *(("markdown", body) for body in MARKDOWN.values()),
    *(("plain", body) for body in PLAIN.values()),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("format", "body"), CASES, ids=[f"{f}-{n}" for f, c in (("h", HTML), ("m", MARKDOWN), ("p", PLAIN)) for n in c]
)
def test_it_returns_and_is_bounded(format: Format, body: str) -> None:
    blocks = parse_body(body, format)
    assert sum(len(block.text) for block in blocks) <= 4 * len(body)
    assert all(len(block.text) <= MAX_BLOCK and block.quote <= MAX_DEPTH for block in blocks)
    assert all(block.indent <= 12 * MAX_DEPTH for block in blocks)
    assert "x" in body_text(body, format)
    assert to_html(blocks) and to_text(blocks) and to_markdown(blocks)


@pytest.mark.parametrize(
    "source",
    [
        "1. x\n\n" * 20_000,
        "```\n\n" * 30_000,
        "[x]: b\n\n" * 20_000,
        "- x\n\n" + "  b\n\n" * 20_000,
        " " * 300_000 + "x",
    ],
    ids=["items", "fences", "definitions", "one item", "white space"],
)
def test_splitting_returns(source: str) -> None:
    assert sum(map(len, split_markdown(source))) <= len(source)
