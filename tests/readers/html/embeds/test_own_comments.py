"""Pages that load their own comments, and pages that only look so."""

from __future__ import annotations

import json

import pytest

from rumor_tui.readers.html.embeds import find_embeds

ADDRESS = "https://blog.example/2011/six"
GHOST = "63f5e9b1c2d3a40001abcdef"
STATUS = "109000000000000001"
WP = '<link rel="https://api.w.org/" href="https://blog.example/wp-json/" />'
WP_ENTRY = '<link rel="alternate" type="application/json" href="https://blog.example/wp-json/wp/v2/posts/5" />'
WP_OLDER = '<a href="https://blog.example/six/comment-page-1/#comments">Older comments</a>'


def preloads(**post: object) -> str:
    return f"<script>window._preloads = JSON.parse({json.dumps(json.dumps({'post': post}))})</script>"


def found(markup: str, address: str = ADDRESS) -> list[tuple[str, tuple[str, ...]]]:
    text = f"<!doctype html><html><head><title>T</title></head><body><p>Some words.</p>{markup}</body></html>"
    return [(stub.via, stub.keys) for stub in find_embeds(text, address)]


SNIPPETS = {
    "a Blogger post's head": (
        '<link rel="alternate" type="application/atom+xml" title="B - Atom" '
        'href="https://b.blogspot.com/feeds/3644483384123728422/comments/default" />',
        ("blogger", ("https://b.blogspot.com", "3644483384123728422")),
    ),
    "a Blogger theme without that head": (
        "<meta content='blogger' name='generator'/><meta content='3644483384123728422' itemprop='postId'/>",
        ("blogger", ("https://blog.example", "3644483384123728422")),
    ),
    "Blogger's data for widgets": (
        "<meta content='blogger' name='generator'/><script>_WidgetManager._SetDataContext([{'data': {'postId': "
        "'3644483384123728422', 'url': 'x'}}]);</script>",
        ("blogger", ("https://blog.example", "3644483384123728422")),
    ),
    "a Substack post": (preloads(id=77, slug="six", comment_count=3), ("substack", ("https://blog.example", "77"))),
    "a Substack post whose text has quotes": (
        preloads(body_html='He said "600" \\ </p>', id=77),
        ("substack", ("https://blog.example", "77")),
    ),
    "Ghost": (
        f'<script defer src="https://cdn.jsdelivr.net/ghost/comments-ui@~0.16/umd/comments-ui.min.js" '
        f'data-ghost-comments="https://blog.example/" data-key="22" data-post-id="{GHOST}" '
        'data-comments-enabled="all" crossorigin="anonymous"></script>',
        ("ghost", ("https://blog.example/", GHOST)),
    ),
    "Ghost in a folder, with a relative address": (
        f'<script data-ghost-comments="/news/" data-post-id="{GHOST}"></script>',
        ("ghost", ("https://blog.example/news/", GHOST)),
    ),
    "webmention.io": (
        '<link rel="webmention" href="https://webmention.io/blog.example/webmention" />',
        ("webmention", (ADDRESS,)),
    ),
    "webmention.io by its older relation, with a canonical address": (
        '<link rel="canonical" href="https://blog.example/six/"><link href="http://webmention.io/b/webmention" '
        'rel="http://webmention.org/ webmention">',
        ("webmention", ("https://blog.example/six/",)),
    ),
    "WordPress with older comments": (
        WP + WP_ENTRY + WP_OLDER,
        ("wordpress", ("https://blog.example/wp-json/", "5")),
    ),
    "WordPress without pretty addresses": (
        '<link rel="https://api.w.org/" href="https://blog.example/index.php?rest_route=/" />'
        '<link rel="shortlink" href="https://blog.example/?p=5" /><a href="/?p=5&#038;cpage=1#comments">Older</a>',
        ("wordpress", ("https://blog.example/index.php?rest_route=/", "5")),
    ),
    "WordPress with wpDiscuz": (
        f'{WP}{WP_ENTRY}<div class="wpdiscuz-comment-pagination"><button>More</button></div>',
        ("wordpress", ("https://blog.example/wp-json/", "5")),
    ),
    "WordPress whose comments come when they are on screen": (
        f'{WP}{WP_ENTRY}<div id="llc_comments"></div>',
        ("wordpress", ("https://blog.example/wp-json/", "5")),
    ),
    "an element of Mastodon comments": (
        f'<mastodon-comments host="social.example" user="bob" tootId="{STATUS}"></mastodon-comments>',
        ("mastodon", ("https://social.example", STATUS)),
    ),
    "an element with an address": (
        f'<oom-comments src="https://social.example/@bob/{STATUS}">No comments yet</oom-comments><!-- Mastodon -->',
        ("mastodon", ("https://social.example", STATUS)),
    ),
    "a box with data": (
        f'<div id="mastodon-comments" data-host="social.example" data-user="bob" data-id="{STATUS}"></div>',
        ("mastodon", ("https://social.example", STATUS)),
    ),
    "a box of comments with data": (
        f'<section class="comments" data-host="social.example" data-toot-id="{STATUS}"></section><p>Mastodon</p>',
        ("mastodon", ("https://social.example", STATUS)),
    ),
    "a script that asks for the replies": (
        "<div id='mastodon-comments-list'></div><script>fetch('https://social.example/api/v1/statuses/"
        f"{STATUS}/context').then(show)</script>",
        ("mastodon", ("https://social.example", STATUS)),
    ),
    "a script with settings": (
        "<div id='comments'></div><script>const config = {host: 'social.example', username: 'bob', id: '"
        f"{STATUS}'}}; fetch(`https://${{config.host}}/api/v1/statuses/${{config.id}}/context`)</script>",
        ("mastodon", ("https://social.example", STATUS)),
    ),
    "a script with variables": (
        f'<div id="fediverse-replies"></div><script>var mastodonHost = "social.example"; var tootId = "{STATUS}";'
        "</script>",
        ("mastodon", ("https://social.example", STATUS)),
    ),
    "a box of the fediverse's, and a link to the status": (
        f'<div id="mastodon-comments-list"></div><a href="https://social.example/@bob/{STATUS}">Answer</a>'
        '<script src="/js/comments.js"></script>',
        ("mastodon", ("https://social.example", STATUS)),
    ),
    "GoToSocial": (
        '<div class="toot-replies" data-url="https://gts.example/@bob/statuses/01GQXC4V2ZBPHJVT3WMVF04YPH"></div>',
        ("mastodon", ("https://gts.example", "01GQXC4V2ZBPHJVT3WMVF04YPH")),
    ),
    "an element of Bluesky comments": (
        '<bluesky-comments url="https://bsky.app/profile/bob.example/post/3lb3cxyeh3c2f"></bluesky-comments>',
        ("bluesky", ("bob.example", "3lb3cxyeh3c2f")),
    ),
    "an element with a URI": (
        '<bluesky-comments post="at://did:plc:abc/app.bsky.feed.post/3lb3cxyeh3c2f" config="{}"></bluesky-comments>',
        ("bluesky", ("did:plc:abc", "3lb3cxyeh3c2f")),
    ),
    "a box with a URI": (
        '<div id="bsky-comments" data-bluesky-uri="at://did:plc:abc/app.bsky.feed.post/3lb3cxyeh3c2f"></div>',
        ("bluesky", ("did:plc:abc", "3lb3cxyeh3c2f")),
    ),
    "a box with the parts of one": (
        '<div class="comments-bluesky" data-handle="bob.example" data-rkey="3lb3cxyeh3c2f"></div>',
        ("bluesky", ("bob.example", "3lb3cxyeh3c2f")),
    ),
    "an island of Astro's": (
        '<astro-island component-url="/_astro/BlueskyComments.a1.js" component-export="default" '
        'props="{&quot;uri&quot;:'
        '[0,&quot;at://did:plc:abc/app.bsky.feed.post/3lb3cxyeh3c2f&quot;]}"></astro-island>',
        ("bluesky", ("did:plc:abc", "3lb3cxyeh3c2f")),
    ),
    "a script that asks for the thread": (
        '<div id="comments-list"></div><script>fetch("https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread'
        '?uri=at://bob.example/app.bsky.feed.post/3lb3cxyeh3c2f&depth=10")</script>',
        ("bluesky", ("bob.example", "3lb3cxyeh3c2f")),
    ),
    "a script's escaped URI": (
        '<div id="bluesky-replies"></div><script>"at:\\/\\/did:plc:abc\\/app.bsky.feed.post\\/3lb3cxyeh3c2f"</script>',
        ("bluesky", ("did:plc:abc", "3lb3cxyeh3c2f")),
    ),
    "a box, and a link to the post": (
        '<div id="bluesky-comments-list"></div>'
        '<a href="https://bsky.app/profile/bob.example/post/3lb3cxyeh3c2f">Reply</a>',
        ("bluesky", ("bob.example", "3lb3cxyeh3c2f")),
    ),
    "Telegram": (
        '<script async src="https://telegram.org/js/telegram-widget.js?22" data-telegram-discussion="cars/9" '
        'data-comments-limit="10"></script>',
        ("telegram", ("cars/9",)),
    ),
}


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_page_with_comments(name: str) -> None:
    markup, stub = SNIPPETS[name]
    assert found(markup) == [stub]


