"""Pages of posts without elements of their own: guestbooks, archives, boards, pages written by hand."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from rumor_tui.blocks import body_text
from rumor_tui.model import Thread
from rumor_tui.readers import as_thread, read_source
from rumor_tui.readers.html.discussion.post_runs import find_post_runs
from rumor_tui.readers.html.dom import Dom
from rumor_tui.readers.source import Hint

PROSE = "<p>" + "The mill was built in 1802 and ground rye for three villages until the war. " * 6 + "</p>"


def read(body: str, title: str = "Page") -> Thread:
    page = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return as_thread(read_source(page.encode(), Hint("p.html")))


def texts(thread: Thread) -> list[str]:
    return [body_text(body, "html").strip() for body in thread.bodies]


def article(thread: Thread) -> str:
    return "".join(str(piece) for piece in thread.article.pieces)


GUESTBOOK = "<h1>Gastenboek</h1><p><a href=teken.html>Tekenen</a></p><hr>" + "".join(
    f"<b>{who}</b> - <i>{when}</i><p>{text}</p><hr>"
    for who, when, text in (
        ("Joke", "zaterdag 8 juni 2002, 14:10", "Mooi dat de molen weer draait."),
        ("Wim & Truus", "zondag 9 juni 2002, 09:30", "Is er ook koffie?"),
        ("Kees", "maandag 1 juli 2002, 20:00", "Mijn opa was hier molenaar, van 1931 tot 1954."),
    )
)


def test_entries_between_rules() -> None:
    thread = read(GUESTBOOK, "Gastenboek van de molen")
    assert list(thread.authors) == ["Joke", "Wim & Truus", "Kees"]
    assert texts(thread)[1:] == ["Is er ook koffie?", "Mijn opa was hier molenaar, van 1931 tot 1954."]
    assert all(date is not None for date in thread.published)


def test_rows_with_a_label_and_a_value_each() -> None:
    rows = "".join(
        f"<table><tr><td>Nombre:</td><td>{who}</td></tr><tr><td>Fecha:</td><td>{when}</td></tr>"
        f"<tr><td>Ciudad:</td><td>Jaca</td></tr><tr><td>Comentario:</td><td>{text}</td></tr></table>"
        for who, when, text in (
            ("Rosario", "12/04/2003 18:20", "La ruta estaba cortada en abril."),
            ("Paco", "14/04/2003 09:02", "Mi abuela nació en la casa de la esquina."),
        )
    )
    thread = read(f"<h1>Libro de visitas</h1>{rows}")
    assert list(thread.authors) == ["Rosario", "Paco"]
    assert texts(thread) == ["La ruta estaba cortada en abril.", "Mi abuela nació en la casa de la esquina."]


def test_a_table_with_a_column_of_names_below_a_heading_of_comments() -> None:
    rows = "".join(
        f"<tr><td>{when}</td><td>{who}</td><td>{text}</td></tr>"
        for when, who, text in (
            ("5.6.2012", "Iris", "I took flour there every week."),
            ("6.6.2012", "miller9", "I sold it to her."),
        )
    )
    table = f"<table><tr><th>Date</th><th>Name</th><th>Comment</th></tr>{rows}</table>"
    thread = read(f"<h1>The mill</h1>{PROSE}<h2>Discussion</h2>{table}")
    assert list(thread.authors) == ["Iris", "miller9"]
    assert "rye" in article(thread)
    assert "Iris" not in article(thread)
    assert "Discussion" not in article(thread)


def test_two_rows_of_a_board_for_each_post() -> None:
    rows = "".join(
        f"<tr><td><b>{who}</b><br>Сообщений: {index}<br>Откуда: Псков</td><td>Добавлено: {when}<hr>{text}</td></tr>"
        "<tr><td colspan=2><a href=#top>Наверх</a></td></tr>"
        for index, (who, when, text) in enumerate(
            (
                ("Карась", "12.05.2007 10:20", "На что сейчас берёт лещ на озере?"),
                ("Михалыч", "12.05.2007 11:05", "На червя, только рано утром."),
            )
        )
    )
    thread = read(f"<table><tr><th>Автор</th><th>Сообщение</th></tr>{rows}</table>", "Форум рыбаков")
    assert list(thread.authors) == ["Карась", "Михалыч"]
    assert texts(thread)[-1] == "На червя, только рано утром."


def test_messages_with_headers_answer_whom_they_quote() -> None:
    messages = "".join(
        f"<hr><b>From:</b> {who} (<a href=mailto:x@example.org>x@example.org</a>)<br><b>Subject:</b> Re: Ropes<br>"
        f"<b>Date:</b> {when}<br><pre>{text}</pre>"
        for who, when, text in (
            ("Hugh Dale", "4 Mar 1997 10:11:12 GMT", "Which rope\nfor a tenor?"),
            ("Ann Cole", "4 Mar 1997 20:00:00 GMT", "Hugh Dale wrote:\n&gt; for a tenor?\n\nPolyester."),
            ("Hugh Dale", "5 Mar 1997 08:30:00 GMT", "Ann Cole wrote:\n&gt; Polyester.\n\nThank you!"),
        )
    )
    thread = read(f"<h1>Ropes</h1>{messages}<hr><address>An archive</address>", "rec.bells: Ropes")
    assert list(thread.authors) == ["Hugh Dale", "Ann Cole", "Hugh Dale"]
    assert list(thread.parent) == [-1, 0, 1]
    assert texts(thread)[2].endswith("Thank you!")


def test_signatures_below_texts() -> None:
    quoted = "".join(
        f"<blockquote><p>{text}</p><footer>— {who}</footer></blockquote>"
        for text, who in (("Tar it more.", "Aino, 3.5.2018"), ("The tar was sold out in April.", "Veikko K., 4.5.2018"))
    )
    thread = read(f"<h1>A boat</h1>{PROSE}<h2>Readers' comments</h2>{quoted}")
    assert list(thread.authors) == ["Aino", "Veikko K."]
    assert texts(thread)[0] == "Tar it more."
    signed = (
        "<p>We danced there.</p><p><i>Posted by Anna Wills on March 3, 2001 at 14:22</i></p>"
        "<p>Not without the ballroom.</p><p>But the fish!</p><p><i>Posted by stan on March 5, 2001 at 9:01</i></p><hr>"
    )
    thread = read(f"<h1>The pier</h1>{PROSE}<h2>Your comments</h2>{signed}<p>Copyright</p>")
    assert list(thread.authors) == ["Anna Wills", "stan"]
    assert texts(thread)[0] == "We danced there."


NESTED = (
    "<article><header><b>Bea</b>, <time>2020-05-05</time></header><p>It is older than the church.</p>"
    "<article><header><b>Rufus</b>, <time>2020-05-05</time></header><p>Dry stone proves nothing.</p>"
    "<article><header><b>Bea</b>, <time>2020-05-06</time></header><p>Your shed fell.</p></article></article></article>"
    "<article><header><b>Elms</b>, <time>2020-05-07</time></header><p>The parish book has it in 1211.</p></article>"
)


@pytest.mark.parametrize("around", ["{}", "<section><h2>Comments</h2>{}</section>", "<div id=comments>{}</div>"])
def test_articles_in_an_article_are_comments(around: str) -> None:
    byline = "<p>By the editor, <time>2020-05-04</time></p>"
    thread = read(f"<main><article><h1>The well</h1>{byline}{PROSE}{around.format(NESTED)}</article></main>")
    assert list(thread.authors) == ["Bea", "Rufus", "Bea", "Elms"]
    assert list(thread.parent) == [-1, 0, 1, -1]
    assert "parish" not in article(thread)


def test_indented_answers_with_the_name_before_the_text() -> None:
    talk = (
        "<ul><li><b>Ann</b> (3 May 2010): I think <i>they</i> take it.<ul><li><b>Bo</b> (4 May 2010): There are only "
        "three.</li></ul></li><li><b>Cy</b> (9 May 2010): It rained less.</li></ul>"
    )
    thread = read(f"<h1>Water</h1>{PROSE}<h2>Discussion</h2>{talk}")
    assert list(thread.authors) == ["Ann", "Bo", "Cy"]
    assert list(thread.parent) == [-1, 0, -1]
    assert texts(thread) == ["I think they take it.", "There are only three.", "It rained less."]


@pytest.mark.parametrize(
    "posts",
    [
        "<h4>Tomas</h4><p>Ours left on the 25th.</p><h4>Birdy</h4><p>There are no flies to be had.</p>",
        "<dl><dt>Tomas</dt><dd>Ours left on the 25th.</dd><dt>Birdy</dt><dd>There are no flies to be had.</dd></dl>",
        "<p><b>Tomas:</b> Ours left on the 25th.</p><p><b>Birdy:</b> There are no flies to be had.</p>",
    ],
)
def test_posts_without_dates_below_a_heading_of_comments(posts: str) -> None:
    thread = read(f"<h1>Swifts</h1>{PROSE}<h3>Replies</h3>{posts}")
    assert list(thread.authors) == ["Tomas", "Birdy"]
    assert texts(thread) == ["Ours left on the 25th.", "There are no flies to be had."]


def test_posts_without_dates_on_a_board_where_names_return() -> None:
    posts = [("Gerda", "The ferry sails again."), ("Piet", "Why, the water is high."), ("Gerda", "Ask the captain.")]
    board = "".join(f"<div><h3>{who}</h3><p>{text}</p></div>" for who, text in posts)
    assert list(read(f"<h1>Notice board: the ferry</h1>{board}").authors) == ["Gerda", "Piet", "Gerda"]


def test_a_lone_comment_below_a_heading_that_counts_it() -> None:
    post = "<div><p><b>Tilda</b> on 3 June 2015 at 10:00:</p><p>And on my roof.</p></div>"
    assert list(read(f"<h1>Moss</h1>{PROSE}<h2>One comment</h2>{post}").authors) == ["Tilda"]


def dated(names: tuple[str, ...]) -> str:
    return "".join(
        f"<p><b>{name}</b> {day} May 2019, 10:20</p><p>The bridge is closed until further notice, it is said.</p>"
        for day, name in enumerate(names, 1)
    )


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Bridge closed</h1>" + dated(("Update", "Correction", "Update")),
        "<h1>News</h1>" + dated(("Posted by Ann", "Posted by Ben", "Posted by Ann")),
        f"<h1>Mill</h1>{PROSE}<h2>Comments</h2><p>No comments yet.</p><h2>More</h2>" + dated(("Ann", "Ben", "Cleo")),
        f"<h1>Mill</h1>{PROSE}<h2>Comments (0)</h2>" + dated(("Ann", "Ben", "Cleo")),
        "<h1>Team</h1>" + "".join(f"<h3>{who}</h3><p>{who} looks after the archive.</p>" for who in ("Ann", "Eve")),
        "<h1>A talk about the forum</h1>"
        + "".join(f"<h4>{who}</h4><p>In a shed, with two chairs.</p>" for who in ("Host", "Ann", "Host", "Ann")),
        "<h1>Forum 2019</h1><table><tr><th>Date</th><th>Speaker</th><th>Topic</th></tr>"
        + "".join(
            f"<tr><td>{day}.5.2019 10:00</td><td>{who}</td><td>How the harbour was deepened in the war</td></tr>"
            for day, who in enumerate(("Ann Bell", "Carl Dorn", "Eve Ford"), 1)
        )
        + "</table>",
        "<h1>In the media</h1>"
        + "".join(
            f"<blockquote><p>The best small museum of all.</p><footer>— {who}, 3 May 2009</footer></blockquote>"
            for who in ("The Gazette", "Evening Star", "Radio Nine")
        ),
    ],
)
def test_lists_of_other_things_are_no_posts(body: str) -> None:
    assert not find_post_runs(Dom(LexborHTMLParser(f"<html><body>{body}</body></html>")))
