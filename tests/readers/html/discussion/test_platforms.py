"""The table of platforms: that its rows are well made, and that the heuristics find what a row does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from rumor_tui.readers.html import discussion
from rumor_tui.readers.html.discussion import platforms
from rumor_tui.readers.html.discussion.platforms import PLATFORMS, Platform
from rumor_tui.readers.html.dom import Dom

ROW = Platform("Made up", frozenset({"madeup", "talk"}), comment=".said", author=".who", body=".what", aside=".like")


def dom_of(body: str, head: str = "") -> Dom:
    return Dom(LexborHTMLParser(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"))


def comment_html(number: int, who: str = "who") -> str:
    return (
        f'<section class="said"><i class="{who}">u{number}</i> <time>March {number}, 2021</time>'
        f'<div class="what">Number {number} is about a kettle.<u class="like">12 hearts</u></div></section>'
    )


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
def test_every_row_is_well_made(platform: Platform) -> None:
    assert platform.signature
    assert all(token == token.lower() for token in platform.signature)
    for selector in (platform.comment, platform.author, platform.time, platform.body, platform.aside):
        assert platforms.select_numbers(dom_of("<p>nothing</p>"), selector) == []


def test_names_are_there_once() -> None:
    assert len({platform.name for platform in PLATFORMS}) == len(PLATFORMS)


def test_a_page_is_of_the_platform_whose_signs_it_has_all() -> None:
    dom = dom_of('<div id="talk" class="x y"></div>', '<meta name="generator" content="MadeUp 3.1">')
    assert platforms.detect_platform(dom, (replace(ROW, signature=frozenset({"z"})), ROW)) is ROW
    assert platforms.detect_platform(dom_of('<div id="talk"></div>'), (ROW,)) is None


def test_a_row_tells_comments_authors_and_bodies() -> None:
    dom = dom_of(f'<main class="madeup talk">{comment_html(1)}{comment_html(2)}</main>')
    result = discussion.find_discussion(dom, (ROW,))
    assert [comment.author for comment in result.comments] == ["u1", "u2"]
    assert [dom.classes[comment.body] for comment in result.comments] == [("what",), ("what",)]
    assert [dom.classes[number] for comment in result.comments for number in comment.asides] == [("like",), ("like",)]


def test_what_a_row_does_not_find_is_found_in_the_general_way() -> None:
    dom = dom_of(f'<main class="madeup talk comments">{comment_html(1, "author")}{comment_html(2, "author")}</main>')
    result = discussion.find_discussion(dom, (replace(ROW, comment=".nowhere", body=".nowhere"),))
    assert [comment.author for comment in result.comments] == ["u1", "u2"]


def test_comments_that_are_apart_have_no_opening_post() -> None:
    head = '<link rel="canonical" href="https://e.example/forum/topic/9">'
    dom = dom_of(f'<main class="madeup talk">{comment_html(1)}{comment_html(2)}</main>', head)
    assert discussion.find_discussion(dom, (ROW,)).opening is not None
    assert discussion.find_discussion(dom, (replace(ROW, apart=True),)).opening is None
