"""Titles and articles of real pages, where they are at hand: twenty whose first and last words were read by eye."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from rumor_tui.blocks import parse_body
from rumor_tui.readers.html import link_list, metadata
from rumor_tui.readers.html.article import extract
from rumor_tui.readers.html.article.sanitize import split_html
from rumor_tui.readers.html.article.title import page_title
from rumor_tui.readers.html.dom import Dom
from rumor_tui.readers.html.vocabulary import comparison_key

CORPUS = Path(__file__).parents[4].parent / "shared" / "corpus"
PAGES = sorted((CORPUS / "html").glob("*.html")) if CORPUS.is_dir() else []
pytestmark = pytest.mark.skipif(not PAGES, reason=f"no corpus of pages at {CORPUS}")

ENDS = {
    "blogger-derpapierplanet-de": ("Bei Through The Booking Glass handelt", "Novembertochter"),
    "blogger-luxuryhaven-en": ("Nam Nghi Phu Quoc", "and Carmelo Resort & Spa in Uruguay."),
    "classcentral-wp-custom-en": (
        "The single largest collection",
        "Social Practices, and Clean Water Act Foundations.",
    ),
    "drupal10-opensource-en": ("Track your tasks and projects", "Sign up for our weekly email newsletter."),
    "drupal7-aclu-en": ("I don't use Facebook. I'm not technophobic", "protect those of us who manage to opt out."),
    "drupal8-cicero-de": ("Müssen Infizierte unbedingt ins Krankenhaus?", "Niederlage sein, wie ein Patient stirbt."),
    "gist-hackermondev": ("hi, i'm daniel. i'm a 16-year-old", "impact of the bugs we individually found."),
    "hentry-aaronpk": ("Pretty great to see a new self-hosted", "status/1017485223716630528"),
    "kinja-lifehacker": ("We all buy things from time to time", "Arup Malakar, J B, jakerome, 401(K) 2012."),
    "lesswrong-qkhwh4": ("This is partly a linkpost for Predictive", "superhuman interpretability assistants!"),
    "pixnet-zh": ("一波波接續性低溫寒流報到", "內文有不定期的更新旅遊、露營圖文訊息 謝謝!"),
    "slashdot-stanford": ("Elite computer science degrees are no longer", "more skills needed to compete with AI."),
    "spip-regards-fr": ("On vous aurait bien fait un top 10", "via GIPHY"),
    "toptal-disqus-noscript-en": (
        "About Python",
        "found the pointers in this article helpful and welcome your feedback.",
    ),
    "wp-cubadebate-es": ("Sesiona IV Pleno del Comité Central", "Foto: Estudios Revolución"),
    "wp-epoch-moz-en": ("Stack Overflow published its analysis", "skills that are in demand on the web."),
    "wp-fightcopyright-en": (
        "An anonymous poster (presumably John Steele",
        "facilitate discussion (Rob Cashman’s idea).",
    ),
    "wp-foxyfolksy-en": ("Try this Chocolate Buttercream Frosting.", "which I will share on my next post!"),
    "wp-genesis-crazylittle-en": ("What’s the Project?", "TONS of sewing inspiration for you! Like these:"),
    "wp-grossefragen-de": ("Dieses Thema eignet sich gut", "zuletzt überarbeitet am 29. Mai 2019"),
    "wp-luxurytravel-en": ("Monday newsletters always feature", "for a daily moment of travel inspiration ***"),
    "wp-muffinrezept-old-de": ("Für Experimentierfreudige ist dieses Muffin", "© Marufish | CC-BY-SA"),
    "wp-netzpolitik-de": ("Seit Dezember 2015 verschickt eine Cider", "die solche Stücke ermöglichen."),
    "wp-scilogs-engelbart-de": ("“Manufacturing Consent” – die Produktion", "der FAZ vom 2.4.2019, Ausriss."),
    "wp-thefrumps-en": ("Highlander is one of my favourite movies.", "headless salute at the very end."),
    "wp-theoriginalcopy-de": ("Lange habe ich diesen vorerst", "– alle Bilder von Eileen Jordan –"),
    "wp-thesis-hearya-en": ("I’m not much of a metal guy these days", "100. Ray Gillen"),
    "wpdiscuz-d32ad974": ("„Peace for our time“ war 1938", "nicht durch neutrale Stellen bestätigt sind."),
    "wpdiscuz-spontis-de": ("Wieso eigentlich einen guten Rutsch wünschen?", "Titelbild: Fachy Marín on Unsplash"),
    "zeit-de": ("Mit Schnellzugtrassen durch Europa will", "von Spanien nach Deutschland kaum beschleunigt."),
}
"""The first words of an article's first paragraph and the last words of its last, pictures apart."""

