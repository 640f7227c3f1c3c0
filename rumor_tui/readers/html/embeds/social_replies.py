"""Blogs whose comments are the replies to a post on Mastodon, Bluesky or Telegram that a script loads.

There is no one program for that but a few that are copied from blog to blog: elements of their own, or a box and a
script with the host and the number in it. A button that shares the page, a link to a profile and a post that is quoted
by the network's own frame are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from rumor_tui.readers.html.embeds.markup import Element, Markup
from rumor_tui.readers.html.embeds.system import System

_TALK: Final = r"(?:comment|repl(?:y|ies)|discuss|thread|conversation|respons)"
_NO_BOX: Final = frozenset({"a", "iframe", "blockquote", "link", "meta", "img", "html", "body", "title"})
_COMMENTS: Final = re.compile(r"comment|repl(?:y|ies)|discuss|respons", re.IGNORECASE)
_NAMES: Final = ("id", "class", "component-url", "component-export", "data-component")
"""Attributes by which a box is named; those of components are Astro's."""

_STATUS_ID: Final = r"(?:[0-9]{6,20}|01[0-9A-Z]{24}|[0-9A-Za-z]{18})"
"""A status' number on Mastodon, GoToSocial's ULID, or Pleroma's flake."""
_HOST: Final = r"(?:[a-z0-9-]{1,63}\.){1,8}[a-z0-9-]{1,63}(?::[0-9]{1,5})?"
_STATUS_ADDRESS: Final = re.compile(
    rf"(https?)://({_HOST})/(?:web/)?(?:@|users/)[\w.@-]{{1,200}}/(?:statuses/)?({_STATUS_ID})(?![\w/])", re.IGNORECASE
)
_STATUS_CALL: Final = re.compile(rf"(https?)://({_HOST})/api/v1/statuses/({_STATUS_ID})(?:/|\W|$)", re.IGNORECASE)
_HOSTS: Final = ("host", "data-host", "data-mastodon-host", "data-instance", "data-server", "instance", "server")
_IDS: Final = (
    *("tootid", "toot-id", "data-tootid", "data-toot-id", "data-id", "data-mastodon-id", "data-status-id"),
    *("data-post-id", "status-id", "statusid"),
)
_STATUS_LITERAL: Final = re.compile(r"""`(https?://[^`\n]{1,200}/api/v1/statuses/[^`\n]{1,200})`""")
_JOINED_CALL: Final = re.compile(
    r"""["'](https?://)["'](\s{0,9}\+[^;,)\n]{1,200}["']/api/v1/statuses/["'][^;,)\n]{1,100})"""
)
_PASSED: Final = re.compile(
    rf"""["']({_HOST})["']\s{{0,9}},\s{{0,9}}(?:["'][^"'\n]{{0,60}}["']\s{{0,9}},\s{{0,9}})?["']({_STATUS_ID})["']"""
)
"""Host and number as the arguments of a function, with another one between them or without."""
_MASTODON_HOSTS: Final = (
    *("mastodonHost", "mastodon_host", "MASTODON_HOST", "mastodonInstance", "mastodonServer", "fediverseHost"),
    *("instance", "server", "host"),
)
_MASTODON_IDS: Final = (
    *("tootId", "toot_id", "tootID", "TOOT_ID", "mastodonId", "mastodon_id", "mastodonPostId", "mastodonTootId"),
    *("MASTODON_POST_ID", "statusId", "status_id", "postId", "id"),
)

_AUTHOR: Final = r"(did:[a-z]{1,20}:[\w.:%-]{1,200}|[\w.-]{1,253})"
_POST_URI: Final = re.compile(rf"at://{_AUTHOR}/app\.bsky\.feed\.post/(\w{{1,64}})")
_POST_ADDRESS: Final = re.compile(rf"https://bsky\.app/profile/{_AUTHOR}/post/(\w{{1,64}})")
_HANDLES: Final = ("data-did", "did", "data-handle", "handle", "data-author", "author", "data-user")
_KEYS: Final = ("data-rkey", "rkey", "data-post-id", "data-post", "data-id", "post-id")
_TELEGRAM_POST: Final = re.compile(r"[\w]{3,64}/[0-9]{1,12}")


