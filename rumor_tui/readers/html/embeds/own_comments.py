"""Comments that a site keeps itself and its pages load by a script, or only in part."""

from __future__ import annotations

import json
import re
from typing import Any, Final
from urllib.parse import urlsplit

from rumor_tui.readers.html.embeds import social_replies
from rumor_tui.readers.html.embeds.markup import Markup
from rumor_tui.readers.html.embeds.system import System

_BLOGGER_FEED: Final = re.compile(r"/feeds/([0-9]{5,25})/comments/default")
_DIGITS: Final = re.compile(r"[0-9]{1,25}")
_IDENTIFIER: Final = re.compile(r"[0-9a-f]{24}")
"""An identifier of Ghost's: 12 bytes in hexadecimal."""
_PRELOADS: Final = re.compile(r'window\._preloads\s{0,9}=\s{0,9}JSON\.parse\(("(?>(?:[^"\\]|\\.)*)")\)', re.DOTALL)
_MENTIONS_ASKED: Final = re.compile(r"webmention\.io/api/mentions(?:\.jf2|\.json)?\?target=")
_WORDPRESS_ENTRY: Final = re.compile(r"/wp/v2/(?:posts|pages)/([0-9]{1,18})/?$")
_WORDPRESS_SHORT: Final = re.compile(r"[?&]p=([0-9]{1,18})(?:&|$)")
_FURTHER_COMMENTS: Final = re.compile(r"/comment-page-[0-9]|[?&]cpage=[0-9]")
_LATE_COMMENTS: Final = re.compile(r"(?:^|\s)(?:wpdiscuz-comment-pagination|llc_comments)(?:\s|$)")
"""Classes and identifiers of elements that load WordPress comments later: the plug-ins wpDiscuz and Lazy Load for
Comments. What is there and hidden has nothing to load."""


def _origin(address: str) -> str:
    """Scheme, host and port of an absolute address; "" for another one."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else ""


def blogger(markup: Markup) -> tuple[str, ...] | None:
    """The origin that has the post's comment feed, and the number of the post.

    The head of every page of a post links to its feed of comments
    (https://support.google.com/blogger/answer/97933); themes without it have the number in a `meta` element.
    """
    for attributes in markup.with_attribute("href", _BLOGGER_FEED.pattern):
        feed = markup.absolute(attributes["href"])
        number = _BLOGGER_FEED.search(feed)
        if number and attributes.get("rel") == "alternate":
            return _origin(feed), number[1]
    named = markup.first("itemprop", "^postId$") or {}
    number = _DIGITS.fullmatch(named.get("content") or markup.setting("postId"))
    origin = _origin(markup.canonical)
    return (origin, number[0]) if number and origin and markup.first("content", "^blogger$") else None


def substack(markup: Markup) -> tuple[str, ...] | None:
    """The origin of the publication and the number of the post, by the data that its pages hand to their scripts."""
    match = _PRELOADS.search(markup.text)
    post = _decoded(match[1]).get("post") if match else None
    number = post.get("id") if isinstance(post, dict) else None
    if not isinstance(post, dict) or not isinstance(number, int) or isinstance(number, bool):
        return None
    address = post.get("canonical_url")
    origin = _origin(markup.canonical) or (_origin(address) if isinstance(address, str) else "")
    return (origin, str(number)) if origin and post.get("comment_count") != 0 else None


def _decoded(literal: str) -> dict[str, Any]:
    """The object in a string literal of JSON."""
    try:
        value = json.loads(json.loads(literal))
    except (ValueError, TypeError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def ghost(markup: Markup) -> tuple[str, ...] | None:
    """The address of the site and the identifier of the post, from the element that loads Ghost's own comments.

    https://ghost.org/docs/themes/helpers/data/comments/.
    """
    for attributes in markup.with_attribute("data-ghost-comments"):
        site = markup.absolute(attributes["data-ghost-comments"])
        post = attributes.get("data-post-id", "")
        if site and _IDENTIFIER.fullmatch(post):
            return site.partition("?")[0].partition("#")[0], post
    return None


def webmention(markup: Markup) -> tuple[str, ...] | None:
    """The page's address, where webmention.io receives its mentions, or is asked for them (https://github.com/aaronpk/webmention.io)."""
    for attributes in markup.with_attribute("rel", r"(?:^|\s)(?:webmention|http://webmention\.org/)(?:\s|$)"):
        endpoint = markup.absolute(attributes.get("href", ""))
        if _origin(endpoint).partition("://")[2].lower() in ("webmention.io", "www.webmention.io"):
            return (markup.canonical,) if markup.canonical else None
    asked = _MENTIONS_ASKED.search(markup.scripts) and markup.canonical
    return (markup.canonical,) if asked else None


def wordpress(markup: Markup) -> tuple[str, ...] | None:
    """The REST interface of the site and the post's number, where the page has only some of its comments.

    https://developer.wordpress.org/rest-api/using-the-rest-api/discovery/. A page has some where it links to further
    pages of comments, or to a plug-in that loads them.
    """
    api = markup.first("rel", r"^https://api\.w\.org/$")
    late = [
        *markup.with_attribute("class", _LATE_COMMENTS.pattern),
        *markup.with_attribute("id", _LATE_COMMENTS.pattern),
    ]
    hidden = all("none" in attributes.get("style", "") for attributes in late)
    if api is None or (hidden and not markup.first("href", _FURTHER_COMMENTS.pattern)):
        return None
    base = markup.absolute(api.get("href", ""))
    number = _entry_number(markup)
    return (base, number) if base and number else None


def _entry_number(markup: Markup) -> str:
    """The number of a WordPress page's own entry: by its address in the interface, or its short link."""
    for attributes in markup.with_attribute("href", _WORDPRESS_ENTRY.pattern.replace("/?$", "/?(?:$|&)")):
        entry = _WORDPRESS_ENTRY.search(attributes["href"].replace("%2F", "/"))
        if entry and attributes.get("rel") == "alternate" and attributes.get("type") == "application/json":
            return entry[1]
    short = markup.first("rel", "^shortlink$") or {}
    number = _WORDPRESS_SHORT.search(short.get("href", ""))
    return number[1] if number else ""


SYSTEMS: Final[tuple[System, ...]] = (
    System("blogger", ("/comments/default", "postId"), blogger),
    System("substack", ("window._preloads",), substack),
    System("ghost", ("data-ghost-comments=",), ghost),
    System("webmention", ("webmention.io/",), webmention),
    System("wordpress", ("api.w.org",), wordpress),
    *social_replies.SYSTEMS,
)
