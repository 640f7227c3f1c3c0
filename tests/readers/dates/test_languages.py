from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rumor_tui.readers.dates import languages
from tests.made_threads import steady


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("8. März 2011 um 14:05", "de"),
        ("il y a 3 jours", "fr"),
        ("hace 2 días", "es"),
        ("3 giorni fa", "it"),
        ("há 2 dias atrás", "pt"),
        ("2 dagen geleden", "nl"),
        ("8 marca 2011", "pl"),
        ("8. maaliskuuta 2011", "fi"),
        ("8 Mayıs 2011", "tr"),
        ("8 марта 2011", "ru"),
        ("3時間前", "zh"),
        ("3時間まえ", "ja"),
        ("3시간 전", "ko"),
        ("منذ 3 ساعات", "ar"),
    ],
)
def test_the_words_tell_the_language(text: str, first: str) -> None:
    assert languages.likely_languages(text, None)[0] == first


def test_the_pages_own_language_comes_first() -> None:
    assert languages.likely_languages("8 mars 2011", "sv-SE")[0] == "sv"
    assert languages.likely_languages("8 mars 2011", "no")[0] == "nb"
    assert languages.likely_languages("8. März 2011", "xx")[0] == "de"
    assert languages.likely_languages("nonsense", "de") == ("de",)


def test_words_that_no_date_has() -> None:
    assert languages.likely_languages("Reply 12", None) == ()


@steady
@given(st.text(max_size=100), st.none() | st.text(max_size=8))
def test_never_more_than_a_few(text: str, language: str | None) -> None:
    assert len(languages.likely_languages(text, language)) <= languages.MAX_LANGUAGES + 1