class Network(NamedTuple):
    """What boxes of replies are called after: alternatives of a pattern."""

    boxes: re.Pattern[str]

    def named(self, markup: Markup) -> Iterator[Element]:
        """The boxes by name."""
        for tag, attributes in markup.elements:
            names = " ".join([tag, *(attributes.get(name, "") for name in _NAMES)])
            if tag not in _NO_BOX and self.boxes.search(names):
                yield tag, attributes


def _network(names: str) -> Network:
    pattern = rf"(?:{names})[\w-]{{0,40}}?{_TALK}|{_TALK}[\w-]{{0,40}}?(?:{names})"
    return Network(re.compile(pattern, re.IGNORECASE))


_MASTODON: Final = _network("mastodon|fediverse|toot|mstdn|activitypub")
_BLUESKY: Final = _network("bluesky|bsky|atproto")


def mastodon(markup: Markup) -> tuple[str, ...] | None:
    """The origin of the server, and the number of the status.

    The forms: https://carlschwan.eu/2020/12/29/adding-comments-to-your-static-blog-with-mastodon/ (a script),
    https://github.com/dpecos/mastodon-comments (an element), https://www.npmjs.com/package/@oom/mastodon-comments.
    """
    boxes = list(_MASTODON.named(markup))
    for _, attributes in boxes or _comment_boxes(markup):
        found = _status_in(attributes)
        if found:
            return found
    if "/api/v1/statuses/" in markup.scripts.replace("\\/", "/") or boxes:
        return _status_in_scripts(markup, sure=bool(boxes)) or (_linked_status(markup) if boxes else None)
    return None


def _comment_boxes(markup: Markup) -> Iterator[Element]:
    """Boxes of comments that name a host and a status in attributes, and elements of comments with an address."""
    for tag, attributes in markup.elements:
        name = f"{tag} {attributes.get('id', '')} {attributes.get('class', '')}"
        is_own = "-" in tag and not attributes.keys().isdisjoint(("src", "mastodon", "bluesky"))
        if tag not in _NO_BOX and _COMMENTS.search(name) and (is_own or not attributes.keys().isdisjoint(_HOSTS)):
            yield tag, attributes


def _status_in(attributes: dict[str, str]) -> tuple[str, ...] | None:
    """The status that the attributes of a box name: by its address, or by host and number."""
    for value in attributes.values():
        match = _STATUS_ADDRESS.fullmatch(value) or _STATUS_CALL.search(value)
        if match:
            return f"{match[1].lower()}://{match[2].lower()}", match[3]
    return _status(_first(attributes, _HOSTS), _first(attributes, _IDS))


def _status(host: str, number: str) -> tuple[str, ...] | None:
    match = re.fullmatch(rf"(?:(https?)://)?({_HOST})/?", host, re.IGNORECASE)
    if match is None or not re.fullmatch(_STATUS_ID, number):
        return None
    return f"{(match[1] or 'https').lower()}://{match[2].lower()}", number


def _first(attributes: dict[str, str], names: Iterable[str]) -> str:
    return next((attributes[name] for name in names if attributes.get(name)), "")


