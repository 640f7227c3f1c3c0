"""Bodies that would take too long are told beforehand, and are plain text."""

from __future__ import annotations

import pytest

from rumor_tui.blocks import body_text, parse_body
from rumor_tui.blocks.effort import MARKDOWN_EFFORT, SHOWN, affordable, effort, is_plain, stretches

HEAVY = "*a* [b](c) `d`\n"
PROSE = "Some words that make a *paragraph* of text, which [goes](http://b.c) on like this one.\n\n"


@pytest.mark.parametrize("body", ["", "a", "a\n\nb" * 300, "word " * 1_000, "x" * 999, "a\nb " * 777])
@pytest.mark.parametrize("length", [100, 1_000])
def test_stretches_are_the_whole(body: str, length: int) -> None:
    found = list(stretches(body, length))
    assert "".join(found) == body
    assert all(len(stretch) <= length for stretch in found)


def test_prose_is_parsed_however_long_a_screen_shows_it() -> None:
    assert not is_plain(PROSE * (SHOWN // len(PROSE)), "markdown")
    assert effort(PROSE * 20, "markdown") < 0.03


def test_what_takes_too_long_is_plain_text() -> None:
    body = HEAVY * (SHOWN // len(HEAVY))
    assert effort(body, "markdown") > MARKDOWN_EFFORT
    assert is_plain(body, "markdown")
    assert parse_body(body, "markdown") == parse_body(body, "plain")
    assert not is_plain(body, "plain")


def test_the_beginning_of_a_body_is_taken_as_in_the_whole() -> None:
    for body in (PROSE * 2_500, HEAVY * 20_000):
        shown, easy = next(affordable(body))
        assert next(affordable(shown)) == (shown, easy)
        assert body_text(body, "markdown").startswith(body_text(shown, "markdown"))


def test_after_what_takes_too_long_all_is_plain_text() -> None:
    taken = [easy for _, easy in affordable(PROSE * 1_000 + HEAVY * 20_000)]
    assert taken == sorted(taken, reverse=True)
    assert taken[0] and not taken[-1]
