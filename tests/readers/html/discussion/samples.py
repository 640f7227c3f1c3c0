"""Small pages, and comments of them, for the tests of the parts of a discussion."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from rumor_tui.readers.html.discussion.comment_node import CommentNode
from rumor_tui.readers.html.dom import Dom


def dom_of(body: str) -> Dom:
    """A page with this body."""
    return Dom(LexborHTMLParser(f"<!doctype html><html><body>{body}</body></html>"))


def comment_of(dom: Dom, number: int) -> CommentNode:
    """A comment that is an element with all that is in it."""
    return CommentNode(number, [(number, dom.end[number])], [(dom.first[number], dom.last[number])])
