"""Bodies of every format to one kind of text: typed blocks with spans, neutral and ready to be wrapped.

`parse` never raises, takes time in proportion to the body, and does not recurse, whatever a stranger wrote. What only
one format or an export needs is imported when it is first used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from rumor_tui.model import Block, Format
from rumor_tui.text import mend, neutralise

from .plain import parse_plain, plain_text

__all__ = ["front_matter", "parse", "plain", "plain_texts", "split_markdown", "to_markdown", "to_text", "word_counts"]


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


def plain_texts(bodies: Sequence[str], format: Format, repair: bool = False) -> list[str]:
    """What `plain` gives for each of some bodies; of HTML three times as fast for a hundred of them."""
    if format != "html" or repair:
        return [plain(body, format, repair) for body in bodies]
    from .html_texts import html_texts

    quick = html_texts(bodies)
    return [plain(body, format) if text is None else text for body, text in zip(bodies, quick, strict=True)]


def word_counts(bodies: Sequence[str], format: Format, word: str) -> list[int | None]:
    """How often a word stands in the folded text of each of some bodies; None where only `plain` tells.

    The word is of ASCII letters in lower case and digits. It takes about 3 µs a body, a quarter of what `plain` does.
    """
    from . import html_texts

    if format == "html":
        return html_texts.html_counts(bodies, word)
    data = html_texts.joined(bodies) if format == "plain" else None
    counts = [None] * len(bodies) if data is None else html_texts.word_counts(data, word)
    return [None if count else count for count in counts]  # a bullet or a number of a list is no text


@cache
def _quick(format: Format) -> Callable[[str], str | None] | None:
    """What reads the text alone of usual bodies of a format, if there is such a thing."""
    if format == "html":
        from .html_text import html_text

        return html_text
    return (lambda body: plain_text(neutralise(body))) if format == "plain" else None


def split_markdown(source: str) -> list[str]:
    """A Markdown document cut at empty lines in pieces that `parse` reads alone as it would in place (`split.py`).

    A front matter is left out. The link definitions that a piece uses are put at its end.
    """
    from . import split

    return split.split_markdown(source)


def front_matter(source: str) -> tuple[dict[str, str], str]:
    """The `key: value` lines between two lines of dashes at the start of a document, and what follows (`split.py`)."""
    from . import split

    return split.front_matter(source)


def to_text(blocks: Sequence[Block]) -> str:
    """The blocks as plain text, addresses of links included (`write.py`)."""
    from . import write

    return write.to_text(blocks)


def to_markdown(blocks: Sequence[Block]) -> str:
    """The blocks as Markdown, for which `parse` gives the same blocks (`write_markdown.py`)."""
    from . import write_markdown

    return write_markdown.to_markdown(blocks)
