"""Pages exported by MediaWiki (Special:Export), each read as the wikitext of its last revision.

The format: mediawiki.org/wiki/Help:Export.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from rumor_tui import markdown_format
from rumor_tui.columns import LazyColumn
from rumor_tui.model import Entry, Listing, SourceError, Thread
from rumor_tui.readers.feed.xml_tree import child_elements, first_text
from rumor_tui.readers.source import Hint, hint_inside, name_source


class WikiPage(NamedTuple):
    """The last revision of a page: its title, its author, its time (1970 UTC), and its wikitext."""

    title: str
    author: str | None
    moment: float | None
    text: str


def read_pages(root: Any, hint: Hint) -> Thread | Listing:
    """The only page, or the pages to choose from. Raises SourceError when there is none with a text."""
    pages = [page for element in _children(root, "page") if (page := _page(element)) is not None]
    if not pages:
        raise SourceError(
            f"{name_source(hint)} is an export of MediaWiki without a page that has a text. Export again."
        )
    if len(pages) == 1:
        return _read_page(pages[0], hint)

    def entry(page: WikiPage) -> Entry:
        return Entry(page.title, byline=page.author, published=page.moment)

    site = next(iter(_children(root, "siteinfo")), None)
    name = first_text(_fields(site), ("sitename",)).strip() if site is not None else ""
    title = markdown_format.clean_field(name) or "MediaWiki"
    entries = LazyColumn(entry, pages)
    return Listing(title, entries, lambda index: _read_page(pages[index], hint), source=hint.name, noun="page")


def _children(element: Any, name: str) -> Iterable[Any]:
    return _fields(element).get(name, ())


def _fields(element: Any) -> dict[str, list[Any]]:
    """The children by their names, without the prefix for the namespace, which has the version of the format."""
    return {name.rpartition(":")[2]: held for name, held in child_elements(element).items()}


def _page(element: Any) -> WikiPage | None:
    fields = _fields(element)
    revisions = [_fields(revision) for revision in fields.get("revision", ())]
    if not revisions:
        return None
    last = max(revisions, key=lambda revision: first_text(revision, ("timestamp",)))
    text = first_text(last, ("text",))
    people = [_fields(person) for person in last.get("contributor", ())]
    author = first_text(people[0], ("username", "ip")).strip() if people else ""
    title = markdown_format.clean_field(first_text(fields, ("title",))) or "A page without a title"
    moment = markdown_format.parse_iso(first_text(last, ("timestamp",)).strip())
    return WikiPage(title, markdown_format.clean_field(author), moment, text) if text.strip() else None


def _read_page(page: WikiPage, hint: Hint) -> Thread | Listing:
    from rumor_tui.readers import read_source

    inside = hint_inside(hint, f"{hint.name}/{page.title}.wiki", "utf-8", page.moment)
    content = read_source(page.text.encode("utf-8", "replace"), inside)
    if isinstance(content, Thread):
        content.article.title = page.title
    return content
