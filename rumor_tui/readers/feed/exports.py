"""What the exports of sites add to a feed: the comments of an item, inside it or as items of their own.

WordPress's export (WXR) is RSS whose items hold `wp:comment` elements; Jira's view of an issue as XML is RSS whose
items hold `comments`; Blogger's export is Atom in which posts, comments, pages and settings are entries that a `kind`
tells apart, in newer ones `blogger:type`. Sources: wordpress.org/documentation/article/tools-export-screen and
`wp-admin/includes/export.php` of WordPress; Jira's "Export XML"; Blogger's "Back up content".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from rumor_tui.readers.feed.items import FeedItem, plain_line
from rumor_tui.readers.feed.xml_tree import ChildElements, child_elements, elements_named, first_text

_SYSTEM_TYPES = frozenset(
    {
        *("attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache"),
        *("user_request", "scheduled-action"),
    }
)
"""WordPress's post types that are no articles; those of its editor begin with `wp_`."""

_NOT_PUBLIC = frozenset({"0", "spam", "trash", "post-trashed"})
"""States of WordPress's comments that the site does not show."""

_ENTRIES_KEPT = frozenset({"post", "page", "comment"})
_ENTRY_NUMBER = re.compile(r"(tag:.{1,200}post-)\d+\Z")
_COMMENT_ADDRESS = re.compile(r"/comments/(?:default|full)/(\d+)/?\Z")
_EMPTY_DATE = re.compile(r"0000-00-00|.*-0001")
_BLOCK = re.compile(
    r"\s*<(?:/?(?:p|div|h[1-6]|ul|ol|li|table|thead|tbody|tr|t[dh]|blockquote|pre|figure|hr|section|form|dl|d[td])\b|!--)",
    re.IGNORECASE,
)
_PREFORMATTED = re.compile(r"(<pre\b.*?(?:</pre>|\Z))", re.DOTALL | re.IGNORECASE)
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")


def is_export_item(fields: ChildElements) -> bool:
    """Whether an item is of an export of a whole site or issue, not of a feed of what is new."""
    in_issue = any(len(holder) for holder in fields.get("comments", ()))
    return in_issue or "wp:post_type" in fields or "wp:comment" in fields or bool(entry_kind(fields))


def entry_kind(fields: ChildElements) -> str:
    """What an entry of Blogger's export is: "post", "comment", "page", "settings", "template"; else empty."""
    kind = first_text(fields, ("blogger:type",)).strip().lower()
    for category in fields.get("category", ()):
        if category.get("scheme", "").endswith("#kind"):
            kind = category.get("term", "").rpartition("#")[2].lower()
    return kind


def is_system_item(fields: ChildElements) -> bool:
    """Whether an item is part of the site's machinery: a menu, an attachment, a template, a setting."""
    kind = first_text(fields, ("wp:post_type",)).strip()
    if kind:
        return (kind in _SYSTEM_TYPES or kind.startswith("wp_")) and "wp:comment" not in fields
    entry = entry_kind(fields)
    return bool(entry) and entry not in _ENTRIES_KEPT


def display_names(channel: ChildElements) -> dict[str, str]:
    """The names that a WordPress site shows for the logins of its authors."""
    names: dict[str, str] = {}
    for author in channel.get("wp:author", ()):
        fields = child_elements(author)
        shown = plain_line(first_text(fields, ("wp:author_display_name",)))
        if shown:
            names[plain_line(first_text(fields, ("wp:author_login",)))] = shown
    return names


def usable_date(*written: str) -> str:
    """The first date that is one: drafts and imported comments have zeros in some of theirs."""
    return next((date.strip() for date in written if date.strip() and not _EMPTY_DATE.match(date.strip())), "")


def issue_title(fields: ChildElements) -> str:
    """The title of an issue without its key, which precedes it in the title of the feed's item."""
    return plain_line(first_text(fields, ("summary",))) if "key" in fields else ""


def answered_entries(fields: ChildElements) -> Iterator[str]:
    """The identifiers that a comment in Blogger's export answers, the comment before the post.

    The related link is the address of the answered comment, whose last part is the number at the end of its identifier.
    """
    yield first_text(fields, ("blogger:inreplyto",))
    yield first_text(fields, ("blogger:parent",))
    stem = _ENTRY_NUMBER.match(first_text(fields, ("id",)).strip())
    for link in fields.get("link", ()):
        number = _COMMENT_ADDRESS.search(link.get("href", "")) if link.get("rel") == "related" else None
        if stem and number:
            yield stem[1] + number[1]


