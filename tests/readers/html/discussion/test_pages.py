"""Pages in the styles of many platforms: authors, parents, texts and opening posts, with the table and without it."""

from __future__ import annotations

import pytest

from rumor_tui.readers.html.discussion.platforms import PLATFORMS
from tests.readers.html.discussion import made_pages

LEAST_IN_GENERAL, LEAST_WITHOUT_CLASSES = 0.95, 0.6
"""The shares of the pages that must be read without a fault when no platform is known, and no class either."""


@pytest.mark.parametrize("name", made_pages.NAMES)
def test_every_page_is_read_without_a_fault(name: str) -> None:
    assert made_pages.faults(name, PLATFORMS) == []


def test_the_general_way_needs_no_table() -> None:
    wrong = {name: faults for name in made_pages.NAMES if (faults := made_pages.faults(name, ()))}
    share = 1 - len(wrong) / len(made_pages.NAMES)
    print(f"{share:.3f} of {len(made_pages.NAMES)} pages are read without a fault and without the table: {wrong}")
    assert share >= LEAST_IN_GENERAL, wrong


def test_most_pages_can_be_read_when_their_classes_say_nothing() -> None:
    """Every class name is replaced by letters without a meaning: left are places, dates, links and labels."""
    wrong = [name for name in made_pages.NAMES if made_pages.faults(name, (), made_pages.hide_classes)]
    share = 1 - len(wrong) / len(made_pages.NAMES)
    print(f"{share:.3f} of the pages are read without a fault and without any class name; not {wrong}")
    assert share >= LEAST_WITHOUT_CLASSES, wrong


def test_there_are_pages_of_many_platforms() -> None:
    assert len(made_pages.NAMES) >= 110
