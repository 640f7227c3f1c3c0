"""Markdown with an optional discussion below it.

A Markdown source may begin with front matter (`title`, `author`, `date`, `url`, `points`) between lines of `---`.
Notes of whoever saved a thread (`notes` there, and below comments) are set aside.
The title is the front matter's, else the first heading's; a first heading that only repeats it is left out of
the text. The discussion is described in `rumor_tui.readers.markdown_discussion`.

Opening costs a few passes over the lines: headings, blank lines and bylines. What the pieces and the comments say
is parsed when they come on screen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rumor_tui.readers.source import Hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rumor_tui.model import Article, Draft, LinkedPage, Thread

_FRONT_MATTER = r"---[ \t]*\r?\n(?:[\w-]+:|#|---)"
_HEADING = (
    r"\A(?:[ ]{0,3}\#{1,6}(?P<marked>[ \t][^\n]*|(?=\n|\Z))"
    r"|[ ]{0,3}(?P<ruled>[^\s#>\-*+`~][^\n]*)\n[ ]{0,3}(?:=+|-+)[ \t]*)(?:\n|\Z)"
)
_LATER_HEADING = r"(?m)^\#{1,6}([ \t][^\n]*)$"
_CLOSING = r"(?:^|(?<=[ \t]))\#+\Z"


def sniff(text: str, hint: Hint) -> bool:
    """Whether the text is certainly Markdown: by its front matter, or by a discussion with authors in bold."""
    if text.startswith("---") and re.match(_FRONT_MATTER, text):
        return True
    if not text.startswith("#") and "\n#" not in text:
        return False
    from rumor_tui.readers import markdown_discussion

    return markdown_discussion.has_certain_discussion(text.replace("\r\n", "\n"))


def read(text: str, hint: Hint) -> Thread:
    """The article and the comments of a Markdown source. Never raises."""
    from rumor_tui.model import ThreadBuilder
    from rumor_tui.readers import markdown_discussion

    text = text.replace("\r\n", "\n").replace("\r", "\n")
    meta, body = _front_matter(text)
    discussion = markdown_discussion.find_discussion(body)
    if discussion is None:
        page = _read_marked_up_page(meta, body, hint)
        if page is None or not _has_filled_comments(page):
            page = _read_page(meta, body, hint) or page
        return page or ThreadBuilder(_article(meta, body)).build("markdown", source=hint.name)
    article = _article(meta, body[: discussion.start] + body[discussion.end :])
    aside = "\n\n".join(filter(None, [meta.get("notes", ""), discussion.notes]))
    thread = ThreadBuilder(article, discussion.drafts).build("markdown", source=hint.name, aside=aside)
    return _with_discussions(thread, discussion.drafts)


def _with_discussions(thread: Thread, drafts: Sequence[Draft]) -> Thread:
    """The thread with the discussions that it joins, where some of its comments are the rows of such."""
    if not any(draft.site for draft in drafts):
        return thread
    from rumor_tui.joined import with_drafted_discussions

    return with_drafted_discussions(thread, drafts)


def _read_marked_up_page(meta: dict[str, str], body: str, hint: Hint) -> Thread | None:
    """The thread of a page whose tags were left in its Markdown; None for other sources."""
    from rumor_tui.readers.markdown_html import has_page_tags, page_html

    if not has_page_tags(body):
        return None
    from rumor_tui.model import SourceError, Thread
    from rumor_tui.readers import html

    try:
        content = html.read(page_html(body, _title(meta, body)[0]), hint)
    except SourceError:
        return None
    return content if isinstance(content, Thread) and (len(content) or content.article.pieces) else None


_FEW = 3
_TAG = re.compile(r"<[^<>]{0,4000}>")


def _has_filled_comments(page: Thread) -> bool:
    """Whether a page has some comments, and most of them have a text besides their tags."""
    filled = sum(bool(_TAG.sub("", body).strip()) for body in page.bodies)
    return filled >= _FEW and filled * 2 > len(page)


def _read_page(meta: dict[str, str], body: str, hint: Hint) -> Thread | None:
    """The thread of a page that a tool wrote as Markdown; None where the source holds no discussion."""
    from rumor_tui import blocks, markdown_format
    from rumor_tui.model import ThreadBuilder
    from rumor_tui.readers.dates.parse import parse_date
    from rumor_tui.readers.markdown_page import find_page_discussion

    page = find_page_discussion(body)
    if page is None:
        return None
    article = _article(meta, page.article)
    if "title" not in meta and page.title:
        article.title, article.pieces = page.title, blocks.split_markdown(page.article)
    article.byline = article.byline or markdown_format.clean_field(page.byline)
    if article.published is None and page.written:
        article.published, article.published_text = parse_date(page.written), page.written
    builder = ThreadBuilder(article, page.drafts)
    return builder.build("markdown", source=hint.name, aside=page.aside, confidence=page.confidence)


def _article(meta: dict[str, str], body: str) -> Article:
    from rumor_tui import markdown_format
    from rumor_tui.model import Article

    title, body = _title(meta, body.strip("\n"))
    date = meta.get("date") or meta.get("published") or ""
    published = markdown_format.parse_iso(date)
    points = meta.get("points", "")
    pieces, linked = _pieces(meta, body)
    return Article(
        title=title,
        byline=markdown_format.clean_field(meta.get("author") or meta.get("byline") or meta.get("authors")),
        published=published,
        published_text=markdown_format.clean_field(meta.get("written") or (date if published is None else None)),
        url=markdown_format.clean_field(
            meta.get("url") or (None if linked else meta.get("link")) or meta.get("source")
        ),
        link=markdown_format.clean_field(meta.get("link")) if linked or "url" in meta else None,
        pieces=pieces,
        format="markdown",
        linked=linked,
        discussion_url=markdown_format.clean_field(meta.get("discussion")) if "url" in meta else None,
        score=int(points) if re.fullmatch(r"-?[0-9]{1,18}", points) else None,
    )


def _pieces(meta: dict[str, str], body: str) -> tuple[list[str], LinkedPage | None]:
    """The pieces of the article, and the linked page that it states to hold, with its title as its first piece."""
    from rumor_tui import blocks

    if "linked-url" not in meta:
        return blocks.split_markdown(body), None
    from dataclasses import replace

    from rumor_tui import article_facts, markdown_format

    page = article_facts.read_linked(meta)
    place = meta.get(article_facts.PLACE, "")
    texts = article_facts.split_at_head(body, page, int(place) if place.isdecimal() else 0) if page else None
    if page is None or texts is None:  # the file was changed by hand
        return blocks.split_markdown(body), None
    own, linked = map(blocks.split_markdown, texts)
    head = [f"## {markdown_format.escape_markdown(page.title)}"] if page.title and not page.problem else []
    return [*own, *head, *linked], replace(page, first=len(own))


def _title(meta: dict[str, str], body: str) -> tuple[str, str]:
    """The title, and the body without the heading that repeats it."""
    from rumor_tui import markdown_format

    heading = re.match(_HEADING, body)
    headed = _heading_text(heading["marked"] or heading["ruled"] or "") if heading else ""
    if "title" in meta:
        title = markdown_format.clean_field(meta["title"]) or ""
        return title, body[heading.end() :].lstrip("\n") if heading and title and headed == title else body
    if heading and headed:
        return headed, body[heading.end() :].lstrip("\n")
    later = re.search(_LATER_HEADING, body)
    return _heading_text(later[1]) if later else "", body


def _heading_text(written: str) -> str:
    """The text of a heading. One that `export` wrote is only unescaped; any other one is read as Markdown."""
    from rumor_tui import blocks, markdown_format

    written = re.sub(_CLOSING, "", written.strip()).strip()
    plain = markdown_format.unescape_markdown(written)
    if markdown_format.escape_markdown(plain) == written:
        return markdown_format.clean_field(plain) or ""
    return markdown_format.clean_field(blocks.body_text(written, "markdown")) or ""


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The values of the front matter and the text below it; values in double quotes are JSON strings.

    Notes stay as they are written: they are only set aside, and compared with the source.
    """
    import json

    from rumor_tui import blocks

    meta, rest = blocks.split_front_matter(text)
    header = text[: len(text) - len(rest)] if meta else ""
    for key, quoted in re.findall(r'^(\w[\w-]*):[ \t]*("(?:[^"\\\n]|\\.)*")[ \t]*$', header, re.MULTILINE):
        if key == "notes":
            continue
        try:
            meta[key.lower()] = json.loads(quoted)
        except ValueError:
            continue
    return meta, rest
