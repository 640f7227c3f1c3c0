"""Sites whose pages load their own comments by a script."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.sources import threads
from tests.sources.replies import Query, Reply, Route, as_html, as_json, cut, number

SIZES = {"blogger": 320, "substack": 150, "ghost": 180, "webmention": 130, "mastodon": 30, "bluesky": 40,
         "wordpress": 250, "telegram": 60}  # fmt: skip
"""The comments below each system's page."""

GHOST_POST = "63f5e9b1c2d3a40001abcdef"
BLOGGER_POST = "5000000000000000001"

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Six hundred cars</title>{head}</head><body>
<article><h1>Six hundred cars</h1>
<p>The dealers of the town were told a number, and the paper printed it: there would be six hundred cars by summer, and
nobody knew who had said so first, and the works manager, who was asked, laughed and went home.</p>
<p>A year later there were four hundred and fourteen of them, which was more than anybody had asked for, and the number
in the paper was forgotten. This is the story of that number, as far as it can be told.</p></article>
{body}</body></html>"""


def page(head: str = "", body: str = "") -> Reply:
    """An article with what a system needs in its head and below its text."""
    return as_html(_PAGE.format(head=head, body=body))


# Blogger: a feed of comments, 150 a page at most, the newest first.


def blogger_page(match: re.Match[str], query: Query, base: str) -> Reply:
    feed = f"{base}/feeds/{BLOGGER_POST}/comments/default"
    return page(f'<meta content="blogger" name="generator"/><link rel="alternate" type="application/atom+xml" '
                f'title="Six - Atom" href="{feed}" />')  # fmt: skip


def blogger_feed(match: re.Match[str], query: Query, base: str) -> Reply:
    newest_first = threads.made(SIZES["blogger"])[::-1]
    start = number(query, "start-index") - 1
    found = newest_first[start : start + min(number(query, "max-results", 25), 150)]
    entries = [_blogger_entry(one, base) for one in found]
    total = {"openSearch$totalResults": {"$t": str(len(newest_first))}}
    return as_json({"version": "1.0", "feed": {"title": {"$t": "Comments on Six"}, **total, "entry": entries}})


def _blogger_entry(one: threads.Said, base: str) -> dict[str, Any]:
    feed = f"{base}/feeds/{BLOGGER_POST}/comments/default"
    links = [
        {"rel": "self", "type": "application/atom+xml", "href": f"{feed}/{9000 + one.number}"},
        {"rel": "alternate", "type": "text/html", "href": f"{base}/own/blogger/six?showComment=1#c{9000 + one.number}"},
    ]
    links += [{"rel": "related", "href": f"{feed}/{9000 + one.parent}?v=2"}] if one.parent else []
    removed = [{"name": "blogger.contentRemoved", "value": "true"}] if one.number % 50 == 0 else []
    return {
        "id": {"$t": f"tag:blogger.com,1999:blog-1.post-{9000 + one.number}"},
        "published": {"$t": threads.iso(one.moment).replace("Z", ".000+00:00")},
        "title": {"type": "text", "$t": one.body[:10]},
        "content": {"type": "html", "$t": f"{one.body}<br />A second line with 414 &amp; more."},
        "link": links,
        "author": [{"name": {"$t": one.author}, "uri": {"$t": "https://www.blogger.com/profile/1"}}],
        "thr$in-reply-to": {"href": f"{base}/own/blogger/six", "ref": "tag:blogger.com,1999:blog-1.post-5"},
        "gd$extendedProperty": [{"name": "blogger.itemClass", "value": "pid-1"}, *removed],
    }


# Substack: nested comments in one answer.


def substack_page(match: re.Match[str], query: Query, base: str) -> Reply:
    loaded = json.dumps({"post": {"id": 77, "slug": "six", "comment_count": SIZES["substack"], "title": 'A "six"'}})
    return page(body=f"<script>window._preloads        = JSON.parse({json.dumps(loaded)})</script>")


def substack_comments(match: re.Match[str], query: Query, base: str) -> Reply:
    if match[1] != "77":
        return Reply(b'{"errors":[]}', 403)
    replies = threads.below(threads.made(SIZES["substack"]))

    def node(one: threads.Said) -> dict[str, Any]:
        gone = one.number % 50 == 0
        return {
            "id": 8000 + one.number, "body": None if gone else f"{one.body}\n\nA second line.",
            "date": threads.iso(one.moment),
            "name": None if gone else one.author, "deleted": gone, "reaction_count": one.number, "ancestor_path": "",
            "user_id": 1, "post_id": 77, "children": [node(reply) for reply in replies.get(one.number, [])],
            "reactions": {"❤": one.number},
        }  # fmt: skip

    return as_json({"comments": [node(one) for one in replies[0]], "automod_comments": []})


# Ghost: top-level comments, 40 a page here, with their first replies; the others are asked for.


def ghost_page(match: re.Match[str], query: Query, base: str) -> Reply:
    older = match["old"] or ""
    return page(body=f'<script defer src="https://cdn.jsdelivr.net/ghost/comments-ui@~0.16/umd/comments-ui.min.js" '
                f'data-ghost-comments="{base}/own/ghost{older}/" data-api="{base}/own/ghost/ghost/api/content/" '
                f'data-key="22444f78447824223cefc48062" data-post-id="{GHOST_POST}"></script>')  # fmt: skip


def ghost_comments(match: re.Match[str], query: Query, base: str) -> Reply:
    if match["old"] and query.get("filter") != [f"post_id:{GHOST_POST}"]:
        return Reply(b'{"errors":[{"type":"NotFoundError"}]}', 404)
    thread = threads.made(SIZES["ghost"])
    tops = [one for one in thread if not one.parent]
    size = min(number(query, "limit", 20), 40)
    found = [
        {**_ghost_comment(one, thread), "replies": _ghost_replies(one, thread)[:1]} for one in cut(tops, query, size)
    ]
    pagination = {"page": number(query, "page"), "limit": size, "pages": -(-len(tops) // size), "total": len(tops)}
    return as_json({"comments": found, "meta": {"pagination": pagination}})


def ghost_replies(match: re.Match[str], query: Query, base: str) -> Reply:
    thread = threads.made(SIZES["ghost"])
    replies = _ghost_replies(thread[int(match[1], 16) - 1], thread)
    after = query["filter"][0].removeprefix("id:>'").removesuffix("'")
    return as_json({"comments": [one for one in replies if one["id"] > after][:1], "meta": {"pagination": {}}})


def _ghost_replies(top: threads.Said, thread: list[threads.Said]) -> list[dict[str, Any]]:
    return [_ghost_comment(one, thread) for one in thread if one.parent and _root(one, thread) == top]


def _root(one: threads.Said, thread: list[threads.Said]) -> threads.Said:
    while one.parent:
        one = thread[one.parent - 1]
    return one


def _ghost_comment(one: threads.Said, thread: list[threads.Said]) -> dict[str, Any]:
    root = _root(one, thread)
    gone = one.number % 50 == 0
    return {
        "id": f"{one.number:024x}", "post_id": GHOST_POST, "status": "deleted" if gone else "published",
        "parent_id": f"{root.number:024x}" if one.parent else None,
        "in_reply_to_id": f"{one.parent:024x}" if one.parent and one.parent != root.number else None,
        "html": None if gone else f"<p>{one.body}</p><p>A second line.</p>", "created_at": threads.iso(one.moment),
        "member": None if gone else {"id": "1", "name": one.author, "expertise": "cars"}, "liked": False,
        "count": {"likes": one.number, "replies": sum(_root(other, thread) == one for other in thread if other.parent)},
    }  # fmt: skip


# webmention.io: replies among likes, both schemes of an address.


def webmention_page(match: re.Match[str], query: Query, base: str) -> Reply:
    return page(f'<link rel="canonical" href="{base}/own/webmention/six">'
                '<link rel="webmention" href="https://webmention.io/blog.example/webmention" />')  # fmt: skip


def webmention_mentions(match: re.Match[str], query: Query, base: str) -> Reply:
    size, start = number(query, "per-page", 20), number(query, "page", 0)
    target = f"{base}/own/webmention/six/".replace("http:", "https:")
    if target not in query["target[]"] or f"{base}/own/webmention/six" not in query["target[]"]:
        return as_json({"type": "feed", "children": []})
    found = [item for one in threads.made(SIZES["webmention"]) for item in _mentions(one, target)]
    return as_json({"type": "feed", "name": "Webmentions", "children": found[start * size : (start + 1) * size]})


def _mentions(one: threads.Said, target: str) -> list[dict[str, Any]]:
    shared = {
        "type": "entry", "author": {"type": "card", "name": one.author, "url": f"https://{one.author}.example/"},
        "url": f"https://{one.author}.example/notes/{one.number}", "published": threads.iso(one.moment),
        "wm-received": threads.iso(one.moment + 9), "wm-id": 700_000 + one.number, "wm-target": target,
        "wm-source": f"https://brid.gy/{one.number}",
    }  # fmt: skip
    text = (
        {"html": f"<p>{one.body}</p>\n<p>A second line.</p>", "text": one.body}
        if one.number % 2
        else {"text": one.body}
    )
    like = {**shared, "wm-id": 800_000 + one.number, "wm-property": "like-of", "like-of": target}
    return [{**shared, "content": text, "wm-property": "in-reply-to", "in-reply-to": target}, like]


# Replies to posts elsewhere, and WordPress: their interfaces are played by the platforms' own routes.


def mastodon_page(match: re.Match[str], query: Query, base: str) -> Reply:
    return page(body=f'<mastodon-comments src="{base}/@bob/109000000000000001"></mastodon-comments>')


def bluesky_page(match: re.Match[str], query: Query, base: str) -> Reply:
    return page(body='<bluesky-comments url="https://bsky.app/profile/bob.example/post/p0"></bluesky-comments>')


def wordpress_page(match: re.Match[str], query: Query, base: str) -> Reply:
    api = f"{base}/wp/wp-json/"
    return page(
        f'<link rel="https://api.w.org/" href="{api}" /><link rel="alternate" title="JSON" type="application/json" '
        f'href="{api}wp/v2/posts/{6 if match[1] == "closed" else 5}" />',
        f'<div class="nav-previous"><a href="{base}/own/wordpress/six/comment-page-1/">Older</a></div>',
    )


# Telegram: a page of the newest comments, 25 here, and pages that begin at an older one.


def telegram_page(match: re.Match[str], query: Query, base: str) -> Reply:
    return page(
        body='<script async src="https://telegram.org/js/telegram-widget.js?22" data-telegram-discussion="cars/9" '
        'data-comments-limit="5"></script>'
    )


def telegram_discussion(match: re.Match[str], query: Query, base: str) -> Reply:
    thread = threads.made(SIZES["telegram"])
    until = number(query, "comment", 5001 + len(thread)) - 5000
    found = [one for one in thread if one.number < until][-25:]
    more = f'<div class="tme_messages_more js-messages_more" data-before="{5000 + found[0].number}">Show more</div>'
    return as_html(
        '<!DOCTYPE html><html><head><title>Telegram Widget</title></head><body class="body_widget_discussion">'
        f'<h3 class="tgme_post_discussion_header"><span class="js-header">{len(thread)} comments</span> on a post</h3>'
        f'<div class="tgme_post_discussion js-message_history">{more if found[0].number > 1 else ""}'
        f"{''.join(map(_telegram_message, found))}</div></body></html>"
    )


def _telegram_message(one: threads.Said) -> str:
    above = (
        f'<div class="tgme_widget_message_reply js-reply_to" data-reply-to="{5000 + one.parent}"><div '
        'class="tgme_widget_message_author accent_color"><span class="x">somebody</span></div><div '
        'class="tgme_widget_message_text js-message_reply_text" dir="auto">An older comment …</div></div>'
    )
    return (
        '<div class="tgme_widget_message_wrap js-widget_message_wrap">'
        '<div class="tgme_widget_message js-widget_message" '
        f'data-post-id="{5000 + one.number}"><div class="tgme_widget_message_bubble"><div '
        'class="tgme_widget_message_author accent_color"><a class="tgme_widget_message_author_name" '
        f'href="https://t.me/{one.author}"><span dir="auto">{one.author}</span></a></div>{above if one.parent else ""}'
        f'<div class="tgme_widget_message_text js-message_text" dir="auto">{one.body}<br/>A second line.</div><a '
        f'class="tgme_widget_message_date" href="https://t.me/cars/9?comment={5000 + one.number}"><time '
        f'datetime="{threads.iso(one.moment).replace("Z", "+00:00")}">14:05</time></a></div></div></div>'
    )


ROUTES: tuple[tuple[str, Route], ...] = (
    (r"/own/telegram/six", telegram_page),
    (r"/telegram-api/cars/9", telegram_discussion),
    (r"/own/blogger/six", blogger_page),
    (rf"/feeds/{BLOGGER_POST}/comments/default", blogger_feed),
    (r"/own/substack/six", substack_page),
    (r"/api/v1/post/(\d+)/comments", substack_comments),
    (r"/own/ghost(?P<old>-old)?/six/", ghost_page),
    (rf"/own/ghost(?P<old>)/members/api/comments/post/{GHOST_POST}/", ghost_comments),
    (r"/own/ghost(?P<old>-old)/members/api/comments/", ghost_comments),
    (r"/own/ghost-old/members/api/comments/post/.*", lambda match, query, base: Reply(b"{}", 404)),
    (r"/own/ghost(?:-old)?/members/api/comments/([0-9a-f]{24})/replies/", ghost_replies),
    (r"/own/webmention/six", webmention_page),
    (r"/webmention-api/mentions\.jf2", webmention_mentions),
    (r"/own/mastodon/six", mastodon_page),
    (r"/own/bluesky/six", bluesky_page),
    (r"/own/wordpress/(six|closed)/", wordpress_page),
)
"""Patterns of paths, and what answers them."""

ADDRESSES: dict[str, str] = {
    "Blogger": "/own/blogger/six",
    "Substack": "/own/substack/six",
    "Ghost": "/own/ghost/six/",
    "webmention.io": "/own/webmention/six",
    "Mastodon below a blog": "/own/mastodon/six",
    "Bluesky below a blog": "/own/bluesky/six",
    "Telegram below a blog": "/own/telegram/six",
    "WordPress with pages of comments": "/own/wordpress/six/",
}
"""What there is to open: a name, and its path."""
