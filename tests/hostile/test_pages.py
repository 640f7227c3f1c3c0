"""Hostile texts in documents of all formats, and all kinds of code points, become neutral; so do exports.

Here each document has a share of the texts; `python -m tests.bench.hostile_texts` has all of them, and all code points.
"""

from __future__ import annotations

from typing import Final

import pytest

from tests.hostile import code_points
from tests.hostile.pages import HOSTILE_PAGES, HostilePage
from tests.hostile.reading import page_wrong
from tests.hostile.texts import HOSTILE_TEXTS

TEXTS: Final = [text for _, text in HOSTILE_TEXTS]
SHARE: Final = 28

POINTS: Final = (
    range(0x1000), range(0x1780, 0x1900), range(0x2000, 0x2700), range(0xD700, 0xDA00), range(0xFD00, 0x10000),
    range(0x1BC00, 0x1BD00), range(0x1D100, 0x1D200), range(0x1F000, 0x1FB00), range(0xE0000, 0xE0200),
    range(0x10FF00, 0x110000),
)  # fmt: skip
"""Where controls, marks, joiners, invisible characters, emoji, surrogates and noncharacters stand."""


@pytest.mark.parametrize("page", HOSTILE_PAGES, ids=lambda page: page.name)
def test_what_is_read_and_what_is_exported_is_neutral(page: HostilePage) -> None:
    first = HOSTILE_PAGES.index(page) % SHARE
    assert page_wrong(page, TEXTS[first::SHARE]) == []


def test_code_points_are_safe_in_every_context() -> None:
    assert code_points.wrong([code for points in POINTS for code in points]) == []
