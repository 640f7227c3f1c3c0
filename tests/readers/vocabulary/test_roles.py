"""Badges behind names, in the languages of blog and forum software."""

from __future__ import annotations

import pytest

from rumor_tui.readers.vocabulary.roles import without_role


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Ada Post author", "Ada"),
        ("AdaPost author", "Ada"),
        ("Ada (Post author)", "Ada"),
        ("Jörg Autor des Beitrags", "Jörg"),
        ("Тамара Автор записи", "Тамара"),
        ("Ada (OP)", "Ada"),
        ("Ada [admin]", "Ada"),
        ("Ada · Author", "Ada"),
        ("Ada - OP", "Ada"),
        ("Nadia, Moderator", "Nadia"),
        ("Ada Topic starter, Moderator", "Ada"),
        ("Bob Mod", "Bob"),
    ],
)
def test_a_role_behind_a_name_is_cut(written: str, name: str) -> None:
    assert without_role(written) == name


@pytest.mark.parametrize(
    "name",
    ["", "Author", "(OP)", "Site Admin", "The Author", "Guest Author", "Coop", "Ann-op", "ann op", "McMod", "樓主"],
)
def test_a_name_that_ends_with_such_a_word_stays(name: str) -> None:
    assert without_role(name) == name
