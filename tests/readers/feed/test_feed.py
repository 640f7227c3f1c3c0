from __future__ import annotations

import subprocess
import sys
import tracemalloc
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui import blocks, readers
from rumor_tui.model import Listing, Stub, Thread
from rumor_tui.readers import Hint, SourceError, as_thread
from tests.made_threads import steady
from tests.readers.feed import samples


def listing(source: str | bytes) -> Listing:
    content = readers.read_source(source if isinstance(source, bytes) else source.encode(), Hint("feed.xml"))
    assert isinstance(content, Listing)
    return content


def thread(source: str | bytes) -> Thread:
    content = readers.read_source(source if isinstance(source, bytes) else source.encode(), Hint("feed.xml"))
    assert isinstance(content, Thread)
    return content


def opened(result: Listing, index: int) -> Thread:
    content = result.open(index)
    assert isinstance(content, Thread)
    return content


def article_text(result: Thread) -> str:
    return "\n\n".join(blocks.body_text(piece, result.article.format) for piece in result.article.pieces)


def bodies(result: Thread) -> list[str]:
    return [blocks.body_text(body, result.format) for body in result.bodies]


def test_a_blog_is_a_list_of_its_articles() -> None:
    result = listing(samples.BLOG)
    assert result.title == "Notes & queries"
    first, second = result.entries
    assert (first.title, first.byline, first.comments) == ("Six hundred cars – or 414?", "ann", 3)
    assert (first.published, first.address) == (1_299_593_100, "https://blog.example/six-hundred/")
    assert first.summary == "The dealers were told a number. […]"
    assert (second.title, second.comments) == ("Only a note, with two lines.", None)
    assert (second.published, second.address) == (1_299_596_700, "https://blog.example/note/")


def test_an_article_of_a_feed_opens_with_its_text() -> None:
    result = opened(listing(samples.BLOG), 0)
    assert result.article.title == "Six hundred cars – or 414?"
    assert article_text(result) == "The dealers were told a number.\n\nIt was 600."
    assert (result.article.url, result.article.byline) == ("https://blog.example/six-hundred/", "ann")
    assert result.article.link == "https://blog.example/six-hundred/"
    assert (len(result), result.article.published) == (0, 1_299_593_100)
    assert list(result.stubs) == [Stub(-1, 3, keys=("https://blog.example/six-hundred/feed/",))]
    assert article_text(opened(listing(samples.BLOG), 1)) == "Only a note,\nwith two lines."


def test_a_feed_is_exported_as_its_list() -> None:
    result = as_thread(listing(samples.BLOG))
    assert result.article.title == "Notes & queries"
    assert bodies(result) == [
        "Six hundred cars – or 414? · 3 comments\n\nThe dealers were told a number.\n\nIt was 600.",
        "Only a note,\nwith two lines.",
    ]
    assert list(result.urls) == [entry.address for entry in listing(samples.BLOG).entries]


def test_the_items_of_a_list_in_a_feed_stay_apart() -> None:
    steps = "<ol><li>First<ul><li>inner a</li><li>inner b</li></ul></li><li>Second</li></ol>"
    item = f"<item><title>Steps&lt;br&gt;and more</title><description><![CDATA[{steps}]]></description></item>"
    result = as_thread(listing(f'<rss version="2.0"><channel><title>T</title>{item}</channel></rss>'))
    written = blocks.to_text(blocks.parse_body(result.bodies[0], result.format))
    assert written == "Steps and more\n\n1. First\n   • inner a\n   • inner b\n2. Second"


