"""A topic of a Discourse forum as its address `/raw/ID` gives it: the posts' Markdown, a hundred a page.

Every post begins with a line `name | 2023-11-14 22:10:20 UTC | #1` and ends with a line of dashes. A post that begins
by quoting another one (`[quote="name, post:3, topic:17"]`) answers it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rumor_tui.readers.site_text import split_at_heads
from rumor_tui.readers.source import Hint
from rumor_tui.readers.vocabulary.matching import fold

if TYPE_CHECKING:
    from rumor_tui.model import Draft, Thread

_POST = r"^(?P<name>[^\n|]{1,60}) \| (?P<date>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: UTC)?) \| \#(?P<number>\d{1,9})[ \t]*$"
_RULE = re.compile(r"\n-{20,}\s*\Z")
_QUOTE = re.compile(
    r"^[ \t]*\[quote(?:=\"?(?P<who>[^\]\n,\"]{0,60})(?P<more>[^\]\n]{0,100}))?\][ \t]*\n?(?P<text>.*?)\[/quote\]",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
_QUOTE_END = "[/quote]"
_QUOTED_POST = re.compile(r"post:(\d{1,9})")


def sniff(text: str, hint: Hint) -> bool:
    """Whether the text begins with the head of a post."""
    return bool(re.match(_POST, text[:200].lstrip(), re.MULTILINE))


def read(text: str, hint: Hint) -> Thread:
    """The first post as the article, the others as comments. Never raises."""
    from rumor_tui import blocks
    from rumor_tui.model import Article, ThreadBuilder
    from rumor_tui.readers.preorder import arrange_drafts, take_opening

    drafts = [_draft(head, body) for head, body in split_at_heads(re.finditer(_POST, text, re.MULTILINE), text)[1]]
    rows = {draft.id: row for row, draft in enumerate(drafts)}
    for row, draft in enumerate(drafts):
        _set_parent(draft, row, rows)
    article = Article()
    if drafts and drafts[0].id == "1":
        opening = take_opening(drafts)
        article = Article(
            byline=opening.author,
            published=opening.published,
            published_text=opening.published_text,
            pieces=blocks.split_markdown(opening.body),
            format="markdown",
        )
    return ThreadBuilder(article, arrange_drafts(drafts)).build("markdown", source=hint.name)


def _draft(head: re.Match[str], body: str) -> Draft:
    from rumor_tui.markdown_format import clean_field
    from rumor_tui.model import Draft
    from rumor_tui.readers.dates.parse import parse_date

    return Draft(
        body=_RULE.sub("", body.rstrip()).strip("\n"),
        author=clean_field(head["name"]),
        published=parse_date(head["date"]),
        published_text=head["date"],
        id=head["number"],
    )


def _set_parent(draft: Draft, row: int, rows: dict[str | None, int]) -> None:
    """Set the parent of a post that begins with a quotation of an earlier one, and write quotations as Markdown."""
    first = _QUOTE.match(draft.body)
    answered = _QUOTED_POST.search(first["more"] or "") if first else None
    parent = rows.get(answered[1]) if answered else None
    draft.parent = parent if parent is not None and parent < row else None
    # Behind the last end of a quotation there is none, and looking for it from each beginning would take for ever.
    before, end, _ = fold(draft.body).rpartition(_QUOTE_END)
    last = len(before + end)
    draft.body = _QUOTE.sub(_as_markdown, draft.body[:last]) + draft.body[last:]


def _as_markdown(quote: re.Match[str]) -> str:
    lines = quote["text"].strip("\n").split("\n")
    if quote["who"]:
        lines = [f"{quote['who']}:", "", *lines]
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n"
