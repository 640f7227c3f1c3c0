"""Listings: one for what holds several threads, and the one thread that a listing is when it must be one."""

from __future__ import annotations

from rumor_tui.model import Article, Draft, Entry, Listing, Thread, ThreadBuilder


def whole(content: Thread | Listing) -> Thread:
    """The content as one thread, which is what an export and a plain terminal show.

    A listing that knows no better becomes its title with a comment for each entry. Raises SourceError.
    """
    if isinstance(content, Thread):
        return content
    if content.whole is not None:
        return content.whole()
    builder = ThreadBuilder(Article(title=content.title))
    for entry in content.entries:
        builder.add(_draft(entry))
    return builder.build("plain", source=content.source)


def readable(content: Thread | Listing) -> Thread | Listing:
    """The content as a reader wants it: where there is but one thing to choose from, that. Raises SourceError.

    An export of a mailbox has all its messages as comments; who reads a mailbox of one thread reads that thread.
    """
    if isinstance(content, Listing) and content.whole is not None and len(content.entries) == 1:
        return content.open(0)
    return content


def _draft(entry: Entry) -> Draft:
    parts = [entry.title]
    if entry.comments is not None:
        parts.append(f"{entry.comments:,} comment{'' if entry.comments == 1 else 's'}")
    return Draft(
        body="\n\n".join(part for part in (" · ".join(parts), entry.summary) if part),
        author=entry.byline,
        published=entry.published,
        published_text=entry.published_text,
        url=entry.address or None,
    )
