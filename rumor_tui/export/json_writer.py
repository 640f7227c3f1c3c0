"""JSON: the whole thread for other programs, and for rumor-tui itself (`rumor_tui.readers.own_json`).

One object: `version` (1), `source`, `article` with `title`, `byline`, `published`, `url`, `text` and `markdown`,
and `comments` in pre-order (in a flat order, by date), one on each line, with `index`, `id`, `parent` (an index, or
null), `depth`, `author` (or null), `published` (ISO 8601 in UTC, or null), `published_text` (as the source wrote it, or
null), `text`, `markdown`, `score`, `url` and `deleted`. `text` is plain, with empty lines between paragraphs and the
typography of the source; the article's leaves out pictures that stand by themselves. The article's `published` is the
wording of the source if it could not be parsed.

If the text of a comment shows its parent and the page does not, `reply_to` follows `parent`: the `index` of an earlier
comment, the `evidence` ("mention", "name" or "quote") and the `confidence` from 0 to 1. `parent` is always that of the
source; rumor-tui computes `reply_to` again when it opens the file.

If several discussions are joined, every comment has the `site` that it is on, such as "Reddit r/cars", and that of a
discussion itself, at the top level, a `discussion` with `site`, `community`, `title`, and `comments`, the number that
the site states, or null; the title is in its text too. `id` is that of the source, so it may be there on several sites.

If the article is a post about a page elsewhere, it has the address as `link`, and, if that page was read, `linked` with
`url`, `title`, `byline`, `published`, `published_text`, `problem` (why it cannot be shown, or empty), `text` and
`markdown`; the article's own text is that of the post.

A reader's own bookmarks and notes are `notes` of the article and of comments, where there are some: each with `uid`,
`kind` ("mark" or "note"), `text`, `passage` (the words that it stands on, or empty), `start` (where these began in the
plain text, or -1), `made` and `changed`.

Written only if needed: the article's `score`, and `discussion_url`, the discussion's own address where `url` is another
page; `confidence` ("structural" or "guessed") before the article, if the source does not state the tree; and `stubs`
after the comments, each with `parent` (an index, or null), `count`, `via` and `keys`, if comments are missing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, TextIO

from rumor_tui import article_facts, markdown_format, outline
from rumor_tui.export import comment_fields
from rumor_tui.export.notes import NO_NOTES, Notes, note_fields
from rumor_tui.model import ARTICLE_ROW, Article, Comment, Discussion, Draft, LinkedPage, Stub, Thread

VERSION = 1


def write(
    thread: Thread,
    out: TextIO,
    replies: Mapping[int, comment_fields.ReplyTo] | None = None,
    answers: Sequence[int] = (),
    notes: Notes = NO_NOTES,
) -> None:
    """Write the thread as JSON, one comment on each line; `replies` are the inferred parents, by row.

    `answers` and `notes` as in `rumor_tui.export`: a flat order is only that of the lines; each comment has its parent
    and depth.
    """
    out.write(f'{{"version": {VERSION}, "source": {_to_json(markdown_format.clean_field(thread.source) or "")},\n')
    if thread.confidence != "explicit":
        out.write(f'"confidence": {_to_json(thread.confidence)},\n')
    out.write(f'"article": {_to_json({**_article(thread.article), **_notes(notes, ARTICLE_ROW)})},\n"comments": [')
    parents = answers or thread.parent
    depths = _depths(parents) if answers else outline.depths(parents)
    for comment, draft in comment_fields.iter_comments(thread):
        out.write(",\n" if comment.index else "\n")
        reply = replies.get(comment.index) if replies else None
        draft.parent = parents[comment.index] if parents[comment.index] >= 0 else None
        fields = _comment(comment, draft, depths[comment.index], thread, reply)
        out.write(_to_json({**fields, **_notes(notes, comment.index)}))
    out.write("\n]")
    if len(thread.stubs):
        out.write(',\n"stubs": [\n')
        out.write(",\n".join(_to_json(_stub(stub)) for stub in thread.stubs))
        out.write("\n]")
    out.write("}\n")


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _notes(notes: Notes, row: int) -> dict[str, Any]:
    """The bookmarks and notes of a row, if it has any."""
    return {"notes": note_fields(notes[row])} if row in notes else {}


def _article(article: Article) -> dict[str, Any]:
    score = {} if article.score is None else {"score": article.score}
    links = {"link": article.link, "discussion_url": article.discussion_url}
    stated = {key: markdown_format.clean_field(address) for key, address in links.items() if address}
    linked = {"linked": _linked(article.linked, article)} if article.linked is not None else {}
    return {
        "title": markdown_format.clean_field(article.title) or "",
        "byline": markdown_format.clean_field(article.byline),
        "published": markdown_format.format_iso(article.published)
        or markdown_format.clean_field(article.published_text),
        "url": markdown_format.clean_field(article.url),
        "text": comment_fields.article_to_text(article),
        "markdown": comment_fields.article_to_markdown(article),
        **score,
        **stated,
        **linked,
    }


def _linked(page: LinkedPage, article: Article) -> dict[str, Any]:
    return {
        "url": article_facts.linked_address(page),
        "title": markdown_format.clean_field(page.title) or "",
        "byline": markdown_format.clean_field(page.byline),
        "published": markdown_format.format_iso(page.published),
        "published_text": markdown_format.clean_field(page.published_text),
        "problem": markdown_format.clean_field(page.problem) or "",
        "text": comment_fields.pieces_to_text(article.linked_pieces, article.format),
        "markdown": comment_fields.pieces_to_markdown(article.linked_pieces, article.format),
    }


def _discussion(about: Discussion) -> dict[str, Any]:
    return {
        "site": markdown_format.clean_field(about.site) or "",
        "community": markdown_format.clean_field(about.community) or "",
        "title": markdown_format.clean_field(about.title) or "",
        "comments": about.comments,
    }


def _comment(
    comment: Comment, draft: Draft, depth: int, thread: Thread, reply: comment_fields.ReplyTo | None
) -> dict[str, Any]:
    text, markdown = comment_fields.body_in_both(comment.body, thread.format)
    return {
        "index": comment.index,
        "id": draft.id,
        "parent": draft.parent,
        **({"reply_to": asdict(reply)} if reply else {}),
        "depth": depth,
        **({"site": markdown_format.clean_field(comment.discussion.label)} if comment.discussion is not None else {}),
        **({"discussion": _discussion(comment.heading)} if comment.heading is not None else {}),
        "author": draft.author,
        "published": markdown_format.format_iso(draft.published),
        "published_text": draft.published_text,
        "text": text,
        "markdown": markdown,
        "score": draft.score,
        "url": draft.url,
        "deleted": draft.deleted,
    }


def _depths(parents: Sequence[int]) -> list[int]:
    """For each row the count of its ancestors; rows may stand before what they answer."""
    depths = [-1] * len(parents)
    for row in range(len(parents)):
        path = []
        while row >= 0 and depths[row] < 0:
            path.append(row)
            row = parents[row]
        above = depths[row] if row >= 0 else -1
        for level, below in enumerate(reversed(path), above + 1):
            depths[below] = level
    return depths


def _stub(stub: Stub) -> dict[str, Any]:
    return {
        "parent": None if stub.parent < 0 else stub.parent,
        "count": stub.count,
        "via": markdown_format.clean_field(stub.via) or "",
        "keys": [key for key in map(markdown_format.clean_field, stub.keys) if key],
    }
