"""A page as a whole: what is the article, what the comments, what is kept of each."""

from __future__ import annotations

from rumor_tui import readers
from rumor_tui.blocks import body_text
from rumor_tui.model import Listing, Stub, Thread
from rumor_tui.readers.source import Hint
from tests.reading import read_source

ARTICLE = "".join(
    f"<p>Paragraph {number} of the article says at some length what the dealers were told, and by whom, and when.</p>"
    for number in range(1, 6)
)


def comment(number: int, author: str, body: str, below: str = "", date: str = "2011-03-08T14:05:00Z") -> str:
    return (
        f'<li class="comment" id="comment-{number}"><div class="comment-meta"><cite class="fn">{author}</cite> '
        f'<a href="#comment-{number}"><time datetime="{date}">March 8, 2011</time></a></div>'
        f'<div class="comment-content"><p>{body}</p></div><a class="comment-reply-link" href="#respond">Reply</a>'
        f"{'<ol class=children>' + below + '</ol>' if below else ''}</li>"
    )


BEN = "414 for the US, said <a href='/user/ann'>@ann</a>."

BLOG = f"""<!DOCTYPE html><html lang="en"><head><title>Six hundred cars? | The Blog</title>
<link rel="canonical" href="https://blog.example/six-hundred"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Six hundred cars?</h1><div class="entry-content">{ARTICLE}</div></article>
<section id="comments"><h2>4 comments</h2><ol class="comment-list">
{comment(11, "Ann Lee", "Around 600, I hear.", comment(12, "ben", BEN))}
{comment(13, "cyd", "Yes.")}{comment(14, "dee", "This comment has been deleted.")}
</ol><form id="respond"><textarea name="comment"></textarea></form></section></body></html>"""


def test_a_blog_is_its_article_and_its_tree() -> None:
    thread = read_source(BLOG.encode(), Hint("page.html"))
    assert thread.article.title == "Six hundred cars?"
    text = "\n".join(body_text(piece, "html") for piece in thread.article.pieces)
    assert text.startswith("Paragraph 1")
    assert "Around 600" not in text
    assert list(thread.parent) == [-1, 0, -1, -1]
    assert list(thread.authors) == ["Ann Lee", "ben", "cyd", "dee"]
    assert [body_text(body, "html") for body in thread.bodies] == [
        "Around 600, I hear.",
        "414 for the US, said @ann.",
        "Yes.",
        "This comment has been deleted.",
    ]
    assert list(thread.deleted) == [False, False, False, True]
    assert thread.confidence == "explicit"


def test_addresses_and_dates_are_kept() -> None:
    thread = read_source(BLOG.encode(), Hint("page.html"))
    assert thread.urls[0] == "https://blog.example/six-hundred#comment-11"
    assert thread.ids[0] == "comment-11"
    assert thread.published[0] == 1299593100.0
    assert thread.published_text[0] == "March 8, 2011"
    assert thread.article.url == "https://blog.example/six-hundred"


def forum(page: int = 1) -> str:
    posts = "".join(
        f'<div class="post" id="p{number}"><p class="author">'
        f'<a class="username" href="memberlist.php?u={number}">user{number}</a> » '
        f'<time datetime="2011-03-0{number}T14:05:00Z">March {number}, 2011</time></p>'
        f'<div class="content">Post number {number} says something of its own about cars.</div></div>'
        for number in range(1, 4)
    )
    following = f'<a rel="next" href="/viewtopic.php?t=7&page={page + 1}">Next</a>'
    return (
        f"<html><head><title>Cars - Page {page}</title>"
        f'<link rel="canonical" href="https://forum.example/viewtopic.php?t=7&page={page}"></head>'
        f'<body class="section-viewtopic"><h2 class="topic-title">Cars</h2>{posts}{following}</body></html>'
    )


def test_the_first_post_of_a_forum_is_the_article() -> None:
    thread = read_source(forum().encode(), Hint("page.html"))
    assert thread.article.byline == "user1"
    assert body_text(thread.article.pieces[0], "html").startswith("Post number 1")
    assert list(thread.authors) == ["user2", "user3"]
    assert thread.article.published == 1298988300.0


def test_a_later_page_of_a_forum_has_no_opening_post() -> None:
    thread = read_source(forum(3).encode(), Hint("page.html"))
    assert list(thread.authors) == ["user1", "user2", "user3"]


def test_the_next_page_of_a_forum_is_a_stub() -> None:
    thread = read_source(forum().encode(), Hint("page.html"))
    assert list(thread.stubs) == [Stub(-1, 0, "page", ("https://forum.example/viewtopic.php?t=7&page=2",))]


def test_ages_count_from_when_the_page_was_fetched() -> None:
    page = BLOG.replace('datetime="2011-03-08T14:05:00Z"', "").replace("March 8, 2011", "3 hours ago")
    assert read_source(page.encode(), Hint("page.html")).published[0] is None
    fetched = read_source(page.encode(), Hint("https://blog.example/six-hundred", moment=1299596400.0))
    assert fetched.published[0] == 1299596400.0 - 3 * 3600


def test_a_page_without_comments_is_its_article() -> None:
    page = BLOG[: BLOG.index('<section id="comments">')] + "</body></html>"
    thread = read_source(page.encode(), Hint("page.html"))
    assert len(thread) == 0
    assert body_text(thread.article.pieces[0], "html").startswith("Paragraph 1")