@pytest.mark.parametrize(
    ("title", "by"),
    [
        ("Comments on: Six hundred?", "By:"),
        ("Kommentare zu: Six hundred?", "Von:"),
        ("Commentaires sur : Six hundred?", "Par :"),
        ("Комментарии на: Six hundred?", "От:"),
        ("Six hundred?へのコメント", "投稿者:"),
        ("Six hundred?", "Some other words of"),
    ],
)
def test_a_feed_of_comments_is_a_thread(title: str, by: str) -> None:
    result = thread(samples.COMMENTS.format(title=title, by=by))
    assert (result.article.title, result.article.url) == ("Six hundred?", "https://blog.example/six-hundred/")
    assert list(result.parent) == [-1, 0, -1]
    assert list(result.authors)[:2] == ["ann", "ben"]
    assert result.authors[2] == (None if "other" in by else "cleo")
    assert bodies(result) == ["Around 600, I hear.", "In reply to ann.\n\nNot 600, but 414.", "So what?"]
    assert result.urls[0] == "https://blog.example/six-hundred/#comment-7"
    assert result.published[0] == 1_299_596_700
    assert result.confidence == "structural"


def test_comments_of_which_nothing_tells_the_tree_are_guessed() -> None:
    flat = samples.COMMENTS.format(title="Comments on: X", by="By:").replace("<a href", "<a name")
    result = thread(flat)
    assert (list(result.parent), result.confidence) == ([-1, -1, -1], "guessed")
    assert list(result.authors) == ["ann", "cleo", "ben"]


def test_a_feed_of_no_comments_yet() -> None:
    start, end = samples.COMMENTS.split("<item>")[0], "</channel></rss>"
    result = thread(start.format(title="Comments on: X") + end)
    assert (result.article.title, len(result)) == ("X", 0)
    assert len(listing(start.format(title="A blog") + end).entries) == 0


def test_replies_in_atom_are_a_tree() -> None:
    result = thread(samples.REPLIES)
    assert (result.article.title, result.article.byline) == ("My original entry", "James")
    assert article_text(result) == "This is my original entry"
    assert list(result.authors) == ["Bob", "Ann"]
    assert (list(result.parent), result.confidence) == ([-1, 0], "explicit")
    assert bodies(result) == ["A <plain> response\n\nin two paragraphs", "It is so."]


def test_a_comment_feed_in_atom_whose_article_is_elsewhere() -> None:
    result = thread(samples.BLOGGER)
    assert result.article.title == "Notizen: Sechshundert?"
    assert result.article.url == "https://notizen.example/2011/03/x.html"
    assert (list(result.parent), list(result.authors), result.confidence) == ([-1, 0], ["Anna", "Ben"], "explicit")


def test_a_topic_begins_with_its_first_post() -> None:
    result = thread(samples.TOPIC)
    assert (result.article.title, result.article.byline, article_text(result)) == ("Six hundred?", "ann", "Opening")
    assert (list(result.authors), bodies(result)) == (["ben", "cleo"], ["Second", "Third"])
    assert result.confidence == "guessed"


def test_a_thread_that_keeps_its_own_order() -> None:
    result = thread(samples.REDDIT)
    assert (result.article.title, article_text(result)) == ("Six hundred?", "The dealers.")
    assert list(result.authors) == ["ben", "cleo"]


def test_links_to_related_pages_are_no_replies() -> None:
    source = samples.REPLIES.replace("<thr:in-reply-to ref", '<link rel="related" title').replace("<feed", "<feed ", 1)
    assert len(listing(source).entries) == 3


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-8", "utf-8-sig", "utf-16"])
def test_rss_in_rdf_in_any_encoding(encoding: str) -> None:
    result = listing(samples.RDF.encode(encoding))
    assert result.title == "Neuigkeiten für alle"
    entry = result.entries[0]
    assert (entry.title, entry.byline, entry.comments, entry.summary) == ("Größe", "bär", 12, "Kurz & gut")
    assert entry.published == 1_299_589_500


def test_other_rdf_is_no_feed() -> None:
    source = samples.RDF.replace("purl.org/rss", "xmlns.com/foaf")
    assert isinstance(readers.read_source(source.encode(), Hint("x")), Thread)


