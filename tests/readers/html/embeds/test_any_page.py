"""Pages made to confuse: any text may be looked through for comment systems, and only what it tells is told on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.readers.html.embeds import SYSTEMS, find_embeds
from rumor_tui.readers.html.embeds.markup import Markup

WORDS = sorted({word for system in SYSTEMS for word in system.words})
NAMES = (
    "id", "class", "src", "href", "rel", "content", "property", "repo", "issue-term", "server", "serverURL", "envId",
    "host", "postId", "data-post-id", "data-repo", "data-isso", "data-host", "data-app-id", "rootURL", "storyID",
    "discourseUrl", "remark_config", "disqus_identifier", "pageKey", "page-id", "data-toot-id", "data-ghost-comments",
)  # fmt: skip
PIECES = (
    *("<", ">", "</", "/>", "<!--", "-->", "<script", "</script>", "<script>", "<div ", "<a ", "<pre>", "<title>"),
    *(
        "=",
        '="',
        "='",
        '"',
        "'",
        "`",
        ":",
        "{",
        "}",
        "(",
        ")",
        "[",
        ",",
        "\n",
        " ",
        "\\",
        "\\u00",
        "&amp;",
        "&#0;",
        "\0",
    ),
    *("http://", "https://", "//", "/", "..", "@", "#", "?", "[::1]", "127.0.0.1:9", "a.example", "\ud800", "\u202e"),
    *("x", "7", "6f", "109000000000000001", "did:plc:x", "o/r", "sp_1", "JSON.parse(", "window._preloads = "),
)
SNIPPETS = st.one_of(st.sampled_from(WORDS), st.sampled_from(NAMES), st.sampled_from(PIECES), st.text(max_size=6))
PAGES = st.lists(SNIPPETS, max_size=60).map("".join)
ADDRESSES = st.sampled_from(["https://blog.example/six/", "", "file.html", "http://[", "https://a.example:x/", "//"])

WHOLE = "".join(
    f'<div id="{word}" class="{word}" data-repo="o/r" data-post-id="7" src="{word}" href="{word}">' for word in WORDS
)
"""What makes every system look for what it needs."""


@given(PAGES, ADDRESSES)
def test_any_page_may_be_looked_through(text: str, address: str) -> None:
    for source in (text, WHOLE + text, f"<script>{' '.join(WORDS)}{text}</script>{WHOLE}"):
        for stub in find_embeds(source, address):
            assert stub.embedded and stub.parent == -1 and stub.count == 0
            assert stub.via in {system.via for system in SYSTEMS}
            assert all(isinstance(key, str) for key in stub.keys)


@given(PAGES)
def test_addresses_of_the_markup_are_on_the_web(text: str) -> None:
    markup = Markup(text, "https://blog.example/six/")
    for _, attributes in markup.elements:
        for value in attributes.values():
            found = markup.absolute(value)
            assert not found or found.startswith(("http://", "https://"))


@given(st.lists(st.sampled_from(["<!--", "-->", "<script>", "</script>", "a", "<b>"]), max_size=30))
def test_what_is_switched_off_is_not_read(pieces: list[str]) -> None:
    """A page's comments are none of it, wherever they begin and end, but for those inside of scripts."""
    markup = Markup("<!--SECRET-->" + "".join(pieces), "")
    assert "SECRET" not in markup.live and "SECRET" not in markup.scripts
