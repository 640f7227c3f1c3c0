"""Talk pages and archives of mailing lists: comments that are no elements."""

from __future__ import annotations

from rumor_tui.blocks import body_text
from rumor_tui.model import Thread
from rumor_tui.readers import as_thread, read_source
from rumor_tui.readers.source import Hint

TALK = """<html><body class="mediawiki"><h1>Diskussion:Mühle</h1><div class="mw-parser-output"><h2>Baujahr</h2>
<p>War es 1890? Im <a href="/wiki/Archiv">Archiv</a> steht beides.</p>
<p>Ich glaube es. --<a href="/wiki/Benutzer:Otto_L">Otto</a> (<a href="/wiki/Benutzer_Diskussion:Otto_L">D</a>)
<a href="#c-1">20:01, 14. Nov. 2023 (CET)</a></p>
<dl><dd>Nein, 1891. <a href="/wiki/Spezial:Beitr%C3%A4ge/192.0.2.4">192.0.2.4</a> 21:00, 14. Nov. 2023 (CET)</dd></dl>
<h2>Name</h2><ul><li>Woher? <a href="/w/index.php?title=Benutzer:Mia&amp;redlink=1">Mia</a> 10:00, 15. Nov. 2023 (CET)
<ul><li>Vom Fluss. <b><a href="/wiki/Benutzer:X">~x~</a></b> 11:00, 15. Nov. 2023 (CET)</li></ul></li></ul>
</div></body></html>"""


def mail(number: int, who: str, text: str) -> str:
    return (
        f"<pre><a href=#e{number} id=m{number}>*</a> <b>Ferry</b>\n<b>From: {who} @ 2023-11-1{number} 21:11 UTC</b>\n"
        f"  To: ferries\n\n{text}\n\n<a href=#r{number}>^</a> <a href=../{number}/>permalink</a></pre><hr>"
    )


LISTED = (
    "<html><body>"
    + mail(1, "Ida H", "It sails at nine.")
    + mail(2, "Per", "&gt; at nine.\n\nAt ten.")
    + mail(3, "Liv", "Never.")
    + "<pre>2023-11-11 21:11 <a href=#m1>Ferry</a>\n2023-11-12 21:11 ` <a href=#m2>Re: Ferry</a>\n"
    "2023-11-13 21:11   ` <a href=#m3>Re: Ferry</a></pre></body></html>"
)


def read(page: str) -> Thread:
    return as_thread(read_source(page.encode(), Hint("p.html")))


def test_signed_paragraphs_are_comments_in_the_tree_of_their_lists() -> None:
    thread = read(TALK)
    assert list(thread.authors) == ["Otto L", "192.0.2.4", "Mia", "X"]
    assert list(thread.parent) == [-1, 0, -1, 2]
    assert [body_text(body, "html") for body in thread.bodies][1:] == ["Nein, 1891.", "Woher?", "Vom Fluss."]
    assert "Ich glaube es." in body_text(thread.bodies[0], "html")


def test_messages_of_an_archive_are_in_the_tree_of_its_overview() -> None:
    thread = read(LISTED)
    assert list(thread.authors) == ["Ida H", "Per", "Liv"]
    assert list(thread.parent) == [-1, 0, 1]
    assert "permalink" not in str(list(thread.bodies))


def test_an_article_that_names_a_time_is_no_talk_page() -> None:
    text = "The wave came at 20:01, 14 November 2023 (UTC)"
    assert len(read(f"<html><body><h1>Wave</h1><p>{text}</p><p>{text}</p><p>{text * 9}</p></body></html>")) == 0


SECTIONS = """<html><body><h1>Diskussion:Brunnen</h1><div class="mw-parser-output">
<div class="mw-heading mw-heading2"><h2>Tiefe</h2><span class="mw-editsection">[<a href="/w/edit">Bearbeiten</a>]</span>
<div class="bar"><span>Letzter Kommentar: vor 3 Jahren</span></div></div>
<p><span hidden>Anker</span>Wie tief ist er? Siehe <a href="/wiki/Hilfe:Signatur">Hilfe</a>.
--<a href="/wiki/Benutzer:Lotte/Werkstatt">L.</a> 20:01, 14. Nov. 2023 (CET)</p>
<div class="mw-heading mw-heading2"><h2>Rand</h2></div>
<p>Der Rand ist neu. <small>(<i>nicht <a href="/wiki/Hilfe:Signatur">signierter</a> Beitrag von</i>
<a href="/wiki/Spezial:Beitr%C3%A4ge/192.0.2.9">192.0.2.9</a> 11:00, 2. Mai 2023 (CEST))</small></p>
</div></body></html>"""


def test_a_heading_with_its_links_and_what_is_hidden_is_no_text_of_a_comment() -> None:
    thread = read(SECTIONS)
    assert body_text(thread.bodies[0], "html").startswith("Wie tief ist er?")


def test_a_contribution_is_signed_by_a_person_where_another_one_added_the_signature() -> None:
    thread = read(SECTIONS)
    assert list(thread.authors) == ["Lotte", "192.0.2.9"]
    assert list(thread.parent) == [-1, -1]
    assert body_text(thread.bodies[1], "html") == "Der Rand ist neu."
