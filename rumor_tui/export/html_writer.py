"""HTML: one self-contained page without scripts, each comment a `<details>` element that folds.

Markup nests to `MAX_NESTING` levels only, because browsers stop near 512; deeper replies link to their parent. Colours
follow the light or dark setting of the browser. Attributes (`data-author`, `data-date` …) hold all that is known of the
article and of each comment, so that rumor-tui can open the page again (`rumor_tui.readers.own_html`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import TextIO

from rumor_tui import article_facts, blocks, markdown_format, outline
from rumor_tui.blocks.write import to_html
from rumor_tui.export import comment_fields
from rumor_tui.export.notes import NO_NOTES, Notes, note_head
from rumor_tui.labels import display_title, plural
from rumor_tui.links import openable
from rumor_tui.model import ARTICLE_ROW, Article, Draft, Format, LinkedPage, Thread
from rumor_tui.text import neutralise_for_file

MAX_NESTING = 200

_ADDRESSES = frozenset(("url", "link", "discussion", "linked-url"))
"""The facts that are addresses."""

_STYLE = """\
:root { color-scheme: light dark; --ink: #222; --paper: #fff; --dim: #667; --rule: #ddd; --accent: #b5400f; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ddd; --paper: #16181c; --dim: #99a; --rule: #333840; --accent: #ffa26b; }
}
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
a { color: var(--accent); }
pre { overflow-x: auto; }
blockquote { margin: 0 0 0 .3rem; padding-left: .8rem; border-left: 3px solid var(--rule); color: var(--dim); }
details { margin: .8rem 0 0; padding-left: .7rem; border-left: 1px solid var(--rule); }
details details:nth-of-type(n) { margin-left: .3rem; }
summary { cursor: pointer; color: var(--dim); }
summary b { color: var(--ink); }
aside { margin: .5rem 0; padding: .3rem .7rem; border-left: 3px solid var(--accent); }
.facts { color: var(--dim); }
"""


def write(thread: Thread, out: TextIO, answers: Sequence[int] = (), notes: Notes = NO_NOTES) -> None:
    """Write the thread as one HTML page; `answers` and `notes` as in `rumor_tui.export`."""
    title = display_title(thread) or "A thread"
    out.write(
        '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<meta name="generator" content="rumor-tui">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n"
        f"<article{_attributes(article_facts.article_facts(thread.article))}>\n"
        f"<h1>{escape(title)}</h1>\n"
    )
    out.writelines(_article(thread.article, thread.repair))
    out.writelines(_notes(notes, ARTICLE_ROW))
    out.write(f"</article>\n<h2>{comment_fields.heading_of_comments(thread)}</h2>\n")
    out.writelines(_comments(thread, answers, notes))
    out.write("</body>\n</html>\n")


def _article(article: Article, repair: bool) -> Iterator[str]:
    when = markdown_format.format_utc(article.published) or markdown_format.clean_field(article.published_text)
    facts = [escape(fact) for fact in (markdown_format.clean_field(article.byline), when) if fact]
    if address := _link(markdown_format.clean_field(article.url), markdown_format.clean_field(article.url) or ""):
        facts.append(address)
    if facts:
        yield f'<p class="facts">{" · ".join(facts)}</p>\n'
    for piece in article.own_pieces:
        yield _body(piece, article.format, repair)
    if article.linked is not None:
        yield from _linked(article.linked, article, repair)


def _linked(page: LinkedPage, article: Article, repair: bool) -> Iterator[str]:
    """The page that the article's post links to, below a rule."""
    yield f"<hr>\n<h2>{escape(article_facts.linked_title(page))}</h2>\n"
    address = article_facts.linked_address(page)
    facts = [
        (_link(fact, fact) or escape(fact)) if fact == address else escape(fact)
        for fact in article_facts.linked_facts(page)
    ]
    yield f'<p class="facts">{" · ".join(facts)}</p>\n'
    if problem := markdown_format.clean_field(page.problem):
        yield f"<p>{escape(problem)}</p>\n"
    for piece in comment_fields.linked_text(article):
        yield _body(piece, article.format, repair)


def _comments(thread: Thread, answers: Sequence[int], notes: Notes) -> Iterator[str]:
    depths = outline.depths(thread.parent)
    is_open = 0
    for comment, draft in comment_fields.iter_comments(thread):
        level = min(depths[comment.index], MAX_NESTING)
        yield "</details>\n" * (is_open - level)
        is_open = level + 1
        to = comment_fields.answered(comment, depths[comment.index], level, answers)
        facts = _attributes(_facts(draft, to))
        yield f'<details open id="c{comment.index + 1}"{facts}>\n<summary>{_byline(draft, to)}</summary>\n'
        yield _body(comment.body, thread.format, thread.repair)
        yield from _notes(notes, comment.index)
    yield "</details>\n" * is_open


def _notes(notes: Notes, row: int) -> Iterator[str]:
    """The bookmarks and notes of a row, each in an element of its own, which no text of others has."""
    for one in notes.get(row, ()):
        text = "<br>\n".join(map(escape, neutralise_for_file(one.text).split("\n")))
        yield f'<aside class="note"><b>{escape(note_head(one))}</b> {text}</aside>\n'


def _body(body: str, format: Format, repair: bool) -> str:
    return to_html(blocks.parse_body(body, format, repair, neutralise_for_file), openable) + "\n"


def _attributes(facts: Mapping[str, str | int | None]) -> str:
    """Facts as attributes, without addresses that could run scripts if somebody made links of them."""
    safe = {
        name: "" if name in _ADDRESSES and not comment_fields.is_safe_link(str(value)) else value
        for name, value in facts.items()
    }
    return article_facts.write_attributes(safe)


def _facts(draft: Draft, answers: int | None) -> dict[str, str | int | None]:
    """All that is known of a comment; `to` is the number of what it answers, if its place does not tell."""
    return {
        "to": None if answers is None else answers + 1,
        "author": draft.author,
        "date": markdown_format.format_iso(draft.published),
        "written": draft.published_text,
        "id": draft.id,
        "points": draft.score,
        "url": draft.url,
        "deleted": "yes" if draft.deleted else None,
        "site": draft.site or None,
        "title": draft.title or None,
        "comments": draft.comments,
    }


def _byline(draft: Draft, answers: int | None) -> str:
    facts = [
        f"<b>{escape(draft.site or draft.author or markdown_format.UNSIGNED)}</b>",
        escape(draft.author or "") if draft.site else "",
        f'<a href="#c{answers + 1}">↳ #{answers + 1}</a>' if answers is not None else "",
        escape(comment_fields.display_date(draft)),
        "" if draft.score is None else plural(draft.score, "point"),
        _link(draft.url, "permalink"),
        "deleted" if draft.deleted else "",
    ]
    return " · ".join(filter(None, facts))


def _link(url: str | None, label: str) -> str:
    """A link to a web address; other addresses are not linked, because they could run scripts."""
    address = openable(url) if url else None
    return f'<a rel="noreferrer nofollow" href="{escape(address)}">{escape(label)}</a>' if address else ""
