"""Headings that say what is below them: comments, or the name of who wrote what follows.

Pages made by hand need this: they have neither classes nor dates by which comments are told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborNode

from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.discussion.comment_node import CommentNode
from rumor_tui.readers.html.dom import Dom
from rumor_tui.readers.vocabulary.matching import alternation, compiled_pattern
from rumor_tui.readers.vocabulary.page_words import COMMENT_WORDS, GUEST_BOOK_WORDS, HEADING_LEADS

MAX_HEADING: Final = 60
"""Characters of a heading that says that comments are below it."""
MAX_NAME_WORDS: Final = 4
"""Words of what may be a name."""
_NAME_TAGS: Final = vocabulary.HEADING_TAGS | {"dt", "b", "strong"}
_END_TAGS: Final = frozenset(("hr", "form", "footer", "nav", "aside"))
"""Elements with which the last comment ends."""
_COMMENTS: Final = (
    rf"\W*(?:\d[\d.,]*\s*)?(?:(?:{alternation(HEADING_LEADS)})\s+)?"
    rf"(?:{alternation((*COMMENT_WORDS, *GUEST_BOOK_WORDS))})(?:\W*\d*\W*|\s+(?:on|to|zu|sur|a|su|op|para|sobre)\s.*)"
)


def comment_headings(dom: Dom) -> list[int]:
    """The headings of a page that say that comments are below them."""
    if "comment_headings" not in dom.memo:
        pattern = compiled_pattern(_COMMENTS)
        dom.memo["comment_headings"] = [
            number
            for number, tag in enumerate(dom.tag)
            if tag in vocabulary.HEADING_TAGS and pattern.fullmatch(dom.short_text(number, MAX_HEADING))
        ]
    headings: list[int] = dom.memo["comment_headings"]
    return headings


def find_headed_comments(dom: Dom) -> list[CommentNode]:
    """The comments below a heading that says so, where each begins with a name that is set off from its text."""
    for heading in comment_headings(dom):
        heads = list(_heads_below(dom, heading))
        comments = [_headed_comment(dom, head, {other.block for other in heads}) for head in heads]
        if len({comment.author for comment in comments}) > 1 and all(comment.html for comment in comments):
            return comments
    return []


@dataclass(frozen=True, slots=True)
class _Head:
    """The element of a name, and the block that begins with it."""

    name: int
    block: int


def _heads_below(dom: Dom, heading: int) -> Iterator[_Head]:
    """What may be the head of a comment, as far as a heading goes: elements of one kind, as the first of them is."""
    kind = ""
    for number in range(dom.end[heading], len(dom)):
        tag = dom.tag[number]
        if tag in vocabulary.HEADING_TAGS and tag <= dom.tag[heading]:
            return
        block = dom.parent[number] if tag in vocabulary.INLINE_TAGS else number
        if tag == (kind or tag) and tag in _NAME_TAGS and dom.first[block] == dom.first[number] and _is_name(dom, number):
            kind = tag
            yield _Head(number, block)


def _is_name(dom: Dom, number: int) -> bool:
    text = dom.short_text(number, MAX_HEADING).rstrip(":")
    words = text.split()
    return 0 < len(words) <= MAX_NAME_WORDS and all(word[0].isalpha() for word in words) and text[-1] not in "?!,"


def _headed_comment(dom: Dom, head: _Head, blocks: set[int]) -> CommentNode:
    """A comment with what follows its name up to the next one; without a text where that is nothing but links."""
    texts = list(_following(dom.nodes[head.name])) if head.name != head.block else []
    end = dom.end[head.block]
    for node in _following(dom.nodes[head.block]):
        number = dom.numbers.get(node.mem_id, -1)
        if number in blocks or node.tag in _END_TAGS:
            break
        end = dom.end[number] if number >= 0 else end
        texts.append(node)
    linked = sum(len(link.text()) for node in texts if node.tag != "-text" for link in node.css("a"))
    text = sum(len(node.text()) for node in texts)
    return CommentNode(
        head.block,
        [(head.block, end)],
        author=dom.text(head.name).rstrip(":"),
        author_at=head.name,
        html="".join(node.html or "" for node in texts).lstrip(" :\n\t") if 2 * linked < text else "",
    )


def _following(node: LexborNode) -> Iterator[LexborNode]:
    """The siblings after a node, texts included."""
    following = node.next
    while following is not None:
        yield following
        following = following.next
