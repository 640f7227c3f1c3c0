"""Comment systems that any page may embed, and pages with them."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from tests.sources import threads
from tests.sources.replies import Query, Reply, Route, as_html, as_json, number
from tests.sources.threads import Said, iso

SIZE = 330
"""Comments of each system: 110 at the top level, so that all have several pages."""

SHOWN = 1
"""Replies that an answer holds of each comment, where a system hides the others."""

Value = dict[str, Any]


@cache
def thread() -> list[Said]:
    return threads.made(SIZE)


@cache
def below() -> dict[int, list[Said]]:
    return threads.below(thread())


def top_of(number: int) -> int:
    """The comment at the top level above a comment, or itself."""
    while thread()[number - 1].parent:
        number = thread()[number - 1].parent
    return number


@cache
def under(number: int) -> list[Said]:
    """All that is below a comment at the top level."""
    return [one for one in thread() if one.parent and top_of(one.number) == number]


def tops() -> list[Said]:
    return below()[0]


def html(one: Said) -> str:
    return f"<p>{one.body}</p>"


PAGE = """<!doctype html><html><head><title>Six hundred cars</title><meta property="og:title" content="600 cars">
</head><body><article><h1>Six hundred cars</h1>
<p>There are six hundred cars in the town, says the council, which has counted all of them twice in spring.</p>
<p>Nobody believes it, and everybody has another figure, which is why the council is going to count once more.</p>
</article>{embed}</body></html>"""

SNIPPETS = {
    "Disqus": """<div id="disqus_thread"></div><script>var disqus_config = function () {{
        this.page.url = "https://blog.example/six/"; this.page.identifier = "six"; }};
        (function() {{ var d = document, s = d.createElement('script'); s.src = 'https://cars.disqus.com/embed.js';
        (d.head || d.body).appendChild(s); }})();</script>""",
    "giscus": """<script src="https://giscus.app/client.js" data-repo="o/r" data-repo-id="R_1" data-category="Talk"
        data-category-id="D_1" data-mapping="pathname" data-strict="0" async></script>""",
    "utterances": """<script src="https://utteranc.es/client.js" repo="o/r" issue-term="title" async></script>""",
    "Gitalk": """<div id="gitalk-container"></div><script>new Gitalk({{clientID: 'c', repo: 'r', owner: 'o',
        admin: ['o'], id: 'six'}}).render('gitalk-container')</script>""",
    "Discourse embedding": """<div id="discourse-comments"></div><script>DiscourseEmbed = {{
        discourseUrl: '{base}/', discourseEmbedUrl: 'https://blog.example/six/' }};
        var d = document.createElement('script'); d.src = DiscourseEmbed.discourseUrl + 'javascripts/embed.js';
        </script>""",
    "Isso": """<script data-isso="{base}/isso/" src="{base}/isso/js/embed.min.js"></script>
        <section id="isso-thread" data-isso-id="/six/"></section>""",
    "Remark42": """<div id="remark42"></div><script>var remark_config = {{ host: '{base}/remark42', site_id: 'cars',
        url: 'https://blog.example/six/', components: ['embed'] }};</script>""",
    "Commento": """<div id="commento"></div><script defer src="{base}/commento/js/commento.js"></script>""",
    "Comentario": """<script defer src="{base}/comentario/comentario.js"></script>
        <comentario-comments page-id="/six/"></comentario-comments>""",
    "Cusdis": """<div id="cusdis_thread" data-host="{base}/cusdis" data-app-id="app-1" data-page-id="six"
        data-page-url="https://blog.example/six/"></div>""",
    "Waline": """<div id="waline"></div><script type="module">import {{ init }} from 'https://x.example/waline.js';
        init({{ el: '#waline', serverURL: '{base}/waline', path: '/six/' }});</script>""",
    "Artalk": """<div id="Comments"></div><script>Artalk.init({{ el: '#Comments', pageKey: '/six/',
        server: '{base}/artalk', site: 'Cars' }})</script>""",
    "Twikoo": """<div id="tcomment"></div><script>twikoo.init({{ envId: '{base}/twikoo', el: '#tcomment',
        path: '/six/' }})</script>""",
    "Hyvor Talk": """<script async src="https://talk.hyvor.com/embed/embed.js" type="module"></script>
        <hyvor-talk-comments website-id="7" page-id="six"></hyvor-talk-comments>""",
    "Coral": """<div id="coral_thread"></div><script>Coral.createStreamEmbed({{ id: "coral_thread", autoRender: true,
        rootURL: '{base}/coral', storyID: 'six', storyURL: 'https://blog.example/six/' }});</script>""",
    "OpenWeb": """<div data-spotim-module="conversation" data-post-id="six_1"></div><script async
        src="https://launcher.spot.im/spot/sp_abc123" data-spotim-module="spotim-launcher"
        data-post-id="six_1"></script>""",
    "Viafoura": """<meta name="vf:container_id" content="six"><meta name="vf:domain" content="www.blog.example">
        <div class="viafoura"><vf-conversations></vf-conversations></div>""",
    "Facebook": """<div class="fb-comments" data-href="https://blog.example/six/"></div>""",
}
"""What a page has that embeds a system; braces are doubled, and `{base}` is the address of this server."""


def page(match: re.Match[str], query: Query, base: str) -> Reply:
    names = {name.lower().replace(" ", "-"): embed for name, embed in SNIPPETS.items()}
    return as_html(PAGE.format(embed=names[match[1]].format(base=base)))


# Disqus.

KEY = "PublicKeyOfTheEmbedWithManyCharacters"
BUNDLE = "/next/embed/common.bundle.0123456789abcdef.js"


def disqus_post(one: Said) -> Value:
    return {
        "id": str(one.number), "parent": one.parent or None, "author": {"name": one.author, "username": one.author},
        "createdAt": iso(one.moment)[:-1], "message": html(one), "raw_message": one.body, "points": one.number,
        "likes": 0, "isDeleted": False, "thread": "77", "forum": "cars",
    }  # fmt: skip


def disqus_cursor(at: int, size: int) -> Value:
    has_next = (at + 1) * size < SIZE
    return {"hasNext": has_next, "next": f"{at + 1}:0:0" if has_next else None, "total": SIZE}


def disqus_embed(match: re.Match[str], query: Query, base: str) -> Reply:
    if query.get("f") != ["cars"] or query.get("t_i") != ["six"]:
        return Reply(b"no such forum", 404)
    posts = [disqus_post(one) for one in thread()[:50]]
    found = {"thread": {"id": "77", "forum": "cars", "link": "https://blog.example/six/"}, "posts": posts}
    data = json.dumps({"cursor": disqus_cursor(0, 50), "code": 0, "response": found, "order": "asc"})
    script = f'<script src="https://c.disquscdn.com{BUNDLE}"></script>'
    return as_html(f'<html>{script}<script type="text/json" id="disqus-threadData">{data}</script></html>')


def disqus_bundle(match: re.Match[str], query: Query, base: str) -> Reply:
    return Reply(f'define({{keys:{{embedAPI:"{KEY}"}}}})'.encode(), headers={"Content-Type": "text/javascript"})


def disqus_posts(match: re.Match[str], query: Query, base: str) -> Reply:
    if query.get("api_key") != [KEY] or query.get("thread") != ["77"]:
        return Reply(b'{"code":5,"response":"Invalid API key"}', 400)
    at, size = int(query["cursor"][0].partition(":")[0]), number(query, "limit")
    posts = [disqus_post(one) for one in thread()[at * size : (at + 1) * size]]
    return as_json({"cursor": disqus_cursor(at, size), "code": 0, "response": posts})


# giscus.


def giscus_comment(one: Said) -> Value:
    return {
        "id": f"DC_{one.number}", "author": {"login": one.author, "url": f"https://github.com/{one.author}"},
        "createdAt": iso(one.moment), "url": f"https://github.com/o/r/discussions/1#discussioncomment-{one.number}",
        "bodyHTML": html(one), "deletedAt": None, "isMinimized": False, "authorAssociation": "NONE",
    }  # fmt: skip


def giscus(match: re.Match[str], query: Query, base: str) -> Reply:
    if query.get("repo") != ["o/r"] or query.get("term") != ["embeds/giscus"] or query.get("category") != ["Talk"]:
        return Reply(b'{"error":"Discussion not found"}', 404)
    at, size = int(query.get("after", ["0"])[0]), number(query, "first")
    comments = [
        {
            **giscus_comment(one), "upvoteCount": one.number, "replyCount": len(under(one.number)),
            "replies": [{**giscus_comment(reply), "replyToId": f"DC_{one.number}"} for reply in under(one.number)],
        }
        for one in tops()[at : at + size]
    ]  # fmt: skip
    has_next = at + size < len(tops())
    found = {
        "totalCommentCount": len(tops()), "totalReplyCount": SIZE - len(tops()), "comments": comments,
        "pageInfo": {"hasNextPage": has_next, "endCursor": str(at + size)},
    }  # fmt: skip
    return as_json({"viewer": None, "discussion": found})


# Issues on GitHub: `github_issue` and `github_comments` of the server answer for the issue itself.


def github_search(match: re.Match[str], query: Query, base: str) -> Reply:
    found = query.get("q") == ['"Six hundred cars" type:issue in:title repo:o/r']
    return as_json({"total_count": int(found), "items": [{"number": 9}] if found else []})


def github_labelled(match: re.Match[str], query: Query, base: str) -> Reply:
    return as_json([{"number": 9}] if query.get("labels") == ["Gitalk,six"] else [])


# Discourse embedding: the server answers for the topic itself.


def discourse_frame(match: re.Match[str], query: Query, base: str) -> Reply:
    if query.get("embed_url") != ["https://blog.example/six/"]:
        return Reply(b"not here", 403)
    return as_html(f'<footer><a href="{base}/t/six/1" class="button">Continue Discussion</a></footer>')


# Isso.


def isso_comment(one: Said) -> Value:
    return {
        "id": one.number, "parent": top_of(one.number) if one.parent else None, "text": html(one), "mode": 1,
        "author": one.author, "created": one.moment + 0.25, "likes": one.number, "dislikes": 0, "website": None,
    }  # fmt: skip


def isso(match: re.Match[str], query: Query, base: str) -> Reply:
    if query.get("uri") != ["/six/"]:
        return Reply(b"no such thread", 404)
    if "parent" in query:
        replies = [isso_comment(one) for one in under(number(query, "parent"))]
        return as_json({"id": number(query, "parent"), "replies": replies, "hidden_replies": 0})
    after, size = float(query.get("after", ["0"])[0]), number(query, "limit")
    rest = [one for one in tops() if one.moment + 0.25 > after]
    replies = [
        {
            **isso_comment(one), "hidden_replies": max(len(under(one.number)) - SHOWN, 0),
            "replies": [isso_comment(reply) for reply in under(one.number)[:SHOWN]],
        }
        for one in rest[:size]
    ]  # fmt: skip
    return as_json({"id": None, "replies": replies, "hidden_replies": max(len(rest) - size, 0)})


# Remark42, Commento, Comentario: everything in one answer.


def remark42(match: re.Match[str], query: Query, base: str) -> Reply:
    if query.get("site") != ["cars"] or query.get("url") != ["https://blog.example/six/"]:
        return as_json({"comments": [], "info": {"count": 0}})
    comments = [
        {
            "id": f"c{one.number}", "pid": f"c{one.parent}" if one.parent else "", "text": html(one), "orig": one.body,
            "user": {"name": one.author, "id": one.author}, "score": one.number, "time": iso(one.moment),
        }
        for one in thread()
    ]  # fmt: skip
    return as_json({"comments": comments, "info": {"count": SIZE}})


def commento(match: re.Match[str], query: Query, base: str) -> Reply:
    host = base.partition("://")[2]
    if query.get("domain") != [host] or query.get("path") != ["/embeds/commento"]:
        return as_json({"success": False, "message": "no such domain"})
    comments = [
        {
            "commentHex": f"c{one.number}", "commenterHex": f"x{one.author}", "html": html(one), "deleted": False,
            "parentHex": f"c{one.parent}" if one.parent else "root", "score": one.number, "state": "approved",
            "creationDate": iso(one.moment), "markdown": one.body,
        }
        for one in thread()
    ]  # fmt: skip
    names = {f"x{name}": {"commenterHex": f"x{name}", "name": name} for name in threads.NAMES}
    return as_json({"success": True, "comments": comments, "commenters": names})


def comentario(match: re.Match[str], query: Query, base: str) -> Reply:
    if query.get("host") != [base.partition("://")[2]] or query.get("path") != ["/six/"]:
        return Reply(b'{"id":"unknown-host"}', 400)
    comments = [
        {
            "id": f"c{one.number}", "parentId": f"c{one.parent}" if one.parent else None, "html": html(one),
            "score": one.number, "isDeleted": False, "createdTime": iso(one.moment), "userCreated": f"x{one.author}",
        }
        for one in thread()
    ]  # fmt: skip
    names = [{"id": f"x{name}", "name": name} for name in threads.NAMES]
    return as_json({"comments": comments, "commenters": names, "pageInfo": {}})


# Cusdis, Waline, Artalk, Twikoo: pages by number or place.


def cusdis_wrapper(ones: list[Said], at: int = 1) -> Value:
    found = [
        {
            "id": f"c{one.number}", "by_nickname": one.author, "content": one.body, "createdAt": iso(one.moment),
            "parsedContent": html(one), "replies": cusdis_wrapper(below().get(one.number, [])), "moderatorId": None,
        }
        for one in ones[::-1][10 * at - 10 : 10 * at]
    ]  # fmt: skip
    return {"data": found, "commentCount": len(ones), "pageSize": 10, "pageCount": -(-len(ones) // 10) or 1}


def cusdis(match: re.Match[str], query: Query, base: str) -> Reply:
    known = query.get("appId") == ["app-1"] and query.get("pageId") == ["six"]
    return as_json({"data": cusdis_wrapper(tops() if known else [], number(query, "page"))})


def waline_comment(one: Said) -> Value:
    return {
        "objectId": f"c{one.number}", "nick": one.author, "comment": html(one), "orig": one.body, "like": one.number,
        "time": one.moment * 1000, "pid": f"c{one.parent}" if one.parent else "",
        "rid": f"c{top_of(one.number)}" if one.parent else "",
    }  # fmt: skip


def waline(match: re.Match[str], query: Query, base: str) -> Reply:
    at, size = number(query, "page"), number(query, "pageSize")
    ones = tops() if query.get("path") == ["/six/"] else []
    found = [
        {**waline_comment(one), "children": list(map(waline_comment, under(one.number)))}
        for one in ones[(at - 1) * size : at * size]
    ]
    data = {"page": at, "totalPages": -(-len(ones) // size), "count": SIZE, "data": found}
    return as_json({"errno": 0, "errmsg": "", "data": data})


def artalk(match: re.Match[str], query: Query, base: str) -> Reply:
    at, size = number(query, "offset", 0), number(query, "limit")
    ones = thread() if query.get("page_key") == ["/six/"] and query.get("flat_mode") == ["true"] else []
    comments = [
        {
            "id": one.number, "rid": one.parent, "nick": one.author, "content": one.body, "content_marked": html(one),
            "date": iso(one.moment), "vote_up": one.number, "vote_down": 0,
        }
        for one in ones[at : at + size]
    ]  # fmt: skip
    return as_json({"comments": comments, "count": len(ones)})


def twikoo_comment(one: Said) -> Value:
    return {
        "id": f"c{one.number}", "nick": one.author, "comment": html(one), "created": one.moment * 1000,
        "like": one.number, "pid": f"c{one.parent}" if one.parent else "",
    }  # fmt: skip


def twikoo(match: re.Match[str], query: Query, base: str) -> Reply:
    before = int(query.get("before", ["9" * 13])[0])
    known = query.get("event") == ["COMMENT_GET"] and query.get("url") == ["/six/"]
    rest = [one for one in reversed(tops()) if known and one.moment * 1000 < before]
    found = [{**twikoo_comment(one), "replies": list(map(twikoo_comment, under(one.number)))} for one in rest[:20]]
    return as_json({"data": found, "more": len(rest) > 20, "count": SIZE})


# Hyvor Talk, Coral.


def hyvor(match: re.Match[str], query: Query, base: str) -> Reply:
    if query.get("website_id") != ["7"] or query.get("page_identifier") != ["six"]:
        return Reply(b'{"message":"Public access is disabled"}', 403)
    at, size = number(query, "offset", 0), number(query, "limit")
    found = [
        {
            "id": one.number, "parent_id": one.parent or None, "body_html": html(one), "created_at": one.moment,
            "user": {"name": one.author}, "upvotes": one.number, "downvotes": 0,
            "url": f"https://blog.example/six/?ht-comment-id={one.number}",
        }
        for one in thread()[at : at + size]
    ]  # fmt: skip
    return as_json(found)


def coral_node(one: Said) -> Value:
    return {
        "id": f"c{one.number}", "body": html(one), "createdAt": iso(one.moment), "deleted": False,
        "permalink": f"https://blog.example/six/?commentID=c{one.number}", "author": {"username": one.author},
        "parent": {"id": f"c{one.parent}"} if one.parent else None,
        "actionCounts": {"reaction": {"total": one.number}},
    }  # fmt: skip


def coral_connection(nodes: list[Value], at: int, size: int) -> Value:
    edges = [{"node": node} for node in nodes[at : at + size]]
    return {"edges": edges, "pageInfo": {"hasNextPage": at + size < len(nodes), "endCursor": str(at + size)}}


def coral(match: re.Match[str], query: Query, base: str) -> Reply:
    asked = json.loads(query["variables"][0])
    if "comment(id:" in query["query"][0]:
        nodes = list(map(coral_node, under(int(asked["id"][1:]))))
        return as_json({"data": {"comment": {"replies": coral_connection(nodes, int(asked["replies"]), 2)}}})
    if asked["id"] != "six":
        return as_json({"data": {"story": None}})
    nodes = [
        {**coral_node(one), "replies": coral_connection(list(map(coral_node, under(one.number))), 0, SHOWN)}
        for one in tops()
    ]
    page_of = coral_connection(nodes, int(asked["cursor"] or 0), 50)
    return as_json({"data": {"story": {"commentCounts": {"totalPublished": SIZE}, "comments": page_of}}})


def coral_closed(match: re.Match[str], query: Query, base: str) -> Reply:
    return as_json({"errors": [{"message": "no", "extensions": {"code": "RAW_QUERY_NOT_AUTHORIZED"}}]})


# OpenWeb, Viafoura.


def openweb_message(one: Said, whole: bool = False) -> Value:
    replies = below().get(one.number, [])
    shown = replies if whole else replies[:SHOWN]
    return {
        "id": f"m{one.number}", "parent_id": f"m{one.parent}" if one.parent else "", "user_id": f"u{one.author}",
        "content": [{"id": "t", "type": "text", "text": html(one)}], "written_at": one.moment,
        "rank": {"ranks_up": one.number, "ranks_down": 0}, "replies": [openweb_message(reply) for reply in shown],
        "replies_count": len(replies), "has_next": len(shown) < len(replies), "offset": len(shown),
    }  # fmt: skip


def openweb(match: re.Match[str], query: Query, base: str) -> Reply:
    known = query.get("conversation_id") == ["sp_abc123_six$1"]
    parent = int(query.get("parent_id", ["m0"])[0][1:])
    at = number(query, "offset", 0)
    ones = below().get(parent, []) if known else []
    size = 1 if parent else 100
    found = {
        "comments": [openweb_message(one) for one in ones[at : at + size]], "messages_count": SIZE if known else 0,
        "users": {f"u{name}": {"display_name": name} for name in threads.NAMES},
        "has_next": at + size < len(ones), "offset": at + size,
    }  # fmt: skip
    return as_json({"conversation": found})


SITE_UUID = "00000000-0000-4000-8000-000000000001"
CONTAINER_UUID = "00000000-0000-4000-8000-000000000002"


def uuid(number: int) -> str:
    return f"00000000-0000-4000-9000-{number:012d}"


def viafoura_site(match: re.Match[str], query: Query, base: str) -> Reply:
    return as_json({"result": {"settings": {"site_uuid": SITE_UUID}}})


def viafoura_container(match: re.Match[str], query: Query, base: str) -> Reply:
    if query.get("container_id") != ["six"]:
        return Reply(b"{}", 404)
    return as_json({"content_container_uuid": CONTAINER_UUID, "total_visible_content": SIZE})


def viafoura_content(one: Said) -> Value:
    return {
        "content_uuid": uuid(one.number), "parent_uuid": uuid(one.parent) if one.parent else CONTAINER_UUID,
        "content": html(one), "actor_uuid": uuid(1000 + threads.NAMES.index(one.author)), "actor": None,
        "date_created": one.moment * 1000, "total_likes": one.number, "total_dislikes": 0, "state": "visible",
    }  # fmt: skip


def viafoura_comments(match: re.Match[str], query: Query, base: str) -> Reply:
    ones = under(int(match[1][-12:])) if match[1] else tops()
    after = query.get("starting_from", [""])[0]
    at = next((place + 1 for place, one in enumerate(ones) if uuid(one.number) == after), 0)
    size = 2 if match[1] else 100
    contents = [viafoura_content(one) for one in ones[at : at + size]]
    if not match[1]:
        for content, one in zip(contents, ones[at : at + size], strict=True):
            replies = under(one.number)
            content["total_replies"] = len(replies)
            content["replies"] = {"contents": list(map(viafoura_content, replies[:SHOWN]))}
    return as_json({"contents": contents, "more_available": at + size < len(ones)})


def viafoura_person(match: re.Match[str], query: Query, base: str) -> Reply:
    return as_json({"uuid": match[1], "name": threads.NAMES[int(match[1][-12:]) - 1000]})


ROUTES: tuple[tuple[str, Route], ...] = (
    (r"/embeds/([\w-]+)", page),
    (r"/disqus-api/embed/comments/", disqus_embed),
    (r"/disqus-api/api/3\.0/threads/listPostsThreaded", disqus_posts),
    (rf"/disqus-scripts-api{BUNDLE}", disqus_bundle),
    (r"/giscus-api/api/discussions", giscus),
    (r"/github-api/search/issues", github_search),
    (r"/github-api/repos/o/r/issues", github_labelled),
    (r"/embed/comments", discourse_frame),
    (r"/isso/", isso),
    (r"/remark42/api/v1/find", remark42),
    (r"/commento/api/comment/list", commento),
    (r"/comentario/api/embed/comments", comentario),
    (r"/cusdis/api/open/comments", cusdis),
    (r"/waline/api/comment", waline),
    (r"/artalk/api/v2/comments", artalk),
    (r"/twikoo", twikoo),
    (r"/hyvor-talk-api/api/data/v1/comments", hyvor),
    (r"/coral/api/graphql", coral),
    (r"/coral-closed/api/graphql", coral_closed),
    (r"/openweb-api/v1\.0\.0/conversation/read", openweb),
    (r"/viafoura-sites-api/v2/(?:www\.)?blog\.example/bootstrap/v2", viafoura_site),
    (rf"/viafoura-comments-api/v4/livecomments/{SITE_UUID}/contentcontainer/id", viafoura_container),
    (rf"/viafoura-comments-api/v4/livecomments/{SITE_UUID}/{CONTAINER_UUID}/comments(?:/([\w-]+))?", viafoura_comments),
    (rf"/viafoura-people-api/v3/sections/{SITE_UUID}/users/([\w-]+)", viafoura_person),
)
"""Patterns of paths, and what answers them."""

ADDRESSES: dict[str, str] = {
    f"a page with {name}": f"/embeds/{name.lower().replace(' ', '-')}" for name in SNIPPETS if name != "Facebook"
}
"""What there is to open: a name, and its path; Facebook's comments cannot be read."""
