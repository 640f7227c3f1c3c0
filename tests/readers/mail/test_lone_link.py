"""Messages that are sent for a link."""

from __future__ import annotations

import pytest

from tests.readers.mail.samples import message, thread

PAGE = "https://example.com/600?a=1"
HTML = "\nContent-Type: text/html; charset=utf-8"


@pytest.mark.parametrize(
    "body",
    [
        PAGE,
        f"<{PAGE}>",
        f"Worth reading: {PAGE}.\n\nAnn",
        f"{PAGE}\n{PAGE}\n-- \nAnn, see https://ann.example/ for all of it{' and more' * 9}",
        f"> He said a lot of things that are quoted, with https://quoted.example/ among them, and more.\n\n{PAGE}",
    ],
)
def test_a_message_of_a_link(body: str) -> None:
    assert thread(message("a", body=body)).article.link == PAGE


def test_a_message_of_a_link_in_html() -> None:
    body = f'<p>Hello!</p><p><a href="{PAGE}">Six hundred cars</a></p>'
    assert thread(message("a", body=body, more=HTML)).article.link == PAGE


@pytest.mark.parametrize(
    "body",
    [
        "Hello",
        f"{PAGE} and https://other.example/",
        f"{PAGE}\n\nThat is what I want to say to all of you here, and a good many words more besides it.",
        "ftp://example.com/",
        f"{PAGE}\n\n{'word ' * 2_000}",
        "> " + PAGE,
    ],
)
def test_a_message_that_has_more_to_say(body: str) -> None:
    assert thread(message("a", body=body)).article.link is None