def test_what_is_no_xml_is_mended() -> None:
    result = listing(samples.OLD)
    assert result.title == "Café news"
    entry = result.entries[0]
    assert (entry.title, entry.address) == ("AT&T & more news", "http://cafe.example/?a=1&b=2")
    assert article_text(opened(result, 0)) == "Tea © now"


def test_a_feed_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    result = listing(samples.BLOG[: samples.BLOG.index("It was <b>")])
    assert [entry.title for entry in result.entries] == ["Six hundred cars – or 414?"]


def test_controls_and_undeclared_prefixes_do_no_harm() -> None:
    source = samples.BLOG.replace('xmlns:slash="http://purl.org/rss/1.0/modules/slash/"', "").replace(
        "A blog", "\x00\x1b"
    )
    assert listing(source.replace("\x00", "")).entries[0].comments == 3


def test_addresses_that_are_none_do_no_harm() -> None:
    result = listing(samples.BLOG.replace("https://blog.example/six", "http://[six").replace("/note/", "http://]"))
    assert [entry.address for entry in result.entries] == ["", ""]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "mailto:ann@blog.example", "file:///x"])
def test_only_addresses_of_pages_are_kept(address: str) -> None:
    blog = samples.BLOG.replace("https://blog.example/six-hundred/feed/", address)
    result = listing(blog.replace("https://blog.example/six-hundred/", address))
    page = opened(result, 0)
    assert (result.entries[0].address, page.article.url, page.stubs[0].keys) == ("", None, ())
    comments = thread(samples.COMMENTS.replace("https://blog.example/six-hundred/", address))
    assert comments.article.url is None
    assert not any(comments.urls)
    json = f'{{"version": "https://jsonfeed.org/version/1", "items": [{{"url": "{address}", "content_text": "x"}}]}}'
    assert listing(json).entries[0].address == ""


def test_a_json_feed() -> None:
    result = listing(samples.JSON)
    first, second = result.entries
    assert (result.title, first.title, first.address, first.byline) == (
        "My Feed",
        "Second",
        "https://j.example/2",
        "ann",
    )
    assert (second.title, second.byline) == ("a <plain> note", "ben")
    assert article_text(opened(result, 0)) == "Hello"


def test_a_note_on_a_page_elsewhere_links_to_that_page() -> None:
    entry = '{"url": "https://j.example/1", "external_url": "https://paper.example/600", "content_text": "Look"}'
    article = opened(listing(f'{{"version": "https://jsonfeed.org/version/1.1", "items": [{entry}]}}'), 0).article
    assert (article.url, article.link) == ("https://j.example/1", "https://paper.example/600")


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghijk"))
    + ']><rss version="2.0"><channel><title>T &k;</title><item><title>x&k;y</title></item></channel></rss>'
)


def test_entities_are_not_expanded() -> None:
    tracemalloc.start()
    result = listing(LAUGHS)
    assert (result.title, result.entries[0].title.replace(" ", "")) in (("T", "xy"), ("T &k;", "x&k;y"))
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    "kind", ['SYSTEM "file:///etc/passwd"', 'SYSTEM "http://127.0.0.1:9/x"', 'PUBLIC "a" "/etc/passwd"']
)
def test_nothing_outside_is_read(kind: str) -> None:
    source = (
        f"<!DOCTYPE rss [<!ENTITY x {kind}><!ENTITY % p {kind}> %p;]><rss><channel><title>T&x;</title></channel></rss>"
    )
    assert listing(source).title in ("T", "T&x;")


def test_nesting_has_an_end() -> None:
    source = "<rss><channel><title>T</title><item><description>" + "<b>" * 100_000
    result = readers.read_source(source.encode(), Hint("x"))
    assert isinstance(result, Listing)