def _status_in_scripts(markup: Markup, *, sure: bool) -> tuple[str, ...] | None:
    """The status in a script of the page: in the address that it asks, in its settings, or in the address of a post.

    `sure` says that the page has a box for replies; without one it must have a box for comments at least.
    """
    scripts = markup.scripts.replace("\\/", "/")
    if not sure and not any(_COMMENTS.search(attributes.get("id", "")) for _, attributes in markup.elements):
        return None
    match = _STATUS_CALL.search(scripts) or _STATUS_CALL.search(_joined_call(markup, scripts))
    if match:
        return f"{match[1].lower()}://{match[2].lower()}", match[3]
    passed = _PASSED.search(scripts) if sure else None
    if passed and (found := _status(passed[1], passed[2])):
        return found
    found = _status(markup.setting(*_MASTODON_HOSTS), _number_setting(markup, _MASTODON_IDS))
    match = _STATUS_ADDRESS.search(scripts) if found is None else None
    return (f"{match[1].lower()}://{match[2].lower()}", match[3]) if match else found


def _joined_call(markup: Markup, scripts: str) -> str:
    """The address that a script asks for a status' replies, where it joins it from variables; "" without."""
    literal, joined = _STATUS_LITERAL.search(scripts), _JOINED_CALL.search(scripts)
    if literal and (address := markup.resolved(literal[1])):
        return address
    return markup.resolved(joined[1], joined[2]) if joined else ""


def _linked_status(markup: Markup) -> tuple[str, ...] | None:
    """The only status that the page links to: the one that a reader is asked to answer."""
    links = (_STATUS_ADDRESS.fullmatch(attributes["href"]) for attributes in markup.with_attribute("href", "^https://"))
    found = {(f"{match[1].lower()}://{match[2].lower()}", match[3]) for match in links if match}
    return found.pop() if len(found) == 1 else None


def _number_setting(markup: Markup, names: Iterable[str]) -> str:
    """The first setting that can be the number of a status: numbers of posts of the blog are shorter."""
    return next((value for name in names if re.fullmatch(_STATUS_ID, value := markup.setting(name))), "")


def bluesky(markup: Markup) -> tuple[str, ...] | None:
    """The author (a handle or a DID) and the key of the post.

    The forms: https://www.npmjs.com/package/bluesky-comments-tag and /bluesky-comments (elements), Quarto's extension,
    and scripts that ask `app.bsky.feed.getPostThread` (https://docs.bsky.app/docs/api/app-bsky-feed-get-post-thread).
    """
    boxes = list(_BLUESKY.named(markup))
    for _, attributes in (*boxes, *_comment_boxes(markup)):
        for value in attributes.values():
            if found := _post_in(value):
                return found
        author, key = _first(attributes, _HANDLES), _first(attributes, _KEYS)
        if re.fullmatch(_AUTHOR, author) and re.fullmatch(r"\w{8,64}", key):
            return author, key
    scripts = markup.scripts.replace("\\/", "/")
    if boxes or "getPostThread" in scripts:
        return _post_in(scripts) or (_linked_post(markup) if boxes else None)
    return None


def _post_in(text: str) -> tuple[str, ...] | None:
    match = _POST_URI.search(text) or _POST_ADDRESS.search(text)
    return (match[1], match[2]) if match else None


def _linked_post(markup: Markup) -> tuple[str, ...] | None:
    """The only post that the page links to: the one that a reader is asked to answer."""
    posts = {_post_in(attributes["href"]) for attributes in markup.with_attribute("href", _POST_ADDRESS.pattern)}
    return posts.pop() if len(posts) == 1 else None


def telegram(markup: Markup) -> tuple[str, ...] | None:
    """The channel and the number of the post whose discussion the page shows (https://core.telegram.org/widgets)."""
    for attributes in markup.with_attribute("data-telegram-discussion"):
        if _TELEGRAM_POST.fullmatch(attributes["data-telegram-discussion"]):
            return (attributes["data-telegram-discussion"],)
    return None


SYSTEMS: Final[tuple[System, ...]] = (
    System("mastodon", ("mastodon", "Mastodon", "fediverse", "Fediverse", "/statuses/", "toot"), mastodon),
    System("bluesky", ("bluesky", "Bluesky", "bsky", "BlueSky"), bluesky),
    System("telegram", ("data-telegram-discussion=",), telegram),
)
