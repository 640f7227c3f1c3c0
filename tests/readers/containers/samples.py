"""Pages made for the tests of what holds pages, and what is read of them."""

from __future__ import annotations

from rumor_tui import blocks, readers
from rumor_tui.model import Listing, Thread
from rumor_tui.readers import Hint, open_if_single

PROSE = (
    "The lighthouse at the northern cape was built in 1871 from granite that came by boat. "
    "Its lamp burned oil until 1923, when the keepers were given an engine and forty metres of cable. "
    "Since then nobody has had to carry a can up the two hundred steps, which the keepers did not regret."
)
COMMENTS = (("ruth", None, "The granite came by rail, not by boat."), ("pavel", 0, "There was no rail until 1890."))


def comment_list(comments: tuple[tuple[str, int | None, str], ...] = COMMENTS) -> str:
    """A list of comments as a blog has it, nested one level deep."""
    items = []
    for number, (name, parent, text) in enumerate(comments):
        inner = "".join(
            _comment(other, who, said) for other, (who, above, said) in enumerate(comments) if above == number
        )
        if parent is None:
            items.append(_comment(number, name, text, f'<ol class="children">{inner}</ol>' if inner else ""))
    return f'<section id="comments"><h2>Comments</h2><ol class="comment-list">{"".join(items)}</ol></section>'


def _comment(number: int, name: str, text: str, below: str = "") -> str:
    return (
        f'<li class="comment" id="comment-{number + 1}"><article class="comment-body">'
        f'<footer class="comment-meta"><b class="fn">{name}</b> '
        f'<time datetime="2024-05-0{number + 1}T10:00:00Z">May {number + 1}, 2024</time></footer>'
        f'<div class="comment-content"><p>{text}</p></div></article>{below}</li>'
    )


def page(title: str = "The lamp at the cape", comments: str = "", more: str = "") -> str:
    """A page with an article, and with comments where they are given."""
    paragraphs = "".join(f"<p>{PROSE}</p>" for _ in range(3))
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title></head><body>'
        f'<article><h1>{title}</h1><div class="entry-content">{paragraphs}</div></article>'
        f"{comments}{more}</body></html>"
    )


PAGE = page(comments=comment_list())


def opened(data: bytes, name: str = "saved") -> Thread | Listing:
    """What a reader of the source gets."""
    return open_if_single(readers.read_source(data, Hint(name)))


def thread(data: bytes, name: str = "saved") -> Thread:
    """The one thread of a source."""
    content = opened(data, name)
    assert isinstance(content, Thread)
    return content


def listing(data: bytes, name: str = "saved") -> Listing:
    """The list that a source is."""
    content = opened(data, name)
    assert isinstance(content, Listing)
    return content


def article_text(content: Thread) -> str:
    """The article as plain text."""
    return "\n\n".join(blocks.body_text(piece, content.article.format) for piece in content.article.pieces)


def is_whole_page(content: Thread | Listing) -> bool:
    """Whether it is `PAGE`: its article and its two comments in their tree."""
    return (
        isinstance(content, Thread)
        and content.article.title == "The lamp at the cape"
        and PROSE in article_text(content)
        and "by rail" not in article_text(content)
        and list(content.authors) == ["ruth", "pavel"]
        and list(content.parent) == [-1, 0]
    )
