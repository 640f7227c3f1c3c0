"""Web pages: the article, and the discussion under it as a tree."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from rumor_tui import bylines
from rumor_tui.model import Article, Draft, Thread, ThreadBuilder
from rumor_tui.readers.base import Hint
from rumor_tui.readers.html import discussion, fields, signs
from rumor_tui.readers.html.page import Page

_PAGE = re.compile(
    r"(?:<\?xml[^>]*>|(?><!--.*?-->)|\s)*+<(?:!doctype html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
)


def sniff(text: str, hint: Hint) -> bool:
    """Whether the text is a web page."""
    return bool(_PAGE.match(text[:65_536].lstrip("\ufeff")))


def read(text: str, hint: Hint) -> Thread:
    """The thread of a page."""
    tree = LexborHTMLParser(text)
    page = Page(tree)
    found = signs.find(page)
    talk = discussion.find(page, found)
    units, above = talk.units, talk.parents
    bodies = cut(page, units)
    builder = ThreadBuilder(
        Article(title=bylines.name(tree.css_first("title").text() if tree.css_first("title") else "") or "")
    )
    for unit, parent, body in zip(units, above, bodies, strict=True):
        builder.add(
            Draft(
                body=body,
                author=bylines.name(unit.author),
                parent=parent,
                published_text=bylines.name(unit.written),
                id=bylines.name(unit.ids[0] if unit.ids else None),
                url=unit.url,
                score=unit.score,
            )
        )
    from rumor_tui.readers import ordering

    builder.drafts = ordering.arranged(builder.drafts)
    return builder.build("html", source=hint.name, confidence=talk.confidence)


def cut(page: Page, units: list[fields.Unit]) -> list[str]:
    """The bodies as HTML, the last first taken out of the page."""
    bodies = []
    for unit in reversed(units):
        for number in reversed(unit.aside):
            page.nodes[number].decompose()
        node = page.nodes[unit.body]
        inner = [
            child.html or "" if child.tag != "-text" else child.html or "" for child in node.iter(include_text=True)
        ]
        bodies.append("".join(inner))
        page.nodes[unit.number].decompose()
    return bodies[::-1]