NONE = {
    "a code sample": "<pre>&lt;mastodon-comments host=&quot;social.example&quot; tootId='109000000000000001'&gt;"
    "&lt;bluesky-comments url=&quot;https://bsky.app/profile/bob.example/post/3lb3cxyeh3c2f&quot;&gt; "
    "fetch('https://social.example/api/v1/statuses/109000000000000001/context')</pre><div id='comments'></div>",
    "a code sample of Ghost's": "<pre>&lt;script data-ghost-comments=&quot;https://x.example/&quot;&gt;</pre>",
    "links to profiles and posts": f'<a rel="me" class="mastodon" href="https://social.example/@bob">Mastodon</a>'
    f'<a class="mastodon-thread" href="https://social.example/@bob/{STATUS}">a thread on Mastodon</a>'
    '<a class="bluesky-thread" href="https://bsky.app/profile/bob.example/post/3lb3cxyeh3c2f">a thread on Bluesky</a>',
    "a post that is quoted": f'<iframe class="mastodon-embed" src="https://s.example/@bob/{STATUS}/embed"></iframe>'
    '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:abc/app.bsky.feed.post/3lb3cxyeh3"></blockquote>'
    f'<blockquote class="mastodon-embed" data-embed-url="https://social.example/@bob/{STATUS}/embed"></blockquote>',
    "a button that shares": '<div class="mastodon-share" data-host="social.example" data-id="5"></div>'
    '<share-button class="bluesky" data-url="https://blog.example/six"></share-button><div id="comments"></div>',
    "a number that is no status": '<div id="mastodon-comments" data-host="social.example" data-id="12"></div>',
    "a host that is none": f'<mastodon-comments host="x/../y" tootId="{STATUS}"></mastodon-comments>',
    "several statuses beside an empty box": '<div id="mastodon-comments"></div>'
    + "".join(f'<a href="https://social.example/@bob/10900000000000000{n}">x</a>' for n in range(2)),
    "several posts of Bluesky beside an empty box": '<div id="bluesky-comments"></div>'
    + "".join(f'<a href="https://bsky.app/profile/bob.example/post/3lb3cxyeh3c{n}">x</a>' for n in range(2)),
    "Blogger's list of posts": '<meta content="blogger" name="generator"/><link rel="alternate" type='
    '"application/atom+xml" href="https://b.blogspot.com/feeds/posts/default" />',
    "a link to some post's feed": '<p>See <a href="https://b.blogspot.com/feeds/3644483384123728422/comments/default">'
    "its comments</a>.</p>",
    "Substack's front page": '<script>window._preloads = JSON.parse("{\\"pub\\":{\\"id\\":1}}")</script>',
    "a Substack post without comments": preloads(id=77, comment_count=0),
    "broken data": '<script>window._preloads = JSON.parse("{\\"post\\":")</script>',
    "a list in the data": '<script>window._preloads = JSON.parse("[1]")</script>',
    "Ghost's counters": '<script src="/public/comment-counts.min.js" '
    'data-ghost-comments-counts-api="https://blog.example/members/api/comments/counts/"></script>',
    "a Ghost post of an odd identifier": '<script data-ghost-comments="/" data-post-id="../../x"></script>',
    "webmentions that the site receives itself": '<link rel="webmention" href="https://blog.example/webmention" />',
    "a host that only begins like it": '<link rel="webmention" href="https://webmention.io.evil.example/x" />',
    "a link to webmention.io": '<a href="https://webmention.io/">webmention.io</a>',
    "WordPress with all of its comments": WP + WP_ENTRY + '<ol class="comment-list"><li>One</li></ol>',
    "wpDiscuz with all of its comments": f'{WP}{WP_ENTRY}<div class="wpdiscuz-comment-pagination" '
    'style="display:none;"></div>',
    "WordPress without the number of the post": WP + WP_OLDER,
    "pages of comments of something else": WP_OLDER,
    "a Telegram group": '<script data-telegram-discussion="cars" data-comments-limit="10"></script>',
}


