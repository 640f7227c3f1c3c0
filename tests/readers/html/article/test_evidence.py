"""What speaks for an article on a page."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from rumor_tui.readers.html.article.evidence import article_evidence
from rumor_tui.readers.html.dom import Dom

TEXT = "<p>The old bench in the park has stood there since 1911, and the council asks who took it away last week.</p>"
PAGE = (
    f"<title>The bench</title><nav><a href=/>Home</a></nav><h1>The bench</h1><div class=entry-content>{TEXT * 3}</div>"
    "<div id=respond><h3>Leave a reply</h3><form><input></form></div>"
)


def test_headline_marked_text_and_main_content_are_found_on_the_whole_page() -> None:
    dom = Dom(LexborHTMLParser(PAGE))
    evidence = article_evidence(dom)
    assert dom.tag[evidence.headline] == "h1"
    assert dom.names[evidence.marked] == dom.names[evidence.main] == "entry-content"
    assert not evidence.declared
    assert evidence.prose > 200


def test_what_the_metadata_declares_is_told() -> None:
    head = '<meta property="og:type" content="article">'
    assert article_evidence(Dom(LexborHTMLParser(head + PAGE))).declared


def test_a_page_without_prose_has_no_evidence() -> None:
    evidence = article_evidence(Dom(LexborHTMLParser("<p><a href=/>Home</a>")))
    assert (evidence.headline, evidence.marked, evidence.main, evidence.declared, evidence.prose) == (0, 0, 0, False, 0)


def test_a_live_blog_is_told_by_its_microdata_its_metadata_or_its_name() -> None:
    script = '<script type="application/ld+json">{"@type": "LiveBlogPosting"}</script>'
    item = '<main itemtype="https://schema.org/LiveBlogPosting"></main>'
    for sign in (script, item, "<main class=post-live-blog></main>"):
        assert article_evidence(Dom(LexborHTMLParser(f"<body>{sign}{PAGE}"))).live
    assert not article_evidence(Dom(LexborHTMLParser(PAGE))).live
