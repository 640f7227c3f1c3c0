"""Contrast in every theme, and no colour where none is wanted."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorType
from rich.style import Style
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from rumor_tui.ui.paint.theme import (
    BODY_CONTRAST,
    DARK,
    LIGHT,
    QUIET_CONTRAST,
    THEMES,
    Palette,
    contrast,
    palette,
    readable,
)

ALL = [*THEMES, *BUILTIN_THEMES.values()]
COLOURED = [theme for theme in ALL if not theme.ansi]
ANSI = [theme for theme in ALL if theme.ansi]

BODY = ("text", "strong", "heading", "quote", "code", "link", "number", "name_mark", "match", "bar")
QUIET = ("quiet", "accent", "error", "bar_quiet", "bar_accent", "cursor", "rule_bright", "current")


def styles(found: Palette) -> dict[str, Style]:
    """Every style of a palette by its name."""
    single = {f.name: getattr(found, f.name) for f in fields(found) if f.name not in ("name", "authors")}
    return single | {f"author {n}": style for n, style in enumerate(found.authors)}


def ratio(style: Style) -> float:
    assert style.color is not None
    assert style.bgcolor is not None
    return contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))


def by_name(theme: Theme) -> str:
    return theme.name


def test_there_are_themes_of_both_kinds() -> None:
    assert len(COLOURED) > 10
    assert ANSI


@pytest.mark.parametrize("theme", COLOURED, ids=by_name)
def test_what_is_read_has_contrast(theme: Theme) -> None:
    found = styles(palette(theme))
    weak = {name: round(ratio(found[name]), 2) for name in BODY if ratio(found[name]) < BODY_CONTRAST}
    assert weak == {}


@pytest.mark.parametrize("theme", COLOURED, ids=by_name)
def test_what_is_quiet_can_still_be_read(theme: Theme) -> None:
    found = styles(palette(theme))
    names = [*QUIET, *(name for name in found if name.startswith("author"))]
    weak = {name: round(ratio(found[name]), 2) for name in names if ratio(found[name]) < QUIET_CONTRAST}
    assert weak == {}


@pytest.mark.parametrize("theme", COLOURED, ids=by_name)
def test_every_style_brings_its_own_background(theme: Theme) -> None:
    assert [name for name, style in styles(palette(theme)).items() if style.bgcolor is None] == []


@pytest.mark.parametrize("theme", COLOURED, ids=by_name)
def test_marks_matches_and_the_current_one_differ_in_their_backgrounds(theme: Theme) -> None:
    found = palette(theme)
    backgrounds = [style.bgcolor for style in (found.text, found.match, found.current)]
    assert len(set(backgrounds)) == 3
    assert found.number != found.name_mark


@pytest.mark.parametrize("theme", ANSI, ids=by_name)
def test_ansi_palettes_hold_only_the_terminal_s_own_colours(theme: Theme) -> None:
    for style in styles(palette(theme)).values():
        for color in (style.color, style.bgcolor):
            assert color is None or color.type in (ColorType.DEFAULT, ColorType.STANDARD)


@pytest.mark.parametrize("theme", [DARK, LIGHT, *ANSI], ids=by_name)
def test_without_colour_there_is_none_at_all(theme: Theme) -> None:
    for style in styles(palette(theme, colorless=True)).values():
        assert style.color is None
        assert style.bgcolor is None


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=by_name)
def test_our_palettes_tell_each_role_apart_without_colour(theme: Theme) -> None:
    found = palette(theme, colorless=True)
    marked = (found.text, found.number, found.name_mark, found.match, found.current, found.link)
    assert len(set(marked[:5])) == 5


@pytest.mark.parametrize("theme", COLOURED, ids=by_name)
def test_an_author_keeps_a_colour_whatever_the_case(theme: Theme) -> None:
    found = palette(theme)
    assert found.author("Gabe") is found.author("GABE")
    assert found.author(None) is found.author("") is found.quiet
    assert len({found.author(f"person {n}") for n in range(200)}) == len(found.authors)


COLORS = st.builds(Color, *[st.integers(0, 255)] * 3)


@given(COLORS, COLORS)
def test_readable_reaches_the_quiet_contrast_on_any_background(color: Color, background: Color) -> None:
    assert contrast(readable(color, background, QUIET_CONTRAST), background) >= QUIET_CONTRAST


@given(COLORS)
def test_readable_leaves_what_is_readable(background: Color) -> None:
    black, white = Color(0, 0, 0), Color(255, 255, 255)
    best = max((black, white), key=lambda color: contrast(color, background))
    assert readable(best, background, QUIET_CONTRAST) == best


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#0000ff", "#ffffff", 8.59)],
)
def test_contrast_is_the_ratio_of_wcag(one: str, other: str, expected: float) -> None:
    """The three ratios are those that the W3C's own checker, and every other one, gives for these colours."""
    assert contrast(Color.parse(one), Color.parse(other)) == pytest.approx(expected, abs=0.01)
    assert contrast(Color.parse(other), Color.parse(one)) == pytest.approx(expected, abs=0.01)
