"""Any text that no other reader recognises: Markdown where it has Markdown's syntax, else plain prose; all is article.

In prose, a short first line followed by an empty line is the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rumor_tui import markdown_format
from rumor_tui.model import Article, Thread, ThreadBuilder
from rumor_tui.readers import markdown
from rumor_tui.readers.source import Hint

_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_LOOKED_AT = 65_536
"""Characters in which Markdown's syntax is looked for."""

_SIGNS = re.compile(
    r"\A---[ \t]*\n"
    r"|(?:\A|\n[ \t]*\n)\#{1,6}[ ]+\S"
    r"|^[ ]{0,3}(?:```|~~~)"
    r"|(?:\A|\n)[ ]{0,3}\S[^\n]*\n(?:={3,}|-{3,})[ \t]*\n"
    r"|(?<!\\)!?\[[^\]\n]{1,200}\]\((?:[^)\s]{1,400}|<[^>\n]{1,400}>)\)"
    r"|(?<![\w*\\])\*\*[^\s*][^*\n]{0,80}\*\*(?![\w*])",
    re.MULTILINE,
)
_LARGEST_PIECE = 65_536
"""Length in characters at which a plain paragraph is split into pieces, so that none is slow to show."""

_LONGEST_TITLE = 120
_PARAGRAPHS = re.compile(r"\n(?:[ \t]*\n)+")


def sniff(text: str, hint: Hint) -> bool:
    """Always true: this reader comes last, and every text is at least plain text."""
    return True


def read(text: str, hint: Hint) -> Thread:
    """The text as an article. Never raises."""
    if hint.suffix in _SUFFIXES or _SIGNS.search(text[:_LOOKED_AT]):
        return markdown.read(text, hint)
    article = plain_article(text)
    return ThreadBuilder(article).build("plain", source=hint.name)


def plain_article(text: str) -> Article:
    """The text as an article, without any markup; takes linear time."""
    paragraphs = [part.strip("\n") for part in _PARAGRAPHS.split(text.strip("\n"))]
    title = ""
    if len(paragraphs) > 1 and "\n" not in paragraphs[0].strip() and len(paragraphs[0].strip()) <= _LONGEST_TITLE:
        title = markdown_format.clean_field(paragraphs.pop(0)) or ""
    return Article(title=title, pieces=[piece for part in paragraphs for piece in _split_long(part)], format="plain")


def _split_long(paragraph: str) -> Iterator[str]:
    """The paragraph, split at white space (or anywhere, where there is none) if it is very long."""
    start = 0
    while len(paragraph) - start > _LARGEST_PIECE:
        limit = start + _LARGEST_PIECE
        cut = max(paragraph.rfind("\n", start, limit), paragraph.rfind(" ", start, limit)) + 1 or limit
        yield paragraph[start:cut]
        start = cut
    yield paragraph[start:] if start else paragraph
