"""Feeds, exports of sites in XML, and XML that is an attack."""

from __future__ import annotations

from typing import Final

from tests.hostile.document_kinds import Make, Table, cut, nest, repeat

_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>'
_RSS: Final = (
    _XML + '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:thr="http://purl.org/syndication/thread/1.0"'
    ' xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>F</title><link>http://a.example/</link>'
)
_TITLED: Final = "]><rss><channel><title>{}</title></channel></rss>"
_RSS_END: Final = "</channel></rss>"
_ATOM: Final = _XML + (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"><title>F</title>'
)
_ENTRY: Final = (
    "<entry><id>tag:¤</id><title>T ¤</title><updated>2024-01-02T03:04:05Z</updated><author><name>a</name></author>"
    "<content type='html'>&lt;p&gt;w</content>"
)
_MEDIAWIKI: Final = '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11">'


def _laughs(n: int) -> bytes:
    """Entities of entities: ten of the one before, in as many levels as fit."""
    levels = min(n, 40)
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "lol"}">' for i in range(levels))
    return ('<?xml version="1.0"?><!DOCTYPE rss [' + entities + _TITLED.format(f"&e{levels - 1};")).encode()


def _quadratic(n: int) -> bytes:
    """One long entity, used often."""
    use = "&e;" * n
    return ('<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e "' + "x" * n + '">' + _TITLED.format(use)).encode()


def _posts(piece: str) -> Make:
    return repeat(piece, _XML + "<posts>", "</posts>")


