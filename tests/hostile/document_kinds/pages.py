"""Web pages that are deep, wide, quadratic or wrong, and pages whose discussions are."""

from __future__ import annotations

import json
from typing import Final

from tests.hostile.document_kinds import Table, cut, nest, repeat

_HEAD = "<!DOCTYPE html><html><head><title>T</title></head><body>"
_ITEM = (
    '<li class="comment" id="comment-¤"><cite class="fn">ann¤</cite> <time datetime="2024-05-01">May 1</time>'
    '<div class="comment-content"><p>Words of number ¤.</p></div>'
)
_ARTICLE = "<article><h1>T</h1>" + "<p>An article of some words, as there are many of them.</p>" * 5 + "</article>"
_OWN_HEAD = (
    '<!DOCTYPE html><html><head><meta name="generator" content="rumor-tui"><title>T</title></head>'
    '<body><article data-title="T"><h1>T</h1><p>Text.</p></article>'
)


def _json_ld(n: int) -> bytes:
    comments = [{"@type": "Comment", "author": {"name": f"a{i}"}, "text": "words", "@id": f"#c{i}"} for i in range(n)]
    posting = {
        "@context": "https://schema.org",
        "@type": "DiscussionForumPosting",
        "headline": "T",
        "comment": comments,
    }
    script = json.dumps(posting)
    return f'{_HEAD}<script type="application/ld+json">{script}</script>{_ARTICLE}'.encode()


