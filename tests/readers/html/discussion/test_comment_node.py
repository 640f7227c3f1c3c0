"""What is a comment's own content."""

from __future__ import annotations

from rumor_tui.readers.html.discussion.comment_node import comment_nodes
from rumor_tui.readers.html.discussion.features import find_features
from tests.readers.html.discussion.samples import dom_of


def test_what_is_a_members_own_leaves_the_members_inside_out() -> None:
    dom = dom_of("<div>one<div>two<div>three</div>two</div>one</div>")
    found = comment_nodes(dom, find_features(dom), [2, 3, 4])
    texts = [[dom.pieces[piece] for start, end in one.pieces for piece in range(start, end)] for one in found]
    assert texts == [["one", "one"], ["two", "two"], ["three"]]


def test_terms_lead_their_definitions() -> None:
    dom = dom_of("<dl><dt>Ada said</dt><dd>It is fast.</dd><dt>Bruno said</dt><dd>It is loud.</dd></dl>")
    terms = [number for number in range(len(dom)) if dom.tag[number] == "dt"]
    found = comment_nodes(dom, find_features(dom), terms)
    assert [dom.pieces[one.pieces[0][1] - 1] for one in found] == ["It is fast.", "It is loud."]
