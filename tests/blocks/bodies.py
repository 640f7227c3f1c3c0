"""Bodies made of the words that matter to each parser, for the property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from rumor_tui.model import Format

WORDS: dict[Format, list[str]] = {
    "html": [
        *("a", "b c", "word", "é", "’", "😀", " ", "\n", "\t", "\r", "    ", "&nbsp;", "&#768;", "\u200d", "&#x202e;"),
        *("&amp;", "&lt;", "&gt; ", "5", "1.", "1. ", "- ", "* ", "+", "=", "---", "#", "*", "_", "`", "``", "~", "~~"),
        *("|", "\\", "[", "]", "(", "!", ".", ":", "http://a.b/c_d_", "https://en.wiki/a_(b)", "<ol start=5>", "<br>"),
        *("<p>", "</p>", "<i>", "</i>", "<b>", "</b>", "<s>", "</s>", "<code>", "</code>", "</a>", "<hr>", "<h2>"),
        *("</h2>", "<pre>", "</pre>", "<ul>", "</ul>", "<ol>", "</ol>", "<li>", "</li>", "<blockquote>"),
        *("</blockquote>", "<table>", "</table>", "<tr>", "<td>", "<th>", "<a href='http://x.y/z'>", "<a href='u'>"),
        *("<sup>", "</sup>", "<sub>", "</sub>", "30", "n+1", "k/2", "<sup>2</sup>"),
        *("<img alt='x]y' src=u>", "<!-- x -->", "<script>x</script>"),
        '<a href="https:&#x2F;&#x2F;long.example&#x2F;path" rel="nofollow">https:&#x2F;&#x2F;long...</a>',
    ],
    "markdown": [
        *(
            "a",
            "b c",
            "word",
            "é",
            "’",
            "😀",
            "\n",
            "\n\n",
            "  ",
            "    ",
            "\t",
            "  \n",
            "\\\n",
            "&amp;",
            "&#32;",
            "&#9;",
        ),
        *("&nbsp;", "- ", "1. ", "2. ", "> ", "# ", "* ", "+ ", "===\n", "---\n", "*", "**", "_", "~~", "`", "\\", "|"),
        *(
            "(",
            ")",
            "[",
            "]",
            "!",
            "[x](u)",
            "[l](<a&b>)",
            "![i](s)",
            "<http://a.b>",
            "http://a.b/c_d_",
            "[x]",
            "```\n",
        ),
        *("<sup>", "</sup>", "<sub>30</sub>", "<sup>k/2</sup>"),
        *("~~~\n", "[x]: http://q\n", "\n\n[x]: http://q\n\n", "| a | b |\n|---|---|\n| c | d |\n"),
    ],
    "plain": [
        *("a", "b c", "word", "é", "\n", "\n\n", "  ", "    ", "\t", "\r\n", "\xa0", "\x1b", "- ", "* ", "• ", "1. "),
        *("2. ", "10. ", "> ", ">>", "--", "#", "`", "[", "]", "!", "*x*", "_y_", "&amp;", "\\", "|", "---\n"),
        *("http://a.b/c_d_", "https://en.wiki/a_(b)"),
    ],
}
"""What generated bodies are made of, by format."""


def bodies(format: Format) -> st.SearchStrategy[str]:
    """Bodies of a format: made of its words, or of any characters."""
    return st.one_of(st.lists(st.sampled_from(WORDS[format]), max_size=24).map("".join), st.text(max_size=60))


def any_body() -> st.SearchStrategy[tuple[str, Format]]:
    """Bodies of all formats, with their format."""
    formats: list[Format] = ["html", "markdown", "plain"]
    return st.sampled_from(formats).flatmap(lambda format: st.tuples(bodies(format), st.just(format)))
