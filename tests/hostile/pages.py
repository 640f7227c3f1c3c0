"""Documents in the formats that rumor-tui opens, with hostile texts in all the places that each format has for text."""

from __future__ import annotations

import base64
import csv
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from html import escape
from typing import Final, NamedTuple
from urllib.parse import quote

from tests.hostile.places import as_own_json, body_of, entities

Make = Callable[[Sequence[str]], bytes]
DATE: Final = "2011-03-08T14:05:00Z"


class HostilePage(NamedTuple):
    """A format: its name, the end of its files' names, and a document of it made of texts."""

    name: str
    suffix: str
    make: Make


def _encoded(text: str) -> bytes:
    """The text as UTF-8, without what makes a file binary data, which is refused as a whole: zero bytes, surrogates."""
    return text.encode("utf-8", "replace").replace(b"\0", b"")


def _line(text: str) -> str:
    return " ".join(text.split())


def _html_comments(texts: Sequence[str]) -> str:
    return "".join(
        f'<li class="comment" id="comment-{n}"><div class="comment-author vcard"><cite class="fn">{escape(t)}'
        f"</cite></div>"
        f'<div class="comment-meta"><a href="{escape(t)}"><time datetime="{escape(t)}">{escape(t)}</time></a></div>'
        f'<div class="comment-content">{body_of(t, "html")}</div></li>'
        for n, t in enumerate(texts)
    )


def _html(texts: Sequence[str]) -> bytes:
    t = escape(" ".join(texts[:9]))
    head = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{t}</title><meta name="author" content="{t}">'
        f'<meta property="og:title" content="{t}"><meta property="og:url" content="{t}"><link rel="canonical" '
        f'href="{t}">'
        f'<base href="{t}"><meta property="article:published_time" content="{t}"></head><body><article><h1>{t}</h1>'
        f'<p class="byline">by <a rel="author">{t}</a> <time>{t}</time></p>'
    )
    words = "".join(f"<p>{escape(x)} {entities(x)} words enough to be the text of an article.</p>" for x in texts)
    comments = f'<section id="comments"><ol class="comment-list">{_html_comments(texts)}</ol></section>'
    return _encoded(f"{head}{words}</article>{comments}<footer>{t}</footer></body></html>")


def _json_ld(texts: Sequence[str]) -> bytes:
    def comment(t: str) -> dict[str, object]:
        return {"@type": "Comment", "author": {"@type": "Person", "name": t}, "text": t, "datePublished": t, "url": t}

    post = {
        "@context": "https://schema.org", "@type": "DiscussionForumPosting", "headline": texts[0],
        "text": " ".join(texts), "author": {"@type": "Person", "name": texts[0]}, "url": texts[-1],
        "comment": [comment(t) for t in texts],
    }  # fmt: skip
    data = json.dumps(post).replace("</", "<\\/")
    return _encoded(
        f'<!DOCTYPE html><title>x</title><script type="application/ld+json">{data}</script><body><p>Words.</p>'
    )


def _algolia(texts: Sequence[str]) -> bytes:
    children = [
        {"id": n + 2, "type": "comment", "author": t, "text": body_of(t, "html"), "created_at": t, "children": []}
        for n, t in enumerate(texts)
    ]
    story = {"id": 1, "type": "story", "author": texts[0], "title": " ".join(texts[:9]), "url": texts[-1], "points": 3}
    return json.dumps({**story, "text": body_of(texts[0], "html"), "created_at": DATE, "children": children}).encode()


def _reddit(texts: Sequence[str]) -> bytes:
    def thing(kind: str, data: dict[str, object]) -> dict[str, object]:
        return {"kind": kind, "data": data}

    post = thing("t3", {"title": texts[0], "author": texts[0], "selftext": body_of(texts[0], "markdown"),
        "url": texts[-1],
        "permalink": texts[0], "subreddit": texts[0], "id": "a", "name": "t3_a", "score": 1, "created_utc": 1e9,
        "link_flair_text": texts[0]})  # fmt: skip
    replies = [
        thing("t1", {"author": t, "body": body_of(t, "markdown"), "id": f"c{n}", "permalink": t, "score": 1,
            "parent_id": "t3_a", "name": f"t1_c{n}", "created_utc": 1e9, "replies": ""})
        for n, t in enumerate(texts)
    ]  # fmt: skip
    return json.dumps([thing("Listing", {"children": [post]}), thing("Listing", {"children": replies})]).encode()


