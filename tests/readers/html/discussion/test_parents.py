"""Who answers whom."""

from __future__ import annotations

import pytest

from rumor_tui.readers.html.discussion.comment_node import CommentNode, comment_nodes
from rumor_tui.readers.html.discussion.features import find_features
from rumor_tui.readers.html.discussion.parents import find_parents
from rumor_tui.readers.html.dom import Dom
from tests.readers.html.discussion.samples import dom_of


def comments_of(dom: Dom) -> list[CommentNode]:
    found = comment_nodes(dom, find_features(dom), [n for n in range(len(dom)) if "c" in dom.classes[n]])
    return [CommentNode(one.number, one.ranges, one.pieces, ids=(dom.attribute(one.number, "id"),)) for one in found]


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
        (
            '<p class="c" id="c1">a</p><p class="c" id="c2">b</p>'
            '<p class="c" id="c3"><i>Ed on 2 May (in reply to <a href="#c1">no. 1</a>)</i> d</p>',
            [None, None, 0],
            "explicit",
        ),
        (
            '<p class="c">a</p>'
            '<div class="thread"><p class="c">b</p><div class="replies"><p class="c">d</p></div></div>'
            '<p class="c">e</p>',
            [None, None, 1, None],
            "structural",
        ),
        ('<p class="c odd">a</p><p class="c even">b</p>', [None, None], "guessed"),
    ],
)
def test_parents_are_told_by_nesting_names_depths_and_containers(
    html: str, parents: list[int | None], confidence: str
) -> None:
    dom = dom_of(f"<main>{html}</main>")
    assert find_parents(dom, comments_of(dom)) == (parents, confidence)
