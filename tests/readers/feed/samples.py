"""Small feeds in the styles of the programs that write them."""

from __future__ import annotations

BLOG = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
 <title>Notes &amp; queries</title>
 <atom:link href="https://blog.example/feed/" rel="self" type="application/rss+xml" />
 <link>https://blog.example</link>
 <description>A blog</description><language>en-GB</language>
 <item>
  <title>Six &lt;em&gt;hundred&lt;/em&gt; cars &amp;#8211; or 414?</title>
  <media:title>A picture</media:title>
  <link>https://blog.example/six-hundred/</link>
  <comments>https://blog.example/six-hundred/#comments</comments>
  <dc:creator><![CDATA[ann]]></dc:creator>
  <pubDate>Tue, 08 Mar 2011 14:05:00 +0000</pubDate>
  <guid isPermaLink="false">https://blog.example/?p=12</guid>
  <description><![CDATA[The dealers were told a number. [&#8230;]]]></description>
  <content:encoded><![CDATA[<p>The dealers were told a number.</p><p>It was <b>600</b>.</p>]]></content:encoded>
  <wfw:commentRss>https://blog.example/six-hundred/feed/</wfw:commentRss>
  <slash:comments>3</slash:comments>
 </item>
 <item>
  <title/>
  <link>/note/</link>
  <pubDate>08/03/2011 15:05</pubDate>
  <description>Only a note,
with two lines.</description>
 </item>
</channel></rss>"""

COMMENTS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
 <title>{title}</title>
 <link>https://blog.example/six-hundred/</link>
 <item>
  <title>{by} ben</title>
  <link>https://blog.example/six-hundred/#comment-9</link>
  <dc:creator><![CDATA[ben]]></dc:creator>
  <pubDate>Tue, 08 Mar 2011 16:05:00 +0000</pubDate>
  <guid isPermaLink="false">https://blog.example/?p=12#comment-9</guid>
  <description><![CDATA[In reply to ann. Not 600.]]></description>
  <content:encoded><![CDATA[<p>In reply to <a href="https://blog.example/six-hundred/#comment-7">ann</a>.</p>
  <p>Not 600, but 414.</p>]]></content:encoded>
 </item>
 <item>
  <title>{by} cleo</title>
  <link>https://blog.example/six-hundred/#comment-8</link>
  <pubDate>Tue, 08 Mar 2011 15:35:00 +0000</pubDate>
  <description>So what?</description>
 </item>
 <item>
  <title>{by} ann</title>
  <link>https://blog.example/six-hundred/#comment-7</link>
  <dc:creator><![CDATA[ann]]></dc:creator>
  <pubDate>Tue, 08 Mar 2011 15:05:00 +0000</pubDate>
  <content:encoded><![CDATA[<p>Around 600, I hear.</p>]]></content:encoded>
 </item>
</channel></rss>"""

REPLIES = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" xml:lang="en">
 <id>http://www.example.org/myfeed</id><title>My Example Feed</title>
 <link href="http://www.example.org/myfeed" rel="self"/>
 <entry><id>tag:example.org,2005:1</id><title>My original entry</title>
  <updated>2006-03-01T12:12:12Z</updated><author><name>James</name></author>
  <link type="application/xhtml+xml" href="http://www.example.org/entries/1"/>
  <summary>This is my original entry</summary></entry>
 <entry><id>tag:example.org,2005:1,3</id><title>An answer to the answer</title>
  <updated>2006-03-03T12:12:12Z</updated><author><name>Ann</name></author>
  <thr:in-reply-to ref="tag:example.org,2005:1,1" href="http://www.example.org/entries/1/1"/>
  <content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>It is <x:b>so</x:b>.</x:p></x:div></content>
  </entry>
 <entry><id>tag:example.org,2005:1,1</id><title>A response to the original</title>
  <updated>2006-03-02T12:12:12Z</updated><author><name>Bob</name></author>
  <link href="http://www.example.org/entries/1/1"/>
  <thr:in-reply-to ref="tag:example.org,2005:1" type="application/xhtml+xml" href="http://www.example.org/entries/1"/>
  <content type="text">A &lt;plain&gt; response

in two paragraphs</content></entry>
</feed>"""

BLOGGER = """<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom'
 xmlns:thr='http://purl.org/syndication/thread/1.0'><id>tag:blogger.com,1999:blog-5.post-6.comments</id>
 <updated>2011-03-08T16:00:00Z</updated><title type='text'>Kommentare zu Notizen: Sechshundert?</title>
 <link rel='alternate' type='text/html' href='https://notizen.example/2011/03/x.html'/>
 <entry><id>tag:blogger.com,1999:blog-5.post-71</id><published>2011-03-08T15:00:00.000+01:00</published>
  <title type='text'>Rund 600.</title><content type='html'>Rund 600.&lt;br /&gt;Oder?</content>
  <link rel='self' type='application/atom+xml' href='https://b.example/feeds/5/6/comments/default/71'/>
  <link rel='alternate' type='text/html' href='https://notizen.example/2011/03/x.html?showComment=1#c71'/>
  <author><name>Anna</name><uri>https://b.example/1</uri><email>noreply@blogger.com</email></author>
  <thr:in-reply-to href='https://notizen.example/2011/03/x.html' ref='tag:blogger.com,1999:blog-5.post-6'/></entry>
 <entry><id>tag:blogger.com,1999:blog-5.post-72</id><published>2011-03-08T16:00:00.000+01:00</published>
  <title type='text'>Nein, 414.</title><content type='html'>Nein, 414.</content>
  <link rel='self' type='application/atom+xml' href='https://b.example/feeds/5/6/comments/default/72'/>
  <link rel='related' type='application/atom+xml' href='https://b.example/feeds/5/6/comments/default/71'/>
  <link rel='alternate' type='text/html' href='https://notizen.example/2011/03/x.html?showComment=2#c72'/>
  <author><name>Ben</name></author>
  <thr:in-reply-to href='https://notizen.example/2011/03/x.html' ref='tag:blogger.com,1999:blog-5.post-6'/></entry>
</feed>"""

TOPIC = """<?xml version="1.0" encoding="UTF-8" ?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
 <channel><title>Six hundred?</title><link>https://forum.example/t/six-hundred/12</link>
 <item><title>Six hundred?</title><dc:creator><![CDATA[cleo]]></dc:creator>
  <description><![CDATA[<p>Third</p>]]></description><link>https://forum.example/t/six-hundred/12/3</link>
  <pubDate>Tue, 08 Mar 2011 16:05:00 +0000</pubDate><guid isPermaLink="false">forum.example-post-12-3</guid></item>
 <item><title>Six hundred?</title><dc:creator><![CDATA[ben]]></dc:creator>
  <description><![CDATA[<p>Second</p>]]></description><link>https://forum.example/t/six-hundred/12/2</link>
  <pubDate>Tue, 08 Mar 2011 15:05:00 +0000</pubDate><guid isPermaLink="false">forum.example-post-12-2</guid></item>
 <item><title>Six hundred?</title><dc:creator><![CDATA[ann]]></dc:creator>
  <description><![CDATA[<p>Opening</p>]]></description><link>https://forum.example/t/six-hundred/12/1</link>
  <pubDate>Tue, 08 Mar 2011 14:05:00 +0000</pubDate><guid isPermaLink="false">forum.example-post-12-1</guid></item>
</channel></rss>"""

REDDIT = """<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">
 <id>/r/cars/comments/abc/six_hundred/.rss</id><title>Six hundred? : cars</title>
 <updated>2011-03-08T17:00:00+00:00</updated>
 <link rel="alternate" type="text/html" href="https://r.example/r/cars/comments/abc/six_hundred/"/>
 <entry><author><name>/u/ann</name></author><content type="html">&lt;p&gt;The dealers.&lt;/p&gt;</content>
  <id>t3_abc</id><link href="https://r.example/r/cars/comments/abc/six_hundred/"/>
  <updated>2011-03-08T14:05:00+00:00</updated><title>Six hundred?</title></entry>
 <entry><author><name>/u/ben</name></author><content type="html">&lt;p&gt;414.&lt;/p&gt;</content>
  <id>t1_x1</id><link href="https://r.example/r/cars/comments/abc/six_hundred/x1/"/>
  <updated>2011-03-08T16:05:00+00:00</updated><title>/u/ben on Six hundred?</title></entry>
 <entry><author><name>/u/cleo</name></author><content type="html">&lt;p&gt;So?&lt;/p&gt;</content>
  <id>t1_x2</id><link href="https://r.example/r/cars/comments/abc/six_hundred/x2/"/>
  <updated>2011-03-08T15:05:00+00:00</updated><title>/u/cleo on Six hundred?</title></entry>
</feed>"""

RDF = """<?xml version="1.0" encoding="ISO-8859-1"?>
<?xml-stylesheet href="x.xsl" type="text/xsl"?><!-- a comment with <rss> in it -->
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/">
 <channel rdf:about="https://news.example/"><title>Neuigkeiten für alle</title><link>https://news.example/</link>
 <items><rdf:Seq><rdf:li resource="https://news.example/1"/></rdf:Seq></items></channel>
 <item rdf:about="https://news.example/1"><title>Größe</title><link>https://news.example/1</link>
  <dc:date>2011-03-08T14:05:00+01:00</dc:date><dc:creator>bär</dc:creator><slash:comments>12</slash:comments>
  <description>Kurz &amp; gut</description></item>
</rdf:RDF>"""

OLD = """<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">
<rss version="0.91"><channel><title>Caf&eacute; news</title><link>http://cafe.example/</link>
<item><title>AT&T & more&nbsp;news</title><link>http://cafe.example/?a=1&b=2</link>
<description>Tea &copy; <b>now</b></description></item></channel></rss>"""

JSON = r"""{"version": "https:\/\/jsonfeed.org\/version\/1.1", "title": "My Feed", "home_page_url": "https://j.example/",
 "language": "en", "authors": [{"name": "ann"}], "items": [
 {"id": "2", "url": "/2", "title": "Second", "content_html": "<p>Hello</p>", "date_published": "2011-03-08T14:05:00Z"},
 {"id": 1, "content_text": "a <plain> note", "authors": [{"name": "ben"}]}, 7]}"""

WXR = """<?xml version="1.0" encoding="UTF-8" ?><!-- generator="WordPress/6.5" created="2024-05-06 10:00" -->
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>Cape notes</title><link>https://cape.example</link><language>en</language><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_login><![CDATA[marga]]></wp:author_login>
 <wp:author_display_name><![CDATA[Marga H.]]></wp:author_display_name></wp:author>
<item><title>A picture</title><link>https://cape.example/pic</link><wp:post_id>3</wp:post_id>
 <wp:post_type>attachment</wp:post_type><content:encoded><![CDATA[]]></content:encoded></item>
<item><title>The lamp</title><link>https://cape.example/lamp</link><pubDate>Mon, 06 May 2024 10:00:00 +0000</pubDate>
 <dc:creator><![CDATA[marga]]></dc:creator><guid isPermaLink="false">https://cape.example/?p=4</guid><description></description>
 <content:encoded><![CDATA[It burned <em>oil</em>
until 1923.

Then gas.
<pre>a

b</pre>]]></content:encoded>
 <excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>4</wp:post_id><wp:post_type>post</wp:post_type>
 {comments}</item>{more}
</channel></rss>"""


def wxr_comment(number: int, parent: int, author: str, text: str, *, state: str = "1", kind: str = "comment") -> str:
    """A comment in WordPress's export."""
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author><![CDATA[{author}]]></wp:comment_author>"
        f"<wp:comment_date><![CDATA[2024-05-06 12:{number:02}:00]]></wp:comment_date>"
        f"<wp:comment_date_gmt><![CDATA[2024-05-06 10:{number:02}:00]]></wp:comment_date_gmt>"
        f"<wp:comment_content><![CDATA[{text}]]></wp:comment_content>"
        f"<wp:comment_approved>{state}</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type>"
        f"<wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
    )


WXR_COMMENTS = "".join(
    (
        wxr_comment(12, 10, "pavel", "There was none.\n\nNot until 1890."),
        wxr_comment(10, 0, "ruth", "By rail & boat."),
        wxr_comment(11, 0, "Buy now", "Cheap lamps", state="spam"),
        wxr_comment(13, 11, "otto", "Is this spam?"),
        wxr_comment(14, 0, "Other notes", "[…] the lamp at the cape […]", kind="pingback"),
    )
)
WXR_SECOND = (
    "<item><title>Second</title><link>https://cape.example/second</link>"
    "<pubDate>Wed, 30 Nov -0001 00:00:00 +0000</pubDate><wp:post_date_gmt>2024-05-07 10:00:00</wp:post_date_gmt>"
    "<wp:post_id>5</wp:post_id><wp:post_type>page</wp:post_type>"
    "<content:encoded><![CDATA[<p>Twice.</p>]]></content:encoded></item>"
)

TAKEOUT = """<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom'
 xmlns:blogger='http://schemas.google.com/blogger/2018'><id>tag:blogger.com,1999:blog-1</id><title>Cape notes</title>
<entry><id>tag:blogger.com,1999:blog-1.post-4</id><blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status>
 <author><name>Marga</name><uri></uri><blogger:type>BLOGGER</blogger:type></author><title>The lamp</title>
 <content type='html'>&lt;p&gt;It burned oil.&lt;/p&gt;</content><published>2024-05-06T10:00:00Z</published></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-42</id><blogger:type>COMMENT</blogger:type>
 <blogger:inReplyTo>tag:blogger.com,1999:blog-1.post-41</blogger:inReplyTo>
 <blogger:parent>tag:blogger.com,1999:blog-1.post-4</blogger:parent>
 <author><name>Pavel</name></author><title/><content type='html'>No.</content>
 <published>2024-05-06T12:00:00Z</published></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-41</id><blogger:type>COMMENT</blogger:type>
 <blogger:parent>tag:blogger.com,1999:blog-1.post-4</blogger:parent>
 <author><name>Ruth</name></author><title/><content type='html'>By rail?</content>
 <published>2024-05-06T11:00:00Z</published></entry>
</feed>"""

ISSUE = """<!-- RSS generated by JIRA -->
<rss version="0.92" ><channel><title>Tracker</title><link>https://jira.example</link><language>en-uk</language>
<item><title>[LAMP-7] The lamp flickers</title><link>https://jira.example/browse/LAMP-7</link>
 <project id="1" key="LAMP">Lamp</project><description>&lt;p&gt;It flickers at night.&lt;/p&gt;</description>
 <key id="70">LAMP-7</key><summary>The lamp flickers</summary><status id="1">Open</status>
 <assignee username="rw">Ruth W.</assignee><reporter username="mh">Marga H.</reporter>
 <created>Mon, 6 May 2024 10:00:00 +0000</created><updated>Tue, 7 May 2024 10:00:00 +0000</updated>
 <comments><comment id="90" author="rw" created="Mon, 6 May 2024 11:00:00 +0000">
 &lt;p&gt;Since when?&lt;/p&gt;</comment>
 <comment id="91" author="otto" created="Mon, 6 May 2024 12:00:00 +0000" >Since May.</comment></comments></item>
</channel></rss>"""