def test_a_page_with_next_to_nothing_is_shown_as_it_is() -> None:
    thread = read_source(b"<html><title>Bye</title><body><p>The site is closed.</p></body></html>", Hint("x"))
    assert thread.article.title == "Bye"
    assert "The site is closed." in body_text("".join(thread.article.pieces), "html")


def test_a_front_page_is_a_list_to_choose_from() -> None:
    rows = "".join(
        f'<article><h2><a href="/story-{number}">The story of the day, number {number}</a></h2>'
        f'<a href="/story-{number}#comments">{number} comments</a></article>'
        for number in range(1, 9)
    )
    page = f"<!doctype html><html><title>The Blog</title><body><main>{rows}</main></body></html>"
    content = readers.read_source(page.encode(), Hint("https://blog.example/"))
    assert isinstance(content, Listing)
    assert [entry.comments for entry in content.entries] == list(range(1, 9))
    assert content.entries[0].address == "https://blog.example/story-1#comments"


def test_controls_of_a_hostile_page_are_made_visible() -> None:
    page = BLOG.replace("Ann Lee", "Ann\x1b]0;title\x07 Lee").replace("#comment-11", "javascript:alert(1)")
    thread = read_source(page.encode(), Hint("page.html"))
    assert isinstance(thread, Thread)
    assert not any("\x1b" in (name or "") for name in thread.authors)
    assert not (thread.urls[0] or "").startswith("javascript")


LEAK = "It had a hole in it, and so it leaked. What else could it be?"


def test_a_short_text_in_the_cell_of_its_date_is_kept() -> None:
    rows = "".join(
        f"<tr><td valign=top><b>{name}</b></td><td><small>posted 06-2{number}-2003 10:22 PM</small> "
        f"<a href=e.pl?{number}>Edit</a> <a href=q.pl?{number}>Quote</a><hr>{text}</td></tr>"
        for number, (name, text) in enumerate([*[(name, LEAK) for name in ("ann", "cy", "dee")], ("bob", "same here")])
    )
    thread = read_source(f"<html><body><h1>Leak</h1><table>{rows}</table></body></html>".encode(), Hint("t.html"))
    assert body_text(thread.bodies[-1], "html").endswith("same here")
    assert not thread.deleted[-1]


def block(name: str, day: int, text: str, style: str = "", after: str = "") -> str:
    return (
        f'<div class="comment-block"{style}><div class="comment-head"><span class=name>{name}</span>'
        f"<span class=date>May {day}, 2019 at 3:04 PM</span></div>{text}{after}</div>"
    )


LABELS = (
    "<a class=reply>Reply</a> <a>Share</a> <span>2 likes</span><p>3 people found this helpful</p><a>Report abuse</a>"
)


def test_labels_after_a_text_go_and_margins_tell_depths() -> None:
    blocks = [
        block("pat", 7, "<p>Like everyone else, I laughed.</p>", "", LABELS),
        block("quinn", 7, "<p>Reply all.</p>", ' style="margin-left:30px"', LABELS),
        block("pat", 8, '<p>Ha. See <a href="/x">Twitter</a></p>', ' style="margin-left:60px"', LABELS),
        block("rob", 9, "<p>Share the code?</p>", ' style="margin-left:30px"', LABELS),
        block("sue", 9, "<blockquote><b>rob wrote:</b> Share</blockquote><p>No.</p>", "", LABELS),
        block("tim", 9, "<p>Likes</p>"),
    ]
    page = f"<html><body><article>{ARTICLE}</article><div class=talk>{''.join(blocks)}</div></body></html>"
    thread = read_source(page.encode(), Hint("page.html"))
    assert [body_text(body, "html").split("\n")[-1] for body in thread.bodies] == [
        "Like everyone else, I laughed.",
        "Reply all.",
        "Ha. See Twitter",
        "Share the code?",
        "No.",
        "Likes",
    ]
    assert list(thread.parent) == [-1, 0, 1, 0, -1, -1]
    assert list(thread.authors) == ["pat", "quinn", "pat", "rob", "sue", "tim"]


def test_a_review_is_by_whom_its_date_line_names_and_not_by_its_title() -> None:
    reviews = "".join(
        f"<div class=rev><span>★★★</span> <strong>{title}</strong><div>by <span class=who>{name}</span> on "
        f"<time datetime=2023-02-0{number}>February {number}, 2023</time></div>"
        f"<p>{text}</p><a href=#>Report abuse</a></div>"
        for number, (title, name, text) in enumerate(
            [
                ("Great iron", "Petra S.", "Heats up in no time, and glides over linen."),
                ("Leaks", "M. Olsen", "Leaked on day two. Sent it back."),
                ("OK", "anon", "Does what it should, and no more than that."),
            ],
            1,
        )
    )
    page = (
        f"<html><body><h1>Iron</h1><div>{ARTICLE}</div><div class=reviews><h2>Reviews</h2>{reviews}</div></body></html>"
    )
    assert list(read_source(page.encode(), Hint("p.html")).authors) == ["Petra S.", "M. Olsen", "anon"]


def test_a_short_article_is_kept_where_comments_are_about_it() -> None:
    page = BLOG.replace(ARTICLE, "<p>A bench in the park was painted.</p>")
    thread = read_source(page.encode(), Hint("page.html"))
    assert body_text("".join(thread.article.pieces), "html") == "A bench in the park was painted."
    assert len(thread) == 4