@pytest.mark.parametrize("name", NONE)
def test_a_page_without(name: str) -> None:
    assert found(NONE[name]) == []


def test_a_saved_page_knows_its_own_address() -> None:
    canonical = '<link rel="canonical" href="https://news.example/p/six">'
    assert found(canonical + preloads(id=77), "") == [("substack", ("https://news.example", "77"))]
    own = preloads(id=77, canonical_url="https://news.substack.com/p/six")
    assert found(own, "") == [("substack", ("https://news.substack.com", "77"))]
    assert found(preloads(id=77), "") == []
    assert found('<link rel="webmention" href="https://webmention.io/b/webmention" />', "") == []


LONG = {
    "a literal without an end": 'window._preloads = JSON.parse("' + "\\\\" * 300_000,
    "names": "mastodon-comments" * 40_000,
    "an attribute without an end": "/comments/default <a href='" + "x" * 500_000,
    "addresses without hosts": "at://" * 100_000 + "bluesky getPostThread",
    "hosts without an end": "mastodon /api/v1/statuses/ https://" + "a." * 300_000,
}


@pytest.mark.parametrize("name", LONG)
def test_long_markup_is_no_comment_system(name: str) -> None:
    assert found(f"<script>{LONG[name]}</script><div id='comments' class='{LONG[name][:9000]}'></div>") == []