def _records(texts: Sequence[str]) -> bytes:
    comments = [
        {"id": n, "user": {"name": t, "avatar": t}, "message": t, "date": DATE, "parent_id": None, "link": t, t[:40]: t}
        for n, t in enumerate(texts)
    ]
    return json.dumps({"title": texts[0], "page": {"url": texts[-1]}, "comments": comments}).encode()


def _csv(texts: Sequence[str]) -> bytes:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["id", "author", "date", "comment", "parent", "url"])
    rows.writerows([n, t, DATE, f"{t} and more words of a comment", "", t] for n, t in enumerate(texts))
    return _encoded(out.getvalue())


def _word(text: str) -> str:
    """The text as an encoded word of a mail's header (RFC 2047)."""
    return f"=?utf-8?b?{base64.b64encode(_encoded(text[:200])).decode()}?="


def _mbox(texts: Sequence[str]) -> bytes:
    mails = [
        (
            f"From ann@example.com Tue Mar  8 14:05:00 2011\nMessage-ID: <{n}@example.com>\nFrom: {_word(t)} "
            f"<a{n}@example.com>\n"
            f"Subject: {_word(texts[0])}\nDate: Tue, 08 Mar 2011 14:05:00 +0000\nX-Other: {_line(t)}\n"
            f"{f'In-Reply-To: <{n - 1}@example.com>' if n % 7 else 'X-Top: yes'}\nOrganization: {_word(t)}\n"
            f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        ).encode("utf-8", "replace")
        + base64.encodebytes(_encoded(f"{t}\n\n> {t}\n\nWords of {t}\n-- \n{t}\n")) + b"\n"
        for n, t in enumerate(texts)
    ]  # fmt: skip
    return b"".join(mails)


def _mbox_raw(texts: Sequence[str]) -> bytes:
    return b"".join(
        _encoded(
            f"From ann Tue Mar  8 14:05:00 2011\nMessage-ID: <{n}@example.com>\nFrom: {_line(t)} <a@example.com>"
            f"\nSubject: {_line(t)}\n"
            f"Date: {_line(t)}\nContent-Type: text/plain; charset={_line(t)[:30]}\n\n{t}\n\n"
        )
        for n, t in enumerate(texts)
    )  # fmt: skip


def _xml(text: str) -> str:
    """The text as XML can hold it: escaped, and without the controls for which a parser refuses all of it."""
    return "".join(char for char in escape(text) if char >= " " or char in "\t\n")


def _rss(texts: Sequence[str]) -> bytes:
    items = "".join(
        f"<item><title>{_xml(t)}</title><link>{_xml(t)}</link><guid>{_xml(t)}</guid><dc:creator>{_xml(t)}</dc:creator>"
        f"<pubDate>{_xml(t)}</pubDate><description>{_xml(body_of(t, 'html'))}</description><category>{_xml(t)}"
        f"</category>"
        f"<comments>{_xml(t)}</comments></item>"
        for t in texts
    )
    top = f"<title>{_xml(texts[0])}</title><link>{_xml(texts[-1])}</link><description>{_xml(texts[0])}</description>"
    space = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return _encoded(f'<?xml version="1.0"?><rss version="2.0" {space}><channel>{top}{items}</channel></rss>')


def _atom(texts: Sequence[str]) -> bytes:
    items = "".join(
        f'<entry><id>{_xml(t)}</id><title type="html">{_xml(t)}</title><link href="{_xml(t)}"/><author>'
        f"<name>{_xml(t)}</name>"
        f"<uri>{_xml(t)}</uri></author><updated>{_xml(t)}</updated><content "
        f'type="html">{_xml(body_of(t, "html"))}</content></entry>'
        for t in texts
    )
    return _encoded(
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{_xml(texts[0])}</title><id>x</id>{items}</feed>'
    )