DOCUMENTS: Final[Table] = {
    "RSS": (
        ".xml",
        repeat("<item><title>T ¤</title><description>w</description><guid>¤</guid></item>", _RSS, _RSS_END),
    ),
    "RSS of one item with much": (
        ".xml",
        repeat("&lt;p&gt;words", _RSS + "<item><title>T</title><description>", "</description></item>" + _RSS_END),
    ),
    "RSS with deep HTML": (
        ".xml",
        repeat("&lt;div&gt;", _RSS + "<item><title>T</title><description>", "</description></item>" + _RSS_END),
    ),
    "RSS of items that answer": (
        ".xml",
        repeat(
            "<item><title>By: a</title><guid>http://a/#comment-¤</guid><dc:creator>a¤</dc:creator>"
            '<thr:in-reply-to ref="http://a/#comment-¢"/><description>w ¤</description></item>',
            _RSS,
            _RSS_END,
        ),
    ),
    "RSS of nested items": (".xml", nest("<item><title>a</title>", "</item>", "", _RSS, _RSS_END)),
    "RSS of categories": (
        ".xml",
        repeat("<category>a ¤</category>", _RSS + "<item><title>T</title>", "</item>" + _RSS_END),
    ),
    "RSS with a control character": (
        ".xml",
        repeat("<item><title>a\x08b \x1b[31m</title><description>w</description></item>", _RSS, _RSS_END),
    ),
    "RSS with NUL": (".xml", repeat("<item><title>a\0b</title></item>", _RSS, _RSS_END)),
    "RSS of dates": (
        ".xml",
        repeat("<item><title>T</title><pubDate>Tue, 99 Foo 99999 25:61:61 +9999</pubDate></item>", _RSS, _RSS_END),
    ),
    "RSS that was cut": (".xml", cut(repeat("<item><title>T ¤</title></item>", _RSS, _RSS_END), 0.777)),
    "Atom": (".xml", repeat(_ENTRY + "</entry>", _ATOM, "</feed>")),
    "Atom, a chain": (".xml", repeat(_ENTRY + "<thr:in-reply-to ref='tag:¢'/></entry>", _ATOM, "</feed>")),
    "Atom, a circle": (".xml", repeat(_ENTRY + "<thr:in-reply-to ref='tag:¤'/></entry>", _ATOM, "</feed>")),
    "Atom, links": (
        ".xml",
        repeat("<link rel='replies' href='http://a/¤'/>", _ATOM + "<entry><id>x</id>", "</entry></feed>"),
    ),
    "Atom, XHTML that is deep": (
        ".xml",
        nest(
            "<div>",
            "</div>",
            "w",
            _ATOM + "<entry><id>x</id><title>T</title><content type='xhtml'>",
            "</content></entry></feed>",
        ),
    ),
    "RDF": (
        ".xml",
        repeat(
            "<item rdf:about='¤'><title>T</title></item>",
            _XML + '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">',
            "</rdf:RDF>",
        ),
    ),
    "OPML": (
        ".opml",
        repeat('<outline text="T ¤" xmlUrl="http://a/¤"/>', _XML + '<opml version="2.0"><body>', "</body></opml>"),
    ),
    "OPML, deep": (
        ".opml",
        nest('<outline text="T">', "</outline>", "", _XML + '<opml version="2.0"><body>', "</body></opml>"),
    ),
    "WordPress": (
        ".xml",
        repeat(
            "<item><title>T</title><wp:post_type>post</wp:post_type><wp:post_id>¤</wp:post_id><wp:comment><wp:comment_id>¤</wp:comment_id>"
            "<wp:comment_author>a</wp:comment_author><wp:comment_content>w</wp:comment_content></wp:comment></item>",
            _RSS,
            _RSS_END,
        ),
    ),
    "WordPress, a chain of comments": (
        ".xml",
        repeat(
            "<wp:comment><wp:comment_id>¤</wp:comment_id><wp:comment_parent>¢</wp:comment_parent><wp:comment_author>a</wp:comment_author>"
            "<wp:comment_content>words ¤</wp:comment_content></wp:comment>",
            _RSS + "<item><title>T</title><wp:post_type>post</wp:post_type><wp:post_id>1</wp:post_id>",
            "</item>" + _RSS_END,
        ),
    ),
    "entities of entities": (".xml", _laughs),
    "one entity often": (".xml", _quadratic),
    "an entity from outside": (
        ".xml",
        repeat(
            "&e;",
            '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/passwd">]><rss><channel><title>',
            "</title></channel></rss>",
        ),
    ),
    "entities from parameters": (
        ".xml",
        repeat('<!ENTITY % a¤ "x">', '<?xml version="1.0"?><!DOCTYPE rss [', "%a1;]><rss/>"),
    ),
    "a declaration without end": (".xml", repeat('<!ENTITY a "', '<?xml version="1.0"?><!DOCTYPE rss [')),
    "nested elements": (".xml", nest("<a>", "</a>", "deep", _XML)),
    "elements of all names": (".xml", repeat("<a¤>words</a¤>", _XML + "<r>", "</r>")),
    "wide elements": (".xml", repeat("<a>words of ¤</a>", _XML + "<r>", "</r>")),
    "attributes": (".xml", repeat(' a¤="x"', _XML + "<r", "/>")),
    "one attribute often": (".xml", repeat(' a="x"', _XML + "<r", "/>")),
    "name spaces": (".xml", repeat(' xmlns:a¤="u¤"', _XML + "<r", "/>")),
    "name spaces, nested": (".xml", nest('<a:b xmlns:a="u¤">', "</a:b>", "", _XML)),
    "CDATA": (".xml", repeat("<![CDATA[<p>x]]>", _XML + "<r>", "</r>")),
    "CDATA without end": (".xml", repeat("<![CDATA[", _XML + "<r>")),
    "comments": (".xml", repeat("<!-- a -->", _XML + "<r>", "words</r>")),
    "instructions": (".xml", repeat("<?a b?>", _XML + "<r>", "words</r>")),
    "a wrong encoding": (".xml", repeat("<a>é</a>", '<?xml version="1.0" encoding="utf-16"?><r>', "</r>")),
    "an unknown encoding": (".xml", repeat("<a>é</a>", '<?xml version="1.0" encoding="x-none"?><r>', "</r>")),
    "UTF-16": (
        ".xml",
        lambda n: (_XML.replace("UTF-8", "UTF-16") + "<r>" + "<a>words</a>" * n + "</r>").encode("utf-16"),
    ),
    "comments in XML": (
        ".xml",
        repeat(
            "<comment><id>¤</id><parent>¢</parent><author>a¤</author><text>Words ¤.</text></comment>",
            _XML + "<comments>",
            "</comments>",
        ),
    ),
    "comments in comments": (
        ".xml",
        nest("<comment><author>a</author><text>Words.</text>", "</comment>", "", _XML + "<comments>", "</comments>"),
    ),
    "rows of a dump": (
        ".xml",
        _posts('<row Id="¤" PostTypeId="2" ParentId="1" Body="&lt;p&gt;w" Score="99999999999999999999"/>\n'),
    ),
    "rows of questions": (
        ".xml",
        _posts(
            '<row Id="¤" PostTypeId="1" Title="T ¤" Body="&lt;p&gt;w" Score="1" CreationDate="2024-01-02T03:04:05"/>\n'
        ),
    ),
    "rows that are broken": (".xml", _posts('<row Id="¤" PostTypeId="1" Body="\n')),
    "MediaWiki": (
        ".xml",
        repeat(
            "<page><title>T ¤</title><revision><text>== A ==\nw [[User:A]] 12:34, 14 November 2023 (UTC)\n"
            "</text></revision></page>",
            _MEDIAWIKI,
            "</mediawiki>",
        ),
    ),
    "MediaWiki, colons": (
        ".xml",
        repeat(
            "::::::::::::w [[User:A¤|A]] 12:34, 14 November 2023 (UTC)\n",
            _MEDIAWIKI + "<page><title>Talk:T</title><revision><text>== A ==\n",
            "</text></revision></page></mediawiki>",
        ),
    ),
    "Disqus": (
        ".xml",
        repeat(
            '<post dsq:id="¤"><message>w</message><createdAt>2024-01-02T03:04:05Z</createdAt>'
            "<author><name>a</name></author>"
            '<thread dsq:id="1"/><parent dsq:id="¢"/></post>',
            _XML + '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">'
            '<thread dsq:id="1"><title>T</title></thread>',
            "</disqus>",
        ),
    ),
    "Bugzilla": (
        ".xml",
        repeat(
            "<long_desc><commentid>¤</commentid><who>a</who><thetext>In reply to comment #¢: w</thetext></long_desc>",
            _XML + "<bugzilla><bug><short_desc>T</short_desc>",
            "</bug></bugzilla>",
        ),
    ),
}