@pytest.mark.parametrize("piece", ["<![CDATA[", "&a", "<!--", "<b a='", "]]>", "Comment on x by ", "<item><title>"])
def test_large_nonsense_is_read_in_its_time(piece: str) -> None:
    """Half a megabyte each; what takes time by its square would take minutes."""
    source = "<rss><channel><title>T</title><item><title>" + piece * (500_000 // len(piece))
    assert as_thread(readers.read_source(source.encode(), Hint("x"))).article.title


@steady
@given(st.text(alphabet="<>/!?[]&;\"'= abcrsfeditmlnk#\x00é", max_size=200), st.integers(0, 1800), st.integers(0, 300))
def test_broken_feeds_raise_nothing_but_sentences(noise: str, at: int, less: int) -> None:
    for sample in (samples.BLOG, samples.REPLIES, samples.JSON):
        source = sample[:at] + noise + sample[at + less :]
        try:
            content = readers.read_source(source.encode("utf-8", "replace"), Hint("x"))
        except SourceError as error:
            assert "report" not in str(error)
            continue
        if isinstance(content, Listing):
            for index in range(len(content.entries)):
                content.open(index)
        result = as_thread(content)
        assert all(parent < row for row, parent in enumerate(result.parent))


def test_a_text_loads_no_xml() -> None:
    code = """
import sys
from rumor_tui.readers import Hint, read_source
read_source(b"A text\\n\\nthat is plain.", Hint("x"))
assert "lxml" not in sys.modules and "rumor_tui.readers.feed.xml_feed" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)


LINK_BLOG = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Links</title>
<link rel="alternate" href="https://links.example/"/>
<entry><title>Cars</title><id>1</id><link rel="alternate" href="https://paper.example/cars"/>
<link rel="related" href="https://links.example/2024/cars"/><content type="html">Good.</content></entry>
<entry><title>Dealers</title><id>2</id><link rel="alternate" href="https://links.example/2024/dealers"/>
<link rel="related" href="https://paper.example/dealers"/><content type="html">Read it.</content></entry>
<entry><title>Own</title><id>3</id><link rel="alternate" href="https://links.example/2024/own"/>
<link rel="related" href="https://links.example/2023/own"/><content type="html">Mine.</content></entry></feed>"""


def test_a_blog_of_links_names_its_own_pages_and_those_elsewhere() -> None:
    result = listing(LINK_BLOG)
    assert [(entry.address, entry.link) for entry in result.entries] == [
        ("https://links.example/2024/cars", "https://paper.example/cars"),
        ("https://links.example/2024/dealers", "https://paper.example/dealers"),
        ("https://links.example/2024/own", ""),
    ]
    first = opened(result, 0).article
    assert (first.url, first.link) == ("https://links.example/2024/cars", "https://paper.example/cars")


def test_a_json_feed_of_links() -> None:
    items = """{"id": "1", "url": "https://l.example/1", "external_url": "https://paper.example/cars", "title": "A"},
        {"id": "2", "external_url": "https://paper.example/dealers", "title": "B"}"""
    feed = f'{{"version": "https://jsonfeed.org/version/1.1", "title": "L", "items": [{items}]}}'
    assert [(entry.address, entry.link) for entry in listing(feed).entries] == [
        ("https://l.example/1", "https://paper.example/cars"),
        ("https://paper.example/dealers", ""),
    ]


def test_submissions_in_feeds_of_reddit_lead_to_the_page_that_they_are_about() -> None:
    def entry(number: str, page: str) -> str:
        own = f"https://www.reddit.com/r/cars/comments/{number}/six/"
        anchors = f'&lt;a href="{page or own}"&gt;[link]&lt;/a&gt; &lt;a href="{own}"&gt;[comments]&lt;/a&gt;'
        head = f'<id>t3_{number}</id><title>{number}</title><link href="{own}"/>'
        return f'<entry>{head}<content type="html">{anchors}</content></entry>'

    entries = entry("a1", "https://paper.example/six?a=1&amp;amp;b=2") + entry("a2", "")
    feed = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>cars</title>
        <link rel="alternate" href="https://www.reddit.com/r/cars/"/>{entries}</feed>"""
    assert [entry.link for entry in listing(feed).entries] == ["https://paper.example/six?a=1&b=2", ""]
