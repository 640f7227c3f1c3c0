"""The XML exports of single sites, each as a feed of articles and the comments that answer them.

Disqus: help.disqus.com, "Comments Export" and "Custom XML Import Format" (disqus.com/disqus-internals). Bugzilla: the
`ctype=xml` of `show_bug.cgi`, by `bugzilla.dtd`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from rumor_tui.readers.feed.items import Feed, FeedItem, plain_line, plain_to_html
from rumor_tui.readers.feed.xml_tree import ChildElements, child_elements, first_text

_DISQUS_ID = "{http://disqus.com/disqus-internals}id"
_QUOTED_COMMENT = re.compile(r"\(In reply to [^()\n]{0,200}?comment #(\d{1,7})\)")


def _read_disqus(root: Any) -> Feed:
    """Threads with their posts; those without a text and posts are left out, since they are only addresses."""
    fields = child_elements(root)
    posts = [_disqus_post(element) for element in fields.get("post", ())]
    answered = {name for post in posts for name in post.answers}
    threads = [_disqus_thread(element) for element in fields.get("thread", ())]
    kept = [thread for thread in threads if thread.id in answered or thread.content]
    hidden = [post for post in posts if post.aside]
    for thread in kept:
        thread.aside = "\n\n".join(post.aside for post in hidden if thread.id in post.answers)
    titles = [plain_line(first_text(child_elements(element), ("title",))) for element in fields.get("category", ())]
    shown = [post for post in posts if not post.aside]
    return Feed(title=next(filter(None, titles), "") or "Disqus", items=[*kept, *shown], export=True)


def _disqus_thread(element: Any) -> FeedItem:
    fields = child_elements(element)
    return FeedItem(
        title=plain_line(first_text(fields, ("title",))),
        author=_disqus_author(fields),
        id=f"thread-{element.get(_DISQUS_ID, '')}",
        link=first_text(fields, ("link",)).strip(),
        date=first_text(fields, ("createdat",)).strip(),
        content=first_text(fields, ("message",)).strip(),
    )


def _disqus_post(element: Any) -> FeedItem:
    fields = child_elements(element)
    parents = [f"{parent.get(_DISQUS_ID, '')}" for parent in fields.get("parent", ())]
    threads = [f"thread-{thread.get(_DISQUS_ID, '')}" for thread in fields.get("thread", ())]
    message = first_text(fields, ("message",)).strip()
    is_hidden = any(first_text(fields, (name,)).strip().lower() == "true" for name in ("isspam", "isdeleted"))
    return FeedItem(
        author=_disqus_author(fields),
        id=element.get(_DISQUS_ID, ""),
        date=first_text(fields, ("createdat",)).strip(),
        content=message,
        answers=tuple(filter(None, (*parents, *threads))),
        aside=message if is_hidden else "",
    )


def _disqus_author(fields: ChildElements) -> str:
    people = [child_elements(author) for author in fields.get("author", ())]
    return plain_line(first_text(people[0], ("name", "username"))) if people else ""


def _read_bugzilla(root: Any) -> Feed:
    """Bugs, whose first text is the article; a comment that says “In reply to comment #2” answers that one."""
    items: list[FeedItem] = []
    for bug in child_elements(root).get("bug", ()):
        fields = child_elements(bug)
        number = first_text(fields, ("bug_id",)).strip()
        texts = [child_elements(text) for text in fields.get("long_desc", ())]
        if not number or not texts:
            continue
        first, *others = texts
        base = root.get("urlbase", "")
        article = FeedItem(
            title=plain_line(first_text(fields, ("short_desc",))),
            author=_bugzilla_name(first, "who") or _bugzilla_name(fields, "reporter"),
            id=f"bug-{number}",
            link=f"{base.rstrip('/')}/show_bug.cgi?id={number}" if base.startswith("http") else "",
            date=first_text(first, ("bug_when",)).strip() or first_text(fields, ("creation_ts",)).strip(),
            content=plain_to_html(first_text(first, ("thetext",))),
        )
        items.append(article)
        items += [_bugzilla_comment(text, place, article) for place, text in enumerate(others, 1)]
    return Feed(title="Bugzilla", items=items, export=True)


def _bugzilla_comment(fields: ChildElements, place: int, article: FeedItem) -> FeedItem:
    text = first_text(fields, ("thetext",))
    number = first_text(fields, ("comment_count",)).strip() or str(place)
    answered = _QUOTED_COMMENT.search(text[:2_000])
    above = answered[1] if answered else ""
    return FeedItem(
        author=_bugzilla_name(fields, "who"),
        id=f"{article.id}-{number}",
        link=f"{article.link}#c{number}" if article.link else "",
        date=first_text(fields, ("bug_when",)).strip(),
        content=plain_to_html(text),
        answers=(*((f"{article.id}-{above}",) if above and above != number else ()), article.id),
    )


def _bugzilla_name(fields: ChildElements, field: str) -> str:
    """The full name of a person, or else the login."""
    person = next(iter(fields.get(field, ())), None)
    return "" if person is None else plain_line(person.get("name") or person.text or "")


SITES: Final[dict[str, Callable[[Any], Feed]]] = {"disqus": _read_disqus, "bugzilla": _read_bugzilla}
"""What reads an export, by the name of its root element."""