def item_comments(fields: ChildElements, item: FeedItem) -> list[FeedItem]:
    """The comments inside an item, which answer it or each other; the item gets a name where it has none."""
    found = [child_elements(element) for element in fields.get("wp:comment", ())]
    if found:
        item.id = item.id or f"post-{first_text(fields, ('wp:post_id',)).strip()}"
        return _wordpress_comments(found, item)
    holder = next(iter(fields.get("comments", ())), None)
    if holder is None or not len(holder):
        return []
    item.id = item.id or item.link or item.title
    people = _people_of_issue(fields)
    return [_issue_comment(element, item, people) for element in holder]


def _wordpress_comments(found: list[ChildElements], item: FeedItem) -> list[FeedItem]:
    """The public comments; those that are not become the item's `aside`, and who answers them answers above them."""
    parents = {_number(fields, "wp:comment_id"): _number(fields, "wp:comment_parent") for fields in found}
    hidden = {_number(fields, "wp:comment_id"): fields for fields in found if _is_hidden(fields)}
    item.aside = "\n\n".join(first_text(fields, ("wp:comment_content",)).strip() for fields in hidden.values())
    kept: list[FeedItem] = []
    for fields in found:
        number = _number(fields, "wp:comment_id")
        if number in hidden and hidden[number] is fields:
            continue
        parent, steps = parents.get(number, ""), 0
        while parent in hidden and steps < len(parents):
            parent, steps = parents.get(parent, ""), steps + 1
        kept.append(_wordpress_comment(fields, number, parent, item))
    return kept


def _is_hidden(fields: ChildElements) -> bool:
    return first_text(fields, ("wp:comment_approved",)).strip() in _NOT_PUBLIC


def _number(fields: ChildElements, name: str) -> str:
    return first_text(fields, (name,)).strip()


def _wordpress_comment(fields: ChildElements, number: str, parent: str, item: FeedItem) -> FeedItem:
    dates = ("wp:comment_date_gmt", "wp:comment_date")
    return FeedItem(
        author=plain_line(first_text(fields, ("wp:comment_author",))),
        id=number,
        link=f"{item.link}#comment-{number}" if item.link and number else "",
        date=usable_date(*(first_text(fields, (name,)) for name in dates)),
        content=paragraphs(first_text(fields, ("wp:comment_content",))),
        answers=tuple(filter(None, (parent if parent != "0" else "", item.id))),
    )


def paragraphs(written: str) -> str:
    """The HTML of a text in which WordPress makes paragraphs of empty lines and breaks of other newlines."""
    text = written.replace("\r\n", "\n").strip()
    if "<!-- wp:" in text or re.search(r"<p[\s>]", text, re.IGNORECASE):
        return text
    parts = _PREFORMATTED.split(text)
    return "".join(
        part if at % 2 else "".join(map(_paragraph, _PARAGRAPHS.split(part))) for at, part in enumerate(parts)
    )


def _paragraph(text: str) -> str:
    text = text.strip("\n")
    if not text.strip() or _BLOCK.match(text):
        return text
    return "<p>" + text.replace("\n", "<br>\n") + "</p>"


def _people_of_issue(fields: ChildElements) -> dict[str, str]:
    """The full names of an issue's people by their user names or account ids."""
    people: dict[str, str] = {}
    for element in elements_named(fields, ("reporter", "assignee", "creator")):
        for key in ("username", "accountid"):
            if element.get(key) and (element.text or "").strip():
                people[element.get(key)] = plain_line(element.text)
    return people


def _issue_comment(element: Any, item: FeedItem, people: Mapping[str, str]) -> FeedItem:
    author = element.get("author", "")
    number = element.get("id", "")
    return FeedItem(
        author=plain_line(people.get(author, author)),
        id=number,
        link=f"{item.link}#comment-{number}" if item.link and number else "",
        date=element.get("created", ""),
        content="".join(element.itertext()).strip(),
        answers=tuple(filter(None, (element.get("parent", ""), item.id))),
    )
