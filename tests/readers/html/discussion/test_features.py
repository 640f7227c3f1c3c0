"""What elements are signs of, family by family, unit by unit: the pieces that recover a discussion."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion import author, candidates, comment_node, features
from rumor_tui.readers.html.discussion.comment_node import CommentNode
from rumor_tui.readers.html.discussion.parents import find_parents
from rumor_tui.readers.html.dom import Dom


def page_of(body: str) -> Dom:
    return Dom(LexborHTMLParser(f"<!doctype html><html><body>{body}</body></html>"))


def flagged(page: Dom, flags: bytearray) -> list[str]:
    return [page.text(number) for number in range(len(page)) if flags[number]]


def unit_of(page: Dom, number: int) -> CommentNode:
    return CommentNode(number, [(number, page.end[number])], [(page.first[number], page.last[number])])


@pytest.mark.parametrize(
    ("html", "date"),
    [
        ('<time datetime="2021-03-04">yesterday</time>', "yesterday"),
        ('<span class="comment-date">4 March 2021</span>', "4 March 2021"),
        ('<a href="#c1" title="Mar 4, 2021 9:15 AM">3y</a>', "3y"),
        ("<small>March 4, 2021 at 9:15 am</small>", "March 4, 2021 at 9:15 am"),
        ('<div class="submitted">Submitted by Ada (not verified) on Thu, 03/04/2021 - 09:15.</div>', None),
    ],
)
def test_dates_are_told_by_attributes_names_and_texts(html: str, date: str | None) -> None:
    page = page_of(html)
    found = flagged(page, features.find_features(page).is_time)
    assert found == [date if date is not None else page.text(0)]


@pytest.mark.parametrize(
    "html",
    [
        "<p>I have had mine since 12 March 2019 and it never leaked.</p>",
        '<div class="comment-text">@ada mine is from 12 March 2019.</div>',
        "<div>Joined: Jan 12, 2003</div>",
        "<blockquote><time>4 March 2021</time></blockquote>",
    ],
)
def test_dates_in_what_somebody_says_or_is_are_none(html: str) -> None:
    page = page_of(html)
    assert flagged(page, features.find_features(page).is_time) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("by Ada Quill", "Ada Quill"),
        ("Ada Quill says:", "Ada Quill"),
        ("Posted by: Ada", "Ada"),
        ("Submitted by Ada (not verified) on Thu, 03/04/2021 - 09:15.", "Ada"),
        ("Reply", ""),
        ("le", ""),
        ("#12", "12"),
        ("[deleted]", "[deleted]"),
        ("Comment removed by author", ""),
        ("", ""),
    ],
)
def test_names_are_freed_of_what_bylines_put_around_them(text: str, name: str) -> None:
    assert author.clean_author(text) == name


def test_names_of_those_who_are_answered_are_not_the_authors() -> None:
    page = page_of(
        '<div class="comment"><p class="parent">In reply to <a class="username" href="/u/b">brunofox</a></p>'
        '<span class="author">Ada</span><p>Yes.</p></div>'
    )
    unit = unit_of(page, 2)
    author.find_author(page, features.find_features(page), unit)
    assert unit.author == "Ada"


def test_what_is_a_members_own_leaves_the_members_inside_out() -> None:
    page = page_of("<div>one<div>two<div>three</div>two</div>one</div>")
    found = comment_node.comment_nodes(page, features.find_features(page), [2, 3, 4])
    texts = [[page.pieces[piece] for start, end in one.pieces for piece in range(start, end)] for one in found]
    assert texts == [["one", "one"], ["two", "two"], ["three"]]


def test_terms_lead_their_definitions() -> None:
    page = page_of("<dl><dt>Ada said</dt><dd>It is fast.</dd><dt>Bruno said</dt><dd>It is loud.</dd></dl>")
    terms = [number for number in range(len(page)) if page.tag[number] == "dt"]
    found = comment_node.comment_nodes(page, features.find_features(page), terms)
    assert [page.pieces[one.pieces[0][1] - 1] for one in found] == ["It is fast.", "It is loud."]


def comment(number: int, text: str, inside: str = "", names: str = "comment") -> str:
    return (
        f'<li class="{names}" id="c{number}"><cite class="fn">user{number}</cite> <time>March {number}, 2021</time>'
        f'<div class="comment-content"><p>{text}</p></div><a href="#respond">Reply</a>{inside}</li>'
    )


def test_the_best_family_is_that_of_whole_comments() -> None:
    page = page_of("<ul>" + comment(1, "It is fast.", f"<ul>{comment(2, 'Yes.')}</ul>") + comment(3, "No.") + "</ul>")
    family = candidates.find_comment_group(page, features.find_features(page))
    assert family is not None
    assert [page.attribute(number, "id") for number in family.members] == ["c1", "c2", "c3"]


def test_comments_without_any_class_are_found_by_their_place() -> None:
    rows = "".join(
        f"<section><b>user{number}</b> <i>March {number}, 2021</i><p>Number {number} has this to say of it.</p>"
        f"<button>Reply</button></section>"
        for number in range(1, 5)
    )
    page = page_of(f'<div id="talk">{rows}</div>')
    family = candidates.find_comment_group(page, features.find_features(page))
    assert family is not None
    assert [page.tag[number] for number in family.members] == ["section"] * 4


def test_deleted_comments_stay_in_their_family() -> None:
    gone = '<li class="comment"><span>This comment was deleted.</span></li>'
    page = page_of("<ul>" + comment(1, "Fast.") + gone + comment(2, "Loud.") + comment(3, "Dear.") + "</ul>")
    family = candidates.find_comment_group(page, features.find_features(page))
    assert family is not None
    assert len(family.members) == 4


def test_teasers_are_no_comments() -> None:
    rows = "".join(
        f'<div class="item"><h3><a href="/p{number}">Story number {number}</a></h3><span class="author">Ed</span>'
        f"<time>March {number}, 2021</time><p>What it is about.</p></div>"
        for number in range(1, 5)
    )
    page = page_of(rows)
    items = [number for number in range(len(page)) if "item" in page.classes[number]]
    assert candidates.are_link_teasers(page, features.find_features(page), items)
    assert candidates.find_comment_group(page, features.find_features(page)) is None


def units_of(page: Dom) -> list[CommentNode]:
    found = comment_node.comment_nodes(
        page, features.find_features(page), [n for n in range(len(page)) if "c" in page.classes[n]]
    )
    return [CommentNode(one.number, one.ranges, one.pieces, ids=(page.attribute(one.number, "id"),)) for one in found]


@pytest.mark.parametrize(
    ("html", "parents", "confidence"),
    [
        ('<div class="c">a<div class="c">b</div></div><div class="c">d</div>', [None, 0, None], "explicit"),
        (
            '<div class="c" id="c-10">a</div><div class="c" id="c-11" data-parent-id="10">b</div>',
            [None, 0],
            "explicit",
        ),
        (
            '<div class="c depth-1">a</div><div class="c depth-2">b</div><div class="c depth-3">d</div>'
            '<div class="c depth-2">e</div>',
            [None, 0, 1, 0],
            "structural",
        ),
        (
            '<div class="c" style="margin-left: 0px">a</div><div class="c" style="margin-left: 40px">b</div>'
            '<div class="c" style="margin-left:0">d</div>',
            [None, 0, None],
            "structural",
        ),
        (
            '<p class="c">a</p>'
            '<div class="replies"><p class="c">b</p><div class="replies"><p class="c">d</p></div></div>'
            '<p class="c">e</p><p class="c">f</p>',
            [None, 0, 1, None, None],
            "structural",
        ),
        ('<p class="c odd">a</p><p class="c even">b</p>', [None, None], "guessed"),
    ],
)
def test_parents_are_told_by_nesting_names_depths_and_containers(
    html: str, parents: list[int | None], confidence: str
) -> None:
    page = page_of(f"<main>{html}</main>")
    assert find_parents(page, units_of(page)) == (parents, confidence)


def author_of(html: str) -> str | None:
    page = page_of(f"<div class=comment>{html}</div>")
    unit = unit_of(page, next(one for one in range(len(page)) if "comment" in page.classes[one]))
    author.find_author(page, features.find_features(page), unit)
    return unit.author


@pytest.mark.parametrize("word", ["root", "new", "parent", "more", "context", "reply", "di", "Frank", "Monday Fan"])
def test_a_word_is_a_name_where_its_element_says_so(word: str) -> None:
    assert author_of(f"<b class=author>{word}</b> <a href=r>Reply</a><p>Yes.</p>") == word
    assert author_of(f"<p>Yes.</p>by <a href='/u/{word}'>{word}</a> <p>No, <a href='/u/lena'>lena</a>.</p>") == word


def test_a_word_that_is_pressed_is_no_name() -> None:
    assert author_of("<a href='/u/7/edit'>edit</a> <a href='#c1'>parent</a><p>Yes.</p>") is None
    assert author_of("<span class=by>by</span> <span class=author>ann</span><p>Yes.</p>") == "ann"


def test_only_days_of_the_week_go_from_before_a_date() -> None:
    assert author.clean_author("by Frank, Tue 5 May 2020") == "Frank"
    assert author.clean_author("Frank 5 May 2020") == "Frank"


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("[removed]", True),
        ("[deleted by user]", True),
        ("This comment has been deleted", True),
        ("This comment has been removed. See the rules.", True),
        ("Deleted by the moderators.", True),
        ("[dead]", True),
        ("Removed by the council", False),
        ("Removed by the council | in 1974, as it was rotten", False),
        ("Deleted. I was wrong about that.", False),
        ("Dead.", False),
    ],
)
def test_only_a_sentence_of_the_usual_form_says_that_a_comment_is_gone(text: str, gone: bool) -> None:
    assert bool(vocabulary.DELETED_NOTICE.match(text)) == gone
