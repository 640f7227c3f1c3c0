"""What is known of an article besides its text, as names and values: so exports in Markdown and HTML state it.

Markdown has them in its front matter, HTML in attributes of its elements (`data-author="ann"`), where the facts of a
comment are, too. Names are the same in both; those of the page that a post links to begin with `linked-`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Final

from rumor_tui.markdown_format import clean_field, escape_markdown, format_iso, format_utc, parse_iso
from rumor_tui.model import Article, LinkedPage

LINKED: Final = "linked-"
"""What the names of a linked page's facts begin with."""

PLACE: Final = "linked-place"
"""How often the head of the linked page stands in the article before its place, where that is in doubt."""

_ATTRIBUTE: Final = re.compile(r'\sdata-([a-z-]{1,40})="([^"]*)"')


def article_facts(article: Article) -> dict[str, str | int]:
    """What is known of an article, neutral, and of the page that it links to, if that was read."""
    facts = {
        "title": clean_field(article.title) or "",
        "author": clean_field(article.byline),
        "date": format_iso(article.published),
        "written": clean_field(article.published_text),
        "url": clean_field(article.url),
        "points": article.score,
        "link": clean_field(article.link),
        "discussion": clean_field(article.discussion_url),
        **_linked_facts(article.linked),
    }
    return {name: value for name, value in facts.items() if value is not None}


def _linked_facts(page: LinkedPage | None) -> dict[str, str | None]:
    if page is None:
        return {}
    return {
        f"{LINKED}url": linked_address(page),
        f"{LINKED}title": clean_field(page.title),
        f"{LINKED}author": clean_field(page.byline),
        f"{LINKED}date": format_iso(page.published),
        f"{LINKED}written": clean_field(page.published_text),
        f"{LINKED}problem": clean_field(page.problem),
    }


def read_linked(facts: Mapping[str, str], first: int = 0) -> LinkedPage | None:
    """The linked page that facts tell of, whose text begins at the piece `first`; None where they tell of none."""
    if f"{LINKED}url" not in facts:
        return None
    known = {name: clean_field(facts.get(LINKED + name)) for name in ("url", "title", "author", "written", "problem")}
    return LinkedPage(
        url=known["url"] or "",
        first=first,
        title=known["title"] or "",
        byline=known["author"],
        published=parse_iso(facts.get(f"{LINKED}date", "")),
        published_text=known["written"],
        problem=known["problem"] or "",
    )


# What stands above a linked page


def linked_facts(page: LinkedPage) -> list[str]:
    """Who wrote a linked page, when, and its address, as far as known; neutral."""
    when = format_utc(page.published) or clean_field(page.published_text)
    return [fact for fact in (clean_field(page.byline), when, linked_address(page)) if fact]


def linked_address(page: LinkedPage) -> str:
    """The address of a linked page, neutral."""
    return clean_field(page.url) or ""


def linked_title(page: LinkedPage) -> str:
    """The title of a linked page, or its address."""
    return clean_field(page.title) or linked_address(page)


def markdown_head(page: LinkedPage) -> str:
    """What stands in Markdown above the text of a linked page: a rule, its title, its facts, and any problem."""
    facts = escape_markdown(" · ".join(linked_facts(page)))
    problem = escape_markdown(clean_field(page.problem) or "")
    return "\n\n".join(filter(None, ["---", f"## {escape_markdown(linked_title(page))}", facts, problem]))


def place_of_head(own: str, page: LinkedPage) -> int:
    """How often the head of a linked page stands in the article's own Markdown, which it follows."""
    text, head = f"\n\n{own}\n\n{markdown_head(page)}\n\n", f"\n\n{markdown_head(page)}\n\n"
    if not own:
        return 0
    place, at = 0, text.find(head)
    while at < 2 + len(own):
        place, at = place + 1, text.find(head, at + 1)
    return place


def split_at_head(text: str, page: LinkedPage, place: int) -> tuple[str, str] | None:
    """The Markdown of an article's own text and that of its linked page; None where the head is not found."""
    text, head = f"\n\n{text}\n\n", f"\n\n{markdown_head(page)}\n\n"
    at = text.find(head)
    while at >= 0 and place > 0:
        place, at = place - 1, text.find(head, at + 1)
    return None if at < 0 else (text[:at].strip("\n"), text[at + len(head) :].strip("\n"))


# Attributes of HTML


def write_attributes(facts: Mapping[str, str | int | None]) -> str:
    """Facts as attributes, each behind a space; what is None is left out."""
    return "".join(f' data-{name}="{escape(str(value))}"' for name, value in facts.items() if value is not None)


def read_attributes(tag: str) -> dict[str, str]:
    """The facts in the attributes of a tag, by their names."""
    return {match[1]: unescape(match[2]) for match in _ATTRIBUTE.finditer(tag)}
