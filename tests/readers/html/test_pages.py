"""Pages in the styles of many platforms: authors, parents, texts and opening posts, with the table and without it."""

from __future__ import annotations

import pytest

from rumor_tui.readers.html.platforms import PLATFORMS
from tests.readers.html import made_pages

LEAST_IN_GENERAL = 0.9
"""The share of the pages that must be read without a fault when no platform is known."""


@pytest.mark.parametrize("name", made_pages.NAMES)
def test_every_page_is_read_without_a_fault(name: str) -> None:
    assert made_pages.faults(name, PLATFORMS) == []


def test_the_general_way_needs_no_table() -> None:
    wrong = {name: faults for name in made_pages.NAMES if (faults := made_pages.faults(name, ()))}
    share = 1 - len(wrong) / len(made_pages.NAMES)
    print(f"{share:.3f} of {len(made_pages.NAMES)} pages are read without a fault and without the table: {wrong}")
    assert share >= LEAST_IN_GENERAL, wrong


def test_there_are_pages_of_many_platforms() -> None:
    assert len(made_pages.NAMES) >= 110
