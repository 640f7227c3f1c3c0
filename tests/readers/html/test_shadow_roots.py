"""Declarative shadow roots: what a browser shows is in the tree, in the order in which it is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.readers.html.page_reader import read_page
from rumor_tui.readers.html.shadow_roots import parse_with_shadow_roots
from rumor_tui.readers.source import Hint


def shown(page: str) -> str:
    """The text of a page's body, without white space."""
    body = parse_with_shadow_roots(page).body
    return "".join(body.text().split()) if body is not None else ""


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<x-a><template shadowrootmode=open>1<slot></slot>3</template>2</x-a>", "123"),
        ("<x-a>2<template shadowroot='open'>1<slot>no</slot>3</template></x-a>", "123"),
        (
            "<x-a><template shadowrootmode=open><slot name=b>no</slot><slot></slot></template>2<i slot=b>1</i></x-a>",
            "12",
        ),
        ("<x-a><template shadowrootmode=open>1<slot name=b>2</slot></template></x-a>", "12"),
        (
            "<x-a><template shadowrootmode=open><x-b><template shadowrootmode=closed>1<slot></slot></template>2"
            "<slot></slot></x-b></template>3</x-a>",
            "123",
        ),
        ("<template shadowrootmode=open>1<template>no</template>2</template>", "12"),
        ("<div>1<template>shadowrootmode</template></div>", "1"),
        ("<template shadowrootmode=open>1", "1"),
        ("</template>1<x-a shadowrootmode=open>2</x-a>", "12"),
    ],
)
def test_what_is_shown(page: str, text: str) -> None:
    assert shown(page) == text


@given(
    st.lists(
        st.sampled_from(
            ["<template shadowrootmode=open>", "<template>", "</template>", "<slot>", "x", "</x-a>", "<x-a>"]
        )
    )
)
def test_any_order_of_tags_is_a_tree(tags: list[str]) -> None:
    tree = parse_with_shadow_roots("".join(tags))
    assert all(node.tag for node in tree.root.traverse(include_text=True)) if tree.root is not None else not tags


def test_comments_of_web_components_are_read() -> None:
    one = (
        '<blog-comment id="c{0}"><template shadowrootmode="open"><header><b class="author">{1}</b> '
        '<time datetime="2024-05-0{0}T10:00Z">{0} May 2024</time></header><div class="body"><slot></slot></div>'
        "</template><p>{2}</p></blog-comment>"
    )
    said = [("Ada", "The bridge was closed in April."), ("Ben", "Only for lorries, as far as I know.")]
    page = "<h1>The bridge</h1><section id=comments>" + "".join(
        one.format(number, *each) for number, each in enumerate(said, 1)
    )
    comments = read_page(page, Hint("page.html")).drafts
    assert [(comment.author, comment.body) for comment in comments] == [(name, f"<p>{text}</p>") for name, text in said]