def _json_feed(texts: Sequence[str]) -> bytes:
    items = [
        {"id": t, "url": t, "title": t, "content_html": body_of(t, "html"), "summary": t, "date_published": t,
         "authors": [{"name": t, "url": t}], "tags": [t]}
        for t in texts
    ]  # fmt: skip
    top = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": texts[0],
        "home_page_url": texts[-1],
        "feed_url": texts[-1],
    }
    return json.dumps({**top, "items": items}).encode()


def _markdown(texts: Sequence[str]) -> bytes:
    head = f'---\ntitle: "{_line(texts[0])}"\nauthor: "{_line(texts[1])}"\nurl: {_line(texts[2])}\n---\n'
    head += f"\n# {_line(texts[0])}\n\n"
    return _encoded(head + "\n\n".join(body_of(t, "markdown") for t in texts))


def _own_markdown(texts: Sequence[str]) -> bytes:
    items = "\n\n".join(
        f'- **{_line(t)}** · #{n} · "{_line(t)}" · 2 points · id "{_line(t)}" · [permalink](<{_line(t)}>)\n\n '
        f" {_line(t)}"
        for n, t in enumerate(texts, 1)
    )
    return _encoded(f"# {_line(texts[0])}\n\nWords.\n\n## {len(texts)} comments\n\n{items}\n")


def _text_dump(texts: Sequence[str]) -> bytes:
    posts = "\n\n".join(
        f"{_line(t)[:60] or 'ann'} says:\nMarch 8, 2011 at 2:0{n % 10} pm\n\n{t}\nWords." for n, t in enumerate(texts)
    )
    return _encoded(
        f"{texts[0]}\n\nPosted by {_line(texts[1])} on March 8, 2011\n\nWords.\n\n{len(texts)} comments\n\n{posts}\n"
    )


def _chat(texts: Sequence[str]) -> bytes:
    return _encoded(
        "".join(
            f"[2011-03-08 14:{n // 60 % 60:02}:{n % 60:02}] <{_line(t)[:20]}> {_line(t)}\n" for n, t in enumerate(texts)
        )
    )


def _http(texts: Sequence[str]) -> bytes:
    headers = "".join(f"X-{n}: {_line(t)}\r\n" for n, t in enumerate(texts[:40]))
    return _encoded(
        f"HTTP/1.1 200 {_line(texts[0])}\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n"
    ) + _html(texts)


def _warc(texts: Sequence[str]) -> bytes:
    records = b""
    for n, text in enumerate(texts[:20]):
        body = _http(texts[n : n + 9] or texts)
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.com/{_line(text)}\r\n"
            f"WARC-Date: {DATE}\r\nWARC-Record-ID: <urn:uuid:{n}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        records += _encoded(head) + body + b"\r\n\r\n"
    return records


def _mhtml(texts: Sequence[str]) -> bytes:
    top = (
        f"From: <Saved by {_line(texts[0])}>\r\nSnapshot-Content-Location: https://example.com/{_line(texts[1])}\r\n"
        f"Subject: {_word(texts[0])}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; "
        f"type=\"text/html\"; boundary=\"x\"\r\n\r\n"
        f"--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: "
        f"base64\r\nContent-Location: {_line(texts[1])}\r\n\r\n"
    )  # fmt: skip
    return _encoded(top) + base64.encodebytes(_html(texts)) + b"\r\n--x--\r\n"