DOCUMENTS: Final[Table] = {
    "open divisions": (".html", repeat("<div>", _HEAD)),
    "nested divisions": (".html", nest("<div>", "</div>", head=_HEAD)),
    "divisions nested to the limit": (
        ".html",
        lambda n: (_HEAD + ("<div>" * 500 + "a" + "</div>" * 500) * (n // 100)).encode(),
    ),
    "open formatting": (".html", repeat("<b><p>x", _HEAD)),
    "formatting of many kinds": (".html", repeat("<b class=a¤><i id=¤><p>x", _HEAD)),
    "formatting up to the limit": (
        ".html",
        lambda n: (_HEAD + "<p>" + "".join(f"<b class=a{i}>" for i in range(390)) + "<p>x" * n).encode(),
    ),
    "links that never close": (".html", repeat('<a href="/¤">x', _HEAD)),
    "links in links": (".html", nest("<a href=x>", "</a>", head=_HEAD)),
    "fonts": (".html", repeat("<font color=red>x", _HEAD)),
    "nested tables": (".html", nest("<table><tr><td>", "</td></tr></table>", head=_HEAD)),
    "text in tables": (".html", repeat("<table>x", _HEAD)),
    "wide table": (".html", repeat("<td>a", _HEAD + "<table><tr>")),
    "long table": (".html", repeat("<tr><td>a<td>b", _HEAD + "<table>")),
    "cells that span": (".html", repeat("<tr><td colspan=1000 rowspan=65534>a", _HEAD + "<table>")),
    "nested lists": (".html", nest("<ul><li>", "</ul>", head=_HEAD)),
    "wide list": (".html", repeat("<li>one ¤", _HEAD + "<ul>")),
    "list with huge numbers": (
        ".html",
        repeat("<li value=99999999999999999999>a", _HEAD + "<ol start=-9999999999999>"),
    ),
    "nested quotes": (".html", nest("<blockquote>", "</blockquote>", head=_HEAD)),
    "paragraphs": (".html", repeat("<p>A paragraph of words.", _HEAD)),
    "short paragraphs": (".html", repeat("<p>", _HEAD)),
    "breaks": (".html", repeat("a<br>", _HEAD)),
    "rules": (".html", repeat("<hr>", _HEAD)),
    "headings": (".html", repeat("<h2>a ¤</h2>", _HEAD)),
    "one long text": (".html", repeat("word ", _HEAD)),
    "one word": (".html", repeat("x", _HEAD + "<p>")),
    "attributes": (".html", repeat(" a¤=b", _HEAD + "<p", ">x")),
    "one attribute often": (".html", repeat(" a=b", _HEAD + "<p", ">x")),
    "one long attribute": (".html", repeat("x", _HEAD + '<p class="', '">x')),
    "classes": (".html", repeat(" c¤", _HEAD + '<p class="', '">x')),
    "a class of dashes": (
        ".html",
        repeat("_", _HEAD + '<div class="comment"><b class="author', '">x</b><p>words</div>'),
    ),
    "classes of dashes": (
        ".html",
        lambda n: (
            _HEAD + ('<div class="comment"><b class="author' + "-" * 400 + '">ann</b>x</div>') * (n // 50)
        ).encode(),
    ),
    "elements with classes": (".html", repeat('<div class="a¤ b c">x</div>', _HEAD)),
    "tags that never end": (".html", repeat("<a ", _HEAD)),
    "quotes that never end": (".html", repeat('<a b="', _HEAD)),
    "ends alone": (".html", repeat("</p>", _HEAD)),
    "ends of everything": (".html", repeat("</body></html>x", _HEAD)),
    "heads": (".html", repeat("<head><body>")),
    "titles": (".html", repeat("<title>a", "<html><head>")),
    "fields in the head": (".html", repeat('<meta property="og:title¤" content="x">', "<html><head>", "<body>x")),
    "comments": (".html", repeat("<!-- a -->", _HEAD, "<p>x")),
    "comments that never end": (".html", repeat("<!-- a ", _HEAD)),
    "half comments": (".html", repeat("<!--->", _HEAD, "x")),
    "scripts": (".html", repeat("<script>var a = '<p>';</script>", _HEAD, "<p>x")),
    "scripts that never end": (".html", repeat("<script>", _HEAD)),
    "scripts that escape": (".html", repeat("<script><!--<script>", _HEAD)),
    "styles": (".html", repeat("<style>a { b: c }</style>", _HEAD, "<p>x")),
    "templates": (".html", nest("<template>", "</template>", head=_HEAD)),
    "shadow roots": (".html", nest("<div><template shadowrootmode=open>", "</template></div>", head=_HEAD)),
    "wide shadow roots": (".html", repeat("<a-b><template shadowrootmode=open>x</template></a-b>", _HEAD)),
    "drawings": (".html", nest("<svg><foreignObject>", "", head=_HEAD)),
    "formulas": (".html", nest("<math><mi>", "", head=_HEAD)),
    "forms": (".html", repeat("<form><input><select><option>a", _HEAD)),
    "buttons": (".html", nest("<button>", "", head=_HEAD)),
    "frames": (".html", repeat("<iframe src=/¤>", _HEAD)),
    "plain text for ever": (".html", repeat("<p>x", _HEAD + "<plaintext>")),
    "preformatted": (".html", repeat("a\n", _HEAD + "<pre>")),
    "details in details": (".html", nest("<details><summary>a</summary>", "</details>", head=_HEAD)),
    "entities": (".html", repeat("&amp;&#x1b;&#0;&#xD800;&notit;", _HEAD)),
    "entities that never end": (".html", repeat("&a", _HEAD)),
    "images": (".html", repeat('<img src="/¤" alt="a">', _HEAD)),
    "images as data": (".html", lambda n: f'{_HEAD}<img src="data:image/png;base64,{"A" * n}">x'.encode()),
    "NUL and control characters": (".html", repeat("a\0\x01\x1b[31m\x9b", _HEAD)),
    "a wrong charset": (".html", repeat("é", '<html><head><meta charset="utf-16"><title>T</title>')),
    "a charset that does not exist": (".html", repeat("é", '<meta charset="' + "x" * 30 + '"><title>T</title>')),
    "many charsets": (".html", repeat('<meta charset="latin-¤">', "<html>", "é")),
    "UTF-16 that says UTF-8": (".html", lambda n: ('<meta charset="utf-8"><p>' + "é " * n).encode("utf-16")),
    "mixed encodings": (".html", lambda n: b"<html><title>T</title><p>" + b"\xe9\xc3\xa9\x93 \xff" * n),
    "text encoded twice": (".html", repeat("Ã©Ã¨â€™ ", _HEAD)),
    "a list of comments": (".html", repeat(_ITEM + "</li>", _HEAD + _ARTICLE + "<ol class=comment-list>", "</ol>")),
    "a chain of comments": (
        ".html",
        nest(_ITEM + "<ol class=children>", "</ol></li>", "", head=_HEAD + _ARTICLE + "<ol class=comment-list>"),
    ),
    "chains up to the limit": (
        ".html",
        lambda n: (
            (_HEAD + _ARTICLE + "<ol class=comment-list>")
            + (_ITEM + "<ol class=children>") * (n % 170 or 170)
            + ("</ol></li>" + _ITEM) * (n // 20)
        ).encode(),
    ),
    "comments of one name": (
        ".html",
        repeat(_ITEM.replace("¤", "7") + "</li>", _HEAD + _ARTICLE + "<ol class=comment-list>", "</ol>"),
    ),
    "comments that name the one before": (
        ".html",
        repeat(
            '<div class="comment" id="c¤" data-parent="c¢"><b class=author>a¤</b><p>@a¢ words ¤</div>', _HEAD + _ARTICLE
        ),
    ),
    "a forum": (
        ".html",
        repeat(
            '<div class="post" id="p¤"><div class="author">ann¤</div><div class="date">2024-05-01</div>'
            '<div class="content"><blockquote>ann¢ wrote: x</blockquote>Words ¤.</div></div>',
            _HEAD + "<div id=posts>",
        ),
    ),
    "a table of comments by indent": (
        ".html",
        repeat(
            '<tr class="athing comtr" id="¤"><td class=ind indent="¤"><img src=s.gif width=¤0></td><td class=default>'
            '<a class=hnuser>ann¤</a> <span class=age title="2024-05-01T10:00:00">1 day ago</span>'
            '<div class=comment><div class="commtext c00">Words ¤.</div></div></td></tr>',
            '<html><head><title>T | Hacker News</title></head><body><table class="fatitem"><tr><td class=titleline>'
            '<a href="http://a.example">T</a></table><table class="comment-tree">',
            "</table>",
        ),
    ),
    "alike elements of all depths": (
        ".html",
        lambda n: (
            _HEAD
            + "".join(
                "<div>" * (i % 40) + f"<p>ann{i} wrote words on 2024-05-01" + "</div>" * (i % 40)
                for i in range(n // 20)
            )
        ).encode(),
    ),
    "bylines": (".html", repeat("<p>by Ann Lee¤ on May 1, 2024</p><p>Words ¤.</p>", _HEAD)),
    "dates": (".html", repeat("<time>May 99, 99999</time> <span class=date>32.13.2024 25:61</span> ", _HEAD)),
    "huge numbers": (".html", repeat("<span class=score>99999999999999999999999999999999999999 points</span>", _HEAD)),
    "links": (".html", repeat('<p><a href="http://a.example/¤">Title number ¤ of a page</a> ¤ comments</p>', _HEAD)),
    "links of bad forms": (
        ".html",
        repeat('<a href="http://[::1">x</a><a href="//%zz">y</a><a href="\\\\a:99999999">z</a>', _HEAD),
    ),
    "a base of a bad form": (
        ".html",
        repeat('<base href="http://[a"><a href="/¤">x</a>', "<html><head><title>T</title>"),
    ),
    "data for programs": (".html", _json_ld),
    "data for programs, nested": (
        ".html",
        nest(
            '{"@type": "Comment", "text": "a", "comment": [',
            "]}",
            "",
            _HEAD + '<script type="application/ld+json">',
            "</script>" + _ARTICLE,
        ),
    ),
    "data for programs, broken": (
        ".html",
        repeat('{"@type": "Comment", "text": ', _HEAD + '<script type="application/ld+json">'),
    ),
    "microdata": (
        ".html",
        repeat(
            '<div itemscope itemtype="https://schema.org/Comment"><span itemprop=author>a</span><p itemprop=text>x',
            _HEAD,
        ),
    ),
    "embeds": (
        ".html",
        repeat('<div id="disqus_thread"></div><script>var disqus_shortname = "a¤";</script>', _HEAD + _ARTICLE),
    ),
    "teasers": (".html", repeat('<article><h2><a href="/¤">T ¤</a></h2><p>Some words of it.</p></article>', _HEAD)),
    "our own page": (
        ".html",
        repeat(
            '<details id="c¤" data-author="ann¤"><summary><b>ann¤</b></summary><p>Words ¤.</p></details>', _OWN_HEAD
        ),
    ),
    "our own page, a chain": (
        ".html",
        nest('<details id="c¤" data-author="ann"><summary><b>ann</b></summary><p>x</p>', "</details>", "", _OWN_HEAD),
    ),
    "our own page, broken": (".html", repeat('<details data-author="ann"><summary>', _OWN_HEAD)),
    "our own page, open quotes": (".html", repeat('<article a="<article ', _OWN_HEAD)),
    "a page that was cut in a tag": (".html", cut(repeat('<div class="a b c"><p>x</p></div>', _HEAD), 0.7773)),
    "a page that was cut in a comment": (".html", cut(repeat(_ITEM, _HEAD + _ARTICLE + "<ol>"), 0.501)),
    "a page inside a page": (
        ".html",
        repeat("<!DOCTYPE html><html><head><title>T</title></head><body><p>x</body></html>"),
    ),
    "Markdown with tags": (".txt", repeat("# a\n\n<p>b</p>\n\n- c\n\n")),
    "a page after much text": (".html", lambda n: b" " * n + b"<html><title>T</title><p>x"),
}
