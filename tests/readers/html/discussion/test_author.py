"""Who wrote a comment."""

from __future__ import annotations

import pytest

from rumor_tui.readers.html.discussion.author import clean_author, find_author
from rumor_tui.readers.html.discussion.features import find_features
from tests.readers.html.discussion.samples import comment_of, dom_of


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
    assert clean_author(text) == name


def test_names_of_those_who_are_answered_are_not_the_authors() -> None:
    dom = dom_of(
        '<div class="comment"><p class="parent">In reply to <a class="username" href="/u/b">brunofox</a></p>'
        '<span class="author">Ada</span><p>Yes.</p></div>'
    )
    comment = comment_of(dom, 2)
    find_author(dom, find_features(dom), comment)
    assert comment.author == "Ada"


def author_of(html: str) -> str | None:
    dom = dom_of(f"<div class=comment>{html}</div>")
    comment = comment_of(dom, next(one for one in range(len(dom)) if "comment" in dom.classes[one]))
    find_author(dom, find_features(dom), comment)
    return comment.author


@pytest.mark.parametrize("word", ["root", "new", "parent", "more", "context", "reply", "di", "Frank", "Monday Fan"])
def test_a_word_is_a_name_where_its_element_says_so(word: str) -> None:
    assert author_of(f"<b class=author>{word}</b> <a href=r>Reply</a><p>Yes.</p>") == word
    assert author_of(f"<p>Yes.</p>by <a href='/u/{word}'>{word}</a> <p>No, <a href='/u/lena'>lena</a>.</p>") == word


def test_a_word_that_is_pressed_is_no_name() -> None:
    assert author_of("<a href='/u/7/edit'>edit</a> <a href='#c1'>parent</a><p>Yes.</p>") is None
    assert author_of("<span class=by>by</span> <span class=author>ann</span><p>Yes.</p>") == "ann"


def test_only_days_of_the_week_go_from_before_a_date() -> None:
    assert clean_author("by Frank, Tue 5 May 2020") == "Frank"
    assert clean_author("Frank 5 May 2020") == "Frank"