def _zip(texts: Sequence[str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n, text in enumerate(texts[:60]):
            name = text.encode("utf-8", "replace").decode().replace("\0", "0")[:80]
            archive.writestr(zipfile.ZipInfo(f"{name}{n}.html"), _html(texts[n : n + 3] or texts))
    return out.getvalue()


def _har(texts: Sequence[str]) -> bytes:
    def entry(text: str) -> dict[str, object]:
        content = {"mimeType": "text/html; charset=utf-8", "text": _html([text] * 3).decode("utf-8", "replace")}
        headers = [{"name": text, "value": text}]
        return {
            "startedDateTime": DATE,
            "request": {"method": "GET", "url": f"http://example.com/{text}", "headers": headers},
            "response": {"status": 200, "statusText": text, "headers": headers, "content": content},
        }  # fmt: skip

    pages = [{"id": "p", "title": texts[0], "startedDateTime": DATE}]
    log = {"version": "1.2", "creator": {"name": texts[0]}, "pages": pages, "entries": [entry(t) for t in texts[:20]]}
    return json.dumps({"log": log}).encode()


def _wordpress(texts: Sequence[str]) -> bytes:
    comments = "".join(
        f"<wp:comment><wp:comment_id>{n}</wp:comment_id><wp:comment_author>{_xml(t)}</wp:comment_author>"
        f"<wp:comment_author_url>"
        f"{_xml(t)}</wp:comment_author_url><wp:comment_date>{_xml(t)}</wp:comment_date><wp:comment_content>{_xml(t)}"
        f"</wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>0"
        f"</wp:comment_parent></wp:comment>"
        for n, t in enumerate(texts, 1)
    )
    spaces = "".join(
        f' xmlns:{name}="http://{place}"'
        for name, place in (("wp", "wordpress.org/export/1.2/"), ("dc", "purl.org/dc/elements/1.1/"),
            ("content", "purl.org/rss/1.0/modules/content/"))
    )  # fmt: skip
    item = (
        f"<item><title>{_xml(texts[0])}</title><link>{_xml(texts[-1])}</link><dc:creator>{_xml(texts[0])}</dc:creator>"
        f"<content:encoded>{_xml(body_of(texts[0], 'html'))}</content:encoded><wp:post_type>post</wp:post_type>"
        f"<wp:status>publish</wp:status><wp:post_id>1</wp:post_id>{comments}</item>"
    )
    return _encoded(f'<?xml version="1.0"?><rss version="2.0"{spaces}><channel><title>x</title>{item}</channel></rss>')


def _percent(texts: Sequence[str]) -> bytes:
    links = "".join(
        f'<p><a href="https://example.com/{quote(_encoded(t))}">{escape(t)}</a> and words beside it.</p>' for t in texts
    )
    return _encoded(f"<!DOCTYPE html><title>{escape(texts[0])}</title><body><article>{links}</article>")


HOSTILE_PAGES: Final = (
    HostilePage("our JSON", ".json", lambda texts: as_own_json(texts, " ".join(texts[:9]))),
    HostilePage("our Markdown", ".md", _own_markdown),
    HostilePage("HTML", ".html", _html),
    HostilePage("JSON-LD", ".html", _json_ld),
    HostilePage("links", ".html", _percent),
    HostilePage("Algolia", ".json", _algolia),
    HostilePage("Reddit", ".json", _reddit),
    HostilePage("records", ".json", _records),
    HostilePage("CSV", ".csv", _csv),
    HostilePage("mail", ".mbox", _mbox),
    HostilePage("mail, raw", ".mbox", _mbox_raw),
    HostilePage("RSS", ".xml", _rss),
    HostilePage("Atom", ".xml", _atom),
    HostilePage("JSON Feed", ".json", _json_feed),
    HostilePage("WordPress", ".xml", _wordpress),
    HostilePage("Markdown", ".md", _markdown),
    HostilePage("text", ".txt", _text_dump),
    HostilePage("chat", ".log", _chat),
    HostilePage("answer", ".http", _http),
    HostilePage("WARC", ".warc", _warc),
    HostilePage("MHTML", ".mhtml", _mhtml),
    HostilePage("zip", ".zip", _zip),
    HostilePage("HAR", ".har", _har),
)
"""A document of every kind that has texts of strangers in fields of its own."""
