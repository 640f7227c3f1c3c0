"""Our two themes, and the palette: every style that text is painted with, made once per theme.

Contrast is the WCAG 2 ratio of relative luminances (1 to 21). In any theme, ours or Textual's, body text is
lifted to at least 7 and quiet text to at least 4.5 against the background.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

from rich.style import Style
from textual.color import Color
from textual.theme import Theme

BODY_CONTRAST = 7.0
QUIET_CONTRAST = 4.5

DARK = Theme(
    name="rumor-dark",
    primary="#7aa2f7",
    secondary="#9ab8c9",
    accent="#e0af68",
    warning="#e0af68",
    error="#f7768e",
    success="#9ece6a",
    foreground="#d5d9e0",
    background="#14161b",
    surface="#1b1e25",
    panel="#20242d",
    dark=True,
)
LIGHT = Theme(
    name="rumor-light",
    primary="#2251a8",
    secondary="#355f73",
    accent="#8f4e00",
    warning="#8f4e00",
    error="#b3153a",
    success="#2c6e12",
    foreground="#1d2026",
    background="#fbfaf7",
    surface="#f1efe9",
    panel="#e8e5dd",
    dark=False,
)
THEMES = (DARK, LIGHT)

_BLACK, _WHITE = Color(0, 0, 0), Color(255, 255, 255)

AUTHOR_HUES = (205, 28, 130, 280, 350, 175, 55, 240, 95, 315)
"""Hues in degrees, spread so that neighbours in the list are easy to tell apart."""

ANSI_AUTHORS = ("cyan", "green", "magenta", "blue", "yellow", "red")


@dataclass(frozen=True, slots=True)
class Palette:
    """The styles of one theme. Each holds its own background, so that a segment needs no other."""

    name: str
    text: Style
    strong: Style
    quiet: Style
    guide: Style
    heading: Style
    quote: Style
    code: Style
    link: Style
    number: Style
    name_mark: Style
    match: Style
    current: Style
    accent: Style
    error: Style
    bar: Style
    bar_quiet: Style
    bar_accent: Style
    rule: Style
    rule_bright: Style
    cursor: Style
    authors: tuple[Style, ...]

    def author(self, name: str | None) -> Style:
        """The stable style of an author: the same name has the same colour in every thread."""
        if not name:
            return self.quiet
        return self.authors[crc32(name.casefold().encode("utf-8", "replace")) % len(self.authors)]


def contrast(one: Color, other: Color) -> float:
    """The WCAG 2 contrast ratio of two opaque colours."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.normalized]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def readable(color: Color, background: Color, ratio: float) -> Color:
    """`color`, moved towards black or white just as far as its contrast with `background` needs."""
    target = _WHITE if _luminance(background) < 0.18 else _BLACK
    for step in range(21):
        found = color.blend(target, step / 20)
        if contrast(found, background) >= ratio:
            return found
    return target


def _backing(color: Color, back: Color) -> Color:
    """`color` faded into the background just as far as it takes for body text to be readable on it."""
    for share in (0.62, 0.68, 0.74, 0.8, 0.86):
        found = color.blend(back, share)
        if max(contrast(_BLACK, found), contrast(_WHITE, found)) >= BODY_CONTRAST:
            return found
    return back


def palette(theme: Theme, *, colorless: bool = False) -> Palette:
    """The styles for a theme; without colours only weight, underline and reverse tell things apart."""
    if colorless:
        return _colorless_palette(theme.name)
    if theme.ansi:
        return _ansi_palette(theme.name)
    return _true_palette(theme, theme.to_color_system().generate())


