"""What is read as a web page, and what only has tags in it."""

from __future__ import annotations

import pytest

from rumor_tui.readers.html.page_start import LOOKED_AT, find_page

PAGE = "<!DOCTYPE html><html><head><title>The mill</title></head><body><p>It burned down.</p></body></html>"
COMMENT = '<div class="comment"><b>ann</b> <span>2011</span><p>It did not burn.</p></div>\n'
PROSE = "The mill stood at the ford for forty years, and nobody ever asked who had built it.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        PAGE,
        f"\ufeff \n<!-- saved -->\n{PAGE}",
        f'<?xml version="1.0"?>\n<?xml-stylesheet href="a"?>\n{PAGE}',
        '<meta charset="utf-8"><title>The mill</title><p>It burned down.',
        f"<script>if (a < b) {{ document.write('<p>') }}</script>\n<style>p {{ }}</style>{COMMENT}",
        COMMENT,
        f"<!-- a part of a page -->{COMMENT * 4}",
        '<li class="comment"><b>ann</b> It did not burn.</li><li class="comment"><b>ben</b> It did.</li>',
        "<table><tr><td>ann<td>It did not burn.</table>",
        f"<article><h1>The mill</h1>{PROSE}<p>{PROSE}</article>",
        "<b>The mill</b><br>It burned down.<br>\nNobody knows why.<br>\n<i>ann</i><br>",
        f"<shreddit-comment><p>{PROSE}</p></shreddit-comment>".replace("<shreddit", "<div><shreddit") + "</div>",
    ],
)
def test_a_page(text: str) -> None:
    assert find_page(text) == text


@pytest.mark.parametrize(
    "before",
    [
        "<br />\n<b>Deprecated</b>:  each() is deprecated in <b>/srv/mill.php</b> on line <b>3</b><br />\n",
        "\nWarning: Undefined variable $mill in /srv/mill.php on line 3\n",
        "PHP Notice:  Undefined index in /srv/mill.php on line 3<br />",
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        "ï»¿\n",
        "<script>var a = 1</script>\n",
    ],
)
def test_what_a_server_prints_before_a_page_is_left_out(before: str) -> None:
    page = PAGE.replace("It burned", "It burned and burned" * 20)
    assert find_page(before + page) == page


def test_rows_without_their_table_get_one() -> None:
    rows = "<tr><td>ann</td><td>It did not burn.</td></tr>"
    assert find_page(rows) == f"<table>{rows}"


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        f"# The mill\n\n{PROSE}<div>\n<b>a</b> <b>b</b>\n</div>\n",
        f'<p align="center"><img src="a"><br><b>mill</b></p>\n\n# The mill\n\n{PROSE * 9}',
        f"<details>\n<summary>More</summary>\n\n## The mill\n\n- one\n- two\n\n[a](b) **c**\n\n{PROSE}</details>",
        f"<!-- a note -->\n{PROSE}",
        f"How a page begins:\n\n```\n{PAGE}\n```\n",
        f"How a page begins:\n\n{PAGE}\n\n{PROSE * 9}",
        f"Type `a<br>{PAGE}` and look.",
        "<div> is the element for everything else, and <p> is that for prose.",
        '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title></channel></rss>',
        '<?xml version="1.0"?><article><para>a</para><para>b</para><sect1><para>c</para></sect1></article>',
        '<svg xmlns="http://www.w3.org/2000/svg"><style>a</style><g><path d="M0"/></g></svg>',
        "<ann> hello\n<ben> hello ann\n",
        "",
        "<",
    ],
)
def test_no_page(text: str) -> None:
    assert find_page(text) is None


@pytest.mark.parametrize(
    "part", ["<b>", "<p><script>", "<b ", "<div></i>", "<div>[", "<!-- ", "<?xml ", "<br>\n\n", "<p>\n<html", "<p>a"]
)
def test_hostile_texts_are_looked_at_to_an_end(part: str) -> None:
    find_page(part * LOOKED_AT)
    find_page("<p>" + part * LOOKED_AT)
