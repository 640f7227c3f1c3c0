"""The manual: one Markdown page for each topic, as `rumor-tui help TOPIC` shows it.

The pages are files beside this module and ship in the wheel. A page begins with its title as a heading. Lines that
hold nothing but an HTML comment mark tables that tests compare with the code; they are not shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from types import MappingProxyType

from rumor_tui import blocks
from rumor_tui.model import Article, Block, Entry, Listing, Thread, ThreadBuilder
from rumor_tui.text import cell_len

TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "formats": "web pages, text, Markdown, mail, feeds, archives, JSON",
        "addresses": "opening addresses: platforms, cache, limits, proxies, privacy",
        "keys": "all keys: in a thread, in a list, in the index, in a trail",
        "library": "what is remembered: what is new, notes, following, how to forget",
        "search": "the query language, how terms match, the search command",
        "claims": "numbers and names: the index, the trail of a claim",
        "conversation": "quotes, replies, the order of comments, authors, the timeline",
        "linked": "the page that a post links to, and comments that scripts load",
        "discussions": "where a page is discussed: who is asked, what the same page is",
        "markdown": "the Markdown form of a discussion, for reading and writing",
        "exports": "JSON, Markdown, text and HTML, and what an export keeps",
        "storage": "the data folder: files, tables and columns of the library",
        "settings": "the settings file, keys of your own, files, exit codes",
        "security": "what a page cannot do, faults and their reports, reporting",
    }
)
"""The topics in the order of the contents, each with a line that says what it is about."""

_MARKER = re.compile(r"^<!--.*-->\n", re.MULTILINE)


def read_page(topic: str) -> str:
    """The Markdown of a topic's page. Raises KeyError for an unknown topic."""
    if topic not in TOPICS:
        raise KeyError(topic)
    text = files(__name__).joinpath(f"{topic}.md").read_text(encoding="utf-8")
    return _MARKER.sub("", text)


def similar_topics(name: str) -> list[str]:
    """The topics that somebody may have meant by a name that is none, best first; all of them when none is similar."""
    from difflib import get_close_matches

    name = name.lower()
    within = [topic for topic in TOPICS if name and (name in topic or topic in name)]
    return list(dict.fromkeys([*within, *get_close_matches(name, TOPICS, 3, 0.5)])) or list(TOPICS)


def open_page(topic: str) -> Thread:
    """A topic as an article without comments. Raises KeyError for an unknown topic."""
    heading, _, body = read_page(topic).partition("\n")
    article = Article(
        title=heading.removeprefix("# "), pieces=blocks.split_markdown(body.strip("\n")), format="markdown"
    )
    return ThreadBuilder(article).build("markdown", source=f"rumor-tui help {topic}")


def open_contents() -> Listing:
    """The list of topics, each of which opens its page."""
    topics = list(TOPICS)
    entries = [Entry(topic, summary=summary) for topic, summary in TOPICS.items()]
    return Listing("The manual of rumor-tui", entries, lambda at: open_page(topics[at]), noun="topic")


def page_text(topic: str) -> str:
    """A topic as plain text. Raises KeyError for an unknown topic."""
    page = [_underlined(block) for block in blocks.parse_body(read_page(topic), "markdown")]
    return blocks.to_text(page).rstrip("\n") + "\n"


def _underlined(block: Block) -> Block:
    """A heading with a line below it, by which plain text shows that it is one; any other block as it is."""
    if block.kind != "heading":
        return block
    return replace(block, text=f"{block.text}\n{('=' if block.level == 1 else '-') * cell_len(block.text)}")


def contents_text() -> str:
    """The list of topics as plain text, one a line."""
    width = max(map(len, TOPICS))
    lines = [f"  {topic:{width}}  {summary}\n" for topic, summary in TOPICS.items()]
    return f"Topics of the manual, for rumor-tui help TOPIC:\n\n{''.join(lines)}"
