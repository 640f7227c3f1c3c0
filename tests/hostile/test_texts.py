"""Hostile texts on every screen: the terminal gets neutral text and Textual's own sequences, and nothing is done.

Here each scene has a share of the texts; `python -m tests.bench.hostile_texts` shows all of them in all scenes.
"""

from __future__ import annotations

from typing import Final

import pytest
from rich.cells import cell_len as rich_cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from rumor_tui.ui.system import GUARD
from tests.hostile import brackets
from tests.hostile.oracle import violations
from tests.hostile.scenes import SCENES
from tests.hostile.texts import HOSTILE_LINKS, HOSTILE_TEXTS

TEXTS: Final = [text for _, text in HOSTILE_TEXTS]
SHARES: Final = {
    "reading, markdown": 20, "joined, html": 60, "remembering, plain": 30,
    "searching, plain": 190, "listing": 9, "loading": 18, "elsewhere": 9, "library, library": 9, "library, news": 9,
    "library, following": 9, "everything": 9,
}  # fmt: skip
"""In which scenes every how many-th text is shown."""


def test_there_are_enough_of_them() -> None:
    assert len({name for name, _ in HOSTILE_TEXTS}) == len(HOSTILE_TEXTS) >= 400
    assert len({text for _, text in HOSTILE_LINKS}) >= 100


@pytest.mark.parametrize("name", SHARES)
async def test_the_terminal_gets_nothing_of_them(name: str) -> None:
    first = list(SHARES).index(name)  # another share in each scene
    assert await SCENES[name](TEXTS[first % SHARES[name] :: SHARES[name]]) == []


@pytest.mark.parametrize("cut", [1, 5, 200])
def test_the_last_filter_leaves_a_line_as_wide_as_it_was(cut: int) -> None:
    for name, text in HOSTILE_TEXTS:
        text = text[:200]
        parts = [text[at : at + cut] for at in range(0, len(text), cut)]
        segments = [Segment(part, Style(bold=n % 2 == 0)) for n, part in enumerate(("\u0645", *parts, "\u062e", text))]
        filtered = GUARD.apply(segments, Color(0, 0, 0))
        assert [rich_cell_len(one.text) for one in filtered] == [rich_cell_len(one.text) for one in segments], name
        assert violations("".join(one.text for one in filtered).encode("utf-8", "surrogatepass")) == [], name


def test_the_last_filter_leaves_no_link_but_to_the_web() -> None:
    for name, link in HOSTILE_LINKS:
        (segment,) = GUARD.apply([Segment("x", Style(link=link))], Color(0, 0, 0))
        written = segment.style.render(segment.text) if segment.style else ""
        assert violations(written.encode("utf-8", "surrogatepass")) == [], name


async def test_strings_of_brackets_are_shown_as_they_are() -> None:
    assert await brackets.wrong(80) == []
