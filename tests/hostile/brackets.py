"""Strings of brackets, which a library that parses markup would raise on or run, on every surface that shows text.

Each must be shown as it is. The app runs; each surface is given the string as the program gives it texts, and the line
that its widget then hands to Textual is read. At the end the bytes for the terminal are judged too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from rich.segment import Segment
from textual.widgets import Input

from rumor_tui.model import Article, Entry, Listing, SourceError, Thread, ThreadBuilder
from rumor_tui.ui.screens.choice import Choice, ChoiceScreen
from rumor_tui.ui.screens.help import HelpScreen
from rumor_tui.ui.widgets.prompt import Prompt
from tests.hostile.places import draft_of
from tests.hostile.watched import Watched, watched
from tests.ui.helpers import app_of, keyed, listing, press, reader, rows_of, words_of

PIECES: Final = (
    *"[]/\\@=$#:{}%'\"()<>&;,|~", "[/]", "[/b]", "[b]", "[@click=", "app.bell()", "app.quit", "screen.dismiss", "]x[/]",
    "[link=", "https://example.com", "[$accent]", "$primary", "${", "[[", "]]", "\\[", "\\\\[", "[red on", "blue]", "b",
    "x ", " on ", "[#123]", "[bold", "auto", "[color(", "{}", "{0}", "%s", "[dim]", "[not ", ":smile:", "漢", "é",
)  # fmt: skip
LONGEST: Final = 9
"""Pieces of a string."""
WIDTH: Final = 200
SIZE: Final = (WIDTH, 60)
MENU: Final = 900
"""Strings that are shown in one list of choices and one help, which are as high as that."""


def strings(count: int, seed: int) -> Iterator[str]:
    """So many strings, the same for a seed, each on one line without blanks at its ends."""
    chance = Random(seed)
    while count:
        text = " ".join("".join(chance.choices(PIECES, k=chance.randint(1, LONGEST))).split())
        if text:
            yield text
            count -= 1


def _unopened(row: int) -> Thread:
    raise SourceError("Nothing is opened.")


def thread_of_strings(texts: Sequence[str]) -> Thread:
    """A thread whose authors and texts they are, in plain text."""
    builder = ThreadBuilder(Article(texts[0], texts[0], pieces=[texts[0]]))
    for text in texts:
        draft = draft_of("", "plain")
        draft.author, draft.body = text, text
        builder.add(draft)
    return builder.build("plain")


async def wrong(count: int, seed: int = 13) -> list[str]:
    """The surfaces that show one of `count` strings otherwise than it is, or as an action."""
    texts = list(strings(count, seed))
    found: list[str] = []
    async with watched(app_of(thread_of_strings(texts)), SIZE) as app:
        found += [f"comment: {text}" for text in _unshown(app, texts)]
        found += await _bars(app, texts)
        found += await _typed(app, texts[: max(count // 50, 5)])
        found += app.wrong()
    async with watched(app_of(thread_of_strings(texts[:1])), (WIDTH, MENU + 20)) as app:
        found += await _menus(app, texts)
        found += app.wrong()
    entries = [Entry(text, text, summary=text, site=text) for text in texts]
    async with watched(app_of(Listing(texts[0], entries, _unopened)), SIZE) as app:
        view = listing(app.pilot).view
        for item, text in enumerate(texts):
            if text not in _text(view.items.paint(item, WIDTH).strips):
                found.append(f"entry: {text}")
        await press(app.pilot, "ctrl+f ctrl+f G")
        found += app.wrong()
    return found


def _text(strips: Sequence[object]) -> str:
    return "\n".join(strip.text for strip in strips)  # type: ignore[attr-defined]


def _unshown(app: Watched, texts: Sequence[str]) -> Iterator[str]:
    """The texts that are not in the painted comment of their author, as author and as text.

    In a text a sign stands behind an address, and ">" begins a quotation: there only the author is looked for.
    """
    items = reader(app.pilot).panes.comments.items
    for item, text in enumerate(texts):
        times = 1 if text.startswith(">") or "://" in text else 2
        if _text(items.paint(item, WIDTH).strips).count(text) < times:
            yield text


async def _bars(app: Watched, texts: Sequence[str]) -> list[str]:
    """The title, the status with a message, and a question at the bottom."""
    screen = keyed(app.pilot)
    found: list[str] = []
    style = screen.palette.bar
    for n, text in enumerate(texts):
        screen.title_bar.say([(text, style)], text)
        screen.tell(text)
        found += [f"title: {text}"] if screen.title_bar.render_line(0).text.count(text) < 2 else []
        found += [f"status: {text}"] if text not in screen.status_bar.render_line(0).text else []
        if n % 50 == 0:
            screen.ask(text, print, None)
            await app.pilot.pause()
            found += [f"question: {text}"] if text not in words_of(screen.query_one(Prompt).children[0]) else []
            await press(app.pilot, "escape")
    return found


async def _menus(app: Watched, texts: Sequence[str]) -> list[str]:
    """A list of choices and the help."""
    found: list[str] = []
    palette = app.app.palette
    for start in range(0, len(texts), MENU):
        some = texts[start : start + MENU]
        choice = ChoiceScreen(
            some[0], [Choice(text, text, text) for text in some], some[0], print, palette=palette, key_overrides={}
        )
        for screen in (choice, HelpScreen((), palette, [("x", [(text[:40], text) for text in some])])):
            app.app.push_screen(screen)
            await app.pilot.pause()
            shown = "\n".join(_screen_rows(app))
            found += [f"{type(screen).__name__}: {text}" for text in some if text not in shown]
            app.app.pop_screen()
            await app.pilot.pause()
    return found


def _screen_rows(app: Watched) -> Iterator[str]:
    """The rows of the screen as they are composed."""
    for segments in app.app.screen._compositor.render_strips():
        yield "".join(segment.text for segment in segments if isinstance(segment, Segment))


async def _typed(app: Watched, texts: Sequence[str]) -> list[str]:
    """What is typed into the search and into the list of actions."""
    found: list[str] = []
    for keys in ("/", "ctrl+p"):
        for text in texts:
            await press(app.pilot, keys)
            field = app.app.focused
            if isinstance(field, Input):
                field.value = text
                await app.pilot.pause()
                found += [f"typed after {keys}: {text}"] if text not in "\n".join(rows_of(field)) else []
            await press(app.pilot, "escape escape")
    return found
