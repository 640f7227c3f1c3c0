"""What a link leads to, as far as its address tells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.sources.link_kinds import is_login_page, unreadable_kind

KINDS = {
    "https://www.youtube.com/watch?v=abc": "a video",
    "https://m.youtube.com/shorts/abc": "a video",
    "https://youtu.be/abcdefghijk": "a video",
    "https://vimeo.com/123456789": "a video",
    "https://v.redd.it/abc": "a video",
    "https://i.redd.it/abc.jpg": "a picture",
    "https://www.reddit.com/gallery/abc": "a gallery of pictures",
    "https://example.com/paper.PDF": "a PDF",
    "https://example.com/paper.pdf?download=1": "a PDF",
    "https://example.com/a/b.mp3": "a recording",
    "https://example.com/a.tar.gz": "an archive",
    "https://example.com/a.docx": "an office document",
    "https://example.com/a.epub": "a book",
    "https://example.com/": "",
    "https://example.com": "",
    "https://example.com/pdf": "",
    "https://example.com/about.pdf/": "",
    "https://example.com/how-youtube.com/watch": "",
    "https://notyoutube.com/watch?v=abc": "",
    "https://www.youtube.com/about/": "",
    "https://blog.youtube/news/": "",
    "https://example.com/article.html": "",
    "https://[broken/": "",
}


@pytest.mark.parametrize("address", KINDS)
def test_kinds(address: str) -> None:
    assert unreadable_kind(address) == KINDS[address]


@given(st.text(max_size=300))
def test_any_text_is_of_some_kind_or_none(text: str) -> None:
    assert isinstance(unreadable_kind(text), str)
    assert isinstance(unreadable_kind(f"https://{text}"), str)


@pytest.mark.parametrize(
    ("asked", "led_to", "is_login"),
    [
        ("https://example.com/story", "https://example.com/login?next=/story", True),
        ("https://example.com/story", "https://id.example.com/sign-in", True),
        ("https://example.com/story", "https://example.com/users/sign_in", True),
        ("https://example.com/story", "https://example.com/story/2", False),
        ("https://example.com/story", "https://example.com/catalogin/2", False),
        ("https://example.com/login-walls", "https://example.com/login", True),
        ("https://example.com/login", "https://example.com/login", False),
        ("https://example.com/story", "https://[broken/login", False),
    ],
)
def test_pages_where_one_is_to_log_in(asked: str, led_to: str, is_login: bool) -> None:
    assert is_login_page(asked, led_to) is is_login
