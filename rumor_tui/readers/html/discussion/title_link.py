"""The page elsewhere that a discussion is about: where the title of its page leads, on sites that discuss links."""

from __future__ import annotations

from collections import Counter
from typing import Final

from rumor_tui.links import page_elsewhere, site_of
from rumor_tui.readers.html import vocabulary
from rumor_tui.readers.html.dom import Dom

_POST_LINK: Final = (("shreddit-post", "content-href"),)
"""Elements that are a post, with the attribute that holds what it links to: Reddit's."""
_MIN_SHARE: Final = 0.5
"""The share of the page's title that the text of the link has: a site's name may follow."""
_MIN_TITLE: Final = 8
"""Characters of a title's key."""


def find_title_link(dom: Dom, title: str, address: str, before: int) -> str | None:
    """Where the link leads that says the page's title, if it is on another site than the page.

    It stands before element `before`, the first comment. `address` is the page's, or "" where that is not known: then
    the site that most links name is taken for its own.
    """
    own = address or _commonest_site(dom)
    for tag, name in _POST_LINK:
        for number in range(before):
            if dom.tag[number] == tag and (found := page_elsewhere(dom.attribute(number, name), own)):
                return found
    key = vocabulary.comparison_key(title)
    if len(key) < _MIN_TITLE:
        return None
    for number in range(before):
        if dom.tag[number] == "a" and "href" in dom.attrs[number] and _says(dom, number, key):
            return page_elsewhere(dom.attribute(number, "href"), own)
    return None


def _says(dom: Dom, number: int, key: str) -> bool:
    text = vocabulary.comparison_key(dom.short_text(number, 400))
    return len(text) >= max(_MIN_TITLE, _MIN_SHARE * len(key)) and key.startswith(text)


def _commonest_site(dom: Dom) -> str:
    """The site that most of the page's links lead to, as an address; "" where most are relative."""
    sites = Counter(site_of(str(attrs["href"] or "")) for attrs in dom.attrs if "href" in attrs)
    site = sites.most_common(1)[0][0] if sites else ""
    return f"https://{site}/" if site else ""