JOINED_CALLS = {
    "a template": """const HOST = "social.example", ID = "%s"; fetch(`https://${HOST}/api/v1/statuses/${ID}/context`)""",
    "pieces": """var h = 'social.example', n = '%s'; get('https://' + h + '/api/v1/statuses/' + n + '/context')""",
}


@pytest.mark.parametrize("form", JOINED_CALLS)
def test_a_status_whose_address_a_script_joins(form: str) -> None:
    script = JOINED_CALLS[form] % STATUS
    assert found(f'<div id="comments"></div><script>{script}</script>') == [
        ("mastodon", ("https://social.example", STATUS))
    ]


def test_a_status_that_is_passed_to_a_function() -> None:
    call = f"load('social.example', 'ann', '{STATUS}')"
    box = '<div id="mastodon-comments-list"></div>'
    assert found(f"{box}<script>{call}</script>") == [("mastodon", ("https://social.example", STATUS))]
    assert not found(f"<script>{call} // mastodon</script>")


def test_an_element_for_several_networks() -> None:
    post = "https://bsky.app/profile/ann.example/post/3kabcdefgh"
    assert found(f'<social-comments bluesky="{post}"></social-comments>') == [
        ("bluesky", ("ann.example", "3kabcdefgh"))
    ]


def test_a_page_that_asks_for_its_mentions_without_a_link_to_where_they_arrive() -> None:
    asked = "fetch(`https://webmention.io/api/mentions.jf2?target=${box.dataset.mentions}`)"
    assert found(f"<script>{asked}</script>") == [("webmention", (ADDRESS,))]
    assert not found('<script>fetch("https://webmention.io/api/count.json?target=x")</script>')
