"""Talk pages in wikitext; the discussions are invented."""

from __future__ import annotations

import pytest

from rumor_tui import blocks
from rumor_tui.markdown_format import format_iso
from rumor_tui.model import Thread
from rumor_tui.readers import read_source
from rumor_tui.readers.site_text.wikitext import sniff
from rumor_tui.readers.source import Hint


def _sign(name: str, time: str = "12:34, 14 November 2023 (UTC)") -> str:
    return f"[[User:{name}|{name}]] ([[User talk:{name}|talk]]) {time}"


SECTION = (
    "{{Talk header}}\n\n== The mill ==\n"
    f"It burned in '''1911''', says [[Old Mill|the article]]. {_sign('Ada')}\n"
    f":1912, see [https://mill.example/ here]. &mdash;{_sign('Bo Day')}\n"
    f"::No.\n::\n::It was 1911. --{_sign('Ada')}\n"
    "::: The plaque says 1912. {{unsigned|Ed|13:00, 14 November 2023 (UTC)}}\n"
    f"{{{{outdent}}}} So which? {_sign('Flo')}\n"
    f":{{{{ping|Flo}}}} 1911. <small>—''[[User:Gus/sig|<span style=\"color:red\">Gus</span>]]''</small>"
    " 14:00, 14 November 2023 (UTC)\n"
)


def _read(text: str, name: str = "Talk_Mill.wiki") -> Thread:
    thread = read_source(text.encode(), Hint(name))
    assert isinstance(thread, Thread)
    return thread


def _text(body: str) -> str:
    return "\n".join(block.text for block in blocks.parse_body(body, "html"))


def test_one_section_is_an_article_with_its_answers() -> None:
    thread = _read(SECTION)
    article = thread.article
    assert (article.title, article.byline, format_iso(article.published)) == ("The mill", "Ada", "2023-11-14T12:34:00Z")
    assert _text(article.pieces[0]) == "It burned in 1911, says the article."
    assert [(c.author, c.parent, _text(c.body)) for c in thread.comments()] == [
        ("Bo Day", None, "1912, see here."),
        ("Ada", 0, "No.\nIt was 1911."),
        ("Ed", 1, "The plaque says 1912."),
        ("Flo", 2, "So which?"),
        ("Gus", 3, "@Flo 1911."),
    ]
    assert format_iso(thread.comment(2).published) == "2023-11-14T13:00:00Z"


def test_several_sections_head_their_comments() -> None:
    thread = _read(f"{SECTION}\n== The ford ==\nHow deep is it? {_sign('Ada')}\n* Two feet. {_sign('Bo')}\n")
    assert [(c.author, c.parent) for c in thread.comments()] == [
        (None, None),
        ("Ada", 0),
        ("Bo Day", 1),
        ("Ada", 2),
        ("Ed", 3),
        ("Flo", 4),
        ("Gus", 5),
        (None, None),
        ("Ada", 7),
        ("Bo", 8),
    ]
    assert (thread.article.title, _text(thread.comment(7).body)) == ("Talk_Mill", "The ford")


def test_what_is_collapsed_and_who_forgot_to_sign() -> None:
    unsigned = "<small>(''nicht [[Hilfe:Signatur|signierter]] Beitrag von'' [[Spezial:Beiträge/Bo|Bo]]"
    unsigned += " 12:35, 14. Nov. 2023 (CET))</small>"
    thread = _read(f"""== The mill ==
It burned.<ref>{{{{cite book|title=The Mills|year=1990}}}}</ref> {_sign("Ada")}
{{{{collapse top|Long}}}}
{{{{hat|Off topic}}}}
:{{{{lang|fr|Le moulin}}}}? {unsigned}
{{{{collapse bottom}}}}
""")
    assert _text(thread.article.pieces[0]) == "It burned. [The Mills]"
    assert [(c.author, _text(c.body)) for c in thread.comments()] == [("Bo", "Le moulin?")]


SIGNATURES = {
    "German": "[[Benutzer:Ada|Ada]] ([[Benutzer Diskussion:Ada|Diskussion]]) 12:34, 14. Nov. 2023 (CET)",
    "French": "[[Utilisateur:Ada|Ada]] ([[Discussion utilisateur:Ada|discuter]]) 14 novembre 2023 à 12:34 (CET)",
    "Spanish": "[[Usuario:Ada|Ada]] ([[Usuario discusión:Ada|discusión]]) 12:34 14 nov 2023 (UTC)",
    "Italian": "[[Utente:Ada|Ada]] ([[Discussioni utente:Ada|msg]]) 12:34, 14 nov 2023 (CET)",
    "Russian": "[[Участник:Ada|Ada]] ([[Обсуждение участника:Ada|обс.]]) 12:34, 14 ноября 2023 (UTC)",
    "Dutch": "[[Gebruiker:Ada|Ada]] ([[Overleg gebruiker:Ada|overleg]]) 14 nov 2023 12:34 (CET)",
    "an address": "[[Special:Contributions/Ada|Ada]] ([[User talk:Ada|talk]]) 12:34, 14 November 2023 (UTC)",
}


@pytest.mark.parametrize("language", SIGNATURES)
def test_signatures_in_many_languages(language: str) -> None:
    thread = _read(f"== Mühle ==\nEins. {SIGNATURES[language]}\n:Zwei, [[Benutzer:Bo]]. {SIGNATURES[language]}\n")
    article, comment = thread.article, thread.comment(0)
    assert (article.byline, (format_iso(article.published) or "")[:10]) == ("Ada", "2023-11-14")
    assert (comment.author, _text(comment.body)) == ("Ada", "Zwei, Benutzer:Bo.")


def test_articles_and_other_texts_are_no_talk_pages() -> None:
    assert not sniff("== History ==\nThe [[mill]] burned at 12:34, 14 November 2023 (UTC).\n* One\n", Hint())
    assert not sniff("See [[User:Ada]] in the notes.\n\n== x ==\n", Hint())
