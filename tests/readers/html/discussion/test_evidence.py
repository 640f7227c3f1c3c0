"""Pages of one article have boxes with names and dates too: none of them is a comment."""

from __future__ import annotations

import pytest

from rumor_tui.readers import as_thread, read_source
from rumor_tui.readers.source import Hint

PARAGRAPH = "<p>The ferry crossed the bay until the bridge was opened, and then it was sold for scrap.</p>"
HEAD = "<h1>The last ferry</h1><span class=author>Ida Holm</span> <time datetime=2022-05-01>May 1, 2022</time>"
BAND = "<span class=author>{0}</span> <time datetime=2022-0{1}-03>{1}/3/2022</time>"
FORM = (
    "<form><label>Name *</label><input name=author><label>E-mail *</label><input name=email>"
    "<p>Your address is not published.</p><a class=reply href=#respond>Cancel reply</a></form>"
)


def band(name: str, content: str) -> str:
    return f"<section class={name}>{content}</section>"


PAGES = {
    "an empty form": f"<article class=post>{HEAD}{PARAGRAPH * 9}</article><div class=comments-area>{FORM}</div>",
    "bands of one class": band("row", "<a href=/about class=author>About us</a> 2 May 2023 Home of the ferry")
    + band("row", HEAD + PARAGRAPH * 9)
    + band("row", BAND.format("Per Dahl", 3) + "<p>What else to read on the bay and its ships this week.</p>"),
    "an author's box": f"<article class=post>{HEAD}{PARAGRAPH * 9}</article>"
    "<div class=author-comment><a class=author href=/u/ida>Ida Holm</a> writes about ships since 2011.</div>",
    "teasers with the name and the date beside the title": f"<article>{HEAD}{PARAGRAPH * 9}</article>"
    + "".join(
        band("box", f"<h3><a href=/{name}>What {name} saw at sea</a></h3><div class=below>{BAND.format(name, month)}"
             f"<p>A summary of what {name} wrote about the sea.</p></div>")
        for name, month in (("Per", 1), ("Liv", 2), ("Ola", 3))
    ),
    "questions with answers": f"<article>{HEAD}{PARAGRAPH * 9}</article><script type=application/ld+json>"
    """{"@type": "FAQPage", "mainEntity": [
    {"@type": "Question", "name": "When?", "acceptedAnswer": {"@type": "Answer", "text": "In May 1987."}},
    {"@type": "Question", "name": "Why?", "acceptedAnswer": {"@type": "Answer", "text": "Because of the bridge."}}]}
    </script>""",
}  # fmt: skip


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_without_comments_has_none(kind: str) -> None:
    page = f"<!doctype html><html><head><title>The last ferry</title></head><body>{PAGES[kind]}</body></html>"
    thread = as_thread(read_source(page.encode(), Hint("p.html")))
    assert list(thread.authors) == []
    assert "sold for scrap" in str(thread.article.pieces)


def test_a_single_comment_is_read_beside_the_form() -> None:
    comment = (
        "<li class=comment id=comment-7><b class=fn>Nils</b> <time datetime=2022-05-02>May 2, 2022</time>"
        "<p>My uncle was its engineer for thirty years.</p><a class=reply href=#respond>Reply</a></li>"
    )
    below = f"<div class=comments-area>{FORM}<ol>{comment}</ol></div>"
    page = f"<html><body><article>{HEAD}{PARAGRAPH * 9}</article>{below}</body></html>"
    assert list(as_thread(read_source(page.encode(), Hint("p.html"))).authors) == ["Nils"]


def test_an_article_above_the_posts_of_a_plug_in_stays_the_article() -> None:
    posts = "".join(
        f'<li class="post" id="post-{number}"><b class="author">{name}</b> <time datetime="2024-05-0{number}">May'
        f'</time><div class="post-message"><p>{said}</p></div><a class="reply" href="#r{number}">Reply</a></li>'
        for number, name, said in ((1, "Ada", "It was shut in April."), (2, "Ben", "Only for lorries, as I heard."))
    )
    page = (
        f"<h1>The bridge</h1><article>{'<p>' + 'The bridge over the river was closed again. ' * 6 + '</p>'}</article>"
        f'<div id="disqus_thread"><ul id="posts">{posts}</ul></div>'
    )
    thread = as_thread(read_source(page.encode(), Hint("page.html")))
    assert thread.article.pieces and len(thread) == 2


def test_sections_whose_headings_have_identifiers_are_no_comments() -> None:
    releases = "".join(
        f'<section class="release"><h2 id="v{number}">{number}.0</h2><a class="author" href="/u/{name}">{name}</a> '
        f"<time datetime='2024-0{number}-05'>{number}/24</time><ul><li>{text}</li></ul></section>"
        for number, name, text in (
            (3, "Ines", "Exports can be paused without losing their place."),
            (2, "Rolf", "No crash on ledgers of more than 65,535 rows."),
            (1, "Ines", "The audit page shows who is active."),
        )
    )
    thread = as_thread(read_source(f"<h1>Releases</h1><article>{releases}</article>".encode(), Hint("page.html")))
    assert len(thread) == 0 and thread.article.pieces


def test_a_guestbook_of_labelled_rows_is_its_entries() -> None:
    entries = "".join(
        f"<table><tr><td><b>From:</b></td><td>{name}</td></tr><tr><td><b>Date:</b></td><td>0{day} Jan 2004</td></tr>"
        f"<tr><td><b>Message:</b></td><td>{text}</td></tr></table><br>"
        for name, day, text in (
            ("Winnie", 5, "I grew up at lock nine, and so did my brothers."),
            ("Horace", 4, "Do you have any pictures of the horses?"),
            ("Lynn", 2, "The heron is still there every morning."),
        )
    )
    thread = as_thread(read_source(f"<h2>Guestbook</h2>{entries}".encode(), Hint("page.html")))
    assert [thread.authors[row] for row in range(len(thread))] == ["Winnie", "Horace", "Lynn"]
    assert not any("Message" in thread.bodies[row] for row in range(len(thread)))


def test_an_initial_gives_way_to_the_name_beside_it() -> None:
    posts = "".join(
        f'<li class="comment" id="c{number}"><a class="user" href="/u/{number}">{name[0]}</a>'
        f'<a class="user" href="/u/{number}">{name}</a> <time datetime="2024-05-0{number}">May</time><p>{text}</p></li>'
        for number, name, text in ((1, "Zuzana", "The clock is late again."), (2, "Petr", "By eleven minutes."))
    )
    thread = as_thread(read_source(f"<h1>Clock</h1><ul class=comments>{posts}</ul>".encode(), Hint("page.html")))
    assert [thread.authors[row] for row in range(len(thread))] == ["Zuzana", "Petr"]
