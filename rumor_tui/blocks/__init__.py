"""Bodies of every format to one kind of text: typed blocks with spans, neutral and ready to be wrapped.

`parse` never raises, takes time in proportion to the body, and does not recurse, whatever a stranger wrote.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from rumor_tui.model import Block, Format
from rumor_tui.text import mend, neutralise

from .plain import parse_plain, plain_text
from .split import front_matter, split_markdown
from .write import to_html, to_text
from .write_markdown import to_markdown

__all__ = ["front_matter", "parse", "plain", "split_markdown", "to_html", "to_markdown", "to_text"]


def parse(body: str, format: Format, repair: bool = False) -> list[Block]:
    """The blocks of a body, in reading order. `repair` mends the broken typography of text dumps."""
    if repair:
        body = mend(body)
    if format == "html":
        from .html import parse_html

        return parse_html(body)
    body = neutralise(body)
    if format == "markdown":
        from .markdown import parse_markdown

        return parse_markdown(body)
    return parse_plain(body)


def plain(body: str, format: Format, repair: bool = False) -> str:
    """The texts of the body's blocks joined by empty lines, exactly; mostly without building the blocks."""
    if repair:
        body = mend(body)
    quick = _quick(format)
    text = quick(body) if quick else None
    return "\n\n".join(block.text for block in parse(body, format)) if text is None else text


@cache
def _quick(format: Format) -> Callable[[str], str | None] | None:
    """What reads the text alone of usual bodies of a format, if there is such a thing."""
    if format == "html":
        from .html_text import html_text

        return html_text
    return (lambda body: plain_text(neutralise(body))) if format == "plain" else None
