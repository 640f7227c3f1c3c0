"""Small pages in the styles of many systems: the article's first and last paragraphs, and nothing that stands round it.

The pages are in `fixtures/articles`, made for these tests. Words in capitals in them are of what is not the article.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from rumor_tui.blocks import parse_body
from rumor_tui.model import Block
from rumor_tui.readers.html import link_list, metadata
from rumor_tui.readers.html.article import extract
from rumor_tui.readers.html.article.evidence import article_evidence
from rumor_tui.readers.html.article.sanitize import split_html
from rumor_tui.readers.html.article.title import page_title
from rumor_tui.readers.html.dom import Dom

FOLDER = Path(__file__).parents[1] / "fixtures" / "articles"
URL = "https://www.north.example/2024/harbour"

TITLE = "What the harbour smells of"
FIRST = "The first thing that anyone notices about the harbour is the smell of tar"
LAST = "and yet the boats go out at seven, as they did in the year of the ice."
ABSENT = ("RELATED", "NEWSLETTER", "BIO", "SHARE", "MENU", "FOOT", "TAGS")


class Page(NamedTuple):
    """What is to be found of a page: how its article begins and ends, its title, and who wrote it."""

    first: str = FIRST
    last: str = LAST
    title: str = TITLE
    byline: str | None = "Ann Berg"


PAGES = {
    "wordpress-classic": Page(),
    "wordpress-blocks": Page(),
    "genesis": Page(),
    "blogger": Page(),
    "drupal-7": Page(),
    "drupal-10": Page(),
    "movable-type": Page(),
    "kinja": Page(),
    "medium": Page(),
    "news-with-json-ld": Page(byline="Ann Berg, Ben Ost"),
    "spip": Page("On remarque d’abord l’odeur", "comme l’année de la glace.", "Ce que sent le port"),
    "static-site": Page(),
    "documentation": Page("The salt module reads a probe", "for itself until then.", "Measuring salt", None),
    "readme": Page(title="harbour", byline=None),
    "h-entry": Page(last="1974. north.example", title="The first thing that anyone notices abou..."),
    "react": Page(),
    "amp": Page(),
    "old-tables": Page(),
    "german-paywall": Page(
        "Es riecht nach Teer", "wie im Jahr des Eises.", "Hafen: Wonach es im Hafen riecht", "Anna Berg"
    ),
    "cjk": Page("來到港口的人首先注意到的是柏油的氣味", "和冰年一樣", "港口的氣味", None),
    "right-to-left": Page("نخستین چیزی که هر کس در بندر", "ساعت هفت به دریا می‌روند.", "بوی بندر", None),
    "recipe": Page(byline=None),
    "poem": Page("The boats go out at seven,", "in any other town.", "At seven", None),
}


def source(name: str) -> str:
    return (FOLDER / f"{name}.html").read_text(encoding="utf-8")


def extracted(html: str, url: str = URL) -> extract.ExtractedArticle:
    dom = Dom(LexborHTMLParser(html))
    return extract.extract_article(dom, metadata.find_address(dom.head, url) or "", page_title(dom))


def blocks(html: str, url: str = URL) -> list[Block]:
    return [block for piece in split_html(extracted(html, url).body) for block in parse_body(piece, "html")]


def texts(html: str) -> list[str]:
    """The text of each block, pictures apart."""
    return [" ".join(block.text.split()) for block in blocks(html) if not block.text.startswith("[")]


def test_every_page_is_looked_at() -> None:
    assert sorted(PAGES) == sorted(path.stem for path in FOLDER.glob("*.html"))


@pytest.mark.parametrize("name", PAGES)
def test_the_text_begins_and_ends_where_the_article_does(name: str) -> None:
    found = texts(source(name))
    assert found[0].startswith(PAGES[name].first)
    assert found[-1].endswith(PAGES[name].last)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_round_the_article_is_in_its_text(name: str) -> None:
    text = " ".join(texts(source(name)))
    assert [word for word in ABSENT if word in text] == []


@pytest.mark.parametrize("name", PAGES)
def test_the_title_is_the_headline(name: str) -> None:
    assert page_title(Dom(LexborHTMLParser(source(name)))) == PAGES[name].title


@pytest.mark.parametrize("name", PAGES)
def test_the_byline_is_a_name(name: str) -> None:
    assert extracted(source(name)).byline == PAGES[name].byline


@pytest.mark.parametrize("name", PAGES)
def test_an_article_is_no_list(name: str) -> None:
    assert link_list.find_entries(Dom(LexborHTMLParser(source(name))), URL) == []


def prose(*between: str) -> str:
    """A page whose article has something between two paragraphs."""
    lines = "and so on for a while, as long as it takes to be more than a label or a caption or a list of links."
    return f"<main><p>It begins here, {lines}</p>{''.join(between)}<p>It ends here, {lines}</p></main>"


@pytest.mark.parametrize(
    ("between", "kind", "text"),
    [
        ("<h2>A heading<a class='anchor' href='#a'>#</a></h2>", "heading", "A heading"),
        ("<pre><code><span>a</span> = 1\n  b &lt; 2</code></pre>", "code", "a = 1\n  b < 2"),
        ("<pre><span class='hljs-comment'># a comment</span>\nx</pre>", "code", "# a comment\nx"),
        ("<h2 id='ratings'>Ratings</h2>", "heading", "Ratings"),
        ("<p>is <math><mi>x</mi><annotation>x^2</annotation></math> here</p>", "paragraph", "is x^2 here"),
        ("<div><div><p>In two boxes</p></div></div>", "paragraph", "In two boxes"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", "table", "a\tb\n1\t2"),
        ("<table><tr><td><p>Laid <b>out</b></p></td></tr></table>", "paragraph", "Laid out"),
        ("<p>lazy <img data-src='/a.jpg' src='data:,' alt='A pier'></p>", "paragraph", "lazy [A pier]"),
        ("<p>drawn<img width=1 height=1 src='/pixel.gif'></p>", "paragraph", "drawn"),
        ("<p>seen<script>no()</script><style>p{}</style><span hidden>not</span></p>", "paragraph", "seen"),
    ],
)
def test_what_an_article_holds_is_kept_as_what_it_is(between: str, kind: str, text: str) -> None:
    found = blocks(prose(between))[1:-1]
    assert [(block.kind, block.text) for block in found] == [(kind, text)]


def test_quotes_and_lists_keep_their_place() -> None:
    found = blocks(prose("<blockquote><p>q</p></blockquote><ol start=3><li>x<ul><li>y</li></ul></li></ol>"))[1:-1]
    assert [(block.text, block.quote, block.marker, block.indent) for block in found] == [
        ("q", 1, "", 0),
        ("x", 0, "3.", found[1].indent),
        ("y", 0, "•", found[2].indent),
    ]
    assert 0 < found[1].indent < found[2].indent


def test_links_are_absolute_and_go_only_where_a_browser_may() -> None:
    between = "<p>see <a href='/boats'>boats</a> and <a href='javascript:x()'>this</a> in the text of the article</p>"
    spans = [span for block in blocks(prose(between)) for span in block.spans]
    assert [span.target for span in spans] == ["https://www.north.example/boats"]


def test_what_the_page_says_of_itself_is_read() -> None:
    html = source("news-with-json-ld")
    found = extracted(html)
    assert (found.published, found.published_text) == (1709460000.0, "2024-03-03T10:00:00Z")


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("3. März 2024", 1709424000.0), ("March 3, 2024", 1709424000.0)],
)
def test_a_date_in_words_is_read_and_kept_as_written(written: str, seconds: float | None) -> None:
    found = extracted(f"<span>{written}</span>" + prose())
    assert (found.published, found.published_text) == (seconds, written)


def test_the_canonical_address_must_be_one_that_can_be_opened() -> None:
    def address(html: str, url: str = URL) -> str | None:
        return metadata.find_address(Dom(LexborHTMLParser(html)).head, url)

    assert address("<link rel=canonical href='javascript:x'>" + prose()) == URL
    assert address("<link rel=canonical href='/other'>" + prose()) == "https://www.north.example/other"
    assert address(prose(), "") is None


@pytest.mark.parametrize(
    ("head", "url", "found"),
    [
        ("<link rel=canonical href='/'>", URL, URL),
        ("<link rel=canonical href='https://other.example'>", URL, URL),
        ("<link rel=canonical href='https://other.example/index.html?utm_source=x'>", URL, URL),
        ("<link rel=canonical href='/'><meta property=og:url content='/six'>", URL, "https://www.north.example/six"),
        (
            "<link rel=canonical href='https://a.example/'><meta property=og:url content='https://a.example/six'>",
            "",
            "https://a.example/six",
        ),
        ("<meta property=og:url content='https://a.example'>", URL, URL),
        ("<link rel=canonical href='https://a.example/?p=5'>", URL, "https://a.example/?p=5"),
        ("<link rel=canonical href='https://a.example/'>", "page.html", "https://a.example/"),
        ("<link rel=canonical href='https://a.example/'>", "https://www.a.example/?utm_source=x", "https://a.example/"),
        ("<meta property=og:url content='/six'>", URL, "https://www.north.example/six"),
    ],
)
def test_a_front_page_is_the_address_of_no_other_page(head: str, url: str, found: str) -> None:
    assert metadata.find_address(Dom(LexborHTMLParser(head + prose())).head, url) == found


def test_comments_are_no_part_of_the_article_and_stay_on_the_page() -> None:
    tree = LexborHTMLParser(prose("<p id=c>A comment between, however long <b>it</b> may be, and it is long.</p>"))
    before = tree.html
    dom = Dom(tree)
    comment = next(number for number, attrs in enumerate(dom.attrs) if attrs.get("id") == "c")
    excluded = [comment <= number < dom.end[comment] for number in range(len(dom))]
    found = extract.extract_article(dom, excluded=excluded)
    assert ("It ends here" in found.body, "comment" in found.body) == (True, False)
    assert tree.html == before


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<html><body></body></html>",
        "<frameset><frame src=a></frameset>",
        "<ul><li><a href=/a>One link that says enough to be a title</a></ul>",
        "<p>Log in to read",
    ],
)
def test_a_page_without_an_article_has_no_text(html: str) -> None:
    assert extracted(html).body == ""


def test_a_long_article_comes_in_pieces_that_are_the_whole() -> None:
    body = extracted(prose(*(f"<p>Paragraph {n} of many, {'which goes on ' * 20}.</p>" for n in range(60)))).body
    pieces = split_html(body)
    assert "".join(pieces) == body
    assert all(3_000 <= len(piece) < 4_000 for piece in pieces[:-1])
    whole = parse_body(body, "html")
    assert [block for piece in pieces for block in parse_body(piece, "html")] == whole


TAGS = (
    "div",
    "p",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "a",
    "b",
    "pre",
    "code",
    "h1",
    "h2",
    "script",
    "style",
    "noscript",
    "article",
    "header",
    "form",
    "blockquote",
    "svg",
    "figure",
)
NAMES = ("entry-content", "share", "lead", "sidebar", "byline", "comments", "")
SOUP = st.lists(
    st.one_of(
        st.builds(
            '<{} class="{}" href={}>'.format, st.sampled_from(TAGS), st.sampled_from(NAMES), st.sampled_from("/#:")
        ),
        st.builds("</{}>".format, st.sampled_from(TAGS)),
        st.sampled_from(
            ("some words that are here, and more of them than a label has. ", "<", "&#0;", '"', "\x00", "12")
        ),
    ),
    max_size=60,
)


@settings(deadline=None)
@given(SOUP, st.sampled_from(("", URL, "x:", "http://[")))
def test_no_page_is_too_odd(tokens: list[str], url: str) -> None:
    html = "".join(tokens)
    dom = Dom(LexborHTMLParser(html))
    found = extract.extract_article(dom, url)
    assert "".join(split_html(found.body)) == found.body
    article_evidence(dom)
    link_list.find_entries(dom, url)


@pytest.mark.parametrize("opening", ["<div>", "<div class=entry-content hidden>", "<ul><li>", "<table><td>", "<b><i>"])
def test_deep_nesting_needs_no_recursion(opening: str) -> None:
    words = "<p>There are words here that are enough for a paragraph, or nearly.</p>"
    html = (opening + words) * 1_500
    extract.extract_article(Dom(LexborHTMLParser(html)), URL)
    link_list.find_entries(Dom(LexborHTMLParser(html)), URL)


NOTE = "The old bench in the park has stood there since 1911, and the council asks who took it."
COMMENTS = "<h2>3 comments</h2><p>I saw it go, on Tuesday it was.</p>"


@pytest.mark.parametrize(
    "html",
    [
        f"<article><h1>The bench</h1><p>{NOTE}</p></article>{COMMENTS}",
        f"<main><h1>The bench</h1><p>{NOTE}</p></main>",
        f"<div><h1>The bench</h1><span>$4</span><div><p>{NOTE}</p></div></div><div>{COMMENTS}</div>",
        f"<header><h1>The bench</h1></header><p>{NOTE}</p>{COMMENTS}",
        f"<h1>The bench</h1><ul><li><a href=/>Home</a><li>All benches.</ul><p>{NOTE}</p>{COMMENTS}",
        f"<div itemprop=articleBody><p>{NOTE}</p></div><p><a href=/a>Another bench, elsewhere.</a></p>",
    ],
)
def test_a_short_text_is_an_article_where_its_place_tells_so(html: str) -> None:
    nav = "<nav><a href=/>Home.</a></nav>"
    assert texts(f"<title>Bench</title>{nav}{html}") == [NOTE]


@pytest.mark.parametrize(
    "html",
    [
        "<h1>Topic</h1><p><a href=/u>ann</a> started this, <a href=/t>in talk</a>.</p>",
        "<h1>One</h1><h1>Two</h1><p>There are two headings here, and so none of them is it.</p>",
        "<article><p>Short, but the first of two.</p></article><article><p>And this is the other one.</p></article>",
        "<main><ul><li><a href=/a>A first link that ends.</a><li><a href=/b>A second link that ends.</a></ul></main>",
        "<h1>Topic</h1><p>Replies 4 Views 1,203 Last post Tuesday, 4 May 2021 at 10:15</p>",
    ],
)
def test_labels_and_links_below_a_heading_are_no_article(html: str) -> None:
    assert texts(html) == []


def test_labels_and_forms_are_nobodys_byline() -> None:
    form = "<form><p class=login-username><label>User name or e-mail</label><input></p></form>"
    assert extracted(form + prose()).byline is None
    assert extracted("<form><p class=username>Sign in</p><input></form>" + prose()).byline is None
    assert extracted(f"{form}<p class=author-name>Ann Berg</p>{prose()}").byline == "Ann Berg"
    assert extracted(f"<form><h1>The harbour</h1><p class=byline>By Ann Berg</p>{prose()}</form>").byline == "Ann Berg"


@pytest.mark.parametrize(
    "caption",
    [
        "<h2><button>May I bring a dog?</button></h2>",
        "<dl><dt><button aria-expanded=false><span>May I bring a dog?</span></button></dt></dl>",
        "<details><summary><button>May I bring a dog?</button></summary></details>",
        "<button class=accordion>May I bring a dog?</button>",
        "<button aria-expanded=false aria-controls=p1>May I bring a dog?</button>",
    ],
)
def test_a_button_that_is_a_caption_is_text(caption: str) -> None:
    panel = "<div id=p1><p>You may, as long as it is on a lead and does not bark at the birds.</p></div>"
    assert "May I bring a dog?" in texts(prose(caption + panel))


def test_a_button_in_a_heading_or_a_menu_is_no_text() -> None:
    heading = "<h2>The history of the bench in our park <button>Copy</button></h2>"
    found = texts(prose(f"{heading}<button aria-expanded=false>Menu</button><ul><li><a href=/x>X</a></ul>"))
    assert "The history of the bench in our park" in found
    assert "Menu" not in found


LINE = "The bath turns brown as soon as it is hotter than seventy degrees, and nobody can tell us why that is so."


def test_a_page_of_plain_text_is_that_text() -> None:
    menu = "<ul><li>Previous message: <a href=1>Woad</a></ul>"
    found = texts(f"<h1>Madder</h1>{menu}<hr><pre>Dear all,\n\n{LINE}\n\nAnn</pre><hr>{menu}")
    assert len(found) == 1
    assert "Dear all" in found[0]


def sections(name: str) -> str:
    """An article in five sections that are called so."""
    return "".join(
        f"<div class={name}><p>Part {number} tells of the bench, which stood in the park by the water since 1911, "
        f"and of whoever took it away in the night, {'as the council says, ' * 8}which is part {number}.</p></div>"
        for number in range(5)
    )


def test_an_article_of_modules_is_text() -> None:
    found = texts(f"<h1>The bench</h1><main>{sections('page-widget')}</main><div class=widget><p>{NOTE}</p></div>")
    assert [text[:6] for text in found[:5]] == [f"Part {number}" for number in range(5)]


def test_sections_of_one_name_are_one_article() -> None:
    found = texts(f"<h1>The bench</h1><main><div>{sections('rich-text')}</div></main><p><a href=/a>More</a></p>")
    assert [text[:6] for text in found] == [f"Part {number}" for number in range(5)]


def test_a_panel_that_a_button_opens_is_text() -> None:
    panel = (
        "<button aria-controls=p>Who took it?</button><div id=p aria-hidden=true><p>Nobody knows who took it.</p></div>"
    )
    other = "<div aria-hidden=true><p>Nobody sees this sentence, which is hidden for good.</p></div>"
    found = texts(prose(panel, other))
    assert "Nobody knows who took it." in found
    assert not any("Nobody sees" in text for text in found)


def test_the_same_text_for_another_width_is_kept_once() -> None:
    article = f"<h1>The bench</h1><main><div>{sections('wide')}</div><div>{sections('narrow')}</div></main>"
    assert len(texts(article)) == 5


@pytest.mark.parametrize(
    "heading", ["Related articles", "Recommended reading", "About the author", "Das könnte Sie auch interessieren"]
)
def test_other_texts_after_the_article_are_cut_off(heading: str) -> None:
    after = f"<h3>{heading}</h3><p>{NOTE}</p><p>{NOTE} It is said again.</p>"
    assert len(texts(f"<main><h1>The bench</h1>{sections('part')}{after}</main>")) == 5


def test_related_work_is_a_section_of_a_paper() -> None:
    after = f"<h3>Related work</h3><p>{NOTE}</p>"
    assert texts(f"<main><h1>The bench</h1>{sections('part')}{after}</main>")[-1] == NOTE


def test_names_are_distrusted_where_the_text_is_a_small_part_of_the_prose() -> None:
    page = f"<html><body><h1>The bench</h1><div><p>{NOTE * 2}</p></div><div class=related>{sections('x')}</div></body>"
    assert any(text.startswith("Part 4") for text in texts(page))


def test_the_article_goes_on_beside_its_named_element() -> None:
    staff = f"<h2>Who is who</h2><ul><li><p>{NOTE}</p></li></ul>"
    found = texts(f"<main><h1>The bench</h1><div class=entry-content><p>{LINE}</p><p>{LINE}</p></div>{staff}</main>")
    assert found[-2:] == ["Who is who", NOTE]


def test_a_list_of_other_texts_beside_the_named_element_is_none() -> None:
    card = f"<li><a href=/x>Another bench was taken, too</a><p>{NOTE[:60]}.</p></li>"
    body = f"<div class=entry-content><p>{LINE}</p><p>{LINE}</p></div>"
    found = texts(f"<main><h1>The bench</h1>{body}<section><h2>Elsewhere</h2><ul>{card * 4}</ul></section></main>")
    assert found == [LINE, LINE]


def test_a_box_around_a_small_form_is_no_text() -> None:
    letter = "<h3>The bench by mail</h3><p>One letter on Fridays, and it says where the bench is.</p>"
    box = f"<div>{letter}<form><input></form></div>"
    assert not any("letter" in text or "by mail" in text for text in texts(prose(box)))


def test_a_line_that_is_only_a_link_within_the_site_is_left_out() -> None:
    line = "<p><a href='/b'>Read more: the other bench</a></p>"
    article = sections("part")
    assert not any("Read more" in text for text in texts(f"<main><h1>The bench</h1>{article}{line}{article}</main>"))
    picks = "".join(f"<p><a href='/b{n}'>The bench of the {n}. of May</a></p>" for n in range(9))
    assert sum("of May" in text for text in texts(prose(picks))) == 9


@pytest.mark.parametrize(
    "heading", ["Comments (0)", "12 Kommentare", "Most read", "Annunci simili", "© 2024 The Bench"]
)
def test_what_follows_the_article_begins_with_its_heading(heading: str) -> None:
    after = f"<h2>{heading}</h2><p>{NOTE}</p>"
    assert NOTE not in texts(f"<main><h1>The bench</h1>{sections('part')}{after}</main>")


@pytest.mark.parametrize("name", ["note", "admonition warning", "callout", "tip"])
def test_the_notes_of_a_manual_are_text(name: str) -> None:
    note = "The older green cabinets count their valves from one."
    assert note in texts(prose(f"<aside class='{name}'><p>{note}</p></aside>"))


def test_a_verdict_behind_the_marked_text_is_of_the_article() -> None:
    marked = "".join(f"<p>{number}. {LINE}</p>" for number in range(4))
    review = f"<h1>A radio</h1><div itemprop=reviewBody>{marked}</div>"
    page = f"<article>{review}<section><h2>Verdict</h2><p>Buy it, and tape the lid.</p></section></article>"
    assert texts(page)[-2:] == ["Verdict", "Buy it, and tape the lid."]