JUNK = (
    "Skip to content",
    "Leave a Reply",
    "Related posts",
    "Share this:",
    "Teilen mit:",
    "Artikel teilen",
    "Newsletter Jetzt anmelden",
    "Über den Autor",
    "More articles from",
    "Post navigation",
    "Compartir en Facebook",
    "Email This",
)
"""What stands round these articles and is in none of them."""


def source(name: str) -> str:
    return (CORPUS / "html" / f"{name}.html").read_text(encoding="utf-8", errors="replace")


@cache
def selectors() -> dict[str, str]:
    """For each page the CSS selector of its comments."""
    with (CORPUS / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {
            Path(row["path"]).stem: row["counted_by"].removeprefix("css: ") for row in rows if row["kind"] == "html"
        }


@cache
def paragraphs(name: str) -> list[str]:
    """The texts of the blocks of an article, its page's comments left out."""
    tree = LexborHTMLParser(source(name))
    dom = Dom(tree)
    excluded = [False] * len(dom)
    for node in tree.css(selectors()[name]):
        number = dom.numbers[node.mem_id]
        excluded[number : dom.end[number]] = [True] * (dom.end[number] - number)
    found = extract.extract_article(dom, metadata.find_address(dom.head, "") or "", page_title(dom), excluded)
    blocks = [block for piece in split_html(found.body) for block in parse_body(piece, "html")]
    return [" ".join(block.text.split()) for block in blocks if not block.text.startswith("[")]


@pytest.mark.parametrize("name", ENDS)
def test_the_article_has_its_first_and_last_paragraphs(name: str) -> None:
    found = paragraphs(name)
    first, last = ENDS[name]
    assert found[0].startswith(first)
    assert found[-1].endswith(last)


def test_nothing_round_the_articles_is_in_them() -> None:
    assert [(name, junk) for name in ENDS for junk in JUNK if junk in " ".join(paragraphs(name))] == []


def is_right(name: str, title: str) -> bool:
    """Whether a title is the `h1`, or the `<title>` without what follows the headline in it."""
    truth = json.loads((CORPUS / "html" / f"{name}.truth.json").read_text(encoding="utf-8"))
    if comparison_key(title) in (comparison_key(truth.get("h1") or ""), OTHER_TITLES.get(name)):
        return True
    rest = truth["title"].removeprefix(title)
    return len(title) > 5 and rest != truth["title"] and not rest[:1].isalnum()


OTHER_TITLES = {"wp-scilogs-engelbart-de": comparison_key("Die Ablehnung von “Gendersprache” – medial produziert")}
"""Where neither is the headline."""


def test_titles_are_right() -> None:
    wrong = [
        page.stem for page in PAGES if not is_right(page.stem, page_title(Dom(LexborHTMLParser(source(page.stem)))))
    ]
    assert len(wrong) <= 0.05 * len(PAGES), wrong


def test_no_thread_is_taken_for_a_list() -> None:
    assert [page.stem for page in PAGES if link_list.find_entries(Dom(LexborHTMLParser(source(page.stem))))] == []