def _true_palette(theme: Theme, variables: Mapping[str, str]) -> Palette:
    back = Color.parse(variables["background"])
    panel = Color.parse(variables["panel"]).blend(back, 0.0)
    body = readable(Color.parse(variables["foreground"]), back, BODY_CONTRAST)
    accent = readable(Color.parse(variables["accent"]), back, QUIET_CONTRAST)
    primary = readable(Color.parse(variables["primary"]), back, QUIET_CONTRAST)
    quiet = readable(body.blend(back, 0.42), back, QUIET_CONTRAST)
    guide = body.blend(back, 0.74)
    number = readable(Color.parse(variables["accent"]), back, BODY_CONTRAST)
    named = readable(Color.parse(variables["primary"]), back, BODY_CONTRAST)
    lit = 0.86 if theme.dark else 0.88
    match_back = _backing(Color.parse(variables["accent"]), back)
    on_accent = max(_BLACK, _WHITE, key=lambda color: contrast(color, accent))

    def style(
        color: Color, on: Color = back, *, bold: bool = False, italic: bool = False, underline: bool = False
    ) -> Style:
        return Style(color=color.rich_color, bgcolor=on.rich_color, bold=bold, italic=italic, underline=underline)

    return Palette(
        name=theme.name,
        text=style(body),
        strong=style(body, bold=True),
        quiet=style(quiet),
        guide=style(guide),
        heading=style(readable(primary, back, BODY_CONTRAST), bold=True),
        quote=style(readable(body.blend(back, 0.2), back, BODY_CONTRAST), italic=True),
        code=style(readable(body, panel, BODY_CONTRAST), panel),
        link=style(readable(primary, back, BODY_CONTRAST), underline=True),
        number=style(readable(number, number.blend(back, lit), BODY_CONTRAST), number.blend(back, lit)),
        name_mark=style(readable(named, named.blend(back, lit), BODY_CONTRAST), named.blend(back, lit)),
        match=style(readable(body, match_back, BODY_CONTRAST), match_back, bold=True),
        current=style(on_accent, accent, bold=True),
        accent=style(accent),
        error=style(readable(Color.parse(variables["error"]), back, QUIET_CONTRAST)),
        bar=style(readable(body, panel, BODY_CONTRAST), panel),
        bar_quiet=style(readable(quiet, panel, QUIET_CONTRAST), panel),
        bar_accent=style(readable(accent, panel, QUIET_CONTRAST), panel, bold=True),
        rule=style(guide),
        rule_bright=style(accent),
        cursor=style(accent, bold=True),
        authors=tuple(
            style(
                readable(Color.from_hsl(hue / 360, 0.55, 0.68 if theme.dark else 0.34), back, QUIET_CONTRAST), bold=True
            )
            for hue in AUTHOR_HUES
        ),
    )


def _ansi_palette(name: str) -> Palette:
    """The terminal's own 16 colours, on its own background."""
    plain = Style(color="default", bgcolor="default")
    return Palette(
        name=name,
        text=plain,
        strong=plain + Style(bold=True),
        quiet=plain + Style(dim=True),
        guide=plain + Style(dim=True),
        heading=plain + Style(bold=True, underline=True),
        quote=plain + Style(italic=True),
        code=plain + Style(color="cyan"),
        link=plain + Style(color="blue", underline=True),
        number=plain + Style(color="yellow", bold=True),
        name_mark=plain + Style(color="cyan", bold=True),
        match=plain + Style(reverse=True),
        current=Style(color="black", bgcolor="yellow", bold=True),
        accent=plain + Style(color="yellow"),
        error=plain + Style(color="red"),
        bar=plain + Style(reverse=True),
        bar_quiet=plain + Style(reverse=True),
        bar_accent=plain + Style(reverse=True, bold=True),
        rule=plain + Style(dim=True),
        rule_bright=plain + Style(color="yellow"),
        cursor=plain + Style(color="yellow", bold=True),
        authors=tuple(plain + Style(color=color, bold=True) for color in ANSI_AUTHORS),
    )


def _colorless_palette(name: str) -> Palette:
    """No colour at all."""
    plain = Style()
    return Palette(
        name=name,
        text=plain,
        strong=Style(bold=True),
        quiet=Style(dim=True),
        guide=Style(dim=True),
        heading=Style(bold=True, underline=True),
        quote=Style(italic=True),
        code=plain,
        link=Style(underline=True),
        number=Style(underline=True),
        name_mark=Style(bold=True, italic=True),
        match=Style(reverse=True),
        current=Style(reverse=True, bold=True, underline=True),
        accent=Style(bold=True),
        error=Style(bold=True),
        bar=Style(reverse=True),
        bar_quiet=Style(reverse=True),
        bar_accent=Style(reverse=True, bold=True),
        rule=Style(dim=True),
        rule_bright=Style(bold=True),
        cursor=Style(bold=True),
        authors=(Style(bold=True),),
    )
