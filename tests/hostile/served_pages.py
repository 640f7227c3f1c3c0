"""Honest pages, for attacks to hide behind."""

from __future__ import annotations

WORDS = "six hundred cars in the town"
"""Words that are shown of each page, whatever stands around it."""

_PARAGRAPH = (
    "<p>There are six hundred cars in the town, says the council, which counted them. Nobody believes it, and "
    "everybody has another figure, which is why they are going to be counted again before the summer.</p>\n"
)


def _page(paragraphs: int) -> bytes:
    body = _PARAGRAPH + "".join(
        f"<p>Figure {number} of the count was made on another day, by other people, who had another idea of what a car "
        f"is, and it comes to {number * 7 + 3}.</p>\n"
        for number in range(1, paragraphs)
    )
    head = "<!doctype html><html><head><title>Six hundred cars</title></head>"
    return f"{head}<body><article><h1>Six hundred cars</h1>\n{body}</article></body></html>\n".encode()


ARTICLE = _page(6)
"""A page of one article, in ASCII."""

LONG_ARTICLE = _page(700)
"""The same of 100 kB."""
